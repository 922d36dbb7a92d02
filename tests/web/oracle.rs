//! The whole record as its JSON Lines, and what a filter finds in it, in plain code without a look at the program's: what
//! every page and file must agree with.

use std::collections::BTreeMap;

use demarche::domain::fold;
use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::Value;

/// One line of the export.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub kind: String,
    pub modality: String,
    /// `YYYY-MM-DD`; empty where open.
    pub earliest: String,
    pub latest: String,
    pub updated_at: String,
    pub actors: Vec<String>,
    pub targets: Vec<String>,
    pub publishers: Vec<String>,
    /// The words of each field that can be searched.
    fields: Vec<Vec<String>>,
}

impl Row {
    fn read(line: &str) -> Self {
        let value: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let list = |name: &str| -> Vec<String> {
            let values = value[name].as_array().into_iter().flatten();
            values
                .map(|value| value.as_str().unwrap_or_default().to_owned())
                .collect()
        };
        let names = |name: &str| -> Vec<String> {
            let parties = value[name].as_array().into_iter().flatten();
            parties
                .map(|party| party["name"].as_str().unwrap().to_owned())
                .collect()
        };
        let mut fields: Vec<String> = [
            "headline",
            "summary",
            "quote",
            "place",
            "authority",
            "program",
        ]
        .map(text)
        .to_vec();
        for name in ["speakers", "named", "list_ids", "tags"] {
            fields.extend(list(name));
        }
        fields.extend(names("actors"));
        fields.extend(names("targets"));
        Self {
            id: text("event_id"),
            kind: text("kind"),
            modality: text("modality"),
            earliest: text("date_earliest"),
            latest: text("date_latest"),
            updated_at: text("updated_at"),
            actors: list("actor_codes"),
            targets: list("target_codes"),
            publishers: list("source_publishers"),
            fields: fields.iter().map(|field| fold::words(field)).collect(),
        }
    }

    /// The month that the strip counts it in: of its first day, of its last where it has no first.
    fn month(&self) -> &str {
        let day = if self.earliest.is_empty() {
            &self.latest
        } else {
            &self.earliest
        };
        &day[..7]
    }
}

/// The record, the oldest first.
#[derive(Debug, Clone)]
pub struct Oracle(pub Vec<Row>);

impl Oracle {
    /// Reads an export that is sorted oldest first.
    pub fn read(jsonl: &str) -> Self {
        Self(jsonl.lines().map(Row::read).collect())
    }

    /// The ids that a query finds, in its order.
    pub fn ids(&self, query: &Query) -> Vec<String> {
        let rows = self.0.iter().filter(|row| query.holds(row, Skip::Nothing));
        let mut ids: Vec<String> = rows.map(|row| row.id.clone()).collect();
        if !query.oldest_first {
            ids.reverse();
        }
        ids
    }

    /// Events by kind or modality, every filter holding but that one.
    pub fn facet(&self, query: &Query, skip: Skip) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for row in self.0.iter().filter(|row| query.holds(row, skip)) {
            let value = match skip {
                Skip::Kinds => row.kind.clone(),
                Skip::Modalities => row.modality.clone(),
                _ => row.month().to_owned(),
            };
            *counts.entry(value).or_default() += 1;
        }
        counts
    }
}

/// Which filter is left out of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    Nothing,
    Kinds,
    Modalities,
    Days,
}

/// A word, phrase or beginning that must or must not stand in a field.
#[derive(Debug, Clone)]
pub struct Term {
    pub words: Vec<String>,
    pub is_prefix: bool,
    pub is_without: bool,
}

impl Term {
    fn written(&self) -> String {
        let minus = if self.is_without { "-" } else { "" };
        let star = if self.is_prefix { "*" } else { "" };
        if self.words.len() == 1 {
            format!("{minus}{}{star}", self.words[0])
        } else {
            format!("{minus}\"{}\"", self.words.join(" "))
        }
    }

    fn stands_in(&self, field: &[String]) -> bool {
        let size = self.words.len();
        field.windows(size).any(|window| {
            let last = size - 1;
            window[..last] == self.words[..last]
                && if self.is_prefix {
                    window[last].starts_with(&self.words[last])
                } else {
                    window[last] == self.words[last]
                }
        })
    }
}

/// A filter as a reader writes it, and as plain code reads it.
#[derive(Debug, Clone, Default)]
pub struct Query {
    kinds: Vec<String>,
    modalities: Vec<String>,
    actors: Vec<String>,
    targets: Vec<String>,
    parties: Vec<String>,
    sources: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    terms: Vec<Term>,
    changed_since: Option<String>,
    pub as_of: Option<String>,
    oldest_first: bool,
}

impl Query {
    /// A random filter whose values stand in the record, more or less.
    pub fn random(rng: &mut StdRng, oracle: &Oracle) -> Self {
        let mut query = Self::default();
        let row = |rng: &mut StdRng| oracle.0.choose(rng).unwrap();
        if rng.random_bool(0.35) {
            query.kinds = some(rng, 4, |rng| row(rng).kind.clone());
        }
        if rng.random_bool(0.2) {
            query.modalities = some(rng, 2, |rng| row(rng).modality.clone());
        }
        let code = |rng: &mut StdRng| {
            let row = row(rng);
            let codes: Vec<&String> = row.actors.iter().chain(&row.targets).collect();
            codes.choose(rng).map_or("NOWHERE", |code| code).to_owned()
        };
        if rng.random_bool(0.25) {
            query.actors = some(rng, 2, code);
        }
        if rng.random_bool(0.25) {
            query.targets = some(rng, 2, code);
        }
        if rng.random_bool(0.35) {
            query.parties = some(rng, 3, code);
        }
        if rng.random_bool(0.15) {
            query.sources = some(rng, 3, |rng| {
                row(rng).publishers.choose(rng).cloned().unwrap_or_default()
            });
            query.sources.retain(|source| !source.is_empty());
        }
        let bound = |rng: &mut StdRng| {
            let row = row(rng);
            let day = [&row.earliest, &row.latest]
                .into_iter()
                .find(|day| !day.is_empty())
                .unwrap();
            day[..[4, 7, 10][rng.random_range(0..3)]].to_owned()
        };
        if rng.random_bool(0.3) {
            query.from = Some(bound(rng));
        }
        if rng.random_bool(0.3) {
            query.to = Some(bound(rng));
        }
        if rng.random_bool(0.35) {
            query.terms = (0..rng.random_range(1..=2))
                .filter_map(|_| {
                    let row = row(rng);
                    term(rng, row)
                })
                .collect();
        }
        if rng.random_bool(0.1) {
            query.changed_since = Some(row(rng).updated_at.clone());
        }
        query.oldest_first = rng.random_bool(0.3);
        query
    }

    /// The query without its `?`.
    pub fn written(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, values) in [
            ("kind", &self.kinds),
            ("modality", &self.modalities),
            ("actor", &self.actors),
            ("target", &self.targets),
            ("party", &self.parties),
            ("source", &self.sources),
        ] {
            query.extend_pairs(values.iter().map(|value| (name, value.replace('|', "\\|"))));
        }
        for (name, value) in [
            ("from", &self.from),
            ("to", &self.to),
            ("changed_since", &self.changed_since),
            ("as_of", &self.as_of),
        ] {
            query.extend_pairs(value.iter().map(|value| (name, value)));
        }
        if !self.terms.is_empty() {
            let terms: Vec<String> = self.terms.iter().map(Term::written).collect();
            query.append_pair("q", &terms.join(" "));
        }
        if self.oldest_first {
            query.append_pair("sort", "oldest");
        }
        query.finish()
    }

    fn holds(&self, row: &Row, skip: Skip) -> bool {
        let any = |wanted: &[String], values: &[&[String]]| {
            wanted.is_empty()
                || values
                    .iter()
                    .any(|values| values.iter().any(|value| wanted.contains(value)))
        };
        let publishers: Vec<String> = row.publishers.iter().map(|name| fold::fold(name)).collect();
        let sources: Vec<String> = self.sources.iter().map(|name| fold::fold(name)).collect();
        (skip == Skip::Kinds || any(&self.kinds, &[std::slice::from_ref(&row.kind)]))
            && (skip == Skip::Modalities
                || any(&self.modalities, &[std::slice::from_ref(&row.modality)]))
            && (skip == Skip::Days || self.overlaps(row))
            && any(&self.actors, &[&row.actors])
            && any(&self.targets, &[&row.targets])
            && any(&self.parties, &[&row.actors, &row.targets])
            && any(&sources, &[&publishers])
            && self
                .changed_since
                .as_ref()
                .is_none_or(|since| row.updated_at >= *since)
            && self.terms.iter().all(|term| {
                let stands = row.fields.iter().any(|field| term.stands_in(field));
                stands != term.is_without
            })
    }

    /// Days of one width compare as texts do; a year or month is every text that begins with it.
    fn overlaps(&self, row: &Row) -> bool {
        let begins_too_late = self
            .to
            .as_ref()
            .is_some_and(|to| !row.earliest.is_empty() && row.earliest[..to.len()] > **to);
        let ends_too_early = self
            .from
            .as_ref()
            .is_some_and(|from| !row.latest.is_empty() && row.latest[..from.len()] < **from);
        !begins_too_late && !ends_too_early
    }
}

fn some(rng: &mut StdRng, most: usize, mut one: impl FnMut(&mut StdRng) -> String) -> Vec<String> {
    let mut values: Vec<String> = (0..rng.random_range(1..=most)).map(|_| one(rng)).collect();
    values.sort();
    values.dedup();
    values
}

/// A term from a field of a row.
fn term(rng: &mut StdRng, row: &Row) -> Option<Term> {
    let field = row.fields.iter().filter(|field| !field.is_empty());
    let field = field.collect::<Vec<_>>().choose(rng).copied()?;
    let at = rng.random_range(0..field.len());
    let size = rng.random_range(1..=3).min(field.len() - at);
    let mut term = Term {
        words: field[at..at + size].to_vec(),
        is_prefix: false,
        is_without: rng.random_bool(0.2),
    };
    if size == 1 && rng.random_bool(0.4) {
        let word: String = term.words[0].chars().take(4).collect();
        term.words = vec![word];
        term.is_prefix = true;
    }
    Some(term)
}
