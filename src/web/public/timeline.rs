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
        page::{self, Nav, Page, Social},
        paths,
        query::RawQuery,
        state::AppState,
        visitor::Visitor,
    },
    active::{self, ActiveGroup},
    filter_form::FilterForm,
    oembed,
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
    /// When the latest of them was, where dates are let go: “on 16 June 2016”.
    pub latest: Option<String>,
}

/// What is said of a record as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastNote {
    /// “10 September 2024, 12:00 UTC”.
    pub instant: String,
    /// What changed since.
    pub changes_href: String,
    /// The same filter now.
    pub now_href: String,
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
    made: String,
    as_of: String,
    in_words: String,
    past: Option<PastNote>,
    reaches_over: bool,
    report_href: String,
    snippet: String,
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
    let query = filter.first_page().query();
    page.social = Some(Social {
        kind: "website",
        title: format!("Démarche: {}", page.title),
        description: found.in_words.clone(),
        url: format!("{}/{query}", state.link_base),
        image: format!("{}/card.svg{query}", state.link_base),
        oembed: oembed::discovery(&state, &format!("/{query}")),
    });
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
    let (list, facets) = EventList::with_facets(state, &register, "/", filter).await?;
    form.count(&facets.kinds, &facets.modalities);
    form.suggestions = state.suggestions.get(store).await?;
    let loosened = if list.total == 0 {
        loosened(state, filter).await?
    } else {
        Vec::new()
    };
    let in_words = active::in_words(filter, &register);
    let latest = store.last_change().await?;
    let title = format!("Démarche: {}", filters::events_text(list.total));
    let embed = oembed::embed_address(state, filter);
    let sorted = |sort| {
        paths::timeline(&TimelineFilter {
            sort,
            ..filter.first_page()
        })
    };
    Ok(Found {
        strip: Strip::new("/", filter, &facets.months, state.clock().today()),
        list,
        range: active::range_words(filter),
        active: active::active("/", filter, &register),
        is_unfiltered: filter.is_unfiltered(),
        newest_href: sorted(Sort::Newest),
        oldest_href: sorted(Sort::Oldest),
        exports: exports(filter),
        loosened,
        made: state.clock().now().strftime("%-d %B %Y"),
        // told by the last change, so that the page is the same while the record is
        as_of: filter
            .as_of
            .or(latest)
            .map(|at| at.strftime("%-d %B %Y, %H:%M UTC"))
            .unwrap_or_default(),
        in_words,
        past: filter.as_of.map(|instant| PastNote {
            instant: instant.strftime("%-d %B %Y, %H:%M UTC"),
            changes_href: format!("/changes?from={instant}"),
            now_href: paths::timeline(&TimelineFilter {
                as_of: None,
                ..filter.first_page()
            }),
        }),
        reaches_over: filter.from.is_some() || filter.to.is_some(),
        report_href: paths::list(
            "/report",
            &TimelineFilter {
                per: None,
                ..filter.first_page()
            },
        ),
        snippet: oembed::iframe(&embed, &title, "100%", 560),
    })
}

async fn loosened(state: &AppState, filter: &TimelineFilter) -> Result<Vec<Loosened>, WebError> {
    let mut ways = Vec::new();
    for way in active::looser(filter) {
        let count = state.store.count(&way.filter).await?;
        if count > 0 {
            let lets_dates_go = way.filter.from.is_none() && way.filter.to.is_none();
            let had_dates = filter.from.is_some() || filter.to.is_some();
            let latest = if lets_dates_go && had_dates {
                let newest = TimelineFilter {
                    sort: Sort::Newest,
                    ..way.filter.clone()
                };
                let (events, _) = state.store.export_chunk(&newest, None, 1).await?;
                events
                    .first()
                    .map(|event| match event.content.date.as_single_day() {
                        Some(day) => format!("on {}", filters::short_day(day)),
                        None => event.content.date.words(None).long,
                    })
            } else {
                None
            };
            ways.push(Loosened {
                text: way.text,
                count,
                href: paths::timeline(&way.filter),
                latest,
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
            label: format.label(),
            href: paths::export(format, filter),
        })
        .collect()
}
