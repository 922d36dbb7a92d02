//! A pasted or plain text → its title, publisher, byline and day of publication, as far as its own lines tell them.
//!
//! The first line is the title. Days count where a page puts them: on a line of their own, in a byline, after
//! “Published”, in a dateline; not in prose, and not in a caption, whose day is the picture's. A picture's agency is not
//! the publisher either. What cannot be found is left empty, never guessed.

use std::{ops::Range, sync::LazyLock};

use chrono::NaiveDate;
use regex::Regex;

use super::day::{NumberOrder, days_in};
use crate::domain::{fold::fold, publisher::publisher_named};

/// What a text tells of itself; empty where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextMetadata {
    /// One line, at most [`TITLE_MAX`] characters.
    pub title: String,
    /// The publisher's name, as the reference data writes it where it knows it.
    pub publisher: String,
    /// Who wrote it.
    pub byline: String,
    /// The day of publication.
    pub published: Option<NaiveDate>,
}

/// The most characters of a title.
pub const TITLE_MAX: usize = 300;
/// A line that is longer is prose, in bytes.
const LINE_MAX: usize = 160;
/// How many lines at the top may tell of the article, and how many at its end.
const TOP_LINES: usize = 10;
const END_LINES: usize = 6;

/// Reads what a text tells of itself. Days after `today` are not taken, nor is a dateline's without a year unless
/// `year` is known, for instance from its address.
pub fn read(text: &str, today: NaiveDate, year: Option<i32>) -> TextMetadata {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let dateline = lines
        .iter()
        .take(TOP_LINES)
        .find_map(|line| Dateline::read(line));
    let titled = lines
        .first()
        .is_some_and(|line| line.len() <= 2 * TITLE_MAX && Dateline::read(line).is_none());
    let below: Vec<&str> = lines.iter().skip(usize::from(titled)).copied().collect();
    let top = top_of(&below);
    let published = published(&lines, top, today).or_else(|| {
        dateline
            .as_ref()
            .and_then(|line| line.day(year))
            .filter(|day| *day <= today)
    });
    let byline = top.iter().find_map(|line| byline(line)).unwrap_or_default();
    TextMetadata {
        title: title(&lines),
        publisher: dateline
            .and_then(|line| line.publisher)
            .or_else(|| {
                let mut numbered = top.iter().enumerate();
                numbered.find_map(|(place, line)| named_publisher(line, place))
            })
            .or_else(|| agency_of_byline(&byline))
            .or_else(|| credited(&lines))
            .unwrap_or_default(),
        byline,
        published,
    }
}

/// The lines under the title, up to the first paragraph of prose.
fn top_of<'a, 'b>(below: &'a [&'b str]) -> &'a [&'b str] {
    let prose = below
        .iter()
        .position(|line| line.len() > 2 * LINE_MAX)
        .unwrap_or(below.len());
    below.get(..prose.min(TOP_LINES)).unwrap_or(below)
}

/// The first line, without a heading's signs; of a text that begins with prose, its first sentence.
fn title(lines: &[&str]) -> String {
    let Some(first) = lines.first() else {
        return String::new();
    };
    let first = first
        .trim_start_matches(['#', '*', ' '])
        .trim_end_matches('*');
    let words = first.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= TITLE_MAX {
        return words;
    }
    let sentence = words
        .find(". ")
        .map_or(words.as_str(), |stop| &words[..stop]);
    shortened(sentence, TITLE_MAX)
}

/// At most so many characters, cut between words, with an ellipsis where cut.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let Some((limit, _)) = text.char_indices().nth(most.saturating_sub(1)) else {
        return text.to_owned();
    };
    if text[limit..].chars().count() <= 1 {
        return text.to_owned();
    }
    let cut = text[..limit].rfind(' ').unwrap_or(limit);
    format!("{}…", text[..cut].trim_end())
}

/// How sure a place is to hold the day of publication, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Labelled,
    Alone,
    AtAnEnd,
    Updated,
}

fn published(lines: &[&str], top: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let ranked = |line: &&str| ranked_days(line, today);
    let best = top.iter().flat_map(ranked).min_by_key(|(rank, _)| *rank);
    let end = lines.get(lines.len().saturating_sub(END_LINES)..)?;
    let labelled_at_the_end = || {
        end.iter()
            .flat_map(ranked)
            .find(|(rank, _)| *rank == Rank::Labelled)
    };
    match best {
        Some((Rank::Updated, updated)) => {
            Some(labelled_at_the_end().map_or(updated, |(_, day)| day))
        }
        Some((_, day)) => Some(day),
        None => {
            // Of the title line only a day that stands at its end: “Press briefing, 10 September 2024”.
            let title = || lines.first().into_iter().flat_map(ranked).next();
            labelled_at_the_end().or_else(title).map(|(_, day)| day)
        }
    }
}

static CAPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:photo|photograph|image|picture|file photo|caption|getty|illustration|©|\(c\))\b|[/|] *photo|©").ok()
});
static PUBLISHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:published|posted|issued|released|date|dated|filed|created|first aired|publi[ée]|ver[öo]ffentlicht|publicado)\b[^.]{0,25}$",
    )
    .ok()
});
static UPDATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:updated?|modified|last (?:edited|changed|reviewed)|as of|accessed|retrieved|corrected)\b[^.]{0,25}$").ok()
});
/// What may stand beside a day on a line of its own: weekdays, clock times, zones.
static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b
        | \b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\b | \b\d{1,2}\ ?(?:am|pm|a\.m\.|p\.m\.)
        | \b(?:am|pm|gmt|utc|bst|e[sd]?t|c[es]t|p[sd]t|eest|msk|ist|at|on|local\ time|uhr|hrs?)\b
        | [+-]\d{1,2}:?\d{2} | \b\d+[\ -]min(?:ute)?s?(?:\ read)?\b | [\p{P}\p{S}\s]",
    )
    .ok()
});

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(text))
}

fn is_beside_only(text: &str) -> bool {
    BESIDE
        .as_ref()
        .is_some_and(|pattern| pattern.replace_all(text, "").is_empty())
}

fn ranked_days(line: &str, today: NaiveDate) -> Vec<(Rank, NaiveDate)> {
    if line.len() > LINE_MAX {
        return Vec::new();
    }
    days_in(line, NumberOrder::Unknown)
        .into_iter()
        .filter(|found| found.day <= today)
        .filter_map(|found| Some((rank(line, &found.bytes)?, found.day)))
        .collect()
}

fn rank(line: &str, bytes: &Range<usize>) -> Option<Rank> {
    let (before, after) = (&line[..bytes.start], &line[bytes.end..]);
    if matches(&UPDATED, before) {
        return Some(Rank::Updated);
    }
    if matches(&PUBLISHED, before) {
        return Some(Rank::Labelled);
    }
    if matches(&CAPTION, line) {
        return None;
    }
    let parts = |sign: char| matches!(sign, '|' | '•' | '·' | '—' | '–' | '/');
    let before = before.rsplit(parts).next().unwrap_or(before);
    let after = after.split(parts).next().unwrap_or(after);
    match (is_beside_only(before), is_beside_only(after)) {
        (true, true) => Some(Rank::Alone),
        (true, false) => Some(Rank::AtAnEnd),
        (false, true) if !line.ends_with('.') && before.split_whitespace().count() <= 8 => {
            Some(Rank::AtAnEnd)
        }
        _ => None,
    }
}

static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?P<place>\p{Lu}{2}[\p{Lu}\p{M}\ .'’/-]{1,50}(?:,\ (?:\p{Lu}\p{L}+\.?\ ?){1,3})?)
        (?:,\s*(?P<day>\p{Lu}\p{Ll}{2,8}\.?\s\d{1,2}|\d{1,2}\s\p{Lu}\p{Ll}{2,8})(?:,?\s(?P<year>\d{4}))?)?
        \s*(?:\((?P<publisher>\p{Lu}[^()]{1,60})\))?\s*(?P<dash>[—–]|--?|$)",
    )
    .ok()
});

/// “LONDON, Sept 10 (Reuters) —” at the head of a paragraph.
struct Dateline {
    month_and_day: Option<String>,
    year: Option<i32>,
    publisher: Option<String>,
}

impl Dateline {
    fn read(line: &str) -> Option<Self> {
        let found = DATELINE.as_ref()?.captures(line)?;
        let part = |name| found.name(name).map(|part| part.as_str().to_owned());
        let dateline = Self {
            month_and_day: part("day"),
            year: part("year").and_then(|year| year.parse().ok()),
            publisher: part("publisher").map(|written| as_known(&written)),
        };
        // A bare “MOSCOW” or “FOR RELEASE (Summary)” on a line is a place or a heading.
        let ends_the_line = found
            .name("dash")
            .is_none_or(|dash| dash.as_str().is_empty());
        (dateline.month_and_day.is_some() || !ends_the_line).then_some(dateline)
    }

    fn day(&self, year: Option<i32>) -> Option<NaiveDate> {
        let written = format!("{} {}", self.month_and_day.as_ref()?, self.year.or(year)?);
        days_in(&written, NumberOrder::Unknown)
            .first()
            .map(|found| found.day)
    }
}

/// The name as the reference data writes it, else as it stands.
pub(super) fn as_known(written: &str) -> String {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    publisher_named(&written).map_or(written, |publisher| publisher.name.clone())
}

/// The lines under the title that may be a publisher's name alone.
const NAME_LINES: usize = 3;

/// A line right under the title that is a publisher's name and nothing else, or a part between separators of a line that
/// tells a day too. (Elsewhere a name on a line is a heading: “NATO” in a live blog.)
fn named_publisher(line: &str, place: usize) -> Option<String> {
    if line.len() > LINE_MAX || matches(&CAPTION, line) {
        return None;
    }
    let known = |part: &str| publisher_named(part.trim().trim_end_matches('.'));
    let alone = || (place < NAME_LINES).then(|| known(line)).flatten();
    let beside_a_day = || {
        (!days_in(line, NumberOrder::Unknown).is_empty())
            .then(|| line.split(['|', '•', '·', '—', '–', ',']).find_map(known))
            .flatten()
    };
    alone()
        .or_else(beside_a_day)
        .map(|publisher| publisher.name.clone())
}

static BYLINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:By|BY)\s+(?P<who>\p{Lu}[^|•·\d]{2,100})").ok());

fn byline(line: &str) -> Option<String> {
    if line.len() > LINE_MAX || line.ends_with('.') {
        return None;
    }
    let who = BYLINE.as_ref()?.captures(line)?.name("who")?.as_str();
    let who = who.trim_end_matches(|sign: char| sign.is_whitespace() || ",;-–—".contains(sign));
    Some(who.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// “By Example News Agency”: a byline that names a publisher rather than a person.
fn agency_of_byline(byline: &str) -> Option<String> {
    if let Some(publisher) = publisher_named(byline) {
        return Some(publisher.name.clone());
    }
    let folded = fold(byline);
    (folded.ends_with(" agency") || folded.ends_with(" news") || folded.ends_with(" press"))
        .then(|| byline.to_owned())
}

/// “Source: TRT World and agencies” on a line of its own, where the reference data knows the name.
fn credited(lines: &[&str]) -> Option<String> {
    lines
        .iter()
        .filter(|line| line.len() <= LINE_MAX)
        .find_map(|line| {
            let (label, names) = line.split_once(':')?;
            if !matches!(
                fold(label.trim()).as_str(),
                "source" | "publisher" | "publication"
            ) {
                return None;
            }
            names
                .split([',', '/', '|', '&'])
                .flat_map(|part| part.split(" and "))
                .find_map(|name| publisher_named(name.trim().trim_end_matches('.')))
                .map(|publisher| publisher.name.clone())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> TextMetadata {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        read(text, today, None)
    }

    fn day_of(text: &str) -> Option<String> {
        told(text).published.map(|day| day.to_string())
    }

    #[test]
    fn the_first_line_is_the_title() {
        assert_eq!(
            told("\n  Envoys   leave \n\nThe envoys left.").title,
            "Envoys leave"
        );
        assert_eq!(told("# **Envoys leave**\n").title, "Envoys leave");
        let prose = format!(
            "The envoys left in the night. {}",
            "They said little. ".repeat(40)
        );
        assert_eq!(told(&prose).title, "The envoys left in the night");
        assert_eq!(told("").title, "");
    }

    #[test]
    fn a_day_counts_on_a_line_of_its_own_in_a_byline_and_after_a_label() {
        for top in [
            "September 10, 2024",
            "Tuesday 10 September 2024",
            "2024-09-10",
            "10 September 2024, 14:20 (UTC+04:00)",
            "Published 10 Sept 2024",
            "Published: 10 Sept 2024 | Updated: 12 Sept 2024",
            "Updated 12 September 2024\nFirst published 10 September 2024",
            "By A. Writer · Tuesday 10 September 2024 · updated 16:05",
            "EXPLAINER | 10 September 2024",
            "10 September 2024 · 4 min read",
            "Tuesday, September 10, 2024 — Day 2 of the talks. All times GMT.",
            "Geneva, 10 September 2024",
            "Example Podcast, episode 112 — recorded and published on 10 September 2024",
            "A minister speaks in Geneva on 9 September 2024 / Photo: Example Pictures\n10 September 2024",
        ] {
            let text = format!("A title\n{top}\n\nThe talks of 3 May 2021 were long.");
            assert_eq!(day_of(&text).as_deref(), Some("2024-09-10"), "{top}");
        }
    }

    #[test]
    fn a_day_in_prose_or_in_a_caption_is_no_day_of_publication() {
        for text in [
            "A title\n\nThe talks of 3 May 2021 were long.",
            "A title\nA minister in Geneva, 9 September 2024 / Photo: Example Pictures\nThey met.",
            "A title\nThey will meet on 10 September 2124, the ministers said.",
            "A title\nSeptember 10, 2124\nText.",
        ] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_label_at_the_end_counts_and_a_title_ends_with_its_day() {
        assert_eq!(
            day_of("A title\n\nThey met.\n\nFirst published: September 10, 2024").as_deref(),
            Some("2024-09-10")
        );
        assert_eq!(
            day_of("Press briefing, 10 September 2024\n\nThey met.").as_deref(),
            Some("2024-09-10")
        );
        assert_eq!(
            day_of("A title\nUpdated 12 September 2024\nThey met.").as_deref(),
            Some("2024-09-12"),
            "better than none"
        );
    }

    #[test]
    fn a_dateline_tells_the_publisher_and_with_a_year_the_day() {
        let wire = told("A title\n\nLONDON, Sept 10, 2024 (Reuters) — The ministers met.");
        assert_eq!(wire.publisher, "Reuters");
        assert_eq!(wire.published.unwrap().to_string(), "2024-09-10");
        let bare = "A title\n\nNEW YORK, Sept. 10 (Example Press) -- The ministers met.";
        assert_eq!(told(bare).publisher, "Example Press");
        assert_eq!(told(bare).published, None, "no year is guessed");
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(
            read(bare, today, Some(2024)).published.unwrap().to_string(),
            "2024-09-10"
        );
        assert_eq!(
            told("TEHRAN (Example Wire) — Iran spoke.").publisher,
            "Example Wire"
        );
        assert_eq!(
            told("A title\nMOSCOW - They met (again) there.").publisher,
            ""
        );
    }

    #[test]
    fn a_pictures_agency_is_not_the_publisher() {
        assert_eq!(
            told("A title\nTwo ministers. / Photo: Reuters\nSeptember 10, 2024\n\nText.").publisher,
            ""
        );
        assert_eq!(
            told("A title\nBBC News | September 10, 2024\n\nText.").publisher,
            told("BBC News\nBBC News\n").publisher
        );
        assert_eq!(
            told("A title\nLive updates\n8:00\n10:00 news\n9:00\nNATO\nText.").publisher,
            "",
            "a heading"
        );
        assert_eq!(
            told("A title\nFOR RELEASE (Summary by the desk)\nText.").publisher,
            ""
        );
        assert_eq!(
            told("A title\nReuters, September 10, 2024\n\nText.").publisher,
            "Reuters"
        );
        assert_eq!(
            told("A title\n\nText.\n\nSource: Reuters and agencies").publisher,
            "Reuters"
        );
    }

    #[test]
    fn a_byline_is_read_without_what_follows_it() {
        let read =
            told("A title\nBy Jane Doe and John Roe | September 10, 2024\n\nBy then it was late.");
        assert_eq!(read.byline, "Jane Doe and John Roe");
        assert_eq!(
            told("A title\nBy Southern Example News Agency\n").publisher,
            "Southern Example News Agency"
        );
    }

    #[test]
    fn long_text_is_cut_between_words() {
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("one two", 7), "one two");
    }
}
