//! Votes, findings and courts: kind `ruling`.

use super::rule::{ActRule, Actor::Subject, Needs};
use crate::domain::kind::Kind;

pub(super) const RULES: &[ActRule] = &[
    ActRule {
        name: "vote on a text",
        kind: Kind::Ruling,
        triggers: &[
            "adopt|pass|approve ~ resolution|resolutions|motion|text|bill|draft|amendment|law ! plan_of",
            "vote ~ for|against|to|in|on|down ! abstain",
            "veto",
            "wield|use|cast ~ veto",
            "block ~ resolution|statement|text|draft|motion",
            "reject ~ resolution|motion|amendment|draft|bill",
            "authorise|authorize ~ force|mission|intervention|troops|use",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            ("The Security Council adopted a resolution on Haiti.", "UN"),
            ("China vetoed a draft on Myanmar.", "CHN"),
        ],
        rejects: &["Spain adopted a rescue dog.", "Voters voted for a mayor."],
    },
    ActRule {
        name: "find or order by law",
        kind: Kind::Ruling,
        triggers: &[
            "rule that|against|in|for|on ! out",
            "find that|guilty|in|evidence @party",
            "find @party",
            "order @party ~ to|not ! troops|drones",
            "indict|convict|extradite|sentence|jail|imprison|prosecute @party",
            "charge @party ~ with ! seeking|trying",
            "arrest|detain @party",
            "issue|seek ~ warrant|warrants",
            "refer|sue|take @party ~ court|council",
            "award ~ territory|damages|to",
            "certify|verify|censure|confirm @party ~ limits|breach|compliance",
            "recognise|recognize ~ genocide ~ vote|voted",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[
            ("The ICJ ordered Myanmar to protect the Rohingya.", "ICJ"),
            (
                "The IAEA found that Iran was within the limits of the deal.",
                "IAEA",
            ),
        ],
        rejects: &[
            "The referee ruled that the goal stood.",
            "Ireland ruled out a boycott.",
        ],
    },
];
