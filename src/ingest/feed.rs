//! RSS, Atom, RDF and JSON feeds → entries: each with its address, its day, and its own text where the feed carries it whole.

use chrono::NaiveDate;
use feed_rs::{
    model::{Entry, Text},
    parser,
};
use scraper::{Html, Selector};
use url::Url;

use super::{
    address,
    day::{NumberOrder, machine_day},
    html,
};

/// A feed, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedDocument {
    /// What it calls itself; may be empty.
    pub title: String,
    /// Its entries, in its own order.
    pub entries: Vec<FeedEntry>,
}

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedEntry {
    /// The article's address, canonical; empty where the entry has none.
    pub url: String,
    /// Its title; may be empty.
    pub title: String,
    /// Who wrote it; may be empty.
    pub byline: String,
    /// The publisher's day, as the feed writes it.
    pub published: Option<NaiveDate>,
    /// The article's text, where the feed carries it whole; otherwise the address is to be fetched.
    pub text: Option<String>,
}

/// What is no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFeed {
    /// A page, which may name feeds.
    #[error("expected an RSS, Atom or JSON feed, but found a web page{}", named(.0))]
    Page(Vec<String>),
    /// The parser says why not.
    #[error("expected an RSS, Atom or JSON feed, but found something else: {0}")]
    Other(String),
}

fn named(feeds: &[String]) -> String {
    if feeds.is_empty() {
        "; it names no feed".to_owned()
    } else {
        format!("; it names {}", feeds.join(" and "))
    }
}

/// Shorter texts are taken for a summary, in bytes.
const WHOLE_TEXT: usize = 800;
/// Where a page names its feeds, in bytes from its beginning.
const MOST_OF_A_PAGE: usize = 100_000;
/// More entries are not read.
const MOST_ENTRIES: usize = 1_000;

/// Reads a feed; `base` is where it was fetched from, for links that are written relative to it.
///
/// # Errors
/// Where it is no feed, with what the parser says.
pub fn read(bytes: &[u8], base: Option<&Url>) -> Result<FeedDocument, NoFeed> {
    let feed = parser::Builder::new()
        .base_uri(base.map(Url::as_str))
        .timestamp_parser(|written| {
            // The publisher's own day, whatever the offset: midnight UTC stands for it.
            let day = machine_day(written, NumberOrder::Unknown)?;
            Some(day.and_hms_opt(0, 0, 0)?.and_utc())
        })
        .build()
        .parse(bytes)
        .map_err(|error| no_feed(bytes, base, &error.to_string()))?;
    Ok(FeedDocument {
        title: plain(feed.title.as_ref()),
        entries: feed.entries.iter().take(MOST_ENTRIES).map(entry).collect(),
    })
}

/// What stands where a feed should: a page is told as such, with the feeds that it names.
fn no_feed(bytes: &[u8], base: Option<&Url>, error: &str) -> NoFeed {
    let text = String::from_utf8_lossy(bytes);
    let head = text
        .get(..text.floor_char_boundary(MOST_OF_A_PAGE))
        .unwrap_or_default();
    let is_page = ["<html", "<!doctype html", "<body"]
        .iter()
        .any(|tag| head.to_ascii_lowercase().contains(tag));
    if !is_page {
        return NoFeed::Other(error.to_owned());
    }
    let links = Selector::parse("link[rel~=alternate][href]");
    let document = Html::parse_document(head);
    let feeds = links.iter().flat_map(|links| document.select(links));
    NoFeed::Page(
        feeds
            .filter(|link| {
                link.attr("type").is_some_and(|media| {
                    ["rss", "atom", "feed+json"]
                        .iter()
                        .any(|word| media.contains(word))
                })
            })
            .filter_map(|link| {
                let href = link.attr("href")?.trim();
                match base {
                    Some(base) => base.join(href).ok(),
                    None => Url::parse(href).ok(),
                }
            })
            .map(|url| url.to_string())
            .take(3)
            .collect(),
    )
}

fn entry(entry: &Entry) -> FeedEntry {
    let title = plain(entry.title.as_ref());
    let link = entry
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .or_else(|| entry.links.first())
        .and_then(|link| address::canonical(&link.href));
    let carried = entry
        .content
        .as_ref()
        .and_then(|content| content.body.as_deref())
        .or_else(|| {
            entry
                .summary
                .as_ref()
                .map(|summary| summary.content.as_str())
        })
        .map(html::fragment_text)
        .filter(|text| !text.is_empty());
    // Without an address the summary is all that there is.
    let text = carried
        .filter(|text| text.len() >= WHOLE_TEXT || link.is_none())
        .map(|text| match title.as_str() {
            "" => text,
            title if text.starts_with(title) => text,
            title => format!("{title}\n\n{text}"),
        });
    FeedEntry {
        url: link.unwrap_or_default(),
        byline: entry
            .authors
            .iter()
            .filter_map(|author| author.name.as_deref())
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        published: entry.published.or(entry.updated).map(|at| at.date_naive()),
        title,
        text,
    }
}

fn plain(text: Option<&Text>) -> String {
    let text = text.map(|text| text.content.as_str()).unwrap_or_default();
    let text = if text.contains(['<', '&']) {
        html::fragment_text(text)
    } else {
        text.to_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rss(item: &str) -> FeedDocument {
        let feed = format!(
            r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
            <title>Example &amp; Wire</title><link>https://example.org</link>{item}</channel></rss>"#
        );
        read(feed.as_bytes(), None).unwrap()
    }

    #[test]
    fn an_entry_keeps_the_publishers_own_day() {
        let feed = rss(
            "<item><title>Envoys leave</title><link>https://example.org/a?utm_source=rss</link>
             <pubDate>Tue, 10 Sep 2024 23:30:00 -0400</pubDate><description>Short.</description></item>",
        );
        assert_eq!(feed.title, "Example & Wire");
        assert_eq!(
            feed.entries,
            [FeedEntry {
                url: "https://example.org/a".to_owned(),
                title: "Envoys leave".to_owned(),
                published: NaiveDate::from_ymd_opt(2024, 9, 10),
                ..FeedEntry::default()
            }]
        );
    }

    #[test]
    fn a_whole_text_is_taken_from_the_feed_itself() {
        let body = "<p>The envoys of both states left Geneva.</p>".repeat(30);
        let feed = rss(&format!(
            "<item><title>Envoys leave</title><link>https://example.org/a</link>
             <content:encoded><![CDATA[{body}]]></content:encoded></item>"
        ));
        let text = feed.entries[0].text.as_deref().unwrap();
        assert!(
            text.starts_with("Envoys leave\n\nThe envoys of both states left Geneva.\n"),
            "{text}"
        );
    }

    #[test]
    fn atom_and_json_feeds_are_read_too() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>x</id><updated>2024-09-10T00:00:00Z</updated>
            <entry><title>A</title><id>1</id><link href="/a"/><published>2024-09-10T23:00:00+02:00</published>
            <updated>2024-09-12T00:00:00Z</updated><author><name>Jane Doe</name></author></entry></feed>"#;
        let base = Url::parse("https://example.org/feed").unwrap();
        let entry = read(atom.as_bytes(), Some(&base))
            .unwrap()
            .entries
            .remove(0);
        assert_eq!(
            (entry.url.as_str(), entry.byline.as_str()),
            ("https://example.org/a", "Jane Doe")
        );
        assert_eq!(entry.published, NaiveDate::from_ymd_opt(2024, 9, 10));
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","url":"https://example.org/b",
            "title":"B","content_text":"Short","date_published":"2024-09-10T01:00:00-07:00"}]}"#;
        let entry = read(json.as_bytes(), None).unwrap().entries.remove(0);
        assert_eq!(entry.published, NaiveDate::from_ymd_opt(2024, 9, 10));
        assert_eq!(entry.url, "https://example.org/b");
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        let told = |source: &[u8]| {
            let base = Url::parse("https://example.org/news/").unwrap();
            read(source, Some(&base)).unwrap_err().to_string()
        };
        assert_eq!(
            told(b"<html><body>Hello</body></html>"),
            "expected an RSS, Atom or JSON feed, but found a web page; it names no feed"
        );
        assert_eq!(
            told(b"<!DOCTYPE html><link rel='alternate' type='application/rss+xml' href='../rss?a=1&amp;b=2'><link rel='alternate' hreflang='fr' href='/fr'>"),
            "expected an RSS, Atom or JSON feed, but found a web page; it names https://example.org/rss?a=1&b=2"
        );
        let other = told(b"Hello");
        assert!(
            other.starts_with("expected an RSS, Atom or JSON feed, but found something else: "),
            "{other}"
        );
    }
}
