//! `/report`: the events of a filter as a document to print: title, intro and columns are chosen in the address, sources
//! are numbered notes.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::domain::{
    event::Event,
    filter::{ParameterError, TimelineFilter},
    follow_through::FollowThrough,
    kind::Kind,
    modality::Modality,
    register::PartyRegister,
};

use super::{
    super::{
        error::WebError,
        filters,
        listing::{Related, Route},
        page::{self, Nav, Page},
        paths,
        query::RawQuery,
        state::AppState,
        visitor::Visitor,
    },
    active,
    filter_form::Tick,
    notes::{self, Note},
};

/// The most events of a report.
const EVENTS_MAX: u32 = 1_000;
/// The most characters of a title and of an intro.
const TITLE_MAX: usize = 200;
const INTRO_MAX: usize = 5_000;
/// Names that the page takes beside the filter's.
const OWN: [&str; 3] = ["title", "intro", "column"];

/// A column that a report may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportColumn {
    /// The date in words.
    Date,
    /// What was done.
    Kind,
    /// How it is told.
    Told,
    /// The headline.
    Headline,
    /// The summary.
    Summary,
    /// The words that were spoken, and who spoke them.
    Quote,
    /// Who acts.
    Who,
    /// Toward whom.
    Toward,
    /// Where.
    Place,
    /// Who ordered a measure and under what.
    Basis,
    /// What became of it.
    FollowThrough,
    /// Numbers of the notes.
    Sources,
}

impl ReportColumn {
    /// Every column, in the order in which they stand.
    pub const ALL: [Self; 12] = [
        Self::Date,
        Self::Kind,
        Self::Told,
        Self::Headline,
        Self::Summary,
        Self::Quote,
        Self::Who,
        Self::Toward,
        Self::Place,
        Self::Basis,
        Self::FollowThrough,
        Self::Sources,
    ];
    /// Those that a report has unless asked otherwise.
    const USUAL: [Self; 7] = [
        Self::Date,
        Self::Kind,
        Self::Told,
        Self::Headline,
        Self::Who,
        Self::Toward,
        Self::Sources,
    ];

    /// The word of addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Kind => "kind",
            Self::Told => "told",
            Self::Headline => "headline",
            Self::Summary => "summary",
            Self::Quote => "quote",
            Self::Who => "who",
            Self::Toward => "toward",
            Self::Place => "place",
            Self::Basis => "basis",
            Self::FollowThrough => "follow_through",
            Self::Sources => "sources",
        }
    }

    /// The heading.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Kind => "Kind",
            Self::Told => "Told as",
            Self::Headline => "Event",
            Self::Summary => "Summary",
            Self::Quote => "Quote",
            Self::Who => "Who acts",
            Self::Toward => "Toward",
            Self::Place => "Place",
            Self::Basis => "Legal basis",
            Self::FollowThrough => "Follow-through",
            Self::Sources => "Sources",
        }
    }
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text; may be empty.
    Text(String),
    /// A kind with its glyph.
    Kind(Kind),
    /// How it is told.
    Told(Modality),
    /// The event's page and headline, with a word of doubt where the record is doubted.
    Headline(String, String, Option<&'static str>),
    /// Parties.
    Parties(Vec<super::super::listing::PartyLink>, String),
    /// Numbers of notes.
    Notes(Vec<usize>),
}

/// A column and whether the report has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The column.
    pub column: ReportColumn,
    /// Whether the report has it.
    pub tick: Tick,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/report.html")]
pub struct ReportPage {
    page: Page,
    errors: Vec<ParameterError>,
    unknown: Vec<String>,
    title: String,
    intro: String,
    paragraphs: Vec<String>,
    choices: Vec<ColumnChoice>,
    columns: Vec<ReportColumn>,
    hidden: Vec<(&'static str, String)>,
    in_words: String,
    made: String,
    as_of: String,
    is_pinned: bool,
    address: String,
    pin_href: String,
    timeline_href: String,
    total: i64,
    rows: Vec<(String, Vec<Cell>)>,
    notes: Vec<Note>,
}

/// GET /report: at most 1,000 events; `title`, `intro` and `column` (repeatable) say what the document looks like.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let parsed = query.filter(state.clock(), &OWN);
    let filter = TimelineFilter {
        per: None,
        ..parsed.filter.first_page()
    };
    let mut errors = parsed.errors;
    let title = limited(&query, "title", TITLE_MAX, &mut errors);
    let intro = limited(&query, "intro", INTRO_MAX, &mut errors);
    let columns = read_columns(&query, &mut errors);
    let register = state.register().await?;
    let now = state.clock().now();
    // nothing has changed since the last change, so that the page is the same while the record is
    let stands = state.store.last_change().await?.unwrap_or(now);
    let mut page = Page::of(
        &state,
        &visitor,
        Nav::Timeline,
        if title.is_empty() { "Report" } else { &title },
    )
    .await?;
    page.robots = page::Robots::KeepOut;
    let pinned = TimelineFilter {
        as_of: filter.as_of.or(Some(stands)),
        ..filter.clone()
    };
    let mut report = ReportPage {
        page,
        unknown: parsed.unknown,
        paragraphs: intro
            .split("\n\n")
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect(),
        choices: ReportColumn::ALL
            .into_iter()
            .map(|column| ColumnChoice {
                column,
                tick: Tick::of(&columns, &column),
            })
            .collect(),
        hidden: filter.pairs(),
        in_words: active::in_words(&filter, &register),
        made: now.strftime("%-d %B %Y"),
        as_of: filter
            .as_of
            .unwrap_or(stands)
            .strftime("%-d %B %Y, %H:%M UTC"),
        is_pinned: filter.as_of.is_some(),
        address: format!(
            "{}{}",
            state.link_base,
            href(&filter, &title, &intro, &query)
        ),
        pin_href: href(&pinned, &title, &intro, &query),
        timeline_href: paths::timeline(&filter),
        total: 0,
        rows: Vec::new(),
        notes: Vec::new(),
        title,
        intro,
        columns,
        errors,
    };
    if !report.errors.is_empty() {
        return Ok(page::html(StatusCode::BAD_REQUEST, &report));
    }
    let (total, (events, _)) = tokio::try_join!(
        state.store.count(&filter),
        state.store.export_chunk(&filter, None, EVENTS_MAX),
    )?;
    let related = Related::of(&state, &events).await?;
    let (notes, numbers) = notes::numbered(&events);
    report.total = total;
    report.rows = events
        .iter()
        .zip(numbers)
        .map(|(event, numbers)| {
            let cells = report
                .columns
                .iter()
                .map(|column| cell(*column, event, &numbers, &register, &related))
                .collect();
            (event.id.to_string(), cells)
        })
        .collect();
    if report.columns.contains(&ReportColumn::Sources) {
        report.notes = notes;
    }
    Ok(page::ok(&report))
}

impl ReportPage {
    fn is_cut(&self) -> bool {
        usize::try_from(self.total).is_ok_and(|total| total > self.rows.len())
    }
}

fn limited(query: &RawQuery, name: &str, most: usize, errors: &mut Vec<ParameterError>) -> String {
    let text = query.text(name).replace("\r\n", "\n");
    let length = text.chars().count();
    if length > most {
        errors.push(ParameterError {
            name: name.to_owned(),
            message: format!("expected at most {most} characters, but found {length}"),
        });
    }
    text
}

fn read_columns(query: &RawQuery, errors: &mut Vec<ParameterError>) -> Vec<ReportColumn> {
    let mut wanted = Vec::new();
    for written in query.all("column") {
        match ReportColumn::ALL
            .into_iter()
            .find(|column| column.slug() == written)
        {
            Some(column) => wanted.push(column),
            None => errors.push(ParameterError {
                name: "column".to_owned(),
                message: format!(
                    "expected one of {}, but found “{written}”",
                    ReportColumn::ALL.map(ReportColumn::slug).join(", ")
                ),
            }),
        }
    }
    if wanted.is_empty() {
        return ReportColumn::USUAL.to_vec();
    }
    ReportColumn::ALL
        .into_iter()
        .filter(|column| wanted.contains(column))
        .collect()
}

fn href(filter: &TimelineFilter, title: &str, intro: &str, query: &RawQuery) -> String {
    let mut written = url::form_urlencoded::Serializer::new(String::new());
    if !title.is_empty() {
        written.append_pair("title", title);
    }
    if !intro.is_empty() {
        written.append_pair("intro", intro);
    }
    written.extend_pairs(query.all("column").map(|column| ("column", column)));
    written.extend_pairs(filter.pairs());
    let written = written.finish();
    if written.is_empty() {
        "/report".to_owned()
    } else {
        format!("/report?{written}")
    }
}

fn cell(
    column: ReportColumn,
    event: &Event,
    numbers: &[usize],
    register: &PartyRegister,
    related: &Related,
) -> Cell {
    let content = &event.content;
    match column {
        ReportColumn::Date => {
            let words = content.date.words(Some(&content.date_text));
            Cell::Text(match words.year {
                Some(year) => format!("{} {year}", words.heading),
                None => words.heading,
            })
        }
        ReportColumn::Kind => Cell::Kind(content.kind),
        ReportColumn::Told => Cell::Told(content.modality),
        ReportColumn::Headline => Cell::Headline(
            paths::event(event.id),
            content.headline.clone(),
            super::super::listing::doubt(content.status),
        ),
        ReportColumn::Summary => Cell::Text(content.summary.clone()),
        ReportColumn::Quote => Cell::Text(match (content.quote.as_str(), &content.speakers) {
            ("", _) => String::new(),
            (quote, speakers) if speakers.is_empty() => format!("“{}”", unquoted(quote)),
            (quote, speakers) => format!("“{}” ({})", unquoted(quote), speakers.join(", ")),
        }),
        ReportColumn::Who => Cell::Parties(Route::of(event, register).actors, String::new()),
        ReportColumn::Toward => {
            let route = Route::of(event, register);
            Cell::Parties(route.targets, route.named)
        }
        ReportColumn::Place => Cell::Text(content.place.clone()),
        ReportColumn::Basis => Cell::Text(
            [&content.authority, &content.program]
                .into_iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join("; "),
        ),
        ReportColumn::FollowThrough => Cell::Text(match event.follow_through {
            None => String::new(),
            Some(state) => told(state, event, related),
        }),
        ReportColumn::Sources => Cell::Notes(numbers.to_vec()),
    }
}

fn unquoted(quote: &str) -> &str {
    super::super::listing::unquoted(quote)
}

fn told(state: FollowThrough, event: &Event, related: &Related) -> String {
    match event.follow_through_event {
        Some(done) => format!("{} by: {}", state.label(), related.text(done)),
        None => state.label().to_owned(),
    }
}
