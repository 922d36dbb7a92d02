//! Byte ranges of a text, trimmed so that a reader sees clean words.

use std::ops::Range;

/// The range without spaces and stray marks at its ends; its ends stay on character boundaries.
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let cut = |sign: char| {
        sign.is_whitespace() || matches!(sign, ',' | ';' | ':' | '•' | '-' | '–' | '—')
    };
    let front = part.len() - part.trim_start_matches(cut).len();
    let back = part.trim_end_matches(cut).len();
    if front >= back {
        range.start..range.start
    } else {
        range.start + front..range.start + back
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_trimmed_on_character_boundaries() {
        let text = "• „Über alles“, sagte er — ";
        let range = trimmed(text, 0..text.len());
        assert_eq!(&text[range], "„Über alles“, sagte er");
        assert_eq!(trimmed("—", 0..3), 0..0);
    }
}
