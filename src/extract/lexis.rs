//! Folded words → what the lists of the language know of them: one look-up a token, then only bits are asked.
//!
//! The lists stand with those who read them: [`super::words`], [`super::party::titles`], [`super::party::name`], the verbs of
//! [`super::verbs`], the words of the act rules and of the names in the built-in gazetteer. The table of all of them is built
//! once in a process and stays.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    act::rule,
    party::{
        gazetteer, name,
        titles::{self, Office},
    },
    token::{self, Token},
    verbs::{self, Reading},
    words,
};

/// The closed classes of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// `the`, `its`, `several`
    Determiner,
    /// `of`, `against`
    Preposition,
    /// `after`, `although`
    Subordinator,
    /// `if`, `whether`
    Conditional,
    /// `who`, `which`
    Relative,
    /// `and`, `but`
    Conjunction,
    /// `will`, `couldn't`
    Modal,
    /// `has`, `hadn't`
    Have,
    /// `was`, `isn't`
    Be,
    /// `did`
    Do,
    /// `not`, and what ends in “n't”
    Negative,
    /// `also`, and what ends in “ly”
    Adverb,
    /// `he`, `we`
    SubjectPronoun,
    /// `monday`, `week`, bare digits
    TimeNoun,
    /// `foreign`, `deputy`
    OfficeModifier,
    /// `former`, `ousted`
    OutOfOffice,
    /// `mr`, `sheikh`
    Courtesy,
    /// `monday`, `dec`
    Calendar,
    /// Any word that only holds a sentence together.
    Function,
    /// The same where names are looked for.
    NameFunction,
    /// Any word that cannot stand inside a plain noun phrase.
    Edge,
}

impl Class {
    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// What is known of a word that nothing is known of.
pub(super) static NOTHING: Known = Known {
    text: "",
    id: 0,
    readings: &[],
    office: None,
    classes: 0,
};

/// What is known of a word.
#[derive(Debug, Default)]
pub struct Known {
    /// The word, folded; empty for words of no list.
    pub(super) text: &'static str,
    /// Its number; 0 for words of no list.
    pub(super) id: u16,
    /// What it may be as a verb.
    pub(super) readings: &'static [Reading],
    /// The office that it names.
    pub(super) office: Option<Office>,
    classes: u32,
}

impl Known {
    /// Whether the word is of a class.
    pub const fn is(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }

    fn of(text: &'static str, id: u16) -> Self {
        Self {
            text,
            id,
            classes: words::by_ending(text).map_or(0, Class::bit),
            ..Self::default()
        }
    }

    /// A word of no list: its ending alone tells.
    fn stranger(ending: Option<Class>) -> Self {
        let mut stranger = Self {
            classes: ending.map_or(0, Class::bit),
            ..Self::default()
        };
        // such an adverb may stand in a noun phrase: "the widely read paper"
        stranger.join("");
        stranger.classes &= !Class::Edge.bit();
        stranger
    }

    /// Adds the classes that are made of others.
    fn join(&mut self, word: &str) {
        use Class::{
            Adverb, Be, Conjunction, Determiner, Do, Edge, Function, Have, Modal, NameFunction,
            Preposition, Relative, SubjectPronoun, Subordinator,
        };
        let any = |classes: &[Class]| classes.iter().any(|class| self.is(*class));
        let holds = any(&[
            Determiner,
            Preposition,
            Subordinator,
            Conjunction,
            SubjectPronoun,
            Modal,
            Be,
            Have,
            Adverb,
            Relative,
        ]);
        let function = holds
            || self.is(Do)
            || matches!(word, "to" | "that" | "'s" | "him" | "them" | "us" | "me");
        let name_function = holds
            || matches!(
                word,
                "to" | "that" | "mr" | "there" | "us" | "meanwhile" | "asked" | "speaking"
            );
        let edge = any(&[
            Preposition,
            Subordinator,
            Conjunction,
            Relative,
            Modal,
            Be,
            Have,
            Do,
            SubjectPronoun,
        ]) || matches!(
            word,
            "to" | "that" | "him" | "them" | "said" | "says" | "also" | "not"
        ) || self.is(Adverb) && !word.ends_with("ly")
            || self.readings.iter().any(|reading| reading.lemma == "say");
        for (told, class) in [
            (function, Function),
            (name_function, NameFunction),
            (edge, Edge),
        ] {
            if told {
                self.classes |= class.bit();
            }
        }
    }
}

/// The words of all lists.
struct Lexis {
    words: FxHashMap<&'static str, Known>,
    plain: Known,
    adverb: Known,
    negative: Known,
    digits: Known,
}

static LEXIS: LazyLock<Lexis> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Known> = FxHashMap::default();
    let mut entry = |word: &'static str, change: &dyn Fn(&mut Known)| {
        let id = u16::try_from(words.len() + 1).unwrap_or(0);
        change(words.entry(word).or_insert_with(|| Known::of(word, id)));
    };
    // the words of triggers first: their numbers are small, and sets of them too
    for word in rule::vocabulary() {
        entry(word, &|_| {});
    }
    for (class, list) in words::LISTS.iter().chain(titles::LISTS) {
        for word in list.split_whitespace() {
            entry(word, &|known| known.classes |= class.bit());
        }
    }
    for word in name::CALENDAR.split_whitespace() {
        entry(word, &|known| known.classes |= Class::Calendar.bit());
    }
    for (office, list) in titles::OFFICES {
        for word in list.split_whitespace() {
            entry(word, &|known| known.office = Some(*office));
        }
    }
    for (word, readings) in verbs::forms() {
        entry(word, &|known| known.readings = readings);
    }
    for word in [
        "to",
        "that",
        "'s",
        "him",
        "them",
        "us",
        "me",
        "there",
        "meanwhile",
        "asked",
        "speaking",
        "said",
        "says",
        "also",
        "not",
    ] {
        entry(word, &|_| {});
    }
    for word in gazetteer::builtin_names().flat_map(token::folded) {
        if !words.contains_key(word.as_str()) {
            let id = u16::try_from(words.len() + 1).unwrap_or(0);
            let word: &'static str = word.leak();
            words.insert(word, Known::of(word, id));
        }
    }
    for (word, known) in &mut words {
        known.join(word);
    }
    Lexis {
        words,
        plain: Known::stranger(None),
        adverb: Known::stranger(Some(Class::Adverb)),
        negative: Known::stranger(Some(Class::Negative)),
        digits: Known::stranger(Some(Class::TimeNoun)),
    }
});

/// What is known of a folded word.
pub(super) fn known(word: &str) -> &'static Known {
    let lexis = &*LEXIS;
    lexis
        .words
        .get(word)
        .unwrap_or_else(|| match words::by_ending(word) {
            Some(Class::Adverb) => &lexis.adverb,
            Some(Class::Negative) => &lexis.negative,
            Some(_) => &lexis.digits,
            None => &lexis.plain,
        })
}

impl From<&str> for &'static Known {
    fn from(word: &str) -> Self {
        known(word)
    }
}

impl From<&Token<'_>> for &'static Known {
    fn from(token: &Token) -> Self {
        token.known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_of_every_class_that_lists_it() {
        let for_word = known("for");
        assert!(for_word.is(Class::Preposition) && for_word.is(Class::Edge));
        assert!(!for_word.is(Class::Determiner));
        assert!(known("said").is(Class::Edge) && !known("said").readings.is_empty());
        assert_eq!(known("ministers").office, Some(Office::People));
    }

    #[test]
    fn endings_tell_of_words_that_no_list_has() {
        assert!(known("sheepishly").is(Class::Adverb));
        assert!(known("sheepishly").is(Class::Function) && !known("sheepishly").is(Class::Edge));
        assert!(known("daren't").is(Class::Negative));
        assert!(known("31415").is(Class::TimeNoun));
        assert!(!known("italy").is(Class::Adverb));
        assert_eq!(known("zzyzx").id, 0);
    }
}
