//! Text → the small tokens that time expressions are made of, in one pass over its bytes.
//!
//! Every token says what the dictionary knows of it; most words are unknown to it and are passed over at once.
//! Offsets are bytes, always on character boundaries.

use super::lexicon::{Lexeme, Lexicon, WordId};

/// One word, number or sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// What lies between this token and the one before.
    pub(super) gap: Gap,
    pub(super) is_capital: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, with its number in the dictionary; [`WordId::UNKNOWN`] for most.
    Word(WordId),
    /// Digits: their value (saturating) and how many there are.
    Digits { value: u32, count: u8 },
    /// Digits with “st”, “nd”, “rd” or “th”.
    Nth(u32),
    /// Digits with “s”: a decade (“1990s”, “90s”).
    Decade { value: u32, count: u8 },
    /// A number with thousands separators: never a date.
    Grouped,
    /// Any other character. Curly quotes are straight here, all hyphens `-`, en dash `–`, em dash `—`.
    Sign(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    Line,
    /// A blank line, or the text's start.
    Paragraph,
}

impl Token {
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub(super) fn lexeme(&self, lexicon: &Lexicon) -> Lexeme {
        match self.kind {
            Kind::Word(id) => lexicon.lexeme(id),
            _ => Lexeme::None,
        }
    }

    pub(super) const fn word(&self) -> WordId {
        match self.kind {
            Kind::Word(id) => id,
            _ => WordId::UNKNOWN,
        }
    }
}

/// Splits a text.
pub(super) fn split(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Paragraph;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let byte = bytes[at];
        let kind = match byte {
            b'\n' => {
                gap = if gap >= Gap::Line {
                    Gap::Paragraph
                } else {
                    Gap::Line
                };
                at += 1;
                continue;
            }
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {
                gap = gap.max(Gap::Space);
                at += 1;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                at = word_end(text, start);
                if at == start + 1 && bytes.get(at) == Some(&b'.') {
                    at = dotted_end(bytes, start);
                }
                Kind::Word(lexicon.word(&text[start..at]))
            }
            b'0'..=b'9' => {
                let (kind, end) = number(text, start);
                at = end;
                kind
            }
            0..0x80 => {
                at += 1;
                Kind::Sign(char::from(byte))
            }
            _ => {
                let sign = text[at..].chars().next().unwrap_or(' ');
                at += sign.len_utf8();
                match sign {
                    '’' | '‘' | 'ʼ' => Kind::Sign('\''),
                    '‐' | '‑' | '−' => Kind::Sign('-'),
                    '“' | '”' => Kind::Sign('"'),
                    sign if sign.is_whitespace() => {
                        gap = gap.max(Gap::Space);
                        continue;
                    }
                    sign if sign.is_alphabetic() => {
                        at = word_end(text, start);
                        Kind::Word(WordId::UNKNOWN)
                    }
                    sign => Kind::Sign(sign),
                }
            }
        };
        let kind = match kind {
            Kind::Sign('\'') if possessive(bytes, at) => {
                at += 1;
                Kind::Word(lexicon.word("'s"))
            }
            kind => kind,
        };
        tokens.push(Token {
            start,
            end: at,
            kind,
            gap,
            is_capital: byte.is_ascii_uppercase(),
        });
        gap = Gap::None;
    }
    tokens
}

/// Whether a lone “s” follows an apostrophe.
fn possessive(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at), Some(b's' | b'S'))
        && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
}

fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphabetic() {
            at += 1;
        } else if bytes[at] < 0x80 {
            break;
        } else {
            match text[at..].chars().next() {
                Some(sign) if sign.is_alphabetic() && sign != 'ʼ' => at += sign.len_utf8(),
                _ => break,
            }
        }
    }
    at
}

/// “a.m.”, “U.S.”: single letters with full stops; one letter alone stays without its full stop.
fn dotted_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && bytes.get(at + 1) == Some(&b'.') {
        at += 2;
    }
    if at == start + 2 { start + 1 } else { at }
}

fn number(text: &str, start: usize) -> (Kind, usize) {
    let bytes = text.as_bytes();
    let digits_end = |from: usize| {
        bytes[from..]
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .map_or(bytes.len(), |length| from + length)
    };
    let mut end = digits_end(start);
    let mut is_grouped = false;
    while bytes.get(end) == Some(&b',')
        && (is_grouped || end - start <= 3)
        && digits_end(end + 1) == end + 4
    {
        is_grouped = true;
        end += 4;
    }
    if is_grouped {
        return (Kind::Grouped, end);
    }
    let count = u8::try_from(end - start).unwrap_or(u8::MAX);
    let value = text[start..end].parse().unwrap_or(u32::MAX);
    let word = word_end(text, end);
    match &bytes[end..word] {
        [b's' | b't' | b'n' | b'r', b't' | b'h' | b'd'] if count <= 3 => (Kind::Nth(value), word),
        b"s" if matches!(count, 2 | 4) && value % 10 == 0 => (Kind::Decade { value, count }, word),
        _ => (Kind::Digits { value, count }, end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        split(text, Lexicon::shared())
            .iter()
            .map(|token| &text[token.start..token.end])
            .collect()
    }

    #[test]
    fn words_numbers_and_signs_come_apart() {
        assert_eq!(
            parts("Year’s end, 10:30 a.m. U.S. time—the 14th in the 1990s."),
            [
                "Year", "’s", "end", ",", "10", ":", "30", "a.m.", "U.S.", "time", "—", "the",
                "14th", "in", "the", "1990s", "."
            ]
        );
    }

    #[test]
    fn thousands_are_one_number_and_lists_are_not() {
        assert_eq!(parts("2,018 and 1,200,300"), ["2,018", "and", "1,200,300"]);
        assert_eq!(parts("Dec. 3,2010"), ["Dec", ".", "3", ",", "2010"]);
    }

    #[test]
    fn a_million_commas_and_broken_digits_are_split_in_one_pass() {
        assert_eq!(
            split(&",".repeat(1_000_000), Lexicon::shared()).len(),
            1_000_000
        );
        assert_eq!(
            split(&"1,234,".repeat(50_000), Lexicon::shared()).len(),
            100_000
        );
        assert_eq!(split(&"9".repeat(100_000), Lexicon::shared()).len(), 1);
    }
}
