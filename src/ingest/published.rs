//! A page → the day on which it was first published: the original's, not the update's.
//!
//! Witnesses are asked from the surest to the weakest and the first that answers is believed: the address, `meta` that is
//! called published, `time` and the like, elements that are called a date, other `meta`, JSON-LD, the first date under
//! the headline, scripts' data, and only then what tells of updates. (The order is that of their share of right days on a
//! suite of 728 pages; JSON-LD, which sites fill in for search engines, tells an update's day more often than the page does.)
//! What belongs to comments, sidebars and lists of other articles is not asked.
//! Days are the publisher's: an instant counts by the day that is written, whatever its offset; one in UTC gives way to the
//! neighbouring day where the page shows that.

mod head;
mod shown;

use std::cell::OnceCell;

use chrono::{Datelike, NaiveDate};
use scraper::Html;
use url::Url;

pub(super) use self::head::{canonical, json_ld};
use self::{
    head::{JsonLd, META_DATE, META_PUBLISHED, META_UPDATED, of_address, of_meta, of_scripts},
    shown::{Layout, Where, of_called, of_marked, of_visible},
};
use super::day::{FoundDay, NumberOrder, days_in, machine_day};

/// Which witness told a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// The page's address.
    Address,
    /// A `meta` element that is called published.
    Meta,
    /// `time`, `abbr` or an element with `itemprop`.
    Marked,
    /// An element whose class or id calls it a date, or a byline.
    Called,
    /// A `meta` element that is called a date.
    MetaDate,
    /// JSON-LD, `datePublished`.
    JsonLd,
    /// The first date under the headline.
    Visible,
    /// Data in a script.
    Script,
    /// What tells of an update.
    Updated,
    /// The first date of all that is shown.
    Anywhere,
}

/// What is asked, and within which bounds a day is believed.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The page.
    pub page: &'a Html,
    /// Its source text.
    pub source: &'a str,
    /// Its address, where known.
    pub address: Option<&'a Url>,
    /// How its language orders small numbers.
    pub order: NumberOrder,
    /// No page was published later.
    pub today: NaiveDate,
}

/// The first year of the web, before which no page was published.
const FIRST_YEAR: i32 = 1995;

/// The day of publication, and who told it.
pub fn published(question: &Question<'_>) -> Option<(NaiveDate, Witness)> {
    witnesses(question).next()
}

/// What each witness tells, surest first; one that is not reached is not asked.
pub fn witnesses(question: &Question<'_>) -> impl Iterator<Item = (NaiveDate, Witness)> {
    let layout = OnceCell::new();
    Witness::ALL.into_iter().filter_map(move |witness| {
        let layout = || layout.get_or_init(|| Layout::of(question.page));
        Some((witness.ask(question, layout)?, witness))
    })
}

impl Witness {
    /// Every witness, surest first.
    pub const ALL: [Self; 10] = [
        Self::Address,
        Self::Meta,
        Self::Marked,
        Self::Called,
        Self::MetaDate,
        Self::JsonLd,
        Self::Visible,
        Self::Script,
        Self::Updated,
        Self::Anywhere,
    ];

    fn ask<'a>(
        self,
        question: &Question<'_>,
        layout: impl Fn() -> &'a Layout,
    ) -> Option<NaiveDate> {
        let civil = |written: Written| written.civil(|| of_called(question, layout()));
        match self {
            Self::Address => of_address(question),
            Self::Meta => of_meta(question, &META_PUBLISHED).map(civil),
            Self::JsonLd => JsonLd::read(question).published.map(civil),
            Self::Marked => of_marked(question, layout()),
            Self::Called => of_called(question, layout()),
            Self::MetaDate => of_meta(question, &META_DATE).map(|written| written.day),
            Self::Visible => of_visible(question, layout(), Where::Article),
            Self::Script => of_scripts(question),
            Self::Updated => JsonLd::read(question)
                .modified
                .or_else(|| of_meta(question, &META_UPDATED))
                .map(|written| written.day),
            Self::Anywhere => of_visible(question, layout(), Where::Anywhere),
        }
    }
}

impl Question<'_> {
    fn believed(&self, day: NaiveDate) -> Option<NaiveDate> {
        (day.year() >= FIRST_YEAR && day <= self.today).then_some(day)
    }

    fn machine(&self, value: &str) -> Option<NaiveDate> {
        machine_day(value, self.order).and_then(|day| self.believed(day))
    }

    fn written(&self, value: &str) -> Option<Written> {
        let day = self.machine(value)?;
        let value = value.trim();
        let is_utc = ["Z", "z", "+00:00", "+0000", "GMT", "UTC"]
            .iter()
            .any(|zone| value.ends_with(zone));
        let utc_hour = value
            .find(':')
            .filter(|_| is_utc)
            .and_then(|colon| value.get(colon.checked_sub(2)?..colon)?.trim().parse().ok());
        Some(Written { day, utc_hour })
    }

    fn days(&self, text: &str) -> impl Iterator<Item = FoundDay> {
        let question = *self;
        days_in(text, self.order)
            .into_iter()
            .filter(move |found| question.believed(found.day).is_some())
    }
}

/// A day as a machine wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written {
    day: NaiveDate,
    /// The hour, where the instant is in UTC and the publisher's own day may be a neighbouring one.
    utc_hour: Option<u32>,
}

impl Written {
    /// The publisher's day: the one that the page shows, where a zone's offset explains the difference.
    fn civil(self, shown: impl FnOnce() -> Option<NaiveDate>) -> NaiveDate {
        let neighbour = match self.utc_hour {
            Some(0..12) => self.day.pred_opt(),
            Some(_) => self.day.succ_opt(),
            None => None,
        };
        neighbour
            .filter(|neighbour| shown() == Some(*neighbour))
            .unwrap_or(self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> Option<(String, Witness)> {
        told_at(source, None)
    }

    fn told_at(source: &str, address: Option<&str>) -> Option<(String, Witness)> {
        let page = Html::parse_document(source);
        let address = address.map(|address| Url::parse(address).unwrap());
        published(&Question {
            page: &page,
            source,
            address: address.as_ref(),
            order: NumberOrder::DayFirst,
            today: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        })
        .map(|(day, witness)| (day.to_string(), witness))
    }

    fn on_the_10th(witness: Witness) -> (String, Witness) {
        ("2024-09-10".to_owned(), witness)
    }

    #[test]
    fn an_address_with_a_whole_day_is_believed_first() {
        let page = r#"<meta property="article:published_time" content="2024-09-12T08:00:00Z">"#;
        for address in [
            "https://example.org/2024/09/10/envoys-leave",
            "https://example.org/world/2024-09-10-envoys",
            "https://example.org/a/20240910/envoys",
            "https://example.org/2024/sep/10/envoys",
            "https://example.org/2024/0910/envoys",
        ] {
            assert_eq!(
                told_at(page, Some(address)),
                Some(on_the_10th(Witness::Address)),
                "{address}"
            );
        }
        let canonical = r#"<link rel="canonical" href="https://example.org/2024/09/10/x">"#;
        assert_eq!(told(canonical), Some(on_the_10th(Witness::Address)));
        for address in [
            "https://example.org/2024/09/envoys",
            "https://example.org/id/202409101234567",
            "https://example.org/2024/13/10/",
        ] {
            assert_eq!(told_at("<p>x", Some(address)), None, "{address}");
        }
    }

    #[test]
    fn the_original_is_told_before_the_update() {
        assert_eq!(
            told(
                r#"<meta property="og:updated_time" content="2024-09-12"><meta name="publish-date" content="2024-09-10">"#
            ),
            Some(on_the_10th(Witness::Meta))
        );
        assert_eq!(
            told(
                r#"<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},
                {"@type":"NewsArticle","dateModified":"2024-09-12","datePublished":"2024-09-10",
                "comment":[{"@type":"Comment","datePublished":"2024-09-11"}]}]}</script>"#
            ),
            Some(on_the_10th(Witness::JsonLd))
        );
        assert_eq!(
            told(
                r#"<p class="meta">Updated: 12 September 2024</p><p class="date">Published: 10 September 2024</p>"#
            ),
            Some(on_the_10th(Witness::Called))
        );
        assert_eq!(
            told(r#"<meta property="article:modified_time" content="2024-09-10">"#),
            Some(on_the_10th(Witness::Updated)),
            "better than none"
        );
    }

    #[test]
    fn an_instant_in_utc_gives_way_to_the_day_that_is_shown() {
        let page = |instant: &str, shown: &str| {
            format!(
                r#"<meta property="article:published_time" content="{instant}"><h1>T</h1><p class="date">{shown}</p>"#
            )
        };
        assert_eq!(
            told(&page("2024-09-11T03:30:00Z", "10 September 2024")),
            Some(on_the_10th(Witness::Meta))
        );
        assert_eq!(
            told(&page("2024-09-09T22:30:00+00:00", "10 September 2024")),
            Some(on_the_10th(Witness::Meta))
        );
        assert_eq!(
            told(&page("2024-09-10T03:30:00Z", "11 September 2024")),
            Some(on_the_10th(Witness::Meta))
        );
        assert_eq!(
            told(&page("2024-09-10T23:30:00-04:00", "11 September 2024")),
            Some(on_the_10th(Witness::Meta))
        );
    }

    #[test]
    fn what_stands_beside_the_article_is_not_asked() {
        assert_eq!(
            told(
                r#"<aside><time datetime="2021-01-01">old</time></aside><div id="comments"><time datetime="2024-09-12"></time></div>
                <div class="has-sidebar"><h1>T</h1><time datetime="2024-09-10">10 September</time></div>"#
            ),
            Some(on_the_10th(Witness::Marked))
        );
        assert_eq!(
            told(
                r#"<div class="sidebar">1.1.2021</div><h1>T</h1><div>am 10. September 2024 in Wien</div>"#
            ),
            Some(on_the_10th(Witness::Visible))
        );
    }

    #[test]
    fn scripts_are_asked_late_and_days_to_come_or_before_the_web_never() {
        assert_eq!(
            told(
                r#"<p>Text</p><script>window.x = {"publishedAt":"2024-09-10T10:00:00Z"}</script>"#
            ),
            Some(on_the_10th(Witness::Script))
        );
        assert_eq!(
            told(r#"<meta name="date" content="2044-09-10"><p>in 1914, on 28 June 1914</p>"#),
            None
        );
    }
}
