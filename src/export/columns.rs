//! The columns of an export, once: their names, their order, what each means, and its value for an event.
//!
//! The order is the contract's header (`header_is_pinned`). `docs/codebook.md` repeats the sentences and is tested against them.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::ExportContext;
use crate::domain::{
    event::Event, evidence::Source, follow_through::FollowThrough, party::PartyCode,
};

/// What sort of value a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Words: the only cells that the formula guard touches.
    Text,
    /// A count or a share.
    Number,
    /// A day, an EDTF date, or an instant.
    Date,
    /// Several texts.
    List,
    /// Several days.
    Days,
}

/// The value of one column for one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing is known; only of numbers, dates and single words.
    Absent,
    /// Words; empty where nothing is known.
    Text(Cow<'a, str>),
    /// A count.
    Count(i64),
    /// A share in thousandths, 0 to 1000.
    Share(i64),
    /// A day, an EDTF date, or an instant, as it is written.
    Date(String),
    /// Several texts, by position.
    List(Vec<Cow<'a, str>>),
    /// Several days, by position.
    Days(Vec<Option<NaiveDate>>),
}

/// Declares the columns: variant, name, sort, codebook sentence.
macro_rules! columns {
    ($($variant:ident $name:literal $sort:ident $meaning:literal,)+) => {
        /// A column of the export.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Column {
            $(#[doc = $meaning] $variant,)+
        }

        impl Column {
            /// Every column, in the order of the header.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in the header.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What sort of value it holds.
            pub const fn sort(self) -> Sort {
                match self { $(Self::$variant => Sort::$sort,)+ }
            }

            /// What it means: the codebook's sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }
        }
    };
}

columns! {
    EventId "event_id" Text "The event's permanent id, such as EV-7K3QX2; never reused, and a merged event's id leads to the one that stays.",
    Revision "revision" Number "How often the event was saved, from 1.",
    Url "url" Text "The address of the event's page.",
    Date "date" Date "When it happened or is to happen, in EDTF as entered: a day, month or year, or an interval that may be open at one side (`..`), with `~` (about) and `?` (uncertain) kept.",
    DatePrecision "date_precision" Text "How closely the date is known: day, month, year, interval, `open_start` or `open_end`.",
    DateEarliest "date_earliest" Date "The first possible day; empty where the start is open.",
    DateLatest "date_latest" Date "The last possible day; empty where the end is open.",
    EffectiveDate "effective_date" Date "When an announced measure takes effect, in EDTF, apart from when it was announced.",
    Kind "kind" Text "What was done: one of the fifteen kinds.",
    Modality "modality" Text "How it is told: occurred, announced (planned, promised, to come) or alleged (someone's claim about another).",
    Headline "headline" Text "The event in one line, at most 300 characters.",
    Summary "summary" Text "What else is known of it, at most 5,000 characters.",
    Quote "quote" Text "The words that were spoken, at most 2,000 characters.",
    Speakers "speakers" List "Who spoke them.",
    Actors "actors" List "The names of those who act, the most responsible first.",
    ActorCodes "actor_codes" List "The codes of the actors, in the same order: ISO 3166-1 alpha-3 for states, the usual short name for the rest.",
    Targets "targets" List "The names of those whom the act is directed at or is about.",
    TargetCodes "target_codes" List "The codes of the targets, in the same order.",
    Named "named" List "Companies, ships and persons that the act names, such as those put on a list.",
    Place "place" Text "Where it happened.",
    Authority "authority" Text "Who ordered a measure, such as OFAC.",
    Program "program" Text "The programme under which a measure was ordered.",
    LegalUrl "legal_url" Text "The address of the legal text.",
    ListIds "list_ids" List "Numbers on official lists.",
    Status "status" Text "What the record is worth now: published, disputed or retracted.",
    Confidence "confidence" Number "How sure the reader of the article was, 0 to 1; empty for an event that a person entered.",
    SourceCount "source_count" Number "How many sources tell of it.",
    IndependentSources "independent_sources" Number "How many publishers those are, syndicated copies counting as one.",
    SourceUrls "source_urls" List "The sources' addresses; the four source columns correspond by position, a missing value being empty.",
    SourcePublishers "source_publishers" List "The sources' publishers, by position.",
    SourceTitles "source_titles" List "The sources' titles, by position.",
    SourceDates "source_dates" Days "The sources' days of publication, by position.",
    FirstReported "first_reported" Date "The earliest day of publication among the sources.",
    Relations "relations" List "How it stands to other events: answers, denies, `carries_out`, follows or `part_of`, a colon, and the other's id.",
    FollowThrough "follow_through" Text "What became of a warning, a pledge or an announced act: pending, fulfilled, partly or lapsed; empty for all else.",
    FollowThroughEvent "follow_through_event" Text "The id of the event that carried it out.",
    Tags "tags" List "Free words to find it by.",
    Cameo "cameo" Text "The kind's code in CAMEO.",
    Plover "plover" Text "The kind's type in PLOVER; empty where it has none.",
    CreatedAt "created_at" Date "When it was first recorded, in UTC (RFC 3339).",
    UpdatedAt "updated_at" Date "When it was last changed, in UTC (RFC 3339).",
}

impl Column {
    /// The column of a name; case and surrounding spaces do not matter.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL
            .iter()
            .copied()
            .find(|column| column.name().eq_ignore_ascii_case(name))
    }

    /// The column's value for an event.
    pub fn value<'a>(self, event: &'a Event, context: &'a ExportContext) -> Value<'a> {
        let known = &event.content;
        match self {
            Self::EventId => Value::Text(event.id.to_string().into()),
            Self::Revision => Value::Count(event.revision),
            Self::Url => Value::Text(context.event_url(event.id).into()),
            Self::Date => Value::Date(known.date.to_string()),
            Self::DatePrecision => text(known.date.precision().slug()),
            Self::DateEarliest => day(known.date.earliest()),
            Self::DateLatest => day(known.date.latest()),
            Self::EffectiveDate => known
                .effective_date
                .map_or(Value::Absent, |date| Value::Date(date.to_string())),
            Self::Kind => text(known.kind.slug()),
            Self::Modality => text(known.modality.slug()),
            Self::Headline => text(&known.headline),
            Self::Summary => text(&known.summary),
            Self::Quote => text(&known.quote),
            Self::Speakers => list(&known.speakers),
            Self::Actors => names(&known.actors, context),
            Self::ActorCodes => list(&known.actors),
            Self::Targets => names(&known.targets, context),
            Self::TargetCodes => list(&known.targets),
            Self::Named => list(&known.named),
            Self::Place => text(&known.place),
            Self::Authority => text(&known.authority),
            Self::Program => text(&known.program),
            Self::LegalUrl => text(&known.legal_url),
            Self::ListIds => list(&known.list_ids),
            Self::Status => text(known.status.slug()),
            Self::Confidence => known.confidence.map_or(Value::Absent, Value::Share),
            Self::SourceCount => Value::Count(event.source_count),
            Self::IndependentSources => Value::Count(event.independent_sources),
            Self::SourceUrls => of_sources(event, |source| &source.url),
            Self::SourcePublishers => of_sources(event, |source| &source.publisher),
            Self::SourceTitles => of_sources(event, |source| &source.title),
            Self::SourceDates => Value::Days(
                known
                    .sources
                    .iter()
                    .map(|source| source.published)
                    .collect(),
            ),
            Self::FirstReported => day(event.first_reported),
            Self::Relations => Value::List(
                known
                    .relations
                    .iter()
                    .map(|relation| relation.to_string().into())
                    .collect(),
            ),
            Self::FollowThrough => event
                .follow_through
                .map(FollowThrough::slug)
                .map_or(Value::Absent, text),
            Self::FollowThroughEvent => event
                .follow_through_event
                .map_or(Value::Absent, |id| Value::Text(id.to_string().into())),
            Self::Tags => list(&known.tags),
            Self::Cameo => text(known.kind.cameo()),
            Self::Plover => match known.kind.plover() {
                "" => Value::Absent,
                code => text(code),
            },
            Self::CreatedAt => Value::Date(event.created_at.to_string()),
            Self::UpdatedAt => Value::Date(event.updated_at.to_string()),
        }
    }
}

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn day<'a>(day: Option<NaiveDate>) -> Value<'a> {
    day.map_or(Value::Absent, |day| Value::Date(written_day(day)))
}

/// A day as every column writes it: `2024-09-10`, the year in four digits.
pub(super) fn written_day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn list<S: AsRef<str>>(values: &[S]) -> Value<'_> {
    Value::List(
        values
            .iter()
            .map(|value| Cow::Borrowed(value.as_ref()))
            .collect(),
    )
}

fn names<'a>(codes: &'a [PartyCode], context: &'a ExportContext) -> Value<'a> {
    Value::List(
        codes
            .iter()
            .map(|code| Cow::Borrowed(context.register.name(code)))
            .collect(),
    )
}

fn of_sources<'a>(event: &'a Event, part: impl Fn(&'a Source) -> &'a String) -> Value<'a> {
    Value::List(
        event
            .content
            .sources
            .iter()
            .map(|source| Cow::Borrowed(part(source).as_str()))
            .collect(),
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::{
        event::EventDraft, id::EventId, kind::Kind, modality::Modality, relation::RelationKind,
        status::Status,
    };

    const HEADER: &str = "event_id,revision,url,date,date_precision,date_earliest,date_latest,effective_date,kind,modality,\
        headline,summary,quote,speakers,actors,actor_codes,targets,target_codes,named,place,authority,program,legal_url,\
        list_ids,status,confidence,source_count,independent_sources,source_urls,source_publishers,source_titles,\
        source_dates,first_reported,relations,follow_through,follow_through_event,tags,cameo,plover,created_at,updated_at";

    /// An event with something in every column.
    pub(crate) fn full_event() -> Event {
        let id = |counter| EventId::from_counter(counter).unwrap();
        Event {
            id: id(7),
            revision: 3,
            content: EventDraft {
                kind: Kind::Sanction,
                date: "2024-09-10/..".parse().unwrap(),
                date_text: String::new(),
                modality: Modality::Announced,
                headline: "Measures on carriers, \"soon\" | and ships".to_owned(),
                summary: "Two lines,\nthe second short.".to_owned(),
                quote: "=We will act".to_owned(),
                speakers: vec!["A. Speaker".to_owned()],
                actors: vec!["USA".parse().unwrap(), "GBR".parse().unwrap()],
                targets: vec!["IRN".parse().unwrap()],
                named: vec!["Iran Air".to_owned(), r"Back\slash|bar".to_owned()],
                place: "London".to_owned(),
                effective_date: Some("2024-10".parse().unwrap()),
                authority: "OFAC".to_owned(),
                program: "NPWMD".to_owned(),
                legal_url: "https://example.org/order".to_owned(),
                list_ids: vec!["12345".to_owned()],
                tags: vec!["air".to_owned()],
                status: Status::Disputed,
                confidence: Some(870),
                relations: vec![crate::domain::relation::Relation {
                    kind: RelationKind::Follows,
                    to: id(9),
                }],
                judgement: Some(FollowThrough::Partly),
                sources: vec![
                    Source {
                        url: "https://example.org/a".to_owned(),
                        title: "First".to_owned(),
                        published: NaiveDate::from_ymd_opt(2024, 9, 10),
                        ..Source::default()
                    },
                    Source {
                        publisher: "Example Wire".to_owned(),
                        ..Source::default()
                    },
                ],
            },
            source_count: 2,
            independent_sources: 2,
            first_reported: NaiveDate::from_ymd_opt(2024, 9, 10),
            follow_through: Some(FollowThrough::Partly),
            follow_through_event: Some(id(8)),
            created_at: "2024-09-10T14:05:06Z".parse().unwrap(),
            updated_at: "2024-09-11T14:05:06.000007Z".parse().unwrap(),
        }
    }

    /// An event with nothing that may be left out.
    pub(crate) fn bare_event() -> Event {
        let full = full_event();
        Event {
            id: EventId::from_counter(8).unwrap(),
            revision: 1,
            content: EventDraft {
                kind: Kind::Statement,
                date: "../2024-09-10".parse().unwrap(),
                modality: Modality::Occurred,
                headline: "A position".to_owned(),
                summary: String::new(),
                quote: String::new(),
                speakers: Vec::new(),
                actors: Vec::new(),
                targets: Vec::new(),
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
                ..full.content
            },
            source_count: 0,
            independent_sources: 0,
            first_reported: None,
            follow_through: None,
            follow_through_event: None,
            ..full
        }
    }

    #[test]
    fn header_is_pinned() {
        let names: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        assert_eq!(names.join(","), HEADER);
    }

    #[test]
    fn a_value_has_the_sort_of_its_column() {
        let context = super::super::tests::context();
        for event in [full_event(), bare_event()] {
            for column in Column::ALL {
                let fits = match column.value(&event, &context) {
                    Value::Absent => column.sort() != Sort::List && column.sort() != Sort::Days,
                    Value::Text(_) => column.sort() == Sort::Text,
                    Value::Count(_) | Value::Share(_) => column.sort() == Sort::Number,
                    Value::Date(_) => column.sort() == Sort::Date,
                    Value::List(_) => column.sort() == Sort::List,
                    Value::Days(_) => column.sort() == Sort::Days,
                };
                assert!(fits, "{}", column.name());
            }
        }
    }

    #[test]
    fn the_codebook_has_every_column_in_order_with_its_meaning() {
        let told = include_str!("../../docs/codebook.md");
        let rows: Vec<String> = told
            .lines()
            .filter(|line| line.starts_with("| `"))
            .take(Column::ALL.len())
            .map(str::to_owned)
            .collect();
        let expected: Vec<String> = Column::ALL
            .iter()
            .map(|column| format!("| `{}` | {} |", column.name(), column.meaning()))
            .collect();
        assert_eq!(rows, expected);
    }
}
