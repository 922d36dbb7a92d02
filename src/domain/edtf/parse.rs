//! EDTF text → [`Edtf`], or one sentence on what was found and what is taken.
//!
//! Beyond days, months and years it takes what EDTF writes for longer stretches and turns it into intervals:
//! sub-year groupings (`2020-21` to `2020-41`) and unspecified digits (`199X`, `19XX`, `2024-XX`).
//! Meteorological seasons are used, winter running into the next year.

use std::str::FromStr;

use chrono::NaiveDate;

use super::{Edtf, Form, LAST_YEAR, Mark, Point, Unit, last_of_month};

/// Why a text is no EDTF date that the record takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a day, month or year such as 2024-09-10, 2024-09 or 2024, or an interval such as 2024-09-09/2024-09-15 or \
     2024-09-10/.., but found “{found}”: {fault}"
)]
pub struct EdtfError {
    found: String,
    fault: Fault,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Fault {
    #[error("it is empty")]
    Empty,
    #[error("“{0}” is no day, month or year")]
    Shape(String),
    #[error("a date has no clock time")]
    ClockTime,
    #[error("years run from 0001 to 9999")]
    YearRange,
    #[error("there is no month {0}")]
    NoMonth(u32),
    #[error("there is no day {day} in month {month} of {year}")]
    NoDay { year: i32, month: u32, day: u32 },
    #[error("an interval has one “/”")]
    Slashes,
    #[error("an open side is written “..”")]
    MissingSide,
    #[error("one side must be given")]
    BothOpen,
    #[error("it ends before it begins")]
    Reversed,
}

/// How many characters of a bad text an error repeats.
const SHOWN_CHARS: usize = 60;

impl FromStr for Edtf {
    type Err = EdtfError;

    /// Reads EDTF, spaces around it ignored.
    ///
    /// # Errors
    /// Says what was found, what is taken, and which part is at fault.
    fn from_str(text: &str) -> Result<Self, EdtfError> {
        read(text.trim()).map_err(|fault| EdtfError {
            found: shown(text.trim()),
            fault,
        })
    }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn read(text: &str) -> Result<Edtf, Fault> {
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    let Some((first, last)) = text.split_once('/') else {
        let (first, last) = side(text)?;
        return Edtf::between(first, last).ok_or(Fault::Reversed);
    };
    if last.contains('/') {
        return Err(Fault::Slashes);
    }
    match (first.trim(), last.trim()) {
        ("", _) | (_, "") => Err(Fault::MissingSide),
        ("..", "..") => Err(Fault::BothOpen),
        ("..", last) => Ok(Edtf(Form::Until(side(last)?.1))),
        (first, "..") => Ok(Edtf(Form::Onward(side(first)?.0))),
        (first, last) => Edtf::between(side(first)?.0, side(last)?.1).ok_or(Fault::Reversed),
    }
}

/// One side of an interval, or the whole text: its first and last point, which differ for a season or a decade.
fn side(text: &str) -> Result<(Point, Point), Fault> {
    let (body, mark) = match text.as_bytes().last() {
        Some(b'~') => (&text[..text.len() - 1], Mark::About),
        Some(b'?') => (&text[..text.len() - 1], Mark::Uncertain),
        Some(b'%') => (&text[..text.len() - 1], Mark::Both),
        _ => (text, Mark::Plain),
    };
    let (first, last) = units(body).ok_or_else(|| Fault::Shape(shown(text)))??;
    Ok((Point { unit: first, mark }, Point { unit: last, mark }))
}

/// `None` where the text has not the shape of a date at all.
fn units(body: &str) -> Option<Result<(Unit, Unit), Fault>> {
    if body.len() > 10 && body.as_bytes()[10] == b'T' && units(body.get(..10)?).is_some() {
        return Some(Err(Fault::ClockTime));
    }
    let mut parts = body.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let (first_year, last_year) = years(year)?;
    if first_year < 1 {
        return Some(Err(Fault::YearRange));
    }
    if first_year != last_year {
        let decade = (Unit::Year(first_year), Unit::Year(last_year));
        return month.is_none().then_some(Ok(decade));
    }
    Some(match (month, day) {
        (None, _) | (Some("XX"), None | Some("XX")) => {
            Ok((Unit::Year(first_year), Unit::Year(first_year)))
        }
        (Some(month), None | Some("XX")) => match (number(month, 2)?, day) {
            (number @ 21..=41, None) => grouping(first_year, number),
            (number, _) => month_of(first_year, number).map(|unit| (unit, unit)),
        },
        (Some(month), Some(day)) => {
            day_of(first_year, number(month, 2)?, number(day, 2)?).map(|unit| (unit, unit))
        }
    })
}

/// `2024`, `199X` or `19XX` as the first and last year.
fn years(text: &str) -> Option<(i32, i32)> {
    let digits = text.trim_end_matches('X');
    if text.len() != 4 || digits.len() < 2 {
        return None;
    }
    let first = number(digits, digits.len())?;
    let scale = 10_u32.pow(u32::try_from(4 - digits.len()).ok()?);
    let year = |number: u32| i32::try_from(number).ok();
    Some((year(first * scale)?, year(first * scale + scale - 1)?))
}

/// Exactly so many ASCII digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn month_of(year: i32, month: u32) -> Result<Unit, Fault> {
    match month {
        1..=12 => Ok(Unit::Month(year, month)),
        _ => Err(Fault::NoMonth(month)),
    }
}

fn day_of(year: i32, month: u32, day: u32) -> Result<Unit, Fault> {
    month_of(year, month)?;
    NaiveDate::from_ymd_opt(year, month, day)
        .map(Unit::Day)
        .ok_or(Fault::NoDay { year, month, day })
}

/// Sub-year groupings: seasons (21–24, northern 25–28, southern 29–32), quarters, thirds, halves.
fn grouping(year: i32, code: u32) -> Result<(Unit, Unit), Fault> {
    let (first, length) = match code {
        21..=28 => (3 * ((code - 21) % 4) + 3, 3),
        29..=32 => ((3 * (code - 29) + 8) % 12 + 1, 3),
        33..=36 => (3 * (code - 33) + 1, 3),
        37..=39 => (4 * (code - 37) + 1, 4),
        _ => (6 * (code - 40) + 1, 6),
    };
    let last = first + length - 1;
    let (last_year, last) = if last > 12 {
        (year + 1, last - 12)
    } else {
        (year, last)
    };
    if last_year > LAST_YEAR {
        return Err(Fault::YearRange);
    }
    Ok((Unit::Month(year, first), Unit::Month(last_year, last)))
}

impl Edtf {
    /// The interval from one day to another in its widest units: `2020-03/2020-05` rather than days where both ends allow it.
    pub fn span_in_units(first: NaiveDate, last: NaiveDate) -> Self {
        use chrono::Datelike;
        let (first, last) = (first.min(last), first.max(last));
        let months = first.day() == 1 && last == last_of_month(last.year(), last.month());
        let years = months && first.month() == 1 && last.month() == 12;
        let in_units = if years {
            Self::year(first.year()).zip(Self::year(last.year()))
        } else if months {
            Self::month(first.year(), first.month()).zip(Self::month(last.year(), last.month()))
        } else {
            None
        };
        in_units
            .and_then(|(first, last)| Self::joined(first, last))
            .unwrap_or_else(|| Self::span(first, last))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TAKEN: &str = "expected a day, month or year such as 2024-09-10, 2024-09 or 2024, or an interval such as \
                         2024-09-09/2024-09-15 or 2024-09-10/.., but found ";

    #[test]
    fn dates_are_kept_as_entered() {
        for text in [
            "2024-09-10",
            "2024-02-29",
            "2024-09",
            "2024",
            "0001",
            "9999-12-31",
            "2024-09-09/2024-09-15",
            "2024-09/2025",
            "2024-09-20/2024-09",
            "../2024-09-10",
            "2024-09-10/..",
            "2024~",
            "2024-09?",
            "2024-09-10%",
            "2023~/2024?",
            "../2024~",
            "2024?/..",
        ] {
            assert_eq!(text.parse::<Edtf>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn longer_stretches_become_intervals() {
        for (text, interval) in [
            ("199X", "1990/1999"),
            ("19XX", "1900/1999"),
            ("2024-XX", "2024"),
            ("2024-XX-XX", "2024"),
            ("2024-09-XX", "2024-09"),
            ("2020-21", "2020-03/2020-05"),
            ("2020-24", "2020-12/2021-02"),
            ("2020-26", "2020-06/2020-08"),
            ("2020-29", "2020-09/2020-11"),
            ("2020-30", "2020-12/2021-02"),
            ("2020-31", "2020-03/2020-05"),
            ("2020-33", "2020-01/2020-03"),
            ("2020-36", "2020-10/2020-12"),
            ("2020-38", "2020-05/2020-08"),
            ("2020-40", "2020-01/2020-06"),
            ("2020-41~", "2020-07~/2020-12~"),
            ("198X/2001", "1980/2001"),
            ("2020-21/2020-22", "2020-03/2020-08"),
            ("../199X", "../1999"),
            ("199X/..", "1990/.."),
            ("2024-09-10/2024-09-10", "2024-09-10"),
            ("  2024-09 ", "2024-09"),
        ] {
            assert_eq!(
                text.parse::<Edtf>().unwrap().to_string(),
                interval,
                "{text}"
            );
        }
    }

    #[test]
    fn bad_dates_are_refused_with_what_was_found_and_why() {
        for (text, why) in [
            ("2024-13-40", "there is no month 13"),
            ("2024-00", "there is no month 0"),
            ("2024-42", "there is no month 42"),
            ("2024-04-31", "there is no day 31 in month 4 of 2024"),
            ("2023-02-29", "there is no day 29 in month 2 of 2023"),
            ("0000", "years run from 0001 to 9999"),
            ("9999-24", "years run from 0001 to 9999"),
            ("", "it is empty"),
            ("..", "“..” is no day, month or year"),
            ("../..", "one side must be given"),
            ("/2024", "an open side is written “..”"),
            ("2024-09-10/", "an open side is written “..”"),
            ("2024-09-15/2024-09-09", "it ends before it begins"),
            ("2024/2023", "it ends before it begins"),
            ("2022/2023/2024", "an interval has one “/”"),
            ("10 September", "“10 September” is no day, month or year"),
            ("2024-9-1", "“2024-9-1” is no day, month or year"),
            ("2024-09-10T12:00", "a date has no clock time"),
            ("24", "“24” is no day, month or year"),
            ("１９９９", "“１９９９” is no day, month or year"),
            ("2024-09-10~?", "“2024-09-10~?” is no day, month or year"),
        ] {
            assert_eq!(
                text.parse::<Edtf>().unwrap_err().to_string(),
                format!("{TAKEN}“{text}”: {why}")
            );
        }
    }

    #[test]
    fn an_endless_text_is_repeated_in_part() {
        let message = "é".repeat(10_000).parse::<Edtf>().unwrap_err().to_string();
        assert!(message.len() < 500, "{message}");
    }

    #[test]
    fn spans_take_whole_months_and_years_where_they_can() {
        let span = |first: &str, last: &str| {
            Edtf::span_in_units(first.parse().unwrap(), last.parse().unwrap()).to_string()
        };
        assert_eq!(span("2020-03-01", "2020-05-31"), "2020-03/2020-05");
        assert_eq!(span("2020-01-01", "2020-12-31"), "2020");
        assert_eq!(span("2020-02-01", "2020-02-29"), "2020-02");
        assert_eq!(span("2020-02-01", "2020-02-28"), "2020-02-01/2020-02-28");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = text.parse::<Edtf>();
        }

        #[test]
        fn text_like_edtf_reads_back_from_its_canonical_form(text in "[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/[0-9]{4}(-[0-4][0-9])?)?") {
            if let Ok(edtf) = text.parse::<Edtf>() {
                prop_assert_eq!(edtf.to_string().parse::<Edtf>(), Ok(edtf));
                prop_assert!(edtf.earliest() <= edtf.latest() || edtf.latest().is_none());
            }
        }
    }
}
