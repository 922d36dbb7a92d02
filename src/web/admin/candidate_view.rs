//! One candidate of the review: its form as it was proposed or sent, what it may belong to, or what was decided.

use std::fmt::Write as _;

use crate::{
    domain::{
        draft::{FieldError, RawFields},
        event::EventDraft,
        evidence::EvidenceSpan,
        id::{CandidateId, EventId},
        kind::Kind,
        modality::Modality,
        party::PartyCode,
        register::PartyRegister,
    },
    store::{
        EventMatch,
        review::{Candidate, CandidateState},
    },
    web::filters::short_instant,
};

use super::{
    event_fields::{self, FIELDS},
    event_form::EventForm,
    fields::{Control, ErrorLine, Field, FieldSpec, summary},
    offers::{Neighbour, Offers},
};

const REASON: FieldSpec = FieldSpec {
    name: "reason",
    label: "Reason (may be empty)",
    hint: "",
    control: Control::Line,
};
const MERGE: FieldSpec = FieldSpec {
    name: "merge",
    label: "Merge into another event",
    hint: "Its id, such as EV-7K3QX2; this article becomes one more source of it.",
    control: Control::Code,
};
pub(super) const EVIDENCE: FieldSpec = FieldSpec {
    name: "evidence",
    label: "Evidence",
    hint: "",
    control: Control::Area(2),
};

/// A candidate as the page shows it.
pub(super) struct CandidateView {
    pub number: usize,
    pub id: CandidateId,
    pub kind: Kind,
    pub modality: Modality,
    pub headline: String,
    pub route: String,
    pub when: String,
    pub standing: Standing,
}

pub(super) enum Standing {
    Waiting(Box<Waiting>),
    Decided(Decision),
}

pub(super) struct Waiting {
    pub form: EventForm,
    pub is_open: bool,
    pub percent: i64,
    pub evidence: Field,
    /// What else in the article carries it.
    pub more_evidence: Vec<String>,
    pub why: String,
    pub offers: Offers,
    pub reason: Field,
    pub merge: Field,
    pub errors: Vec<ErrorLine>,
}

pub(super) struct Decision {
    pub word: &'static str,
    pub tone: &'static str,
    pub event: Option<EventId>,
    pub by: String,
}

/// A candidate's form as it was sent, with what stands against it.
pub(super) struct Sent {
    pub candidate: CandidateId,
    pub raw: RawFields,
    pub faults: Vec<FieldError>,
}

/// What the views of an article's candidates are made of.
pub(super) struct Scene<'a> {
    pub text: &'a str,
    pub register: &'a PartyRegister,
    /// The form that was sent and refused.
    pub sent: Option<&'a Sent>,
    /// The candidate that is shown open.
    pub open: Option<CandidateId>,
}

impl Scene<'_> {
    /// The candidate with that number on the page, beside its neighbours and what the record holds alike.
    pub fn view(
        &self,
        number: usize,
        candidate: &Candidate,
        matches: &[EventMatch],
        neighbours: &[Neighbour<'_>],
    ) -> CandidateView {
        let standing = match &candidate.state {
            CandidateState::Waiting => Standing::Waiting(Box::new(
                self.waiting(number, candidate, matches, neighbours),
            )),
            decided => Standing::Decided(decision(candidate, decided)),
        };
        CandidateView {
            number,
            id: candidate.id,
            kind: candidate.draft.kind,
            modality: candidate.draft.modality,
            headline: candidate.draft.headline.clone(),
            route: route(&candidate.draft),
            when: candidate.draft.date.words(None).heading,
            standing,
        }
    }

    fn waiting(
        &self,
        number: usize,
        candidate: &Candidate,
        matches: &[EventMatch],
        neighbours: &[Neighbour<'_>],
    ) -> Waiting {
        let prefix = format!("c{number}-");
        let sent = self.sent.filter(|sent| sent.candidate == candidate.id);
        let (mut raw, faults) = match sent {
            Some(sent) => (sent.raw.clone(), sent.faults.clone()),
            None => (event_fields::texts_of(&candidate.draft), Vec::new()),
        };
        if let Some(words) = candidate.spans.first() {
            raw.entry("evidence".to_owned())
                .or_insert_with(|| words.text.clone());
        }
        let typed = |name: &str| raw.get(name).cloned().unwrap_or_default();
        let offers = Offers::of(candidate, matches, neighbours, sent.map(|sent| &sent.raw));
        let other = if offers.has_merge() {
            String::new()
        } else {
            typed("merge")
        };
        let specs: Vec<FieldSpec> = FIELDS.into_iter().chain([MERGE, EVIDENCE]).collect();
        Waiting {
            is_open: self.open == Some(candidate.id),
            percent: percent(candidate),
            evidence: Field::new(EVIDENCE, &prefix, &typed("evidence"))
                .with_faults(&faults)
                .reads_as(evidence_reading(self.text, &typed("evidence"))),
            more_evidence: more_words(&candidate.spans),
            why: why(candidate),
            offers,
            reason: Field::new(REASON, &prefix, &typed("reason")).with_faults(&faults),
            merge: Field::new(MERGE, &prefix, &other).with_faults(&faults),
            errors: summary(&prefix, &specs, &faults),
            form: EventForm::new(&prefix, raw, faults, self.register),
        }
    }
}

/// Where typed words stand in the article; empty where they do not.
pub(super) fn evidence_reading(text: &str, typed: &str) -> String {
    EvidenceSpan::of_words(text, typed)
        .and_then(|span| span.paragraph_in(text))
        .map_or_else(String::new, |paragraph| {
            format!("Found word for word in paragraph {paragraph}")
        })
}

/// The words in other places that carry the candidate; the same words once.
fn more_words(spans: &[EvidenceSpan]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for span in spans.iter().skip(1) {
        let is_known = spans.first().is_some_and(|first| first.text == span.text);
        if !is_known && !words.contains(&span.text) {
            words.push(span.text.clone());
        }
    }
    words
}

/// How sure the reader was, in percent.
pub(super) fn percent(candidate: &Candidate) -> i64 {
    candidate.confidence.clamp(0, 1000) / 10
}

/// How sure the reader was, and by which rules it found the candidate.
fn why(candidate: &Candidate) -> String {
    if candidate.is_by_hand() {
        return "Marked by an editor; the fields are a beginning, not a reading.".to_owned();
    }
    let mut words = format!("Confidence {} %.", percent(candidate));
    if !candidate.draft.date_text.is_empty() {
        let _ = write!(words, " Dated by “{}”.", candidate.draft.date_text);
    }
    if !candidate.rules.is_empty() {
        let _ = write!(words, " Found by: {}.", candidate.rules.join(", "));
    }
    words
}

fn decision(candidate: &Candidate, state: &CandidateState) -> Decision {
    let (word, tone, event) = match state {
        CandidateState::Accepted(event) => ("Accepted", "ok", Some(*event)),
        CandidateState::Merged(event) => ("Merged", "ok", Some(*event)),
        CandidateState::Rejected | CandidateState::Waiting => ("Rejected", "off", None),
    };
    let mut by = format!("by {}", candidate.decided_by);
    if let Some(at) = candidate.decided_at {
        let _ = write!(by, ", {} UTC", short_instant(at));
    }
    if !candidate.changed.is_empty() {
        let _ = write!(by, "; changed: {}", candidate.changed.join(", "));
    }
    if !candidate.reason.is_empty() {
        let _ = write!(by, ": {}", candidate.reason);
    }
    Decision {
        word,
        tone,
        event,
        by,
    }
}

/// “GBR, USA → IRN”; “not named → IRN” where nobody acts.
pub(super) fn route(draft: &EventDraft) -> String {
    let codes = |parties: &[PartyCode]| {
        let codes: Vec<&str> = parties.iter().map(AsRef::as_ref).collect();
        codes.join(", ")
    };
    let actors = if draft.actors.is_empty() {
        "not named".to_owned()
    } else {
        codes(&draft.actors)
    };
    if draft.targets.is_empty() {
        actors
    } else {
        format!("{actors} → {}", codes(&draft.targets))
    }
}
