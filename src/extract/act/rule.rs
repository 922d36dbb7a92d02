//! What an act rule is, the small notation of its triggers, and the index from words to rules.
//!
//! # Notation
//!
//! `impose|levy ~ @penalty` reads: a form of *impose* or *levy*, and a penalty word among the words that it governs.
//! The first word is a verb by its lemmas, or with `n:` a noun by its forms. Words directly after it stand bare (`call on`),
//! `~` opens a group that may stand anywhere in the verb's window, `!` one that must not, `^` one that must stand in
//! the words before the verb (its subject). `|` parts alternatives;
//! `@class` is one of [`CLASSES`]; `@party` is any mention of a party, `@leader` one of a leader or
//! official, `@body` one of a body of several members, `@object`
//! one that stands directly after the verb; `@do` is an infinitive after it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::{
    domain::kind::Kind,
    extract::lexis::{self, Known},
};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Actor {
    /// The subject; of a passive, whoever stands after "by".
    Subject,
    /// Subject and object alike: "spoke with".
    Both,
    /// The party after "from": "received arms from".
    From,
    /// The object: "received the minister in Rome" as a visit.
    Object,
    /// The subject of a passive: "is expected in Ankara".
    Patient,
}

/// What else an act asks for before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// An actor alone.
    Actor,
    /// An actor and another party.
    Other,
    /// Another party; the actor may be missing, as in a passive without an agent.
    OnlyOther,
    /// Two parties that act alike, or one body.
    Several,
    /// An actor alone, even of a meeting: a plea before a court, a day at a summit.
    Told,
    /// Another party, to whom it is done by somebody untold: a passive without an agent.
    Undergone,
}

/// One way to tell a kind of act.
#[derive(Debug)]
pub(crate) struct ActRule {
    /// How the rule is named to an editor.
    pub name: &'static str,
    pub kind: Kind,
    /// In the notation of this module.
    pub triggers: &'static [&'static str],
    pub actor: Actor,
    pub needs: Needs,
    /// Sentences of our own with the actors of the act that they tell, codes joined by `+`, `-` for none.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by the test that runs them")
    )]
    pub examples: &'static [(&'static str, &'static str)],
    /// Sentences that must not yield the kind.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by the test that runs them")
    )]
    pub rejects: &'static [&'static str],
}

/// Word classes of the notation.
pub(crate) const CLASSES: &[(&str, &str)] = &[
    (
        "@penalty",
        "sanction sanctions tariff tariffs duty duties levy levies ban bans embargo embargoes curbs curb restrictions restriction \
         penalties penalty freeze freezes blacklist measures controls quota quotas boycott visa visas blockade closure",
    ),
    ("@list", "blacklist list lists blacklists register"),
    (
        "@envoy",
        "ambassador ambassadors envoy envoys diplomat diplomats charge d'affaires attache attaches consul consuls staff \
         representative representatives mission delegation officers staffers",
    ),
    (
        "@arms",
        "missile missiles weapon weapons arms tank tanks ammunition munitions shells jets fighter fighters drone drones rifles \
         rockets artillery howitzers howitzer aircraft helicopters launchers systems system batteries battery patriot patriots abrams leopard leopards challenger challengers bradley bradleys marder marders himars atacms \
         javelins stingers gripen gripens rafale rafales iskanders shaheds shahed recruits 2s \
         warships frigate frigates submarine submarines vehicles bombs equipment rounds",
    ),
    (
        "@aid",
        "aid loan loans grant grants relief assistance package funds funding money credit credits million billion tranche food wheat \
         medicine medicines supplies vaccines grain oil fuel gas rice doses generators bailout",
    ),
    (
        "@pact",
        "agreement agreements deal deals treaty treaties pact pacts accord accords memorandum memorandums contract contracts protocol \
         ceasefire truce convention compact declaration charter armistice mou partnership settlement roadmap",
    ),
    (
        "@ties",
        "ties relations tie links contacts cooperation dialogue channel channels hotline",
    ),
    (
        "@talks",
        "talks meeting meetings summit summits discussions discussion negotiations negotiation consultations conversation \
         conversations call dialogue session round conference hearing hearings briefing",
    ),
    (
        "@text",
        "resolution resolutions motion text bill draft amendment measure law statement decision mandate plan",
    ),
    (
        "@target",
        "base bases depot depots positions target targets port ports airport airfield city cities town towns village villages \
         facility facilities site sites convoy convoys camp camps airbase plant plants refinery bridge headquarters bunker stronghold \
         ship ships tanker tankers vessel vessels warship boat boats troops militants fighters consulate embassy hospital grid \
         infrastructure airspace waters",
    ),
    (
        "@drill",
        "drill drills exercise exercises manoeuvre manoeuvres maneuver maneuvers games wargames patrols patrol operations",
    ),
    (
        "@strike",
        "strike strikes attack attacks raid raids offensive invasion incursion missile missiles rocket rockets drones drone assault \
         bombardment operation airstrikes barrage torpedo shells salvo warhead satellite",
    ),
    (
        "@troops",
        "troops forces soldiers warships warship jets aircraft bombers carrier destroyer frigate missiles peacekeepers marines \
         submarine submarines battalion brigade planes fighters tanks paratroopers fleet trainers systems reservists",
    ),
    (
        "@captive",
        "prisoner prisoners hostage hostages detainee detainees captive captives soldiers journalist journalists crew tanker ship \
         vessel citizens nationals academic pastor dissident americans sailors men women people spies fishermen activist",
    ),
    ("@visit", "visit visits trip trips tour tours journey"),
    (
        "@claim",
        "claim claims allegation allegations accusation accusations charge charges report reports suggestion suggestions criticism \
         idea complaint complaints assertion assertions involvement role responsibility wrongdoing any link links knowledge \
         speculation rumours rumors notion",
    ),
    (
        "@ask",
        "demand demands call calls offer offers proposal proposals request requests appeal appeals plan plans ultimatum invitation \
         deal ceasefire truce talks resolution condition conditions list pressure mediation verdict ruling",
    ),
    (
        "@when",
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october \
         november december jan feb aug sept oct nov dec yesterday today tomorrow week month weekend year",
    ),
    ("@charge", "indictment charges charge warrant warrants"),
];

/// The alternatives of a group, as a set of the numbers that [`lexis`] gives to words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group(Vec<u64>);

impl Group {
    fn of(words: &[&str]) -> Self {
        let mut group = Self::default();
        for word in words {
            group.add(lexis::known(word).id);
        }
        group
    }

    fn add(&mut self, id: u16) {
        let place = usize::from(id) / 64;
        if self.0.len() <= place {
            self.0.resize(place + 1, 0);
        }
        self.0[place] |= 1 << (id % 64);
    }

    /// Whether a word is one of the alternatives.
    pub fn contains(&self, word: &Known) -> bool {
        let id = word.id;
        id > 0
            && self
                .0
                .get(usize::from(id) / 64)
                .is_some_and(|bits| bits >> (id % 64) & 1 == 1)
    }

    fn join(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        for (bits, more) in self.0.iter_mut().zip(&other.0) {
            *bits |= more;
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One trigger, read.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a trigger asks for, each by itself"
)]
pub(crate) struct Trigger {
    pub rule: &'static ActRule,
    /// Words directly after the head.
    pub adjacent: Vec<Group>,
    /// Groups that must be met in the window.
    pub with: Vec<Group>,
    /// Groups that must be met between the beginning of the verb's clause and the verb.
    pub before: Vec<Group>,
    /// Words that must not be met in the window.
    pub without: Option<Group>,
    /// Whether it begins with "that": then it is met in the whole of what is reported.
    pub reports: bool,
    /// Whether a mention of a party must be met in the window.
    pub party: bool,
    /// Whether a mention of a leader or an official must be met near the head.
    pub leader: bool,
    /// Whether that party must be a body of several members.
    pub body: bool,
    /// Whether it must be the direct object.
    pub object: bool,
    /// Whether an infinitive must follow: "agreed to leave".
    pub infinitive: bool,
    /// How much it asks for: the more, the surer that it is meant.
    pub demands: usize,
}

/// The triggers by their head, a noun's by its number.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub verbs: HashMap<&'static str, Vec<Trigger>>,
    pub nouns: HashMap<u16, Vec<Trigger>>,
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let mut book = Book::default();
    for rule in super::rules() {
        for trigger in rule.triggers {
            book.add(rule, trigger);
        }
    }
    book
});

/// Every trigger of every rule.
pub(crate) fn book() -> &'static Book {
    &BOOK
}

/// Every word that a trigger names.
pub(crate) fn vocabulary() -> impl Iterator<Item = &'static str> {
    let triggers = super::rules().flat_map(|rule| rule.triggers);
    triggers.flat_map(|trigger| {
        let words = trigger.strip_prefix("n:").unwrap_or(trigger).split(' ');
        words.flat_map(expand)
    })
}

enum Place {
    Adjacent,
    With,
    Without,
    Before,
}

impl Book {
    fn add(&mut self, rule: &'static ActRule, text: &'static str) {
        let mut words = text.split(' ');
        let Some(head) = words.next() else { return };
        let (heads, noun) = match head.strip_prefix("n:") {
            Some(heads) => (heads, true),
            None => (head, false),
        };
        let mut place = Place::Adjacent;
        let (mut adjacent, mut with, mut without) = (Vec::new(), Vec::new(), Group::default());
        let mut before = Vec::new();
        let (mut party, mut leader, mut reports) = (false, false, false);
        let (mut body, mut object, mut infinitive) = (false, false, false);
        for word in words {
            match word {
                "~" => place = Place::With,
                "!" => place = Place::Without,
                "^" => place = Place::Before,
                "@party" => party = true,
                "@leader" => leader = true,
                "@do" => infinitive = true,
                "@object" => {
                    party = true;
                    object = true;
                }
                "@body" => {
                    party = true;
                    body = true;
                }
                _ => {
                    let group = Group::of(&expand(word));
                    match place {
                        Place::Adjacent => {
                            reports |= adjacent.is_empty() && expand(word).contains(&"that");
                            adjacent.push(group);
                        }
                        Place::With => with.push(group),
                        Place::Before => before.push(group),
                        Place::Without => without.join(&group),
                    }
                }
            }
        }
        for head in expand(heads) {
            let trigger = Trigger {
                rule,
                adjacent: adjacent.clone(),
                with: with.clone(),
                before: before.clone(),
                without: Some(without.clone()).filter(|group| !group.is_empty()),
                reports,
                party,
                leader,
                body,
                object,
                infinitive,
                demands: adjacent.len()
                    + with.len()
                    + before.len()
                    + usize::from(party)
                    + usize::from(leader || body)
                    + 2 * usize::from(infinitive),
            };
            let list = if noun {
                self.nouns.entry(lexis::known(head).id).or_default()
            } else {
                self.verbs.entry(head).or_default()
            };
            list.push(trigger);
        }
    }
}

fn expand(group: &'static str) -> Vec<&'static str> {
    group
        .split('|')
        .flat_map(|word| {
            let class = CLASSES
                .iter()
                .find(|(name, _)| *name == word)
                .map(|(_, words)| *words);
            class.unwrap_or(word).split_whitespace()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::verbs;

    #[test]
    fn every_head_is_a_lemma_of_the_lexicon() {
        let unknown: Vec<_> = book()
            .verbs
            .keys()
            .filter(|lemma| {
                !verbs::readings(lemma)
                    .iter()
                    .any(|reading| reading.lemma == **lemma)
            })
            .collect();
        assert_eq!(unknown, Vec::<&&str>::new());
    }

    #[test]
    fn no_trigger_names_an_unknown_class() {
        let unknown: Vec<_> = vocabulary()
            .filter(|word| {
                word.starts_with('@')
                    && !matches!(*word, "@party" | "@leader" | "@body" | "@object" | "@do")
            })
            .collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }

    #[test]
    fn every_rule_has_examples_and_a_name_of_its_own() {
        let mut names = std::collections::HashSet::new();
        for rule in super::super::rules() {
            assert!(!rule.examples.is_empty(), "{}", rule.name);
            assert!(names.insert(rule.name), "{}", rule.name);
        }
    }
}
