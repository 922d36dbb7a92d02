//! A page's head and marks → its title, site, byline, language and own address.
//!
//! The day of publication is [`super::published`]'s. Everything is empty where the page does not tell it.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use url::Url;

use super::{
    published::{canonical, json_ld},
    text_metadata::{TITLE_MAX, as_known, shortened},
};
use crate::domain::publisher::publisher_of_host;

/// What a page tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The headline, without the site's name.
    pub title: String,
    /// What the site calls itself.
    pub site: String,
    /// Who wrote it, several joined by a comma.
    pub byline: String,
    /// ISO 639-1.
    pub language: String,
    /// The address that the page calls its own.
    pub canonical: Option<String>,
}

/// Reads a page's metadata.
pub fn read(page: &Html, address: Option<&Url>) -> Metadata {
    let article = json_ld(page)
        .iter()
        .find_map(article_of)
        .unwrap_or_default();
    let site = site(page, &article, address);
    Metadata {
        title: title(page, &article, &site),
        byline: byline(page, &article, &site),
        language: language(page),
        canonical: canonical(page),
        site,
    }
}

/// The publisher of a page: by its host, else by what the site calls itself.
pub fn publisher(site: &str, address: Option<&Url>) -> String {
    address
        .and_then(Url::host_str)
        .and_then(publisher_of_host)
        .map_or_else(|| as_known(site), |publisher| publisher.name.clone())
}

/// What JSON-LD says of the article.
#[derive(Debug, Default)]
struct Told {
    headline: String,
    authors: Vec<String>,
    publisher: String,
}

fn article_of(value: &Value) -> Option<Told> {
    match value {
        Value::Array(values) => values.iter().find_map(article_of),
        Value::Object(object) => {
            let kind = object
                .get("@type")
                .map(Value::to_string)
                .unwrap_or_default();
            if !["Article", "Posting", "Report"]
                .iter()
                .any(|word| kind.contains(word))
            {
                return ["@graph", "mainEntity", "mainEntityOfPage"]
                    .into_iter()
                    .filter_map(|name| object.get(name))
                    .find_map(article_of);
            }
            Some(Told {
                headline: object
                    .get("headline")
                    .map(text_of_value)
                    .unwrap_or_default(),
                authors: object.get("author").map(names_of).unwrap_or_default(),
                publisher: object
                    .get("publisher")
                    .map(names_of)
                    .unwrap_or_default()
                    .into_iter()
                    .next()
                    .unwrap_or_default(),
            })
        }
        _ => None,
    }
}

fn text_of_value(value: &Value) -> String {
    tidy(&unescaped(value.as_str().unwrap_or_default()))
}

fn names_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![tidy(&unescaped(name))],
        Value::Array(values) => values.iter().flat_map(names_of).collect(),
        Value::Object(object) => object.get("name").map(names_of).unwrap_or_default(),
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|name| is_name(name))
    .collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() < 120
        && !text.contains("http")
        && text.chars().any(char::is_alphabetic)
}

/// Character references, which some pages escape twice.
fn unescaped(text: &str) -> String {
    if text.contains('&') {
        Html::parse_fragment(text).root_element().text().collect()
    } else {
        text.to_owned()
    }
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The elements that a selector finds; a selector is a constant of ours.
fn select<'a>(page: &'a Html, selector: &LazyLock<Option<Selector>>) -> Vec<ElementRef<'a>> {
    selector
        .as_ref()
        .map(|selector| page.select(selector).collect())
        .unwrap_or_default()
}

fn meta(page: &Html, names: &[&str]) -> Option<String> {
    static META: LazyLock<Option<Selector>> =
        LazyLock::new(|| Selector::parse("meta[content]").ok());
    let all = select(page, &META);
    names.iter().find_map(|name| {
        all.iter()
            .filter(|meta| {
                ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .any(|attribute| {
                        meta.attr(attribute)
                            .is_some_and(|told| told.trim().eq_ignore_ascii_case(name))
                    })
            })
            .filter_map(|meta| meta.attr("content"))
            .map(|content| tidy(&unescaped(content)))
            .find(|content| !content.is_empty())
    })
}

fn text_of(element: ElementRef<'_>) -> String {
    tidy(&element.text().collect::<String>())
}

/// The headline in the text where there is one, else what the head says, without the site's name.
fn title(page: &Html, article: &Told, site: &str) -> String {
    static HEADLINES: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("h1").ok());
    static TITLE: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("head title").ok());
    let headlines: Vec<String> = select(page, &HEADLINES)
        .into_iter()
        .map(text_of)
        .filter(|text| !text.is_empty() && !text.eq_ignore_ascii_case(site))
        .collect();
    let head = select(page, &TITLE)
        .first()
        .map(|title| text_of(*title))
        .unwrap_or_default();
    let shared = meta(
        page,
        &[
            "og:title",
            "twitter:title",
            "dc.title",
            "dcterms.title",
            "title",
        ],
    )
    .unwrap_or_default();
    let known = |headline: &&String| {
        [&head, &shared, &article.headline].iter().any(|told| {
            !told.is_empty()
                && (told.contains(headline.as_str()) || headline.contains(told.as_str()))
        })
    };
    let title = headlines
        .iter()
        .find(known)
        .or_else(|| {
            headlines
                .first()
                .filter(|headline| headlines.len() == 1 && headline.len() > 20)
        })
        .cloned()
        .or_else(|| Some(article.headline.clone()).filter(|text| !text.is_empty()))
        .or_else(|| Some(without_site(&shared, site)).filter(|text| !text.is_empty()))
        .or_else(|| Some(without_site(&head, site)).filter(|text| !text.is_empty()))
        .or_else(|| headlines.first().cloned())
        .unwrap_or_default();
    shortened(&title, TITLE_MAX)
}

/// “Envoys leave | Example News” → “Envoys leave”: a part at the end after a separator, where it is short or the site's name.
fn without_site(title: &str, site: &str) -> String {
    for separator in [" | ", " — ", " – ", " - ", " :: ", " » ", " • ", " · "] {
        let Some((before, after)) = title.rsplit_once(separator) else {
            continue;
        };
        let is_site = !site.is_empty() && after.to_lowercase().contains(&site.to_lowercase());
        if is_site
            || (after.split_whitespace().count() <= 3 && before.split_whitespace().count() >= 3)
        {
            return before.trim().to_owned();
        }
    }
    title.to_owned()
}

fn site(page: &Html, article: &Told, address: Option<&Url>) -> String {
    meta(
        page,
        &[
            "og:site_name",
            "application-name",
            "apple-mobile-web-app-title",
            "dc.publisher",
            "publisher",
        ],
    )
    .filter(|name| is_name(name))
    .or_else(|| Some(article.publisher.clone()).filter(|name| !name.is_empty()))
    .or_else(|| {
        address
            .and_then(Url::host_str)
            .and_then(publisher_of_host)
            .map(|known| known.name.clone())
    })
    .or_else(|| {
        address
            .and_then(Url::host_str)
            .map(|host| host.trim_start_matches("www.").to_owned())
    })
    .unwrap_or_default()
}

fn byline(page: &Html, article: &Told, site: &str) -> String {
    static MARKED: LazyLock<Option<Selector>> = LazyLock::new(|| {
        Selector::parse(
            "[rel~=author], [itemprop~=author] [itemprop~=name], [itemprop~=author], .byline, .author-name, .author, \
             .article__author, .article-author, .post-author, .entry-author, [class*='byline' i], [data-testid*='byline' i]",
        )
        .ok()
    });
    let not_site = |name: &String| !name.eq_ignore_ascii_case(site);
    if !article.authors.is_empty() && article.authors.iter().any(not_site) {
        return article.authors.join(", ");
    }
    meta(
        page,
        &[
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
            "citation_author",
        ],
    )
    .map(|text| without_by(&text))
    .filter(|text| is_name(text) && not_site(text))
    .or_else(|| {
        select(page, &MARKED)
            .into_iter()
            .map(|element| without_by(&text_of(element)))
            .find(|text| is_name(text) && text.split_whitespace().count() <= 8)
    })
    .unwrap_or_default()
}

fn without_by(text: &str) -> String {
    let text = tidy(text);
    for before in ["By ", "by ", "BY ", "Von ", "von ", "Par ", "Por "] {
        if let Some(rest) = text.strip_prefix(before) {
            return rest.trim_end_matches([',', '|', '·', ' ']).to_owned();
        }
    }
    text
}

/// The page's language tag cut to its first part: `en-GB` → `en`.
fn language(page: &Html) -> String {
    let of_root = page
        .root_element()
        .attr("lang")
        .or_else(|| page.root_element().attr("xml:lang"));
    of_root
        .map(str::to_owned)
        .filter(|tag| !tag.trim().is_empty())
        .or_else(|| {
            meta(
                page,
                &["og:locale", "content-language", "dc.language", "language"],
            )
        })
        .map(|tag| {
            tag.trim()
                .split(['-', '_', ','])
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        })
        .filter(|tag| tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase()))
        .unwrap_or_default()
}

/// The whole language tag of a page, which tells how it orders small numbers: `en-us`.
pub(super) fn language_tag(page: &Html) -> String {
    page.root_element()
        .attr("lang")
        .map(str::to_owned)
        .filter(|tag| tag.len() > 2)
        .or_else(|| meta(page, &["og:locale"]))
        .or_else(|| page.root_element().attr("lang").map(str::to_owned))
        .unwrap_or_default()
}
