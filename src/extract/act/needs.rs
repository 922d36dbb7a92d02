//! Whether an act has what its rule needs: the parties that must be there, and somebody on the other side of a talk.

use super::{
    fill::{Agents, Roles},
    noun::guest,
    rule::{Actor, Needs},
};
use crate::{
    domain::kind::Kind,
    extract::{
        clause::Stand,
        party::{gazetteer::PartyIndex, roles},
        words,
    },
};

impl Roles<'_, '_, '_> {
    /// Whether the act has the parties that its rule asks for.
    pub(super) fn suffice(&self, agents: &Agents, targets: &[PartyIndex]) -> bool {
        let collective = self
            .doers
            .iter()
            .any(|mention| self.clause.mentions[*mention].collective);
        let alone = agents.parties.len() < if collective { 1 } else { 2 };
        let talks = self.rule.kind == Kind::Meeting;
        let stranger = talks && !agents.is_empty() && self.meets_stranger();
        if self.rule.actor == Actor::Both && alone && !stranger {
            return false;
        }
        // "hosted by" tells a meeting of those who were hosted
        let received = self.verb.passive && self.rule.name == "receive a guest";
        if received && self.subjects.is_empty() {
            return false;
        }
        // troops arrive; they do not visit
        let force = |mention: &usize| roles::is_force(&self.clause.mentions[*mention]);
        let guest = guest(self.clause, self.verb.head).is_some();
        if self.rule.kind == Kind::Visit && (guest || self.subjects.iter().any(force)) {
            return false;
        }
        let meets = talks && self.rule.actor == Actor::Subject && self.rule.needs != Needs::Told;
        if meets && !stranger && agents.parties.len() + targets.len() < 2 && !collective {
            return false;
        }
        let passive = self.verb.passive;
        match self.rule.needs {
            Needs::Actor => {
                // a resolution is adopted by a body that is not named again
                let ruling = passive && self.rule.kind == Kind::Ruling && self.doers.is_empty();
                !agents.is_empty() || ruling
            }
            Needs::Told => !agents.is_empty(),
            Needs::Undergone => {
                let start = self.clause.left_start(self.verb.first);
                let none = (start..self.verb.first)
                    .any(|at| matches!(self.clause.word(at), "no" | "none" | "neither" | "nor"));
                passive
                    && !none
                    && agents.is_empty()
                    && self.verb.stand == Stand::Finite
                    && !targets.is_empty()
            }
            Needs::Several => agents.parties.len() > 1 || collective,
            Needs::Other => !agents.is_empty() && !targets.is_empty(),
            Needs::OnlyOther => {
                let listed = self.rule.kind == Kind::Sanction && !agents.parties.is_empty();
                let nobody = agents.is_empty() && !passive && self.rule.actor == Actor::Subject;
                (!targets.is_empty() || listed) && !nobody
            }
        }
    }

    /// Whether somebody who is no party known stands on the other side of a talk: "met the patriarch", "met Jane Doe".
    fn meets_stranger(&self) -> bool {
        for at in self.verb.head + 1..self.right.min(self.verb.head + 9) {
            if self.clause.mention_index(at).is_some() {
                continue;
            }
            let (word, known) = (self.clause.word(at), self.clause.known(at));
            if words::is_preposition(known) && !matches!(word, "with" | "between" | "of") {
                return false;
            }
            let named = self.clause.tokens[at].is_capital() && !words::is_time_noun(known);
            if named || is_counterpart(word) {
                return true;
            }
        }
        false
    }
}

/// Whether a word names somebody whom officials meet, whatever the party.
fn is_counterpart(word: &str) -> bool {
    matches!(
        word,
        "leader"
            | "leaders"
            | "president"
            | "minister"
            | "ministers"
            | "counterpart"
            | "counterparts"
            | "official"
            | "officials"
            | "delegation"
            | "patriarch"
            | "pope"
            | "king"
            | "prince"
            | "emir"
            | "sultan"
            | "envoy"
            | "envoys"
            | "ambassador"
            | "ambassadors"
            | "diplomats"
            | "representatives"
            | "lawmakers"
            | "commander"
            | "commanders"
            | "negotiators"
    )
}
