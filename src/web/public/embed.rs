//! The timeline of a filter, or one event, for an iframe on another site.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use crate::domain::filter::TimelineFilter;

use super::{
    super::{
        error::WebError,
        filters,
        listing::{EventList, Related, groups},
        page::{self, Page},
        paths,
        query::RawQuery,
        state::AppState,
    },
    event,
};

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/embed.html")]
pub struct EmbedPage {
    page: Page,
    list: EventList,
    whole_href: String,
    whole_text: &'static str,
}

/// GET /embed: the same list as `/` under the same filters, without anything around it.
pub async fn page(state: Data<AppState>, query: RawQuery) -> Result<HttpResponse, WebError> {
    let filter = query.strict_filter(state.clock(), &[])?;
    let register = state.register().await?;
    let list = EventList::of(&state, &register, "/embed", &filter).await?;
    Ok(page::ok(&EmbedPage {
        page: Page::bare(&filters::events_text(list.total)),
        whole_href: paths::timeline(&filter.first_page()),
        whole_text: "See these events at Démarche, with filters and sources",
        list,
    }))
}

/// GET /embed/events/ID: one event.
pub async fn one(state: Data<AppState>, written: Path<String>) -> Result<HttpResponse, WebError> {
    let (event, _) = event::at_revision(&state, &written, None).await?;
    let register = state.register().await?;
    let events = [event];
    let related = Related::of(&state, &events).await?;
    let [event] = &events;
    Ok(page::ok(&EmbedPage {
        page: Page::bare(&event.content.headline),
        whole_href: paths::event(event.id),
        whole_text: "See this event at Démarche, with its sources and what followed",
        list: EventList {
            total: 1,
            shown: 1,
            groups: groups(&events, &register, &related),
            ..EventList::none(&TimelineFilter::default())
        },
    }))
}
