//! The walk over a text: at each known word the longest rule that fits, with what was told before it.

mod joined;

use std::{cell::Cell, sync::OnceLock};

use chrono::Datelike;

use super::{
    Bound, TimeContext, TimeExpression, class, digits,
    lexicon::{Lexeme, Lexicon, Unit, WordId},
    pattern::{Match, Patterns},
    rule::TimeRule,
    scene::{self, Class, Direction, Reading, Scene, SlashOrder},
    stretch::{self, Grain, Stretch},
    tense::{self, Surroundings},
    token::{self, Gap, Kind},
};
use crate::domain::edtf::Edtf;

/// The times that a text tells, in its order.
pub(super) fn read(text: &str, context: TimeContext) -> Vec<TimeExpression> {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    let lexicon = Lexicon::shared();
    let patterns = PATTERNS.get_or_init(|| Patterns::compile(lexicon));
    let tokens = token::split(text, lexicon);
    let mut reader = Reader {
        around: Surroundings {
            text,
            tokens: &tokens,
            lexicon,
        },
        context,
        told: [None; 3],
        ahead: None,
        quarter: None,
        story: None,
        story_reach: story_reach(&tokens, lexicon),
        has_may: text.contains("Theresa May"),
        slash_order: context
            .slash_order
            .unwrap_or_else(|| slash_order(&tokens, lexicon)),
        found: Vec::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        at = if tokens[at].kind == Kind::Word(WordId::UNKNOWN) {
            at + 1
        } else {
            reader.step(at, patterns)
        };
    }
    reader.finish()
}

/// A text that tells weekdays, “today” or “yesterday” now and then is news: its days are near publication unless it says otherwise.
fn story_reach(tokens: &[token::Token], lexicon: &Lexicon) -> usize {
    let present = ["today", "yesterday", "tomorrow"].map(|word| lexicon.word(word));
    let told = tokens
        .iter()
        .filter(|token| {
            matches!(token.lexeme(lexicon), Lexeme::Weekday(_)) || present.contains(&token.word())
        })
        .count();
    let is_news = told * 600 >= tokens.len();
    if is_news {
        STORY_REACH_NEWS
    } else {
        STORY_REACH_HISTORY
    }
}

/// A text that writes “September 10” more often than “10 September” puts the month first in digits too; a date such as
/// `09/23/2024`, which has but one reading, tells more than either.
fn slash_order(tokens: &[token::Token], lexicon: &Lexicon) -> SlashOrder {
    let is_day = |at: usize| {
        matches!(
            tokens.get(at).map(|token| token.kind),
            Some(
                Kind::Digits {
                    value: 1..=31,
                    count: 1..=2
                } | Kind::Nth(_)
            )
        )
    };
    let mut weight = 0_i64;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Word(_) => {
                if !matches!(
                    token.lexeme(lexicon),
                    Lexeme::Month(_) | Lexeme::ShortMonth(_)
                ) {
                    continue;
                }
                let after = if tokens.get(at + 1).is_some_and(|next| next.is_sign('.')) {
                    at + 2
                } else {
                    at + 1
                };
                weight += i64::from(is_day(after)) - i64::from(at > 0 && is_day(at - 1));
            }
            Kind::Sign('/')
                if at > 0 && tokens.get(at + 2).is_some_and(|next| next.is_sign('/')) =>
            {
                let value = |at: usize| match tokens[at].kind {
                    Kind::Digits {
                        value,
                        count: 1..=2,
                    } => value,
                    _ => 0,
                };
                weight += 100
                    * (i64::from((13..=31).contains(&value(at + 1)))
                        - i64::from((13..=31).contains(&value(at - 1))));
            }
            _ => {}
        }
    }
    if weight > 0 {
        SlashOrder::MonthFirst
    } else {
        SlashOrder::DayFirst
    }
}

/// What was found, still in tokens.
struct Found {
    first: usize,
    end: usize,
    reading: Reading,
    other: Option<Edtf>,
    rule: &'static str,
}

struct Reader<'a> {
    around: Surroundings<'a>,
    context: TimeContext,
    /// The last time told of each fineness, and the token after it; see [`scene::Told`].
    told: [Option<(Stretch, usize)>; 3],
    /// The last time told that lies after publication: later words count from it for a sentence only.
    ahead: Option<(Stretch, usize)>,
    quarter: Option<Stretch>,
    /// A year other than publication's, and the token after it.
    story: Option<(i32, usize)>,
    story_reach: usize,
    has_may: bool,
    slash_order: SlashOrder,
    found: Vec<Found>,
}

/// How many tokens a time told stays the one that “a day later” counts from.
const TOLD_REACH: usize = 150;
/// The same for a time to come.
const AHEAD_REACH: usize = 25;
/// How far a sentence is searched for a day or month before this one.
const BESIDE_REACH: usize = 40;
/// How far a time of the clock may stand from its day.
const CLOCK_REACH: usize = 25;
/// How many tokens an explicit year holds for the days and months after it, in the news of the day and in a history.
const STORY_REACH_NEWS: usize = 25;
const STORY_REACH_HISTORY: usize = 400;

impl Reader<'_> {
    /// Looks for an expression at a token; the token to go on from.
    fn step(&mut self, at: usize, patterns: &Patterns) -> usize {
        let around = self.around;
        let resolve = |rule: &'static TimeRule, found: &Match, forced: Option<Direction>| {
            let verb =
                || forced.map_or_else(|| around.verb(found.first, found.end), tense::Verb::near);
            let scene = Scene {
                around,
                at,
                published: self.context.published,
                slash_order: self.slash_order,
                told: self.told_at(at),
                beside: self.beside(at),
                told_quarter: self.quarter,
                story_year: self.story_year(at),
                verb: &verb,
                has_may: self.has_may,
                asked: Cell::new(false),
            };
            let reading = (rule.resolve)(found, &scene)?;
            Some((reading, scene.asked.get()))
        };
        let best = patterns.at(around.tokens, at, around.lexicon, |rule, found| {
            resolve(rule, found, None)
        });
        let Some((rule, found, (reading, asked))) = best else {
            return at + 1;
        };
        let other = asked
            .then(|| {
                [Direction::Back, Direction::Ahead]
                    .into_iter()
                    .filter_map(|direction| resolve(rule, &found, Some(direction)))
                    .map(|(other, _)| other.date)
                    .find(|other| *other != reading.date)
            })
            .flatten();
        self.keep(rule.name, &found, reading, other)
    }

    /// The day, month or year told before in the same sentence.
    fn beside(&self, at: usize) -> Option<Stretch> {
        let last = self.found.last()?;
        let is_beside = at - last.end <= BESIDE_REACH
            && matches!(
                last.reading.told.grain,
                Grain::Day | Grain::Month | Grain::Year
            )
            && last.reading.class == Class::Named
            && !(last.end..at).any(|at| self.around.ends_sentence(at));
        is_beside.then_some(last.reading.told)
    }

    /// The year that the story at a token is in, if not that of publication.
    fn story_year(&self, at: usize) -> Option<i32> {
        let (year, end) = self.story?;
        let is_near = at - end <= self.story_reach && self.is_same_story(end.saturating_sub(1), at);
        is_near.then_some(year)
    }

    /// Takes in what belongs to the expression, notes what later ones count from; the token to go on from.
    fn keep(
        &mut self,
        rule: &'static str,
        found: &Match,
        mut reading: Reading,
        other: Option<Edtf>,
    ) -> usize {
        let (mut first, mut end) = (found.first, found.end);
        if reading.told.grain == Grain::Day && reading.class != Class::Clock {
            end = self.take_in_after(end);
            first = self.take_in_before(first);
        } else if let (Class::Clock, Some(last)) = (reading.class, self.found.last_mut()) {
            // “Wednesday at 10 p.m.” took its clock in already; “Wednesday, 10 p.m.” is one time too
            let is_joined = last.reading.told.grain == Grain::Day
                && last.reading.class != Class::Clock
                && (first == last.end
                    || first == last.end + 1 && self.around.is_sign(last.end, &[',']));
            if is_joined {
                last.end = end;
                return end;
            }
            let is_of_last =
                last.reading.told.grain == Grain::Day && first <= last.end + CLOCK_REACH;
            let date = last.reading.date;
            if is_of_last
                && self.is_same_paragraph(found.first.saturating_sub(CLOCK_REACH), found.first)
            {
                reading.date = date;
            }
        }
        let explicit_year =
            found.value(class::Class::Year).is_some() || found.value(class::Class::Iso).is_some();
        if explicit_year && reading.told.grain != Grain::Days {
            self.note_year(first, end, reading.told);
        } else if let Some((year, at)) = self.story.as_mut() {
            // a story goes on as long as its days and months do
            let told = reading.told.first.year();
            if first - *at <= self.story_reach
                && reading.class == Class::Named
                && (told - *year).abs() <= 1
            {
                (*year, *at) = (told, end);
            }
        }
        if let Some(counted) = self.counted_from(first, &reading) {
            (first, reading) = counted;
        } else if let Some(range) = self.range_to(first, &reading) {
            (first, reading) = range;
            self.found.pop();
        }
        self.note_told(first, end, &reading);
        // not one that was itself counted from a quarter: “a year earlier” twice is the same year
        if reading.told.grain == Grain::Quarter && rule.starts_with("quarter") {
            self.quarter = Some(reading.told);
        }
        self.found.push(Found {
            first,
            end,
            reading,
            other,
            rule,
        });
        end
    }

    /// In the news of the day a story ends with its paragraph.
    fn is_same_story(&self, from: usize, to: usize) -> bool {
        self.story_reach == STORY_REACH_HISTORY || self.is_same_paragraph(from, to)
    }

    /// Looks at no more tokens than lie between; callers keep these few.
    fn is_same_paragraph(&self, from: usize, to: usize) -> bool {
        !(from..to).any(|at| {
            self.around.tokens[at + 1].gap == Gap::Paragraph
                || self.around.tokens[at + 1].gap == Gap::Line && self.around.ends_sentence(at)
        })
    }

    /// The times told before a token that are near enough to count from.
    fn told_at(&self, at: usize) -> scene::Told {
        let near = |told: Option<(Stretch, usize)>| told.filter(|(_, end)| at - end <= TOLD_REACH);
        let mut told = self.told.map(near);
        if let Some(ahead) = self.ahead.filter(|(_, end)| {
            at - end <= AHEAD_REACH && self.is_same_paragraph(end.saturating_sub(1), at)
        }) {
            told[0] = Some(ahead);
        }
        // “On 17 July … In October … a week later”: not a week from 17 July
        if let (Some((fine, fine_end)), Some((middle, middle_end))) = (told[0], told[1])
            && middle_end > fine_end
            && !middle.holds(fine.first)
            && self.is_same_paragraph(middle_end.saturating_sub(1), at)
        {
            told[0] = None;
        }
        let mut order = [0_u8, 1, 2];
        order.sort_by_key(|place| {
            std::cmp::Reverse(told[usize::from(*place)].map_or(0, |(_, end)| end))
        });
        let [fine, middle, coarse] = told.map(|told| told.map(|(stretch, _)| stretch));
        scene::Told {
            fine,
            middle,
            coarse,
            order,
        }
    }

    /// Notes what later words count from. A day that only names a thing (“the putsch of 26 July”) does not move the story.
    fn note_told(&mut self, first: usize, end: usize, reading: &Reading) {
        if matches!(reading.class, Class::Present | Class::Vague | Class::Clock) {
            return;
        }
        let told = Some((reading.told, end));
        let place = match reading.told.grain {
            Grain::Day | Grain::Week | Grain::Weekend => 0,
            Grain::Days if (reading.told.last - reading.told.first).num_days() <= 7 => 0,
            Grain::Days | Grain::Month | Grain::Season | Grain::Quarter | Grain::Half => 1,
            Grain::Year | Grain::Decade | Grain::Century => 2,
        };
        let names_a_thing = self.around.follows_word(first, &["of"])
            && reading.told.grain == Grain::Day
            && self.told[0].is_some();
        if reading.told.first > self.context.published {
            self.ahead = told;
        } else if !names_a_thing {
            self.told[place] = told;
            self.ahead = None;
        }
    }

    /// Notes the year that a story is set in. A year that only names a thing (“the 2015 deal”) sets no story.
    fn note_year(&mut self, first: usize, end: usize, told: Stretch) {
        let year = told.first.year();
        let is_history = self.story_reach == STORY_REACH_HISTORY;
        let opens_sentence = |at: usize| at == 0 || self.around.ends_sentence(at - 1);
        let is_told = told.grain != Grain::Year
            || opens_sentence(first)
            || (self.around.follows_word(first, &["in"]) && opens_sentence(first - 1))
            || (is_history
                && self
                    .around
                    .follows_word(first, &["in", "during", "of", "early", "late", "mid"]));
        if year == self.context.published.year() {
            self.story = None;
        } else if is_told && year < self.context.published.year() {
            self.story = Some((year, end));
        }
    }

    /// “Tuesday morning”, “10 September at 10:30 GMT”, “Monday, 8 p.m.”
    fn take_in_after(&self, end: usize) -> usize {
        let around = self.around;
        let near = |at: usize| {
            around
                .tokens
                .get(at)
                .is_some_and(|token| token.gap < Gap::Paragraph)
        };
        let mut end = end;
        for _ in 0..3 {
            let mut at = end;
            while near(at)
                && (around.is_word(at, &["at", "around", "about", "late", "early", "in", "the"])
                    || around.is_sign(at, &[',', '-']))
                && at < end + 3
            {
                at += 1;
            }
            if !near(at) {
                break;
            }
            let lexeme = around.tokens[at].lexeme(around.lexicon);
            if lexeme == Lexeme::DayPart && (at == end || !around.is_sign(end, &[','])) {
                end = at + 1;
            } else if let Some(after) = digits::clock(around.tokens, at, around.lexicon) {
                end = after;
            } else {
                break;
            }
        }
        end
    }

    /// “early Tuesday”, “10 p.m. on Tuesday”, “the early hours of Monday”, “the night of 4 March”.
    fn take_in_before(&mut self, first: usize) -> usize {
        let around = self.around;
        let mut first = first;
        if let Some(last) = self.found.last() {
            let between = last.end..first;
            let is_joined = last.reading.class == Class::Clock
                && between.len() <= 2
                && between.clone().all(|at| {
                    around.is_word(at, &["on", "of", "the"]) || around.is_sign(at, &[','])
                });
            if is_joined {
                first = last.first;
                self.found.pop();
                return first;
            }
        }
        let limit = self.found.last().map_or(0, |last| last.end);
        let before = |at: usize, words: &[&str]| at > limit && around.follows_word(at, words);
        let bare = if before(first, &["on"]) {
            first - 1
        } else {
            first
        };
        if before(bare, &["early", "late", "later", "earlier"]) {
            first = bare - 1;
        } else if before(first, &["of"]) {
            if before(first - 1, &["hours"]) && before(first - 2, &["early", "small", "late"]) {
                first -= 3;
            } else if before(
                first - 1,
                &["morning", "afternoon", "evening", "night", "day"],
            ) {
                first -= 2;
            }
        }
        first
    }

    fn finish(self) -> Vec<TimeExpression> {
        let around = self.around;
        let bound = |first: usize| {
            let mut at = first;
            while around.follows_word(at, &["the", "early", "late", "mid", "at", "least"]) {
                at -= 1;
            }
            if around.follows_word(at, &["since"]) {
                Bound::Since
            } else if around.follows_word(at, &["after", "following"]) {
                Bound::After
            } else if around.follows_word(at, &["until", "till", "through"]) {
                Bound::Until
            } else if around.follows_word(at, &["before"])
                || (around.follows_word(at, &["of"])
                    && around.is_word(at.wrapping_sub(2), &["ahead"]))
            {
                Bound::Before
            } else if around.follows_word(at, &["by"]) {
                Bound::By
            } else {
                Bound::On
            }
        };
        self.found
            .into_iter()
            .map(|found| TimeExpression {
                start: around.tokens[found.first].start,
                end: around.tokens[found.end - 1].end,
                date: found.reading.date,
                code: found
                    .reading
                    .code
                    .unwrap_or_else(|| found.reading.date.to_string()),
                class: found.reading.class,
                bound: bound(found.first),
                offset: found.reading.offset,
                other: found.other,
                rule: found.rule,
            })
            .collect()
    }
}
