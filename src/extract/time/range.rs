//! Ranges told in one: “9–12 September”, “from 2014 to 2018”, “between Monday and Thursday”.

use chrono::{NaiveDate, Weekday};

use super::{
    absolute::named,
    class::Class,
    pattern::Match,
    rule::{TimeRule, ex},
    scene::{Direction, Reading, Scene},
    stretch::{Grain, Stretch, plus, weekday_ahead, weekday_back},
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "days of a month",
        patterns: &[
            "<month> <day> - <day> [[,] <year>]",
            "<month> <day> – <day> [[,] <year>]",
            "<month> <day> to|through|until|and <day> [[,] <year>]",
            "between <month> <day> and <day> [[,] <year>]",
            "between <day> and <day> [of] <month> [[,] <year>]",
            "<day> - <day> [of] <month> [[,] <year>]",
            "<day> – <day> [of] <month> [[,] <year>]",
            "<day> to|through|until|and [the] <day> [of] <month> [[,] <year>]",
        ],
        resolve: days,
        examples: &[
            ex(
                "The summit of 9–12 September 2024",
                "9–12 September 2024",
                "2024-11-01",
                "2024-09-09/2024-09-12",
            ),
            ex(
                "The drills ran Sept. 9-12",
                "Sept. 9-12",
                "2024-11-01",
                "2024-09-09/2024-09-12",
            ),
            ex(
                "on 24 and 25 May 2017",
                "24 and 25 May 2017",
                "2017-06-05",
                "2017-05-24/2017-05-25",
            ),
            ex(
                "from March 3 to 5",
                "March 3 to 5",
                "2024-03-14",
                "2024-03-03/2024-03-05",
            ),
        ],
        rejects: &["12-9 September", "won 3-2 March"],
    },
    TimeRule {
        name: "day to day",
        patterns: &[
            "<month> <day> [[,] <year>] to|through|until|and <month> <day> [[,] <year>]",
            "<month> <day> [[,] <year>] - <month> <day> [[,] <year>]",
            "<month> <day> [[,] <year>] – <month> <day> [[,] <year>]",
            "<day> <month> [<year>] to|through|until|and <day> <month> [<year>]",
            "<day> <month> [<year>] - <day> <month> [<year>]",
            "<day> <month> [<year>] – <day> <month> [<year>]",
        ],
        resolve: day_to_day,
        examples: &[
            ex(
                "from 28 September to 3 October 2024",
                "28 September to 3 October 2024",
                "2024-11-01",
                "2024-09-28/2024-10-03",
            ),
            ex(
                "Dec. 28, 2023 to Jan. 3, 2024",
                "Dec. 28, 2023 to Jan. 3, 2024",
                "2024-11-01",
                "2023-12-28/2024-01-03",
            ),
            ex(
                "between May 3 and June 4",
                "May 3 and June 4",
                "2024-11-01",
                "2024-05-03/2024-06-04",
            ),
        ],
        rejects: &[
            "3 May and 4 June 1990 and 1991 wars",
            "on 3 May and on 4 June",
        ],
    },
    TimeRule {
        name: "month to month",
        patterns: &[
            "<month> [<year>] to|through|until <month> [[of] [,] <year>]",
            "between <month> [<year>] and <month> [[of] [,] <year>]",
            "<month> - <month> <year>",
            "<month> – <month> <year>",
        ],
        resolve: months,
        examples: &[
            ex(
                "from March to May 2020",
                "March to May 2020",
                "2024-11-01",
                "2020-03/2020-05",
            ),
            ex(
                "from November 2019 to February 2020",
                "November 2019 to February 2020",
                "2024-11-01",
                "2019-11/2020-02",
            ),
        ],
        rejects: &["from May to many", "between March and war"],
    },
    TimeRule {
        name: "year to year",
        patterns: &[
            "<year> - <year>",
            "<year> – <year>",
            "<year> - <n>",
            "<year> – <n>",
            "from <year> to|until|through <year>",
            "<year> to|through <year>",
            "<year> / <n>",
            "between <year> and <year>",
        ],
        resolve: years,
        examples: &[
            ex(
                "in the war of 1939–1945",
                "1939–1945",
                "2024-11-01",
                "1939/1945",
            ),
            ex(
                "in the 2015-16 season",
                "2015-16",
                "2024-11-01",
                "2015/2016",
            ),
            ex(
                "between 2014 and 2018",
                "between 2014 and 2018",
                "2024-11-01",
                "2014/2018",
            ),
        ],
        rejects: &["call 2015-2000", "2024-5 votes", "2015 - 3000"],
    },
    TimeRule {
        name: "weekday to weekday",
        patterns: &[
            "<fullweekday> to|through|until <fullweekday>",
            "between <fullweekday> and <fullweekday>",
            "<fullweekday> - <fullweekday>",
        ],
        resolve: weekdays,
        examples: &[ex(
            "The talks ran from Monday to Wednesday",
            "Monday to Wednesday",
            "2024-03-14",
            "2024-03-11/2024-03-13",
        )],
        rejects: &["open Mondays to Fridays", "Monday to forget"],
    },
];

fn years_of(found: &Match) -> (Option<i32>, Option<i32>) {
    let last = found
        .nth(Class::Year, 1)
        .or_else(|| found.nth(Class::Year, 0));
    (found.nth(Class::Year, 0), last)
}

fn day(year: i32, month: i32, day: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.try_into().ok()?, day.try_into().ok()?)
}

fn days(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let month = found.value(Class::Month)?;
    let (first, last) = (found.nth(Class::Day, 0)?, found.nth(Class::Day, 1)?);
    let is_pair = (found.first..found.end).any(|at| scene.around.is_word(at, &["and"]))
        && !scene.around.is_word(found.first, &["between"]);
    if first >= last
        || (is_pair && last != first + 1)
        || scene
            .around
            .follows_sign(found.first, &['-', '/', '.', '–'])
    {
        return None;
    }
    let of_year = |year: i32| {
        Some(Stretch::days(
            day(year, month, first)?,
            day(year, month, last)?,
        ))
    };
    named(match found.value(Class::Year) {
        Some(year) => of_year(year),
        None => scene.yearly(of_year),
    })
}

fn day_to_day(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let (month, last_month) = (found.nth(Class::Month, 0)?, found.nth(Class::Month, 1)?);
    let (first, last) = (found.nth(Class::Day, 0)?, found.nth(Class::Day, 1)?);
    let is_pair = (found.first..found.end).any(|at| scene.around.is_word(at, &["and"]));
    if is_pair && !scene.around.follows_word(found.first, &["between"]) {
        return None;
    }
    let over_new_year = i32::from((month, first) > (last_month, last));
    named(match years_of(found) {
        (Some(year), Some(last_year)) => {
            let year = if found.nth(Class::Year, 1).is_some() {
                year
            } else {
                last_year - over_new_year
            };
            span(day(year, month, first)?, day(last_year, last_month, last)?)
        }
        _ => scene.yearly(|year| {
            span(
                day(year, month, first)?,
                day(year + over_new_year, last_month, last)?,
            )
        }),
    })
}

fn span(first: NaiveDate, last: NaiveDate) -> Option<Stretch> {
    (first <= last).then(|| Stretch::days(first, last))
}

fn months(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let (month, last_month) = (found.nth(Class::Month, 0)?, found.nth(Class::Month, 1)?);
    let over_new_year = i32::from(month > last_month);
    let stretch = |year: i32, last_year: i32| {
        let first = Stretch::month(year, month.try_into().ok()?)?;
        let last = Stretch::month(last_year, last_month.try_into().ok()?)?;
        (first.first <= last.first).then_some(Stretch {
            first: first.first,
            last: last.last,
            grain: Grain::Days,
        })
    };
    named(match years_of(found) {
        (Some(year), Some(last_year)) if found.nth(Class::Year, 1).is_some() => {
            stretch(year, last_year)
        }
        (_, Some(last_year)) => stretch(last_year - over_new_year, last_year),
        _ => scene.yearly(|year| stretch(year, year + over_new_year)),
    })
}

fn years(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let (around, first) = (&scene.around, found.first);
    let year = found.nth(Class::Year, 0)?;
    let last = match (found.nth(Class::Year, 1), found.value(Class::Count)) {
        (Some(last), _) => last,
        (None, Some(short @ 10..=99)) => year - year.rem_euclid(100) + short,
        _ => return None,
    };
    let is_number = around.follows_sign(first, &['-', '/', '$', '€', '£'])
        || around.is_sign(found.end, &['-', '/'])
            && around.tokens[found.end].gap == super::token::Gap::None;
    if is_number || last <= year || last - year > 500 || !(1000..=2100).contains(&last) {
        return None;
    }
    let (first, last) = (Stretch::year(year)?.first, Stretch::year(last)?.last);
    named(Some(Stretch {
        first,
        last,
        grain: Grain::Days,
    }))
}

fn weekdays(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let weekday = |index: usize| {
        Weekday::try_from(u8::try_from(found.nth(Class::FullWeekday, index)?).ok()?).ok()
    };
    let (first, last) = (weekday(0)?, weekday(1)?);
    let (first, last) = if scene.direction() == Direction::Ahead {
        let first = weekday_ahead(scene.published, first);
        (first, weekday_ahead(first, last))
    } else {
        let last = weekday_back(scene.published, last);
        (weekday_back(plus(last, -1), first), last)
    };
    named(Some(Stretch::days(first, last)))
}
