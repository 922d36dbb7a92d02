//! Time expressions of English news → EDTF dates with the bytes that say so.
//!
//! [`read`] goes over a text once: it splits it into tokens, looks at each known word for the longest [rule](rule) that fits,
//! resolves that against the day of publication, the time told before and the verb beside it, and takes in what belongs
//! to it (“early on Tuesday morning”). Pure and linear: patterns are short, looking around has a limit.
//!
//! | module | holds |
//! | --- | --- |
//! | [`token`], [`lexicon`], [`vocabulary`], [`class`], [`digits`], [`pattern`] | text to tokens, what words mean, what patterns take |
//! | [`rule`], [`scene`], [`stretch`] | what a rule is, what it is resolved against, arithmetic of days |
//! | [`tense`] | whether a verb looks back or ahead |
//! | [`reader`] | the walk over a text: what was told before, what belongs to an expression |
//! | [`absolute`], [`month`], [`year`], [`season`], [`numbered`], [`calendar`], [`weekday`], [`relative`], [`part`], [`story`], [`vague`], [`range`] | the rules |
//!
//! Durations (“for a decade”) and recurring times (“on Tuesdays”) are no dates. Which expression dates which act is told
//! by the passes that read acts. Two values come of each expression: [`TimeExpression::date`] follows the coding guide (early
//! March is its first ten days), [`TimeExpression::code`] names the stretch as said (`2024-03`, `2024-22` for a summer).
//!
//! Source: the coding guide, field `date` and its decided cases; TIMEX3 (ISO-TimeML) for what counts as an expression.

mod absolute;
mod calendar;
mod class;
#[cfg(test)]
mod corpus;
mod digits;
mod lexicon;
mod month;
mod numbered;
mod part;
mod pattern;
mod range;
mod reader;
mod relative;
mod rule;
mod scene;
mod season;
mod story;
mod stretch;
mod tense;
#[cfg(test)]
mod tests;
mod token;
mod vague;
mod vocabulary;
mod weekday;
mod year;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::edtf::Edtf;

pub use lexicon::Unit;
pub use scene::{Class, Direction, Offset, SlashOrder};

/// What a text's times are resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeContext {
    /// The publisher's civil day of publication.
    pub published: NaiveDate,
    /// Which number of `10/09/2024` is the day, where the page's language tells (“en-US”); `None` leaves it to the text.
    pub slash_order: Option<SlashOrder>,
}

impl TimeContext {
    /// Published that day; the text's own habits tell which number of `10/09/2024` is the day.
    pub const fn new(published: NaiveDate) -> Self {
        Self {
            published,
            slash_order: None,
        }
    }
}

/// One time that a text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it begins, in bytes; a preposition before it is left out, as a rule.
    pub start: usize,
    /// Where it ends, in bytes, exclusive.
    pub end: usize,
    /// The days it means, after the coding guide.
    pub date: Edtf,
    /// What `demarche dates` prints: EDTF, with codes of seasons, quarters, halves and decades.
    pub code: String,
    /// How it was resolved.
    pub class: Class,
    /// The word before it that bounds an act rather than dates it: “since 2018”, “until Friday”.
    pub bound: Bound,
    /// How far it counts from the time told before it; `None` unless [`Class::Told`] and counted.
    pub offset: Option<Offset>,
    /// What it would be if the verb looked the other way, for a weekday or a day without a year.
    pub other: Option<Edtf>,
    /// The name of the rule that found it.
    pub rule: &'static str,
}

/// What the word before an expression makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Nothing: “on Tuesday”, “in 2018”.
    On,
    /// “since 2018”: begun then, going on.
    Since,
    /// “after the March vote”: some time after.
    After,
    /// “until Friday”, “through June”.
    Until,
    /// “before Friday”, “ahead of Friday's vote”.
    Before,
    /// “by Friday”: then at the latest.
    By,
}

/// One expression as `demarche dates` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateLine {
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end, exclusive.
    pub end: usize,
    /// Its words.
    pub text: String,
    /// EDTF with codes of seasons, quarters, halves and decades.
    pub edtf: String,
}

/// The lines of `demarche dates` for a text.
pub fn lines(text: &str, context: &TimeContext) -> Vec<DateLine> {
    read(text, context)
        .into_iter()
        .map(|found| DateLine {
            start: found.start,
            end: found.end,
            text: text[found.start..found.end].to_owned(),
            edtf: found.code,
        })
        .collect()
}

/// The times that a text tells, in its order, none overlapping another.
pub fn read(text: &str, context: &TimeContext) -> Vec<TimeExpression> {
    reader::read(text, *context)
}
