//! How many events there are of each kind, modality, month, party and publisher.

use std::collections::HashMap;

use chrono::Datelike;

use super::{Store, as_of::Past, db::on, error::Result, tally::Tallies};
use crate::domain::{filter::TimelineFilter, kind::Kind, modality::Modality, party::PartyCode};

/// How many events of a kind have their sort day in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthCount {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: i64,
}

/// How many articles and events rest on a publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherCount {
    /// Its name as the articles have it.
    pub name: String,
    /// Articles on record.
    pub articles: i64,
    /// Events of the timeline that have one of them as a source.
    pub events: i64,
}

/// How many events a filter finds, and how many each value of a facet would find.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// All that the filter finds, whatever page it asks for.
    pub total: i64,
    /// Events of each kind, in the kinds' order; every filter holds but that of kinds.
    pub kinds: Vec<(Kind, i64)>,
    /// Events of each modality; every filter holds but that of modalities.
    pub modalities: Vec<(Modality, i64)>,
    /// Events by the month and year of their sort day and by kind, in that order; every filter holds but the days.
    pub months: Vec<MonthCount>,
}

impl Store {
    /// The counts of a filter.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn facets(&self, filter: &TimelineFilter) -> Result<Facets> {
        let tallies = match filter.as_of {
            Some(instant) => Past::new(self, filter, instant).await?.tallies().await?,
            None => self.tallies(filter, Vec::new()).await?,
        };
        Ok(Facets::of(&tallies))
    }

    /// Events of each kind, in the kinds' order; every filter holds but that of kinds.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn kind_counts(&self, filter: &TimelineFilter) -> Result<Vec<(Kind, i64)>> {
        Ok(self.facets(filter).await?.kinds)
    }

    /// Events of each modality; every filter holds but that of modalities.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn modality_counts(&self, filter: &TimelineFilter) -> Result<Vec<(Modality, i64)>> {
        Ok(self.facets(filter).await?.modalities)
    }

    /// Events by the month and year of their sort day and by kind, in that order; every filter holds but the days.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn month_counts(&self, filter: &TimelineFilter) -> Result<Vec<MonthCount>> {
        Ok(self.facets(filter).await?.months)
    }

    /// Parties on the timeline and in how many events each stands, the most frequent first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn party_counts(&self) -> Result<Vec<(PartyCode, i64)>> {
        let parties = self.known_parties().await?;
        let codes = parties.codes();
        let mut counts: Vec<(PartyCode, i64)> = self
            .tallied_parties()
            .await?
            .into_iter()
            .filter_map(|(id, count)| Some((codes.get(&id)?.parse().ok()?, count)))
            .collect();
        counts.sort_by(|(code, count), (other, more)| (more, code).cmp(&(count, other)));
        Ok(counts)
    }

    /// Publishers on whom events of the timeline rest, and how many; the one with the most first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn publishers_in_use(&self) -> Result<Vec<(String, i64)>> {
        let mut counts = self.tallied_publishers().await?;
        counts.sort_by(|(folded, _, count), (other, _, more)| (more, folded).cmp(&(count, other)));
        Ok(counts
            .into_iter()
            .map(|(_, name, events)| (name, events))
            .collect())
    }

    /// Publishers, the one with the most events first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn publisher_counts(&self) -> Result<Vec<PublisherCount>> {
        let query = on(
            "articles",
            "SELECT publisher_folded AS folded, min(publisher) AS name, count(*) AS articles
FROM articles
WHERE publisher_folded <> ''
GROUP BY publisher_folded
ORDER BY publisher_folded",
        );
        let events: HashMap<String, i64> = self
            .tallied_publishers()
            .await?
            .into_iter()
            .map(|(folded, _, events)| (folded, events))
            .collect();
        let mut counts = self
            .db()
            .replica()
            .fetch_all(query)
            .await?
            .iter()
            .map(|row| {
                Ok(PublisherCount {
                    name: row.text("name")?,
                    articles: row.int("articles")?,
                    events: events.get(&row.text("folded")?).copied().unwrap_or(0),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        counts.sort_by_key(|count| std::cmp::Reverse(count.events));
        Ok(counts)
    }
}

impl Facets {
    pub(super) fn of(tallies: &Tallies) -> Self {
        let count = |counts: &[i64], code: i64| {
            usize::try_from(code)
                .ok()
                .and_then(|code| counts.get(code))
                .copied()
                .filter(|count| *count > 0)
        };
        Self {
            total: tallies.total,
            kinds: Kind::ALL
                .into_iter()
                .filter_map(|kind| Some((kind, count(&tallies.kinds, kind.code())?)))
                .collect(),
            modalities: Modality::ALL
                .into_iter()
                .filter_map(|modality| {
                    Some((modality, count(&tallies.modalities, modality.code())?))
                })
                .collect(),
            months: tallies
                .months
                .iter()
                .filter_map(|(month, kind, count)| month_count(*month, *kind, *count))
                .collect(),
        }
    }
}

fn month_count(month: i64, kind: i64, count: i64) -> Option<MonthCount> {
    let day = chrono::NaiveDate::from_ymd_opt(
        i32::try_from(month.div_euclid(12)).ok()?,
        u32::try_from(month.rem_euclid(12)).ok()? + 1,
        1,
    )?;
    Some(MonthCount {
        year: day.year(),
        month: day.month(),
        kind: Kind::from_code(kind)?,
        count,
    })
}
