//! What a page shows of its day to readers: marked times, elements that are called a date, dates under the headline.
//!
//! What belongs to comments, sidebars, navigation and lists of other articles is told apart by what elements are called.

use std::{collections::HashSet, sync::LazyLock};

use chrono::NaiveDate;
use ego_tree::{NodeId, iter::Edge};
use regex::Regex;
use scraper::{ElementRef, Html, Selector, node::Node};

use super::Question;

/// Which text of a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// What is neither a comment nor beside the article.
    Article,
    /// All that is shown.
    Anywhere,
}

/// `time`, `abbr`, `itemprop`: the first that is called published, else the first that is not called updated.
pub(super) fn of_marked(question: &Question<'_>, layout: &Layout) -> Option<NaiveDate> {
    static MARKED: LazyLock<Option<Selector>> = LazyLock::new(|| {
        Selector::parse(
            "time, abbr[title], relative-time, [itemprop~=datePublished], [itemprop~=dateCreated], [pubdate], \
             [property~='schema:datePublished'], [property~='dc:date']",
        )
        .ok()
    });
    let mut first = None;
    for element in question.page.select(MARKED.as_ref()?) {
        if layout.is_beside(element) {
            continue;
        }
        let told = [
            "datetime",
            "content",
            "title",
            "data-datetime",
            "data-time",
            "data-timestamp",
            "data-utc",
        ]
        .into_iter()
        .filter_map(|name| element.attr(name))
        .find_map(|value| question.machine(value))
        .or_else(|| {
            let text = text_of(element);
            question.days(&text).next().map(|found| found.day)
        });
        let Some(day) = told else { continue };
        let called = calling(element);
        if UPDATED
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(&called))
        {
            continue;
        }
        let published = PUBLISHED
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(&called));
        if published || element.attr("pubdate").is_some() {
            return Some(day);
        }
        first = first.or(Some(day));
    }
    first
}

static PUBLISHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)datepublished|datecreated|publi|posted|entry-date|post-date|created|pubdate")
        .ok()
});
static UPDATED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)update|modifi|revis|aktualisi|mise-a-jour|maj\b").ok());
static CALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)date|datum|fecha|time|publi|posted|pubdate|byline|dateline|created|meta|info|author|submitted|veroeff|erstellt|stamp",
    )
    .ok()
});
static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:comment|kommentar|disqus|respond)
          | ^(?:.*[-_])?(?:sidebar|aside|related|recommend(?:ed|ations?)?|footer|nav|navbar|navigation|menu|teasers?|popular|latest|ticker
              |carousel|promo|archives?|calendar|cookies?|banner|trending|newsletter|breadcrumbs?|most-?read|read-?more|more-?news)(?:[-_].*)?$",
    )
    .ok()
});

/// What an element calls itself.
fn calling(element: ElementRef<'_>) -> String {
    ["class", "id", "itemprop", "property", "data-testid", "rel"]
        .into_iter()
        .filter_map(|name| element.attr(name))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where on the page what is not the article stands.
#[derive(Debug, Default)]
pub(super) struct Layout {
    beside: HashSet<NodeId>,
}

impl Layout {
    /// Looks through a page once.
    pub(super) fn of(page: &Html) -> Self {
        static HEADLINE: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("h1").ok());
        let holds_headline: HashSet<NodeId> = HEADLINE
            .as_ref()
            .map(|headline| page.select(headline))
            .into_iter()
            .flatten()
            .flat_map(|headline| headline.ancestors().map(|above| above.id()))
            .collect();
        let mut layout = Self::default();
        // How many elements that are not the article are open; `main` begins anew.
        let mut open = vec![0_usize];
        for edge in page.tree.root().traverse() {
            match edge {
                Edge::Open(node) => {
                    let now = open.last().copied().unwrap_or(0);
                    if now > 0 {
                        layout.beside.insert(node.id());
                    }
                    let Some(element) = ElementRef::wrap(node) else {
                        continue;
                    };
                    if element.value().name() == "main" {
                        open.push(0);
                    } else if is_beside(element)
                        && !holds_headline.contains(&node.id())
                        && let Some(count) = open.last_mut()
                    {
                        *count += 1;
                    }
                }
                Edge::Close(node) => {
                    let Some(element) = ElementRef::wrap(node) else {
                        continue;
                    };
                    if element.value().name() == "main" {
                        open.pop();
                    } else if is_beside(element)
                        && !holds_headline.contains(&node.id())
                        && let Some(count) = open.last_mut()
                    {
                        *count = count.saturating_sub(1);
                    }
                }
            }
        }
        layout
    }

    /// Whether an element stands in what is not the article: comments, sidebars, lists of others, navigation. What holds the
    /// headline is never that, whatever it is called.
    pub(super) fn is_beside(&self, element: ElementRef<'_>) -> bool {
        self.beside.contains(&element.id())
    }
}

/// Whether an element is, by its own name, not the article.
fn is_beside(element: ElementRef<'_>) -> bool {
    let element = element.value();
    match element.name() {
        "footer" | "nav" | "aside" => true,
        "body" | "html" => false,
        _ => element
            .classes()
            .chain(element.id())
            .filter(|token| {
                !["has-", "with-", "no-", "is-"]
                    .iter()
                    .any(|before| token.starts_with(before))
            })
            .any(|token| {
                BESIDE
                    .as_ref()
                    .is_some_and(|pattern| pattern.is_match(token))
            }),
    }
}

/// The visible text of an element, words apart, at most some hundred bytes.
fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for piece in element.text() {
        text.push_str(piece);
        text.push(' ');
        if text.len() > 400 {
            break;
        }
    }
    text
}

/// Elements that are called a date, a byline or the like, and are short.
pub(super) fn of_called(question: &Question<'_>, layout: &Layout) -> Option<NaiveDate> {
    static ANY: LazyLock<Option<Selector>> =
        LazyLock::new(|| Selector::parse("body [class], body [id]").ok());
    let mut first = None;
    for element in question.page.select(ANY.as_ref()?) {
        let called = calling(element);
        if !CALLED
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(&called))
            || layout.is_beside(element)
        {
            continue;
        }
        if matches!(
            element.value().name(),
            "script" | "style" | "input" | "body"
        ) {
            continue;
        }
        let text = text_of(element);
        if text.len() > 300 {
            continue;
        }
        let Some(found) = question.days(&text).next() else {
            continue;
        };
        let before = &text[..found.bytes.start];
        let updated = UPDATED
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(before) || pattern.is_match(&called));
        if !updated {
            return Some(found.day);
        }
        first = first.or(Some(found.day));
    }
    first
}

/// The first whole date in the text under the headline, else the first of the page.
pub(super) fn of_visible(
    question: &Question<'_>,
    layout: &Layout,
    which: Where,
) -> Option<NaiveDate> {
    static HEADLINE: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("h1").ok());
    static BODY: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("body").ok());
    let body = question.page.select(BODY.as_ref()?).next()?;
    let headline = question
        .page
        .select(HEADLINE.as_ref()?)
        .next()
        .map(|found| found.id());
    let mut below = String::new();
    let mut whole = String::new();
    let mut passed = false;
    for node in body.descendants() {
        passed |= Some(node.id()) == headline;
        let Node::Text(text) = node.value() else {
            continue;
        };
        let Some(parent) = node.parent().and_then(ElementRef::wrap) else {
            continue;
        };
        if matches!(
            parent.value().name(),
            "script" | "style" | "noscript" | "template" | "option"
        ) || text.trim().is_empty()
            || (which == Where::Article && layout.is_beside(parent))
        {
            continue;
        }
        let target = if passed { &mut below } else { &mut whole };
        if target.len() < 200_000 {
            target.push_str(text);
            target.push('\n');
        }
    }
    let first = |text: &str| question.days(text).next().map(|found| found.day);
    first(&below).or_else(|| first(&whole))
}
