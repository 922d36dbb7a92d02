//! One state, body, person, company or ship, with its own timeline, its sanctions status, its counterparts and offices.

use actix_web::{
    HttpResponse,
    http::header::LOCATION,
    web::{Data, Path},
};
use askama::Template;

use crate::domain::{
    filter::{Sort, TimelineFilter},
    kind::Kind,
    party::{Party, PartyKind},
    standing::Force,
};

use super::super::{
    error::{Missing, WebError},
    filters,
    listing::{EventList, PartyLink},
    page::{self, Nav, Page},
    paths,
    query::RawQuery,
    state::AppState,
    visitor::Visitor,
};
use super::{
    active::{self, ActiveGroup},
    actor_facts::{self, ByCounterpart, Office, Status},
    strip::Strip,
    timeline::{ExportLink, exports, feed},
};

/// A kind with its share of the party's events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindLink {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: i64,
    /// The party's events of that kind.
    pub href: String,
}

/// What the first page tells beside the list.
#[derive(Debug, Default)]
pub struct Facts {
    /// “6 Jul 2010”.
    pub first: Option<String>,
    /// “13 Sep 2024”.
    pub latest: Option<String>,
    /// Where every authority stands.
    pub status: Status,
    /// Its dealings with others.
    pub lanes: Option<ByCounterpart>,
    /// Its offices.
    pub offices: Vec<Office>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/actor.html")]
pub struct ActorPage {
    page: Page,
    party: Party,
    parent: Option<PartyLink>,
    by_name: bool,
    today: String,
    facts: Option<Facts>,
    strip: Strip,
    kinds: Vec<KindLink>,
    list: EventList,
    active: Vec<ActiveGroup>,
    unknown: Vec<String>,
    exports: Vec<ExportLink>,
    whole_href: String,
    plain_href: String,
    newest_href: String,
    oldest_href: String,
    is_newest_first: bool,
    is_narrowed: bool,
    aliases: String,
    capital: String,
}

/// GET /actors/CODE: one party; the timeline's filters narrow its events further.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    written: Path<String>,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let party = register
        .find(&written)
        .cloned()
        .ok_or_else(|| WebError::NotFound(Missing::Party(written.as_str().to_owned())))?;
    if party.code.as_str() != written.as_str() {
        // a name or a code in lower case leads to the one address of the party
        return Ok(HttpResponse::MovedPermanently()
            .insert_header((LOCATION, paths::actor(&party.code)))
            .finish());
    }
    let own = query.strict_filter(state.clock(), &[])?;
    let unknown = query.filter(state.clock(), &[]).unknown;
    let path = paths::actor(&party.code);
    let by_name = is_found_by_name(&state, &party).await?;
    // the party is part of the address here, and of every query to the record
    let whole = of_party(&party, by_name);
    let filter = TimelineFilter {
        parties: whole.parties.clone(),
        q: [whole.q.as_str(), own.q.as_str()]
            .join(" ")
            .trim()
            .to_owned(),
        ..own.clone()
    };
    let mut narrowed = own.clone();
    narrowed.parties.clear();
    let (mut found, counts) = EventList::with_facets(&state, &register, &path, &filter).await?;
    for link in [&mut found.prev, &mut found.next].into_iter().flatten() {
        link.href = own_href(&link.href, &path, &narrowed.q);
    }
    let is_narrowed = !narrowed.is_unfiltered();
    let is_first = own.after.is_none() && own.before.is_none();
    let facts = if is_first && !is_narrowed && found.total > 0 {
        Some(find_facts(&state, &party, &whole).await?)
    } else {
        None
    };
    let sorted = |sort| {
        paths::list(
            &path,
            &TimelineFilter {
                sort,
                ..narrowed.first_page()
            },
        )
    };
    let kinds = counts
        .kinds
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| KindLink {
            kind,
            count,
            href: paths::list(
                &path,
                &TimelineFilter {
                    kinds: vec![kind],
                    ..narrowed.first_page()
                },
            ),
        })
        .collect();
    let title = format!("{}: {}", party.name, filters::events_text(found.total));
    let mut page = Page::of(&state, &visitor, Nav::Actors, title).await?;
    page.feed = feed(&filter.first_page());
    Ok(page::ok(&ActorPage {
        page,
        parent: party
            .parent
            .as_ref()
            .map(|code| PartyLink::new(code, &register)),
        by_name,
        today: state.clock().today().format("%-d %B %Y").to_string(),
        facts,
        strip: Strip::new(&path, &narrowed, &counts.months, state.clock().today()),
        kinds,
        active: active::active(&path, &narrowed, &register),
        unknown,
        exports: exports(&filter),
        whole_href: paths::timeline(&filter.first_page()),
        plain_href: path.clone(),
        newest_href: sorted(Sort::Newest),
        oldest_href: sorted(Sort::Oldest),
        is_newest_first: filter.sort == Sort::Newest,
        is_narrowed,
        aliases: party.aliases.join(", "),
        // several spellings are joined by |; the first is the usual one
        capital: party
            .capital
            .split('|')
            .next()
            .unwrap_or_default()
            .to_owned(),
        list: found,
        party,
    }))
}

/// A company, ship, person or agency is coded as its state and named beside it: its page finds it by its name, unless
/// events have its own code.
async fn is_found_by_name(state: &AppState, party: &Party) -> Result<bool, WebError> {
    let may_be = matches!(
        party.kind,
        PartyKind::Company | PartyKind::Vessel | PartyKind::Person | PartyKind::Agency
    );
    Ok(may_be && state.store.count(&of_party(party, false)).await? == 0)
}

/// The filter that finds a party's events.
fn of_party(party: &Party, by_name: bool) -> TimelineFilter {
    if by_name {
        TimelineFilter {
            q: format!("\"{}\"", party.name.replace('"', " ")),
            ..TimelineFilter::default()
        }
    } else {
        TimelineFilter {
            parties: vec![party.code.to_string()],
            ..TimelineFilter::default()
        }
    }
}

async fn find_facts(
    state: &AppState,
    party: &Party,
    whole: &TimelineFilter,
) -> Result<Facts, WebError> {
    let register = state.register().await?;
    let edge = |sort| TimelineFilter {
        sort,
        ..whole.clone()
    };
    let (oldest, newest) = (edge(Sort::Oldest), edge(Sort::Newest));
    let ((oldest, _), (newest, _), status) = tokio::try_join!(
        async { Ok::<_, WebError>(state.store.export_chunk(&oldest, None, 1).await?) },
        async { Ok(state.store.export_chunk(&newest, None, 1).await?) },
        actor_facts::status(state, party, whole, &register),
    )?;
    let day = |events: &[crate::domain::event::Event]| {
        let event = events.first()?;
        let words = event.content.date.words(None);
        Some(match event.content.date.as_single_day() {
            Some(day) => filters::short_day(day),
            None => match words.year {
                Some(year) => format!("{} {year}", words.heading),
                None => words.heading,
            },
        })
    };
    Ok(Facts {
        first: day(&oldest),
        latest: day(&newest),
        lanes: actor_facts::by_counterpart(state, party, whole, &status, &register).await?,
        status,
        offices: actor_facts::offices(&party.code),
    })
}

/// A link of the list without what the path names already.
fn own_href(href: &str, path: &str, q: &str) -> String {
    let query = href.split_once('?').map_or("", |(_, query)| query);
    let mut kept = url::form_urlencoded::Serializer::new(String::new());
    kept.extend_pairs(
        url::form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| name != "party" && name != "q"),
    );
    if !q.is_empty() {
        kept.append_pair("q", q);
    }
    format!("{path}?{}", kept.finish())
}
