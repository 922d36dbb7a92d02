//! `/docs`: what programs and spreadsheets can get, in words.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::filter::TimelineFilter,
    export::{Format, columns::Column},
};

use super::{
    super::{
        error::WebError,
        page::{self, Nav, Page},
        state::AppState,
        visitor::Visitor,
    },
    openapi::{self, Described},
    schema::filter_meaning,
};

/// The page's own words live in its template; the tables come from the code that they are about.
#[derive(Template)]
#[template(path = "public/docs.html")]
pub struct DocsPage {
    page: Page,
    addresses: Vec<Described>,
    filters: Vec<(&'static str, &'static str)>,
    formats: Vec<Format>,
    columns: &'static [Column],
}

/// GET /docs
pub async fn page(state: Data<AppState>, visitor: Visitor) -> Result<HttpResponse, WebError> {
    Ok(page::ok(&DocsPage {
        page: Page::of(&state, &visitor, Nav::Elsewhere, "Data and API").await?,
        addresses: openapi::described(),
        filters: TimelineFilter::PARAMETERS
            .into_iter()
            .map(|name| (name, filter_meaning(name)))
            .collect(),
        formats: Format::ALL.to_vec(),
        columns: Column::ALL,
    }))
}
