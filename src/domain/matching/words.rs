//! The words that two tellings share, beside the names of the parties and words that every telling has.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{event::EventDraft, fold::words, register::PartyRegister};

/// Words that tell nothing of which act it is, beside those of fewer than four letters.
const COMMON: [&str; 46] = [
    "about",
    "after",
    "again",
    "against",
    "also",
    "among",
    "been",
    "before",
    "between",
    "call",
    "country",
    "during",
    "ever",
    "foreign",
    "from",
    "government",
    "have",
    "into",
    "minister",
    "ministry",
    "more",
    "must",
    "news",
    "official",
    "other",
    "over",
    "president",
    "said",
    "says",
    "should",
    "state",
    "than",
    "that",
    "their",
    "them",
    "there",
    "they",
    "this",
    "tuesday",
    "under",
    "were",
    "which",
    "will",
    "with",
    "would",
    "year",
];
/// Words that a reason names.
const NAMED_MAX: usize = 4;

/// The words that a draft and an event share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonWords {
    shared: Vec<String>,
    shorter: usize,
}

impl CommonWords {
    /// The words in headline, summary, quote, place and names of both.
    pub fn of(draft: &EventDraft, event: &EventDraft, register: &PartyRegister) -> Self {
        let known: BTreeSet<String> = [draft, event]
            .into_iter()
            .flat_map(|draft| draft.actors.iter().chain(&draft.targets))
            .filter_map(|code| register.party(code))
            .flat_map(|party| {
                [&party.name]
                    .into_iter()
                    .chain(&party.aliases)
                    .chain(&party.demonyms)
            })
            .flat_map(|name| words(name))
            .map(|word| stem(&word))
            .collect();
        let telling = |draft: &EventDraft| -> BTreeMap<String, String> {
            [
                &draft.headline,
                &draft.summary,
                &draft.quote,
                &draft.place,
                &draft.named.join(" "),
            ]
            .into_iter()
            .flat_map(|text| words(text))
            .filter(|word| word.chars().count() >= 4 && !COMMON.contains(&word.as_str()))
            .map(|word| (stem(&word), word))
            .filter(|(stem, _)| !known.contains(stem))
            .collect()
        };
        let (one, other) = (telling(draft), telling(event));
        Self {
            shorter: one.len().min(other.len()),
            shared: one
                .into_iter()
                .filter(|(stem, _)| other.contains_key(stem))
                .map(|(_, word)| word)
                .collect(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.shared.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shared.is_empty()
    }

    /// The share of the shorter telling's words, in thousandths.
    pub fn score(&self) -> i64 {
        let count = |len: usize| i64::try_from(len).unwrap_or(i64::MAX);
        if self.shorter == 0 {
            0
        } else {
            1000 * count(self.shared.len()) / count(self.shorter)
        }
    }

    /// “words in common: missiles, delivered”, as the draft writes them.
    pub fn reason(&self) -> Option<String> {
        let named: Vec<&str> = self
            .shared
            .iter()
            .take(NAMED_MAX)
            .map(String::as_str)
            .collect();
        (!named.is_empty()).then(|| format!("words in common: {}", named.join(", ")))
    }
}

/// A word without the ending of its plural or tense: `missiles` and `missile`, `delivered` and `delivers`.
fn stem(word: &str) -> String {
    for ending in ["ing", "ed", "es", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 4
            && !(ending == "s" && stem.ends_with('s'))
        {
            return stem.strip_suffix('e').unwrap_or(stem).to_owned();
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_do_not_part_a_word() {
        for (one, other) in [
            ("missiles", "missile"),
            ("delivered", "delivers"),
            ("sanctions", "sanction"),
            ("imposing", "imposed"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("princess"), "princess");
    }
}
