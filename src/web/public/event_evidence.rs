//! The sources of an event → what its page shows of each: the words, who published them, where they can be read.

use chrono::NaiveDate;

use crate::domain::{
    draft::is_web_address,
    evidence::Source,
    publisher::{Publisher, Trust},
    publisher_register::PublisherRegister,
    register::PartyRegister,
};

use super::super::paths;

/// Hosts that keep copies of others' pages, and after which part of the path the original's address begins.
const ARCHIVES: [&str; 6] = [
    "web.archive.org",
    "archive.org",
    "archive.ph",
    "archive.today",
    "archive.is",
    "webarchive.nationalarchives.gov.uk",
];

/// One source of the event, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceItem {
    /// The words that carry the event; none where the article was not read.
    pub words: Vec<String>,
    /// The publisher, else the host.
    pub publisher: String,
    /// What the register says of the publisher: its kind, home and trust; empty where it does not have it.
    pub about: String,
    /// Its address, where it is one that a browser may open.
    pub url: Option<String>,
    /// The copy that an archive keeps of it, where the record has its address.
    pub archived: Option<String>,
    /// Its title; may be empty.
    pub title: String,
    /// Its day of publication.
    pub published: Option<NaiveDate>,
    /// The article's own page, where its text is on record.
    pub article: Option<String>,
}

impl EvidenceItem {
    /// What is shown of a source.
    pub fn new(source: &Source, publishers: &PublisherRegister, parties: &PartyRegister) -> Self {
        let written = is_web_address(&source.url).then(|| source.url.clone());
        let (url, archived) = match written {
            Some(url) if is_archived(&url) => (original(&url), Some(url)),
            url => (url, None),
        };
        let publisher = if source.publisher.is_empty() {
            let address = url.as_deref().or(archived.as_deref());
            address
                .and_then(host_of)
                .unwrap_or_else(|| "Source without a name".to_owned())
        } else {
            source.publisher.clone()
        };
        Self {
            about: publishers
                .named(&publisher)
                .map_or_else(String::new, |known| about(known, parties)),
            words: source.spans.iter().map(|span| span.text.clone()).collect(),
            publisher,
            url,
            archived,
            title: source.title.clone(),
            published: source.published,
            article: source
                .article
                .filter(|_| !source.spans.is_empty())
                .map(paths::article),
        }
    }
}

/// “News agency, Iran; with caution”.
pub fn about(publisher: &Publisher, parties: &PartyRegister) -> String {
    let mut words = publisher.kind.label().to_owned();
    if let Some(home) = &publisher.home {
        words.push_str(", ");
        words.push_str(parties.name(home));
    }
    match publisher.trust {
        Trust::Ordinary => {}
        Trust::High => words.push_str("; trusted"),
        Trust::Low => words.push_str("; with caution"),
    }
    words
}

fn host_of(address: &str) -> Option<String> {
    url::Url::parse(address)
        .ok()?
        .host_str()
        .map(|host| host.trim_start_matches("www.").to_owned())
}

fn is_archived(address: &str) -> bool {
    host_of(address).is_some_and(|host| ARCHIVES.contains(&host.as_str()))
}

/// The address within an archive's address: `https://web.archive.org/web/2024/https://wire.example/a`.
fn original(address: &str) -> Option<String> {
    let path = address.splitn(4, '/').nth(3)?;
    let at = path.find("http://").or_else(|| path.find("https://"))?;
    let original = path.get(at..)?;
    is_web_address(original).then(|| original.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference;

    fn item(url: &str, publisher: &str) -> EvidenceItem {
        let source = Source {
            url: url.to_owned(),
            publisher: publisher.to_owned(),
            ..Source::default()
        };
        let publishers = PublisherRegister::new(reference::publishers().to_vec());
        let parties = PartyRegister::new(reference::parties().to_vec());
        EvidenceItem::new(&source, &publishers, &parties)
    }

    #[test]
    fn a_publisher_on_the_register_is_shown_with_its_kind_and_home() {
        assert_eq!(item("", "TASS").about, "News agency, Russia");
        assert_eq!(item("", "Nobody’s Gazette").about, "");
    }

    #[test]
    fn a_source_without_a_publisher_is_named_by_its_host() {
        let item = item("https://www.example.org/a", "");
        assert_eq!(item.publisher, "example.org");
        assert_eq!(item.url.as_deref(), Some("https://www.example.org/a"));
    }

    #[test]
    fn an_address_that_a_browser_must_not_open_is_no_link() {
        assert_eq!(item("javascript:alert(1)", "Example Wire").url, None);
    }

    #[test]
    fn an_archived_copy_is_told_apart_from_the_original() {
        let copy = "https://web.archive.org/web/20240910/https://wire.example/a";
        let item = item(copy, "");
        assert_eq!(item.publisher, "wire.example");
        assert_eq!(item.url.as_deref(), Some("https://wire.example/a"));
        assert_eq!(item.archived.as_deref(), Some(copy));
    }
}
