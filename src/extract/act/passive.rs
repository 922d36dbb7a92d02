//! Who does what a passive tells: those after "by", the keepers of the freed, the owner of the penalty, the side that announces.

use super::{
    fill::{Agents, Roles, follows, is_measure},
    modality::Frame,
};
use crate::{
    domain::kind::Kind,
    extract::party::{
        mention::Class,
        roles::{self, Subject},
    },
};

impl Roles<'_, '_, '_> {
    /// Of a passive: those after "by"; of a summons the organ summoned to, of a recall the envoy's own state, of an
    /// expulsion where it is from, of what is concluded those between whom it is.
    pub(super) fn passive_doers(&self) -> Vec<usize> {
        let agents = self.clause.agents(self.verb);
        if agents.is_empty() && matches!(self.rule.kind, Kind::Agreement | Kind::Meeting) {
            return self.between();
        }
        if agents.is_empty() && self.rule.kind == Kind::Military {
            // "50,000 US troops will be sent"
            let forces = self.subjects.iter().copied();
            return forces
                .filter(|mention| {
                    roles::is_force(&self.clause.mentions[*mention])
                        && matches!(
                            self.verb.lemma,
                            "send" | "deploy" | "dispatch" | "commit" | "station" | "move" | "fly"
                        )
                })
                .collect();
        }
        if !agents.is_empty() || !matches!(self.rule.kind, Kind::Rupture | Kind::Relief) {
            return agents;
        }
        if matches!(
            self.verb.lemma,
            "expel" | "eject" | "oust" | "throw" | "kick" | "boot" | "suspend" | "exclude"
        ) {
            return self
                .objects
                .iter()
                .copied()
                .filter(|mention| {
                    follows(self.clause, *mention, &["from"])
                        && !self.clause.mentions[*mention].qualifies
                })
                .take(1)
                .collect();
        }
        if self.rule.kind == Kind::Relief {
            return self.keepers();
        }
        if matches!(self.verb.lemma, "recall" | "bring" | "withdraw") {
            return self.subjects.clone();
        }
        self.objects
            .iter()
            .copied()
            .filter(|mention| {
                follows(self.clause, *mention, &["to"]) && !self.clause.mentions[*mention].qualifies
            })
            .take(1)
            .collect()
    }

    /// Those joined after "between", beside what a passive is about.
    fn between(&self) -> Vec<usize> {
        let from = self.clause.left_start(self.verb.first);
        self.clause
            .mentions_between(from, self.right)
            .find(|mention| follows(self.clause, *mention, &["between", "among"]))
            .map_or_else(Vec::new, |mention| self.clause.coordinated_after(mention))
    }

    /// Whoever held those who are freed: "hostages held by the Taliban were released".
    fn keepers(&self) -> Vec<usize> {
        let start = self.clause.left_start(self.verb.first);
        self.clause
            .verbs
            .iter()
            .filter(|verb| verb.first >= start && verb.head < self.verb.first && verb.passive)
            .find(|verb| {
                matches!(
                    verb.lemma,
                    "hold"
                        | "detain"
                        | "jail"
                        | "imprison"
                        | "capture"
                        | "seize"
                        | "kidnap"
                        | "abduct"
                )
            })
            .map_or_else(Vec::new, |verb| self.clause.agents(verb))
    }

    /// Who acts in a passive without "by": the owner of the penalty, or the side that announces it.
    pub(super) fn supply(&self, agents: &mut Agents, frames: &[Frame]) {
        let measure = matches!(self.rule.kind, Kind::Sanction | Kind::Relief);
        if let (Subject::Thing(Some(owner)), true) = (&self.subject, measure) {
            agents.parties = self.clause.parties_of(&[*owner]);
        }
        if measure && agents.parties.is_empty() {
            // "hit with EU penalties", "barred from Algerian airspace"
            let owner = self.objects.iter().copied().find(|mention| {
                let found = &self.clause.mentions[*mention];
                (found.qualifies || found.class == Class::People)
                    && (found.last + 1..found.last + 4).any(|at| is_measure(self.clause.word(at)))
            });
            agents.parties = self.clause.parties_of(owner.as_slice());
        }
        let planned =
            (measure || self.rule.kind == Kind::Transfer) && roles::is_future(self.verb.tense);
        let frame = frames
            .iter()
            .find(|frame| self.clause.is_reported(self.index, frame));
        if let (true, Some(frame)) = (planned, frame) {
            agents.parties = Agents::of(self.clause, &frame.speakers, Kind::Statement).parties;
        }
    }
}
