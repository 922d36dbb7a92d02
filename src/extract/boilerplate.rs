//! Text → blocks: the title, standfirst, paragraphs and "Related" leads; bylines, captions, credits and addresses are left out.

use std::ops::Range;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The first line, in headline grammar.
    Title,
    /// A paragraph, a bullet or a standfirst.
    Body,
    /// A lead to another article: headline grammar, told before the day of publication.
    Related,
}

/// A paragraph or line that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
}

/// The longest block that is read whole; a longer one is read up to here (bytes).
const LONGEST_TITLE: usize = 220;

/// Finds the blocks of a text that tell something.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (index, line) in lines.iter().enumerate() {
        let part = &text[line.clone()];
        let trimmed = part.trim();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        let range = trimmed_range(text, line.clone());
        if let Some(lead) = related(trimmed) {
            let start = range.end - lead.len();
            found.push(Block {
                range: start..range.end,
                kind: BlockKind::Related,
            });
            open = false;
            continue;
        }
        if is_boilerplate(trimmed) {
            open = false;
            continue;
        }
        let indented = part.starts_with("  ") || part.starts_with('\t');
        if wrapped
            && open
            && !indented
            && let Some(last) = found.last_mut()
        {
            last.range.end = range.end;
            continue;
        }
        let title = found.is_empty()
            && index < 6
            && trimmed.len() <= LONGEST_TITLE
            && !trimmed.ends_with(['.', ',', ';'])
            && !wrapped;
        found.push(Block {
            range,
            kind: if title {
                BlockKind::Title
            } else {
                BlockKind::Body
            },
        });
        open = true;
    }
    found
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('\n') {
        found.push(start..at);
        start = at + 1;
    }
    found.push(start..text.len());
    found
}

fn trimmed_range(text: &str, line: Range<usize>) -> Range<usize> {
    let part = &text[line.clone()];
    let front = part.len() - part.trim_start().len();
    let back = part.trim_end().len();
    line.start + front..line.start + back.max(front)
}

/// Whether lines are wrapped at a fixed width, as on an old wire, so that a sentence runs over several.
fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let lengths: Vec<usize> = lines
        .iter()
        .map(|line| text[line.clone()].trim().len())
        .collect();
    let filled = lengths.iter().filter(|length| **length > 0).count();
    if filled < 6 || lengths.iter().any(|length| *length > 110) {
        return false;
    }
    let followed = lengths
        .windows(2)
        .filter(|pair| pair[0] > 40 && pair[1] > 0)
        .count();
    followed * 2 > filled
}

const RELATED: &[&str] = &[
    "Related",
    "READ MORE",
    "Read more",
    "RELATED",
    "Read also",
    "See also",
];

/// The title of another article in a line such as "`RelatedIran` denies …" or "Read more: …".
fn related(line: &str) -> Option<&str> {
    let rest = RELATED.iter().find_map(|word| line.strip_prefix(word))?;
    let lead = rest.trim_start_matches([':', ' ', '-', '–', '—', '|', '>', '\u{a0}']);
    let glued = lead.len() == rest.len();
    let upper = lead
        .chars()
        .next()
        .is_some_and(|sign| sign.is_uppercase() || matches!(sign, '"' | '“' | '\''));
    (upper && (glued || lead.len() < LONGEST_TITLE)).then_some(lead)
}

const OPENINGS: &[&str] = &[
    "photo:",
    "picture:",
    "image:",
    "(reporting",
    "reporting by",
    "(writing",
    "writing by",
    "(editing",
    "editing by",
    "additional reporting",
    "copyright",
    "©",
    "all rights reserved",
    "by our",
    "sign up",
    "subscribe",
    "share this",
    "follow us",
    "advertisement",
    "the writer is",
    "this article was",
    "for information media",
    "(end)",
    "source:",
    "updated:",
    "published:",
    "last updated",
    "getty images",
    "reuters/",
    "file photo",
    "image source",
    "image caption",
    "media caption",
    "listen to",
    "watch:",
    "correction:",
    "clarification:",
    "click here",
    "download the",
    "our standards:",
];

/// A line that tells no act: byline, caption credit, stamp, rubric.
fn is_boilerplate(line: &str) -> bool {
    if line.len() > 240 {
        return false;
    }
    let opens = |opening: &str| {
        line.get(..opening.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(opening))
    };
    if OPENINGS.iter().any(|opening| opens(opening)) {
        return true;
    }
    let words = line.split_whitespace().count();
    let byline = (opens("by ") && words <= 12 && !line.ends_with('.'))
        || (line.contains(" | ") && words <= 12);
    if byline {
        return true;
    }
    if words >= 12 {
        return false;
    }
    let lower = line.to_lowercase();
    line.contains("/ Photo:")
        || line.contains("/ Photo :")
        || lower.contains("[photo")
        || lower.contains("photograph:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(BlockKind, &str)> {
        blocks(text)
            .into_iter()
            .map(|block| (block.kind, &text[block.range]))
            .collect()
    }

    #[test]
    fn a_related_lead_is_parted_from_its_rubric() {
        assert_eq!(
            kinds(
                "Minsk shuts border\nBy Ann Example\nMinsk closed it on Monday.\nRelatedPoland denies a raid"
            ),
            [
                (BlockKind::Title, "Minsk shuts border"),
                (BlockKind::Body, "Minsk closed it on Monday."),
                (BlockKind::Related, "Poland denies a raid"),
            ]
        );
    }

    #[test]
    fn wrapped_lines_make_one_paragraph() {
        let line = "The ministry said that the talks had been held in good faith all";
        let text = format!("{line}\n{line}\n{line}\n{line}\n{line}\n\n{line}\n{line}\n");
        assert_eq!(blocks(&text).len(), 2);
    }

    #[test]
    fn credits_are_left_out() {
        assert_eq!(
            kinds("(Reporting by A. Writer; editing by B.)\nPhoto: Example"),
            []
        );
    }
}
