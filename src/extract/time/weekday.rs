//! Weekday expressions → civil days: “on Tuesday”, “last Friday”, “Monday of next week”.
//!
//! Days are the publisher's civil days, not UTC. Source: the coding guide, field `date`: the nearest such day at or before
//! publication, unless the verb is future.

use chrono::Weekday;

use super::{
    class::Class,
    lexicon::{Lexeme, Unit},
    pattern::Match,
    rule::{TimeRule, ex},
    scene::{self, Direction, Offset, Reading, Scene},
    stretch::{Stretch, moved, plus, weekday_ahead, weekday_back},
    token::Kind,
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "weekday",
        patterns: &["<weekday>"],
        resolve: weekday,
        examples: &[
            ex(
                "The ministers met on Tuesday.",
                "Tuesday",
                "2024-03-14",
                "2024-03-12",
            ),
            ex(
                "The ministers will meet on Tuesday.",
                "Tuesday",
                "2024-03-14",
                "2024-03-19",
            ),
            ex(
                "He said on Tuesday that they will meet.",
                "Tuesday",
                "2024-03-14",
                "2024-03-12",
            ),
            ex(
                "Sanctions would be imposed later on Thursday",
                "later on Thursday",
                "2024-03-14",
                "2024-03-14",
            ),
            ex(
                "On Monday, the council is expected to vote.",
                "Monday",
                "2024-03-14",
                "2024-03-18",
            ),
            ex("He has until Friday", "Friday", "2024-03-14", "2024-03-15"),
            ex(
                "They are due to meet early Monday morning",
                "early Monday morning",
                "2024-03-14",
                "2024-03-18",
            ),
            ex(
                "It was agreed at 10 p.m. on Wednesday",
                "10 p.m. on Wednesday",
                "2024-03-14",
                "2024-03-13",
            ),
        ],
        rejects: &[
            "closed on Tuesdays",
            "on Good Friday",
            "every Monday",
            "the Sunday Times",
            "The Sun, a tabloid",
            "Black Friday",
        ],
    },
    TimeRule {
        name: "weekday near publication",
        patterns: &[
            "last|past|next|this|coming|upcoming <weekday>",
            "this past|coming|last|next <weekday>",
            "<fullweekday> [<daypart>] last|this|next week",
            "<fullweekday> of|in last|this|next week",
            "last|this|next week [on] <fullweekday>",
            "last|this|next week 's <fullweekday>",
        ],
        resolve: near,
        examples: &[
            ex(
                "It began last Friday.",
                "last Friday",
                "2024-03-14",
                "2024-03-08",
            ),
            ex(
                "It began last Thursday.",
                "last Thursday",
                "2024-03-14",
                "2024-03-07",
            ),
            ex(
                "They will vote next Tuesday",
                "next Tuesday",
                "2024-03-14",
                "2024-03-19",
            ),
            ex(
                "They meet this Saturday",
                "this Saturday",
                "2024-03-14",
                "2024-03-16",
            ),
            ex(
                "this coming Monday",
                "this coming Monday",
                "2024-03-14",
                "2024-03-18",
            ),
            ex(
                "on Tuesday last week",
                "Tuesday last week",
                "2024-03-14",
                "2024-03-05",
            ),
            ex(
                "on Monday of next week",
                "Monday of next week",
                "2024-03-14",
                "2024-03-18",
            ),
        ],
        rejects: &["last Fridays", "last on Friday"],
    },
    TimeRule {
        name: "weekday from the time told",
        patterns: &[
            "previous|following|preceding|next|same <fullweekday>",
            "<fullweekday> of|in that week",
        ],
        resolve: told,
        examples: &[ex(
            "The raid of 4 July 2023 was avenged the following Monday.",
            "following Monday",
            "2024-03-14",
            "2023-07-10",
        )],
        rejects: &[
            "following Mondays",
            "previous on Monday",
            "Monday of this week",
        ],
    },
    TimeRule {
        name: "week from a weekday",
        patterns: &["a week from [on] <fullweekday>", "<fullweekday> week"],
        resolve: |found, scene| {
            let weekday = weekday_of(found, Class::FullWeekday)?;
            let day = weekday_ahead(plus(scene.published, 1), weekday);
            Some(Reading::named(Stretch::day(plus(day, 7))))
        },
        examples: &[ex(
            "Voting opens a week from Monday",
            "a week from Monday",
            "2024-03-14",
            "2024-03-25",
        )],
        rejects: &["a week from hell", "Mondays week after week"],
    },
];

fn weekday_of(found: &Match, class: Class) -> Option<Weekday> {
    Weekday::try_from(u8::try_from(found.value(class)?).ok()?).ok()
}

fn toward(scene: &Scene<'_>, weekday: Weekday) -> Stretch {
    Stretch::day(match scene.direction() {
        Direction::Ahead => weekday_ahead(scene.published, weekday),
        Direction::Back | Direction::Unknown => weekday_back(scene.published, weekday),
    })
}

fn weekday(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let (around, first, end) = (&scene.around, found.first, found.end);
    let is_name = around.follows_word(
        first,
        &[
            "good", "black", "bloody", "super", "ash", "palm", "cyber", "easter", "holy",
        ],
    ) || around.follows_word(first, &["every", "each", "most"])
        || around.is_word(
            end,
            &[
                "times",
                "telegraph",
                "mirror",
                "herald",
                "express",
                "prayers",
                "afternoons",
                "mornings",
                "nights",
                "evenings",
            ],
        );
    if is_name {
        return None;
    }
    let weekday = weekday_of(found, Class::Weekday)?;
    // “(on 18 January …) missiles had hit it on the Monday”
    let is_of_story = around.follows_word(first, &["the"])
        && around.is_word(first.wrapping_sub(2), &["on", "by", "until"])
        && (end == around.tokens.len() || matches!(around.tokens[end].kind, Kind::Sign(_)));
    if let Some(told) = scene.told.fine.filter(|_| is_of_story) {
        let day = weekday_ahead(Stretch::week(told.last).first, weekday);
        return Some(Reading::named(Stretch::day(day)));
    }
    let is_short = matches!(found.lexeme(Class::Weekday), Lexeme::ShortWeekday(_));
    let is_said = around.follows_word(first, &["on", "last", "next", "by", "until"])
        && (end > first + 1 || around.tokens[first].end - around.tokens[first].start > 3);
    (!is_short || is_said).then(|| Reading::named(toward(scene, weekday)))
}

fn near(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let full = weekday_of(found, Class::FullWeekday);
    if let Some(weekday) = full {
        let weeks = found
            .choice(0)
            .filter(|_| found.choice(1).is_none())
            .or_else(|| found.choice(1))?
            - 1;
        let week = Stretch::week(moved(scene.published, weeks, Unit::Week)?);
        return Some(Reading::named(Stretch::day(weekday_ahead(
            week.first, weekday,
        ))));
    }
    let weekday = weekday_of(found, Class::Weekday)?;
    let before = || weekday_back(plus(scene.published, -1), weekday);
    let after = || weekday_ahead(plus(scene.published, 1), weekday);
    let next_week = || weekday_ahead(plus(Stretch::week(scene.published).last, 1), weekday);
    let begins_with_this = scene.around.is_word(found.first, &["this"]);
    let is_two_words = begins_with_this
        && scene.around.tokens[found.first + 1].word() != super::lexicon::WordId::UNKNOWN
        && scene
            .around
            .is_word(found.first + 1, &["past", "coming", "last", "next"]);
    let day = match (is_two_words, found.choice(0)?) {
        (true, 0 | 2) | (false, 0 | 1) => before(),
        (false, 2) => next_week(),
        (false, 3) => weekday_ahead(Stretch::week(scene.published).first, weekday),
        _ => after(),
    };
    Some(Reading::named(Stretch::day(day)))
}

fn told(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let weekday = weekday_of(found, Class::FullWeekday)?;
    let told = scene
        .told
        .to_count(Unit::Day)
        .unwrap_or(Stretch::day(scene.published));
    let is_of_week = scene.around.is_word(found.end - 1, &["week"]);
    let day = match found.choice(0)? {
        _ if is_of_week => weekday_ahead(Stretch::week(told.first).first, weekday),
        0 | 2 => weekday_back(plus(told.first, -1), weekday),
        4 => weekday_back(told.last, weekday),
        _ => weekday_ahead(plus(told.last, 1), weekday),
    };
    let count = i32::try_from((day - told.last).num_days()).ok()?;
    Some(Reading {
        offset: Some(Offset {
            count,
            unit: Unit::Day,
        }),
        ..Reading::named(Stretch::day(day)).class(scene::Class::Told)
    })
}
