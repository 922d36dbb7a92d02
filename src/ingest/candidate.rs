//! What extraction proposes → what the record keeps for review.

use crate::{
    domain::{
        event::{EventDraft, HEADLINE_MAX},
        evidence::EvidenceSpan,
        limits::limits,
        status::Status,
    },
    extract::candidate::CandidateEvent,
    ingest::text_metadata::shortened,
    store::review::NewCandidate,
};

/// A candidate as it waits for an editor, its evidence cut from the article's text. A stretch that does not lie in the text
/// on character boundaries is left out.
pub fn of_reading(found: CandidateEvent, text: &str) -> NewCandidate {
    let spans = found
        .evidence
        .iter()
        .filter_map(|range| {
            Some(EvidenceSpan {
                start: i64::try_from(range.start).ok()?,
                end: i64::try_from(range.end).ok()?,
                text: text.get(range.clone())?.to_owned(),
            })
        })
        .collect();
    let confidence = thousandths(found.confidence);
    let rules = found.rules();
    NewCandidate {
        draft: EventDraft {
            kind: found.kind,
            date: found.date,
            date_text: shortened(&found.date_text, HEADLINE_MAX),
            modality: found.modality,
            headline: shortened(&found.headline, limits().headline),
            summary: String::new(),
            quote: String::new(),
            speakers: found.speakers,
            actors: found.actors,
            targets: found.targets,
            named: found.named,
            place: String::new(),
            effective_date: None,
            authority: String::new(),
            program: String::new(),
            legal_url: String::new(),
            list_ids: Vec::new(),
            tags: Vec::new(),
            status: Status::Published,
            confidence: Some(confidence),
            relations: Vec::new(),
            judgement: None,
            sources: Vec::new(),
        },
        spans,
        rules,
        confidence,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the value lies between 0 and 1000"
)]
fn thousandths(share: f64) -> i64 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{kind::Kind, modality::Modality},
        extract::why::{Pass, Reason},
    };

    #[test]
    fn evidence_is_the_articles_own_words() {
        let text = "Café talks. Iran denied it.";
        let start = text.find("Iran").unwrap();
        let found = CandidateEvent {
            kind: Kind::Denial,
            date: "2024-09-10".parse().unwrap(),
            date_text: String::new(),
            modality: Modality::Occurred,
            actors: vec!["IRN".parse().unwrap()],
            targets: Vec::new(),
            named: Vec::new(),
            speakers: Vec::new(),
            headline: "Iran denies ".repeat(60).trim().to_owned(),
            evidence: vec![start..text.len(), 4..5],
            confidence: 0.8765,
            why: vec![Reason {
                pass: Pass::Act,
                rule: "deny",
                words: 19..25,
            }],
            links: Vec::new(),
        };
        let candidate = of_reading(found, text);
        assert_eq!(
            candidate.spans,
            [EvidenceSpan {
                start: 13,
                end: 28,
                text: "Iran denied it.".to_owned()
            }]
        );
        assert_eq!(candidate.confidence, 877);
        assert_eq!(candidate.rules, ["act: deny"]);
        assert!(candidate.draft.headline.chars().count() <= HEADLINE_MAX);
    }
}
