//! An article's text and stretches of it → paragraphs of plain and marked pieces, for every page that shows evidence in place.
//!
//! Marks never nest and hold the article's words only. Where stretches overlap, the one that begins later has the words, of
//! two that begin together the shorter, and the other goes on after it. A stretch whose words all belong to others leaves its
//! number before them. Stretches that do not fit the text are passed over.

use std::cmp::Reverse;

use crate::domain::evidence::EvidenceSpan;

/// A stretch of the text that carries something numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it carries: an index of the page's own list.
    pub of: usize,
}

impl Stretch {
    /// The stretches of one entry of the page's list.
    pub fn all(spans: &[EvidenceSpan], of: usize) -> impl Iterator<Item = Self> {
        spans.iter().filter_map(move |span| {
            Some(Self {
                start: usize::try_from(span.start).ok()?,
                end: usize::try_from(span.end).ok()?,
                of,
            })
        })
    }
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words that carry nothing.
    Plain(String),
    /// The number of something whose words are all marked for others.
    Number(usize),
    /// Words that carry something.
    Marked {
        /// The words.
        text: String,
        /// What they carry.
        of: usize,
        /// Whether it is the first piece of that number.
        rank: Rank,
    },
}

/// Whether a marked piece is the first of its number on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// The first, which links may point to.
    First,
    /// A later one.
    Later,
}

impl Rank {
    /// Whether it is the first.
    pub fn is_first(&self) -> bool {
        *self == Self::First
    }
}

/// A paragraph of the article.
pub type Paragraph = Vec<Piece>;

/// The paragraphs of a text (its lines that are not blank) with its stretches marked.
pub fn paragraphs(text: &str, stretches: &[Stretch]) -> Vec<Paragraph> {
    let runs = runs(text, stretches);
    let mut numbered: Vec<usize> = Vec::new();
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len();
        if start >= end {
            continue;
        }
        let mut pieces = Paragraph::new();
        for run in &runs {
            let (from, to) = (run.start.max(start), run.end.min(end));
            let Some(words) = text.get(from..to).filter(|words| !words.is_empty()) else {
                continue;
            };
            for of in &run.wordless {
                if !numbered.contains(of) {
                    numbered.push(*of);
                    pieces.push(Piece::Number(*of));
                }
            }
            pieces.push(match run.owner {
                None => Piece::Plain(words.to_owned()),
                Some(of) => {
                    let rank = if numbered.contains(&of) {
                        Rank::Later
                    } else {
                        numbered.push(of);
                        Rank::First
                    };
                    Piece::Marked {
                        text: words.to_owned(),
                        of,
                        rank,
                    }
                }
            });
        }
        paragraphs.push(pieces);
    }
    paragraphs
}

/// The words of a paragraph, without its numbers.
pub fn words_of(paragraph: &[Piece]) -> String {
    paragraph
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Marked { text, .. } => text.as_str(),
            Piece::Number(_) => "",
        })
        .collect()
}

/// A run of bytes that carries the same all through.
struct Run {
    start: usize,
    end: usize,
    owner: Option<usize>,
    /// What begins here and has no words of its own anywhere.
    wordless: Vec<usize>,
}

fn runs(text: &str, stretches: &[Stretch]) -> Vec<Run> {
    let valid: Vec<Stretch> = stretches
        .iter()
        .filter(|stretch| {
            let words = text.get(stretch.start..stretch.end);
            words.is_some_and(|words| !words.is_empty())
        })
        .copied()
        .collect();
    let mut cuts: Vec<usize> = valid
        .iter()
        .flat_map(|stretch| [stretch.start, stretch.end])
        .chain([0, text.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut runs: Vec<Run> = cuts
        .iter()
        .copied()
        .zip(cuts.iter().skip(1).copied())
        .map(|(start, end)| run(text, &valid, start, end))
        .collect();
    let mut all: Vec<usize> = valid.iter().map(|stretch| stretch.of).collect();
    all.sort_unstable();
    all.dedup();
    for of in all {
        if runs.iter().any(|run| run.owner == Some(of)) {
            continue;
        }
        let own = valid.iter().filter(|stretch| stretch.of == of);
        if let Some(first) = own.map(|stretch| stretch.start).min()
            && let Some(run) = runs.iter_mut().find(|run| run.start == first)
        {
            run.wordless.push(of);
        }
    }
    runs.dedup_by(|next, last| {
        let same = next.owner == last.owner && next.wordless.is_empty();
        if same {
            last.end = next.end;
        }
        same
    });
    runs
}

fn run(text: &str, stretches: &[Stretch], start: usize, end: usize) -> Run {
    // a comma between two others' words is nobody's evidence
    let has_words = text
        .get(start..end)
        .is_some_and(|words| words.contains(char::is_alphanumeric));
    let owner = stretches
        .iter()
        .filter(|stretch| has_words && stretch.start <= start && end <= stretch.end)
        .max_by_key(|stretch| (stretch.start, Reverse(stretch.end), Reverse(stretch.of)))
        .map(|stretch| stretch.of);
    Run {
        start,
        end,
        owner,
        wordless: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(text: &str, words: &str, of: usize) -> Stretch {
        let start = text.find(words).expect("the words stand there");
        Stretch {
            start,
            end: start + words.len(),
            of,
        }
    }

    /// Writes pieces as `plain[1:marked]`, a later piece as `[marked]`, a lone number as `(2)`; numbers count from 1.
    fn written(text: &str, marked: &[&str]) -> Vec<String> {
        let stretches: Vec<Stretch> = marked
            .iter()
            .enumerate()
            .map(|(of, words)| stretch(text, words, of))
            .collect();
        paragraphs(text, &stretches)
            .iter()
            .map(|paragraph| paragraph.iter().map(shown).collect())
            .collect()
    }

    fn shown(piece: &Piece) -> String {
        match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Number(of) => format!("({})", of + 1),
            Piece::Marked { text, of, rank, .. } if rank.is_first() => {
                format!("[{}:{text}]", of + 1)
            }
            Piece::Marked { text, .. } => format!("[{text}]"),
        }
    }

    #[test]
    fn each_line_is_a_paragraph_and_the_evidence_is_numbered() {
        assert_eq!(
            written("Title\n\n  A warned B on Monday. \n", &["warned B"]),
            ["Title", "A [1:warned B] on Monday."]
        );
    }

    #[test]
    fn of_two_that_overlap_the_later_has_the_words_and_the_earlier_goes_on_after_it() {
        assert_eq!(
            written("A warned B and left.", &["warned B and left", "B and"]),
            ["A [1:warned ][2:B and][ left]."]
        );
        assert_eq!(
            written("A warned B and left.", &["warned B", "B and left"]),
            ["A [1:warned ][2:B and left]."]
        );
    }

    #[test]
    fn one_of_the_same_words_leaves_its_number_before_them() {
        assert_eq!(
            written("A met B and C.", &["met B", "met B", "met B and C"]),
            ["A (2)[1:met B][3: and C]."]
        );
    }

    #[test]
    fn a_stretch_without_words_is_left_plain() {
        assert_eq!(
            written(
                "A met B, then C left.",
                &["met B, then C", "met B", "then C"]
            ),
            ["A (1)[2:met B], [3:then C] left."]
        );
    }

    #[test]
    fn evidence_over_a_line_end_is_marked_in_both_paragraphs() {
        assert_eq!(written("A met\nB.", &["met\nB"]), ["A [1:met]", "[B]."]);
    }

    #[test]
    fn stretches_beside_the_text_or_within_a_character_are_passed_over() {
        let at = |start, end| Stretch { start, end, of: 0 };
        assert_eq!(
            paragraphs("é x", &[at(1, 3), at(2, 90), at(2, 2)]),
            [vec![Piece::Plain("é x".to_owned())]]
        );
    }
}
