//! Vague stretches before or after publication, told as open or as honest intervals: “within weeks”, “in recent months”.
//!
//! Source: the coding guide: “will, within weeks” has an open end; “some weeks ago” is that month and the one before.

use chrono::Datelike;

use super::{
    absolute::named,
    class::{self, Class},
    lexicon::Unit,
    pattern::Match,
    rule::{TimeRule, ex},
    scene::{self, Direction, Reading, Scene},
    stretch::{Stretch, moved, plus},
};
use crate::domain::edtf::Edtf;

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "soon",
        patterns: &[
            "within <unit>",
            "within|in the next|coming [few|several] <unit>",
            "in coming|upcoming <unit>",
            "over the next|coming few <unit>",
            "the coming <unit>",
            "in the <unit> ahead",
            "in the <unit> to come",
        ],
        resolve: soon,
        examples: &[
            ex(
                "It will likely use them within weeks.",
                "within weeks",
                "2024-09-10",
                "2024-09-10/..",
            ),
            ex(
                "He will travel in the coming days",
                "in the coming days",
                "2024-09-10",
                "2024-09-10/..",
            ),
        ],
        rejects: &[
            "Within minutes Moscow barred them",
            "within the next round",
            "It fell within weeks.",
        ],
    },
    TimeRule {
        name: "within so long",
        patterns: &[
            "within <n> <unit>",
            "within a <unit>",
            "in|over|within|for|during the next|coming <n> <unit>",
            "next|coming|upcoming <n> <unit>",
        ],
        resolve: within,
        examples: &[
            ex(
                "They must leave within 72 hours",
                "within 72 hours",
                "2024-09-10",
                "2024-09-10/2024-09-13",
            ),
            ex(
                "It will report within two weeks",
                "within two weeks",
                "2024-09-10",
                "2024-09-10/2024-09-24",
            ),
        ],
        rejects: &["They left within two weeks.", "within a war"],
    },
    TimeRule {
        name: "lately",
        patterns: &[
            "recent <unit>",
            "past|last few|several|couple <unit>",
            "past|last couple of <unit>",
            "past|last <n> <unit>",
        ],
        resolve: lately,
        examples: &[
            ex(
                "Strikes in recent days",
                "recent days",
                "2024-09-10",
                "2024-09-03/2024-09-10",
            ),
            ex(
                "over the past three months",
                "past three months",
                "2024-09-10",
                "2024-06-10/2024-09-10",
            ),
            ex(
                "in recent weeks",
                "recent weeks",
                "2024-09-10",
                "2024-08/2024-09",
            ),
        ],
        rejects: &[
            "recent talks",
            "the last two rounds",
            "past few villages",
            "the last three seconds",
        ],
    },
    TimeRule {
        name: "some time ago",
        patterns: &[
            "days|weeks|months|years ago",
            "few|several|some|many <unit> ago",
            "couple of <unit> ago",
            "couple <unit> ago",
        ],
        resolve: some_ago,
        examples: &[
            ex(
                "It was agreed some weeks ago.",
                "some weeks ago",
                "2024-09-10",
                "2024-08/2024-09",
            ),
            ex(
                "a few days ago",
                "few days ago",
                "2024-09-10",
                "2024-09-03/2024-09-09",
            ),
            ex(
                "several months ago",
                "several months ago",
                "2024-09-10",
                "2024-03/2024-08",
            ),
        ],
        rejects: &["some wars ago", "a few days of talks"],
    },
];

fn unit_of(found: &Match) -> Option<Unit> {
    class::unit(found.value(Class::Unit)?)
}

/// Whether the unit is told in the plural, as vague stretches are.
fn is_plural(found: &Match, scene: &Scene<'_>) -> bool {
    (found.first..found.end).any(|at| {
        let token = &scene.around.tokens[at];
        matches!(
            token.lexeme(scene.around.lexicon),
            super::lexicon::Lexeme::Unit(_)
        ) && scene.around.text[..token.end].ends_with('s')
    })
}

fn soon(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    unit_of(found)?;
    if !is_plural(found, scene) || scene.direction() == Direction::Back {
        return None;
    }
    // “Within minutes Moscow answers”
    if unit_of(found) == Some(Unit::Hour) && scene.direction() != Direction::Ahead {
        return None;
    }
    Some(Reading::open(
        Edtf::onward(scene.published),
        Stretch::day(scene.published),
    ))
}

fn within(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let unit = unit_of(found)?;
    let count = i32::try_from(found.number(Class::Count).unwrap_or(1)).ok()?;
    if scene.direction() == Direction::Back {
        return None;
    }
    let until = match unit {
        Unit::Hour => plus(scene.published, i64::from(count.min(9999)).div_euclid(24)),
        unit => moved(scene.published, count, unit)?,
    };
    let first = if scene.around.is_word(found.first, &["within"]) {
        scene.published
    } else {
        plus(scene.published, 1)
    };
    named(Some(Stretch::days(first.min(until), until)))
        .map(|reading| reading.class(scene::Class::Vague))
}

fn lately(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let unit = unit_of(found)?;
    let published = scene.published;
    if !is_plural(found, scene)
        || scene.around.is_word(found.end, &["of"])
        || scene.around.is_word(found.first, &["last"]) && unit == Unit::Hour
    {
        return None;
    }
    let stretch = match found.number(Class::Count) {
        Some(count) => Stretch::days(
            moved(published, -i32::try_from(count).ok()?, unit)?,
            published,
        ),
        None => match unit {
            Unit::Hour => Stretch::days(plus(published, -1), published),
            Unit::Day => Stretch::days(plus(published, -7), published),
            Unit::Week | Unit::Weekend | Unit::Fortnight => two_months(published)?,
            unit => Stretch::days(moved(published, -6, unit)?, published),
        },
    };
    named(Some(stretch)).map(|reading| reading.class(scene::Class::Vague))
}

/// The month of a day and the one before.
fn two_months(day: chrono::NaiveDate) -> Option<Stretch> {
    let last = Stretch::month(day.year(), day.month())?;
    let before = Stretch::shifted(day, -1, Unit::Month)?;
    Some(Stretch::days(before.first, last.last))
}

fn some_ago(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let around = &scene.around;
    let unit = match found.value(Class::Unit) {
        Some(unit) => class::unit(unit)?,
        None => [Unit::Day, Unit::Week, Unit::Month, Unit::Year]
            .get(usize::try_from(found.choice(0)?).ok()?)
            .copied()?,
    };
    // “three days ago” has its own rule and must not lose its number to this one
    if found.value(Class::Unit).is_none()
        && (around.follows_word(found.first, &["a", "an"])
            || found.first > 0
                && matches!(
                    around.tokens[found.first - 1].kind,
                    super::token::Kind::Digits { .. }
                ))
    {
        return None;
    }
    let published = scene.published;
    let stretch = match unit {
        Unit::Hour => Stretch::day(published),
        Unit::Day => Stretch::days(plus(published, -7), plus(published, -1)),
        Unit::Week | Unit::Weekend | Unit::Fortnight => two_months(published)?,
        Unit::Month | Unit::Quarter => {
            let first = Stretch::shifted(published, -6, Unit::Month)?;
            Stretch::days(
                first.first,
                Stretch::shifted(published, -1, Unit::Month)?.last,
            )
        }
        unit => {
            let first = Stretch::shifted(published, -6, unit)?;
            Stretch::days(first.first, Stretch::shifted(published, -2, unit)?.last)
        }
    };
    named(Some(stretch)).map(|reading| reading.class(scene::Class::Vague))
}
