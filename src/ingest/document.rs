//! What was handed in → articles: text, a page or a feed, told apart by what it says of itself and by how it begins.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use url::Url;

use super::{
    IngestError, address,
    decode::decode,
    feed::{self, FeedEntry},
    html, language, metadata,
    text_metadata::{self, as_known},
};
use crate::{
    domain::{article::NewArticle, publisher::publisher_of_host},
    extract::time::SlashOrder,
};

/// Bytes, and what is known of where they are from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// The type that a server or a form named; may be empty.
    pub media_type: String,
    /// The file's name; may be empty.
    pub file_name: String,
    /// Where it was fetched from, or its address as it was given.
    pub address: Option<Url>,
}

/// What a person gave beside the article; it counts before what the article tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The day of publication.
    pub published: Option<NaiveDate>,
    /// The publisher's name; empty for none.
    pub source: String,
}

/// What a document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// One article.
    Article(Box<NewArticle>),
    /// A feed's entries.
    Feed {
        /// The feed's title, which is its publisher's name where none is given.
        title: String,
        /// Its entries.
        entries: Vec<FeedEntry>,
    },
}

/// The three sorts of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// Plain text, as it would be pasted.
    Text,
    /// A page.
    Html,
    /// RSS, Atom, RDF, JSON Feed.
    Feed,
}

/// Reads a document. The article's text of plain text is the text given, to the byte, but for line ends and a byte order mark;
/// that of a page is its title and its body.
///
/// # Errors
/// Where it is no text, holds no words, or is no feed though it says so. A missing day of publication is not yet an error
/// here: see [`dated`].
pub fn read(document: &Document, given: &Given, today: NaiveDate) -> Result<Contents, IngestError> {
    let charset = charset_of(&document.media_type);
    let text = decode(&document.bytes, charset.as_deref())?;
    Ok(match media_of(document, &text) {
        Media::Feed => {
            // The parser decodes for itself by the XML declaration, except what only a server declared.
            let utf8 = std::str::from_utf8(&document.bytes).is_ok() || charset.is_none();
            let bytes: Cow<'_, [u8]> = if utf8 {
                Cow::Borrowed(&document.bytes)
            } else {
                Cow::Owned(without_declaration(&text).as_bytes().to_vec())
            };
            let read = feed::read(&bytes, document.address.as_ref())?;
            Contents::Feed {
                title: read.title,
                entries: read.entries,
            }
        }
        Media::Html => Contents::Article(Box::new(of_page(&text, document, given, today)?)),
        Media::Text => Contents::Article(Box::new(of_text(
            &text,
            document.address.as_ref(),
            given,
            today,
        )?)),
    })
}

/// The article of a feed's entry that carries its own text.
///
/// # Errors
/// Where there are no words.
pub fn of_entry(
    entry: &FeedEntry,
    feed_title: &str,
    given: &Given,
    today: NaiveDate,
) -> Result<NewArticle, IngestError> {
    let address = Url::parse(&entry.url).ok();
    let given = Given {
        published: given.published.or(entry.published),
        source: given.source.clone(),
    };
    let text = entry.text.as_deref().unwrap_or_default();
    let mut article = of_text(text, address.as_ref(), &given, today)?;
    if !entry.title.is_empty() {
        article.title.clone_from(&entry.title);
    }
    if article.byline.is_empty() {
        article.byline.clone_from(&entry.byline);
    }
    if article.publisher.is_empty() {
        article.publisher = as_known(feed_title);
    }
    Ok(article)
}

/// The same article, if its day of publication is known.
///
/// # Errors
/// [`IngestError::NoDay`] otherwise.
pub fn dated(article: NewArticle) -> Result<(NewArticle, NaiveDate), IngestError> {
    match article.published {
        Some(day) => Ok((article, day)),
        None => Err(IngestError::NoDay),
    }
}

fn of_text(
    text: &str,
    address: Option<&Url>,
    given: &Given,
    today: NaiveDate,
) -> Result<NewArticle, IngestError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !has_words(&text) {
        return Err(IngestError::NoText);
    }
    let told = text_metadata::read(&text, today, address.and_then(year_in));
    let of_host = address.and_then(Url::host_str).and_then(publisher_of_host);
    Ok(NewArticle {
        url: address.map(stored_address).unwrap_or_default(),
        title: told.title,
        publisher: given_or(&given.source, || {
            of_host.map_or(told.publisher, |known| known.name.clone())
        }),
        byline: told.byline,
        language: language::of_text(&text).unwrap_or_default().to_owned(),
        published: given.published.or(told.published),
        text,
    })
}

fn of_page(
    source: &str,
    document: &Document,
    given: &Given,
    today: NaiveDate,
) -> Result<NewArticle, IngestError> {
    let page = html::read(source, document.address.as_ref(), today);
    let text = page.whole_text();
    if !has_words(&text) {
        return Err(IngestError::NoText);
    }
    let own = page.canonical.as_deref().and_then(|own| {
        match &document.address {
            Some(asked) => asked.join(own),
            None => Url::parse(own),
        }
        .ok()
    });
    let address = match (document.address.clone(), own) {
        (Some(asked), Some(own)) if address::may_be_canonical(&own, &asked) => Some(own),
        (asked, own) => asked.or(own),
    };
    Ok(NewArticle {
        url: address.as_ref().map(stored_address).unwrap_or_default(),
        publisher: given_or(&given.source, || {
            metadata::publisher(&page.site, address.as_ref())
        }),
        title: page.title,
        byline: page.byline,
        // a country's English is told apart, since it tells how 10/09/2024 is read
        language: if SlashOrder::of_language(&page.tag).is_some() {
            page.tag
        } else {
            page.language
        },
        published: given.published.or(page.published),
        text,
    })
}

fn given_or(given: &str, told: impl FnOnce() -> String) -> String {
    match given.trim() {
        "" => told(),
        given => as_known(given),
    }
}

fn stored_address(url: &Url) -> String {
    address::canonical(url.as_str()).unwrap_or_default()
}

fn has_words(text: &str) -> bool {
    text.chars()
        .filter(|sign| sign.is_alphanumeric())
        .take(3)
        .count()
        == 3
}

/// A year in an address, for datelines without one: `/2024/`.
fn year_in(address: &Url) -> Option<i32> {
    address
        .path_segments()?
        .filter_map(|part| {
            part.get(..4)?
                .parse()
                .ok()
                .filter(|_| part.len() == 4 || part.get(4..5) == Some("-"))
        })
        .find(|year| (1990..=2100).contains(year))
        .and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1))
        .map(|day| day.year())
}

fn charset_of(media_type: &str) -> Option<String> {
    let lower = media_type.to_ascii_lowercase();
    let (_, rest) = lower.split_once("charset=")?;
    let label = rest.split(';').next()?.trim_matches(['"', '\'', ' ']);
    (!label.is_empty()).then(|| label.to_owned())
}

fn without_declaration(text: &str) -> &str {
    match text.trim_start().strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, rest)| rest),
        None => text,
    }
}

/// What a document is: by how it begins, which lies least, then by its name, then by its type.
pub fn media_of(document: &Document, text: &str) -> Media {
    let head: String = text
        .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
        .chars()
        .take(2_000)
        .collect();
    let head = head.to_ascii_lowercase();
    let xml = without_comments(without_declaration(&head));
    if ["<rss", "<feed", "<rdf:rdf"]
        .iter()
        .any(|tag| xml.starts_with(tag))
        || (head.starts_with('{') && head.contains("jsonfeed.org/version"))
    {
        return Media::Feed;
    }
    if [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<!doctype",
    ]
    .iter()
    .any(|tag| xml.starts_with(tag))
    {
        return Media::Html;
    }
    let name = document.file_name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let media = document.media_type.to_ascii_lowercase();
    if ends(&[".rss", ".atom"])
        || media.contains("rss")
        || media.contains("atom+xml")
        || media.contains("feed+json")
    {
        Media::Feed
    } else if ends(&[".html", ".htm", ".xhtml"])
        || media.contains("html")
        || (head.starts_with('<')
            && ["<p", "<h1", "<div", "<meta", "<title"]
                .iter()
                .any(|tag| head.contains(tag)))
    {
        Media::Html
    } else {
        Media::Text
    }
}

fn without_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment
            .split_once("-->")
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    fn document(text: &str) -> Document {
        Document {
            bytes: text.as_bytes().to_vec(),
            ..Document::default()
        }
    }

    fn article(document: &Document, given: &Given) -> NewArticle {
        match read(document, given, today()).unwrap() {
            Contents::Article(article) => *article,
            Contents::Feed { .. } => panic!("a feed"),
        }
    }

    #[test]
    fn pasted_text_is_kept_to_the_byte_but_for_line_ends() {
        let read = article(
            &document("\u{feff}Envoys leave\r\nSeptember 10, 2024\r\n\r\n  The envoys left.  \r\n"),
            &Given::default(),
        );
        assert_eq!(
            read.text,
            "Envoys leave\nSeptember 10, 2024\n\n  The envoys left.  \n"
        );
        assert_eq!(read.title, "Envoys leave");
        assert_eq!(read.published.unwrap().to_string(), "2024-09-10");
        assert_eq!(read.url, "");
    }

    #[test]
    fn what_is_given_counts_before_what_the_article_tells() {
        let given = Given {
            published: NaiveDate::from_ymd_opt(2024, 9, 11),
            source: " reuters ".to_owned(),
        };
        let mut document = document("Envoys leave\nSeptember 10, 2024\n\nThe envoys left.");
        document.address = Url::parse("https://www.bbc.co.uk/news/1?utm_source=x").ok();
        let read = article(&document, &given);
        assert_eq!(read.publisher, "Reuters");
        assert_eq!(read.published, given.published);
        assert_eq!(read.url, "https://www.bbc.co.uk/news/1");
        assert_eq!(article(&document, &Given::default()).publisher, "BBC");
    }

    #[test]
    fn documents_are_told_apart_by_how_they_begin() {
        let media = |text: &str, name: &str, media_type: &str| {
            let document = Document {
                file_name: name.to_owned(),
                media_type: media_type.to_owned(),
                ..document(text)
            };
            media_of(&document, text)
        };
        assert_eq!(media("<!DOCTYPE html><p>x", "a.txt", ""), Media::Html);
        assert_eq!(
            media("<?xml version='1.0'?><!-- x --><rss>", "", "text/html"),
            Media::Feed
        );
        assert_eq!(
            media("{\"version\":\"https://jsonfeed.org/version/1\"}", "", ""),
            Media::Feed
        );
        assert_eq!(media("<p>Hello</p>", "", ""), Media::Html);
        assert_eq!(media("Hello <b>you</b>", "a.html", ""), Media::Html);
        assert_eq!(media("<3 is a heart", "a.txt", "text/plain"), Media::Text);
        assert_eq!(media("Hello", "", "text/html; charset=utf-8"), Media::Html);
        assert_eq!(media("Hello", "", ""), Media::Text);
    }

    #[test]
    fn nothing_to_read_and_no_day_are_told() {
        let told = |text: &str| {
            read(&document(text), &Given::default(), today())
                .unwrap_err()
                .to_string()
        };
        assert_eq!(told(" \n "), "expected text, but found nothing");
        assert_eq!(
            told("--- !!!"),
            "expected an article, but found no words in it"
        );
        assert_eq!(
            told("<html><body></body></html>"),
            "expected an article, but found no words in it"
        );
        let undated = article(
            &document("Envoys leave\n\nThe envoys left."),
            &Given::default(),
        );
        assert_eq!(
            dated(undated).unwrap_err().to_string(),
            "no day of publication found in it; give one with --published"
        );
    }

    #[test]
    fn a_page_in_another_encoding_is_decoded_by_its_own_word() {
        let page = "<html lang=\"en\"><head><meta charset=\"windows-1252\"><title>Café talks</title></head><body><h1>Café talks</h1>\
                    <p>10 September 2024</p><p>The café was “closed” to the envoys.</p></body></html>";
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(page);
        let document = Document {
            bytes: bytes.into_owned(),
            ..Document::default()
        };
        let read = article(&document, &Given::default());
        assert_eq!(read.title, "Café talks");
        assert!(read.text.contains("“closed”"), "{}", read.text);
    }
}
