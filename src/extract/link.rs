//! Candidates of one article → how they stand to each other: what denies, answers, carries out, follows or is part of what.
//!
//! Precision comes first: each link asks for the same parties and for days in order. The relations are those of
//! [`crate::domain::relation`]; links to the record are matching's.

use super::candidate::CandidateEvent;
use crate::domain::{kind::Kind, modality::Modality, party::PartyCode, relation::RelationKind};

/// How many candidates before and after one are looked at.
const WINDOW: usize = 60;

/// Proposes the links of the candidates of an article read together, at most one of each relation a candidate.
pub(crate) fn link(events: &mut [CandidateEvent], text: &str) {
    let proposed: Vec<Vec<(RelationKind, usize)>> = (0..events.len())
        .map(|place| links(events, place, text))
        .collect();
    for (event, links) in events.iter_mut().zip(proposed) {
        event.links = links;
    }
}

fn links(events: &[CandidateEvent], place: usize, text: &str) -> Vec<(RelationKind, usize)> {
    let event = &events[place];
    // the nearest before it in the text, then the nearest after it
    let near = || {
        let before = (place.saturating_sub(WINDOW)..place).rev();
        before.chain(place + 1..events.len().min(place + WINDOW))
    };
    let mut found = Vec::new();
    let mut add = |relation, other: Option<usize>| {
        if let Some(other) = other
            && !found.iter().any(|(_, known)| *known == other)
        {
            found.push((relation, other));
        }
    };
    if event.kind == Kind::Denial {
        let charged = |at: &usize| accuses(&events[*at], event);
        let denied = near()
            .filter(|at| *at < place)
            .find(|at| charged(at) && shares(&events[*at].actors, &event.targets))
            .or_else(|| near().find(|at| *at < place && charged(at) && event.targets.is_empty()));
        match denied.map(|at| events[at].kind) {
            Some(Kind::Accusation) => add(RelationKind::Denies, denied),
            _ => add(RelationKind::Answers, denied),
        }
    } else if replies(event, text) {
        let answered = near().find(|at| {
            let other = &events[*at];
            !comes_before(event, other)
                && other.modality != Modality::Alleged
                && shares(&other.actors, &event.targets)
                && (shares(&other.targets, &event.actors) || other.targets.is_empty())
        });
        add(RelationKind::Answers, answered);
    }
    add(
        RelationKind::CarriesOut,
        near().find(|at| carries_out(event, &events[*at])),
    );
    add(
        RelationKind::PartOf,
        near().find(|at| is_part_of(event, &events[*at])),
    );
    add(
        RelationKind::Follows,
        near().find(|at| follows(event, &events[*at])),
    );
    found
}

/// Whether an act charges, or asks something of, the actor of a denial.
fn accuses(other: &CandidateEvent, denial: &CandidateEvent) -> bool {
    matches!(other.kind, Kind::Accusation | Kind::Demand) && shares(&other.targets, &denial.actors)
}

/// Whether the words that tell an act call it a reply: "in response", "retaliated".
fn replies(event: &CandidateEvent, text: &str) -> bool {
    if event.targets.is_empty() || event.modality == Modality::Alleged {
        return false;
    }
    let words = event
        .evidence
        .first()
        .and_then(|range| text.get(range.clone()))
        .unwrap_or("");
    [
        "in response to",
        "in retaliation",
        "in reply",
        "in return for",
        "in answer to",
        "retaliated",
        "retaliating",
        "responded by",
        "in kind",
        "tit-for-tat",
    ]
    .iter()
    .any(|sign| words.contains(sign))
}

/// Whether an act that happened is what the same actor had warned of, promised or announced toward the same target.
fn carries_out(event: &CandidateEvent, other: &CandidateEvent) -> bool {
    if event.modality != Modality::Occurred
        || !shares(&other.actors, &event.actors)
        || !comes_before(other, event)
    {
        return false;
    }
    let same_target = shares(&other.targets, &event.targets);
    match (other.kind, event.kind) {
        (Kind::Warning, Kind::Sanction | Kind::Military | Kind::Rupture)
        | (Kind::Pledge, Kind::Transfer | Kind::Relief) => {
            other.modality == Modality::Occurred && same_target
        }
        (told, done) => {
            told == done
                && other.modality == Modality::Announced
                && !matches!(
                    done,
                    Kind::Statement
                        | Kind::Accusation
                        | Kind::Denial
                        | Kind::Demand
                        | Kind::Warning
                )
                && (same_target || event.actors.len() > 1 && other.actors == event.actors)
        }
    }
}

/// Whether a meeting or a signing belongs to a visit of the same parties within its days.
fn is_part_of(event: &CandidateEvent, other: &CandidateEvent) -> bool {
    let within = match (other.date.earliest(), other.date.latest()) {
        (Some(first), Some(last)) => event
            .date
            .as_single_day()
            .is_some_and(|day| first <= day && day <= last),
        _ => other.date == event.date,
    };
    other.kind == Kind::Visit
        && matches!(event.kind, Kind::Meeting | Kind::Agreement)
        && event.modality == other.modality
        && within
        && shares(&other.actors, &event.actors)
        && other
            .targets
            .iter()
            .any(|host| event.actors.contains(host) || event.targets.contains(host))
}

/// Whether an act is the next step after one told of the same parties: a penalty after an accusation, an accord after talks.
fn follows(event: &CandidateEvent, other: &CandidateEvent) -> bool {
    if event.modality != Modality::Occurred
        || other.modality != Modality::Occurred
        || !comes_before(other, event)
    {
        return false;
    }
    match (other.kind, event.kind) {
        (Kind::Accusation, Kind::Sanction | Kind::Rupture) => {
            shares(&other.actors, &event.actors) && shares(&other.targets, &event.targets)
        }
        (Kind::Meeting, Kind::Agreement) => {
            let sides = |event: &CandidateEvent| {
                let mut sides: Vec<PartyCode> =
                    event.actors.iter().chain(&event.targets).cloned().collect();
                sides.sort();
                sides.dedup();
                sides
            };
            let all = sides(event);
            all.len() > 1 && all == sides(other)
        }
        _ => false,
    }
}

/// Whether one act may have come before, or on the day of, another: neither is open before, and the days are in order.
fn comes_before(first: &CandidateEvent, second: &CandidateEvent) -> bool {
    match (
        first.date.earliest().or_else(|| first.date.latest()),
        second.date.latest().or_else(|| second.date.earliest()),
    ) {
        (Some(first), Some(second)) => first <= second,
        _ => false,
    }
}

fn shares(a: &[PartyCode], b: &[PartyCode]) -> bool {
    a.iter().any(|party| b.contains(party))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{ArticleText, party::gazetteer::Gazetteer, read};

    /// The links of a text of Friday, 17 May 2024: `kind ACTOR relation kind ACTOR`.
    fn told(text: &str) -> Vec<String> {
        let article = ArticleText::new(text, "2024-05-17".parse().unwrap());
        let events = read(&article, Gazetteer::builtin());
        let name = |event: &CandidateEvent| format!("{} {}", event.kind.slug(), event.actors[0]);
        events
            .iter()
            .flat_map(|event| {
                event.links.iter().map(|(relation, other)| {
                    format!(
                        "{} {} {}",
                        name(event),
                        relation.slug(),
                        name(&events[*other])
                    )
                })
            })
            .collect()
    }

    #[test]
    fn a_denial_denies_the_accusation_before_it() {
        assert_eq!(
            told(
                "Norway accused Russia on Tuesday of jamming its satellites.\n\nRussia denied the Norwegian accusations on Wednesday."
            ),
            ["denial RUS denies accusation NOR"]
        );
    }

    #[test]
    fn a_denial_of_another_is_no_answer_to_the_accusation() {
        assert_eq!(
            told(
                "Norway accused Russia on Tuesday of jamming its satellites.\n\nChina denied Japanese accusations on Wednesday."
            ),
            Vec::<String>::new()
        );
    }

    #[test]
    fn an_act_in_response_answers_what_was_done_to_its_actor() {
        assert_eq!(
            told(
                "Norway expelled two Russian diplomats on Tuesday.\n\nRussia expelled two Norwegian diplomats on Thursday in retaliation."
            ),
            ["rupture RUS answers rupture NOR"]
        );
    }

    #[test]
    fn a_penalty_carries_out_the_warning_of_the_same_parties() {
        assert_eq!(
            told(
                "Norway warned Russia on Monday that it would pay a price.\n\nNorway imposed sanctions on Russia on Thursday."
            ),
            ["sanction NOR carries_out warning NOR"]
        );
    }

    #[test]
    fn a_warning_after_the_penalty_is_not_carried_out_by_it() {
        assert_eq!(
            told(
                "Norway imposed sanctions on Russia on Monday.\n\nNorway warned Russia on Thursday that it would pay a price."
            ),
            Vec::<String>::new()
        );
    }

    #[test]
    fn talks_on_the_day_of_a_visit_are_part_of_it() {
        assert_eq!(
            told(
                "The Norwegian foreign minister visited Finland on Tuesday.\n\nNorway and Finland held talks on Tuesday."
            ),
            ["meeting NOR part_of visit NOR"]
        );
    }

    #[test]
    fn a_rupture_follows_the_accusation_by_the_same_party() {
        assert_eq!(
            told(
                "Norway accused Russia on Tuesday of jamming its satellites.\n\nNorway expelled two Russian diplomats on Thursday."
            ),
            ["rupture NOR follows accusation NOR"]
        );
    }
}
