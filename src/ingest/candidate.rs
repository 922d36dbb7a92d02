//! What extraction proposes → what the record keeps for review.

use crate::{
    domain::{
        event::{EventDraft, HEADLINE_MAX},
        evidence::EvidenceSpan,
        limits::limits,
        status::Status,
    },
    extract::candidate::CandidateEvent,
    ingest::{quote, text_metadata::shortened},
    store::review::{CandidateLink, NewCandidate},
};

/// The candidates of an article as they wait for an editor, in the order of the text, with their links to each other.
pub fn of_article(found: Vec<CandidateEvent>, text: &str) -> Vec<NewCandidate> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|place| {
        let starts = found[*place].evidence.iter().map(|range| range.start);
        starts.min().unwrap_or(usize::MAX)
    });
    let place_of = |old: usize| {
        let place = order.iter().position(|place| *place == old)?;
        i64::try_from(place).ok()
    };
    let links: Vec<Vec<CandidateLink>> = order
        .iter()
        .map(|old| {
            let proposed = found[*old].links.iter();
            proposed
                .filter(|(_, to)| to != old)
                .filter_map(|(kind, to)| Some(CandidateLink::proposed(*kind, place_of(*to)?)))
                .collect()
        })
        .collect();
    let mut found: Vec<Option<CandidateEvent>> = found.into_iter().map(Some).collect();
    order
        .into_iter()
        .zip(links)
        .filter_map(|(old, links)| {
            let candidate = of_reading(found.get_mut(old)?.take()?, text);
            Some(NewCandidate { links, ..candidate })
        })
        .collect()
}

/// A candidate as it waits for an editor, its evidence cut from the article's text. A stretch that does not lie in the text
/// on character boundaries is left out.
fn of_reading(found: CandidateEvent, text: &str) -> NewCandidate {
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
            quote: quote::spoken(text, found.kind, &found.evidence, limits().quote),
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
        links: Vec::new(),
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
        domain::{kind::Kind, modality::Modality, relation::RelationKind},
        extract::why::{Pass, Reason},
    };

    fn found(kind: Kind, evidence: std::ops::Range<usize>) -> CandidateEvent {
        CandidateEvent {
            kind,
            date: "2024-09-10".parse().unwrap(),
            date_text: String::new(),
            modality: Modality::Occurred,
            actors: vec!["IRN".parse().unwrap()],
            targets: Vec::new(),
            named: Vec::new(),
            speakers: Vec::new(),
            headline: format!("a {kind}"),
            evidence: vec![evidence],
            confidence: 0.5,
            why: Vec::new(),
            links: Vec::new(),
        }
    }

    #[test]
    fn candidates_stand_in_the_order_of_the_text_and_their_links_follow_them() {
        let text = "Iran denied it. The US had accused Iran. Iran met Oman.";
        let denial = CandidateEvent {
            links: vec![(RelationKind::Denies, 1), (RelationKind::Follows, 0)],
            ..found(Kind::Denial, 0..15)
        };
        let accusation = found(Kind::Accusation, 16..40);
        let meeting = CandidateEvent {
            links: vec![(RelationKind::Follows, 2)],
            ..found(Kind::Meeting, 41..55)
        };
        let read = of_article(vec![meeting, accusation, denial], text);
        let shown: Vec<_> = read
            .iter()
            .map(|candidate| (candidate.draft.kind, candidate.links.clone()))
            .collect();
        assert_eq!(
            shown,
            [
                (
                    Kind::Denial,
                    vec![
                        CandidateLink::proposed(RelationKind::Denies, 1),
                        CandidateLink::proposed(RelationKind::Follows, 2)
                    ]
                ),
                (Kind::Accusation, Vec::new()),
                (
                    Kind::Meeting,
                    vec![CandidateLink::proposed(RelationKind::Follows, 0)]
                ),
            ]
        );
    }

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
