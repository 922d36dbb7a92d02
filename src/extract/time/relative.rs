//! Times told by their distance from the day of publication: “yesterday”, “last month”, “two weeks ago”.
//!
//! Source: the coding guide, field `date`: “this week” is Monday to Sunday; “last week”, told on a Sunday, is the week that
//! ends that day.

use chrono::{Datelike, Weekday};

use super::{
    absolute::named,
    class::{self, Class},
    lexicon::Unit,
    pattern::Match,
    rule::{TimeRule, ex, ex_code},
    scene::{self, Direction, Reading, Scene},
    stretch::{Stretch, moved, plus},
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "day beside publication",
        patterns: &[
            "today|tonight|yesterday|tomorrow|overnight",
            "day before|after yesterday|tomorrow",
            "this morning|afternoon|evening|lunchtime|day",
            "last night|evening",
        ],
        resolve: beside,
        examples: &[
            ex("He resigned today.", "today", "2024-03-14", "2024-03-14"),
            ex(
                "late yesterday afternoon",
                "late yesterday afternoon",
                "2024-03-14",
                "2024-03-13",
            ),
            ex(
                "the day after tomorrow",
                "day after tomorrow",
                "2024-03-14",
                "2024-03-16",
            ),
            ex(
                "They spoke last night",
                "last night",
                "2024-03-14",
                "2024-03-13",
            ),
            ex(
                "Drones struck overnight",
                "overnight",
                "2024-03-14",
                "2024-03-13/2024-03-14",
            ),
        ],
        rejects: &[
            "USA Today",
            "this day of all days",
            "the day before the vote",
            "an overnight train",
        ],
    },
    TimeRule {
        name: "unit beside publication",
        patterns: &[
            "this|last|next|current|past|coming|previous|upcoming|present <unit>",
            "this past|coming <unit>",
            "the|current full|fiscal|financial year",
            "<unit> before last",
            "<unit> after next",
        ],
        resolve: unit_beside,
        examples: &[
            ex(
                "It was agreed last month.",
                "last month",
                "2024-03-14",
                "2024-02",
            ),
            ex(
                "They will visit Kyiv this week",
                "this week",
                "2024-03-14",
                "2024-03-11/2024-03-17",
            ),
            ex(
                "They met last week",
                "last week",
                "2024-03-17",
                "2024-03-11/2024-03-17",
            ),
            ex("next year", "next year", "2024-03-14", "2025"),
            ex(
                "the week before last",
                "week before last",
                "2024-03-14",
                "2024-02-26/2024-03-03",
            ),
            ex(
                "over the coming weekend",
                "coming weekend",
                "2024-03-14",
                "2024-03-16/2024-03-17",
            ),
            ex_code(
                "this quarter",
                "this quarter",
                "2024-03-14",
                "2024-01/2024-03",
                "2024-33",
            ),
        ],
        rejects: &[
            "this second round",
            "the last day of talks",
            "the last weeks",
            "next hour",
            "last years",
        ],
    },
    TimeRule {
        name: "weekend",
        patterns: &["the weekend", "last|this|next weekend 's", "weekend"],
        resolve: |found, scene| {
            let is_alone = found.end == found.first + 1;
            if is_alone
                && !scene
                    .around
                    .follows_word(found.first, &["over", "at", "by", "of"])
            {
                return None;
            }
            let this = Stretch::weekend(scene.published);
            named(Some(match scene.direction() {
                Direction::Ahead => this,
                _ if scene.published >= this.first => this,
                _ => Stretch::weekend(plus(scene.published, -7)),
            }))
        },
        examples: &[
            ex(
                "They met over the weekend.",
                "the weekend",
                "2024-03-14",
                "2024-03-09/2024-03-10",
            ),
            ex(
                "They will meet at the weekend.",
                "the weekend",
                "2024-03-14",
                "2024-03-16/2024-03-17",
            ),
        ],
        rejects: &["weekend talks", "every weekend"],
    },
    TimeRule {
        name: "so long ago",
        patterns: &[
            "[nearly|about|around|almost|roughly|exactly|just] <n> <unit> ago|back",
            "[nearly|about|around|almost|roughly|exactly|just] a|an <unit> ago|back",
            "a <unit> and a half ago",
            "a|an <unit> or so ago",
            "<n> <unit> or so ago",
        ],
        resolve: ago,
        examples: &[
            ex(
                "He left ten days ago.",
                "ten days ago",
                "2024-03-14",
                "2024-03-04",
            ),
            ex(
                "It was signed two years ago",
                "two years ago",
                "2024-03-14",
                "2022",
            ),
            ex(
                "nearly four months ago",
                "nearly four months ago",
                "2024-03-14",
                "2023-11~",
            ),
            ex("an hour ago", "an hour ago", "2024-03-14", "2024-03-14"),
        ],
        rejects: &["two days before the vote", "99999 years ago", "a war ago"],
    },
    TimeRule {
        name: "so long from now",
        patterns: &[
            "in <n> <unit> [time]",
            "in a <unit> [time]",
            "<n> <unit> hence",
            "<n>|a <unit> from now|today|tomorrow",
            "<n> <unit> from now|today",
        ],
        resolve: hence,
        examples: &[
            ex(
                "The truce will end in ten days.",
                "in ten days",
                "2024-03-14",
                "2024-03-24",
            ),
            ex(
                "Elections are due three months from now",
                "three months from now",
                "2024-03-14",
                "2024-06",
            ),
        ],
        rejects: &[
            "the first visit in two years",
            "It fell in two weeks",
            "in two minds",
        ],
    },
];

fn beside(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let around = &scene.around;
    let published = scene.published;
    let is = |words: &[&str]| around.is_word(found.first, words);
    if around.follows_word(found.first, &["usa", "russia", "an", "the", "a"])
        && !is(&["day", "last"])
    {
        return None;
    }
    // “NBC's Today”: a name where no sentence begins
    let is_show = is(&["today"])
        && around.tokens[found.first].is_capital
        && found.first > 0
        && around.tokens[found.first].gap < super::token::Gap::Line
        && matches!(
            around.tokens[found.first - 1].kind,
            super::token::Kind::Word(_)
        );
    if is_show {
        return None;
    }
    let present = |day| Some(Reading::named(Stretch::day(day)).class(scene::Class::Present));
    if is(&["this"]) {
        let is_day = around.is_word(found.first + 1, &["day"]);
        return if is_day { None } else { present(published) };
    }
    if is(&["last"]) {
        return named(Some(Stretch::day(plus(published, -1))));
    }
    if is(&["day"]) {
        return match (found.choice(0)?, found.choice(1)?) {
            (0, 0) => named(Some(Stretch::day(plus(published, -2)))),
            (1, 1) => named(Some(Stretch::day(plus(published, 2)))),
            _ => None,
        };
    }
    match found.choice(0)? {
        0 | 1 => present(published),
        2 => named(Some(Stretch::day(plus(published, -1)))),
        3 => named(Some(Stretch::day(plus(published, 1)))),
        _ => named(Some(Stretch::days(plus(published, -1), published))),
    }
}

pub(super) fn unit_of(found: &Match) -> Option<Unit> {
    class::unit(found.value(Class::Unit)?)
}

/// “the full year”, “the current fiscal year”.
fn around_year(found: &Match, scene: &Scene<'_>) -> bool {
    scene
        .around
        .is_word(found.end - 2, &["full", "fiscal", "financial"])
}

/// Weeks, months, quarters and longer: what “this” and “last” may stand before.
fn unit_beside(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    if around_year(found, scene) {
        return named(Stretch::year(scene.published.year()));
    }
    let unit =
        unit_of(found).filter(|unit| !matches!(unit, Unit::Hour | Unit::Day | Unit::Fortnight))?;
    let around = &scene.around;
    let last_word = if found.choice(0).is_some() {
        found.end - 1
    } else {
        found.first
    };
    let is_plural = around.tokens[last_word].end - around.tokens[last_word].start > 3
        && around.text[..around.tokens[last_word].end].ends_with('s');
    if is_plural {
        return None;
    }
    let published = scene.published;
    let Some(choice) = found.choice(0) else {
        let count = if around.is_word(found.first + 1, &["before"]) {
            -2
        } else {
            2
        };
        return named(Stretch::shifted(published, count, unit));
    };
    let is_two_words = around.is_word(found.first, &["this"]) && found.end == found.first + 3;
    let count = match (is_two_words, choice) {
        (true, 0) | (false, 1 | 4 | 6) => -1,
        (false, 0 | 3 | 8) => 0,
        _ => 1,
    };
    if unit == Unit::Week && count == -1 && published.weekday() == Weekday::Sun {
        return named(Some(Stretch::week(published)));
    }
    if unit == Unit::Weekend {
        return named(Some(weekend(scene, count)));
    }
    // “the past month” reaches to today, “last month” does not
    let whole = Stretch::shifted(published, count, unit)?;
    if choice == 4 && !is_two_words {
        let since = moved(published, -1, unit)?;
        return Some(
            Reading::narrowed(whole, Stretch::days(since, published)).class(scene::Class::Vague),
        );
    }
    if choice == 5 && !is_two_words {
        let until = moved(published, 1, unit)?;
        return Some(
            Reading::narrowed(whole, Stretch::days(published, until)).class(scene::Class::Vague),
        );
    }
    named(Some(whole))
}

fn weekend(scene: &Scene<'_>, count: i32) -> Stretch {
    let this = Stretch::weekend(scene.published);
    match count {
        -1 if scene.published > this.last
            || this.holds(scene.published) && scene.published.weekday() == Weekday::Sun =>
        {
            this
        }
        -1 => Stretch::weekend(plus(scene.published, -7)),
        0 => this,
        _ => Stretch::weekend(plus(scene.published, i64::from(count > 1) * 7)),
    }
}

fn is_rough(found: &Match, scene: &Scene<'_>) -> bool {
    scene.around.is_word(
        found.first,
        &["nearly", "about", "around", "almost", "roughly"],
    ) || scene
        .around
        .follows_word(found.first, &["than", "least", "over", "some"])
}

fn ago(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let unit = unit_of(found)?;
    let count = i32::try_from(found.number(Class::Count).unwrap_or(1)).ok()?;
    let published = scene.published;
    let quarter_before = scene
        .told_quarter
        .filter(|_| unit == Unit::Year && count == 1)
        .and_then(|quarter| {
            Stretch::shifted(quarter.first, -1, Unit::Year).and(moved(
                quarter.first,
                -1,
                Unit::Year,
            ))
        })
        .and_then(|day| Stretch::around(day, Unit::Quarter));
    if let Some(quarter) = quarter_before {
        return named(Some(quarter));
    }
    let stretch = match unit {
        Unit::Hour => {
            return Some(Reading::named(Stretch::day(published)).class(scene::Class::Present));
        }
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            Stretch::day(moved(published, -count, unit)?)
        }
        unit => Stretch::shifted(published, -count, unit)?,
    };
    let mut reading = Reading::named(stretch);
    if is_rough(found, scene) {
        reading.code.get_or_insert(stretch.code());
        reading.date = reading.date.approximately();
        reading.code = reading
            .code
            .filter(|_| matches!(unit, Unit::Decade | Unit::Century | Unit::Quarter));
    }
    Some(reading)
}

fn hence(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let unit = unit_of(found)?;
    let count = i32::try_from(found.number(Class::Count).unwrap_or(1)).ok()?;
    let around = &scene.around;
    if around.is_word(found.first, &["in"])
        && (scene.direction() != Direction::Ahead
            || around.follows_word(found.first, &["time", "first", "once", "twice", "times"])
            || around.is_word(found.end, &["of"]))
    {
        return None;
    }
    let stretch = match unit {
        Unit::Hour => Stretch::day(scene.published),
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            Stretch::day(moved(scene.published, count, unit)?)
        }
        unit => Stretch::shifted(scene.published, count, unit)?,
    };
    named(Some(stretch))
}
