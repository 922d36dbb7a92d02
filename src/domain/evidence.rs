//! Evidence: the exact words of an article that carry an event.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::ArticleId;

/// A stretch of an article's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EvidenceSpan {
    /// First byte in the article's text.
    pub start: i64,
    /// Byte after the last.
    pub end: i64,
    /// The words there, copied exactly.
    pub text: String,
}

impl EvidenceSpan {
    /// The first stretch of a text that has these words, whatever spaces, line ends, quotation marks and dashes stand between
    /// and around them; `None` where it has them nowhere.
    pub fn of_words(text: &str, words: &str) -> Option<Self> {
        let sought: Vec<char> = folded(words).map(|(_, sign)| sign).collect();
        let sought = trimmed(&sought);
        if sought.is_empty() {
            return None;
        }
        let signs: Vec<(usize, char)> = folded(text).collect();
        let first = signs.windows(sought.len()).position(|window| {
            let signs = window.iter().map(|(_, sign)| sign);
            signs.eq(sought)
        })?;
        let start = signs.get(first)?.0;
        let (last, _) = *signs.get(first + sought.len() - 1)?;
        let end = last + text.get(last..)?.chars().next()?.len_utf8();
        Some(Self {
            start: i64::try_from(start).ok()?,
            end: i64::try_from(end).ok()?,
            text: text.get(start..end)?.to_owned(),
        })
    }

    /// In which paragraph of a text it begins, counted from 1; paragraphs are lines that are not blank.
    pub fn paragraph_in(&self, text: &str) -> Option<usize> {
        let before = text.get(..usize::try_from(self.start).ok()?)?;
        let whole = before.split('\n').rev().skip(1);
        Some(1 + whole.filter(|line| !line.trim().is_empty()).count())
    }
}

/// The signs of a text with where each stands: a run of spaces is one, the forms of a quotation mark or a dash are one.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut was_space = false;
    text.char_indices().filter_map(move |(at, sign)| {
        let sign = match sign {
            sign if sign.is_whitespace() => ' ',
            '“' | '”' | '„' | '«' | '»' => '"',
            '‘' | '’' | 'ʼ' => '\'',
            '–' | '—' | '‑' => '-',
            sign => sign,
        };
        let is_more = was_space && sign == ' ';
        was_space = sign == ' ';
        (!is_more).then_some((at, sign))
    })
}

fn trimmed(signs: &[char]) -> &[char] {
    let signs = signs.strip_prefix(&[' ']).unwrap_or(signs);
    signs.strip_suffix(&[' ']).unwrap_or(signs)
}

/// One source of an event: an article, and the words in it that carry the event.
///
/// A source need not have been read: of a record entered by hand or imported only the address may be known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The article on record; `None` on a draft whose article is found or made when it is saved.
    pub article: Option<ArticleId>,
    /// Its address; may be empty.
    pub url: String,
    /// Its publisher's name; may be empty.
    pub publisher: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its day of publication.
    pub published: Option<NaiveDate>,
    /// The words that carry the event; empty where the article was not read.
    pub spans: Vec<EvidenceSpan>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_spaces_and_marks_the_typing_has() {
        let text = "Title\n\nThe minister’s  aide said: “we will\nnot yield” – no more.";
        let found =
            EvidenceSpan::of_words(text, " minister's aide said: \"we will not yield\" ").unwrap();
        assert_eq!(found.text, "minister’s  aide said: “we will\nnot yield”");
        let range = usize::try_from(found.start).unwrap()..usize::try_from(found.end).unwrap();
        assert_eq!(text[range], found.text);
        assert_eq!(found.paragraph_in(text), Some(2));
    }

    #[test]
    fn words_that_do_not_stand_there_are_not_found() {
        for words in ["the ministers", "", "  ", "no more. And"] {
            assert_eq!(
                EvidenceSpan::of_words("The minister. No more.", words),
                None,
                "{words}"
            );
        }
    }
}
