//! Years and longer: “2018”, “early 1990”, “the late ’80s”, “the 19th century”.

use chrono::Datelike;

use super::{
    absolute::{named, year_of},
    class::Class,
    lexicon::{Lexeme, Part},
    month::part_of,
    pattern::Match,
    rule::{TimeRule, ex, ex_code},
    scene::{Reading, Scene},
    stretch::Stretch,
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "year",
        patterns: &[
            "<year>",
            "year <year>",
            "calendar|fiscal|financial [year] <year>",
            "fy [-] <year>",
        ],
        resolve: year,
        examples: &[
            ex(
                "Sanctions since 2018 have bitten",
                "2018",
                "2024-11-01",
                "2018",
            ),
            ex(
                "the year two thousand",
                "year two thousand",
                "1999-11-01",
                "2000",
            ),
            ex("under the 2015 nuclear deal", "2015", "2024-11-01", "2015"),
            ex("in fiscal 1989", "fiscal 1989", "1989-11-01", "1989"),
        ],
        rejects: &[
            "some 2000 troops",
            "$1999 a month",
            "resolution 2231",
            "Resolution 1929 of the council",
            "a 2,015-page text",
            "at 1900 GMT",
            "1500 km away",
        ],
    },
    TimeRule {
        name: "part of a year",
        patterns: &[
            "<part> [-] [of] [the] [year] <year>",
            "early|late in <year>",
            "<nth> half of|in <year>",
            "last|latter half of <year>",
            "first two quarters of <year>",
        ],
        resolve: part_of_year,
        examples: &[
            ex_code(
                "in early 1990",
                "early 1990",
                "1990-11-01",
                "1990-01/1990-04",
                "1990",
            ),
            ex_code(
                "by the end of 2024",
                "end of 2024",
                "2024-02-01",
                "2024-10/2024-12",
                "2024",
            ),
            ex_code(
                "in mid-1996",
                "mid-1996",
                "1998-11-01",
                "1996-05/1996-08",
                "1996",
            ),
            ex_code(
                "in the first half of 2024",
                "first half of 2024",
                "2024-11-01",
                "2024-01/2024-06",
                "2024-40",
            ),
        ],
        rejects: &["the end of 2,000 jobs", "late 20 of them"],
    },
    TimeRule {
        name: "decade or century",
        patterns: &[
            "<decade>",
            "<part> [-] <decade>",
            "<nth> [-] century",
            "<part> [-] <nth> [-] century",
        ],
        resolve: decade,
        examples: &[
            ex_code("in the 1990s", "1990s", "2024-11-01", "1990/1999", "199X"),
            ex_code(
                "in the late ’80s",
                "late ’80s",
                "2024-11-01",
                "1986-09/1989-12",
                "198X",
            ),
            ex_code(
                "in the nineties",
                "nineties",
                "2024-11-01",
                "1990/1999",
                "199X",
            ),
            ex_code(
                "a 19th-century fort",
                "19th-century",
                "2024-11-01",
                "1800/1899",
                "18XX",
            ),
        ],
        rejects: &[
            "temperatures in the 90s",
            "a century ago",
            "a woman in her eighties",
        ],
    },
];

/// Things counted by the thousand, after which four digits are no year.
const COUNTED: [&str; 36] = [
    "people",
    "troops",
    "soldiers",
    "tons",
    "tonnes",
    "miles",
    "kilometers",
    "kilometres",
    "km",
    "men",
    "women",
    "euros",
    "dollars",
    "pounds",
    "years",
    "homes",
    "jobs",
    "feet",
    "meters",
    "metres",
    "votes",
    "deaths",
    "points",
    "lives",
    "families",
    "civilians",
    "children",
    "workers",
    "members",
    "employees",
    "shares",
    "cases",
    "barrels",
    "refugees",
    "gmt",
    "hours",
];

fn year(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let (around, first, end) = (&scene.around, found.first, found.end);
    let is_bare = end == first + 1;
    if is_bare {
        let year = year_of(found)?;
        let is_number = around.follows_word(
            first,
            &[
                "resolution",
                "no",
                "number",
                "nearly",
                "some",
                "boeing",
                "flight",
                "page",
            ],
        ) || around.follows_sign(first, &['$', '€', '£', '#', '/', '+'])
            || around.is_sign(end, &['%', '$', '€', '/', '°'])
            || around.is_word(end, &COUNTED)
            || around.follows_sign(first, &['.', ','])
                && around.tokens[first].gap == super::token::Gap::None
            || around.is_sign(end, &['-', ':'])
                && around.tokens[end].gap == super::token::Gap::None
                && matches!(
                    around.tokens.get(end + 1).map(|next| next.kind),
                    Some(super::token::Kind::Digits { .. })
                );
        let is_hyphened = around.follows_sign(first, &['-'])
            && around.tokens[first].gap == super::token::Gap::None
            && !around.is_word(
                first.wrapping_sub(2),
                &["mid", "pre", "post", "early", "late"],
            );
        if is_number
            || is_hyphened
            || !(1700..=2100).contains(&year) && !around.follows_word(first, &["in", "since", "of"])
        {
            return None;
        }
    }
    named(Stretch::year(year_of(found)?))
}

fn part_of_year(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let is_said = |word: &str| (found.first..found.end).any(|at| scene.around.is_word(at, &[word]));
    let year = year_of(found)?;
    if let Some(half) = found.number(Class::Nth) {
        return named(Stretch::half(year, half));
    }
    if is_said("half") || is_said("quarters") {
        let half = if is_said("half") { 2 } else { 1 };
        return named(Stretch::half(year, half));
    }
    let part = match part_of(found) {
        Some(part) => part,
        None if is_said("early") => Part::Early,
        None => Part::Late,
    };
    let whole = Stretch::year(year)?;
    Some(Reading::narrowed(whole, whole.part(part)))
}

fn decade(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let whole = match found.value(Class::Decade) {
        Some(year) => {
            let is_spelt = matches!(found.lexeme(Class::Decade), Lexeme::Decade(_));
            let is_short = found.end == found.first + 1
                && matches!(
                    scene.around.tokens[found.first].kind,
                    super::token::Kind::Decade { count: 2, .. }
                );
            // “in her eighties”, “in the low 90s” are ages and degrees
            // … but not in “the 1960s and 70s”
            let goes_on = is_short
                && scene.around.follows_word(found.first, &["and", "or", "to"])
                && found.first > 1
                && matches!(
                    scene.around.tokens[found.first - 2].kind,
                    super::token::Kind::Decade { .. }
                );
            if is_short && !goes_on
                || (is_spelt
                    && scene
                        .around
                        .follows_word(found.first, &["his", "her", "their", "my"]))
            {
                return None;
            }
            Stretch::decade(year)?
        }
        None => Stretch::century(
            i32::try_from(found.number(Class::Nth)?)
                .ok()?
                .checked_sub(1)?
                * 100,
        )
        .filter(|century| century.first.year() > 0)?,
    };
    Some(match part_of(found) {
        Some(part) => Reading::narrowed(whole, whole.part(part)),
        None => Reading::named(whole),
    })
}
