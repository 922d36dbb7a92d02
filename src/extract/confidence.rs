//! How likely a candidate is right: a prior for its rule and kind, moved by what was found with it.
//!
//! The priors are shares of right candidates on articles that the rules were tuned on; see `docs/extraction.md`.

use crate::domain::{kind::Kind, modality::Modality};

/// What bears on a candidate's worth.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "features, each by itself")]
pub struct Features {
    pub kind: Kind,
    pub modality: Modality,
    /// Whether the article dates it in so many words.
    pub dated: bool,
    /// Whether it names another party.
    pub targeted: bool,
    /// Whether a noun, not a verb, tells it.
    pub by_noun: bool,
    /// Whether the kind follows from the words that a neutral verb reports.
    pub by_content: bool,
    /// How many places of the article tell it.
    pub told: usize,
    /// Whether only a headline or a lead to another article tells it.
    pub headline_only: bool,
}

/// The confidence, between 0.05 and 0.98.
pub fn confidence(features: &Features) -> f64 {
    let mut score: f64 = match features.kind {
        Kind::Accusation | Kind::Rupture | Kind::Sanction => 0.74,
        Kind::Demand | Kind::Meeting | Kind::Agreement | Kind::Denial => 0.68,
        Kind::Warning | Kind::Pledge | Kind::Visit | Kind::Ruling => 0.64,
        Kind::Relief | Kind::Transfer | Kind::Military => 0.6,
        Kind::Statement => 0.58,
    };
    if features.dated {
        score += 0.1;
    }
    if features.targeted {
        score += 0.06;
    } else {
        score -= 0.06;
    }
    if features.by_noun {
        score -= 0.15;
    }
    if features.by_content {
        score -= 0.1;
    }
    if features.modality == Modality::Alleged {
        score -= 0.12;
    }
    if features.told > 1 {
        score += 0.08;
    }
    if features.headline_only {
        score -= 0.1;
    }
    score.clamp(0.05, 0.98)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dated_act_on_a_named_target_is_surer_than_a_noun_without_either() {
        let sure = Features {
            kind: Kind::Sanction,
            modality: Modality::Occurred,
            dated: true,
            targeted: true,
            by_noun: false,
            by_content: false,
            told: 2,
            headline_only: false,
        };
        let weak = Features {
            dated: false,
            targeted: false,
            by_noun: true,
            told: 1,
            ..sure
        };
        assert!(confidence(&sure) > 0.9);
        assert!(confidence(&weak) < 0.6);
    }
}
