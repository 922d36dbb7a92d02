//! How fast articles, times and pages are read, and whether the time for text that no one should send grows with its length alone.
//!
//! `make bench`, or `cargo bench --bench reading`. The texts are the articles of `seed_data` and made-up monsters.

use std::fmt;

use chrono::NaiveDate;
use demarche::{
    extract::{
        ArticleText, check_language,
        party::gazetteer::Gazetteer,
        read,
        time::{self, TimeContext},
    },
    ingest::html,
};
use divan::{Bencher, black_box, counter::BytesCount, counter::ItemsCount};

const ARTICLES: [&str; 3] = [
    include_str!("../seed_data/articles/2024-09-10-london-iran-russia.txt"),
    include_str!("../seed_data/articles/2024-10-14-luxembourg-eu-airlines.txt"),
    include_str!("../seed_data/articles/2025-08-28-new-york-snapback.txt"),
];

/// The length of the articles that speeds are told for, in bytes.
const LENGTH: usize = 2_500;

fn main() {
    divan::main();
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 10, 15).unwrap_or_default()
}

/// The articles end to end, cut into pieces of about [`LENGTH`] bytes at the ends of lines.
fn articles() -> Vec<String> {
    let mut pieces = vec![String::new()];
    for line in ARTICLES.iter().flat_map(|text| text.lines()) {
        let full = pieces
            .last()
            .is_none_or(|piece| piece.len() + line.len() / 2 > LENGTH);
        if full {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(line);
            piece.push('\n');
        }
    }
    pieces.retain(|piece| piece.len() > LENGTH / 2);
    pieces
}

/// What speeds are counted in: pieces of [`LENGTH`] bytes.
fn lengths(texts: &[String]) -> ItemsCount {
    ItemsCount::new(texts.iter().map(String::len).sum::<usize>() / LENGTH)
}

#[divan::bench]
fn articles_of_2500_characters(bencher: Bencher) {
    let articles = articles();
    let gazetteer = Gazetteer::builtin();
    bencher.counter(lengths(&articles)).bench(|| {
        for text in &articles {
            let article = ArticleText::new(text, day());
            black_box(read(black_box(&article), gazetteer));
        }
    });
}

#[divan::bench]
fn times_of_2500_characters(bencher: Bencher) {
    let articles = articles();
    let context = TimeContext::new(day());
    bencher.counter(lengths(&articles)).bench(|| {
        for text in &articles {
            black_box(time::lines(black_box(text), &context));
        }
    });
}

#[divan::bench]
fn languages_of_2500_characters(bencher: Bencher) {
    let articles = articles();
    bencher.counter(lengths(&articles)).bench(|| {
        for text in &articles {
            let _ = black_box(check_language(black_box(text)));
        }
    });
}

#[divan::bench]
fn pages(bencher: Bencher) {
    let pages: Vec<String> = articles().iter().map(|text| page(text)).collect();
    bencher.counter(ItemsCount::new(pages.len())).bench(|| {
        for page in &pages {
            black_box(html::read(black_box(page), None, day()));
        }
    });
}

/// A page as a newspaper serves it: its article among links, teasers and scripts.
fn page(text: &str) -> String {
    let mut written = text.lines().filter(|line| !line.is_empty());
    let title = written.next().unwrap_or_default();
    let paragraphs: Vec<String> = written.map(|line| format!("<p>{line}</p>\n")).collect();
    let links: Vec<String> = (0..60)
        .map(|place| format!("<li><a href=\"/section/{place}\">Section {place}</a></li>"))
        .collect();
    let teasers: Vec<String> = (0..40)
        .map(|place| {
            format!(
                "<article class=\"teaser\"><h3><a href=\"/story/{place}\">Another story, number {place}</a></h3>\
                 <p>What it is about, in a line.</p><time datetime=\"2024-10-{:02}\"></time></article>",
                place % 28 + 1
            )
        })
        .collect();
    let (paragraphs, links, teasers) = (paragraphs.concat(), links.concat(), teasers.concat());
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title} | The Example</title>\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"article:published_time\" content=\"2024-10-15T08:00:00Z\">\
         <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"{}\",\"datePublished\":\"2024-10-15\"}}</script>\
         <style>{}</style></head><body><nav><ul>{links}</ul></nav><main><article><h1>{title}</h1>\
         <p class=\"byline\">By Ann Example</p>{paragraphs}</article></main><aside>{teasers}</aside>\
         <footer><ul>{links}</ul></footer></body></html>",
        title.replace('"', "'"),
        ".a { margin: 0 } ".repeat(400)
    )
}

/// A text that no one should send, of a size.
#[derive(Debug, Clone, Copy)]
struct Monster {
    name: &'static str,
    part: &'static str,
    bytes: usize,
}

impl fmt::Display for Monster {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{:<12} {:>7} bytes", self.name, self.bytes)
    }
}

impl Monster {
    fn text(self) -> String {
        self.part.repeat(self.bytes / self.part.len())
    }
}

/// Each monster at a size and at twice that size: the second should take at most two and a half times as long.
fn monsters() -> Vec<Monster> {
    let parts = [
        ("commas", ","),
        ("one line", "Iran and Iraq said that "),
        ("one word", "accused "),
        ("no spaces", "x"),
        ("dates", "10 September 2024 "),
        ("years", "2024 "),
        ("pronouns", "he who said that which it "),
        ("quotes", "\"“"),
        ("brackets", "("),
        ("names", "Iran, "),
        ("strangers", "Jane Doe, the "),
        ("sentences", "Iran warned Iraq on Tuesday. "),
        ("lines", "a\n"),
        ("emoji", "🚀 "),
        ("accents", "e\u{301}"),
        ("right to left", "إيران "),
    ];
    let sizes = [250_000, 500_000];
    parts
        .into_iter()
        .flat_map(|(name, part)| sizes.map(|bytes| Monster { name, part, bytes }))
        .collect()
}

#[divan::bench(args = monsters(), sample_count = 5, sample_size = 1)]
fn monsters_as_articles(bencher: Bencher, monster: &Monster) {
    let text = monster.text();
    let article = ArticleText::new(&text, day());
    let gazetteer = Gazetteer::builtin();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| read(black_box(&article), gazetteer));
}

#[divan::bench(args = monsters(), sample_count = 5, sample_size = 1)]
fn monsters_as_pages(bencher: Bencher, monster: &Monster) {
    let text = monster.text();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| html::read(black_box(&text), None, day()));
}
