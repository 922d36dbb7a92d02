//! Blocks → sentences, as byte ranges. Blocks (paragraphs, lines) come from [`super::boilerplate`].

use std::ops::Range;

/// Words before a dot that does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "sen", "rep", "gov",
    "st", "no", "vs", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
    "dec", "mt", "sr", "jr", "inc", "ltd", "co", "corp", "approx", "adm", "brig", "cmdr", "messrs",
    "rev", "hon", "amb", "min", "pres", "sec", "a.m", "p.m", "v",
];

/// The sentences of one block, in order, as byte ranges of the text.
pub fn sentences(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let Some(part) = text.get(block.clone()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut start = 0;
    let mut signs = part.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if !matches!(sign, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + sign.len_utf8();
        while let Some((next_at, next)) = signs.peek().copied() {
            if matches!(
                next,
                '"' | '”' | '’' | '\'' | ')' | ']' | '.' | '!' | '?' | '»'
            ) {
                end = next_at + next.len_utf8();
                signs.next();
            } else {
                break;
            }
        }
        if ends_here(part, at, end, sign) {
            push(&mut found, &block, start..end, part);
            start = end;
        }
    }
    push(&mut found, &block, start..part.len(), part);
    found
}

fn push(found: &mut Vec<Range<usize>>, block: &Range<usize>, range: Range<usize>, part: &str) {
    let piece = &part[range.clone()];
    let front = piece.len() - piece.trim_start().len();
    let back = piece.trim_end().len();
    if front < back {
        found.push(block.start + range.start + front..block.start + range.start + back);
    }
}

/// So many signs before a stop are looked at.
const LONGEST_SHORT_FORM: usize = 12;

/// Whether the stop at `at`, with the marks that follow it up to `end`, ends a sentence.
fn ends_here(part: &str, at: usize, end: usize, sign: char) -> bool {
    let rest = &part[end..];
    let Some(first) = rest.chars().next() else {
        return true;
    };
    let glued = !first.is_whitespace();
    if glued {
        // "strategy.The": pages lose the space between two lines
        let before = part[..at].chars().next_back().unwrap_or(' ');
        let upper = first.is_uppercase();
        return upper && before.is_lowercase() && !rest[first.len_utf8()..].starts_with('.');
    }
    let after = rest.trim_start().chars().next().unwrap_or(' ');
    let opens = after.is_uppercase()
        || after.is_ascii_digit()
        || matches!(
            after,
            '"' | '“' | '‘' | '\'' | '`' | '(' | '[' | '«' | '•' | '-' | '–' | '—' | '_'
        );
    if !opens {
        return false;
    }
    if sign != '.' {
        return true;
    }
    let mut back = part[..at].char_indices().rev();
    let before = back
        .by_ref()
        .take(LONGEST_SHORT_FORM)
        .find(|(_, c)| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '-'));
    let word_start = match before {
        Some((i, c)) => i + c.len_utf8(),
        None if back.next().is_none() => 0,
        // nothing so long is an abbreviation
        None => return true,
    };
    let word = part[..at].get(word_start..).unwrap_or("");
    let mut letters = word.chars();
    let single = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    let dotted =
        word.len() >= 3 && word.contains('.') && word.chars().all(|c| c == '.' || c.is_uppercase());
    if single {
        return false;
    }
    if dotted {
        // "in the U.S. The court": a following function word begins a sentence
        let next: String = rest
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect();
        return matches!(
            next.as_str(),
            "The"
                | "He"
                | "She"
                | "It"
                | "They"
                | "In"
                | "On"
                | "But"
                | "A"
                | "An"
                | "This"
                | "That"
                | "His"
                | "Its"
        );
    }
    let lower = word.to_lowercase();
    if lower == "no" {
        return !after.is_ascii_digit();
    }
    !ABBREVIATIONS.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, 0..text.len())
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn titles_initials_and_months_do_not_end_a_sentence() {
        assert_eq!(
            cut("Mr. Antony J. Blinken met Gen. Li on Dec. 14 in the U.S. capital. He left."),
            [
                "Mr. Antony J. Blinken met Gen. Li on Dec. 14 in the U.S. capital.",
                "He left."
            ]
        );
    }

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        assert_eq!(
            cut("“We object.” She left! Why? No answer"),
            ["“We object.”", "She left!", "Why?", "No answer"]
        );
    }

    #[test]
    fn quotes_of_a_wire_open_a_sentence() {
        assert_eq!(
            cut("He left. ``We object,'' she said.'' No."),
            ["He left.", "``We object,'' she said.''", "No."]
        );
    }

    #[test]
    fn a_lost_space_between_sentences_is_seen() {
        assert_eq!(
            cut("They met.The talks failed."),
            ["They met.", "The talks failed."]
        );
    }
}
