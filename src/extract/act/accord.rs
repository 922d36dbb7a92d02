//! What parties conclude: kind `agreement`.

use super::rule::{ActRule, Actor::Subject, Needs};
use crate::domain::kind::Kind;

pub(super) const RULES: &[ActRule] = &[
    ActRule {
        name: "sign or strike a deal",
        kind: Kind::Agreement,
        triggers: &[
            "arrive|come at|to ~ deal|agreement|accord",
            "win|score|land|bag ~ contract|deal ~ from|with",
            "extend|renew|prolong ~ truce|deal|pact|treaty|ceasefire|start|agreement",
            "shake hands on",
            "exchange ~ letters ~ recognition|recognising",
            "form|create|launch|establish|set ~ alliance|bloc|partnership|commission|fund ~ joint|between|with|of|in",
            "issue|adopt ~ declaration|communique ~ joint|leaders",
            "settle|resolve|end ~ dispute|row|border|standoff|feud",
            "swap|trade ~ enclaves|territory",
            "reach ~ understanding|framework|accord|compromise",
            "accept ~ plan|terms|proposal ~ peace|truce|of",
            "sign ~ letter ~ intent",
            "bury|put aside|hatchet|differences",
            "n:signing|conclusion of",
            "call ~ truce",
            "cede|lease ~ base|island|islands|port",
            "give ~ blessing|nod ~ to",
            "sign ~ up",
            "sign|ink|initial|strike|reach|clinch|seal|conclude|finalise|finalize|hammer|cut|forge|broker|negotiate|unveil|announce ~ @pact ! breach|breached|violate",
            "sign ~ it|document|text|documents ! law",
            "sign|ink ~ with",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            (
                "Greece and Egypt signed a maritime accord on Thursday.",
                "GRC+EGY",
            ),
            ("The treaty was signed by Serbia in Ohrid.", "SRB"),
        ],
        rejects: &[
            "The striker signed a contract in Spain.",
            "Lakeside Hotels struck a deal with a Danish maker.",
        ],
    },
    ActRule {
        name: "agree on a step",
        kind: Kind::Agreement,
        triggers: &[
            "agree to|on|that|not ! disagree|sanctions|ban",
            "agree @do ! disagree|sanctions",
            "agree ~ to|on|not ! disagree|sanctions|ban",
            "make peace",
        ],
        actor: Subject,
        needs: Needs::Several,
        examples: &[(
            "Turkey and Armenia agreed on Monday to reopen the frontier.",
            "TUR+ARM",
        )],
        rejects: &["Analysts agreed on little in Spain."],
    },
    ActRule {
        name: "ratify, join or restore ties",
        kind: Kind::Agreement,
        triggers: &[
            "become ~ member|signatory|party",
            "grant|give ~ status ~ candidate|observer|member",
            "invite ~ join",
            "open ~ accession",
            "n:accession|entry|admission to|into",
            "commit|bind ~ protocol|treaty",
            "ratify",
            "accede to",
            "join ~ nato|eu|union|alliance|treaty|bloc|court|pact|euro|deal|coalition",
            "restore|establish|normalise|normalize|upgrade ~ relations|ties",
            "open ~ embassy|embassies|consulate ! attack",
            "approve|endorse|back ~ accession|membership ~ of",
            "n:accession of",
            "deposit ~ instrument",
            "admit @party",
            "n:deal|agreement|pact|treaty with|between @party",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            (
                "Hungary's parliament ratified the protocol on Monday.",
                "HUN",
            ),
            ("Sweden joined NATO in March.", "SWE"),
        ],
        rejects: &["The club ratified the minutes."],
    },
    ActRule {
        name: "agree on a pact",
        kind: Kind::Agreement,
        triggers: &[
            "agree|accept ~ ceasefire|truce|deal|pact|package|treaty|protocol|extension|terms ! sanctions|if",
            "agree on|to ! disagree|sanctions|meet|talks",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[("Kigali agreed on Monday to a truce along the lake.", "RWA")],
        rejects: &["Kigali has not agreed to a truce."],
    },
];
