//! Times that are counted off: the weeks of a year, and parts of an age ago.
//!
//! Weeks are those of ISO 8601: from Monday on, the first holding the year's first Thursday.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    absolute::{named, year_of},
    class::Class,
    lexicon::Unit,
    pattern::Match,
    rule::{TimeRule, ex, ex_code},
    scene::{Reading, Scene},
    stretch::Stretch,
    token::Kind,
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "week of a year",
        patterns: &[
            "[calendar] week <n> [,] [of|in] <year>",
            "[calendar] week <n> of|in this|last|next year",
            "calendar week <n>",
            "week <n>",
        ],
        resolve: week,
        examples: &[
            ex(
                "Deliveries begin in week 31.",
                "week 31",
                "2024-06-20",
                "2024-07-29/2024-08-04",
            ),
            ex(
                "They ended in calendar week 12 of 2023.",
                "calendar week 12 of 2023",
                "2024-06-20",
                "2023-03-20/2023-03-26",
            ),
            ex(
                "Ships came until week 27 of last year.",
                "week 27 of last year",
                "2018-07-02",
                "2017-07-03/2017-07-09",
            ),
        ],
        rejects: &[
            "week 3 of the trial",
            "week 60 of 2023",
            "week one of the talks",
            "a week 12 diplomats left",
        ],
    },
    TimeRule {
        name: "part of an age ago",
        patterns: &[
            "half a century|decade ago|earlier|before",
            "[a] quarter [-] [of] [a] century ago|earlier",
            "[a] half [-] century ago|earlier",
        ],
        resolve: part_ago,
        examples: &[
            ex(
                "The pact was made half a century ago.",
                "half a century ago",
                "2024-06-20",
                "1974~",
            ),
            ex(
                "A quarter century ago they fought.",
                "A quarter century ago",
                "2024-06-20",
                "1999~",
            ),
            ex_code(
                "It closed half a decade ago.",
                "half a decade ago",
                "2024-06-20",
                "2019~",
                "2019~",
            ),
        ],
        rejects: &[
            "half a century of peace",
            "a quarter of the century's trade",
        ],
    },
];

/// A week by its number; without a year the one that the verb and publication point to.
fn week(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let around = &scene.around;
    let number = found.number(Class::Count)?;
    let is_digits = (found.first..found.end).any(|at| {
        matches!(around.tokens[at].kind, Kind::Digits { value, count: 1..=2 } if value == number)
    });
    // “a week 12 diplomats left”
    let is_counted = around.follows_word(found.first, &["a", "this", "last", "next"])
        || around.is_word(found.first, &["week"]) && around.follows_word(found.first, &["per"]);
    if !is_digits || is_counted {
        return None;
    }
    let of_year = |year: i32| {
        let monday = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?;
        Stretch::around(monday, Unit::Week)
    };
    let has = |word: &str| (found.first..found.end).any(|at| around.is_word(at, &[word]));
    if has("year") {
        let shift = i32::from(has("next")) - i32::from(has("last"));
        return named(of_year(scene.published.year() + shift));
    }
    if let Some(year) = year_of(found) {
        return named(of_year(year));
    }
    let is_of_something = around.is_word(found.end, &["of", "in"]);
    let is_dated = around.follows_word(
        found.first,
        &[
            "in", "by", "from", "since", "until", "before", "after", "for",
        ],
    ) || has("calendar");
    if is_of_something || !is_dated {
        return None;
    }
    named(of_year(scene.published.year()))
}

/// So many years ago, roughly.
fn part_ago(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let has = |word: &str| (found.first..found.end).any(|at| scene.around.is_word(at, &[word]));
    let years = match (has("half"), has("decade")) {
        (true, true) => 5,
        (true, false) => 50,
        (false, _) => 25,
    };
    let year = scene.published.year() - years;
    let mut reading = Reading::named(Stretch::year(year)?);
    reading.date = reading.date.approximately();
    Some(reading)
}
