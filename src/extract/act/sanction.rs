//! Penalties imposed and lifted: kinds `sanction` and `relief`.

use super::rule::{
    ActRule,
    Actor::{From, Subject},
    Needs,
};
use crate::domain::kind::Kind;

pub(super) const RULES: &[ActRule] = &[
    ActRule {
        name: "impose a penalty",
        kind: Kind::Sanction,
        triggers: &[
            "impose|levy ~ @penalty",
            "slap|announce|unveil|introduce|adopt|place|put|set|approve|tighten|expand|extend|widen|toughen|renew|prolong|reimpose|prepare|issue|draw|agree|order|enact|include|level ~ sanction|sanctions|tariff|tariffs|embargo|blacklist|curbs ! resolution|letter|against_sanctions",
            "raise|double|hike|increase ~ tariff|tariffs|duties",
            "announce|order|extend|impose|adopt|place|introduce|put ~ ban|bans|freeze|freezes|controls|restrictions ~ visa|travel|asset|assets|export|exports|import|imports|trade|entry|oil|flights",
            "agree on ~ sanctions|embargo|tariffs",
            "hit|slap|target|punish ~ with ~ @penalty",
            "retaliate|respond|hit ~ with ~ tariffs|duties|sanctions|curbs",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            ("Japan imposed sanctions on two Belarusian banks.", "JPN"),
            ("Canada slapped Belarus with fresh sanctions.", "CAN"),
            ("EU to announce new sanctions on Myanmar", "EU"),
        ],
        rejects: &[
            "The coach imposed a curfew on the squad.",
            "Norway has not imposed sanctions on Chad.",
        ],
    },
    ActRule {
        name: "penalise a party",
        kind: Kind::Sanction,
        triggers: &[
            "sanction|blacklist|penalise|penalize|embargo|boycott|proscribe @party",
            "sanction|blacklist ~ officials|firms|companies|individuals|people|ships|tankers|banks|entities|judges|ministers|lawmakers|generals|commanders|network|vessels",
            "designate|list ~ terrorist|individuals|entities|persons|firms|vessels|companies|officials|people|banks|commanders|ships|tankers|organisation|organization",
            "add|extend|put|place ~ @list|entity ! removed",
            "hit ~ people|officials|firms|banks|companies|individuals ~ among",
        ],
        actor: Subject,
        needs: Needs::OnlyOther,
        examples: &[
            ("Britain sanctioned eleven Russian judges on Monday.", "GBR"),
            (
                "The US Treasury designated 29 vessels linked to Iran.",
                "USA",
            ),
            (
                "Two Serbian traders were added to the list by Brussels.",
                "EU",
            ),
        ],
        rejects: &[
            "The board sanctioned the merger.",
            "The company listed its shares in Paris.",
        ],
    },
    ActRule {
        name: "freeze or block assets",
        kind: Kind::Sanction,
        triggers: &[
            "freeze|block|seize|confiscate|impound|immobilise ~ asset|assets|funds|accounts|reserves|property|yacht|yachts|villa",
        ],
        actor: Subject,
        needs: Needs::OnlyOther,
        examples: &[(
            "Switzerland froze the assets of 13 Tunisian officials.",
            "CHE",
        )],
        rejects: &["The court froze the actor's bank account."],
    },
    ActRule {
        name: "ban trade, entry or flights",
        kind: Kind::Sanction,
        triggers: &[
            "ban|bar|prohibit|restrict|forbid|outlaw|halt|stop|suspend|block ~ import|imports|export|exports|entry|entering|airspace|airlines|flights|overflights|landing|trade|commerce|sale|sales|travel|travelling|traveling|investment|transactions|airline|carrier",
            "ban|bar @party",
            "close|shut|seal ~ border|borders|airspace|skies|ports|crossings|crossing ! reopen",
            "cut off ~ aid|gas|supplies|funding|power",
            "suspend|freeze|cut|halt ~ aid|assistance|funding",
            "suspend ~ permit|licence|license|licences",
            "revoke|cancel ~ visa|visas|licence|license|permit",
            "deny ~ visas|visa|entry",
            "ground ~ airlines|fleet",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[
            ("China banned imports of Japanese seafood in August.", "CHN"),
            (
                "Moroccan aircraft were banned from its airspace by Algeria.",
                "DZA",
            ),
            ("Beijing barred nine British lawmakers from entry.", "CHN"),
        ],
        rejects: &[
            "FIFA banned the striker for six games.",
            "The city banned imports of plastic bags from shops.",
        ],
    },
    ActRule {
        name: "open a trade or criminal probe",
        kind: Kind::Sanction,
        triggers: &[
            "open|launch|start|begin ~ probe|investigation ~ dumping|trade|subsidy|subsidies|imports",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[(
            "China opened an anti-dumping probe into Canadian canola imports.",
            "CHN",
        )],
        rejects: &["Police opened a probe into the fire."],
    },
    ActRule {
        name: "penalties come or follow",
        kind: Kind::Sanction,
        triggers: &[
            "n:sanctions|tariffs|embargo|duties on|against @party",
            "n:sanctions|tariffs ~ take|takes|took|come|comes|came|imposed|reimposed|force|effect|include|since",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[(
            "EU sanctions against Syria came into force on Saturday.",
            "EU",
        )],
        rejects: &["Oil rose as traders weighed sanctions."],
    },
    ActRule {
        name: "lift or ease a penalty",
        kind: Kind::Relief,
        triggers: &[
            "lift|ease|waive|relax|remove|suspend|drop|end|scrap|loosen|soften|cancel|terminate|pause|delay|postpone ~ sanction|sanctions|tariff|tariffs|embargo|duties|ban|curbs|restrictions|blockade|boycott|siege|visa ! vote|called",
            "take|remove|delist|strike ~ @list ~ off|from",
            "delist @party",
            "unfreeze|release ~ assets|funds|money",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            (
                "Washington eased oil sanctions on Venezuela in October.",
                "USA",
            ),
            ("The EU took twelve Serbian firms off the list.", "EU"),
        ],
        rejects: &[
            "The planning committee lifted its objections.",
            "Britain refused to lift sanctions on Syria.",
        ],
    },
    ActRule {
        name: "free captives",
        kind: Kind::Relief,
        triggers: &[
            "free|release|pardon|repatriate|return|liberate ~ @captive ! remains_unknown",
            "free|release|pardon @party",
            "swap|exchange ~ prisoners|captives|detainees",
            "hand over ~ prisoners|bodies|captives",
        ],
        actor: Subject,
        needs: Needs::Other,
        examples: &[("Tehran freed two French detainees on Monday.", "IRN")],
        rejects: &["The studio released a film about France."],
    },
    ActRule {
        name: "pull back or resume",
        kind: Kind::Relief,
        triggers: &[
            "withdraw|pull|remove ~ troops|forces|soldiers|army ! contribute",
            "pull back|out ~ troops|forces",
            "resume|restore|reinstate|restart ~ flights|services|aid|supplies|exports|trade|implementation|participation|deliveries|cooperation|talks",
            "reopen ~ border|borders|airspace|embassy|crossing|embassies|skies|consulate",
            "open ~ airspace|border|borders ~ to|with",
            "return ~ ambassador|envoy|envoys ~ to",
            "return|rejoin ~ deal|accord|agreement|pact",
            "drop|withdraw|lift ~ objection|objections|veto|charges ! committee",
            "suspend|rescind|revoke ~ order|expulsion|decree",
            "call off ~ drill|drills|strike|strikes|exercise|exercises",
        ],
        actor: Subject,
        needs: Needs::Actor,
        examples: &[
            ("Kenya resumed flights to Somalia on Friday.", "KEN"),
            (
                "Turkey dropped its objections to Finland at a summit.",
                "TUR",
            ),
        ],
        rejects: &["The airline resumed flights."],
    },
    ActRule {
        name: "get back what was held",
        kind: Kind::Relief,
        triggers: &["free|release ~ from"],
        actor: From,
        needs: Needs::OnlyOther,
        examples: &[("A Briton was freed by Iran.", "IRN")],
        rejects: &["The hostage drama was released in cinemas."],
    },
];
