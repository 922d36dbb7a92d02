//! What dates an act that has no time of its own: its entry's stamp, the sentence's opening, the act before, its tense.
//!
//! Source: the coding guide, field `date`. Acts with a time of their own are [`super::dating`]'s.

use chrono::Days;

use super::{
    act::find::{self, Act},
    clause::{Stand, Tense},
    dating::{Dated, Dater, Story},
    party::mention::Class,
    words,
};
use crate::domain::{edtf::Edtf, kind::Kind, modality::Modality};

/// A date that the article does not give in so many words.
fn implied(date: Edtf, how: &'static str) -> Dated {
    Dated {
        date,
        text: String::new(),
        explicit: false,
        how,
        words: 0..0,
    }
}

impl Dater<'_, '_, '_> {
    pub(super) fn fallback(&self, act: &Act, story: &Story) -> Dated {
        let verb = act.verb.map(|verb| &self.clause.verbs[verb]);
        let mut tense = verb.map_or(Tense::Past, |verb| verb.tense);
        if let (Some(index), Some(Stand::Gerund | Stand::Infinitive)) =
            (act.verb, verb.map(|verb| verb.stand))
            && let Some(finite) = self.clause.finite_before(index)
        {
            tense = self.clause.verbs[finite].tense;
        }
        if act.frame.is_some() {
            return self.reported(act, story, tense);
        }
        if let Some(time) = self.leading_time(act) {
            return time;
        }
        // "under US sanctions", "the invasion of Kuwait": named as known, of an earlier day
        let known = act.by_noun
            && act.modality == Modality::Occurred
            && matches!(
                act.kind,
                Kind::Sanction | Kind::Military | Kind::Ruling | Kind::Transfer
            );
        if known {
            return implied(Edtf::before(self.published), "named as known");
        }
        let adverb = self.is_of_old(act);
        match (act.modality, tense) {
            (Modality::Announced, _) | (Modality::Alleged, Tense::Future | Tense::FuturePast) => {
                implied(Edtf::onward(self.published), "from publication on")
            }
            (Modality::Alleged, _) => implied(Edtf::before(self.published), "before publication"),
            (_, Tense::PastPerfect) => match story.carry {
                Some(carry) if !adverb => {
                    implied(carry.opened_before(), "before the act told before")
                }
                _ => implied(Edtf::before(self.published), "before publication"),
            },
            _ if adverb => implied(Edtf::before(self.published), "long or often before"),
            (_, Tense::Present) if self.clause.headline && story.carry.is_some() => Dated {
                // an entry of a timeline keeps its stamp
                date: story.carry.unwrap_or_else(|| story.since(self.published)),
                text: String::new(),
                explicit: true,
                how: "the stamp of its entry",
                words: 0..0,
            },
            (_, Tense::PresentPerfect | Tense::Present) => {
                implied(story.since(self.published), "the day of the news")
            }
            _ => match story
                .carry
                .or_else(|| story.last.filter(|_| self.is_soon_after(act)))
            {
                Some(carry) if self.carries(act, &carry) => {
                    implied(carry, "the day of the act told before")
                }
                _ => implied(story.since(self.published), "the day of the news"),
            },
        }
    }

    /// The date of an act that is reported, by the day of the report.
    fn reported(&self, act: &Act, story: &Story, tense: Tense) -> Dated {
        let base = act
            .frame
            .and_then(|frame| self.frames.get(frame))
            .and_then(|frame| self.of_verb(frame.verb, Modality::Occurred, 3));
        let told = base
            .as_ref()
            .map_or_else(|| story.since(self.published), |dated| dated.date);
        let day = told.latest().unwrap_or(self.published);
        let (text, words) =
            base.map_or_else(|| (String::new(), 0..0), |dated| (dated.text, dated.words));
        match (act.modality, tense) {
            (Modality::Announced, _) => implied(
                Edtf::onward(told.earliest().unwrap_or(day)),
                "from the report on",
            ),
            (Modality::Alleged, Tense::Future | Tense::FuturePast) => {
                implied(Edtf::onward(day), "after the report")
            }
            (Modality::Alleged, _) | (_, Tense::PastPerfect)
                if self.is_background(act) || act.modality == Modality::Alleged =>
            {
                implied(Edtf::before(day), "before the report")
            }
            (_, Tense::PastPerfect) if find::is_speech(act.kind) => {
                implied(Edtf::before(day), "before the report")
            }
            _ => Dated {
                date: told,
                text,
                explicit: false,
                how: "the day of the report",
                words,
            },
        }
    }

    /// "has long denied", "more than once", "in the past".
    fn is_of_old(&self, act: &Act) -> bool {
        let verb = act.verb.map(|verb| &self.clause.verbs[verb]);
        verb.is_some_and(|verb| {
            (verb.first..verb.head)
                .chain(verb.head + 1..verb.head + 5)
                .any(|at| {
                    matches!(
                        self.clause.word(at),
                        "long"
                            | "repeatedly"
                            | "always"
                            | "often"
                            | "never"
                            | "consistently"
                            | "previously"
                            | "previous"
                    )
                })
        }) || (act.head..act.end).any(|at| {
            self.clause.word(at) == "before" && matches!(self.clause.word(at + 1), "." | "," | "")
                || self.clause.word(at) == "more"
                    && self.clause.word(at + 1) == "than"
                    && self.clause.word(at + 2) == "once"
                || self.clause.word(at) == "in"
                    && self.clause.word(at + 1) == "the"
                    && self.clause.word(at + 2) == "past"
        })
    }

    pub(super) fn is_background(&self, act: &Act) -> bool {
        act.verb
            .is_some_and(|verb| self.clause.verbs[verb].tense == Tense::PastPerfect)
    }

    /// A time that opens the sentence holds for its main verbs: "On Saturday, France and the EU cut off …".
    pub(super) fn leading_time(&self, act: &Act) -> Option<Dated> {
        let (first, last, time) = self.times.first()?;
        let earlier_verb = self
            .clause
            .verbs
            .first()
            .is_some_and(|verb| verb.head < *first);
        if *first > 5 || earlier_verb || act.head < *last {
            return None;
        }
        let verb = act.verb.map(|verb| &self.clause.verbs[verb])?;
        if !matches!(
            verb.tense,
            Tense::Past | Tense::PastPerfect | Tense::Present | Tense::PresentPerfect | Tense::None
        ) || verb.stand == Stand::Reduced
        {
            return None;
        }
        // a subordinate clause has a time of its own
        let opener = self
            .clause
            .left_start(verb.first)
            .checked_sub(1)
            .map_or("", |at| self.clause.word(at));
        if words::is_subordinator(opener) || words::is_relative(opener) {
            return None;
        }
        let date = self.fitting(time, act.modality)?;
        Some(self.explicit(time, date))
    }

    /// "6 March: EU leaders freeze talks": the entry's stamp.
    pub(super) fn stamp(&self, act: &Act) -> Option<Dated> {
        let (first, last, time) = self.times.first()?;
        let marked = matches!(self.clause.word(last + 1), ":" | "–" | "—" | "-");
        if *first > 2 || !marked || act.head < *last {
            return None;
        }
        Some(self.explicit(time, self.fitting(time, act.modality)?))
    }

    /// "hours later", "within minutes": the day is that of the act before.
    pub(super) fn is_soon_after(&self, act: &Act) -> bool {
        let near = (0..4).chain(act.head..act.end.min(act.head + 12));
        near.into_iter().any(|at| {
            matches!(
                (self.clause.word(at), self.clause.word(at + 1)),
                ("hours" | "minutes", "later" | "after" | "afterwards")
                    | ("shortly" | "soon", "after" | "afterwards")
                    | ("same", "breath" | "time")
                    | ("within", "hours" | "minutes")
            )
        })
    }

    /// Whether an act without a time goes with the date told before it in the paragraph.
    pub(super) fn carries(&self, act: &Act, carry: &Edtf) -> bool {
        let old = carry.latest().is_some_and(|latest| {
            latest
                .checked_add_days(Days::new(9))
                .is_some_and(|limit| limit < self.published)
        });
        let opener = self.clause.word(0);
        let soon = self.is_soon_after(act);

        let refers =
            self.clause.mentions.first().is_some_and(|mention| {
                matches!(mention.class, Class::Back(_)) && mention.first <= 1
            });
        old && !find::is_speech(act.kind)
            || soon
            || refers && self.times.is_empty() && act.verb.is_some()
            || act.verb.is_some()
                && self.times.is_empty()
                && !self.clause.headline
                && matches!(
                    opener,
                    "he" | "she" | "they" | "both" | "it" | "its" | "his"
                )
    }
}
