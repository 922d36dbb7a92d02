//! The query of an address as decoded pairs, repeated names and all.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use crate::domain::{
    clock::Clock,
    filter::{ParsedFilter, TimelineFilter},
};

use super::error::WebError;

/// Decoded pairs in the order of the address. Repeated names are lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawQuery(pub Vec<(String, String)>);

impl RawQuery {
    /// Reads a query without its `?`.
    pub fn read(query: &str) -> Self {
        Self(
            url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The first value of a name, trimmed; `""` where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// Every value of a name that is not empty, trimmed.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The filter of lists and exports, with what was wrong or unknown. `own` are further names that the page takes.
    pub fn filter(&self, clock: &Clock, own: &[&str]) -> ParsedFilter {
        let pairs = self
            .0
            .iter()
            .filter(|(name, _)| !own.contains(&name.as_str()))
            .map(|(name, value)| (name, value));
        TimelineFilter::parse(pairs, clock)
    }

    /// As [`Self::filter`], where nothing can be shown unless all of it can be read.
    ///
    /// # Errors
    /// [`WebError::Parameters`] with every fault.
    pub fn strict_filter(&self, clock: &Clock, own: &[&str]) -> Result<TimelineFilter, WebError> {
        let parsed = self.filter(clock, own);
        if parsed.errors.is_empty() {
            Ok(parsed.filter)
        } else {
            Err(WebError::Parameters(parsed.errors))
        }
    }
}

impl FromRequest for RawQuery {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::read(request.query_string())))
    }
}
