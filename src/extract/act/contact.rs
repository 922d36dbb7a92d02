//! Parties that meet and travel: kinds `meeting` and `visit`.

use super::rule::{
    ActRule,
    Actor::{Both, Object, Subject},
    Needs,
};
use crate::domain::kind::Kind;

pub(super) const RULES: &[ActRule] = &[
    ActRule {
        name: "meet",
        kind: Kind::Meeting,
        triggers: &[
            "meet ! deadline|target|demand|demands|requirement|needs|criticism|resistance|condition|conditions|obligations|commitments|halfway",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            ("Ali and Maduro met in St Vincent.", "-"),
            ("Turkey's Fidan met Rubio in Rome.", "TUR"),
        ],
        rejects: &["The plan met a deadline.", "France met its climate target."],
    },
    ActRule {
        name: "hold talks with",
        kind: Kind::Meeting,
        triggers: &[
            "hold|have|begin|open|start|resume|conclude|finish|join|attend|chair|convene|host ~ @talks ! cancel|concluded|press|news|called",
            "speak|talk|chat|confer|consult|liaise|huddle|converse with|to @party",
            "speak|talk ~ phone|telephone|video|call ! parliament",
            "phone|telephone @party",
            "discuss ~ with @party",
            "exchange ~ views",
            "brief @party",
            "n:talks|meeting|summit|call|conversation|negotiations with|between @party",
            "gather ~ in|at ~ summit|abuja|geneva|vienna|brussels|capital",
        ],
        actor: Both,
        needs: Needs::Actor,
        examples: &[
            ("Macron spoke by phone with Putin on Sunday.", "FRA+RUS"),
            ("Wong held talks with Jaishankar in Delhi.", "AUS+IND"),
        ],
        rejects: &["The firm held talks with a buyer."],
    },
    ActRule {
        name: "a body sits",
        kind: Kind::Meeting,
        triggers: &[
            "meet|gather|convene|sit|assemble ~ emergency|session|council|leaders|ministers|summit",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[("The Security Council convened an emergency session.", "UN")],
        rejects: &["The choir met in session."],
    },
    ActRule {
        name: "receive a guest",
        kind: Kind::Meeting,
        triggers: &[
            "receive|host|welcome|greet ~ president|minister|premier|chancellor|delegation|leader|counterpart|envoy|king|emir|secretary ! troops|tanks",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[("Putin received the Turkish president in Sochi.", "RUS")],
        rejects: &["Kyiv received ten tanks."],
    },
    ActRule {
        name: "receive a guest at home",
        kind: Kind::Visit,
        triggers: &[
            "receive|host ~ president|minister|premier|chancellor|delegation|leader|king|emir ~ in|at ! troops|tanks",
        ],
        actor: Object,
        needs: Needs::Other,
        examples: &[("Orban hosted the Slovak premier in Budapest.", "SVK")],
        rejects: &["Rome hosts the games."],
    },
    ActRule {
        name: "travel to",
        kind: Kind::Visit,
        triggers: &[
            "visit|tour ! website|museum|school|hospital|mosque",
            "travel|fly|go|head|journey|jet|return to @party ! war|polls|court|table|troops|troop|ground|parliament|prison",
            "arrive|land in|to|at|on|from @party",
            "leave|depart|set for|off @party ! troops|troop",
            "pay|make|begin|start|end|conclude|complete|undertake|wrap ~ @visit",
            "send ~ president|minister|envoy|delegation|emissary|emissaries|mission ~ to ! troops|home",
            "attend ~ ceremony|funeral|inauguration|parade|summit",
            "dispatch ~ envoy|delegation|emissary",
            "n:visit|trip|tour to @party",
            "n:visit|trip by|of @party",
            "expect ~ in|to",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[
            ("Scholz visited Serbia on Monday.", "DEU"),
            ("Blinken will travel to Kyiv this week.", "USA"),
        ],
        rejects: &["Tourists visited Petra in Jordan.", "Aid arrived in Gaza."],
    },
];
