//! Months and their parts: “March 2014”, “mid-March”, “the first week of May”, “last September”.
//!
//! Source: the coding guide, decided cases: early, mid and late are days 1–10, 10–20 and 20 to the end; the start and the end
//! are five days.

use chrono::Datelike;

use super::{
    absolute::{named, year_of},
    class::Class,
    lexicon::{Lexeme, Part},
    pattern::Match,
    rule::{TimeRule, ex, ex_code},
    scene::{Reading, Scene},
    stretch::{Stretch, plus},
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "month and year",
        patterns: &["<month> [,] <year>", "<month> of|in <year>", "<month> <yy>"],
        resolve: |found, _| named(Stretch::month(year_of(found)?, found.number(Class::Month)?)),
        examples: &[
            ex("since March 2014", "March 2014", "2024-11-01", "2014-03"),
            ex(
                "in September of 1999",
                "September of 1999",
                "2024-11-01",
                "1999-09",
            ),
            ex("in Sept. ’98", "Sept. ’98", "1999-11-01", "1998-09"),
        ],
        rejects: &["it may 2014 times", "March 20,140"],
    },
    TimeRule {
        name: "part of a month",
        patterns: &[
            "<part> [-] [of] [the] [month of] <month> [,] [of] <year>",
            "early|late in <month> [<year>]",
            "<part> [-] [of] [the] [month of] <month>",
            "early|mid|late [-] to|or mid|late [-] <month> [<year>]",
        ],
        resolve: part_of_month,
        examples: &[
            ex_code(
                "in mid-March 2024",
                "mid-March 2024",
                "2024-11-01",
                "2024-03-10/2024-03-20",
                "2024-03",
            ),
            ex_code(
                "until late September",
                "late September",
                "2024-11-01",
                "2024-09-20/2024-09-30",
                "2024-09",
            ),
            ex_code(
                "at the end of November",
                "end of November",
                "2024-12-20",
                "2024-11-26/2024-11-30",
                "2024-11",
            ),
            ex_code(
                "at the start of May 2023",
                "start of May 2023",
                "2024-11-01",
                "2023-05-01/2023-05-05",
                "2023-05",
            ),
        ],
        rejects: &["the end may come", "late for the march"],
    },
    TimeRule {
        name: "week of a month",
        patterns: &[
            "first|second|third|fourth|last|final week of|in <month> [[,] <year>]",
            "first|second half of <month> [<year>]",
        ],
        resolve: week_of_month,
        examples: &[
            ex(
                "in the first week of May 2024",
                "first week of May 2024",
                "2024-11-01",
                "2024-05-01/2024-05-07",
            ),
            ex(
                "in the last week of May",
                "last week of May",
                "2024-11-01",
                "2024-05-25/2024-05-31",
            ),
            ex(
                "in the second half of May 2024",
                "second half of May 2024",
                "2024-11-01",
                "2024-05-16/2024-05-31",
            ),
        ],
        rejects: &["the first week of talks", "the second half of the match"],
    },
    TimeRule {
        name: "month",
        patterns: &["<month>", "month of <month>"],
        resolve: month,
        examples: &[
            ex(
                "The deal was reached in September.",
                "September",
                "2024-11-01",
                "2024-09",
            ),
            ex(
                "The summit will be held in March",
                "March",
                "2024-11-01",
                "2025-03",
            ),
            ex(
                "The envoys left in December.",
                "December",
                "2024-11-01",
                "2023-12",
            ),
            ex("In May, exports fell", "May", "2024-11-01", "2024-05"),
        ],
        rejects: &[
            "Theresa May met aides, and after May said no",
            "it may rain in march order",
            "the March on Washington",
            "April Jones said so",
            "Black September",
        ],
    },
    TimeRule {
        name: "month beside publication",
        patterns: &[
            "last|past|next|this|coming <month>",
            "this past|coming <month>",
            "<month> [of] last|this|next year",
            "<month> <day> [of] [,] last|this|next year",
            "<day> <month> [of] [,] last|this|next year",
        ],
        resolve: month_beside,
        examples: &[
            ex(
                "It lapsed last September",
                "last September",
                "2024-03-14",
                "2023-09",
            ),
            ex(
                "in March last year",
                "March last year",
                "2024-03-14",
                "2023-03",
            ),
            ex("next March", "next March", "2024-03-14", "2025-03"),
            ex(
                "on 7 October last year",
                "7 October last year",
                "2024-03-14",
                "2023-10-07",
            ),
        ],
        rejects: &["last march of the brigade", "this may help"],
    },
];

pub(super) fn part_of(found: &Match) -> Option<Part> {
    match found.lexeme(Class::Part) {
        Lexeme::Part(part) => Some(part),
        _ => None,
    }
}

fn month_stretch(found: &Match, scene: &Scene<'_>) -> Option<Stretch> {
    let month = found.number(Class::Month)?;
    match year_of(found) {
        Some(year) => Stretch::month(year, month),
        None => scene.yearly(|year| Stretch::month(year, month)),
    }
}

fn part_of_month(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let whole = month_stretch(found, scene)?;
    let part = match part_of(found) {
        Some(part) => part,
        None if found.choice(0)? == 0 => Part::Early,
        None => Part::Late,
    };
    Some(Reading::narrowed(whole, whole.part(part)))
}

fn week_of_month(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let whole = month_stretch(found, scene)?;
    let from = |first: i64, length: i64| {
        let first = plus(whole.first, first);
        Stretch::days(first, plus(first, length - 1).min(whole.last))
    };
    let is_half = found.choice(1).is_none();
    let days = match (is_half, found.choice(0)?) {
        (true, 0) => from(0, 15),
        (true, _) => from(15, 16),
        (false, week @ 0..=3) => from(i64::from(week) * 7, 7),
        (false, _) => Stretch::days(plus(whole.last, -6), whole.last),
    };
    named(Some(days))
}

fn month(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    const BEFORE: [&str; 24] = [
        "in",
        "since",
        "until",
        "till",
        "of",
        "last",
        "next",
        "this",
        "during",
        "from",
        "through",
        "between",
        "and",
        "to",
        "or",
        "by",
        "early",
        "late",
        "mid",
        "for",
        "throughout",
        "following",
        "previous",
        "after",
    ];
    let around = &scene.around;
    let (first, end) = (found.first, found.end);
    let month = found.number(Class::Month)?;
    if !around.tokens[first].is_capital && !around.follows_word(first, &BEFORE) {
        return None;
    }
    // “May”, “March”, “April”, “June” and “August” are names and words too
    let is_owned = around.follows_word(
        first,
        &["a", "an", "the", "its", "his", "their", "'s", "’s"],
    ) && !around.is_word(end, &["on", "to", "of", "in", "from"]);
    let is_said =
        around.follows_word(first, &BEFORE) || is_owned || around.is_word(end, &["'s", "’s"]);
    let is_name = matches!(month, 3 | 5) && !is_said;
    let is_may_herself = month == 5
        && scene.has_may
        && !around.follows_word(
            first,
            &[
                "in", "since", "last", "next", "this", "during", "early", "late", "mid",
            ],
        );
    let before_name = around
        .tokens
        .get(end)
        .is_some_and(|next| next.is_capital && next.gap == super::token::Gap::Space)
        && matches!(month, 4 | 6 | 8)
        && !around.follows_word(first, &BEFORE);
    let is_short = matches!(found.lexeme(Class::Month), Lexeme::ShortMonth(_))
        && end == first + 1
        && !around.follows_word(first, &BEFORE);
    let is_title = around.follows_word(
        first,
        &["black", "every", "each", "theresa", "red", "mrs", "ms"],
    ) || around.is_word(end, &["revolution", "madness"]);
    if is_short || is_name || is_may_herself || before_name || is_title {
        return None;
    }
    named(month_stretch(found, scene))
}

fn month_beside(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let month = found.number(Class::Month)?;
    let published = scene.published;
    let around = &scene.around;
    let of_year = |year: i32| match found.number(Class::Day) {
        Some(day) => chrono::NaiveDate::from_ymd_opt(year, month, day).map(Stretch::day),
        None => Stretch::month(year, month),
    };
    let leads = around.is_word(found.first, &["last", "past", "next", "this", "coming"]);
    if !leads {
        return named(of_year(published.year() + found.choice(0)? - 1));
    }
    let own = scene.around.tokens.get(found.end - 1)?;
    if !own.is_capital && matches!(month, 3 | 5) {
        return None;
    }
    let is_two_words =
        found.end == found.first + 3 && around.is_word(found.first + 1, &["past", "coming"]);
    let year = published.year();
    let back = if month < published.month() {
        year
    } else {
        year - 1
    };
    let ahead = if month > published.month() {
        year
    } else {
        year + 1
    };
    let year = match (is_two_words, found.choice(0)?) {
        (true, 0) | (false, 0 | 1) => back,
        (false, 3) => year,
        _ => ahead,
    };
    named(of_year(year))
}
