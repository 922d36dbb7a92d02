//! OPML ↔ lists of feeds: what other readers export is read, and ours is written so that they and we read it again.
//!
//! Source: OPML 2.0. Outlines with an `xmlUrl` are feeds, however deep they lie; what else stands there is passed over. Our own
//! attributes (publisher, trust) have a namespace. It is read as leniently as a page, so that no entity is expanded and a file
//! that other programs wrote carelessly still gives its feeds.

use scraper::{Html, Selector};

use super::address;
use crate::domain::publisher::Trust;

/// More feeds of a file are not read.
const MOST_FEEDS: usize = 1_000;
/// The most characters of a title or a name.
const TEXT_MAX: usize = 300;

/// A feed of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Its address.
    pub url: String,
    /// What it is called; may be empty.
    pub title: String,
    /// The publisher of its articles; may be empty.
    pub publisher: String,
    /// How far it is trusted, where the list says.
    pub trust: Option<Trust>,
}

/// The feeds of a file, each address once, in its order.
pub fn read(text: &str) -> Vec<Outline> {
    let Ok(outlines) = Selector::parse("outline[xmlurl]") else {
        return Vec::new();
    };
    let document = Html::parse_document(text);
    let mut feeds: Vec<Outline> = Vec::new();
    for outline in document.select(&outlines).take(MOST_FEEDS) {
        let attribute = |name| -> String {
            let text = outline.attr(name).unwrap_or_default();
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ").chars().take(TEXT_MAX).collect()
        };
        // tracking parameters of a feed's address may be a subscriber's key: it is kept as it is
        let url = outline.attr("xmlurl").unwrap_or_default().trim();
        if address::canonical(url).is_none() || feeds.iter().any(|feed| feed.url == url) {
            continue;
        }
        feeds.push(Outline {
            url: url.to_owned(),
            title: [attribute("title"), attribute("text")]
                .into_iter()
                // a list must call a feed something, and has its address where there is no title
                .find(|title| !title.is_empty() && title != url)
                .unwrap_or_default(),
            publisher: attribute("demarche:publisher"),
            trust: Trust::from_slug(&attribute("demarche:trust")),
        });
    }
    feeds
}

/// A file of feeds.
pub fn write(feeds: &[Outline]) -> String {
    let mut file = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:demarche=\"https://demarche.invalid/opml\">\n\
         <head><title>Feeds</title></head>\n<body>\n",
    );
    for feed in feeds {
        let shown = if feed.title.is_empty() {
            &feed.url
        } else {
            &feed.title
        };
        let trust = feed.trust.map_or("", Trust::slug);
        file.push_str("<outline type=\"rss\"");
        for (name, value) in [
            ("text", shown.as_str()),
            ("title", &feed.title),
            ("xmlUrl", &feed.url),
            ("demarche:publisher", &feed.publisher),
            ("demarche:trust", trust),
        ] {
            if !value.is_empty() || name == "title" {
                file.push(' ');
                file.push_str(name);
                file.push_str("=\"");
                value.chars().for_each(|sign| escape(sign, &mut file));
                file.push('"');
            }
        }
        file.push_str("/>\n");
    }
    file.push_str("</body>\n</opml>\n");
    file
}

/// XML has no way to write control characters: they are dropped.
fn escape(sign: char, into: &mut String) {
    match sign {
        '&' => into.push_str("&amp;"),
        '<' => into.push_str("&lt;"),
        '>' => into.push_str("&gt;"),
        '"' => into.push_str("&quot;"),
        sign if sign.is_control() => {}
        sign => into.push(sign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_as_it_was_written() {
        let feeds = [
            Outline {
                url: "https://example.org/feed?a=1&b=2".to_owned(),
                title: "World <& \"quoted\">".to_owned(),
                publisher: "Example Wire".to_owned(),
                trust: Some(Trust::Low),
            },
            Outline {
                url: "https://example.org/other".to_owned(),
                ..Outline::default()
            },
        ];
        assert_eq!(read(&write(&feeds)), feeds);
        assert!(
            write(&feeds)
                .starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\"")
        );
    }

    #[test]
    fn what_other_readers_export_is_read_however_deep_and_careless() {
        let text = r#"<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
            <opml version="1.0"><head><title>Mine</title></head><body><outline text="News">
            <outline text="Wire &amp; Post" type="rss" xmlUrl="https://a.example/rss" htmlUrl="https://a.example"/>
            <outline text="&b;"><outline title="Deep" text="x" xmlurl=" https://b.example/atom "></outline></outline>
            <outline text="Again" xmlUrl="https://a.example/rss"/><outline text="No" xmlUrl="ftp://c.example"/></outline>"#;
        let read: Vec<(String, String)> = read(text)
            .into_iter()
            .map(|feed| (feed.url, feed.title))
            .collect();
        let feed = |url: &str, title: &str| (url.to_owned(), title.to_owned());
        assert_eq!(
            read,
            [
                feed("https://a.example/rss", "Wire & Post"),
                feed("https://b.example/atom", "Deep")
            ]
        );
        assert_eq!(super::read("no list"), []);
    }
}
