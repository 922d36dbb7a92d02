//! A candidate's evidence → the words that were spoken: the direct speech of its sentence, without quotation marks.
//!
//! Only of acts of speech; of others quotation marks hold names and doubts, not what the actor said.

use std::ops::Range;

use crate::domain::kind::Kind;

/// Fewer words in quotation marks are a doubt or a name, not speech.
const WORDS_LEAST: usize = 4;

/// The longest direct speech in the sentences that the evidence stands in, at most `most` characters; empty where there is
/// none.
pub fn spoken(text: &str, kind: Kind, evidence: &[Range<usize>], most: usize) -> String {
    let is_speech = matches!(
        kind,
        Kind::Statement
            | Kind::Demand
            | Kind::Pledge
            | Kind::Warning
            | Kind::Accusation
            | Kind::Denial
    );
    if !is_speech {
        return String::new();
    }
    let mut best = "";
    for range in evidence {
        let Some((start, paragraph)) = paragraph_around(text, range) else {
            continue;
        };
        let quotes = quotes(paragraph);
        let sentence = sentence_around(
            paragraph,
            &quotes,
            range.start - start..(range.end - start).min(paragraph.len()),
        );
        for quote in quotes {
            let is_near = quote.start >= sentence.start && quote.end <= sentence.end;
            let words = paragraph.get(quote).unwrap_or("").trim();
            if is_near
                && words.split_whitespace().count() >= WORDS_LEAST
                && words.chars().count() <= most
                && words.len() > best.len()
            {
                best = words;
            }
        }
    }
    best.trim_end_matches(',').to_owned()
}

/// The line in which a range begins, and where that line begins.
fn paragraph_around<'a>(text: &'a str, range: &Range<usize>) -> Option<(usize, &'a str)> {
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(range.start..)?.find('\n');
    let end = end.map_or(text.len(), |at| range.start + at);
    Some((start, text.get(start..end)?))
}

/// What stands between quotation marks, the marks left out.
fn quotes(paragraph: &str) -> Vec<Range<usize>> {
    let mut quotes = Vec::new();
    let mut opened: Option<(usize, char)> = None;
    for (at, sign) in paragraph.char_indices() {
        match (opened, sign) {
            (None, '“') => opened = Some((at + sign.len_utf8(), '”')),
            (None, '"') => opened = Some((at + 1, '"')),
            (Some((from, closing)), sign) if sign == closing => {
                quotes.push(from..at);
                opened = None;
            }
            _ => {}
        }
    }
    quotes
}

/// The sentence around a range: from the end of the sentence before to its own end. A stop within quotation marks ends one
/// only where the marks close after it and a new sentence begins.
fn sentence_around(paragraph: &str, quotes: &[Range<usize>], range: Range<usize>) -> Range<usize> {
    let mut sentence = 0..paragraph.len();
    for (at, sign) in paragraph.char_indices() {
        if !matches!(sign, '.' | '!' | '?') {
            continue;
        }
        let inside = quotes
            .iter()
            .find(|quote| quote.start <= at && at < quote.end);
        let after = match inside {
            Some(quote) if at + 1 == quote.end => {
                let mark = paragraph
                    .get(quote.end..)
                    .and_then(|rest| rest.chars().next());
                quote.end + mark.map_or(0, char::len_utf8)
            }
            Some(_) => continue,
            None => at + 1,
        };
        let rest = paragraph.get(after..).unwrap_or("");
        let begins_anew = rest.starts_with(' ')
            && rest
                .trim_start()
                .starts_with(|next: char| next.is_uppercase() || matches!(next, '“' | '"'));
        if !begins_anew {
            continue;
        }
        if after <= range.start {
            sentence.start = after;
        } else if after >= range.end {
            sentence.end = after;
            break;
        }
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, evidence: &str) -> String {
        let start = text.find(evidence).unwrap();
        let range = start..start + evidence.len();
        spoken(text, Kind::Warning, std::slice::from_ref(&range), 2_000)
    }

    #[test]
    fn speech_of_the_sentence_is_taken_without_its_marks() {
        let text = "Title\n“Any attack will meet a harsh answer,” the minister warned on Monday. \
                    Another said that “nothing of this is new to us”.";
        assert_eq!(
            of(text, "the minister warned on Monday"),
            "Any attack will meet a harsh answer"
        );
        assert_eq!(of(text, "Another said"), "nothing of this is new to us");
    }

    #[test]
    fn speech_of_other_sentences_and_single_words_in_marks_are_left() {
        let text = "She warned of an \"incident\". \"We shall see what they do now.\" He left.";
        assert_eq!(of(text, "She warned of"), "");
        assert_eq!(of(text, "He left"), "");
    }

    #[test]
    fn what_is_no_act_of_speech_has_no_quote() {
        let text = "They met and said: “we will meet again next week”.";
        let range = 0..8;
        let evidence = std::slice::from_ref(&range);
        assert_eq!(spoken(text, Kind::Meeting, evidence, 2_000), "");
    }
}
