//! Parts of a unit beside publication: “earlier this week”, “early next year”, “by year's end”.
//!
//! Source: the coding guide, decided case: “earlier this week” is Monday to the day of publication.

use super::{
    class::Class,
    lexicon::{Lexeme, Part, Unit},
    pattern::Match,
    relative::unit_of,
    rule::{TimeRule, ex_code},
    scene::{Reading, Scene},
    stretch::Stretch,
};

pub(super) const RULES: &[TimeRule] = &[TimeRule {
    name: "part of a unit beside publication",
    patterns: &[
        "earlier|later [on] [in] this|the <unit>",
        "early|late|mid [-] [in] this|last|next <unit>",
        "early|late [in] the <unit>",
        "[<part>] [of] <part> of this|last|next <unit>",
        "<part> of the <unit>",
        "<unit> 's [-] <part>",
        "year - end|old",
        "year end",
    ],
    resolve: part_beside,
    examples: &[
        ex_code(
            "It fell earlier this week",
            "earlier this week",
            "2024-03-14",
            "2024-03-11/2024-03-14",
            "2024-03-11/2024-03-17",
        ),
        ex_code(
            "later this month",
            "later this month",
            "2024-03-14",
            "2024-03-14/2024-03-31",
            "2024-03",
        ),
        ex_code(
            "early next year",
            "early next year",
            "2024-03-14",
            "2025-01/2025-04",
            "2025",
        ),
        ex_code(
            "by the end of the year",
            "end of the year",
            "2024-03-14",
            "2024-10/2024-12",
            "2024",
        ),
        ex_code(
            "by year’s end",
            "year’s end",
            "2024-03-14",
            "2024-10/2024-12",
            "2024",
        ),
        ex_code(
            "at the start of this month",
            "start of this month",
            "2024-03-14",
            "2024-03-01/2024-03-05",
            "2024-03",
        ),
    ],
    rejects: &[
        "earlier than this",
        "the end of the day-long talks",
        "a year-old child",
        "end of the war",
    ],
}];

/// The unit that a part is taken of, by “this”, “last”, “next” or “the”.
fn part_beside(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let around = &scene.around;
    let published = scene.published;
    let unit = unit_of(found).unwrap_or(Unit::Year);
    if matches!(
        unit,
        Unit::Hour | Unit::Day | Unit::Fortnight | Unit::Weekend
    ) || (around.is_sign(found.end, &['-'])
        && around.tokens[found.end].gap == super::token::Gap::None)
    {
        return None;
    }
    let has = |word: &str| (found.first..found.end).any(|at| around.is_word(at, &[word]));
    if has("old") {
        return None;
    }
    let count = i32::from(has("next")) - i32::from(has("last"));
    let whole = Stretch::shifted(published, count, unit)?;
    if has("earlier") {
        let until = if whole.holds(published) {
            published
        } else {
            whole.last
        };
        return Some(Reading::narrowed(whole, Stretch::days(whole.first, until)));
    }
    if has("later") {
        let since = if whole.holds(published) {
            published
        } else {
            whole.first
        };
        return Some(Reading::narrowed(whole, Stretch::days(since, whole.last)));
    }
    let part = match found.lexeme(Class::Part) {
        Lexeme::Part(part) => part,
        _ if has("early") => Part::Early,
        _ if has("late") => Part::Late,
        _ if has("mid") => Part::Middle,
        _ => Part::End,
    };
    Some(Reading::narrowed(whole, whole.part(part)))
}
