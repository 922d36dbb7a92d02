//! The words that time expressions are made of, and what each means by itself.
//!
//! The dictionary holds the words below and every literal word of a rule's pattern.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::OnceLock,
};

use chrono::Weekday;

use super::{
    rule,
    vocabulary::{EXTRA, entries},
};

/// A word's number in the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct WordId(pub(super) u16);

impl WordId {
    /// A word that the dictionary lacks.
    pub(super) const UNKNOWN: Self = Self(0);
}

/// A unit of time, as counted (“two weeks ago”) or pointed at (“this week”).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Seconds, minutes, hours: within the day.
    Hour,
    /// A civil day.
    Day,
    /// Monday to Sunday.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// Two weeks.
    Fortnight,
    /// A calendar month.
    Month,
    /// A quarter of a calendar year.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years, from one that ends in 0.
    Decade,
    /// A hundred years, from one that ends in 00.
    Century,
}

/// A season of the north, by calendar months: spring begins in March.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A part of a longer stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Middle,
    Late,
    Start,
    End,
}

/// What a word means by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lexeme {
    None,
    Weekday(Weekday),
    ShortWeekday(Weekday),
    Month(u32),
    /// Takes a full stop; “May” is no abbreviation.
    ShortMonth(u32),
    Unit(Unit),
    Season(Season),
    Cardinal(u32),
    Ordinal(u32),
    /// “second” is an ordinal and a unit; “quarter”, “fall” and the like are told by their rule.
    DayPart,
    Noon,
    Part(Part),
    Meridiem,
    /// A time zone: “GMT”, “EST”.
    Zone,
    /// “nineties” and its like: the last two digits.
    Decade(u32),
    /// A verb or phrase word that tells of what is to come: “will”, “scheduled”.
    Ahead,
    /// One that does so before “to” or “for” only: “plans”, “set”.
    AheadBefore,
    /// A past verb that does not end in -ed.
    Past,
    /// A verb in the present that news uses of what is on the calendar: “meets”, “begins”.
    Calendar,
    /// “be”, “been”.
    Be,
}

/// A word's bytes as one number: the longest has [`LONGEST`] letters.
type Key = u128;

/// Folds a [`Key`] with one multiplication.
#[derive(Debug, Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u128(&mut self, key: u128) {
        let [low, high] = [key, key >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)));
        let folded = low.unwrap_or_default() ^ high.unwrap_or_default().rotate_left(29);
        let product = folded.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ (product >> 32);
    }
}

const LONGEST: usize = 14;

/// A word's letters in lower case, full stops left out; what is over [`LONGEST`] is left out too.
fn key(word: &str) -> Key {
    let mut letters = [0_u8; 16];
    let bytes = word.bytes().filter(|byte| *byte != b'.').take(LONGEST);
    for (letter, byte) in letters.iter_mut().zip(bytes) {
        *letter = byte.to_ascii_lowercase();
    }
    Key::from_le_bytes(letters)
}

/// The bit of a word's second letter; of a word of one letter, a bit of its own.
fn second_letter(word: &str) -> u32 {
    match word.as_bytes().get(1) {
        Some(byte) if byte.is_ascii_alphabetic() => 1 << (byte.to_ascii_lowercase() - b'a'),
        _ => 1 << 31,
    }
}

/// The dictionary.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: HashMap<Key, WordId, BuildHasherDefault<KeyHasher>>,
    lexemes: Vec<Lexeme>,
    /// For each first letter, which lengths occur: most words are told unknown by this alone.
    lengths: [u16; 26],
    /// For each first letter, which second letters occur.
    seconds: [u32; 26],
}

impl Lexicon {
    /// The one dictionary, made at first use from the words below and those of all patterns.
    pub(super) fn shared() -> &'static Self {
        static SHARED: OnceLock<Lexicon> = OnceLock::new();
        SHARED.get_or_init(|| {
            let mut lexicon = Self {
                words: HashMap::default(),
                lexemes: vec![Lexeme::None],
                lengths: [0; 26],
                seconds: [0; 26],
            };
            for (words, lexeme) in entries() {
                for word in words.split(' ') {
                    lexicon.add(word, lexeme);
                }
            }
            for pattern in rule::all().flat_map(|rule| rule.patterns) {
                for word in pattern.split([' ', '[', ']', '|']) {
                    if word.starts_with(|first: char| first.is_ascii_lowercase()) || word == "'s" {
                        lexicon.add(word, Lexeme::None);
                    }
                }
            }
            for word in EXTRA.split(' ') {
                lexicon.add(word, Lexeme::None);
            }
            lexicon
        })
    }

    fn add(&mut self, word: &str, lexeme: Lexeme) {
        let next = WordId(u16::try_from(self.lexemes.len()).unwrap_or(u16::MAX));
        let key = key(word);
        let id = *self.words.entry(key).or_insert(next);
        if id == next {
            self.lexemes.push(lexeme);
        }
        if let Some(first) = word.bytes().next().filter(u8::is_ascii_lowercase) {
            self.lengths[usize::from(first - b'a')] |= 1 << word.len();
            self.seconds[usize::from(first - b'a')] |= second_letter(word);
        }
    }

    /// The number of a word in any case, full stops inside it (“a.m.”) left out.
    pub(super) fn word(&self, word: &str) -> WordId {
        let (first, length) = match word.as_bytes().first() {
            Some(first) => (first.to_ascii_lowercase(), word.len()),
            None => return WordId::UNKNOWN,
        };
        let is_dotted = length > 1 && word.ends_with('.');
        let is_possible = match first {
            b'a'..=b'z' if length <= LONGEST => {
                let place = usize::from(first - b'a');
                is_dotted
                    || self.lengths[place] & (1 << length) != 0
                        && self.seconds[place] & second_letter(word) != 0
            }
            b'\'' => true,
            _ => false,
        };
        if !is_possible {
            return WordId::UNKNOWN;
        }
        let key = key(word);
        self.words.get(&key).copied().unwrap_or(WordId::UNKNOWN)
    }

    pub(super) fn lexeme(&self, id: WordId) -> Lexeme {
        self.lexemes[usize::from(id.0)]
    }

    /// How many words there are, the unknown one included.
    pub(super) fn len(&self) -> usize {
        self.lexemes.len()
    }
}
