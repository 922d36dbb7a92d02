//! Two versions of a text → what stayed, what is gone and what is new, word by word, in paragraphs.
//!
//! The longest common subsequence of words between what both versions begin and end with. Where that would be too much work,
//! everything between counts as replaced.

/// Cells of the table that is filled at most, so that no text takes longer than some tens of milliseconds.
const MOST_CELLS: usize = 4_000_000;

/// A stretch of one of the versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub fate: Fate,
    /// The words, with the spaces between them.
    pub text: String,
}

/// What became of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stands in both versions.
    Kept,
    /// It stands in the earlier version alone.
    Gone,
    /// It stands in the later version alone.
    New,
}

/// The later version in paragraphs, with what is gone where it stood.
pub fn difference(earlier: &str, later: &str) -> Vec<Vec<Change>> {
    let (old, new) = (tokens(earlier), tokens(later));
    let start = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let end = old[start..]
        .iter()
        .rev()
        .zip(new[start..].iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    let mut changes = Paragraphs::default();
    changes.add(Fate::Kept, &new[..start]);
    between(
        &old[start..old.len() - end],
        &new[start..new.len() - end],
        &mut changes,
    );
    changes.add(Fate::Kept, &new[new.len() - end..]);
    changes.finish()
}

/// Words and line ends, in order.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for line in text.split('\n') {
        tokens.extend(line.split_whitespace());
        tokens.push("\n");
    }
    tokens.pop();
    tokens
}

fn between(old: &[&str], new: &[&str], changes: &mut Paragraphs) {
    let width = new.len() + 1;
    if (old.len() + 1).saturating_mul(width) > MOST_CELLS {
        changes.add(Fate::Gone, old);
        changes.add(Fate::New, new);
        return;
    }
    // longest[i * width + j]: how much old[i..] and new[j..] have in common
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            changes.add(Fate::Kept, &new[j..=j]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1])
        {
            changes.add(Fate::Gone, &old[i..=i]);
            i += 1;
        } else {
            changes.add(Fate::New, &new[j..=j]);
            j += 1;
        }
    }
}

#[derive(Default)]
struct Paragraphs {
    done: Vec<Vec<Change>>,
    open: Vec<Change>,
}

impl Paragraphs {
    fn add(&mut self, fate: Fate, tokens: &[&str]) {
        for token in tokens {
            if *token == "\n" {
                if !self.open.is_empty() {
                    self.done.push(std::mem::take(&mut self.open));
                }
                continue;
            }
            match self.open.last_mut() {
                Some(last) if last.fate == fate => {
                    last.text.push(' ');
                    last.text.push_str(token);
                }
                _ => self.open.push(Change {
                    fate,
                    text: (*token).to_owned(),
                }),
            }
        }
    }

    fn finish(mut self) -> Vec<Vec<Change>> {
        if !self.open.is_empty() {
            self.done.push(self.open);
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(earlier: &str, later: &str) -> String {
        difference(earlier, later)
            .iter()
            .map(|paragraph| {
                paragraph
                    .iter()
                    .map(|change| match change.fate {
                        Fate::Kept => change.text.clone(),
                        Fate::Gone => format!("[-{}]", change.text),
                        Fate::New => format!("[+{}]", change.text),
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect::<Vec<_>>()
            .join(" / ")
    }

    #[test]
    fn words_that_changed_stand_beside_what_stayed() {
        assert_eq!(
            shown(
                "Envoys leave\n\nTwo envoys left on Monday.\nThey were calm.",
                "Envoys leave\n\nThree envoys left on Monday.\nThey were calm.\nA note followed.",
            ),
            "Envoys leave / [-Two] [+Three] envoys left on Monday. / They were calm. / [+A note followed.]"
        );
        assert_eq!(shown("The same.", "The same."), "The same.");
        assert_eq!(shown("", "New."), "[+New.]");
        assert_eq!(shown("Gone.", ""), "[-Gone.]");
    }

    #[test]
    fn texts_without_anything_in_common_are_told_apart_in_no_time() {
        let long = |word: &str| format!("{word} ").repeat(100_000);
        let changes = difference(&long("old"), &long("new"));
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].len(), 2);
    }
}
