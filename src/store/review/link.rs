//! How a candidate stands to others of its article: proposed when the article was read, kept or dropped by an editor, and
//! made relations of events as soon as both ends are on record.

use super::{Candidate, Placed};
use crate::{
    domain::{
        cell,
        event::EventDraft,
        id::{ArticleId, CandidateId, EventId},
        relation::{Relation, RelationKind},
    },
    store::{
        db::{Reads, on},
        error::Result,
        revision::RevisionAction,
        row::Row,
        writing::Writing,
    },
};

/// How a candidate stands to another of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CandidateLink {
    /// How.
    pub kind: RelationKind,
    /// The other's position.
    pub to: i64,
    /// What was made of it.
    pub standing: LinkStanding,
}

/// What was made of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkStanding {
    /// It holds, unless an editor drops it.
    Kept,
    /// An editor dropped it.
    Dropped,
}

impl CandidateLink {
    /// A link as it is proposed.
    pub const fn proposed(kind: RelationKind, to: i64) -> Self {
        Self {
            kind,
            to,
            standing: LinkStanding::Kept,
        }
    }

    /// Whether it holds.
    pub fn is_kept(&self) -> bool {
        self.standing == LinkStanding::Kept
    }
}

/// `denies:2|-follows:0`: one that was dropped begins with a minus.
pub(super) fn to_cell(links: &[CandidateLink]) -> String {
    cell::join(links.iter().map(|link| {
        let sign = if link.is_kept() { "" } else { "-" };
        format!("{sign}{}:{}", link.kind, link.to)
    }))
}

/// The links of a cell; `None` where it is none.
pub(super) fn from_cell(text: &str) -> Option<Vec<CandidateLink>> {
    cell::split_filled(text)
        .iter()
        .map(|written| {
            let (standing, written) = match written.strip_prefix('-') {
                Some(written) => (LinkStanding::Dropped, written),
                None => (LinkStanding::Kept, written.as_str()),
            };
            let (kind, to) = written.split_once(':')?;
            Some(CandidateLink {
                kind: kind.parse().ok()?,
                to: to.parse().ok()?,
                standing,
            })
        })
        .collect()
}

/// The links among those candidates of a reading that are recorded, by the positions that these get.
pub(super) fn among(links: &[CandidateLink], recorded: &[Placed<'_>]) -> Vec<CandidateLink> {
    links
        .iter()
        .filter_map(|link| {
            let position = recorded.iter().position(|one| one.place == link.to)?;
            Some(CandidateLink {
                to: i64::try_from(position).ok()?,
                ..*link
            })
        })
        .collect()
}

/// Another candidate of the article, as far as links need it.
pub(super) struct Sibling {
    id: CandidateId,
    position: i64,
    event: Option<EventId>,
    links: Vec<CandidateLink>,
}

impl Sibling {
    /// The event that it became or went into.
    pub(super) const fn event(&self) -> Option<EventId> {
        self.event
    }
}

impl Writing<'_> {
    /// The other candidates of a candidate's article.
    pub(super) async fn siblings(&mut self, candidate: &Candidate) -> Result<Vec<Sibling>> {
        let ArticleId(article) = candidate.article;
        let query = on(
            "candidates",
            "SELECT id, position, event_id, links
FROM candidates
WHERE article_id = $1
  AND id <> $2
ORDER BY position",
        );
        self.tx
            .fetch_all(query.bind(article).bind(candidate.id.0))
            .await?
            .iter()
            .map(sibling)
            .collect()
    }

    /// Gives an event whose candidate was just decided its relations to what its siblings became.
    pub(super) fn link_out(
        content: &mut EventDraft,
        links: &[CandidateLink],
        siblings: &[Sibling],
        own: Option<EventId>,
    ) {
        for link in links.iter().filter(|link| link.is_kept()) {
            let to = siblings
                .iter()
                .find(|sibling| sibling.position == link.to)
                .and_then(Sibling::event);
            if let Some(to) = to.filter(|to| own != Some(*to)) {
                let relation = Relation {
                    kind: link.kind,
                    to,
                };
                if !content.relations.contains(&relation) {
                    content.relations.push(relation);
                }
            }
        }
    }

    /// Gives the events of siblings that were decided before their relations to this candidate's event.
    pub(super) async fn link_in(
        &mut self,
        candidate: &Candidate,
        siblings: &[Sibling],
        event: EventId,
    ) -> Result<()> {
        for (from, kind) in pointing(siblings, candidate, event) {
            let Ok(before) = self.visible(from).await else {
                continue; // it was taken off the record since
            };
            let mut content = before.content.clone();
            content.relations.push(Relation { kind, to: event });
            self.rewrite(&before, content, RevisionAction::Updated)
                .await?;
        }
        Ok(())
    }

    /// Takes from the events of siblings the relations that they had to an event since this candidate went into it.
    pub(super) async fn unlink_in(
        &mut self,
        candidate: &Candidate,
        siblings: &[Sibling],
        event: EventId,
    ) -> Result<()> {
        for (from, kind) in pointing(siblings, candidate, event) {
            let Ok(before) = self.visible(from).await else {
                continue;
            };
            let mut content = before.content.clone();
            let gone = Relation { kind, to: event };
            content.relations.retain(|relation| *relation != gone);
            self.rewrite(&before, content, RevisionAction::Updated)
                .await?;
        }
        Ok(())
    }
}

/// The events of siblings that have a link to a candidate, and which.
fn pointing(
    siblings: &[Sibling],
    candidate: &Candidate,
    event: EventId,
) -> Vec<(EventId, RelationKind)> {
    siblings
        .iter()
        .filter(|sibling| sibling.id != candidate.id)
        .filter_map(|sibling| Some((sibling.event?, &sibling.links)))
        .filter(|(from, _)| *from != event)
        .flat_map(|(from, links)| {
            links
                .iter()
                .filter(|link| link.is_kept() && link.to == candidate.position)
                .map(move |link| (from, link.kind))
        })
        .collect()
}

fn sibling(row: &Row) -> Result<Sibling> {
    Ok(Sibling {
        id: CandidateId(row.int("id")?),
        position: row.int("position")?,
        event: row.opt_coded("event_id", EventId::from_counter)?,
        links: from_cell(&row.text("links")?).ok_or_else(|| row.corrupt("links"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_read_back_and_tell_which_were_dropped() {
        let links = [
            CandidateLink::proposed(RelationKind::Denies, 2),
            CandidateLink {
                kind: RelationKind::CarriesOut,
                to: 0,
                standing: LinkStanding::Dropped,
            },
        ];
        assert_eq!(to_cell(&links), "denies:2|-carries_out:0");
        assert_eq!(from_cell("denies:2|-carries_out:0").unwrap(), links);
        assert_eq!(from_cell(""), Some(Vec::new()));
        assert_eq!(from_cell("denies"), None);
    }
}
