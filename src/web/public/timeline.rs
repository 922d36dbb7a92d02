//! The timeline: the strip, the filters, one page of events by date.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::filter::{ParameterError, Sort, TimelineFilter},
    export::Format,
};

use super::{
    super::{
        error::WebError,
        filters,
        listing::EventList,
        page::{self, Nav, Page},
        paths,
        query::RawQuery,
        state::AppState,
        visitor::Visitor,
    },
    active::{self, ActiveGroup},
    filter_form::FilterForm,
    strip::Strip,
};

/// A link to an export of what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportLink {
    /// “CSV”.
    pub label: &'static str,
    /// The file.
    pub href: String,
}

/// A way to find something from an empty page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loosened {
    /// Which filter is let go.
    pub text: String,
    /// How many events there are then.
    pub count: i64,
    /// The list.
    pub href: String,
}

/// The timeline.
#[derive(Debug, Template)]
#[template(path = "public/timeline.html")]
pub struct TimelinePage {
    page: Page,
    form: FilterForm,
    errors: Vec<ParameterError>,
    unknown: Vec<String>,
    found: Option<Found>,
}

/// What a readable filter finds.
#[derive(Debug)]
pub struct Found {
    strip: Strip,
    list: EventList,
    range: Option<String>,
    active: Vec<ActiveGroup>,
    is_unfiltered: bool,
    newest_href: String,
    oldest_href: String,
    exports: Vec<ExportLink>,
    loosened: Vec<Loosened>,
    as_of: String,
}

/// GET /: published events, newest first.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let parsed = query.filter(state.clock(), &[]);
    let filter = parsed.filter;
    let mut form = FilterForm::new("/", &query, &filter, parsed.errors.clone());
    if !parsed.errors.is_empty() {
        let page = Page::of(
            &state,
            &visitor,
            Nav::Timeline,
            "Error: filters cannot be read",
        )
        .await?;
        return Ok(page::html(
            StatusCode::BAD_REQUEST,
            &TimelinePage {
                page,
                form,
                errors: parsed.errors,
                unknown: parsed.unknown,
                found: None,
            },
        ));
    }
    let found = find(&state, &filter, &mut form).await?;
    let title = match (&found.range, found.list.total) {
        (None, count) => filters::events_text(count),
        (Some(range), count) => format!("{range}: {}", filters::events_text(count)),
    };
    let mut page = Page::of(&state, &visitor, Nav::Timeline, title).await?;
    page.feed = feed(&filter);
    Ok(page::ok(&TimelinePage {
        page,
        form,
        errors: Vec::new(),
        unknown: parsed.unknown,
        found: Some(found),
    }))
}

/// The feed of a filter's events, where the program writes feeds.
pub fn feed(filter: &TimelineFilter) -> Option<String> {
    Format::ALL
        .into_iter()
        .find(|format| format.file_name() == "feed.atom")
        .map(|format| paths::export(format, filter))
}

async fn find(
    state: &AppState,
    filter: &TimelineFilter,
    form: &mut FilterForm,
) -> Result<Found, WebError> {
    let store = &state.store;
    let register = state.register().await?;
    let (list, kinds, modalities, months) = tokio::try_join!(
        EventList::of(state, &register, "/", filter),
        async { Ok(store.kind_counts(filter).await?) },
        async { Ok(store.modality_counts(filter).await?) },
        async { Ok(store.month_counts(filter).await?) },
    )?;
    form.count(&kinds, &modalities);
    form.suggestions = state.suggestions.get(store).await?;
    let loosened = if list.total == 0 {
        loosened(state, filter).await?
    } else {
        Vec::new()
    };
    let sorted = |sort| {
        paths::timeline(&TimelineFilter {
            sort,
            ..filter.first_page()
        })
    };
    Ok(Found {
        strip: Strip::new("/", filter, &months, state.clock().today()),
        list,
        range: active::range_words(filter),
        active: active::active("/", filter, &register),
        is_unfiltered: filter.is_unfiltered(),
        newest_href: sorted(Sort::Newest),
        oldest_href: sorted(Sort::Oldest),
        exports: exports(filter),
        loosened,
        as_of: state.clock().now().strftime("%-d %B %Y, %H:%M UTC"),
    })
}

async fn loosened(state: &AppState, filter: &TimelineFilter) -> Result<Vec<Loosened>, WebError> {
    let mut ways = Vec::new();
    for way in active::looser(filter) {
        let count = state.store.count(&way.filter).await?;
        if count > 0 {
            ways.push(Loosened {
                text: way.text,
                count,
                href: paths::timeline(&way.filter),
            });
        }
    }
    Ok(ways)
}

/// A link for every format that there is.
pub fn exports(filter: &TimelineFilter) -> Vec<ExportLink> {
    Format::ALL
        .into_iter()
        .map(|format| ExportLink {
            label: format_label(format),
            href: paths::export(format, filter),
        })
        .collect()
}

fn format_label(format: Format) -> &'static str {
    match format.slug() {
        "csv" => "CSV",
        "jsonl" => "JSON Lines",
        "xlsx" => "Excel",
        "timelinejs" => "TimelineJS",
        "ics" => "iCal",
        "atom" => "Atom",
        other => other,
    }
}
