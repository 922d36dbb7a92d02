//! What a page says of its day to machines: its address, JSON-LD, `meta`, data in scripts.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use scraper::{Html, Selector};
use serde_json::Value;
use url::Url;

use super::{Question, Written};
use crate::ingest::day::{NumberOrder, days_in};

static IN_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:^|[/_=.-])(?P<y>(?:19|20)\d{2})(?:
            (?P<sep>[/_-])(?P<m>0?[1-9]|1[0-2])[/_-](?P<d>0?[1-9]|[12]\d|3[01])(?:$|\D)
          | (?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?:$|\D)
          | /(?P<md>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))/
          | /(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(?P<d3>\d{1,2})(?:$|\D))",
    )
    .ok()
});

/// The address given, else the one that the page gives itself.
pub(super) fn of_address(question: &Question<'_>) -> Option<NaiveDate> {
    let own = canonical(question.page);
    question
        .address
        .map(Url::as_str)
        .into_iter()
        .chain(own.as_deref())
        .find_map(|address| day_in_address(address).and_then(|day| question.believed(day)))
}

fn day_in_address(address: &str) -> Option<NaiveDate> {
    let path = address.split_once("//").map_or(address, |(_, rest)| rest);
    let path = path.get(path.find('/')?..)?.to_ascii_lowercase();
    let found = IN_ADDRESS.as_ref()?.captures(&path)?;
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    let number = |text: &str| text.parse::<u32>().ok();
    let year = part("y")?.parse().ok()?;
    if let (Some(month), Some(day)) = (part("m").or(part("m2")), part("d").or(part("d2"))) {
        return NaiveDate::from_ymd_opt(year, number(month)?, number(day)?);
    }
    if let Some(both) = part("md") {
        return NaiveDate::from_ymd_opt(year, number(&both[..2])?, number(&both[2..])?);
    }
    let written = format!("{} {} {year}", part("d3")?, part("name")?);
    days_in(&written, NumberOrder::Unknown)
        .first()
        .map(|found| found.day)
}

/// The address that a page calls its own.
pub(in crate::ingest) fn canonical(page: &Html) -> Option<String> {
    static CANONICAL: LazyLock<Option<Selector>> = LazyLock::new(|| {
        Selector::parse("link[rel=canonical][href], meta[property='og:url'][content]").ok()
    });
    page.select(CANONICAL.as_ref()?)
        .filter_map(|element| element.attr("href").or_else(|| element.attr("content")))
        .map(|address| address.trim().to_owned())
        .find(|address| address.starts_with("http"))
}

/// The days that a page's JSON-LD tells.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub(super) published: Option<Written>,
    pub(super) modified: Option<Written>,
}

impl JsonLd {
    /// Reads all of a page's JSON-LD, what is said of the article before what is said of others.
    pub(super) fn read(question: &Question<'_>) -> Self {
        let mut told = Self::default();
        let mut of_others = Self::default();
        for value in json_ld(question.page) {
            told.walk(&value, question, &mut of_others, 0);
        }
        Self {
            published: told.published.or(of_others.published),
            modified: told.modified.or(of_others.modified),
        }
    }

    fn walk(&mut self, value: &Value, question: &Question<'_>, others: &mut Self, depth: usize) {
        match value {
            Value::Array(values) if depth < 12 => {
                for value in values {
                    self.walk(value, question, others, depth + 1);
                }
            }
            Value::Object(object) if depth < 12 => {
                let kind = object
                    .get("@type")
                    .map(Value::to_string)
                    .unwrap_or_default();
                let day = |name: &str| {
                    object
                        .get(name)
                        .and_then(Value::as_str)
                        .and_then(|text| question.written(text))
                };
                let published = day("datePublished").or_else(|| day("dateCreated"));
                let told = if is_article(&kind) {
                    &mut *self
                } else if is_part(&kind) {
                    return;
                } else {
                    &mut *others
                };
                told.published = told.published.or(published);
                told.modified = told.modified.or_else(|| day("dateModified"));
                for (name, value) in object {
                    if !PARTS.contains(&name.as_str()) {
                        self.walk(value, question, others, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_article(kind: &str) -> bool {
    [
        "Article",
        "Posting",
        "Report",
        "Review\"",
        "AnalysisNews",
        "OpinionNews",
    ]
    .iter()
    .any(|word| kind.contains(word))
}

/// Whether what is described is not the page itself: a comment on it, a picture in it.
fn is_part(kind: &str) -> bool {
    [
        "Comment",
        "ImageObject",
        "Person",
        "Organization",
        "Offer",
        "Event",
    ]
    .iter()
    .any(|word| kind.contains(word))
}

/// Properties that describe other things than the page.
const PARTS: [&str; 12] = [
    "comment",
    "comments",
    "review",
    "reviews",
    "liveBlogUpdate",
    "itemListElement",
    "isPartOf",
    "publisher",
    "author",
    "image",
    "relatedLink",
    "mentions",
];

/// Every JSON-LD value of a page; control characters inside strings, which some pages have, become spaces.
pub(in crate::ingest) fn json_ld(page: &Html) -> Vec<Value> {
    static SCRIPTS: LazyLock<Option<Selector>> =
        LazyLock::new(|| Selector::parse("script[type='application/ld+json' i]").ok());
    SCRIPTS
        .as_ref()
        .map(|selector| {
            page.select(selector)
                .filter_map(|script| {
                    let text: String = script.text().collect();
                    let text: String = text
                        .chars()
                        .map(|sign| if sign.is_control() { ' ' } else { sign })
                        .collect();
                    let text = text
                        .trim()
                        .trim_start_matches("<!--")
                        .trim_start_matches("//<![CDATA[")
                        .trim_end_matches("-->")
                        .trim_end_matches("//]]>")
                        .trim_end_matches(';');
                    serde_json::from_str(text).ok()
                })
                .collect()
        })
        .unwrap_or_default()
}

/// Names of `meta` elements that tell the first publication, surest first.
pub(super) const META_PUBLISHED: [&str; 49] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "date_published",
    "published_time",
    "bt:pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "cxenseparse:recs:articlepublishedtime",
    "vr:published_time",
    "shareaholic:article_published_time",
    "mediator_published_time",
    "original-publish-date",
    "originalpublicationdate",
    "article_date_original",
    "article.published",
    "published_at",
    "publishedat",
    "published",
    "published-date",
    "publisheddate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publish_time",
    "publish-time",
    "publication_date",
    "publication-date",
    "publicationdate",
    "og:pubdate",
    "rbpubdate",
    "ptime",
    "displaydate",
    "article:date",
    "article-date",
    "articledate",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "prism.publicationdate",
    "dc.date.issued",
    "dc.date.published",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
];

/// Names of `meta` elements that tell some day, mostly the first publication's.
pub(super) const META_DATE: [&str; 13] = [
    "datepublished",
    "date",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "created",
    "release_date",
    "pubdate",
    "pub_date",
    "dc.created",
    "article.created",
    "article:created_time",
    "article:create",
];

/// Names of `meta` elements that tell an update, or it is not known what.
pub(super) const META_UPDATED: [&str; 14] = [
    "article:modified_time",
    "article:modified",
    "og:modified_time",
    "og:updated_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "revised",
    "modified",
    "updated_time",
    "timestamp",
    "video:release_date",
];

pub(super) fn of_meta(question: &Question<'_>, names: &[&str]) -> Option<Written> {
    static META: LazyLock<Option<Selector>> =
        LazyLock::new(|| Selector::parse("meta[content]").ok());
    let mut best: Option<(usize, Written)> = None;
    for meta in question.page.select(META.as_ref()?) {
        for attribute in ["property", "name", "itemprop", "pubdate", "http-equiv"] {
            let Some(name) = meta.attr(attribute) else {
                continue;
            };
            let name = name.trim().to_ascii_lowercase();
            let Some(place) = names.iter().position(|known| *known == name) else {
                continue;
            };
            let day = meta
                .attr("content")
                .and_then(|value| question.written(value));
            if let Some(day) = day
                && best.is_none_or(|(best, _)| place < best)
            {
                best = Some((place, day));
            }
        }
    }
    best.map(|(_, day)| day)
}

static IN_SCRIPT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?ix)["']?(?:date_?published|published_?(?:at|date|time|on)?|publish_?(?:date|time|ed_?at)|pub_?date|publication_?(?:date|time)|
            first_?published(?:_?(?:at|date))?|date_?created|created_?(?:at|date)?|article_?date)["']?\s*[:=]\s*\\?["']?
            (?P<value>\d{10,13}|[^"'\\,;{}]{8,40})"#,
    )
    .ok()
});

/// Data that scripts carry under a name that says so.
pub(super) fn of_scripts(question: &Question<'_>) -> Option<NaiveDate> {
    IN_SCRIPT
        .as_ref()?
        .captures_iter(question.source)
        .filter_map(|found| found.name("value"))
        .find_map(|value| question.machine(value.as_str()))
}
