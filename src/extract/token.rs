//! Text → tokens: words, numbers and marks with their byte offsets. Hyphens part words and leave no token.
//!
//! Folding of case and accents is [`crate::domain::fold`]'s; sentences are [`super::sentence`]'s.

use std::{borrow::Cow, ops::Range};

use super::lexis::{self, Known};
use crate::domain::fold::fold;

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `talks`
    Lower,
    /// `Paris`, `McCain`, and a single capital letter
    Capital,
    /// `USA`, `U.S.`
    Upper,
    /// `2024`, `10`
    Number,
    /// Any other sign.
    Mark,
}

/// One word, number or mark.
#[derive(Debug, Clone)]
pub struct Token<'t> {
    /// Byte offset of the first byte, in the text that was cut.
    pub start: usize,
    /// Byte offset after the last byte.
    pub end: usize,
    /// As written; the quotation marks and dashes of a typewriter as those that they stand for.
    pub text: &'t str,
    /// Case and accents folded.
    pub low: Cow<'t, str>,
    /// How it is written.
    pub shape: Shape,
    /// Whether a hyphen binds it to the token before.
    pub hyphened: bool,
    /// What the lists of the language know of it.
    pub(super) known: &'static Known,
}

impl Token<'_> {
    /// Whether it is a word with a capital first letter.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Capital | Shape::Upper)
    }
}

/// Cuts a range of a text into tokens; offsets are bytes of the whole text.
pub fn tokens(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    cut(text, range, low)
}

/// The folded words of a name, for the lists that tokens are looked up in.
pub(super) fn folded(name: &str) -> Vec<String> {
    cut(name, 0..name.len(), |word| {
        (Cow::Owned(fold(word)), &lexis::NOTHING)
    })
    .into_iter()
    .map(|token| token.low.into_owned())
    .collect()
}

/// Cuts a range into tokens, each with what `look` tells of its word: folded, and as the lists know it.
fn cut<'t>(
    text: &'t str,
    range: Range<usize>,
    look: impl Fn(&'t str) -> (Cow<'t, str>, &'static Known),
) -> Vec<Token<'t>> {
    let base = range.start;
    let Some(part) = text.get(range) else {
        return Vec::new();
    };
    let mut found = Vec::with_capacity(part.len() / 5);
    let mut hyphened = false;
    let mut at = 0;
    while let Some(sign) = part[at..].chars().next() {
        let width = sign.len_utf8();
        if sign.is_whitespace() || sign == '\u{feff}' {
            hyphened = false;
            at += width;
            continue;
        }
        if let Some((mark, width)) = typed_mark(part, at) {
            found.push(Token {
                start: base + at,
                end: base + at + width,
                text: mark,
                low: Cow::Borrowed(mark),
                known: look(mark).1,
                shape: Shape::Mark,
                hyphened: false,
            });
            hyphened = false;
            at += width;
            continue;
        }
        let end = if sign.is_alphanumeric() {
            word_end(part, at)
        } else if matches!(sign, '\'' | '’') && is_possessive(part, at) {
            at + width + 1
        } else {
            at + width
        };
        let text = &part[at..end];
        if matches!(sign, '-' | '‐' | '‑')
            && found.last().is_some_and(|t: &Token| t.end == base + at)
        {
            hyphened = part[end..].starts_with(char::is_alphanumeric);
            if hyphened {
                at = end;
                continue;
            }
        }
        let (low, known) = look(text);
        found.push(Token {
            start: base + at,
            end: base + end,
            text,
            low,
            known,
            shape: shape(text),
            hyphened,
        });
        hyphened = false;
        at = end;
    }
    found
}

/// The mark that a typewriter's signs at `at` stand for, with their bytes: quotation marks of a wire (two grave accents,
/// two apostrophes) and its dashes (`--`, and `_` beside a space).
fn typed_mark(part: &str, at: usize) -> Option<(&'static str, usize)> {
    let rest = &part.as_bytes()[at..];
    match rest {
        [b'`', b'`', ..] => Some(("“", 2)),
        [b'\'', b'\'', ..] => Some(("”", 2)),
        [b'-', b'-', b'-', ..] => None,
        [b'-', b'-', ..] => Some(("—", 2)),
        [b'_'] | [b'_', b' ' | b'\n' | b'\r', ..] => Some(("—", 1)),
        _ => None,
    }
}

/// The end of the word that begins at `at`: letters and digits, inner apostrophes of contractions and names,
/// the dots of `U.S.`, the separators of `1,100` and `6.04`.
fn word_end(part: &str, at: usize) -> usize {
    if let Some(end) = plain_end(part, at) {
        return end;
    }
    let mut end = at;
    let mut signs = part[at..].char_indices().peekable();
    let mut last = ' ';
    let mut letters = 0_u32;
    while let Some((offset, sign)) = signs.next() {
        if sign.is_alphanumeric() || unicode_normalization::char::is_combining_mark(sign) {
            letters += 1;
            end = at + offset + sign.len_utf8();
        } else {
            let next = signs.peek().map_or(' ', |(_, next)| *next);
            let joins = match sign {
                '.' => {
                    (letters == 1 && last.is_uppercase() && next.is_uppercase())
                        || (last.is_ascii_digit() && next.is_ascii_digit())
                }
                ',' => last.is_ascii_digit() && next.is_ascii_digit(),
                '\'' | '’' => {
                    next.is_alphabetic()
                        && !is_possessive(part, at + offset)
                        && last.is_alphabetic()
                }
                _ => false,
            };
            if sign == '.' && letters == 1 && last.is_uppercase() && !joins {
                // the last dot of "U.S." and the dot of an initial
                return at + offset + 1;
            }
            if !joins {
                break;
            }
            if sign == '.' {
                letters = 0;
            }
        }
        last = sign;
    }
    end
}

/// The end of a word of ASCII letters and digits that no sign carries on: most words.
fn plain_end(part: &str, at: usize) -> Option<usize> {
    let bytes = part.as_bytes();
    let length = bytes[at..]
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(bytes.len() - at);
    let end = at + length;
    let last = bytes.get(end.checked_sub(1)?)?;
    match bytes.get(end) {
        None => Some(end),
        Some(0x80.. | b'\'') => None,
        Some(b'.') if length == 1 || last.is_ascii_digit() => None,
        Some(b',') if last.is_ascii_digit() => None,
        Some(_) => (length > 0).then_some(end),
    }
}

/// Whether the apostrophe at `at` begins a possessive `'s` that ends the word.
fn is_possessive(part: &str, at: usize) -> bool {
    let mut after = part[at..].chars().skip(1);
    matches!(after.next(), Some('s' | 'S')) && !after.next().is_some_and(char::is_alphanumeric)
}

/// The longest word that any list has, in bytes, with room to spare.
const LONGEST_LISTED: usize = 24;

/// The folded word, and what the lists know of it.
fn low(text: &str) -> (Cow<'_, str>, &'static Known) {
    if !text.is_ascii() {
        let folded = fold(text);
        let known = lexis::known(&folded);
        return (Cow::Owned(folded), known);
    }
    if !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return (Cow::Borrowed(text), lexis::known(text));
    }
    let mut buffer = [0; LONGEST_LISTED];
    if let Some(lower) = buffer.get_mut(..text.len()) {
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        let known = std::str::from_utf8(lower).map_or_else(|_| lexis::known(""), lexis::known);
        if known.id > 0 {
            return (Cow::Borrowed(known.text), known);
        }
    }
    let lower = text.to_ascii_lowercase();
    let known = lexis::known(&lower);
    (Cow::Owned(lower), known)
}

fn shape(text: &str) -> Shape {
    let Some(first) = text.chars().next() else {
        return Shape::Mark;
    };
    if first.is_ascii_digit() {
        Shape::Number
    } else if first.is_uppercase() {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        if letters.clone().count() > 1 && letters.clone().all(char::is_uppercase) {
            Shape::Upper
        } else {
            Shape::Capital
        }
    } else if first.is_alphabetic() {
        Shape::Lower
    } else {
        Shape::Mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        tokens(text, 0..text.len())
            .iter()
            .map(|t| {
                assert_eq!(&text[t.start..t.end], t.text);
                t.low.to_string()
            })
            .collect()
    }

    #[test]
    fn possessives_part_and_contractions_hold() {
        assert_eq!(
            cut("Iran’s envoy didn't go, O'Brien said."),
            [
                "iran", "'s", "envoy", "didn't", "go", ",", "o'brien", "said", "."
            ]
        );
    }

    #[test]
    fn hyphens_part_words_and_dotted_letters_hold() {
        assert_eq!(
            cut("then-president of the U.S. and Al-Ula"),
            ["then", "president", "of", "the", "u.s.", "and", "al", "ula"]
        );
        assert_eq!(cut("$1,100 – Élysée"), ["$", "1,100", "–", "elysee"]);
    }

    #[test]
    fn quotes_and_dashes_of_a_wire_are_read_as_such() {
        let text = "OSLO (EW)_ ``We agree,'' she said -- twice _ on Monday.";
        let found = tokens(text, 0..text.len());
        let marks: Vec<&str> = found
            .iter()
            .filter(|token| token.shape == Shape::Mark)
            .map(|token| token.text)
            .collect();
        assert_eq!(marks, ["(", ")", "—", "“", ",", "”", "—", "—", "."]);
        assert_eq!(&text[found[5].start..found[5].end], "``");
    }

    #[test]
    fn offsets_are_those_of_the_whole_text() {
        let text = "Über Kyiv 🚀 Iran.";
        let found = tokens(text, 6..text.len());
        assert_eq!(found[0].text, "Kyiv");
        assert_eq!(&text[found[2].start..found[2].end], "Iran");
    }
}
