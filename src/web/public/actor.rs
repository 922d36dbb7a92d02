//! One state, body, person, company or ship, with its own timeline.

use actix_web::{
    HttpResponse,
    http::header::LOCATION,
    web::{Data, Path},
};
use askama::Template;

use crate::domain::{
    filter::{Sort, TimelineFilter},
    kind::Kind,
    party::Party,
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
    strip::Strip,
    timeline::{ExportLink, exports},
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

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/actor.html")]
pub struct ActorPage {
    page: Page,
    party: Party,
    parent: Option<PartyLink>,
    strip: Strip,
    kinds: Vec<KindLink>,
    list: EventList,
    active: Vec<ActiveGroup>,
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
    let path = paths::actor(&party.code);
    // the party is part of the address here, and of every query to the record
    let mut filter = own.clone();
    filter.parties = vec![party.code.to_string()];
    let mut list = EventList::of(&state, &register, &path, &filter).await?;
    for link in [&mut list.prev, &mut list.next].into_iter().flatten() {
        link.href = without_party(&link.href, &path);
    }
    let kinds = state.store.kind_counts(&filter).await?;
    let months = state.store.month_counts(&filter).await?;
    let mut narrowed = own.clone();
    narrowed.parties.clear();
    let sorted = |sort| {
        paths::list(
            &path,
            &TimelineFilter {
                sort,
                ..narrowed.first_page()
            },
        )
    };
    let kinds = kinds
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
    let mut page = Page::of(&state, &visitor, Nav::Actors, party.name.clone()).await?;
    page.title = format!("{}: {}", party.name, filters::events_text(list.total));
    Ok(page::ok(&ActorPage {
        page,
        parent: party
            .parent
            .as_ref()
            .map(|code| PartyLink::new(code, &register)),
        strip: Strip::new(&path, &narrowed, &months, state.clock().today()),
        kinds,
        active: active::active(&path, &narrowed, &register),
        exports: exports(&filter),
        whole_href: paths::timeline(&filter.first_page()),
        plain_href: path.clone(),
        newest_href: sorted(Sort::Newest),
        oldest_href: sorted(Sort::Oldest),
        is_newest_first: filter.sort == Sort::Newest,
        is_narrowed: !narrowed.is_unfiltered(),
        aliases: party.aliases.join(", "),
        // several spellings are joined by |; the first is the usual one
        capital: party
            .capital
            .split('|')
            .next()
            .unwrap_or_default()
            .to_owned(),
        list,
        party,
    }))
}

/// A link of the list without the party, which the path names already.
fn without_party(href: &str, path: &str) -> String {
    let query = href.split_once('?').map_or("", |(_, query)| query);
    let kept: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(
            url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "party"),
        )
        .finish();
    format!("{path}?{kept}")
}
