//! The timeline of a filter for an iframe on another site.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use super::super::{
    error::WebError,
    filters,
    listing::EventList,
    page::{self, Page},
    paths,
    query::RawQuery,
    state::AppState,
};

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/embed.html")]
pub struct EmbedPage {
    page: Page,
    list: EventList,
    whole_href: String,
}

/// GET /embed: the same list as `/` under the same filters, without anything around it.
pub async fn page(state: Data<AppState>, query: RawQuery) -> Result<HttpResponse, WebError> {
    let filter = query.strict_filter(state.clock(), &[])?;
    let register = state.register().await?;
    let list = EventList::of(&state, &register, "/embed", &filter).await?;
    Ok(page::ok(&EmbedPage {
        page: Page::bare(&filters::events_text(list.total)),
        whole_href: paths::timeline(&filter.first_page()),
        list,
    }))
}
