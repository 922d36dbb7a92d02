//! One candidate of the review: its form as it was proposed or sent, what the record holds alike, or what was decided.

use std::fmt::Write as _;

use crate::{
    domain::{
        draft::{FieldError, RawFields},
        event::{Event, EventDraft},
        id::{CandidateId, EventId},
        kind::Kind,
        modality::Modality,
        party::PartyCode,
        register::PartyRegister,
    },
    store::review::{Candidate, CandidateState},
    web::{
        error::WebError,
        filters::{counted_text, short_instant},
        state::AppState,
    },
};

use super::{
    event_fields,
    event_form::EventForm,
    fields::{Control, Field, FieldSpec},
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
    pub evidence: Vec<String>,
    pub why: String,
    pub alike: Vec<Alike>,
    pub reason: Field,
    pub merge: Field,
}

impl Waiting {
    /// Whether one of the events on record is chosen.
    pub fn has_merge(&self) -> bool {
        self.alike.iter().any(|alike| alike.is_chosen)
    }
}

pub(super) struct Decision {
    pub word: &'static str,
    pub tone: &'static str,
    pub event: Option<EventId>,
    pub by: String,
}

pub(super) struct Alike {
    pub id: EventId,
    pub headline: String,
    pub when: String,
    pub note: String,
    pub is_chosen: bool,
}

/// A candidate's form as it was sent, with what stands against it.
pub(super) struct Sent {
    pub candidate: CandidateId,
    pub raw: RawFields,
    pub faults: Vec<FieldError>,
}

/// The candidate with that number on the page; `sent` is its form, where it was sent and refused.
pub(super) async fn view(
    state: &AppState,
    number: usize,
    candidate: &Candidate,
    sent: Option<&Sent>,
    register: &PartyRegister,
) -> Result<CandidateView, WebError> {
    let standing = match &candidate.state {
        CandidateState::Waiting => {
            let alike = state.store.matching_events(&candidate.draft).await?;
            Standing::Waiting(Box::new(waiting(number, candidate, &alike, sent, register)))
        }
        decided => Standing::Decided(decision(candidate, decided)),
    };
    Ok(CandidateView {
        number,
        id: candidate.id,
        kind: candidate.draft.kind,
        modality: candidate.draft.modality,
        headline: candidate.draft.headline.clone(),
        route: route(&candidate.draft),
        when: candidate.draft.date.words(None).heading,
        standing,
    })
}

fn waiting(
    number: usize,
    candidate: &Candidate,
    alike: &[Event],
    sent: Option<&Sent>,
    register: &PartyRegister,
) -> Waiting {
    let prefix = format!("c{number}-");
    let (raw, faults) = match sent {
        Some(sent) => (sent.raw.clone(), sent.faults.clone()),
        None => (event_fields::texts_of(&candidate.draft), Vec::new()),
    };
    let typed = |name: &str| raw.get(name).cloned().unwrap_or_default();
    let merge_typed = typed("merge").trim().to_uppercase();
    let alike: Vec<Alike> = alike
        .iter()
        .map(|event| Alike {
            id: event.id,
            headline: event.content.headline.clone(),
            when: event.content.date.words(None).long,
            note: format!(
                "{}, {}",
                event.content.modality.label().to_lowercase(),
                counted_text(event.source_count, "source", "sources")
            ),
            is_chosen: event.id.to_string() == merge_typed,
        })
        .collect();
    let other = if alike.iter().any(|alike| alike.is_chosen) {
        String::new()
    } else {
        typed("merge")
    };
    Waiting {
        evidence: quotes(candidate),
        why: why(candidate),
        alike,
        reason: Field::new(REASON, &prefix, &typed("reason")).with_faults(&faults),
        merge: Field::new(MERGE, &prefix, &other).with_faults(&faults),
        form: EventForm::new(&prefix, raw, faults, register),
    }
}

/// The words that carry the candidate; the same words in two places once.
fn quotes(candidate: &Candidate) -> Vec<String> {
    let mut quotes: Vec<String> = Vec::new();
    for span in &candidate.spans {
        if !quotes.contains(&span.text) {
            quotes.push(span.text.clone());
        }
    }
    quotes
}

/// How sure the reader was, and by which rules it found the candidate.
fn why(candidate: &Candidate) -> String {
    let percent = candidate.confidence.clamp(0, 1000) / 10;
    let mut words = format!("Confidence {percent} %.");
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
fn route(draft: &EventDraft) -> String {
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
