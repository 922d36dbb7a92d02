//! An article's text and stretches of it → paragraphs of plain and marked pieces, for any page that shows evidence in place.
//!
//! Marks never nest and hold the article's words only: where stretches overlap, the shortest has the words.

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

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words that carry nothing.
    Plain(String),
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

/// The paragraphs of a text with its stretches marked. Stretches that do not lie on the text's characters are left out.
pub fn paragraphs(text: &str, stretches: &[Stretch]) -> Vec<Vec<Piece>> {
    let valid: Vec<Stretch> = stretches
        .iter()
        .filter(|stretch| {
            stretch.start < stretch.end && text.get(stretch.start..stretch.end).is_some()
        })
        .copied()
        .collect();
    let mut cuts: Vec<usize> = valid
        .iter()
        .flat_map(|stretch| [stretch.start, stretch.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut seen: Vec<usize> = Vec::new();
    let mut paragraphs = Vec::new();
    for (start, line) in lines(text) {
        let end = start + line.len();
        let mut pieces = Vec::new();
        let mut at = start;
        let inner = cuts
            .iter()
            .copied()
            .filter(|cut| *cut > start && *cut < end);
        for cut in inner.chain([end]) {
            let Some(words) = text.get(at..cut) else {
                continue;
            };
            push(&mut pieces, words, carried(&valid, at, cut), &mut seen);
            at = cut;
        }
        if !pieces.is_empty() {
            paragraphs.push(pieces);
        }
    }
    paragraphs
}

/// The shortest stretch that covers a piece.
fn carried(stretches: &[Stretch], start: usize, end: usize) -> Option<usize> {
    stretches
        .iter()
        .filter(|stretch| stretch.start <= start && end <= stretch.end)
        .min_by_key(|stretch| (stretch.end - stretch.start, stretch.of))
        .map(|stretch| stretch.of)
}

fn push(pieces: &mut Vec<Piece>, words: &str, of: Option<usize>, seen: &mut Vec<usize>) {
    match (pieces.last_mut(), of) {
        (Some(Piece::Plain(text)), None) => text.push_str(words),
        (Some(Piece::Marked { text, of: last, .. }), Some(of)) if *last == of => {
            text.push_str(words);
        }
        (_, None) => pieces.push(Piece::Plain(words.to_owned())),
        (_, Some(of)) => {
            let rank = if seen.contains(&of) {
                Rank::Later
            } else {
                seen.push(of);
                Rank::First
            };
            pieces.push(Piece::Marked {
                text: words.to_owned(),
                of,
                rank,
            });
        }
    }
}

/// Lines that are not blank, each with the byte at which it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        (!line.trim().is_empty()).then_some((start, line))
    })
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

    fn shown(text: &str, stretches: &[Stretch]) -> String {
        paragraphs(text, stretches)
            .iter()
            .map(|pieces| {
                pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Plain(text) => text.clone(),
                        Piece::Marked { text, of, rank } => {
                            let sign = if rank.is_first() { "!" } else { "" };
                            format!("[{of}{sign} {text}]")
                        }
                    })
                    .collect::<String>()
            })
            .collect::<Vec<_>>()
            .join("¶")
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        let text = "Title\n\nIran denied it. Russia did not.\n";
        let found = shown(text, &[stretch(text, "Iran denied it", 0)]);
        assert_eq!(found, "Title¶[0! Iran denied it]. Russia did not.");
    }

    #[test]
    fn marks_do_not_nest_where_stretches_overlap() {
        let text = "He said that Iran denied it again.";
        let whole = stretch(text, text, 0);
        let inner = stretch(text, "Iran denied it", 1);
        assert_eq!(
            shown(text, &[whole, inner]),
            "[0! He said that ][1! Iran denied it][0  again.]"
        );
    }

    #[test]
    fn a_stretch_over_two_paragraphs_is_marked_in_both() {
        let text = "One two\nthree four";
        assert_eq!(
            shown(text, &[stretch(text, "two\nthree", 3)]),
            "One [3! two]¶[3 three] four"
        );
    }

    #[test]
    fn stretches_beside_the_text_or_within_a_character_are_left_out() {
        let text = "é x";
        let bad = [
            Stretch {
                start: 1,
                end: 3,
                of: 0,
            },
            Stretch {
                start: 2,
                end: 90,
                of: 0,
            },
            Stretch {
                start: 2,
                end: 2,
                of: 0,
            },
        ];
        assert_eq!(shown(text, &bad), "é x");
    }
}
