//! What parties conclude: kind `agreement`.

use super::rule::{ActRule, Actor::Subject, Needs};
use crate::domain::kind::Kind;

pub(super) const RULES: &[ActRule] = &[
    ActRule {
        name: "sign or strike a deal",
        kind: Kind::Agreement,
        triggers: &[
            "sign|ink|initial|strike|reach|clinch|seal|conclude|finalise|finalize|hammer|cut|forge|broker|negotiate|unveil|announce ~ @pact ! breach|breached|violate",
            "sign ~ it|document|text",
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
            "agree to|on ! disagree|sanctions|ban",
            "agree ~ ceasefire|truce|deal|pact|package",
            "agree not",
            "make peace",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[(
            "Iran and Saudi Arabia agreed on Friday to restore relations.",
            "IRN+SAU",
        )],
        rejects: &["Analysts agreed on little in Spain."],
    },
    ActRule {
        name: "ratify, join or restore ties",
        kind: Kind::Agreement,
        triggers: &[
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
];
