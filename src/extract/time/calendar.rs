//! Days with a name: holidays, days that an attack gave its name to, the eve of a day; and times of the clock.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    absolute::named,
    class::Class,
    pattern::Match,
    rule::{TimeRule, ex},
    scene::{self, Reading, Scene},
    stretch::{Stretch, plus, weekday_ahead},
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "holiday",
        patterns: &[
            "[last|this|next] christmas [day|eve] [<year>]",
            "[last|this|next] new year 's day|eve [<year>]",
            "[last|this|next] thanksgiving [day] [<year>]",
            "[last|this|next] easter [sunday|monday] [<year>]",
            "good friday [<year>]",
            "boxing|bastille|victory|may|halloween day [<year>]",
            "[last|this|next] halloween [<year>]",
        ],
        resolve: holiday,
        examples: &[
            ex(
                "A truce over Christmas failed",
                "Christmas",
                "2024-01-14",
                "2023-12-25",
            ),
            ex(
                "on New Year’s Eve 2022",
                "New Year’s Eve 2022",
                "2024-03-14",
                "2022-12-31",
            ),
            ex(
                "signed on Good Friday",
                "Good Friday",
                "2024-04-14",
                "2024-03-29",
            ),
            ex("by Easter 2025", "Easter 2025", "2024-04-14", "2025-04-20"),
        ],
        rejects: &[
            "Christmas Island",
            "Orthodox Christmas",
            "the new year brings",
            "Easter Island",
        ],
    },
    TimeRule {
        name: "day of an attack",
        patterns: &[
            "<month> <day> [,] [terrorist|terror|hamas] attack|attacks|assault|massacre|bombings|hijackings|riot",
            "<day> <month> [terrorist|terror|hamas] attack|attacks|assault|massacre|bombings|hijackings|riot",
            "<n> / <n>",
        ],
        resolve: attack,
        examples: &[
            ex(
                "since the September 11 attacks",
                "September 11 attacks",
                "2024-11-01",
                "2001-09-11",
            ),
            ex(
                "since the 7 October attack",
                "7 October attack",
                "2024-10-05",
                "2023-10-07",
            ),
            ex("after 9/11", "9/11", "2024-11-01", "2001-09-11"),
        ],
        rejects: &["3/4 of them", "a March 40 attack", "7/10 points"],
    },
    TimeRule {
        name: "eve of a day",
        patterns: &[
            "eve of <month> <day> [[,] <year>]",
            "eve of [the] <day> [of] <month> [<year>]",
        ],
        resolve: |found, scene| {
            let (month, day) = (found.number(Class::Month)?, found.number(Class::Day)?);
            let of_year = |year: i32| NaiveDate::from_ymd_opt(year, month, day).map(Stretch::day);
            let day = match found.value(Class::Year) {
                Some(year) => of_year(year),
                None => scene.yearly(of_year),
            }?;
            Some(Reading::named(Stretch::day(plus(day.first, -1))))
        },
        examples: &[ex(
            "on the eve of 9 May 2023",
            "eve of 9 May 2023",
            "2024-11-01",
            "2023-05-08",
        )],
        rejects: &["on the eve of the vote", "Christmas Eve"],
    },
    TimeRule {
        name: "time of the clock",
        patterns: &["<clock>"],
        resolve: |found, scene| {
            let is_noon = matches!(
                scene.around.tokens[found.first].kind,
                super::token::Kind::Word(_)
            );
            let is_score = scene
                .around
                .follows_sign(found.first, &[':', '-', '–', '+']);
            if is_noon
                && !scene.around.follows_word(
                    found.first,
                    &["at", "by", "around", "about", "before", "after", "until"],
                )
                || is_score
            {
                return None;
            }
            Some(Reading::named(Stretch::day(scene.published)).class(scene::Class::Clock))
        },
        examples: &[
            ex("22:50 — Council votes", "22:50", "2022-02-25", "2022-02-25"),
            ex("around 7:15 p.m.", "7:15 p.m.", "2022-02-25", "2022-02-25"),
        ],
        rejects: &["a 10-2 vote", "verse 3:120", "10 percent", "High Noon"],
    },
];

fn holiday(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let around = &scene.around;
    let is = |words: &[&str]| (found.first..found.end).any(|at| around.is_word(at, words));
    let is_place = around.is_word(
        found.end,
        &["island", "islands", "shopping", "tree", "trees", "carol"],
    );
    if is_place
        || around.follows_word(found.first, &["orthodox", "every", "each", "coptic"])
        || !around.tokens[found.end - 1].is_capital
            && found.value(Class::Year).is_none()
            && !is(&["last", "this", "next"])
    {
        return None;
    }
    let fixed = |month: u32, day: u32| move |year: i32| NaiveDate::from_ymd_opt(year, month, day);
    let of_year: Box<dyn Fn(i32) -> Option<NaiveDate>> = match () {
        () if is(&["christmas"]) && is(&["eve"]) => Box::new(fixed(12, 24)),
        () if is(&["christmas"]) => Box::new(fixed(12, 25)),
        () if is(&["new"]) && is(&["eve"]) => Box::new(fixed(12, 31)),
        () if is(&["new"]) => Box::new(fixed(1, 1)),
        () if is(&["boxing"]) => Box::new(fixed(12, 26)),
        () if is(&["bastille"]) => Box::new(fixed(7, 14)),
        () if is(&["victory"]) => Box::new(fixed(5, 9)),
        () if is(&["may"]) => Box::new(fixed(5, 1)),
        () if is(&["halloween"]) => Box::new(fixed(10, 31)),
        () if is(&["thanksgiving"]) => Box::new(|year| {
            Some(weekday_ahead(
                NaiveDate::from_ymd_opt(year, 11, 22)?,
                Weekday::Thu,
            ))
        }),
        () if is(&["good"]) => Box::new(|year| Some(plus(easter(year)?, -2))),
        () if is(&["monday"]) => Box::new(|year| Some(plus(easter(year)?, 1))),
        () => Box::new(easter),
    };
    let stretch = |year: i32| of_year(year).map(Stretch::day);
    let year = scene.published.year();
    let nearest = |years: [i32; 2], fits: fn(NaiveDate, NaiveDate) -> bool| {
        years
            .into_iter()
            .filter_map(stretch)
            .find(|day| fits(day.first, scene.published))
    };
    named(
        match (found.value(Class::Year), is(&["last"]), is(&["next"])) {
            (Some(year), ..) => stretch(year),
            (None, true, _) => nearest([year, year - 1], |day, published| day < published),
            (None, _, true) => nearest([year, year + 1], |day, published| day > published),
            _ if is(&["this"]) => stretch(year),
            _ => scene.yearly(stretch),
        },
    )
}

/// Western Easter Sunday, by the anonymous Gregorian algorithm.
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15)
        .rem_euclid(30);
    let paschal = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * paschal) / 451;
    let days = epact + paschal - 7 * late + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(days / 31).ok()?,
        u32::try_from(days % 31 + 1).ok()?,
    )
}

fn attack(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let pair = (found.nth(Class::Count, 0), found.nth(Class::Count, 1));
    let (month, day) = match pair {
        (Some(9), Some(11)) => (9, 11),
        (Some(_), _) => return None,
        _ => (found.number(Class::Month)?, found.number(Class::Day)?),
    };
    let of_year = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
    let known = [
        (9, 11, 2001),
        (10, 7, 2023),
        (1, 6, 2021),
        (7, 7, 2005),
        (11, 13, 2015),
        (11, 26, 2008),
    ]
    .into_iter()
    .find(|(known_month, known_day, _)| (*known_month, *known_day) == (month, day))
    .and_then(|(.., year)| of_year(year))
    .filter(|day| *day <= scene.published);
    let before = || {
        let this = of_year(scene.published.year()).filter(|day| *day <= scene.published);
        this.or_else(|| of_year(scene.published.year() - 1))
    };
    named(known.or_else(before).map(Stretch::day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_almanacs_say() {
        for (year, day) in [
            (1818, "1818-03-22"),
            (1943, "1943-04-25"),
            (2018, "2018-04-01"),
            (2024, "2024-03-31"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(day.parse().unwrap()), "{year}");
        }
    }
}
