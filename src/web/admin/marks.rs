//! An article's text and the spans of its candidates → paragraphs of plain and marked pieces.
//!
//! Marks never nest: where spans overlap, the one that begins later has the words, and the other goes on after it. A span
//! all of whose words belong to others leaves only its number, before the words. Which words are evidence is left to the
//! reader of articles; offsets that do not fit the text are passed over.

use std::cmp::Reverse;

use crate::domain::{evidence::EvidenceSpan, kind::Kind};

/// What is to be marked: one candidate's words, under its number on the page.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The candidate's number on the page, from 1.
    pub number: usize,
    /// Gives the hue.
    pub kind: Kind,
    /// Where the words stand.
    pub spans: &'a [EvidenceSpan],
}

/// A stretch of one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words that carry no candidate.
    Plain(String),
    /// A number whose words are marked for another candidate.
    Number(Label),
    /// Words that carry a candidate; the number only where they begin.
    Mark {
        /// The number, on the first words of a candidate.
        label: Option<Label>,
        /// Gives the hue.
        kind: Kind,
        /// The article's words.
        text: String,
    },
}

/// The number of a candidate, which links to its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// The candidate's number on the page.
    pub number: usize,
    /// Its kind.
    pub kind: Kind,
}

/// A paragraph of the article.
pub type Paragraph = Vec<Piece>;

/// Cuts a text into its paragraphs (its lines that are not empty), with the evidence marked.
pub fn paragraphs(text: &str, evidence: &[Evidence<'_>]) -> Vec<Paragraph> {
    let stretches = stretches(text, evidence);
    let mut unnumbered: Vec<bool> = evidence.iter().map(|_| true).collect();
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start + (line.len() - line.trim_start().len())..start + line.trim_end().len();
        start += line.len();
        if range.is_empty() {
            continue;
        }
        let mut paragraph = Paragraph::new();
        for stretch in &stretches {
            let part = stretch.from.max(range.start)..stretch.to.min(range.end);
            if part.is_empty() {
                continue;
            }
            for wordless in &stretch.wordless {
                if std::mem::take(&mut unnumbered[*wordless]) {
                    paragraph.push(Piece::Number(label(evidence, *wordless)));
                }
            }
            let words = &text[part];
            match stretch.owner {
                Some(owner) => paragraph.push(Piece::Mark {
                    label: std::mem::take(&mut unnumbered[owner]).then(|| label(evidence, owner)),
                    kind: evidence[owner].kind,
                    text: words.to_owned(),
                }),
                None => paragraph.push(Piece::Plain(words.to_owned())),
            }
        }
        paragraphs.push(paragraph);
    }
    paragraphs
}

/// The words of a paragraph, without its numbers.
pub fn words_of(paragraph: &[Piece]) -> String {
    paragraph
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Mark { text, .. } => text.as_str(),
            Piece::Number(_) => "",
        })
        .collect()
}

/// A run of bytes that one candidate has, or none.
struct Stretch {
    from: usize,
    to: usize,
    owner: Option<usize>,
    /// Candidates that begin here and have no words anywhere.
    wordless: Vec<usize>,
}

/// A span in byte offsets that fit the text, with the place of its candidate among the evidence.
struct Span {
    from: usize,
    to: usize,
    of: usize,
}

fn stretches(text: &str, evidence: &[Evidence<'_>]) -> Vec<Stretch> {
    let spans = fitting_spans(text, evidence);
    let mut cuts: Vec<usize> = spans
        .iter()
        .flat_map(|span| [span.from, span.to])
        .chain([0, text.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut stretches: Vec<Stretch> = Vec::new();
    for (from, to) in cuts.iter().copied().zip(cuts.iter().skip(1).copied()) {
        // of those that cover these words, the one that begins last has them; of several, the shortest
        let owner = spans
            .iter()
            .filter(|span| span.from <= from && span.to >= to)
            .max_by_key(|span| (span.from, Reverse(span.to), Reverse(span.of)))
            .map(|span| span.of)
            // a comma between two others' words is nobody's evidence
            .filter(|_| text[from..to].contains(char::is_alphanumeric));
        stretches.push(Stretch {
            from,
            to,
            owner,
            wordless: Vec::new(),
        });
    }
    for of in 0..evidence.len() {
        let has_words = stretches.iter().any(|stretch| stretch.owner == Some(of));
        let first = spans
            .iter()
            .filter(|span| span.of == of)
            .map(|span| span.from)
            .min();
        if let (false, Some(first)) = (has_words, first)
            && let Some(stretch) = stretches.iter_mut().find(|stretch| stretch.from == first)
        {
            stretch.wordless.push(of);
        }
    }
    stretches.dedup_by(|next, last| {
        let same = next.owner == last.owner && next.wordless.is_empty();
        if same {
            last.to = next.to;
        }
        same
    });
    stretches
}

fn fitting_spans(text: &str, evidence: &[Evidence<'_>]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (of, one) in evidence.iter().enumerate() {
        for span in one.spans {
            if let (Ok(from), Ok(to)) = (usize::try_from(span.start), usize::try_from(span.end))
                && text.get(from..to).is_some_and(|words| !words.is_empty())
            {
                spans.push(Span { from, to, of });
            }
        }
    }
    spans
}

fn label(evidence: &[Evidence<'_>], of: usize) -> Label {
    Label {
        number: evidence[of].number,
        kind: evidence[of].kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes pieces as `plain[1:marked]`, a lone number as `(2)`.
    fn written(text: &str, marked: &[&str]) -> Vec<String> {
        let spans: Vec<Vec<EvidenceSpan>> = marked
            .iter()
            .map(|words| {
                let start = text.find(words).unwrap();
                vec![EvidenceSpan {
                    start: i64::try_from(start).unwrap(),
                    end: i64::try_from(start + words.len()).unwrap(),
                    text: (*words).to_owned(),
                }]
            })
            .collect();
        let evidence: Vec<Evidence> = spans
            .iter()
            .enumerate()
            .map(|(index, spans)| Evidence {
                number: index + 1,
                kind: Kind::Warning,
                spans,
            })
            .collect();
        paragraphs(text, &evidence)
            .iter()
            .map(|paragraph| paragraph.iter().map(piece).collect())
            .collect()
    }

    fn piece(piece: &Piece) -> String {
        match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Number(label) => format!("({})", label.number),
            Piece::Mark {
                label: Some(label),
                text,
                ..
            } => format!("[{}:{text}]", label.number),
            Piece::Mark { text, .. } => format!("[{text}]"),
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
    fn a_candidate_of_the_same_words_leaves_its_number_before_them() {
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
    fn offsets_that_do_not_fit_the_text_are_passed_over() {
        let spans = [EvidenceSpan {
            start: 1,
            end: 40,
            text: String::new(),
        }];
        let evidence = [Evidence {
            number: 1,
            kind: Kind::Visit,
            spans: &spans,
        }];
        assert_eq!(
            paragraphs("é", &evidence),
            [vec![Piece::Plain("é".to_owned())]]
        );
    }
}
