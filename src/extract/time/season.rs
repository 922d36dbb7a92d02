//! Seasons, quarters and halves, with a year or without: “the summer of 2015”, “last autumn”, “the third quarter”.
//!
//! Seasons are those of the north, by whole months.

use chrono::Datelike;

use super::{
    absolute::{named, year_of},
    class::Class,
    lexicon::Lexeme,
    pattern::Match,
    rule::{TimeRule, ex_code},
    scene::{Direction, Reading, Scene},
    stretch::Stretch,
};

pub(super) const RULES: &[TimeRule] = &[
    TimeRule {
        name: "season and year",
        patterns: &["<season> [of] [,] <year>", "<part> <season> [of] <year>"],
        resolve: |found, _| {
            let Lexeme::Season(season) = found.lexeme(Class::Season) else {
                return None;
            };
            named(Stretch::season(year_of(found)?, season))
        },
        examples: &[
            ex_code(
                "in the summer of 2015",
                "summer of 2015",
                "2024-11-01",
                "2015-06/2015-08",
                "2015-22",
            ),
            ex_code(
                "in the winter of 2021",
                "winter of 2021",
                "2024-11-01",
                "2021-12/2022-02",
                "2021-24",
            ),
        ],
        rejects: &["the fall of Kabul", "spring rolls"],
    },
    TimeRule {
        name: "quarter and year",
        patterns: &[
            "<nth> [-] quarter [,] [of|in] [fiscal] <year>",
            "<year> <nth> [-] quarter",
            "<year> 's <nth> [-] quarter",
            "q <n> [,] [of] <year>",
            "<year> [-] q <n>",
            "h <n> [,] [of] <year>",
            "<year> [-] h <n>",
        ],
        resolve: |found, scene| {
            let number = found
                .number(Class::Nth)
                .or_else(|| found.number(Class::Count))?;
            let is_half = (found.first..found.end).any(|at| scene.around.is_word(at, &["h"]));
            let year = year_of(found)?;
            named(if is_half {
                Stretch::half(year, number)
            } else {
                Stretch::quarter(year, number)
            })
        },
        examples: &[
            ex_code(
                "in the third quarter of 2023",
                "third quarter of 2023",
                "2024-11-01",
                "2023-07/2023-09",
                "2023-35",
            ),
            ex_code(
                "in Q1 2019",
                "Q1 2019",
                "2024-11-01",
                "2019-01/2019-03",
                "2019-33",
            ),
            ex_code(
                "in H2 2019",
                "H2 2019",
                "2024-11-01",
                "2019-07/2019-12",
                "2019-41",
            ),
        ],
        rejects: &[
            "the third quarter of the match",
            "Q5 2019",
            "a fifth quarter of 2019",
        ],
    },
    TimeRule {
        name: "season",
        patterns: &[
            "last|past|next|this|coming <season>",
            "this past|coming <season>",
            "<season> [of] last|this|next year",
            "<season>",
            "<part> <season>",
        ],
        resolve: season,
        examples: &[
            ex_code(
                "in the spring",
                "spring",
                "2024-03-14",
                "2024-03/2024-05",
                "2024-21",
            ),
            ex_code(
                "last autumn",
                "last autumn",
                "2024-03-14",
                "2023-09/2023-11",
                "2023-23",
            ),
            ex_code(
                "this summer",
                "this summer",
                "2024-03-14",
                "2024-06/2024-08",
                "2024-22",
            ),
            ex_code(
                "in the early summer",
                "early summer",
                "2024-09-14",
                "2024-06/2024-08",
                "2024-22",
            ),
        ],
        rejects: &[
            "the fall of the city",
            "prices fall",
            "spring rolls",
            "a summer school",
            "the Arab Spring",
        ],
    },
    TimeRule {
        name: "quarter or half",
        patterns: &[
            "[fiscal] [-] <nth> [-] quarter [of] [this|last|next|the] [fiscal] [year]",
            "this|last|next year 's [fiscal] <nth> [-] quarter",
            "first|second|last|latter half of this|last|next|the year",
        ],
        resolve: quarter,
        examples: &[
            ex_code(
                "in the third quarter",
                "third quarter",
                "1989-10-26",
                "1989-07/1989-09",
                "1989-35",
            ),
            ex_code(
                "last year’s first quarter",
                "last year’s first quarter",
                "1989-10-26",
                "1988-01/1988-03",
                "1988-33",
            ),
            ex_code(
                "the first half of this year",
                "first half of this year",
                "2024-11-01",
                "2024-01/2024-06",
                "2024-40",
            ),
        ],
        rejects: &[
            "a fifth quarter",
            "the second half of the match",
            "the Latin quarter",
        ],
    },
];

fn season(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let Lexeme::Season(season) = found.lexeme(Class::Season) else {
        return None;
    };
    let (around, published) = (&scene.around, scene.published);
    let year = published.year();
    let of_year = |year: i32| Stretch::season(year, season);
    if let Some(choice) = found.choice(0) {
        let by_year = around.is_word(found.end - 1, &["year"]);
        let is_two_words = !by_year && found.end == found.first + 3;
        let latest = || {
            [year, year - 1, year - 2]
                .into_iter()
                .filter_map(of_year)
                .find(|stretch| stretch.last < published)
        };
        let coming = || {
            [year, year + 1]
                .into_iter()
                .filter_map(of_year)
                .find(|stretch| stretch.first > published)
        };
        return named(match (by_year, is_two_words, choice) {
            (true, ..) => of_year(year + choice - 1),
            (false, true, 0) | (false, false, 0 | 1) => latest(),
            // winter is that which began in December
            (false, false, 3) => of_year(year - 1)
                .filter(|stretch| stretch.holds(published))
                .or_else(|| of_year(year)),
            _ => coming(),
        });
    }
    let first = if around.follows_word(found.first, &["the"]) {
        found.first - 1
    } else {
        found.first
    };
    let is_said = around.follows_word(
        first,
        &[
            "in", "by", "during", "over", "since", "until", "through", "of", "before", "after",
            "from",
        ],
    ) || found.end == found.first + 2 && first < found.first;
    let is_thing = around.is_word(found.end, &["of", "in", "from", "to"])
        && around.is_word(found.end - 1, &["fall"])
        || around.tokens[found.first].is_capital
        || around.is_word(found.end - 1, &["fall"]) && first == found.first
        || around.tokens.get(found.end).is_some_and(|next| {
            next.gap == super::token::Gap::Space
                && matches!(
                    next.kind,
                    super::token::Kind::Word(super::lexicon::WordId::UNKNOWN)
                )
                && first == found.first
        });
    if !is_said || is_thing {
        return None;
    }
    named(scene.yearly(of_year))
}

/// A quarter or half without a year: that of the year told with it, else the last one begun, unless the verb is future.
fn quarter(found: &Match, scene: &Scene<'_>) -> Option<Reading> {
    let (around, published) = (&scene.around, scene.published);
    let has = |word: &str| (found.first..found.end).any(|at| around.is_word(at, &[word]));
    let is_half = has("half");
    let number = match found.number(Class::Nth) {
        Some(number) => number,
        None => u32::try_from(found.choice(0)?.min(1)).ok()? + 1,
    };
    let of_year = |year: i32| {
        if is_half {
            Stretch::half(year, number)
        } else {
            Stretch::quarter(year, number)
        }
    };
    let year = published.year();
    if around.is_word(found.end, &["final", "finals"]) {
        return None;
    }
    if has("year") {
        let shift = i32::from(has("next")) - i32::from(has("last"));
        return named(of_year(year + shift));
    }
    let this = of_year(year)?;
    let has_begun = this.first <= published;
    // “third-quarter results are due”: those of the last one
    let is_attribute = around.is_sign(found.end - 2, &['-']);
    named(match scene.direction() {
        _ if is_attribute && !has_begun && (this.first - published).num_days() > 60 => {
            of_year(year - 1)
        }
        _ if is_attribute => Some(this),
        // results of a quarter are told for months after it
        Direction::Ahead if (published - this.last).num_days() > 135 => of_year(year + 1),
        Direction::Ahead if this.last < published => Some(this),
        Direction::Ahead => Some(this),
        _ if has_begun => Some(this),
        Direction::Unknown if (this.first - published).num_days() < 60 => Some(this),
        _ => of_year(year - 1),
    })
}
