//! What a candidate may belong to, as its form offers it: events on record that may be the same act, events to be linked to,
//! and the links that the article's reader proposed to other candidates.

use crate::{
    domain::{draft::RawFields, matching::Offer, relation::RelationKind},
    store::{
        EventMatch,
        review::{Candidate, CandidateLink, LinkStanding},
    },
    web::filters::counted_text,
};

/// The field that tells that the links of a form were shown, so that those that are not sent were dropped.
pub(super) const LINKS_SHOWN: &str = "links_shown";

/// An event on record that may be the same act.
pub(super) struct Alike {
    pub id: String,
    pub headline: String,
    pub when: String,
    pub note: String,
    pub is_chosen: bool,
}

/// Something that the candidate may be linked to.
pub(super) struct LinkOffer {
    /// What the form sends: `denies:EV-7K3QX2`, or `denies:3` for the candidate at that position.
    pub value: String,
    /// “Denies”.
    pub label: &'static str,
    /// The other's page or its place on this one.
    pub href: String,
    pub headline: String,
    pub when: String,
    pub note: String,
    pub is_chosen: bool,
}

/// All that a candidate's form offers beside its fields.
#[derive(Default)]
pub(super) struct Offers {
    pub alike: Vec<Alike>,
    pub links: Vec<LinkOffer>,
    /// “Denied by candidate 4”, for those that point here.
    pub pointing: Vec<String>,
}

/// Another candidate of the page, as links show it.
pub(super) struct Neighbour<'a> {
    pub number: usize,
    pub candidate: &'a Candidate,
}

impl Offers {
    /// The offers of a candidate; `sent` are the fields of its form, where that was sent and refused.
    pub fn of(
        candidate: &Candidate,
        matches: &[EventMatch],
        neighbours: &[Neighbour<'_>],
        sent: Option<&RawFields>,
    ) -> Self {
        let merge = typed(sent, "merge").trim().to_uppercase();
        let checked: Option<Vec<String>> =
            sent.filter(|sent| sent.contains_key(LINKS_SHOWN))
                .map(|sent| {
                    typed(Some(sent), "link")
                        .split('|')
                        .map(str::to_owned)
                        .collect()
                });
        let mut offers = Self::default();
        for link in &candidate.links {
            offers.links.extend(
                neighbours
                    .iter()
                    .find(|neighbour| neighbour.candidate.position == link.to)
                    .map(|neighbour| of_candidate(link, neighbour, checked.as_deref())),
            );
        }
        for one in matches {
            match one.found.offer.relation() {
                None => offers.alike.push(alike(one, &merge)),
                Some(kind) => offers.links.push(of_event(one, kind, checked.as_deref())),
            }
        }
        for neighbour in neighbours {
            for link in &neighbour.candidate.links {
                if link.to == candidate.position && link.is_kept() {
                    offers.pointing.push(format!(
                        "{} candidate {}",
                        link.kind.inverse_label(),
                        neighbour.number
                    ));
                }
            }
        }
        offers
    }

    /// Whether one of the events on record is chosen as the same act.
    pub fn has_merge(&self) -> bool {
        self.alike.iter().any(|alike| alike.is_chosen)
    }

    /// What the closed candidate says of its offers.
    pub fn sign(&self) -> Option<&'static str> {
        if !self.alike.is_empty() {
            Some("On record?")
        } else if self.links.iter().any(|link| link.value.contains("EV-")) {
            Some("Linked?")
        } else {
            None
        }
    }
}

/// What a form says of a candidate's links to others; `None` where it did not show them.
pub(super) fn kept_links<'a>(
    candidate: &Candidate,
    shown: bool,
    checked: impl Iterator<Item = &'a str>,
) -> Option<Vec<CandidateLink>> {
    let checked: Vec<&str> = checked.collect();
    shown.then(|| {
        candidate
            .links
            .iter()
            .map(|link| CandidateLink {
                standing: if checked.contains(&value_of(link).as_str()) {
                    LinkStanding::Kept
                } else {
                    LinkStanding::Dropped
                },
                ..*link
            })
            .collect()
    })
}

/// The links of a form that lead to events on record, as the field `relations` has them.
pub(super) fn checked_relations<'a>(checked: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    checked.filter(|value| value.contains(":EV-")).collect()
}

fn typed<'a>(sent: Option<&'a RawFields>, name: &str) -> &'a str {
    sent.and_then(|sent| sent.get(name))
        .map_or("", String::as_str)
}

fn value_of(link: &CandidateLink) -> String {
    format!("{}:{}", link.kind, link.to)
}

fn is_checked(value: &str, checked: Option<&[String]>, otherwise: bool) -> bool {
    checked.map_or(otherwise, |checked| checked.iter().any(|one| one == value))
}

fn of_candidate(
    link: &CandidateLink,
    neighbour: &Neighbour<'_>,
    checked: Option<&[String]>,
) -> LinkOffer {
    let value = value_of(link);
    LinkOffer {
        label: link.kind.label(),
        href: format!("#c{}", neighbour.number),
        headline: neighbour.candidate.draft.headline.clone(),
        when: format!("candidate {}", neighbour.number),
        note: format!(
            "read from the article; linked once both are on record ({} now)",
            neighbour.candidate.state.label()
        ),
        is_chosen: is_checked(&value, checked, link.is_kept()),
        value,
    }
}

fn of_event(one: &EventMatch, kind: RelationKind, checked: Option<&[String]>) -> LinkOffer {
    let event = &one.event;
    let value = format!("{kind}:{}", event.id);
    LinkOffer {
        label: kind.label(),
        href: format!("/events/{}", event.id),
        headline: event.content.headline.clone(),
        when: event.content.date.words(None).long,
        note: one.found.reasons.join("; "),
        is_chosen: is_checked(&value, checked, false),
        value,
    }
}

fn alike(one: &EventMatch, merge: &str) -> Alike {
    let event = &one.event;
    debug_assert_eq!(one.found.offer, Offer::Source);
    Alike {
        id: event.id.to_string(),
        headline: event.content.headline.clone(),
        when: format!(
            "{}, {}, {}",
            event.content.date.words(None).long,
            event.content.modality.label().to_lowercase(),
            counted_text(event.source_count, "source", "sources")
        ),
        note: format!(
            "{}: {} % alike",
            one.found.reasons.join("; "),
            one.found.score / 10
        ),
        is_chosen: event.id.to_string() == merge,
    }
}
