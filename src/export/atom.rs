//! Events → an Atom feed, by the `atom_syndication` crate. Contents are plain text.
//!
//! The crate writes whole feeds only, so a chunk of events is written as a feed of its own, of which the entries are kept.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Link, Person, Text};

use super::{ExportContext, ExportError, Tail, Writer, tail};
use crate::domain::{clock::Timestamp, event::Event};

/// Writes an Atom feed.
#[derive(Debug)]
pub struct AtomWriter {
    context: ExportContext,
}

impl AtomWriter {
    /// A writer.
    pub const fn new(context: ExportContext) -> Self {
        Self { context }
    }

    fn feed(&self) -> Feed {
        let query = match self.context.query.as_str() {
            "" => String::new(),
            query => format!("?{query}"),
        };
        let base = &self.context.base_url;
        let own = format!("{base}/feed.atom{query}");
        let mut feed = Feed::default();
        feed.set_title(Text::plain(printable(&self.context.title)));
        feed.set_authors(vec![Person {
            name: printable(&self.context.title),
            ..Person::default()
        }]);
        feed.set_id(if base.is_empty() {
            "urn:demarche:timeline".to_owned()
        } else {
            own.clone()
        });
        feed.set_links(vec![
            link("self", own),
            link("alternate", format!("{base}/{query}")),
        ]);
        if let Some(updated) = instant(self.context.at) {
            feed.set_updated(updated);
        }
        feed
    }
}

const END: &str = "</feed>";

/// The pages beside a page of a feed, as queries without `?`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Around {
    /// Where the feed begins.
    pub first: String,
    /// What comes before, where anything does.
    pub previous: Option<String>,
    /// What comes after, where anything does.
    pub next: Option<String>,
}

/// One page of a feed (RFC 5005), which is as new as its newest entry: the same events make the same bytes.
///
/// # Errors
/// Where the crate refuses an event.
pub fn page(
    context: &ExportContext,
    events: &[Event],
    around: &Around,
) -> Result<Vec<u8>, ExportError> {
    let writer = AtomWriter::new(context.clone());
    let mut feed = writer.feed();
    let newest = events.iter().map(|event| event.updated_at).max();
    if let Some(updated) = newest.and_then(instant) {
        feed.set_updated(updated);
    }
    let address = |query: &str| match query {
        "" => format!("{}/feed.atom", context.base_url),
        query => format!("{}/feed.atom?{query}", context.base_url),
    };
    let mut links = feed.links().to_vec();
    links.push(link("first", address(&around.first)));
    for (rel, query) in [("previous", &around.previous), ("next", &around.next)] {
        links.extend(query.iter().map(|query| link(rel, address(query))));
    }
    feed.set_links(links);
    feed.set_entries(
        events
            .iter()
            .map(|event| entry(event, context))
            .collect::<Vec<_>>(),
    );
    Ok(written(&feed)?.into_bytes())
}

impl Writer for AtomWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        let text = written(&self.feed())?;
        Ok(text.strip_suffix(END).unwrap_or(&text).as_bytes().to_vec())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let mut feed = Feed::default();
        feed.set_entries(
            events
                .iter()
                .map(|event| entry(event, &self.context))
                .collect::<Vec<_>>(),
        );
        let text = written(&feed)?;
        let begins = text.find("<entry>").unwrap_or(0);
        let entries = text.get(begins..).unwrap_or_default();
        Ok(entries
            .strip_suffix(END)
            .unwrap_or(entries)
            .as_bytes()
            .to_vec())
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        Ok(tail(END))
    }
}

fn written(feed: &Feed) -> Result<String, ExportError> {
    let bytes = feed
        .write_to(Vec::new())
        .map_err(|error| ExportError::Feed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ExportError::Feed(error.to_string()))
}

fn entry(event: &Event, context: &ExportContext) -> Entry {
    let known = &event.content;
    let address = context.event_url(event.id);
    let mut entry = Entry::default();
    entry.set_id(if context.base_url.is_empty() {
        format!("urn:demarche:{}", event.id)
    } else {
        address.clone()
    });
    entry.set_title(Text::plain(printable(&known.headline)));
    entry.set_links(vec![link("alternate", address)]);
    entry.set_categories(vec![Category {
        term: known.kind.slug().to_owned(),
        label: Some(known.kind.label().to_owned()),
        ..Category::default()
    }]);
    if let Some(updated) = instant(event.updated_at) {
        entry.set_updated(updated);
    }
    entry.set_published(instant(event.created_at));
    let words = known
        .date
        .words(Some(known.date_text.as_str()).filter(|words| !words.is_empty()));
    let mut paragraphs = vec![format!(
        "{} · {} · {}",
        known.kind.label(),
        known.modality.label(),
        words.long
    )];
    paragraphs.extend(
        [&known.summary, &known.quote]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned(),
    );
    paragraphs.extend(known.sources.iter().filter_map(|source| {
        let told: Vec<&str> = [&source.publisher, &source.title, &source.url]
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    }));
    entry.set_content(Content {
        value: Some(printable(&paragraphs.join("\n\n"))),
        content_type: Some("text".to_owned()),
        ..Content::default()
    });
    entry
}

fn link(rel: &str, href: String) -> Link {
    Link {
        rel: rel.to_owned(),
        href,
        ..Link::default()
    }
}

/// The crate's own kind of instant, by way of RFC 3339.
fn instant(at: Timestamp) -> Option<FixedDateTime> {
    at.to_string().parse().ok()
}

/// Text without the signs that XML cannot hold.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t'))
        .filter(|sign| !matches!(sign, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{
        Format,
        columns::tests::{bare_event, full_event},
        tests::written,
    };

    #[test]
    fn the_chunks_make_one_feed_that_reads_back() {
        let mut event = full_event();
        event.content.headline = "A <b>bold</b> & \u{1}odd headline".to_owned();
        let bytes = written(Format::Atom, &[event, bare_event(), bare_event()]);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let feed =
            Feed::read_from(bytes.as_slice()).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(feed.title().as_str(), "Démarche");
        assert_eq!(feed.entries().len(), 3);
        let first = &feed.entries()[0];
        assert_eq!(first.title().as_str(), "A <b>bold</b> & odd headline");
        assert_eq!(first.id(), "https://example.org/events/EV-NG64WV");
        assert_eq!(
            first.updated().to_rfc3339(),
            "2024-09-11T14:05:06.000007+00:00"
        );
        assert_eq!(first.categories()[0].term(), "sanction");
        let content = first.content().unwrap().value().unwrap();
        assert!(
            content.starts_with("Sanction · Announced · from 10 September 2024"),
            "{content}"
        );
        assert!(
            content.contains("First, https://example.org/a"),
            "{content}"
        );
    }

    #[test]
    fn a_page_is_as_new_as_its_newest_entry_and_leads_to_the_pages_beside_it() {
        let mut context = crate::export::tests::context();
        context.query = "kind=sanction&after=1".to_owned();
        let around = Around {
            first: "kind=sanction".to_owned(),
            previous: None,
            next: Some("kind=sanction&after=2".to_owned()),
        };
        let bytes = page(&context, &[full_event(), bare_event()], &around).unwrap();
        let feed = Feed::read_from(bytes.as_slice()).unwrap();
        assert_eq!(
            feed.updated().to_rfc3339(),
            "2024-09-11T14:05:06.000007+00:00"
        );
        let links: Vec<(&str, &str)> = feed
            .links()
            .iter()
            .map(|link| (link.rel(), link.href()))
            .collect();
        assert_eq!(
            links,
            [
                (
                    "self",
                    "https://example.org/feed.atom?kind=sanction&after=1"
                ),
                ("alternate", "https://example.org/?kind=sanction&after=1"),
                ("first", "https://example.org/feed.atom?kind=sanction"),
                (
                    "next",
                    "https://example.org/feed.atom?kind=sanction&after=2"
                ),
            ]
        );
        assert_eq!(feed.authors()[0].name(), "Démarche");
    }

    #[test]
    fn a_feed_without_events_is_a_feed() {
        let bytes = written(Format::Atom, &[]);
        assert_eq!(
            Feed::read_from(bytes.as_slice()).unwrap().entries().len(),
            0
        );
    }
}
