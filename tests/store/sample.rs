//! Drafts and filters for the tests: by hand and at random, the same for the same seed.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use demarche::{
    domain::{
        event::{Event, EventDraft},
        evidence::Source,
        filter::{DayBound, TimelineFilter},
        fold::fold,
        kind::Kind,
        modality::Modality,
        party::PartyCode,
        search::SearchQuery,
        status::Status,
    },
    store::{Author, Change, Store},
};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};

pub fn author() -> Author {
    Author("kim".to_owned())
}

/// A change with a reason, by the same person each time.
pub fn because<'a>(author: &'a Author, reason: &'a str) -> Change<'a> {
    Change { author, reason }
}

pub fn code(text: &str) -> PartyCode {
    text.parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A plain event of a day.
pub fn draft(date: &str, headline: &str) -> EventDraft {
    EventDraft {
        kind: Kind::Statement,
        date: date.parse().unwrap(),
        date_text: String::new(),
        modality: Modality::Occurred,
        headline: headline.to_owned(),
        summary: String::new(),
        quote: String::new(),
        speakers: Vec::new(),
        actors: vec![code("USA")],
        targets: vec![code("IRN")],
        named: Vec::new(),
        place: String::new(),
        effective_date: None,
        authority: String::new(),
        program: String::new(),
        legal_url: String::new(),
        list_ids: Vec::new(),
        tags: Vec::new(),
        status: Status::Published,
        confidence: None,
        relations: Vec::new(),
        judgement: None,
        sources: Vec::new(),
    }
}

pub fn source(url: &str, publisher: &str) -> Source {
    Source {
        url: url.to_owned(),
        publisher: publisher.to_owned(),
        ..Source::default()
    }
}

const PARTIES: [&str; 7] = ["USA", "IRN", "RUS", "GBR", "EU", "IRAN AIR", "ARAB LEAGUE"];
const PUBLISHERS: [&str; 4] = ["Reuters", "Hürriyet Daily News", "Nobody's Gazette", "TASS"];
const WORDS: [&str; 16] = [
    "sanctions",
    "missiles",
    "Kyïv",
    "air",
    "service",
    "S-400",
    "oil",
    "talks",
    "été",
    "the",
    "drones",
    "of",
    "Iran",
    "iranian",
    "да",
    "minister",
];

pub fn random(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn some<T: Copy>(rng: &mut StdRng, from: &[T], most: usize) -> Vec<T> {
    let count = rng.random_range(0..=most);
    (0..count).map(|_| *from.choose(rng).unwrap()).collect()
}

fn text(rng: &mut StdRng, most: usize) -> String {
    some(rng, &WORDS, most).join(" ")
}

/// A date of any precision, crowded so that many share a day.
pub fn random_date(rng: &mut impl Rng) -> String {
    let first = day("2024-01-01") + Days::new(rng.random_range(0..60));
    let last = first + Days::new(rng.random_range(1..200));
    match rng.random_range(0..12) {
        0 => first.format("%Y-%m").to_string(),
        1 => "2024".to_owned(),
        2 => format!("{first}/{last}"),
        3 => format!("../{first}"),
        4 => format!("{first}/.."),
        5 => format!("{first}~"),
        6 => "2023/2024-02?".to_owned(),
        _ => first.to_string(),
    }
}

pub fn random_draft(rng: &mut StdRng) -> EventDraft {
    let mut draft = draft(&random_date(rng), "");
    draft.headline = format!("{} happened", text(rng, 5));
    draft.summary = text(rng, 8);
    draft.quote = text(rng, 3);
    draft.kind = *Kind::ALL.choose(rng).unwrap();
    draft.modality = *Modality::ALL.choose(rng).unwrap();
    draft.actors = some(rng, &PARTIES, 3).into_iter().map(code).collect();
    draft.targets = some(rng, &PARTIES, 2).into_iter().map(code).collect();
    draft.sources = some(rng, &PUBLISHERS, 2)
        .into_iter()
        .map(|publisher| {
            let number: u32 = rng.random_range(0..40);
            source(&format!("https://example.org/{number}"), publisher)
        })
        .collect();
    draft.sources.dedup_by(|a, b| a.url == b.url);
    draft.tags = some(rng, &["nuclear", "air|sea", "Rück\\blick"], 2)
        .into_iter()
        .map(str::to_owned)
        .collect();
    draft
}

pub fn random_filter(rng: &mut StdRng) -> TimelineFilter {
    let mut filter = TimelineFilter::default();
    let texts = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect::<Vec<_>>();
    if rng.random_bool(0.4) {
        filter.kinds = some(rng, &Kind::ALL, 6);
    }
    if rng.random_bool(0.25) {
        filter.modalities = some(rng, &Modality::ALL, 2);
    }
    let parties = ["USA", "iran", "RUS", "EU", "Iran Air", "Ruritania", "GBR"];
    if rng.random_bool(0.25) {
        filter.actors = texts(some(rng, &parties, 2));
    }
    if rng.random_bool(0.25) {
        filter.targets = texts(some(rng, &parties, 2));
    }
    if rng.random_bool(0.35) {
        filter.parties = texts(some(rng, &parties, 3));
    }
    if rng.random_bool(0.25) {
        filter.sources = texts(some(
            rng,
            &["reuters", "HURRIYET daily news", "TASS", "Unheard Of"],
            2,
        ));
    }
    let bound = |rng: &mut StdRng| {
        let day = day("2023-12-20") + Days::new(rng.random_range(0..90));
        DayBound {
            text: day.to_string(),
            day,
        }
    };
    if rng.random_bool(0.35) {
        filter.from = Some(bound(rng));
    }
    if rng.random_bool(0.35) {
        filter.to = Some(bound(rng));
    }
    if rng.random_bool(0.4) {
        let terms = [
            "sanctions",
            "iran*",
            "-oil",
            "\"air service\"",
            "kyiv",
            "s-4*",
            "-\"the drones\"",
            "ete",
            "happened",
            "*",
            "-",
            "united",
            "\"happened the\"",
            "да",
        ];
        filter.q = some(rng, &terms, 3).join(" ");
    }
    filter
}

/// The filter's rule in plain code, written without a look at the store's.
pub fn holds(filter: &TimelineFilter, event: &Event, names: impl Fn(&PartyCode) -> String) -> bool {
    let content = &event.content;
    let meant = |written: &[String]| -> Option<HashSet<String>> {
        (!written.is_empty()).then(|| {
            written
                .iter()
                .map(|written| match fold(written).as_str() {
                    "iran" => "IRN".to_owned(),
                    "iran air" => "IRAN AIR".to_owned(),
                    _ => written.to_uppercase(),
                })
                .collect()
        })
    };
    let stands = |wanted: Option<HashSet<String>>, codes: &[&PartyCode]| {
        wanted.is_none_or(|wanted| codes.iter().any(|code| wanted.contains(code.as_str())))
    };
    let actors: Vec<&PartyCode> = content.actors.iter().collect();
    let targets: Vec<&PartyCode> = content.targets.iter().collect();
    let both: Vec<&PartyCode> = content.actors.iter().chain(&content.targets).collect();
    let mut fields = vec![
        content.headline.clone(),
        content.summary.clone(),
        content.quote.clone(),
    ];
    fields.extend(content.tags.clone());
    fields.extend(both.iter().map(|code| names(code)));
    let query = SearchQuery::parse(&filter.q);
    (filter.kinds.is_empty() || filter.kinds.contains(&content.kind))
        && (filter.modalities.is_empty() || filter.modalities.contains(&content.modality))
        && stands(meant(&filter.actors), &actors)
        && stands(meant(&filter.targets), &targets)
        && stands(meant(&filter.parties), &both)
        && (filter.sources.is_empty()
            || content.sources.iter().any(|source| {
                filter
                    .sources
                    .iter()
                    .any(|name| fold(name) == fold(&source.publisher))
            }))
        && content.date.overlaps(
            filter.from.as_ref().map(|bound| bound.day),
            filter.to.as_ref().map(|bound| bound.day),
        )
        && filter
            .changed_since
            .as_ref()
            .is_none_or(|since| event.updated_at >= since.at)
        && query.matches_fields(fields.iter().map(String::as_str))
}

/// Records so many random events; in the order of recording.
pub async fn record(store: &Store, seed: u64, count: usize) -> Vec<Event> {
    let mut rng = random(seed);
    let drafts = (0..count).map(|_| random_draft(&mut rng).into()).collect();
    store
        .create_events(drafts, because(&author(), "sample"))
        .await
        .unwrap()
}
