//! The event: one dated act by an actor toward others, with its sources and its links.

use chrono::{Datelike, NaiveDate};

use super::{
    clock::Timestamp, edtf::Edtf, evidence::Source, follow_through::FollowThrough, id::EventId,
    kind::Kind, limits::Limits, modality::Modality, party::PartyCode, relation::Relation,
    status::Status,
};

/// The most characters that a headline may have, unless another limit was [chosen](super::limits).
pub const HEADLINE_MAX: usize = Limits::USUAL.headline;
/// The most characters that a summary may have, unless another limit was chosen.
pub const SUMMARY_MAX: usize = Limits::USUAL.summary;
/// The most characters that a quote may have, unless another limit was chosen.
pub const QUOTE_MAX: usize = Limits::USUAL.quote;

/// All that a person can know of an event: what a form, an import, the API or a review hands in.
///
/// Texts are empty where nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDraft {
    /// What was done.
    pub kind: Kind,
    /// When, as honestly as it is known.
    pub date: Edtf,
    /// The source's own words for the time, such as “within weeks”.
    pub date_text: String,
    /// How it is told.
    pub modality: Modality,
    /// One line, at most [`HEADLINE_MAX`] characters.
    pub headline: String,
    /// At most [`SUMMARY_MAX`] characters.
    pub summary: String,
    /// The words that were spoken, at most [`QUOTE_MAX`] characters.
    pub quote: String,
    /// Who spoke them.
    pub speakers: Vec<String>,
    /// Who acts, the most responsible first.
    pub actors: Vec<PartyCode>,
    /// Whom the act is directed at or is about.
    pub targets: Vec<PartyCode>,
    /// Companies, ships and persons named in it.
    pub named: Vec<String>,
    /// Where.
    pub place: String,
    /// When an announced measure takes effect.
    pub effective_date: Option<Edtf>,
    /// Who ordered a measure, such as OFAC.
    pub authority: String,
    /// Under which programme.
    pub program: String,
    /// The legal text's address.
    pub legal_url: String,
    /// Numbers on official lists.
    pub list_ids: Vec<String>,
    /// Free words to find it by.
    pub tags: Vec<String>,
    /// Published, disputed or retracted.
    pub status: Status,
    /// How sure the reader was, in thousandths, 0 to 1000; `None` for an event that a person entered.
    pub confidence: Option<i64>,
    /// Links to other events, in the order given.
    pub relations: Vec<Relation>,
    /// What an editor judged of its follow-through; see [`FollowThrough::work_out`].
    pub judgement: Option<FollowThrough>,
    /// Its sources, in the order in which they were added.
    pub sources: Vec<Source>,
}

/// An event on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its permanent id.
    pub id: EventId,
    /// Counts its saved changes from 1; a writer must name the one it read.
    pub revision: i64,
    /// What is known of it.
    pub content: EventDraft,
    /// How many sources it has.
    pub source_count: i64,
    /// How many independent publishers those are.
    pub independent_sources: i64,
    /// The earliest day of publication among its sources.
    pub first_reported: Option<NaiveDate>,
    /// What became of it, where it is a warning, a pledge or announced.
    pub follow_through: Option<FollowThrough>,
    /// The event that carried it out.
    pub follow_through_event: Option<EventId>,
    /// When it was first recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The place of an event in the timeline: 22 bits of day, 13 of place within the day, 28 of id.
///
/// One number, so that pages, date ranges and exports are range scans of one index.
pub fn sort_key(date: &Edtf, id: EventId) -> i64 {
    let day = i64::from(date.sort_day().num_days_from_ce());
    (day << 41) | (date.sort_place() << 28) | id.counter()
}

/// The least sort key of any event whose sort day is `day`.
pub fn sort_key_of_day(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()) << 41
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sort_keys_follow_day_then_date_then_order_of_recording() {
        let key = |date: &str, counter| {
            sort_key(
                &date.parse().unwrap(),
                EventId::from_counter(counter).unwrap(),
            )
        };
        let ordered = [
            key("2024-09-09", EventId::MAX),
            key("../2024-09-10", 9),
            key("2024-09-10", 1),
            key("2024-09-10", 2),
            key("2024-09-10/2024-09-12", 1),
            key("2024-09-10/..", 1),
            key("2024-09-11", 1),
            key("9999-12-31/..", EventId::MAX),
        ];
        assert!(ordered.is_sorted(), "{ordered:?}");
        assert!(ordered.iter().all(|key| *key > 0));
        assert!(sort_key_of_day(NaiveDate::from_ymd_opt(2024, 9, 10).unwrap()) < ordered[1]);
    }
}
