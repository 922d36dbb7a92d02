//! Arms, money and aid that change hands: kind `transfer`.

use super::rule::{
    ActRule,
    Actor::{From, Subject},
    Needs,
};
use crate::domain::kind::Kind;

pub(super) const RULES: &[ActRule] = &[
    ActRule {
        name: "supply arms or aid",
        kind: Kind::Transfer,
        triggers: &[
            "supply|deliver|send|ship|provide|give|donate|transfer|hand|sell|export|commit|lend|grant|offer|pledge|promise|announce|approve|allocate|earmark|disburse|clear|extend|wire|pump|pour ~ @arms ! warned|strike",
            "send|give|provide|donate|grant|lend|disburse|approve|allocate|pledge|promise|announce|transfer|deliver|wire|extend|release|unveil|commit ~ @aid ~ million|billion|aid|loan|package|grain|loans|relief|tonnes|credit ! sanctions|fine|stopped|tariffs|worth_of_trade|assets",
            "approve ~ sale|package|loan|bailout|transfer ! bill",
            "arm @party",
            "supply|provide|equip|furnish @party",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[
            ("Norway will supply Ukraine with eight tanks.", "NOR"),
            ("The IMF approved a loan of $3 billion for Pakistan.", "IMF"),
        ],
        rejects: &[
            "The shop delivered a sofa to a Frenchman.",
            "Kyiv was warned of missiles.",
        ],
    },
    ActRule {
        name: "receive arms or aid",
        kind: Kind::Transfer,
        triggers: &[
            "receive|obtain|acquire|get|buy|purchase|import|accept ~ @arms|shipment|shipments|shells ~ from",
            "take delivery",
            "receive ~ aid|loan|shipment|shipments ~ from",
        ],
        actor: From,
        needs: Needs::OnlyOther,
        examples: &[("Russia has received missiles from Iran.", "IRN")],
        rejects: &["Kyiv received a letter from Rome."],
    },
];
