//! Ties cut back: kind `rupture`.

use super::rule::{ActRule, Actor::Subject, Needs};
use crate::domain::kind::Kind;

pub(super) const RULES: &[ActRule] = &[
    ActRule {
        name: "summon or expel envoys",
        kind: Kind::Rupture,
        triggers: &[
            "summon|expel|eject|oust|recall ~ @envoy",
            "call in ~ @envoy",
            "call ~ @envoy ~ in",
            "throw|kick|order|send|boot|turf|turn out|home|away|packing ~ @envoy",
            "order|throw|kick|send out @party",
            "order|give|tell ~ @envoy ~ leave|hours|pack|expulsion",
            "declare ~ persona|grata|unwelcome",
            "summon @party ! meeting",
            "expel @party ! from_the_game|resolution",
            "bring|call|pull|withdraw ~ @envoy ~ home|back|from|out",
            "withdraw|pull ~ @envoy",
            "eject ~ 18|diplomats|officers|spies",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[
            (
                "Norway expelled three Russian diplomats on Thursday.",
                "NOR",
            ),
            ("The Swedish ambassador was summoned by Baghdad.", "IRQ"),
            ("Paris called in the Azeri envoy over the remarks.", "FRA"),
        ],
        rejects: &[
            "The school expelled two pupils.",
            "The minister was recalled by parliament.",
        ],
    },
    ActRule {
        name: "cut ties",
        kind: Kind::Rupture,
        triggers: &[
            "sever|cut|break|suspend|downgrade|freeze|end|halt|reduce|rupture|terminate ~ @ties",
            "break off|with ~ relations|ties|talks|negotiations|contact|contacts",
            "close|shut|shutter|evacuate ~ embassy|embassies|consulate|consulates|mission ! attack|reopen",
            "scale back ~ ties|staff|mission|visas|relations",
            "n:severing|rupture|suspension of ~ ties|relations|talks",
            "give ~ diplomats ~ hours|days",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            ("Riyadh severed relations with Iran in January 2016.", "SAU"),
            ("Bolivia broke off ties with Israel.", "BOL"),
        ],
        rejects: &["The firm cut ties with its sponsor."],
    },
    ActRule {
        name: "leave or suspend an accord",
        kind: Kind::Rupture,
        triggers: &[
            "quit|exit|leave|abandon|scrap|suspend|renounce|abrogate|annul|denounce|ditch|dump|cancel|terminate|tear|end|axe ~ agreement|deal|accord|pact|treaty|convention|bloc|agreements|contract|accords|protocol|alliance|truce|ceasefire ! talks_on|help|vowed",
            "withdraw|pull|walk|back from|out ~ agreement|deal|accord|pact|treaty|convention|bloc|agreements|talks|court|alliance|negotiations|body|organisation|organization|mission|council",
            "pull|walk|storm|opt out ~ of",
            "take @party ~ out",
            "tear up ~ contract|deal|agreement|accord|pact",
            "suspend ~ participation|part|membership|talks|negotiations|dialogue|preparations|consultations|operation|visas|issuing|cooperation",
            "freeze|halt|break ~ talks|negotiations|preparations",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            ("Eritrea quit the regional pact on Monday.", "ERI"),
            ("Moscow pulled out of the grain agreement.", "RUS"),
        ],
        rejects: &[
            "The singer quit the tour.",
            "Peru ruled out leaving the pact.",
        ],
    },
    ActRule {
        name: "call off a visit or talks",
        kind: Kind::Rupture,
        triggers: &[
            "cancel|scrap|postpone|shelve|abandon|snub|boycott|skip ~ visit|trip|talks|meeting|summit|visits|dialogue",
            "call|put|cry off ~ visit|trip|talks|meeting|summit",
            "boycott ~ talks|summit|meeting|games|conference|session",
            "walk out ~ of ! deal",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[("Seoul called off a summit with Japan.", "KOR")],
        rejects: &["The band cancelled its visit to the studio."],
    },
    ActRule {
        name: "suspend or expel a member",
        kind: Kind::Rupture,
        triggers: &["suspend|expel|exclude @party", "suspend ~ membership"],
        actor: Subject,
        needs: Needs::Other,
        examples: &[("The African Union suspended Mali.", "AU")],
        rejects: &["The league suspended the striker."],
    },
    ActRule {
        name: "lodge a formal protest",
        kind: Kind::Rupture,
        triggers: &[
            "lodge|hand|deliver|file|submit|send ~ protest ~ note|formal|diplomatic|envoy|ambassador|embassy|strong",
            "hand ~ protest ~ to",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[(
            "Nairobi handed a protest note to the Ugandan ambassador.",
            "KEN",
        )],
        rejects: &["Workers lodged a protest."],
    },
];
