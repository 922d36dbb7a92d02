//! Verb forms → lemmas: a lexicon of news verbs, regular forms by rule, the others by table.

use std::{collections::HashMap, sync::OnceLock};

/// The form that a word has as a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// `sign`
    Base,
    /// `signs`
    Present,
    /// `signed`, `went`: simple past; also the participle where the two are alike
    Past,
    /// `taken`: a participle that is no past
    Participle,
    /// `signing`
    Gerund,
}

/// One reading of a word as a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The base form.
    pub lemma: &'static str,
    /// The form.
    pub form: Form,
}

/// The readings of a folded word as a verb; none if it is no verb that we know.
pub fn readings(word: &str) -> &'static [Reading] {
    lexicon().get(word).map_or(&[], Vec::as_slice)
}

/// Whether the word is a form of the lemma.
pub fn is_form_of(word: &str, lemma: &str) -> bool {
    readings(word).iter().any(|reading| reading.lemma == lemma)
}

/// Whether the base or the `-s` form is a common noun too, so that it takes proof to be a verb.
pub fn is_noun_too(lemma: &str) -> bool {
    NOUNS_TOO.contains(&lemma)
}

/// Whether the participle differs from the past: "spoke" stands after no noun as "spoken" does.
pub fn has_own_participle(lemma: &str) -> bool {
    IRREGULAR.iter().any(|line| {
        let mut words = line.split(' ');
        words.next() == Some(lemma) && words.nth(1).is_some()
    })
}

fn lexicon() -> &'static HashMap<String, Vec<Reading>> {
    static LEXICON: OnceLock<HashMap<String, Vec<Reading>>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut forms: HashMap<String, Vec<Reading>> = HashMap::new();
        let mut add = |word: String, lemma: &'static str, form: Form| {
            let readings = forms.entry(word).or_default();
            if !readings
                .iter()
                .any(|known| known.lemma == lemma && known.form == form)
            {
                readings.push(Reading { lemma, form });
            }
        };
        for line in IRREGULAR {
            let mut words = line.split(' ');
            let Some(lemma) = words.next() else { continue };
            let past = words.next().unwrap_or(lemma);
            let participle = words.next().unwrap_or(past);
            add(lemma.to_owned(), lemma, Form::Base);
            add(with_s(lemma), lemma, Form::Present);
            for gerund in with_ing(lemma) {
                add(gerund, lemma, Form::Gerund);
            }
            for past in past.split('/') {
                add(past.to_owned(), lemma, Form::Past);
            }
            for participle in participle.split('/') {
                if !past.split('/').any(|known| known == participle) {
                    add(participle.to_owned(), lemma, Form::Participle);
                }
            }
        }
        for lemma in REGULAR.iter().flat_map(|line| line.split(' ')) {
            add(lemma.to_owned(), lemma, Form::Base);
            add(with_s(lemma), lemma, Form::Present);
            for past in with_ed(lemma) {
                add(past, lemma, Form::Past);
            }
            for gerund in with_ing(lemma) {
                add(gerund, lemma, Form::Gerund);
            }
        }
        forms
    })
}

fn with_s(lemma: &str) -> String {
    match lemma {
        "go" => "goes".into(),
        "do" => "does".into(),
        "have" => "has".into(),
        "veto" => "vetoes".into(),
        _ if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("ch") || lemma.ends_with("sh") => {
            format!("{lemma}es")
        }
        _ => match lemma.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
            _ => format!("{lemma}s"),
        },
    }
}

fn with_ed(lemma: &str) -> Vec<String> {
    if lemma.ends_with('e') {
        return vec![format!("{lemma}d")];
    }
    if let Some(stem) = lemma.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return vec![format!("{stem}ied")];
    }
    let mut forms = vec![format!("{lemma}ed")];
    if let Some(last) = doubled(lemma) {
        forms.push(format!("{lemma}{last}ed"));
    }
    forms
}

fn with_ing(lemma: &str) -> Vec<String> {
    if let Some(stem) = lemma.strip_suffix("ie") {
        return vec![format!("{stem}ying")];
    }
    if let Some(stem) = lemma.strip_suffix('e')
        && !stem.ends_with(['e', 'o', 'y'])
        && stem.len() > 1
    {
        return vec![format!("{stem}ing")];
    }
    let mut forms = vec![format!("{lemma}ing")];
    if let Some(last) = doubled(lemma) {
        forms.push(format!("{lemma}{last}ing"));
    }
    forms
}

/// The consonant that may be doubled before an ending: one after a single vowel.
fn doubled(lemma: &str) -> Option<char> {
    let mut back = lemma.chars().rev();
    let (last, vowel, before) = (back.next()?, back.next()?, back.next()?);
    let is_vowel = |sign: char| matches!(sign, 'a' | 'e' | 'i' | 'o' | 'u');
    (!is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y')
        && is_vowel(vowel)
        && (!is_vowel(before) || before == 'u'))
        .then_some(last)
}

/// Lemma, past, participle where it differs; several forms parted by `/`.
const IRREGULAR: &[&str] = &[
    "be was/were been",
    "say said",
    "tell told",
    "meet met",
    "hold held",
    "speak spoke spoken",
    "take took taken",
    "give gave given",
    "make made",
    "send sent",
    "go went gone",
    "come came come",
    "leave left",
    "fly flew flown",
    "sit sat",
    "strike struck struck/stricken",
    "reach reached",
    "seek sought",
    "withdraw withdrew withdrawn",
    "break broke broken",
    "cut cut",
    "hit hit",
    "put put",
    "set set",
    "shut shut",
    "let let",
    "quit quit",
    "freeze froze frozen",
    "shoot shot",
    "fight fought",
    "fire fired",
    "bring brought",
    "buy bought",
    "sell sold",
    "build built",
    "lay laid",
    "pay paid",
    "win won",
    "lose lost",
    "find found",
    "think thought",
    "know knew known",
    "see saw seen",
    "keep kept",
    "begin began begun",
    "forbid forbade forbidden",
    "bar barred",
    "ban banned",
    "throw threw thrown",
    "draw drew drawn",
    "drive drove driven",
    "fall fell fallen",
    "rise rose risen",
    "grow grew grown",
    "get got gotten",
    "write wrote written",
    "read read",
    "swear swore sworn",
    "stand stood",
    "understand understood",
    "undertake undertook undertaken",
    "uphold upheld",
    "overthrow overthrew overthrown",
    "sink sank/sunk sunk",
    "spend spent",
    "lend lent",
    "lead led",
    "feel felt",
    "hear heard",
    "run ran run",
    "become became become",
    "shed shed",
    "spread spread",
    "catch caught",
    "teach taught",
    "choose chose chosen",
    "arise arose arisen",
    "forget forgot forgotten",
    "hide hid hidden",
    "wield wielded",
    "slam slammed",
    "slap slapped",
    "strip stripped",
    "tear tore torn",
    "wear wore worn",
    "bear bore borne/born",
    "steal stole stolen",
    "shake shook shaken",
    "split split",
    "cost cost",
    "hurt hurt",
    "mean meant",
    "deal dealt",
    "bind bound",
    "lash lashed",
    "foresee foresaw foreseen",
    "overrun overran overrun",
    "rid rid",
    "backtrack backtracked",
    "do did done",
    "have had",
    "show showed shown",
    "sign signed",
    "plead pleaded/pled",
    "agree agreed",
    "free freed",
    "expel expelled",
    "compel compelled",
    "rebut rebutted",
    "ring rang rung",
    "sing sang sung",
    "ink inked",
    "lie lied",
    "die died",
    "tie tied",
    "stay stayed",
    "pledge pledged",
    "veto vetoed",
    "forgo forwent forgone",
    "rethink rethought",
    "retake retook retaken",
    "bid bid",
    "broadcast broadcast",
    "offset offset",
    "fling flung",
    "hang hung",
    "swing swung",
    "cling clung",
    "spring sprang sprung",
    "ride rode ridden",
    "drink drank drunk",
    "eat ate eaten",
    "blow blew blown",
    "sow sowed sown",
    "tow towed",
    "sweep swept",
    "sleep slept",
    "light lit",
    "speed sped",
];

/// Regular verbs, by the sort of news they stand in.
const REGULAR: &[&str] = &[
    // speech
    "announce declare state add note remark observe stress emphasise emphasize underline underscore highlight reiterate reaffirm repeat",
    "voice express convey register welcome hail praise applaud laud salute commend congratulate thank recognise recognize acknowledge",
    "support back endorse favour favor oppose object insist maintain argue claim allege contend assert charge confirm admit concede",
    "apologise apologize hope expect hint suggest imply explain clarify comment answer reply respond describe call brand label term dub",
    "tweet post publish issue release promise vow pledge commit offer guarantee assure reassure volunteer undertake",
    "warn threaten caution vow remind alert menace dare predict forecast fear worry believe reckon",
    "accuse blame condemn denounce decry deplore censure criticise criticize rebuke castigate slam blast lambast lambaste rap bash rail",
    "scold chide upbraid berate admonish attribute ascribe fault protest complain suspect link trace liken compare insult mock ridicule deride fume",
    "reprimand lament bemoan regret assail question challenge dispute deny reject dismiss refuse decline rebuff spurn shrug brush refute downplay disown disavow contradict repudiate",
    "urge ask demand request appeal press push implore beg beseech exhort insist pressure require order instruct invite propose advise recommend encourage petition apply lobby nudge press plead entreat summon",
    "discuss debate consult confer talk phone telephone chat dial exchange share huddle mediate facilitate broker convene chair preside host receive greet gather",
    "assemble attend join visit tour travel head journey arrive land depart embark return jet stop touch shuttle inspect accompany escort dispatch",
    "agree ratify approve accede initial conclude seal clinch finalise finalize negotiate normalise normalize restore resume reopen establish settle forge hammer thrash",
    "supply deliver ship provide donate transfer hand grant allocate earmark disburse export furnish equip fund finance arm train gift airlift evacuate procure receive purchase extend",
    "impose sanction blacklist designate list target penalise penalize punish restrict block bar embargo boycott outlaw proscribe levy double raise hike tighten toughen widen expand renew prolong seize confiscate impound revoke cancel suspend halt curb limit prohibit slap punish probe retaliate ground",
    "lift ease relax waive remove delist unfreeze exempt free repatriate pardon scrap drop end pause delay postpone loosen soften withdraw reinstate readmit abolish swap pull demobilise demobilize disarm cease",
    "recall oust eject order declare sever close shutter downgrade rupture terminate abandon exit renounce scrap annul tear walk storm pull abrogate",
    "attack bomb bombard shell raid invade launch test deploy mobilise mobilize station amass mass intercept down destroy kill assassinate target pound hammer raze sink torpedo ram board capture storm occupy annex patrol drill rehearse detonate explode land advance retreat hurl pummel violate enter cross breach scramble simulate reinforce evict overfly ambush clash skirmish",
    "vote adopt pass rule convict sentence indict arrest detain jail imprison extradite acquit find uphold overturn annul authorise authorize mandate extend elect condemn refer sue prosecute investigate probe conclude determine judge certify",
    // steering and other verbs
    "plan intend aim prepare want wish like decide consider weigh mull study seek try attempt fail manage help start continue cease finish stop keep remain stay wait need move act work use serve aim",
    "force allow enable let prevent avoid refrain stop risk cause prompt trigger spark follow precede accompany include involve contain cover concern affect",
    "face suffer endure enjoy achieve obtain secure gain acquire accept adopt abide heed honour honor obey comply flout breach breach violate defy ignore disregard respect observe implement fulfil fulfill",
    "hit harm threaten undermine destabilise destabilize endanger jeopardise jeopardize meddle interfere intervene plot conspire orchestrate sponsor fuel stoke escalate provoke incite torture execute hang persecute poison hack spy jam divert down shield harbour harbor shelter",
    "increase decrease reduce cut boost strengthen weaken improve worsen deepen broaden develop produce enrich build create form found open unveil reveal disclose present introduce table circulate submit draft",
    "happen occur emerge appear seem look sound prove mark represent constitute amount cite quote name identify report reveal leak signal indicate play",
    "live die move walk turn ride rescue escape flee hide protest march rally riot demonstrate storm burn smash loot attack hate love admire serve",
    "own control govern rule reign oversee supervise monitor watch inspect verify examine review assess check measure count",
    "collapse stall founder falter crumble succeed progress culminate proceed near last drag linger loom",
    "brief interview address contact inform notify tip alert update consult confer",
    "trade import export invest sue tax fine charge bill trust doubt wonder guess imagine assume suppose presume",
    "fall face replace succeed appoint nominate name elect inaugurate sack dismiss fire resign retire",
    "cooperate collaborate coordinate partner ally align side unite rally stand vouch bolster aid assist rush pour stockpile",
    "hand kick wrap round point pin place single cast wield exercise exert",
    "reverse revise rescind reconsider review shelve freeze bury mend patch thaw warm cool sour",
    "grant award award confer bestow honour credit confess testify swear recant",
    "complete carry conduct stage perform undertake pursue wage mount organise organize arrange schedule time slate tip poise",
    "cross transit sail dock berth anchor escort shadow tail harass collide fly overfly",
    "haul demolish uninvite bankroll airdrop parachute rearm resupply smuggle funnel inject channel unlock unblock redirect backfill induct score land bag cede lease",
    "unban readmit restitute unveil parade lodge dine lunch slip pop hop swing anger enrage infuriate incense savage scotch nudge coax bide unmask boast gloat dissent",
    "advocate weigh react clash abduct snatch kidnap repel stiffen shelve restructure reschedule forgive evict roll enact bundle brandish deplete revive extend join mourn",
    "echo dismantle distance match defend disable ramp resist step beef base top yield crack shore air quash withhold view treat regard spare vent blockade",
    "switch activate pile heap prop flag bow enforce deem mirror resolve bail relent unseal expose invoke pave contribute cap fix bind feed flock soar roar",
    "rattle axe rip enact skip unleash converse opt wire proclaim laugh turf liberate clear scale boot ditch lodge reserve upgrade",
    "deposit damage snub seethe restart file level rain rejoin hijack reimpose exclude balk cry concentrate immobilise liaise restate pump mourn dump",
    "pocket cough splash splurge score play beat draw train coach tackle",
];

/// Lemmas whose base or `-s` form is a common noun.
const NOUNS_TOO: &[&str] = &[
    "hack",
    "echo",
    "match",
    "cap",
    "fix",
    "flag",
    "base",
    "top",
    "yield",
    "step",
    "view",
    "switch",
    "pile",
    "mirror",
    "blockade",
    "prop",
    "strike",
    "attack",
    "call",
    "visit",
    "talk",
    "test",
    "launch",
    "plan",
    "claim",
    "charge",
    "demand",
    "order",
    "vote",
    "support",
    "fire",
    "raid",
    "drill",
    "release",
    "return",
    "deal",
    "sign",
    "freeze",
    "block",
    "sanction",
    "pledge",
    "promise",
    "offer",
    "aid",
    "shell",
    "bomb",
    "cut",
    "host",
    "hit",
    "lift",
    "protest",
    "rebuke",
    "praise",
    "welcome",
    "face",
    "back",
    "move",
    "step",
    "blast",
    "target",
    "name",
    "list",
    "bar",
    "limit",
    "curb",
    "exit",
    "recall",
    "rule",
    "veto",
    "appeal",
    "request",
    "stand",
    "ban",
    "tour",
    "travel",
    "head",
    "land",
    "stop",
    "chair",
    "state",
    "note",
    "stress",
    "voice",
    "register",
    "term",
    "label",
    "brand",
    "post",
    "tweet",
    "issue",
    "vow",
    "risk",
    "cause",
    "fault",
    "link",
    "trace",
    "question",
    "challenge",
    "dispute",
    "reply",
    "answer",
    "comment",
    "hope",
    "fear",
    "worry",
    "press",
    "push",
    "pressure",
    "exchange",
    "share",
    "phone",
    "broker",
    "supply",
    "ship",
    "hand",
    "grant",
    "fund",
    "finance",
    "arm",
    "train",
    "gift",
    "transfer",
    "export",
    "import",
    "trade",
    "levy",
    "double",
    "raise",
    "hike",
    "halt",
    "boycott",
    "embargo",
    "probe",
    "ground",
    "ease",
    "free",
    "swap",
    "end",
    "pause",
    "delay",
    "drop",
    "scrap",
    "pull",
    "close",
    "rupture",
    "mass",
    "down",
    "patrol",
    "ram",
    "board",
    "capture",
    "storm",
    "sentence",
    "mandate",
    "aim",
    "wish",
    "study",
    "start",
    "work",
    "use",
    "need",
    "help",
    "force",
    "cover",
    "concern",
    "respect",
    "harm",
    "plot",
    "sponsor",
    "fuel",
    "spy",
    "jam",
    "shield",
    "shelter",
    "increase",
    "decrease",
    "boost",
    "form",
    "table",
    "draft",
    "mark",
    "quote",
    "report",
    "leak",
    "signal",
    "play",
    "live",
    "walk",
    "turn",
    "rescue",
    "escape",
    "march",
    "rally",
    "control",
    "watch",
    "review",
    "check",
    "measure",
    "count",
    "progress",
    "drag",
    "brief",
    "interview",
    "address",
    "contact",
    "tip",
    "update",
    "tax",
    "fine",
    "bill",
    "trust",
    "doubt",
    "guess",
    "partner",
    "ally",
    "side",
    "rush",
    "kick",
    "wrap",
    "round",
    "point",
    "pin",
    "place",
    "cast",
    "exercise",
    "credit",
    "reverse",
    "time",
    "stage",
    "cross",
    "transit",
    "sail",
    "dock",
    "shadow",
    "tail",
    "score",
    "beat",
    "draw",
    "coach",
    "tackle",
    "fall",
    "rise",
    "show",
    "bid",
    "broadcast",
    "fight",
    "shot",
    "split",
    "spread",
    "cost",
    "hurt",
    "lie",
    "tie",
    "stay",
    "break",
    "drive",
    "swing",
    "spring",
    "ride",
    "drink",
    "light",
    "speed",
    "look",
    "sound",
    "act",
    "honour",
    "honor",
    "award",
    "accord",
    "purchase",
    "clash",
    "ambush",
    "breach",
    "advance",
    "retreat",
    "measure",
    "rap",
    "bash",
    "slap",
    "warning",
    "hammer",
    "pass",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_lemma() {
        for (word, lemma, form) in [
            ("accuses", "accuse", Form::Present),
            ("expelled", "expel", Form::Past),
            ("struck", "strike", Form::Past),
            ("withdrawn", "withdraw", Form::Participle),
            ("denying", "deny", Form::Gerund),
            ("denied", "deny", Form::Past),
            ("barring", "bar", Form::Gerund),
            ("vetoes", "veto", Form::Present),
        ] {
            assert!(readings(word).contains(&Reading { lemma, form }), "{word}");
        }
    }

    #[test]
    fn words_that_are_no_verbs_have_no_reading() {
        for word in ["ambassador", "missile", "red", "king"] {
            assert_eq!(readings(word), [], "{word}");
        }
    }
}
