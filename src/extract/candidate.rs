//! What reading an article yields: proposed events, each with the words that carry it.

use std::ops::Range;

use super::why::Reason;
use crate::domain::{
    edtf::Edtf, kind::Kind, modality::Modality, party::PartyCode, relation::RelationKind,
};

/// One act that an article tells, for an editor to judge.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateEvent {
    /// What sort of act.
    pub kind: Kind,
    /// When it happened or is to happen.
    pub date: Edtf,
    /// The article's own words for the date; empty where the date follows from the day of publication alone.
    pub date_text: String,
    /// How it is told.
    pub modality: Modality,
    /// Who acts, the most responsible first; empty where no one is named.
    pub actors: Vec<PartyCode>,
    /// Whom it is directed at or about.
    pub targets: Vec<PartyCode>,
    /// Companies, ships and persons that it names.
    pub named: Vec<String>,
    /// Persons who speak for the actors in it.
    pub speakers: Vec<String>,
    /// The act in plain words, without a stop.
    pub headline: String,
    /// Where the article tells it: byte ranges of its text, the best first, never empty.
    pub evidence: Vec<Range<usize>>,
    /// How likely an editor accepts it, 0 to 1.
    pub confidence: f64,
    /// The rules that led to it, in the order in which they applied; of every place that tells it.
    pub why: Vec<Reason>,
    /// Other candidates of the same reading that this one answers, denies, carries out, follows or is part of, by their place.
    pub links: Vec<(RelationKind, usize)>,
}

impl CandidateEvent {
    /// The names of the rules that led to it, each once, after what they decided: `date: on <weekday>`.
    pub fn rules(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::with_capacity(self.why.len());
        for reason in &self.why {
            let name = reason.to_string();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
