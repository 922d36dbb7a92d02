//! Armed acts: kind `military`.

use super::rule::{ActRule, Actor::Subject, Needs};
use crate::domain::kind::Kind;

pub(super) const RULES: &[ActRule] = &[
    ActRule {
        name: "strike or attack",
        kind: Kind::Military,
        triggers: &[
            "bomb|bombard|shell|raid|invade|pound|storm|ambush|hammer|torpedo|occupy|seize|capture|pummel|overrun @party",
            "attack|strike|hit|target|destroy|kill|bomb|bombard|shell|raid|pound|storm|damage|sink|hammer ~ @target ! deal|tariffs|sanctions|record",
            "attack|strike|hit @party ! deal|tariffs|sanctions|duties|blacklist|record|record|with|over|for",
            "launch|fire|carry|unleash|conduct|stage|mount|begin|start|open|rain|hurl|send ~ @strike ! legal|probe|appeal|satellite_tv|product",
            "fire on|at|into",
            "open fire",
            "kill|assassinate ~ commander|leader|general|soldiers|scientist|militants|chief",
            "shoot down",
            "retaliate|respond|strike ~ with|back ~ missiles|strikes|rockets|drones",
            "march|cross into",
            "annex @party",
            "wage ~ war ~ on|against",
            "go ~ war ~ with|against",
            "use ~ missiles|weapons|drones|them ~ in|against",
        ],
        actor: Subject,
        needs: Needs::OnlyOther,
        examples: &[
            ("Israeli jets struck a depot in Syria overnight.", "ISR"),
            ("Azerbaijan shelled Armenian positions.", "AZE"),
            ("Russia launched an attack on Odesa.", "RUS"),
        ],
        rejects: &[
            "Hail struck the coast of Spain.",
            "Denmark launched a stamp.",
        ],
    },
    ActRule {
        name: "test a weapon",
        kind: Kind::Military,
        triggers: &[
            "test|launch|fire ~ missile|missiles|rocket|rockets|torpedo|icbm|warhead|satellite",
            "test|fire ~ ballistic|hypersonic|nuclear",
            "n:test|tests|launch|launches ~ nuclear|missile|missiles|ballistic|rocket",
            "detonate ~ device|bomb|nuclear",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[("North Korea fired a ballistic missile on Sunday.", "PRK")],
        rejects: &["Ford tested a nuclear option in its advertising."],
    },
    ActRule {
        name: "deploy or drill",
        kind: Kind::Military,
        triggers: &[
            "deploy|send|dispatch|move|station|mass|amass|rush|mobilise|mobilize|order|concentrate ~ @troops ! home|visit|supply|pledge|withdraw|out",
            "hold|stage|conduct|begin|start|launch|kick|carry|take|open|join|run ~ @drill ~ military|naval|drill|drills|joint|live|war|manoeuvres|maneuvers|air ! peace|rescue",
            "scramble|reinforce ~ jets|fighters|border|fighter",
            "arrive off",
            "put ~ troops|forces|army ~ alert",
            "n:exercises|drills|manoeuvres|maneuvers ~ with|near|off|joint",
            "fly ~ bombers|operations|fighters|jets",
            "create|announce ~ district|brigade|division ~ military",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            (
                "France deployed warships to the eastern Mediterranean.",
                "FRA",
            ),
            ("China held live-fire drills around Taiwan.", "CHN"),
        ],
        rejects: &[
            "The hotel held a fire drill.",
            "Kenya sent a team to the Games.",
        ],
    },
    ActRule {
        name: "seize a ship or cross a border",
        kind: Kind::Military,
        triggers: &[
            "seize|capture|board|detain|impound|hijack|intercept|ram|divert|harass|down ~ tanker|ship|vessel|trawler|boat|boats|ships|flight|plane|drone|jet|vessels|aircraft",
            "force down",
            "enter|violate|breach|cross ~ airspace|waters|border|line|territory ! deal",
            "shoot ~ down|drone|jet",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[("Iran seized a tanker off Oman.", "IRN")],
        rejects: &["Police seized cocaine on a ship in Rotterdam."],
    },
    ActRule {
        name: "an attack named by its author",
        kind: Kind::Military,
        triggers: &[
            "n:invasion|attack|attacks|strike|strikes|bombardment|offensive|incursion|airstrikes|assault|annexation|raid|raids on|of|against ! heart",
            "n:drone|missile|rocket attack|strike|strikes|attacks",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[(
            "Sweden applied three months into Russia's invasion of Ukraine.",
            "RUS",
        )],
        rejects: &["A heart attack felled the Belgian."],
    },
];
