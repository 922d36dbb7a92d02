//! Days named by the calendar: “10 September 2024”, “Dec. 15”, `2024-09-10`, “the 14th”.
//!
//! A day without a year is that of the year in which the story is told, else the nearest that the verb allows.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    class::Class,
    pattern::Match,
    rule::{TimeRule, ex},
    scene::{Direction, Reading, Scene, SlashOrder},
    stretch::{Grain, Stretch, moved},
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "day, month and year",
        patterns: &[
            "[<weekday> [,] [the]] <day> [of] <month> [,] [in] <year>",
            "[<weekday> [,] [the]] <month> [the] <day> [,] [of|in] <year>",
            "<day> - <month> - <year>",
        ],
        resolve: day_month_year,
        examples: &[
            ex(
                "It was signed on 10 September 2024.",
                "10 September 2024",
                "2024-11-01",
                "2024-09-10",
            ),
            ex(
                "signed Tuesday, Sept. 10, 2024, in Paris",
                "Tuesday, Sept. 10, 2024",
                "2024-11-01",
                "2024-09-10",
            ),
            ex(
                "the 3rd of March, 1999",
                "3rd of March, 1999",
                "2024-11-01",
                "1999-03-03",
            ),
            ex(
                "on March eighth nineteen ninety-eight",
                "March eighth nineteen ninety-eight",
                "1998-11-01",
                "1998-03-08",
            ),
            ex(
                "stamped 02-Jan-1998",
                "02-Jan-1998",
                "2024-11-01",
                "1998-01-02",
            ),
        ],
        rejects: &["31 April 2024", "Sept. 10, 2,024 people", "a 10 in 2024"],
    },
    TimeRule {
        name: "digits, year first",
        patterns: &["<iso>"],
        resolve: |found, _| {
            NaiveDate::from_num_days_from_ce_opt(found.value(Class::Iso)?)
                .map(Stretch::day)
                .map(Reading::named)
        },
        examples: &[
            ex(
                "dated 2024-09-10.",
                "2024-09-10",
                "2024-11-01",
                "2024-09-10",
            ),
            ex("dated 2024/9/1", "2024/9/1", "2024-11-01", "2024-09-01"),
        ],
        rejects: &[
            "resolution 2024-13-40",
            "call 2024-09-10-11",
            "no. 5-2024-09-10",
        ],
    },
    TimeRule {
        name: "digits, year last",
        patterns: &["<slashed>"],
        resolve: slashed,
        examples: &[
            ex("on 10/09/2024", "10/09/2024", "2024-11-01", "2024-09-10"),
            ex("on 09/23/2024", "09/23/2024", "2024-11-01", "2024-09-23"),
            ex("on 23.04.2022", "23.04.2022", "2024-11-01", "2022-04-23"),
            ex("on 10-02-89", "10-02-89", "1989-11-01", "1989-02-10"),
        ],
        rejects: &["version 10.9.20245", "45/45/2024", "10/09"],
    },
    TimeRule {
        name: "day and month",
        patterns: &[
            "[<weekday> [,] [the]] <day> [of] <month>",
            "[<weekday> [,] [the]] <month> [the] <day>",
        ],
        resolve: day_month,
        examples: &[
            ex(
                "The minister resigned on 10 September.",
                "10 September",
                "2024-11-01",
                "2024-09-10",
            ),
            ex(
                "Talks will resume on Feb. 3",
                "Feb. 3",
                "2024-11-01",
                "2025-02-03",
            ),
            ex(
                "It was agreed on Dec. 15, he said",
                "Dec. 15",
                "2024-11-01",
                "2023-12-15",
            ),
            ex(
                "a deadline of Dec. 15",
                "Dec. 15",
                "2024-11-01",
                "2024-12-15",
            ),
            ex(
                "on Saturday, April 25",
                "Saturday, April 25",
                "1998-04-24",
                "1998-04-25",
            ),
            ex(
                "on the twenty-first of June",
                "twenty-first of June",
                "2024-07-01",
                "2024-06-21",
            ),
        ],
        rejects: &["31 June", "the 40 March", "page 10, September"],
    },
    TimeRule {
        name: "day of the month",
        patterns: &[
            "the <nth>",
            "<fullweekday> [,] the <nth>",
            "<fullweekday> <nth>",
        ],
        resolve: day_of_month,
        examples: &[
            ex(
                "They met on the 14th.",
                "the 14th",
                "2024-11-20",
                "2024-11-14",
            ),
            ex(
                "They met on the 24th and agreed",
                "the 24th",
                "2024-11-20",
                "2024-10-24",
            ),
            ex(
                "They will meet on the 24th.",
                "the 24th",
                "2024-11-20",
                "2024-11-24",
            ),
            ex(
                "on Monday the 18th",
                "Monday the 18th",
                "2024-11-20",
                "2024-11-18",
            ),
        ],
        rejects: &[
            "the 14th round of talks",
            "the first to leave",
            "the 5th Fleet",
            "the 10th, and the last, to go",
        ],
    },
];

pub(super) fn named(stretch: Option<Stretch>) -> Option<Reading> {
    stretch.map(Reading::named)
}

pub(super) fn year_of(found: &Match) -> Option<i32> {
    found
        .value(Class::Year)
        .or_else(|| found.value(Class::ShortYear))
}

fn day_month_year(found: &Match, _: &Scene<'_>) -> Option<Reading> {
    NaiveDate::from_ymd_opt(
        year_of(found)?,
        found.number(Class::Month)?,
        found.number(Class::Day)?,
    )
    .map(Stretch::day)
    .map(Reading::named)
}

fn slashed(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let digits = found.number(Class::Slashed)?;
    let (first, second) = (digits / 1_000_000, digits / 10_000 % 100);
    let year = i32::try_from(digits % 10_000).ok()?;
    let day_first = || NaiveDate::from_ymd_opt(year, second, first);
    let month_first = || NaiveDate::from_ymd_opt(year, first, second);
    match scene.slash_order {
        SlashOrder::DayFirst => day_first().or_else(month_first),
        SlashOrder::MonthFirst => month_first().or_else(day_first),
    }
    .map(Stretch::day)
    .map(Reading::named)
}

fn day_month(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let (month, day) = (found.number(Class::Month)?, found.number(Class::Day)?);
    let of_year = |year: i32| NaiveDate::from_ymd_opt(year, month, day).map(Stretch::day);
    let weekday = found
        .value(Class::Weekday)
        .and_then(|day| Weekday::try_from(u8::try_from(day).ok()?).ok());
    let by_weekday = weekday.and_then(|weekday| {
        let year = scene.published.year();
        [year, year - 1, year + 1]
            .into_iter()
            .filter_map(of_year)
            .filter(|stretch| stretch.first.weekday() == weekday)
            .min_by_key(|stretch| (stretch.first - scene.published).num_days().abs())
    });
    named(by_weekday.or_else(|| scene.yearly(of_year)))
}

fn day_of_month(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let (around, first, end) = (&scene.around, found.first, found.end);
    let day = found
        .number(Class::Nth)
        .filter(|day| (1..=31).contains(day))?;
    let is_digits = matches!(around.tokens[end - 1].kind, super::token::Kind::Nth(_));
    let weekday = found.value(Class::FullWeekday);
    let follows_day_word = around.follows_word(
        first,
        &[
            "on", "by", "until", "since", "from", "to", "before", "after", "and", "between",
        ],
    );
    let ends = end == around.tokens.len()
        || around.ends_sentence(end)
        || around.is_sign(end, &[',', ';', ')', ':'])
        || around.is_word(
            end,
            &[
                "and", "at", "in", "when", "for", "to", "by", "as", "after", "that", "with", "but",
                "or",
            ],
        );
    if !ends || weekday.is_none() && !(is_digits && follows_day_word) {
        return None;
    }
    let of_month = |months: i32| {
        let start = moved(scene.published.with_day(1)?, months, super::Unit::Month)?;
        start.with_day(day).filter(|date| {
            weekday.is_none_or(|weekday| {
                date.weekday().num_days_from_monday().cast_signed() == weekday
            })
        })
    };
    let back = (-14..=0)
        .rev()
        .filter_map(of_month)
        .find(|date| *date <= scene.published);
    let ahead = (0..=14)
        .filter_map(of_month)
        .find(|date| *date >= scene.published);
    let date = match scene.direction() {
        // the weekday tells the month: the nearest in which it fits
        _ if weekday.is_some() => [back, ahead]
            .into_iter()
            .flatten()
            .min_by_key(|date| (*date - scene.published).num_days().abs()),
        Direction::Ahead => ahead.or(back),
        Direction::Back | Direction::Unknown => back.or(ahead),
    }?;
    Some(Reading::named(Stretch {
        first: date,
        last: date,
        grain: Grain::Day,
    }))
}
