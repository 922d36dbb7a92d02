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
            "deliver|send|ship|sell|donate|gift|hand|supply|give|lend|airdrop|parachute|train|fly|rush ~ doses|tanks|jets|rafales|leopards|patriots|shells|tents|boats|rescuers|vaccines|food|helicopters|recruits|pilots|buses|f|missiles|rifles ! strike",
            "disburse|lend|allocate|earmark|contribute|pump|inject|funnel|channel|wire|unlock|unblock|vote|grant ~ $|€|£|million|billion|bn|m",
            "bail out",
            "prop|shore|keep up|afloat ~ with",
            "come|rush ~ to ~ aid ~ of",
            "authorise|authorize|notify|approve|clear|announce ~ drawdown|sale|sales|transfer|delivery",
            "pass|share ~ intelligence ~ to|with",
            "open ~ air ~ bridge|corridor",
            "send ~ rescue|medics|firefighters|aid|tents|food ~ to",
            "speed|step|increase|ramp|double ~ deliveries|shipments ~ arms|aid|weapons",
            "arm|rearm|resupply|fund|bankroll ~ rebels|militia|fighters|insurgents|troops|salaries",
            "smuggle|funnel|run ~ arms|weapons|rifles|guns",
            "n:sale|supply|delivery|shipment|shipments|transfer of ~ @arms",
            "complete|finish|begin|start ~ delivery|handover|transfer|deliveries",
            "pass|approve ~ package|aid ~ for",
            "export|pump ~ gas|oil|power|grain ~ to",
            "top up ~ aid",
            "make ~ donation|payment|contribution ~ to",
            "help|assist @party ~ with ~ million|billion|arms|cash|fuel",
            "backfill|redirect|divert ~ shells|stocks|tanks|grain",
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
        name: "promise or give arms",
        kind: Kind::Transfer,
        triggers: &[
            "pledge|promise|commit|announce|provide|supply|deliver|offer ~ @arms ! strike|warned|launch",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[("Last week Sweden pledged howitzers.", "SWE")],
        rejects: &["The museum announced a show of tanks."],
    },
    ActRule {
        name: "receive arms or aid",
        kind: Kind::Transfer,
        triggers: &[
            "buy|purchase|order|acquire|receive|get|induct ~ from ~ jets|missiles|tanks|arms|weapons|system|drones|frigates|submarines|s",
            "buy|purchase|order|receive|acquire|induct ~ jets|missiles|tanks|fighters|weapons|system|s|drones ~ from",
            "reach|arrive|turn|end ~ aid|arms|shells|drones|tanks|leopards",
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
