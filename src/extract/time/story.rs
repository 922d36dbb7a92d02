//! Times counted from the time already told: “two days earlier”, “the previous day”, “that year”.
//!
//! Where no time was told nearby they count from publication. Source: the coding guide, decided case on weekdays and days
//! after a time already told.

use chrono::{Datelike, NaiveDate};

use super::{
    absolute::named,
    class::{self, Class},
    lexicon::Unit,
    pattern::Match,
    rule::{TimeRule, ex, ex_code},
    scene::{self, Reading, Scene},
    stretch::{Grain, Stretch, moved},
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "so long before or after the time told",
        patterns: &[
            "[nearly|about|just|only|almost] <n> <unit> earlier|before|later|after|afterward|afterwards|previously",
            "[nearly|about|just|only|almost] a|an <unit> earlier|before|later|after|afterward|afterwards|previously",
            "<n> <unit> after|before that|this",
            "a|an <unit> after|before that|this",
        ],
        resolve: counted,
        examples: &[
            ex(
                "Moscow signed on 21 February. Three days later it struck.",
                "Three days later",
                "2024-03-14",
                "2024-02-24",
            ),
            ex(
                "The vote of 4 July 2023 came a year after.",
                "a year after",
                "2024-03-14",
                "2024",
            ),
            ex(
                "They had met two days earlier.",
                "two days earlier",
                "2024-03-14",
                "2024-03-12",
            ),
            ex(
                "On 3 May 2021 it left; a week later it was back.",
                "a week later",
                "2024-03-14",
                "2021-05-10",
            ),
        ],
        rejects: &[
            "two days after the vote",
            "a month before his death",
            "hours-long talks later",
        ],
    },
    TimeRule {
        name: "unit beside the time told",
        patterns: &[
            "previous|preceding|following|next|same|very day|night|morning|evening|afternoon",
            "following|preceding|same week|month|quarter|year|weekend",
            "day|night|week|month|year before|after|earlier",
        ],
        resolve: beside,
        examples: &[
            ex(
                "It was signed on 21 February. The following day the banks were cut off.",
                "following day",
                "2024-03-14",
                "2024-02-22",
            ),
            ex(
                "On 21 February 2022 he signed it. On the same day London replied.",
                "same day",
                "2024-03-14",
                "2022-02-21",
            ),
            ex(
                "It was agreed in 2019 and cancelled the following year.",
                "following year",
                "2024-03-14",
                "2020",
            ),
            ex(
                "In May 2019 it was cut; it had been full the month before.",
                "month before",
                "2024-03-14",
                "2019-04",
            ),
        ],
        rejects: &[
            "the day before the vote",
            "the same dayroom",
            "the year after he left",
        ],
    },
    TimeRule {
        name: "that unit",
        patterns: &[
            "that day|night|morning|evening|afternoon|week|weekend|month|quarter|year",
            "[earlier|later|early|late] that <unit>",
            "<month> [of|in] that year",
            "that <month>",
            "<month> <day> [of] that year",
            "<day> <month> [of] that year",
        ],
        resolve: that,
        examples: &[
            ex(
                "In 2019 it left. That year it also closed its embassy.",
                "That year",
                "2024-03-14",
                "2019",
            ),
            ex(
                "On 21 February 2022 he spoke; later that day tanks moved.",
                "later that day",
                "2024-03-14",
                "2022-02-21",
            ),
        ],
        rejects: &["He said that weekly talks go on", "that days-old offer"],
    },
    TimeRule {
        name: "told quarter",
        patterns: &[
            "the quarter|period",
            "that quarter|period",
            "latest|current quarter|period",
            "<year> quarter|period",
            "year [-] earlier|ago [<nth>] [quarter|period]",
            "comparable|corresponding|equivalent period|quarter last year",
        ],
        resolve: quarter,
        examples: &[ex_code(
            "Profit fell in the third quarter. In the year-earlier period it had risen.",
            "year-earlier period",
            "1989-10-26",
            "1988-07/1988-09",
            "1988-35",
        )],
        rejects: &["the quarter of the old town", "a period of calm"],
    },
];

/// Whether the words stand alone: “two days after.”, not “two days after the vote”.
fn stands_alone(found: &Match, scene: &Scene<'_>) -> bool {
    let (around, end) = (&scene.around, found.end);
    end == around.tokens.len()
        || around.ends_sentence(end)
        || around.tokens[end].gap == super::token::Gap::Paragraph
        || around.is_sign(end, &['.', ',', ';', ')', ':', '"', '—', '–'])
        || around.is_word(end, &["and", "but", "in", "at", "when", "by", "with"])
}

fn counted(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let unit = class::unit(found.value(Class::Unit)?)?;
    let around = &scene.around;
    let points_back = around.is_word(found.end - 1, &["that", "this"]);
    let last = found.end - 1 - usize::from(points_back);
    let is_back = around.is_word(last, &["earlier", "before", "previously"]);
    let is_joined = around.is_word(last, &["before", "after"]) && !points_back;
    if (is_joined || points_back) && !stands_alone(found, scene) {
        return None;
    }
    let count = i32::try_from(found.number(Class::Count).unwrap_or(1)).ok()?;
    let is_year_before = unit == Unit::Year && count == 1 && is_back;
    if let Some(quarter) = scene.told_quarter.filter(|_| is_year_before) {
        return named(year_before(quarter));
    }
    if unit == Unit::Hour {
        let told = scene
            .told
            .to_count(unit)
            .map_or(scene.published, |told| told.last);
        return Some(Reading::named(Stretch::day(told)).class(scene::Class::Told));
    }
    Reading::counted(scene, if is_back { -count } else { count }, unit)
}

fn year_before(quarter: Stretch) -> Option<Stretch> {
    Stretch::around(moved(quarter.first, -1, Unit::Year)?, Unit::Quarter)
}

fn unit_word(found: &Match, scene: &Scene<'_>, at: usize) -> Option<Unit> {
    let is = |word: &str| scene.around.is_word(at, &[word]);
    if at >= found.end {
        return None;
    }
    [
        ("week", Unit::Week),
        ("month", Unit::Month),
        ("quarter", Unit::Quarter),
        ("year", Unit::Year),
        ("weekend", Unit::Weekend),
    ]
    .into_iter()
    .find(|(word, _)| is(word))
    .map_or(Some(Unit::Day), |(_, unit)| Some(unit))
}

fn beside(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let around = &scene.around;
    let is_after_unit = around.is_word(found.end - 1, &["before", "after", "earlier"]);
    if is_after_unit {
        if !stands_alone(found, scene) || !around.follows_word(found.first, &["the"]) {
            return None;
        }
        let count = if around.is_word(found.end - 1, &["after"]) {
            1
        } else {
            -1
        };
        return Reading::counted(scene, count, unit_word(found, scene, found.first)?);
    }
    let unit = unit_word(found, scene, found.end - 1)?;
    if around.is_word(found.first, &["next", "very"]) && !around.follows_word(found.first, &["the"])
    {
        return None;
    }
    let count = match () {
        () if around.is_word(found.first, &["same", "very"]) => 0,
        () if around.is_word(found.first, &["following", "next"]) => 1,
        () => -1,
    };
    if count == 0 {
        return same(scene, unit);
    }
    Reading::counted(scene, count, unit)
}

/// The unit that holds the time told; its own where that is no longer.
fn same(scene: &Scene<'_>, unit: Unit) -> Option<Reading> {
    let told = scene
        .told
        .to_count(unit)
        .unwrap_or(Stretch::day(scene.published));
    let stretch = match (unit, told.grain) {
        (Unit::Day, _) if told.first != told.last => return None,
        (Unit::Week, Grain::Month) | (Unit::Week | Unit::Month, Grain::Year | Grain::Decade) => {
            return None;
        }
        (unit, _) => Stretch::around(told.first, unit)?,
    };
    named(Some(stretch)).map(|reading| reading.class(scene::Class::Told))
}

fn that(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let around = &scene.around;
    let last = found.end - 1;
    let is_plural = around.text[..around.tokens[last].end].ends_with('s');
    if is_plural || scene.told.last().is_none() {
        return None;
    }
    if let Some(month) = found.number(Class::Month) {
        let told = scene.told.last()?;
        let is_bare = around.is_word(found.first, &["that"]);
        if is_bare && !stands_alone(found, scene) {
            return None;
        }
        // “in August … that December”, “that January”
        let is_next = is_bare && told.grain != Grain::Year && month < told.first.month();
        let year = told.first.year() + i32::from(is_next);
        return named(match found.number(Class::Day) {
            Some(day) => NaiveDate::from_ymd_opt(year, month, day).map(Stretch::day),
            None => Stretch::month(year, month),
        });
    }
    let unit = match found.value(Class::Unit) {
        Some(unit) => class::unit(unit)?,
        None => unit_word(found, scene, last)?,
    };
    if unit == Unit::Hour {
        return None;
    }
    same(scene, unit)
}

fn quarter(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let around = &scene.around;
    let told = scene.told_quarter?;
    if let Some(number) = found.number(Class::Nth) {
        return named(Stretch::quarter(told.first.year() - 1, number));
    }
    if let Some(year) = found.value(Class::Year) {
        return named(Stretch::quarter(year, told.first.month0() / 3 + 1));
    }
    if around.is_word(found.end, &["of"]) {
        return None;
    }
    let is_year_before = around.is_word(
        found.first,
        &["year", "comparable", "corresponding", "equivalent"],
    );
    named(if is_year_before {
        year_before(told)
    } else {
        Some(told)
    })
}
