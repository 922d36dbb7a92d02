//! How likely a candidate is right: the signs found with it, each with a weight, added up and brought between 0 and 1.
//!
//! The weights are fitted (logistic, shrunk toward none) to coded articles that the rules were not tuned on, and written by
//! `cargo run --release --example calibrate`; see `docs/extraction.md`.

use crate::domain::{edtf::Edtf, kind::Kind, modality::Modality};

mod weights;

/// Something about a candidate that bears on its worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Sign {
    /// Planned or to come.
    Announced,
    /// Told as another's claim.
    Alleged,
    /// The article dates it in so many words.
    Dated,
    /// Its date is one day.
    Day,
    /// Its date is open at the start.
    OpenStart,
    /// Its date is open at the end.
    OpenEnd,
    /// It has a target.
    Targeted,
    /// A noun tells it, no verb.
    Noun,
    /// Its kind follows from the words that a neutral verb reports.
    Content,
    /// Several places of the article tell it.
    Retold,
    /// Only a headline or a lead to another article tells it.
    Summary,
    /// A person is named who speaks.
    Spoken,
    /// Its actor is told by a word that refers back: "it", "the ministry".
    Referred,
    /// Several parties act.
    Several,
    /// Nobody is named who acts.
    Unnamed,
    /// It stands in the first tenth of the article.
    Early,
    /// It stands in the last third of the article.
    Late,
}

impl Sign {
    /// Every sign, in the order of the weights.
    pub const ALL: [Self; 17] = [
        Self::Announced,
        Self::Alleged,
        Self::Dated,
        Self::Day,
        Self::OpenStart,
        Self::OpenEnd,
        Self::Targeted,
        Self::Noun,
        Self::Content,
        Self::Retold,
        Self::Summary,
        Self::Spoken,
        Self::Referred,
        Self::Several,
        Self::Unnamed,
        Self::Early,
        Self::Late,
    ];
}

/// What bears on a candidate's worth: its kind, and the signs found with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features {
    /// The kind of act.
    pub kind: Kind,
    /// The signs, in the order of [`Sign::ALL`].
    pub signs: Vec<Sign>,
}

impl Features {
    /// Features of a kind without any sign.
    pub(super) fn of(kind: Kind) -> Self {
        Self {
            kind,
            signs: Vec::with_capacity(8),
        }
    }

    /// Adds a sign where it holds.
    pub(super) fn with(mut self, sign: Sign, holds: bool) -> Self {
        if holds {
            self.signs.push(sign);
        }
        self
    }

    /// Adds the signs of a date and of a modality.
    pub(super) fn told(self, date: &Edtf, modality: Modality) -> Self {
        self.with(Sign::Announced, modality == Modality::Announced)
            .with(Sign::Alleged, modality == Modality::Alleged)
            .with(Sign::Day, date.as_single_day().is_some())
            .with(Sign::OpenStart, date.earliest().is_none())
            .with(Sign::OpenEnd, date.latest().is_none())
    }
}

/// What is less sure is not proposed: fewer than one in three would be right, and reading on costs an editor more.
pub const PROPOSED_FROM: f64 = 0.3;

/// The confidence, between 0.02 and 0.98.
pub fn confidence(features: &Features) -> f64 {
    let kind = Kind::ALL
        .iter()
        .zip(weights::KINDS)
        .find(|(kind, _)| **kind == features.kind)
        .map_or(0.0, |(_, weight)| weight);
    let signs: f64 = features
        .signs
        .iter()
        .map(|sign| weights::SIGNS[*sign as usize])
        .sum();
    let odds = weights::BIAS + kind + signs;
    (1.0 / (1.0 + (-odds).exp())).clamp(0.02, 0.98)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_in_the_order_of_their_weights() {
        for (place, sign) in Sign::ALL.iter().enumerate() {
            assert_eq!(place, *sign as usize);
        }
    }

    #[test]
    fn a_dated_act_on_a_target_is_surer_than_a_noun_without_either() {
        let sure = Features::of(Kind::Sanction)
            .with(Sign::Dated, true)
            .with(Sign::Day, true)
            .with(Sign::Targeted, true);
        let weak = Features::of(Kind::Sanction).with(Sign::Noun, true);
        assert!(confidence(&sure) > confidence(&weak));
    }
}
