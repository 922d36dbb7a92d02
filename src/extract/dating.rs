//! Which time expression dates which act, and what an act without one is dated by.
//!
//! Expressions come resolved from [`super::time`]. Source: the coding guide, field `date` and its decided cases.

use std::ops::Range;

use chrono::NaiveDate;

use super::{
    act::{find::Act, modality::Frame},
    clause::{Clause, Stand, Tense, Verb},
    party::roles::Subject,
    time::{Bound, Class, TimeExpression, Unit},
};
use crate::domain::{edtf::Edtf, modality::Modality};

/// An act's date, with the article's words for it.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    pub date: Edtf,
    pub text: String,
    /// Whether the article gives it in so many words.
    pub explicit: bool,
    /// The rule that gave it.
    pub how: &'static str,
    /// The bytes of the words for it; empty where there are none.
    pub words: Range<usize>,
}

/// What is known of time when a sentence is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Story {
    /// The day of the news: the first recent day that the body tells.
    pub day: Option<NaiveDate>,
    /// The last date told in this paragraph for an act.
    pub carry: Option<Edtf>,
    /// The last date told for an act anywhere before.
    pub last: Option<Edtf>,
    /// How many sentences ago `carry` was told.
    pub sentences: usize,
}

/// How many sentences a date is carried through a paragraph: an article may be one paragraph.
const CARRIED_SENTENCES: usize = 3;

/// How many days ago a time told beside a present perfect may lie.
const OLD_DAYS: i64 = 60;

/// How many days before publication the day of the news may lie.
const NEWS_DAYS: i64 = 4;

impl Story {
    /// From the day of the news to publication; one day where they are the same.
    pub fn since(&self, published: NaiveDate) -> Edtf {
        Edtf::span(self.day.unwrap_or(published), published)
    }

    /// Goes on to the next sentence of the same paragraph or of another.
    pub fn next_sentence(&mut self, same_paragraph: bool) {
        self.sentences += 1;
        if !same_paragraph || self.sentences > CARRIED_SENTENCES {
            self.carry = None;
        }
    }

    /// Takes in the date of an act.
    pub fn advance(&mut self, dated: &Dated, published: NaiveDate) {
        if !dated.explicit {
            return;
        }
        if let (None, Some(day)) = (self.day, dated.date.as_single_day()) {
            let age = (published - day).num_days();
            if (0..=NEWS_DAYS).contains(&age) {
                self.day = Some(day);
            }
        }
        if dated
            .date
            .earliest()
            .is_some_and(|first| first <= published)
        {
            self.carry = Some(dated.date);
            self.sentences = 0;
            self.last = Some(dated.date);
        }
    }
}

/// A sentence with its time expressions.
pub(crate) struct Dater<'c, 's, 't> {
    pub clause: &'c Clause<'s, 't>,
    pub frames: &'c [Frame],
    /// The expressions of the sentence with the tokens that they cover.
    pub times: Vec<(usize, usize, &'c TimeExpression)>,
    pub text: &'c str,
    pub published: NaiveDate,
}

impl<'c, 's, 't> Dater<'c, 's, 't> {
    pub fn new(
        clause: &'c Clause<'s, 't>,
        frames: &'c [Frame],
        times: &'c [TimeExpression],
        text: &'c str,
        published: NaiveDate,
    ) -> Self {
        let tokens = clause.tokens;
        let (start, end) = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => (first.start, last.end),
            _ => (0, 0),
        };
        let from = times.partition_point(|time| time.end <= start);
        let times = times[from..]
            .iter()
            .take_while(|time| time.start < end)
            .map(|time| {
                let first = tokens.partition_point(|token| token.end <= time.start);
                let last = tokens.partition_point(|token| token.start < time.end);
                (first, last.max(first + 1) - 1, time)
            })
            .collect();
        Self {
            clause,
            frames,
            times,
            text,
            published,
        }
    }

    /// The date of an act.
    pub fn date(&self, act: &Act, story: &Story) -> Dated {
        let found = match act.verb {
            _ if act.by_noun => self.near_noun(act).or_else(|| {
                act.verb
                    .and_then(|verb| self.of_verb(verb, act.modality, 3))
            }),
            Some(verb) => self.of_verb(verb, act.modality, 4),
            None => None,
        };
        if let Some(dated) = found {
            let promised = act.modality == Modality::Announced
                && act.verb.is_some_and(|verb| {
                    let verb = &self.clause.verbs[verb];
                    verb.stand == Stand::Finite
                        && matches!(
                            verb.tense,
                            Tense::Past | Tense::PresentPerfect | Tense::PastPerfect
                        )
                });
            return match dated.date.earliest() {
                Some(from) if promised && from <= self.published => Dated {
                    date: Edtf::onward(from),
                    ..dated
                },
                _ => dated,
            };
        }
        if let Some(dated) = self.stamp(act) {
            return dated;
        }
        self.fallback(act, story)
    }

    pub(super) fn explicit(&self, time: &TimeExpression, date: Edtf) -> Dated {
        Dated {
            date,
            text: self.text.get(time.start..time.end).unwrap_or("").to_owned(),
            explicit: true,
            how: time.rule,
            words: time.start..time.end,
        }
    }

    /// The expression read in the direction that the act asks for; none where it cannot be the act's.
    pub(super) fn fitting(&self, time: &TimeExpression, modality: Modality) -> Option<Edtf> {
        match time.bound {
            Bound::Until | Bound::Before => {
                return match (modality, time.date.latest()) {
                    (Modality::Announced, Some(latest))
                        if latest > self.published && time.bound == Bound::Before =>
                    {
                        Some(Edtf::span(self.published, latest))
                    }
                    _ => None,
                };
            }
            Bound::By => {
                let latest = time.date.latest()?;
                return Some(if latest >= self.published {
                    Edtf::span(self.published, latest)
                } else {
                    time.date
                });
            }
            Bound::After | Bound::Since | Bound::On => {}
        }
        if modality == Modality::Occurred
            && time.class == Class::Vague
            && time.date.latest().is_none()
            && time.date.earliest() == Some(self.published)
        {
            return None;
        }
        let fits = |date: &Edtf| match modality {
            Modality::Occurred => date.earliest().is_none_or(|first| first <= self.published),
            Modality::Announced | Modality::Alleged => true,
        };
        if fits(&time.date) {
            return Some(time.date);
        }
        time.other.filter(fits)
    }

    pub(super) fn of_verb(&self, index: usize, modality: Modality, depth: u8) -> Option<Dated> {
        let verb = self.clause.verbs.get(index)?;
        if depth == 0 {
            return None;
        }
        let start = self.clause.left_start(verb.first);
        let end = self.clause.right_end(verb.head);
        let mut best: Option<(usize, Edtf, &TimeExpression)> = None;
        for (first, last, time) in &self.times {
            if *last < start || *first >= end || *first == verb.head {
                continue;
            }
            let reported = self
                .frames
                .iter()
                .any(|frame| frame.after && frame.verb == index && frame.holds(*first));
            if reported {
                continue;
            }
            if *first > 0 && self.clause.word(first - 1) == "of" && *first > verb.head {
                continue;
            }
            let Some(date) = self.fitting(time, modality) else {
                continue;
            };
            // "has invited": no definite day of long ago
            let old = date
                .latest()
                .is_some_and(|latest| (self.published - latest).num_days() > OLD_DAYS);
            if verb.tense == Tense::PresentPerfect
                && old
                && time.bound == Bound::On
                && date.earliest().is_some()
            {
                continue;
            }
            let later = *first > verb.head;
            if later && self.belongs_to_later_verb(verb, *first, &date) {
                continue;
            }
            if !later && self.belongs_to_earlier_verb(verb, start, *last) {
                continue;
            }
            let distance = if later {
                first - verb.head
            } else {
                verb.first.saturating_sub(*last) + 3
            };
            if best.as_ref().is_none_or(|(known, _, _)| distance < *known) {
                best = Some((distance, date, time));
            }
        }
        if let Some((_, date, time)) = best {
            return Some(self.explicit(time, date));
        }
        if let Some(dated) = self.counted_from_clause(start, verb.first, modality) {
            return Some(dated);
        }
        match verb.stand {
            Stand::Infinitive | Stand::Gerund | Stand::Reduced => {
                if verb.stand == Stand::Reduced {
                    return None;
                }
                let before = verb
                    .first
                    .checked_sub(1)
                    .map_or("", |at| self.clause.word(at));
                if matches!(before, "of" | "after" | "since") {
                    return None;
                }
                let governor = if verb.stand == Stand::Gerund {
                    self.clause.finite_before(index)
                } else {
                    index.checked_sub(1)
                };
                let dated = self.of_verb(governor?, Modality::Occurred, depth - 1)?;
                if modality == Modality::Announced {
                    let from = dated
                        .date
                        .earliest()?
                        .max(dated.date.latest().unwrap_or(self.published));
                    return Some(Dated {
                        date: Edtf::onward(from),
                        ..dated
                    });
                }
                Some(dated)
            }
            Stand::Finite => {
                if let Some(partner) = self.clause.partner(index)
                    && (self.clause.verbs[partner].tense == verb.tense || verb.tense == Tense::Past)
                {
                    return self.of_verb(partner, modality, depth - 1);
                }
                None
            }
        }
    }

    /// Whether an expression after a verb dates another verb that stands between them.
    pub(super) fn belongs_to_later_verb(&self, verb: &Verb, time: usize, date: &Edtf) -> bool {
        let between = self
            .clause
            .verbs
            .iter()
            .filter(|other| other.head > verb.head && other.head < time);
        let future = date.earliest().is_some_and(|first| first > self.published)
            || date.latest().is_none()
            || date.latest().is_some_and(|last| last > self.published)
                && date.earliest().is_some_and(|first| first >= self.published);
        for other in between {
            match other.stand {
                Stand::Reduced => {
                    let recent = date
                        .as_single_day()
                        .is_some_and(|day| (0..=7).contains(&(self.published - day).num_days()));
                    return !recent;
                }
                Stand::Infinitive
                    if future
                        && matches!(
                            verb.tense,
                            Tense::Past | Tense::PresentPerfect | Tense::PastPerfect
                        ) =>
                {
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether an expression before a verb stands with another verb of the same stretch.
    pub(super) fn belongs_to_earlier_verb(&self, verb: &Verb, start: usize, time: usize) -> bool {
        let participle = self.clause.verbs.iter().any(|other| {
            other.head >= start
                && other.head < time
                && other.first < verb.first
                && matches!(other.stand, Stand::Reduced | Stand::Gerund)
        });
        // "Guterres, who went there on Saturday, said": the day is the first verb's
        let finite = self
            .clause
            .verbs
            .iter()
            .rev()
            .find(|other| other.head < time && other.stand == Stand::Finite);
        let own_subject_after = |other: &Verb| {
            let index = self
                .clause
                .verbs
                .iter()
                .position(|known| known.head == verb.head);
            match index.map(|index| self.clause.subject(index)) {
                Some(Subject::Parties(mentions)) => mentions
                    .iter()
                    .any(|mention| self.clause.mentions[*mention].first > other.head),
                _ => false,
            }
        };
        let taken = finite.is_some_and(|other| {
            time < self.clause.right_end(other.head) && !own_subject_after(other)
        });
        (participle || taken) && verb.stand == Stand::Finite
    }

    /// "a day after Minsk forced it down", "in 2018, when it left": counted from, or equal to, the clause before.
    pub(super) fn counted_from_clause(
        &self,
        start: usize,
        verb: usize,
        modality: Modality,
    ) -> Option<Dated> {
        let opener = start.checked_sub(1)?;
        if modality == Modality::Announced {
            return None;
        }
        let of_it = self.clause.word(opener) == "which"
            && opener
                .checked_sub(1)
                .is_some_and(|at| matches!(self.clause.word(at), "in" | "at" | "during" | "on"));
        if self.clause.word(opener) == "when" || of_it {
            let (_, _, time) = self
                .times
                .iter()
                .find(|(_, last, _)| *last < opener && opener - last <= 2)?;
            return Some(self.explicit(time, time.date));
        }
        // "a day after the referendum, parliament asked": the verb stands behind the words, not in them
        if self.is_behind_comma(start, verb) {
            return None;
        }
        self.counted_from_opener(opener)
    }

    /// Whether a comma without a verb before it parts a verb from the words that open its stretch.
    fn is_behind_comma(&self, start: usize, verb: usize) -> bool {
        (start..verb)
            .find(|at| self.clause.tokens[*at].text == ",")
            .is_some_and(|comma| (start..comma).all(|at| self.clause.verb_index(at).is_none()))
    }

    /// "eight days after", "three months into": so long before the date of what stands before the words.
    pub(super) fn counted_from_opener(&self, opener: usize) -> Option<Dated> {
        let sign = match self.clause.word(opener) {
            "after" | "into" => -1,
            "before" => 1,
            _ => return None,
        };
        let unit = match self.clause.word(opener.checked_sub(1)?) {
            "hours" | "minutes" | "hour" => Unit::Hour,
            "day" | "days" => Unit::Day,
            "week" | "weeks" => Unit::Week,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            _ => return None,
        };
        let count = opener
            .checked_sub(2)
            .and_then(|at| number(self.clause.word(at)));
        let count = match (unit, count) {
            (Unit::Hour, _) => 0,
            (_, Some(count)) => count,
            _ => return None,
        };
        let first = opener.saturating_sub(2);
        let main = (0..self.clause.verbs.len()).rev().find(|index| {
            self.clause.verbs[*index].head < first
                && self.clause.verbs[*index].stand == Stand::Finite
        });
        // "17 March: A day after the referendum, …": what is counted from has the stamp, or the time that opens
        let opening = || {
            let (_, last, time) = self.times.first()?;
            (*last < first && *last < 6).then_some(time.date)
        };
        let base = match main {
            Some(main) => self
                .of_verb(main, Modality::Occurred, 2)
                .map(|dated| dated.date)
                .or_else(opening),
            None => opening(),
        }
        .unwrap_or_else(|| Edtf::day(self.published));
        let date = super::time::Offset {
            count: count * sign,
            unit,
        }
        .from(base)?;
        let words = match (
            self.clause.tokens.get(first),
            self.clause.tokens.get(opener),
        ) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        };
        Some(Dated {
            date,
            text: self.text.get(words.clone()).unwrap_or("").to_owned(),
            explicit: true,
            how: "counted from the act beside it",
            words,
        })
    }

    /// The expression beside a noun that is an act.
    pub(super) fn near_noun(&self, act: &Act) -> Option<Dated> {
        let counted = (act.head.saturating_sub(7)..act.head)
            .rev()
            .find_map(|at| self.counted_from_opener(at));
        if counted.is_some() {
            return counted;
        }
        let end = self.clause.right_end(act.head).min(act.head + 14);
        let start = self.clause.left_start(act.head);
        self.times
            .iter()
            .filter(|(first, last, _)| {
                *first < end && *last >= start && (*first > act.head || act.head - last < 12)
            })
            .filter_map(|(first, last, time)| {
                let date = self.fitting(time, act.modality)?;
                let distance = if *first > act.head {
                    first - act.head
                } else {
                    act.head - last + 4
                };
                Some((distance, date, *time))
            })
            .min_by_key(|(distance, _, _)| *distance)
            .map(|(_, date, time)| self.explicit(time, date))
    }
}

/// A small number in words or digits.
fn number(word: &str) -> Option<i32> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let place = WORDS.iter().position(|known| *known == word);
    place
        .and_then(|place| i32::try_from(place).ok())
        .or_else(|| word.parse().ok().filter(|count| (0..1_000).contains(count)))
}
