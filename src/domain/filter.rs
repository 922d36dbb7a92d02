//! What a reader asks of the timeline: one type, parsed once, shared by page, export, API and command line.

use chrono::{Datelike, NaiveDate};

use super::{
    cell,
    clock::{Clock, Timestamp},
    kind::Kind,
    limits::{Limits, limits},
    modality::Modality,
    search::SearchQuery,
};

/// Rows on a page unless asked otherwise.
pub const PER_DEFAULT: u32 = 50;
/// The most rows on a page, unless another limit was [chosen](super::limits).
pub const PER_MAX: u32 = Limits::USUAL.per;

/// Which end of the record comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// Descending sort key.
    #[default]
    Newest,
    /// Ascending sort key.
    Oldest,
}

impl Sort {
    /// The word of addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}

/// A bound of the range of days, as written and as the day it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DayBound {
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as given.
    pub text: String,
    /// The first day of it for `from`, the last for `to`.
    pub day: NaiveDate,
}

/// Since when an event must have changed, as written and as the instant it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChangedSince {
    /// A day (`2024-09-10`, from its beginning in UTC) or an RFC 3339 instant, as given.
    pub text: String,
    /// The instant.
    pub at: Timestamp,
}

/// A place between two rows of a list: opaque to users, a sort key to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor(pub i64);

impl Cursor {
    /// The opaque text: the sort key and a check sum, in base 36.
    pub fn encode(self) -> String {
        format!("{:x}-{:x}", self.0, check(self.0))
    }

    /// Reads the text back; `None` where it is not one of ours.
    pub fn decode(text: &str) -> Option<Self> {
        let (key, sum) = text.split_once('-')?;
        let key = i64::from_str_radix(key, 16).ok().filter(|key| *key >= 0)?;
        (u64::from_str_radix(sum, 16).ok()? == check(key)).then_some(Self(key))
    }
}

/// A check against slips and tampering, not a secret: a forged cursor only names another place in a public list.
fn check(key: i64) -> u64 {
    key.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 44
}

/// The filters of every list and export. Values of one filter are alternatives; different filters all hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimelineFilter {
    /// Kinds; empty for all.
    pub kinds: Vec<Kind>,
    /// Who acts: codes or names as given. An unknown one finds nothing.
    pub actors: Vec<String>,
    /// Toward whom: codes or names as given.
    pub targets: Vec<String>,
    /// On either side: codes or names as given.
    pub parties: Vec<String>,
    /// Modalities; empty for all.
    pub modalities: Vec<Modality>,
    /// Publishers' names as given.
    pub sources: Vec<String>,
    /// Events whose possible days end before it are left out.
    pub from: Option<DayBound>,
    /// Events whose possible days begin after it are left out.
    pub to: Option<DayBound>,
    /// What was typed into the search box; empty for none.
    pub q: String,
    /// The record as it was published then.
    pub as_of: Option<Timestamp>,
    /// Only events that were recorded or changed then or later.
    pub changed_since: Option<ChangedSince>,
    /// Which end comes first.
    pub sort: Sort,
    /// Only what comes after this place in the order asked for.
    pub after: Option<Cursor>,
    /// Only what comes before this place; the page then ends there.
    pub before: Option<Cursor>,
    /// Rows on a page, 1 to [`PER_MAX`]; `None` for [`PER_DEFAULT`]. Exports ignore it.
    pub per: Option<u32>,
}

/// A parameter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {message}")]
pub struct ParameterError {
    /// The parameter's name.
    pub name: String,
    /// What it takes and what was found.
    pub message: String,
}

/// A filter with what was wrong or unknown in its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParsedFilter {
    /// All that could be read.
    pub filter: TimelineFilter,
    /// Every malformed parameter.
    pub errors: Vec<ParameterError>,
    /// Names of parameters that are none of ours.
    pub unknown: Vec<String>,
}

impl TimelineFilter {
    /// The parameters, in the order in which links write them.
    pub const PARAMETERS: [&'static str; 15] = [
        "kind",
        "actor",
        "target",
        "party",
        "modality",
        "source",
        "from",
        "to",
        "q",
        "as_of",
        "changed_since",
        "sort",
        "after",
        "before",
        "per",
    ];

    /// Reads decoded query pairs. Empty values are as if absent; every fault is reported, not just the first.
    pub fn parse<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
        clock: &Clock,
    ) -> ParsedFilter {
        let mut parsed = ParsedFilter::default();
        for (name, value) in pairs {
            // PostgreSQL keeps no NUL in a text
            let value = value.as_ref().replace('\0', "");
            let (name, value) = (name.as_ref(), value.trim());
            if !Self::PARAMETERS.contains(&name) {
                if !parsed.unknown.iter().any(|known| known == name) {
                    parsed.unknown.push(name.to_owned());
                }
            } else if !value.is_empty()
                && let Err(message) = parsed.filter.set(name, value, clock)
            {
                parsed.errors.push(ParameterError {
                    name: name.to_owned(),
                    message,
                });
            }
        }
        parsed
    }

    fn set(&mut self, name: &str, value: &str, clock: &Clock) -> Result<(), String> {
        match name {
            "kind" => push_new(&mut self.kinds, value.parse().map_err(to_text)?),
            "modality" => push_new(&mut self.modalities, value.parse().map_err(to_text)?),
            "actor" => push_all(&mut self.actors, value),
            "target" => push_all(&mut self.targets, value),
            "party" => push_all(&mut self.parties, value),
            "source" => push_all(&mut self.sources, value),
            "from" => self.from = Some(bound(value, first_day)?),
            "to" => self.to = Some(bound(value, last_day)?),
            "q" => {
                let length = value.chars().count();
                let most = limits().query;
                if length > most {
                    return Err(format!(
                        "expected at most {most} characters, but found {length}"
                    ));
                }
                value.clone_into(&mut self.q);
            }
            "as_of" => {
                let instant: Timestamp = value.parse().map_err(to_text)?;
                if instant > clock.now() {
                    return Err(format!(
                        "expected an instant that has passed, but found “{value}”"
                    ));
                }
                self.as_of = Some(instant);
            }
            "changed_since" => {
                let at = if value.len() == 10 {
                    format!("{value}T00:00:00Z").parse()
                } else {
                    value.parse::<Timestamp>()
                };
                self.changed_since = Some(ChangedSince {
                    text: value.to_owned(),
                    at: at.map_err(|_| {
                        format!(
                            "expected a day such as 2024-09-10 or an RFC 3339 instant such as \
                             2024-09-10T14:05:06Z, but found “{value}”"
                        )
                    })?,
                });
            }
            "sort" => {
                self.sort = [Sort::Newest, Sort::Oldest]
                    .into_iter()
                    .find(|sort| sort.slug() == value)
                    .ok_or_else(|| format!("expected newest or oldest, but found “{value}”"))?;
            }
            "after" => self.after = Some(cursor(value)?),
            "before" => self.before = Some(cursor(value)?),
            "per" => {
                self.per = Some(
                    value
                        .parse()
                        .ok()
                        .filter(|per| (1..=limits().per).contains(per))
                        .ok_or_else(|| {
                            format!(
                                "expected a whole number from 1 to {}, but found “{value}”",
                                limits().per
                            )
                        })?,
                );
            }
            _ => {}
        }
        Ok(())
    }

    /// The terms of the search box.
    pub fn search(&self) -> SearchQuery {
        SearchQuery::parse(&self.q)
    }

    /// Rows on a page.
    pub fn page_size(&self) -> u32 {
        self.per.unwrap_or(PER_DEFAULT.min(limits().per))
    }

    /// Whether nothing narrows the list (sorting and paging aside).
    pub fn is_unfiltered(&self) -> bool {
        let shown = Self {
            sort: self.sort,
            per: self.per,
            after: self.after,
            before: self.before,
            ..Self::default()
        };
        *self == shown
    }

    /// The same filter at its first page.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self {
            after: None,
            before: None,
            ..self.clone()
        }
    }

    /// The pairs that a link to this filter carries, in the order of [`Self::PARAMETERS`].
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.kinds.iter().map(|kind| ("kind", kind.to_string())));
        pairs.extend(
            self.actors
                .iter()
                .map(|value| ("actor", cell::join([value]))),
        );
        pairs.extend(
            self.targets
                .iter()
                .map(|value| ("target", cell::join([value]))),
        );
        pairs.extend(
            self.parties
                .iter()
                .map(|value| ("party", cell::join([value]))),
        );
        pairs.extend(
            self.modalities
                .iter()
                .map(|modality| ("modality", modality.to_string())),
        );
        pairs.extend(
            self.sources
                .iter()
                .map(|value| ("source", cell::join([value]))),
        );
        pairs.extend(self.from.iter().map(|bound| ("from", bound.text.clone())));
        pairs.extend(self.to.iter().map(|bound| ("to", bound.text.clone())));
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        pairs.extend(
            self.as_of
                .iter()
                .map(|instant| ("as_of", instant.to_string())),
        );
        pairs.extend(
            self.changed_since
                .iter()
                .map(|since| ("changed_since", since.text.clone())),
        );
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.slug().to_owned()));
        }
        pairs.extend(self.after.iter().map(|cursor| ("after", cursor.encode())));
        pairs.extend(self.before.iter().map(|cursor| ("before", cursor.encode())));
        pairs.extend(self.per.iter().map(|per| ("per", per.to_string())));
        pairs
    }

    /// The query of a link to this filter: `?kind=sanction&party=IRN`, or nothing where no parameter is needed.
    pub fn query(&self) -> String {
        let pairs = self.pairs();
        if pairs.is_empty() {
            return String::new();
        }
        let mut query = url::form_urlencoded::Serializer::new(String::from("?"));
        query.extend_pairs(pairs);
        query.finish().replacen("?&", "?", 1)
    }
}

/// The values of a cell: one field of a form holds several, `|` between them.
fn push_all(values: &mut Vec<String>, cell: &str) {
    for value in cell::split_filled(cell) {
        push_new(values, value);
    }
}

fn push_new<T: PartialEq>(values: &mut Vec<T>, value: T) {
    if !values.contains(&value) {
        values.push(value);
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err takes"
)]
fn to_text<E: ToString>(error: E) -> String {
    error.to_string()
}

fn cursor(value: &str) -> Result<Cursor, String> {
    Cursor::decode(value).ok_or_else(|| {
        format!("expected a cursor that a page of this list gave, but found “{value}”")
    })
}

fn bound(
    value: &str,
    resolve: fn(i32, Option<u32>, Option<u32>) -> Option<NaiveDate>,
) -> Result<DayBound, String> {
    let bad = || format!("expected YYYY, YYYY-MM or YYYY-MM-DD, but found “{value}”");
    let parts: Vec<&str> = value.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !matches!(widths.as_slice(), [4] | [4, 2] | [4, 2, 2])
        || !parts
            .iter()
            .all(|part| part.bytes().all(|sign| sign.is_ascii_digit()))
    {
        return Err(bad());
    }
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<u32>().ok());
    let year = number(0)
        .and_then(|year| i32::try_from(year).ok())
        .filter(|year| *year > 0)
        .ok_or_else(bad)?;
    let day = resolve(year, number(1), number(2)).ok_or_else(bad)?;
    Ok(DayBound {
        text: value.to_owned(),
        day,
    })
}

fn first_day(year: i32, month: Option<u32>, day: Option<u32>) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))
}

fn last_day(year: i32, month: Option<u32>, day: Option<u32>) -> Option<NaiveDate> {
    let month = month.unwrap_or(12);
    let day = match day {
        Some(day) => day,
        None => NaiveDate::from_ymd_opt(year, month, 1)?
            .num_days_in_month()
            .into(),
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::fixed("2024-10-01T00:00:00Z".parse().unwrap())
    }

    fn parse(query: &str) -> ParsedFilter {
        TimelineFilter::parse(url::form_urlencoded::parse(query.as_bytes()), &clock())
    }

    #[test]
    fn a_link_reads_back_as_the_filter_it_was_made_from() {
        let query = "kind=sanction&kind=relief&actor=USA&target=IRN&party=E3&party=P5%2B1&modality=announced\
                     &source=Example+Wire&from=2024&to=2024-02&q=iran+air&as_of=2024-09-10T00%3A00%3A00Z\
                     &sort=oldest&per=20";
        let parsed = parse(query);
        assert_eq!(parsed.errors, []);
        assert_eq!(parsed.filter.query(), format!("?{query}"));
        assert_eq!(parse(&parsed.filter.query()[1..]).filter, parsed.filter);
        assert_eq!(parsed.filter.to.unwrap().day.to_string(), "2024-02-29");
    }

    #[test]
    fn empty_parameters_are_as_if_absent_and_unknown_ones_are_named() {
        let parsed = parse("kind=&q=&utm_source=x&from=");
        assert_eq!(parsed.filter, TimelineFilter::default());
        assert_eq!(parsed.unknown, ["utm_source"]);
        assert!(parsed.filter.is_unfiltered());
        assert_eq!(parsed.filter.query(), "");
    }

    #[test]
    fn every_malformed_parameter_is_named_with_what_it_takes() {
        let parsed = parse(
            "kind=tariff&from=2024-13&to=24&per=0&sort=up&after=zz&as_of=2025-01-01T00:00:00Z",
        );
        let told: Vec<String> = parsed
            .errors
            .iter()
            .skip(1)
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "from: expected YYYY, YYYY-MM or YYYY-MM-DD, but found “2024-13”",
                "to: expected YYYY, YYYY-MM or YYYY-MM-DD, but found “24”",
                "per: expected a whole number from 1 to 200, but found “0”",
                "sort: expected newest or oldest, but found “up”",
                "after: expected a cursor that a page of this list gave, but found “zz”",
                "as_of: expected an instant that has passed, but found “2025-01-01T00:00:00Z”",
            ]
        );
        assert_eq!(parsed.errors[0].name, "kind");
    }

    #[test]
    fn a_tampered_cursor_is_not_taken() {
        let text = Cursor(1_234_567_890_123).encode();
        assert_eq!(Cursor::decode(&text), Some(Cursor(1_234_567_890_123)));
        let tampered = format!("2{}", &text[1..]);
        assert_eq!(Cursor::decode(&tampered), None);
    }

    #[test]
    fn a_search_of_over_a_thousand_characters_is_refused() {
        let parsed = parse(&format!("q={}", "a".repeat(1_001)));
        assert_eq!(
            parsed.errors[0].message,
            "expected at most 1000 characters, but found 1001"
        );
    }
}
