//! A date in the words that pages show, after the design's table of dates.
//!
//! British order, no locale. The year of a day stands apart, since the timeline shows it to screen readers only;
//! a month or a year carries its own.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Edtf, Form, Point, Unit};

/// What a page shows of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateWords {
    /// “Tue 10 Sep”, “Week of 9 Sep”, “9–12 Sep”, “September 2024”, “2018”, “Before 10 Sep”, “From 10 Sep”.
    pub heading: String,
    /// The year, where the heading leaves it out.
    pub year: Option<String>,
    /// The line under the heading: “Mon 9 – Sun 15 Sep”, “no start given”, “about”.
    pub sub: Option<String>,
    /// In running text: “Tuesday 10 September 2024”, “between 9 and 15 September 2024”, “before 10 September 2024”.
    pub long: String,
}

impl Edtf {
    /// The date in words. `source_words` are the article's own (“within weeks”) and are shown, in quotation marks, with an
    /// open side, which says little by itself.
    pub fn words(&self, source_words: Option<&str>) -> DateWords {
        let mut words = match self.0 {
            Form::One(point) => one(point),
            Form::Between(first, last) => between(first.unit, last.unit),
            Form::Until(last) => open(last.unit, self.about(), Side::Start, source_words),
            Form::Onward(first) => open(first.unit, self.about(), Side::End, source_words),
        };
        if self.is_approximate() && matches!(self.0, Form::One(_) | Form::Between(..)) {
            words.heading = format!("About {}", lower_week(&words.heading));
            words.long = format!("about {}", words.long);
        }
        if self.is_uncertain() {
            words.long.push_str(", uncertain");
            words.sub = Some(match words.sub {
                Some(sub) => format!("{sub}, uncertain"),
                None => "uncertain".to_owned(),
            });
        }
        words
    }

    fn about(&self) -> &'static str {
        if self.is_approximate() { "about " } else { "" }
    }
}

/// “Week of” begins a heading with a capital that it loses after “About”.
fn lower_week(heading: &str) -> String {
    heading
        .strip_prefix("Week")
        .map_or_else(|| heading.to_owned(), |rest| format!("week{rest}"))
}

enum Side {
    Start,
    End,
}

fn one(point: Point) -> DateWords {
    match point.unit {
        Unit::Day(day) => DateWords {
            heading: day.format("%a %-d %b").to_string(),
            year: Some(day.year().to_string()),
            sub: None,
            long: format!("{} {}", day.format("%A %-d %B"), day.year()),
        },
        unit => DateWords {
            heading: long_unit(unit),
            year: None,
            sub: None,
            long: long_unit(unit),
        },
    }
}

fn open(unit: Unit, about: &str, side: Side, source_words: Option<&str>) -> DateWords {
    let (short, year) = match unit {
        Unit::Day(day) => (
            day.format("%-d %b").to_string(),
            Some(day.year().to_string()),
        ),
        unit => (long_unit(unit), None),
    };
    // `../2024-09` reaches to the month's end, so “before September” would be wrong
    let (word, nothing) = match (side, unit) {
        (Side::Start, Unit::Day(_)) => ("Before", "no start given"),
        (Side::Start, _) => ("By", "no start given"),
        (Side::End, _) => ("From", "no end given"),
    };
    let source_words = source_words
        .map(str::trim)
        .filter(|words| !words.is_empty());
    DateWords {
        heading: format!("{word} {about}{short}"),
        year,
        sub: Some(match source_words {
            Some(words) => format!("“{words}”, {nothing}"),
            None => nothing.to_owned(),
        }),
        long: format!("{} {about}{}", word.to_lowercase(), long_unit(unit)),
    }
}

/// “10 September 2024”, “September 2024”, “2024”: no weekday.
fn long_unit(unit: Unit) -> String {
    match unit {
        Unit::Day(day) => format!("{} {}", day.format("%-d %B"), day.year()),
        Unit::Month(year, _) => format!("{} {year}", unit.first_day().format("%B")),
        Unit::Year(year) => year.to_string(),
    }
}

fn between(first: Unit, last: Unit) -> DateWords {
    match (first, last) {
        (Unit::Day(first), Unit::Day(last)) => between_days(first, last),
        (Unit::Year(first), Unit::Year(last)) => DateWords {
            heading: format!("{first}–{last}"),
            year: None,
            sub: None,
            long: format!("between {first} and {last}"),
        },
        (Unit::Month(year, _), Unit::Month(last_year, _)) if year == last_year => {
            let month = first.first_day().format("%B");
            DateWords {
                heading: format!("{month}–{}", long_unit(last)),
                year: None,
                sub: None,
                long: format!("between {month} and {}", long_unit(last)),
            }
        }
        _ => DateWords {
            heading: format!("{} – {}", short_unit(first), short_unit(last)),
            year: None,
            sub: None,
            long: format!("between {} and {}", long_unit(first), long_unit(last)),
        },
    }
}

/// “10 Sep 2024”, “Sep 2024”, “2024”.
fn short_unit(unit: Unit) -> String {
    match unit {
        Unit::Day(day) => format!("{} {}", day.format("%-d %b"), day.year()),
        Unit::Month(year, _) => format!("{} {year}", unit.first_day().format("%b")),
        Unit::Year(year) => year.to_string(),
    }
}

fn between_days(first: NaiveDate, last: NaiveDate) -> DateWords {
    let same_year = first.year() == last.year();
    let same_month = same_year && first.month() == last.month();
    let is_week = first.weekday() == Weekday::Mon && (last - first).num_days() == 6;
    let range = if same_month {
        format!("{}–{}", first.day(), last.format("%-d %b"))
    } else if same_year {
        format!("{} – {}", first.format("%-d %b"), last.format("%-d %b"))
    } else {
        format!(
            "{} {} – {} {}",
            first.format("%-d %b"),
            first.year(),
            last.format("%-d %b"),
            last.year()
        )
    };
    let from = if same_month {
        first.format("%a %-d")
    } else {
        first.format("%a %-d %b")
    };
    let until = long_unit(Unit::Day(last));
    DateWords {
        heading: if is_week {
            format!("Week of {}", first.format("%-d %b"))
        } else {
            range
        },
        year: (same_year || is_week).then(|| first.year().to_string()),
        sub: Some(format!("{from} – {}", last.format("%a %-d %b"))),
        long: if same_month {
            format!("between {} and {until}", first.day())
        } else if same_year {
            format!("between {} and {until}", first.format("%-d %B"))
        } else {
            format!("between {} and {until}", long_unit(Unit::Day(first)))
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Heading, year, sub line, long form, with a dash for what is absent.
    fn shown(text: &str, source_words: Option<&str>) -> [String; 4] {
        let words = text.parse::<Edtf>().unwrap().words(source_words);
        let or_dash = |part: Option<String>| part.unwrap_or_else(|| "-".to_owned());
        [
            words.heading,
            or_dash(words.year),
            or_dash(words.sub),
            words.long,
        ]
    }

    #[test]
    fn dates_are_shown_as_the_design_does() {
        for (text, expected) in [
            (
                "2024-09-10",
                ["Tue 10 Sep", "2024", "-", "Tuesday 10 September 2024"],
            ),
            (
                "2024-09-09/2024-09-15",
                [
                    "Week of 9 Sep",
                    "2024",
                    "Mon 9 – Sun 15 Sep",
                    "between 9 and 15 September 2024",
                ],
            ),
            (
                "2024-09-09/2024-09-12",
                [
                    "9–12 Sep",
                    "2024",
                    "Mon 9 – Thu 12 Sep",
                    "between 9 and 12 September 2024",
                ],
            ),
            (
                "2024-09-30/2024-10-06",
                [
                    "Week of 30 Sep",
                    "2024",
                    "Mon 30 Sep – Sun 6 Oct",
                    "between 30 September and 6 October 2024",
                ],
            ),
            (
                "2024-12-28/2025-01-03",
                [
                    "28 Dec 2024 – 3 Jan 2025",
                    "-",
                    "Sat 28 Dec – Fri 3 Jan",
                    "between 28 December 2024 and 3 January 2025",
                ],
            ),
            ("2024-09", ["September 2024", "-", "-", "September 2024"]),
            ("2018", ["2018", "-", "-", "2018"]),
            (
                "1990/1999",
                ["1990–1999", "-", "-", "between 1990 and 1999"],
            ),
            (
                "2020-03/2020-05",
                ["March–May 2020", "-", "-", "between March and May 2020"],
            ),
            (
                "2020-12/2021-02",
                [
                    "Dec 2020 – Feb 2021",
                    "-",
                    "-",
                    "between December 2020 and February 2021",
                ],
            ),
            (
                "../2024-09-10",
                [
                    "Before 10 Sep",
                    "2024",
                    "no start given",
                    "before 10 September 2024",
                ],
            ),
            (
                "../2024-09",
                [
                    "By September 2024",
                    "-",
                    "no start given",
                    "by September 2024",
                ],
            ),
            (
                "2024-09-10/..",
                [
                    "From 10 Sep",
                    "2024",
                    "no end given",
                    "from 10 September 2024",
                ],
            ),
        ] {
            assert_eq!(shown(text, None), expected, "{text}");
        }
    }

    #[test]
    fn an_open_side_shows_the_words_of_the_source() {
        let [_, _, sub, _] = shown("2024-09-10/..", Some("within weeks"));
        assert_eq!(sub, "“within weeks”, no end given");
        let [_, _, sub, _] = shown("2024-09-10", Some("on Tuesday"));
        assert_eq!(sub, "-");
    }

    #[test]
    fn marks_are_told_in_words() {
        assert_eq!(
            shown("2024-09-10~", None),
            [
                "About Tue 10 Sep",
                "2024",
                "-",
                "about Tuesday 10 September 2024"
            ]
        );
        assert_eq!(
            shown("2024-09?", None),
            [
                "September 2024",
                "-",
                "uncertain",
                "September 2024, uncertain"
            ]
        );
        assert_eq!(
            shown("2024-09-10%/..", None),
            [
                "From about 10 Sep",
                "2024",
                "no end given, uncertain",
                "from about 10 September 2024, uncertain"
            ]
        );
        assert_eq!(
            shown("2024-09-09~/2024-09-15", None)[0],
            "About week of 9 Sep"
        );
    }
}
