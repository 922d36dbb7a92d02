//! Links to our own pages, typed, so that no template writes an address by hand.

use std::fmt::{self, Write as _};

use crate::{
    domain::{
        filter::TimelineFilter,
        id::{ArticleId, EventId},
        party::PartyCode,
    },
    export::Format,
};

/// A path segment in which everything but letters, digits and `-._~` is percent-encoded.
struct Segment<'a>(&'a str);

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                f.write_char(char::from(byte))?;
            } else {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

/// An event's page.
pub fn event(id: EventId) -> String {
    format!("/events/{id}")
}

/// An event as it was saved at a revision.
pub fn revision(id: EventId, revision: i64) -> String {
    format!("/events/{id}/revisions/{revision}")
}

/// A file that cites an event at a revision; `ending` is `bib`, `ris` or `json`.
pub fn cite(id: EventId, ending: &str, revision: i64) -> String {
    format!("/events/{id}/cite.{ending}?revision={revision}")
}

/// A party's page: `/actors/ARAB%20LEAGUE`.
pub fn actor(code: &PartyCode) -> String {
    format!("/actors/{}", Segment(code.as_str()))
}

/// An article's page.
pub fn article(id: ArticleId) -> String {
    format!("/articles/{id}")
}

/// A list under a filter, at `path`.
pub fn list(path: &str, filter: &TimelineFilter) -> String {
    format!("{path}{}", filter.query())
}

/// The timeline under a filter.
pub fn timeline(filter: &TimelineFilter) -> String {
    list("/", filter)
}

/// An export of exactly this filter: paging is not part of it.
pub fn export(format: Format, filter: &TimelineFilter) -> String {
    let whole = TimelineFilter {
        per: None,
        ..filter.first_page()
    };
    format!("/{}{}", format.file_name(), whole.query())
}

/// The edit form of an event.
pub fn edit(id: EventId) -> String {
    format!("/admin/events/{id}/edit")
}

/// The sign-in, which leads back to `next` afterwards.
pub fn login(next: &str) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("/admin/login?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_with_spaces_and_signs_make_one_segment() {
        let code: PartyCode = "P5+1".parse().expect("a code");
        assert_eq!(actor(&code), "/actors/P5%2B1");
        let code: PartyCode = "Arab League".parse().expect("a code");
        assert_eq!(actor(&code), "/actors/ARAB%20LEAGUE");
    }

    #[test]
    fn the_sign_in_leads_back_with_the_whole_address() {
        assert_eq!(
            login("/admin/history?after=1&x=é"),
            "/admin/login?next=%2Fadmin%2Fhistory%3Fafter%3D1%26x%3D%C3%A9"
        );
    }
}
