//! A web page → an article's parts: the body by the `trafilatura` crate, the rest by our own layers over the parsed page.
//!
//! Never panics and never recurses with the page's depth: a page that is nested too deeply for the crate, or that it
//! cannot read, gives the text of its paragraphs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::NaiveDate;
use ego_tree::iter::Edge;
use scraper::{Html, node::Node};
use url::Url;

use super::{
    day::NumberOrder,
    metadata,
    published::{Question, Witness, published},
    shape::is_reasonable,
    text_metadata,
};

/// A page as `demarche article` prints it, and what ingest needs beside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The headline.
    pub title: String,
    /// The day of first publication.
    pub published: Option<NaiveDate>,
    /// Who told that day.
    pub witness: Option<Witness>,
    /// Who wrote it.
    pub byline: String,
    /// What the site calls itself.
    pub site: String,
    /// ISO 639-1; empty where unknown.
    pub language: String,
    /// The language as the page names it, such as `en-US`; empty where it does not.
    pub tag: String,
    /// The address that the page calls its own.
    pub canonical: Option<String>,
    /// The body, a paragraph a line.
    pub text: String,
}

/// How deep elements may be nested for the crate, whose passes recurse.
const DEEPEST: usize = 300;

/// Reads a page. Days after `today` are not believed.
pub fn read(source: &str, address: Option<&Url>, today: NaiveDate) -> Page {
    if !is_reasonable(source) {
        return Page {
            text: tidy(&without_tags(source)),
            ..Page::default()
        };
    }
    let page = Html::parse_document(source);
    let told = metadata::read(&page, address);
    let tag = metadata::language_tag(&page);
    let mut day = published(&Question {
        page: &page,
        source,
        address,
        order: NumberOrder::of_language(&tag),
        today,
    });
    let text = body(source, &page, address);
    if day.is_none() {
        // What the body tells as a pasted text would: “LONDON, 10 September 2024 (Reuters) —”.
        let pasted = format!("{}\n{text}", told.title);
        day = text_metadata::read(&pasted, today, None)
            .published
            .map(|day| (day, Witness::Anywhere));
    }
    let language = if told.language.is_empty() {
        super::language::of_text(&text)
            .unwrap_or_default()
            .to_owned()
    } else {
        told.language
    };
    Page {
        title: told.title,
        published: day.map(|(day, _)| day),
        witness: day.map(|(_, witness)| witness),
        byline: told.byline,
        site: told.site,
        language,
        tag,
        canonical: told.canonical,
        text,
    }
}

impl Page {
    /// The text that is stored and read: the title on the first line, then the body.
    pub fn whole_text(&self) -> String {
        let body = self.text.trim();
        if self.title.is_empty() || body.starts_with(&self.title) {
            body.to_owned()
        } else if body.is_empty() {
            String::new()
        } else {
            format!("{}\n\n{body}", self.title)
        }
    }
}

fn body(source: &str, page: &Html, address: Option<&Url>) -> String {
    let by_crate = (depth(page) <= DEEPEST)
        .then(|| content(source, address))
        .flatten()
        .map(|found| lines_of(&found))
        // of a small page the crate gives words without marks, its paragraphs run together
        .filter(|text| !is_one_line(text));
    tidy(&by_crate.unwrap_or_else(|| paragraphs(page)))
}

/// The body of a page as the crate marks it up.
fn content(source: &str, address: Option<&Url>) -> Option<String> {
    let mut options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    if let Some(address) = address {
        options = options.with_url(address.clone());
    }
    // The crate is asked about strangers' pages; a panic in it must cost one page, not the process.
    catch_unwind(AssertUnwindSafe(|| {
        trafilatura::extract(source, &options).ok()
    }))
    .ok()
    .flatten()
    .map(|read| read.content_html)
}

/// Whether a text has no two paragraphs that can be told apart.
fn is_one_line(text: &str) -> bool {
    text.lines().filter(|line| !line.trim().is_empty()).count() < 2
}

/// A piece of HTML as text, its paragraphs on lines of their own; plain text stays as it is.
pub fn fragment_text(source: &str) -> String {
    if !is_reasonable(source) {
        tidy(&without_tags(source))
    } else if source.contains(['<', '&']) {
        tidy(&lines_of(source))
    } else {
        tidy(source)
    }
}

/// Marked-up content as text, an element that stands for itself a line.
fn lines_of(content: &str) -> String {
    let content = Html::parse_fragment(content);
    let mut text = String::with_capacity(1024);
    for edge in content.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(words) => text.extend(
                    words
                        .chars()
                        .map(|sign| if sign == '\n' { ' ' } else { sign }),
                ),
                Node::Element(element) if is_block(element.name()) => text.push('\n'),
                Node::Element(element) if matches!(element.name(), "td" | "th") => text.push(' '),
                _ => {}
            },
            Edge::Close(node) => {
                if node
                    .value()
                    .as_element()
                    .is_some_and(|element| is_block(element.name()))
                {
                    text.push('\n');
                }
            }
        }
    }
    text
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "blockquote"
            | "tr"
            | "table"
            | "br"
            | "pre"
            | "section"
            | "article"
            | "figure"
            | "figcaption"
            | "dt"
            | "dd"
            | "hr"
    )
}

/// A page's text by its tags alone.
fn without_tags(source: &str) -> String {
    source
        .split('<')
        .map(|piece| piece.split_once('>').map_or("", |(_, text)| text))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The depth of the deepest element.
fn depth(page: &Html) -> usize {
    let (mut deepest, mut now) = (0_usize, 0_usize);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(_) => {
                now += 1;
                deepest = deepest.max(now);
            }
            Edge::Close(_) => now = now.saturating_sub(1),
        }
    }
    deepest
}

/// The text of a page's paragraphs and headings, each on a line; of a page without any, all of its text.
fn paragraphs(page: &Html) -> String {
    let (mut told, mut all) = (String::new(), String::new());
    let (mut hidden, mut inside) = (0_usize, 0_usize);
    for edge in page.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens && hidden == 0 => {
                let words = text.replace(['\n', '\r'], " ");
                if inside > 0 {
                    told.push_str(&words);
                }
                all.push_str(&words);
            }
            Node::Element(element) => {
                let name = element.name();
                let step = |count: usize| if opens { count + 1 } else { count - 1 };
                if is_hidden(name) {
                    hidden = step(hidden);
                }
                if is_paragraph(name) {
                    inside = step(inside);
                }
                if is_block(name) || is_paragraph(name) {
                    told.push('\n');
                    all.push('\n');
                }
            }
            _ => {}
        }
    }
    if told.trim().is_empty() { all } else { told }
}

/// Elements whose words are no part of what a page tells.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "noscript" | "template" | "head" | "nav" | "footer"
    )
}

fn is_paragraph(name: &str) -> bool {
    matches!(name, "p" | "li" | "blockquote" | "h1" | "h2" | "h3" | "td")
}

/// Lines trimmed, runs of spaces single, no empty line twice.
fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head>
        <title>Envoys leave after the talks | Example News</title>
        <meta property="og:site_name" content="Example News">
        <meta property="og:url" content="https://news.example.org/world/envoys-leave">
        <meta name="author" content="By Jane Doe">
        <script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
          "headline":"Envoys leave after the talks","datePublished":"2024-09-10T21:00:00+01:00",
          "dateModified":"2024-09-12T08:00:00+01:00","author":{"@type":"Person","name":"Jane Doe"},
          "publisher":{"@type":"Organization","name":"Example News"}}</script></head>
        <body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
        <article><h1>Envoys leave after the talks</h1><p class="byline">By Jane Doe</p>
        <time datetime="2024-09-10">10 September 2024</time>
        <p>The envoys of both states left Geneva on Tuesday evening after two days of talks that ended without a statement, and
        neither side said when they would return to the table.</p>
        <p>A spokesman for the ministry told reporters that the door remained open, but warned that patience was not without
        its limits and that further measures were being prepared.</p>
        <p>The talks had been called after a border incident in August, for which each of the two accuses the other.</p>
        </article><aside class="sidebar"><time datetime="2021-01-01">1 January 2021</time> Old story</aside>
        <footer>© 2024 Example News</footer></body></html>"#;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    #[test]
    fn a_page_becomes_its_parts() {
        let page = read(PAGE, None, today());
        assert_eq!(page.title, "Envoys leave after the talks");
        assert_eq!(page.published.unwrap().to_string(), "2024-09-10");
        assert_eq!(page.byline, "Jane Doe");
        assert_eq!(page.site, "Example News");
        assert_eq!(page.language, "en");
        assert_eq!(
            page.canonical.as_deref(),
            Some("https://news.example.org/world/envoys-leave")
        );
        assert!(
            page.text.starts_with("The envoys of both states")
                || page.text.starts_with("Envoys leave"),
            "{}",
            page.text
        );
        assert!(page.text.contains("patience was not without"));
        assert!(
            !page.text.contains("Home") && !page.text.contains("Old story"),
            "{}",
            page.text
        );
        let lines = page.whole_text();
        let told = lines.lines().filter(|line| !line.is_empty());
        assert_eq!(told.count(), 4, "{lines}");
    }

    #[test]
    fn a_page_nested_beyond_reason_or_broken_gives_what_it_has() {
        let deep = format!("{}<p>The envoys left.</p>", "<div>".repeat(20_000));
        assert_eq!(read(&deep, None, today()).text, "The envoys left.");
        for source in [
            "",
            "<",
            "<p",
            "<!doctype html>",
            "<html><body></body></html>",
            "\u{0}\u{fffd}<p>\u{202e}x",
        ] {
            let page = read(source, None, today());
            assert!(page.text.len() < 10, "{source:?} gave {:?}", page.text);
        }
    }

    #[test]
    fn paragraphs_that_touch_in_the_source_stay_apart() {
        let page = read(
            "<html><head><title>Norway bars tankers</title></head><body><article><h1>Norway bars tankers</h1>\
             <p>Norway barred two <b>Russian</b>\ntankers on Tuesday.</p><p>Russia summoned the\nambassador.</p>\
             </article></body></html>",
            None,
            today(),
        );
        assert_eq!(
            page.whole_text(),
            "Norway bars tankers\n\nNorway barred two Russian tankers on Tuesday.\n\nRussia summoned the ambassador."
        );
    }

    #[test]
    fn simple_html_without_any_head_is_read() {
        let page = read(
            "<h1>Envoys leave</h1><p>September 10, 2024</p><p>The envoys of both states left Geneva on Tuesday.</p>",
            None,
            today(),
        );
        assert_eq!(page.title, "Envoys leave");
        assert_eq!(page.published.unwrap().to_string(), "2024-09-10");
        assert!(
            page.text.contains("left Geneva on Tuesday"),
            "{}",
            page.text
        );
    }
}
