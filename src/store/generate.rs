//! Synthetic events, for trying the record at size: the same number and seed give the same record.
//!
//! Skewed as news is: few parties and publishers make most of it, recent years weigh more, most dates are days.
//! The words are made up; addresses lead to example.org.

use chrono::{Days, NaiveDate};
use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{
    Author, Change, Store,
    article::is_empty,
    db::{Reads, on},
    error::{Result, StoreError},
    writing::{NewEvent, Writing},
};
use crate::domain::{
    clock::Timestamp,
    edtf::Edtf,
    event::EventDraft,
    evidence::Source,
    id::EventId,
    kind::Kind,
    modality::Modality,
    party::{Party, PartyCode, PartyKind},
    reference,
    relation::{Relation, RelationKind},
    status::Status,
};

/// Events in one insertion.
const BATCH: usize = 1_000;
/// Insertions in one transaction.
const BATCHES: usize = 20;

impl Store {
    /// Fills an empty record with so many synthetic events.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where the record holds events or articles, or where there are not so many ids.
    pub async fn generate(&self, count: usize, seed: u64) -> Result<()> {
        let author = Author("generate".to_owned());
        let change = Change {
            author: &author,
            reason: "synthetic record",
        };
        let mut generator: Option<Generator> = None;
        let mut left = count;
        while left > 0 {
            let mut writing = Writing::begin(self, change).await?;
            let first = writing
                .tx
                .fetch_count(on(
                    "counters",
                    "SELECT value + 1 AS n FROM counters WHERE name = 'event'",
                ))
                .await?;
            let generator = if let Some(generator) = &mut generator {
                generator
            } else {
                if !is_empty(&mut writing.tx).await? {
                    return Err(StoreError::Refused(
                        "expected an empty record, but this one holds events or articles"
                            .to_owned(),
                    ));
                }
                generator.insert(Generator::new(first, seed))
            };
            for _ in 0..BATCHES {
                let batch = left.min(BATCH);
                if batch > 0 {
                    let events = (0..batch)
                        .map(|_| generator.event())
                        .collect::<Option<Vec<_>>>()
                        .ok_or_else(|| {
                            StoreError::Refused(format!(
                                "expected at most {} events, but found {count}",
                                EventId::MAX
                            ))
                        })?;
                    writing.insert(events).await?;
                    left -= batch;
                }
            }
            writing.finish(None).await?;
        }
        Ok(())
    }
}

/// Kinds with how often they occur, in thousandths.
const KINDS: [(Kind, u32); 15] = [
    (Kind::Statement, 190),
    (Kind::Meeting, 130),
    (Kind::Accusation, 105),
    (Kind::Sanction, 95),
    (Kind::Demand, 80),
    (Kind::Visit, 70),
    (Kind::Warning, 65),
    (Kind::Military, 60),
    (Kind::Denial, 50),
    (Kind::Pledge, 45),
    (Kind::Agreement, 35),
    (Kind::Transfer, 30),
    (Kind::Ruling, 20),
    (Kind::Relief, 15),
    (Kind::Rupture, 10),
];

const SUBJECTS: [&str; 16] = [
    "missile transfers",
    "grain shipments",
    "air links",
    "the border",
    "oil exports",
    "prisoners",
    "the enrichment of uranium",
    "drones",
    "fishing grounds",
    "a ceasefire",
    "tariffs",
    "election observers",
    "a frozen account",
    "naval drills",
    "the nuclear talks",
    "visa rules",
];

const PLACES: [&str; 8] = [
    "Geneva", "Vienna", "New York", "Brussels", "Doha", "Istanbul", "London", "Muscat",
];

const TAGS: [&str; 6] = ["nuclear", "energy", "aviation", "trade", "consular", "arms"];

struct Generator {
    rng: Xoshiro256PlusPlus,
    first: i64,
    next: i64,
    article: u64,
    /// The most written about first.
    parties: Vec<&'static Party>,
    named: Vec<&'static Party>,
    publishers: Vec<&'static str>,
}

impl Generator {
    fn new(first: i64, seed: u64) -> Self {
        let all = reference::parties();
        let known = [
            "USA", "RUS", "IRN", "CHN", "ISR", "GBR", "EU", "UKR", "FRA", "DEU", "UN",
        ];
        let mut parties: Vec<&Party> = known
            .iter()
            .filter_map(|code| all.iter().find(|party| party.code.as_str() == *code))
            .collect();
        parties.extend(all.iter().filter(|party| {
            matches!(party.kind, PartyKind::State | PartyKind::Body)
                && !known.contains(&party.code.as_str())
        }));
        Self {
            rng: Xoshiro256PlusPlus::seed_from_u64(seed),
            first,
            next: first,
            article: 0,
            parties,
            named: all
                .iter()
                .filter(|party| matches!(party.kind, PartyKind::Company | PartyKind::Vessel))
                .collect(),
            publishers: reference::publishers()
                .iter()
                .map(|publisher| publisher.name.as_str())
                .collect(),
        }
    }

    /// The next event; `None` once no ids are left.
    fn event(&mut self) -> Option<NewEvent> {
        let id = EventId::from_counter(self.next)?;
        self.next += 1;
        let kind = self.kind();
        let day = self.day();
        let modality = match self.rng.random_range(0..100) {
            0..15 => Modality::Announced,
            15..25 => Modality::Alleged,
            _ => Modality::Occurred,
        };
        let actors = self.some_parties([75, 93]);
        let targets = self.some_parties([60, 90]);
        let sources = self.sources(day)?;
        let reported = sources.iter().filter_map(|source| source.published).min();
        let micros = self.rng.random_range(0..86_400) * 1_000_000_i64;
        let recorded = reported.unwrap_or(day).and_hms_opt(0, 0, 0)?.and_utc();
        let recorded = Timestamp::from_micros(recorded.timestamp_micros() + micros);
        Some(NewEvent {
            id: Some(id),
            revision: None,
            created_at: recorded,
            updated_at: recorded,
            draft: self.draft(kind, modality, day, actors, targets, sources)?,
        })
    }

    fn draft(
        &mut self,
        kind: Kind,
        modality: Modality,
        day: NaiveDate,
        actors: Vec<&'static Party>,
        targets: Vec<&'static Party>,
        sources: Vec<Source>,
    ) -> Option<EventDraft> {
        let subject = self.pick(&SUBJECTS);
        let headline = headline(kind, &actors, &targets, subject);
        let second = self.pick(&SUBJECTS);
        let summary = if self.rng.random_bool(0.6) {
            format!(
                "The matter was {subject}. It came up together with {second}, as in the year before."
            )
        } else {
            String::new()
        };
        let is_measure = matches!(kind, Kind::Sanction | Kind::Relief);
        let named = if is_measure && !self.named.is_empty() {
            let place = self.rng.random_range(0..self.named.len());
            vec![self.named.get(place)?.name.clone()]
        } else {
            Vec::new()
        };
        let codes = |parties: Vec<&Party>| -> Vec<PartyCode> {
            parties
                .into_iter()
                .map(|party| party.code.clone())
                .collect()
        };
        Some(EventDraft {
            kind,
            date: self.date(day),
            date_text: String::new(),
            modality,
            headline,
            summary,
            quote: String::new(),
            speakers: Vec::new(),
            actors: codes(actors),
            targets: codes(targets),
            named,
            place: if self.rng.random_bool(0.3) {
                self.pick(&PLACES).to_owned()
            } else {
                String::new()
            },
            effective_date: (is_measure && self.rng.random_bool(0.3))
                .then(|| Edtf::day(day + Days::new(30))),
            authority: String::new(),
            program: String::new(),
            legal_url: String::new(),
            list_ids: Vec::new(),
            tags: if self.rng.random_bool(0.25) {
                vec![self.pick(&TAGS).to_owned()]
            } else {
                Vec::new()
            },
            status: match self.rng.random_range(0..100) {
                0 => Status::Retracted,
                1..4 => Status::Disputed,
                _ => Status::Published,
            },
            confidence: self
                .rng
                .random_bool(0.7)
                .then(|| self.rng.random_range(400..1_000)),
            relations: self.relations(),
            judgement: None,
            sources,
        })
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from.get(self.rng.random_range(0..from.len().max(1)))
            .copied()
            .unwrap_or_default()
    }

    fn kind(&mut self) -> Kind {
        let mut left = self.rng.random_range(0..1_000);
        for (kind, share) in KINDS {
            if left < share {
                return kind;
            }
            left -= share;
        }
        Kind::Statement
    }

    /// A day of 1990 to 2025, late ones more often.
    fn day(&mut self) -> NaiveDate {
        let days: u64 = 13_149;
        let back = self
            .rng
            .random_range(0..days)
            .min(self.rng.random_range(0..days));
        NaiveDate::from_ymd_opt(2025, 12, 31).unwrap_or_default() - Days::new(back)
    }

    fn date(&mut self, day: NaiveDate) -> Edtf {
        let later = day + Days::new(self.rng.random_range(1..120));
        let (year, month) = (chrono::Datelike::year(&day), chrono::Datelike::month(&day));
        match self.rng.random_range(0..100) {
            0..5 => Edtf::month(year, month),
            5..7 => Edtf::year(year),
            7..10 => Some(Edtf::span(day, later)),
            10..12 => Some(Edtf::before(day)),
            12..13 => Some(Edtf::onward(day)),
            13..15 => Some(Edtf::day(day).approximately()),
            _ => Some(Edtf::day(day)),
        }
        .unwrap_or_else(|| Edtf::day(day))
    }

    /// A place in a list of `length`, near its beginning more often than not.
    fn skewed(&mut self, length: usize) -> usize {
        let mut bound = length.max(1);
        for _ in 0..3 {
            bound = self.rng.random_range(1..=bound);
        }
        self.rng.random_range(0..bound)
    }

    /// One party, two from the first share on, three from the second, in hundredths.
    fn some_parties(&mut self, shares: [u32; 2]) -> Vec<&'static Party> {
        let draw = self.rng.random_range(0..100);
        let count = 1 + shares.iter().filter(|share| draw >= **share).count();
        let mut found: Vec<&'static Party> = Vec::with_capacity(count);
        for _ in 0..count {
            let place = self.skewed(self.parties.len());
            if let Some(party) = self.parties.get(place).copied()
                && !found.iter().any(|known| known.code == party.code)
            {
                found.push(party);
            }
        }
        found
    }

    fn sources(&mut self, day: NaiveDate) -> Option<Vec<Source>> {
        let count = match self.rng.random_range(0..100) {
            0..70 => 1,
            70..92 => 2,
            _ => 3,
        };
        let mut sources: Vec<Source> = Vec::with_capacity(count);
        for _ in 0..count {
            // every third time the article of the event before tells this one too
            if self.article == 0 || !sources.is_empty() || self.rng.random_bool(0.65) {
                self.article += 1;
            }
            let place =
                usize::try_from(self.article.wrapping_mul(2_654_435_761) % 1_000_003).ok()?;
            let skew = place % self.publishers.len().max(1);
            let publisher = self
                .publishers
                .get(skew * skew / self.publishers.len().max(1))?;
            sources.push(Source {
                url: format!("https://example.org/generated/{}", self.article),
                publisher: (*publisher).to_owned(),
                title: format!("Report {}", self.article),
                published: Some(day + Days::new(self.article % 2)),
                ..Source::default()
            });
        }
        Some(sources)
    }

    /// Every eighth event stands in a relation to one of the two hundred before it.
    fn relations(&mut self) -> Vec<Relation> {
        let own = self.next - 1;
        let earlier = (own - self.first).min(200);
        if earlier == 0 || !self.rng.random_bool(0.125) {
            return Vec::new();
        }
        let to = own - self.rng.random_range(1..=earlier);
        let kind = self.rng.random_range(0..RelationKind::ALL.len());
        match (RelationKind::ALL.get(kind), EventId::from_counter(to)) {
            (Some(kind), Some(to)) => vec![Relation { kind: *kind, to }],
            _ => Vec::new(),
        }
    }
}

fn headline(kind: Kind, actors: &[&Party], targets: &[&Party], subject: &str) -> String {
    let names = |parties: &[&Party]| {
        let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
        match names.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            _ => names.concat(),
        }
    };
    let (actors, targets) = (names(actors), names(targets));
    match kind {
        Kind::Statement => format!("{actors} speaks to {targets} of {subject}"),
        Kind::Demand => format!("{actors} asks {targets} to act on {subject}"),
        Kind::Pledge => format!("{actors} promises {targets} help with {subject}"),
        Kind::Warning => format!("{actors} warns {targets} over {subject}"),
        Kind::Accusation => format!("{actors} accuses {targets} over {subject}"),
        Kind::Denial => format!("{actors} denies what {targets} says of {subject}"),
        Kind::Meeting => format!("{actors} meets {targets} on {subject}"),
        Kind::Visit => format!("{actors} visits {targets} for talks on {subject}"),
        Kind::Agreement => format!("{actors} signs an accord with {targets} on {subject}"),
        Kind::Sanction => format!("{actors} sanctions {targets} over {subject}"),
        Kind::Relief => format!("{actors} eases measures on {targets} over {subject}"),
        Kind::Ruling => format!("{actors} votes on {targets} over {subject}"),
        Kind::Military => format!("{actors} holds drills near {targets} over {subject}"),
        Kind::Transfer => format!("{actors} sends {targets} aid for {subject}"),
        Kind::Rupture => format!("{actors} recalls its envoy from {targets} over {subject}"),
    }
}
