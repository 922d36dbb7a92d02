//! Sanctions and reliefs toward a party → where each authority's measures stand: announced, in force, eased, ended.
//!
//! Worked out from the events on record, which are what was reported: it is no official list, and pages say so. A measure
//! that occurred is in force from the day on which it takes effect; a relief that is linked to measures ends those, and one
//! that is not eases whatever is in force. What was retracted or is only alleged does not count.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    event::Event, follow_through::FollowThrough, id::EventId, kind::Kind, modality::Modality,
    party::PartyCode, status::Status,
};

/// Where an authority's measures stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// Told of, or taking effect later; nothing is in force.
    Announced,
    /// At least one measure is in force, and nothing was eased since the last.
    InForce,
    /// Something was lifted or waived, not all of it as far as the record says.
    Eased,
    /// Every measure on record was lifted.
    Ended,
}

impl Force {
    /// The words shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Announced => "Announced",
            Self::InForce => "In force",
            Self::Eased => "Eased",
            Self::Ended => "Ended",
        }
    }
}

/// Days during which something was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The day from which it was.
    pub from: NaiveDate,
    /// The day on which it ended; `None` where it has not.
    pub to: Option<NaiveDate>,
}

/// Where one authority stands toward the party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who imposes.
    pub authority: PartyCode,
    /// Where it stands.
    pub force: Force,
    /// Since when it stands so.
    pub since: NaiveDate,
    /// When something was in force, the earliest first.
    pub periods: Vec<Period>,
    /// Legal bases of the measures, as recorded, each once.
    pub bases: Vec<String>,
    /// The events that it rests on, the latest first.
    pub events: Vec<EventId>,
}

/// Where every authority stands toward `party` on a day, by the events that are sanctions or reliefs toward it, in any
/// order. Authorities with something in force come first, then by the latest change.
pub fn standings(party: &PartyCode, events: &[Event], today: NaiveDate) -> Vec<Standing> {
    let mut ordered: Vec<&Event> = events
        .iter()
        .filter(|event| {
            matches!(event.content.kind, Kind::Sanction | Kind::Relief)
                && event.content.modality != Modality::Alleged
                && event.content.status != Status::Retracted
        })
        .collect();
    ordered.sort_by_key(|event| (effective(event), event.id));
    let mut ledgers: BTreeMap<PartyCode, Ledger> = BTreeMap::new();
    for event in ordered {
        for authority in &event.content.actors {
            if authority != party {
                ledgers
                    .entry(authority.clone())
                    .or_default()
                    .enter(event, today);
            }
        }
    }
    let mut standings: Vec<Standing> = ledgers
        .into_iter()
        .filter_map(|(authority, ledger)| ledger.close(authority))
        .collect();
    standings.sort_by_key(|standing| {
        let rank = match standing.force {
            Force::InForce => 0,
            Force::Eased => 1,
            Force::Announced => 2,
            Force::Ended => 3,
        };
        (
            rank,
            std::cmp::Reverse(standing.since),
            standing.authority.clone(),
        )
    });
    standings
}

/// The day from which an act counts.
fn effective(event: &Event) -> NaiveDate {
    let content = &event.content;
    content
        .effective_date
        .and_then(|date| date.earliest())
        .or_else(|| content.date.earliest())
        .unwrap_or_else(|| content.date.sort_day())
}

/// What one authority has done so far.
#[derive(Debug, Default)]
struct Ledger {
    measures: Vec<EventId>,
    periods: Vec<Period>,
    announced: Option<NaiveDate>,
    eased: Option<NaiveDate>,
    ended: Option<NaiveDate>,
    bases: Vec<String>,
    events: Vec<EventId>,
}

impl Ledger {
    fn enter(&mut self, event: &Event, today: NaiveDate) {
        let day = effective(event);
        let is_done = event.content.modality == Modality::Occurred && day <= today;
        match (event.content.kind, is_done) {
            (Kind::Sanction, true) => {
                self.note(event);
                if self.measures.is_empty() {
                    self.periods.push(Period {
                        from: day,
                        to: None,
                    });
                }
                self.measures.push(event.id);
                self.announced = None;
                self.eased = None;
                self.ended = None;
            }
            (Kind::Sanction, false) => {
                // one that was carried out stands on record as done, one that lapsed never came
                let open = !matches!(
                    event.follow_through,
                    Some(FollowThrough::Fulfilled | FollowThrough::Lapsed)
                );
                if open {
                    self.note(event);
                    self.announced = Some(self.announced.map_or(day, |known| known.min(day)));
                }
            }
            (_, true) => {
                self.note(event);
                self.relieve(event, day);
            }
            // a relief to come changes nothing yet
            (_, false) => {}
        }
    }

    fn note(&mut self, event: &Event) {
        self.events.push(event.id);
        let content = &event.content;
        for basis in [&content.authority, &content.program] {
            if !basis.is_empty() && !self.bases.contains(basis) {
                self.bases.push(basis.clone());
            }
        }
    }

    fn relieve(&mut self, event: &Event, day: NaiveDate) {
        let before = self.measures.len();
        self.measures.retain(|measure| {
            let mut relations = event.content.relations.iter();
            !relations.any(|relation| relation.to == *measure)
        });
        if before > 0 && self.measures.is_empty() {
            if let Some(period) = self.periods.last_mut() {
                period.to = Some(day);
            }
            self.eased = None;
            self.ended = Some(day);
        } else if self.ended.is_none() {
            self.eased = Some(day);
        }
    }

    fn close(self, authority: PartyCode) -> Option<Standing> {
        let in_force = self
            .periods
            .last()
            .filter(|period| period.to.is_none())
            .map(|period| period.from);
        let (force, since) = match (in_force, self.eased, self.announced, self.ended) {
            (_, Some(day), ..) => (Force::Eased, day),
            (Some(day), None, ..) => (Force::InForce, day),
            (None, None, Some(day), _) => (Force::Announced, day),
            (None, None, None, Some(day)) => (Force::Ended, day),
            (None, None, None, None) => return None,
        };
        Some(Standing {
            authority,
            force,
            since,
            periods: self.periods,
            bases: self.bases,
            events: self.events.into_iter().rev().collect(),
        })
    }
}

/// Where an authority publishes its own list.
pub fn official_list(authority: &PartyCode) -> Option<&'static str> {
    Some(match authority.as_str() {
        "USA" => "https://sanctionssearch.ofac.treas.gov/",
        "GBR" => "https://www.gov.uk/government/publications/the-uk-sanctions-list",
        "EU" => "https://www.sanctionsmap.eu/",
        "UN" => "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        "FRA" => "https://gels-avoirs.dgtresor.gouv.fr/",
        "CHE" => {
            "https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos.html"
        }
        "CAN" => {
            "https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx"
        }
        "AUS" => {
            "https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        clock::Timestamp,
        event::EventDraft,
        relation::{Relation, RelationKind},
    };

    fn event(number: i64, kind: Kind, date: &str) -> Event {
        let at: Timestamp = "2024-09-11T07:02:00Z".parse().unwrap();
        Event {
            id: EventId::from_counter(number).unwrap(),
            revision: 1,
            content: EventDraft {
                kind,
                date: date.parse().unwrap(),
                date_text: String::new(),
                modality: Modality::Occurred,
                headline: format!("Event {number}"),
                summary: String::new(),
                quote: String::new(),
                speakers: Vec::new(),
                actors: vec!["USA".parse().unwrap()],
                targets: vec!["IRN".parse().unwrap()],
                named: Vec::new(),
                place: String::new(),
                effective_date: None,
                authority: String::new(),
                program: String::new(),
                legal_url: String::new(),
                list_ids: Vec::new(),
                tags: Vec::new(),
                status: Status::Published,
                confidence: None,
                relations: Vec::new(),
                judgement: None,
                sources: Vec::new(),
            },
            source_count: 1,
            independent_sources: 1,
            first_reported: None,
            follow_through: None,
            follow_through_event: None,
            created_at: at,
            updated_at: at,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn found(events: &[Event]) -> Vec<(Force, String)> {
        standings(&"IRN".parse().unwrap(), events, day("2024-09-30"))
            .into_iter()
            .map(|standing| (standing.force, standing.since.to_string()))
            .collect()
    }

    fn announced(mut event: Event, state: FollowThrough) -> Event {
        event.content.modality = Modality::Announced;
        event.follow_through = Some(state);
        event
    }

    fn lifting(mut event: Event, measure: &Event) -> Event {
        event.content.relations.push(Relation {
            kind: RelationKind::Follows,
            to: measure.id,
        });
        event
    }

    #[test]
    fn a_measure_is_in_force_from_the_day_on_which_it_takes_effect() {
        let mut measure = event(1, Kind::Sanction, "2024-09-10");
        assert_eq!(
            found(std::slice::from_ref(&measure)),
            [(Force::InForce, "2024-09-10".to_owned())]
        );
        measure.content.effective_date = Some("2024-10-15".parse().unwrap());
        assert_eq!(
            found(&[measure]),
            [(Force::Announced, "2024-10-15".to_owned())]
        );
    }

    #[test]
    fn a_relief_that_is_linked_to_every_measure_ends_them_and_another_eases() {
        let first = event(1, Kind::Sanction, "2018-11-05");
        let second = event(2, Kind::Sanction, "2019-01-01");
        let one = lifting(event(3, Kind::Relief, "2020-01-01"), &first);
        let both = lifting(
            lifting(event(4, Kind::Relief, "2021-01-01"), &first),
            &second,
        );
        let loose = event(5, Kind::Relief, "2022-01-01");
        let measures = [first.clone(), second.clone()];
        let with = |relief: &Event| [measures.as_slice(), std::slice::from_ref(relief)].concat();
        assert_eq!(
            found(&with(&one)),
            [(Force::Eased, "2020-01-01".to_owned())]
        );
        assert_eq!(
            found(&with(&both)),
            [(Force::Ended, "2021-01-01".to_owned())]
        );
        assert_eq!(
            found(&with(&loose)),
            [(Force::Eased, "2022-01-01".to_owned())]
        );
        let again = event(6, Kind::Sanction, "2023-01-01");
        let renewed = [with(&both), vec![again]].concat();
        assert_eq!(found(&renewed), [(Force::InForce, "2023-01-01".to_owned())]);
        let periods = &standings(&"IRN".parse().unwrap(), &renewed, day("2024-09-30"))[0].periods;
        assert_eq!(
            periods,
            &[
                Period {
                    from: day("2018-11-05"),
                    to: Some(day("2021-01-01")),
                },
                Period {
                    from: day("2023-01-01"),
                    to: None,
                }
            ]
        );
    }

    #[test]
    fn what_was_announced_counts_until_it_is_done_or_lapses() {
        let told = announced(
            event(1, Kind::Sanction, "2024-09-13/.."),
            FollowThrough::Pending,
        );
        assert_eq!(
            found(std::slice::from_ref(&told)),
            [(Force::Announced, "2024-09-13".to_owned())]
        );
        let done = event(2, Kind::Sanction, "2024-09-20");
        assert_eq!(
            found(&[told.clone(), done]),
            [(Force::InForce, "2024-09-20".to_owned())]
        );
        assert_eq!(found(&[announced(told, FollowThrough::Lapsed)]), []);
    }

    #[test]
    fn what_was_retracted_or_is_alleged_does_not_count() {
        let mut retracted = event(1, Kind::Sanction, "2024-09-10");
        retracted.content.status = Status::Retracted;
        let mut alleged = event(2, Kind::Sanction, "2024-09-10");
        alleged.content.modality = Modality::Alleged;
        assert_eq!(found(&[retracted, alleged]), []);
    }
}
