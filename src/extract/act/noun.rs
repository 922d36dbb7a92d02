//! Acts told by nouns: "Russia's invasion of Ukraine", "after talks with Oman", "US sanctions came into force".

use super::{
    fill::{Agents, follows, named_in},
    find::Act,
    modality::Frame,
    rule::{self, ActRule, Group, Needs, Trigger},
};
use crate::{
    domain::{kind::Kind, modality::Modality},
    extract::{
        clause::{Clause, Stand},
        party::{
            gazetteer::PartyIndex,
            mention::{Class, Mention},
            roles::Subject,
        },
        words,
    },
};

/// Adds the acts that nouns tell and no verb beside them has told.
pub(super) fn add(clause: &Clause, frames: &[Frame], acts: &mut Vec<Act>) {
    for at in 0..clause.tokens.len() {
        if clause
            .verb_index(at)
            .is_some_and(|verb| clause.verbs[verb].head == at)
        {
            continue;
        }
        let Some(triggers) = rule::book().nouns.get(&clause.known(at).id) else {
            continue;
        };
        for trigger in triggers {
            let Some(act) = Noun::at(clause, at).and_then(|noun| noun.act(trigger, frames)) else {
                continue;
            };
            let told = acts.iter().any(|known| {
                known.kind == act.kind && !known.by_noun && at >= known.first && at <= known.end
            });
            if !told {
                acts.push(act);
                break;
            }
        }
    }
}

/// A noun with what stands around it.
struct Noun<'c, 's, 't> {
    clause: &'c Clause<'s, 't>,
    at: usize,
    /// Where the words that go with it end.
    end: usize,
    /// The verb that it is the subject of.
    heads: Option<usize>,
    /// The verb that says how it is told.
    governor: Option<usize>,
}

impl<'c, 's, 't> Noun<'c, 's, 't> {
    fn at(clause: &'c Clause<'s, 't>, at: usize) -> Option<Self> {
        if clause.is_held_back(at) || clause.is_question() {
            return None;
        }
        let before = (0..clause.verbs.len())
            .rev()
            .find(|verb| clause.verbs[*verb].head < at);
        let after = (0..clause.verbs.len()).find(|verb| {
            let verb = &clause.verbs[*verb];
            verb.first > at && verb.stand == Stand::Finite
        });
        // "US sanctions on Iran will include": told by the verb that it is the subject of
        let heads = after.filter(|verb| {
            clause.verbs[*verb].first - at < 9
                && before.is_none_or(|before| clause.verbs[before].stand != Stand::Finite)
                && matches!(clause.subject(*verb), Subject::Thing(_))
        });
        let end = heads.map_or_else(
            || clause.right_end(at).min(at + 16),
            |verb| clause.right_end(clause.verbs[verb].head),
        );
        Some(Self {
            clause,
            at,
            end,
            heads,
            governor: heads.or(before),
        })
    }

    fn act(&self, trigger: &Trigger, frames: &[Frame]) -> Option<Act> {
        let (clause, rule) = (self.clause, trigger.rule);
        if !self.matches(trigger) {
            return None;
        }
        let owner = self.owner();
        let (actors, speakers) = self.actors(rule, owner);
        let both = is_mutual(rule.kind);
        if actors.is_empty() || both && actors.len() < 2 {
            return None;
        }
        let targets: Vec<PartyIndex> = clause
            .parties_in(self.at + 1, self.end)
            .into_iter()
            .filter(|party| !actors.contains(party))
            .collect();
        if rule.needs != Needs::Actor && targets.is_empty() && !both {
            return None;
        }
        let modality = self.modality()?;
        let first = owner.map_or(self.at, |owner| clause.mentions[owner].first);
        Some(Act {
            kind: rule.kind,
            rule: rule.name,
            actors,
            targets,
            named: named_in(clause, first, self.end),
            speakers,
            modality,
            verb: self.governor,
            head: self.at,
            first,
            end: self.end,
            frame: frames.iter().position(|frame| frame.holds(self.at)),
            persons: Vec::new(),
            by_noun: true,
        })
    }

    fn matches(&self, trigger: &Trigger) -> bool {
        let word = |at: usize| self.clause.known(at);
        let adjacent = trigger.adjacent.iter().enumerate().all(|(offset, group)| {
            let near = self.at + 1..(self.at + 4).min(self.end);
            group.contains(word(self.at + 1 + offset))
                || offset == 0 && near.into_iter().any(|at| group.contains(word(at)))
        });
        let from = self.at.saturating_sub(4);
        let met =
            |group: &Group| (from..self.end).any(|at| at != self.at && group.contains(word(at)));
        adjacent && trigger.with.iter().all(met) && !trigger.without.as_ref().is_some_and(met)
    }

    fn actors(&self, rule: &ActRule, owner: Option<usize>) -> (Vec<PartyIndex>, Vec<String>) {
        let clause = self.clause;
        let after: Vec<usize> = clause.mentions_between(self.at + 1, self.end).collect();
        let group_after = |prepositions: &[&str]| -> Vec<usize> {
            after
                .iter()
                .copied()
                .find(|mention| {
                    follows(clause, *mention, prepositions) && !clause.mentions[*mention].qualifies
                })
                .map_or_else(Vec::new, |mention| clause.coordinated_after(mention))
        };
        let with = group_after(&["with", "between"]);
        let mut agents: Vec<usize> = owner
            .into_iter()
            .chain(group_after(&["by", "from"]))
            .collect();
        let both = is_mutual(rule.kind);
        let subject = || match self.governor.map(|verb| clause.subject(verb)) {
            Some(Subject::Parties(subject)) => subject,
            _ => Vec::new(),
        };
        if both {
            agents.extend(&with);
            if agents.len() < 2 || with.len() == agents.len() && with.len() < 2 {
                agents.splice(0..0, subject());
            }
        } else if rule.kind == Kind::Visit && agents.is_empty() {
            agents = subject();
        }
        if !both && rule.kind != Kind::Visit {
            return (clause.parties_of(&agents), Vec::new());
        }
        let acting: Vec<usize> = agents
            .iter()
            .copied()
            .filter(|mention| clause.mentions[*mention].acts)
            .collect();
        let found = Agents::of(clause, &acting, rule.kind);
        if found.parties.is_empty() {
            (clause.parties_of(&agents), found.names)
        } else {
            (found.parties, found.names)
        }
    }

    fn modality(&self) -> Option<Modality> {
        let Some(index) = self.governor else {
            return Some(Modality::Occurred);
        };
        let verb = &self.clause.verbs[index];
        let scheduled =
            verb.passive && matches!(verb.lemma, "plan" | "schedule" | "set" | "slate" | "expect");
        if scheduled && self.heads.is_some() && !verb.negated {
            return Some(Modality::Announced);
        }
        if is_about(verb.lemma) {
            return None;
        }
        self.clause.told(index, false, false)
    }

    /// The mention that the noun belongs to: "Russia's", "Israeli".
    fn owner(&self) -> Option<usize> {
        let clause = self.clause;
        let mut start = self.at;
        while start > 0 && self.at - start < 4 {
            let before = start - 1;
            if let Some(mention) = clause.mention_index(before) {
                let found: &Mention = &clause.mentions[mention];
                let owns =
                    found.qualifies || clause.word(start) == "'s" || found.class == Class::People;
                return owns.then_some(mention);
            }
            let word = clause.word(before);
            if words::is_determiner(word)
                || words::is_preposition(word)
                || words::is_break(clause.tokens[before].text)
                || clause.tokens[before].text == ","
            {
                return None;
            }
            start = before;
        }
        None
    }
}

/// Kinds of act that take both sides alike.
fn is_mutual(kind: Kind) -> bool {
    matches!(kind, Kind::Meeting | Kind::Agreement)
}

/// Verbs that speak about an act without telling it.
fn is_about(lemma: &str) -> bool {
    matches!(
        lemma,
        "threaten"
            | "urge"
            | "demand"
            | "call"
            | "want"
            | "seek"
            | "propose"
            | "deny"
            | "reject"
            | "refuse"
            | "prevent"
            | "avoid"
            | "consider"
            | "discuss"
            | "fear"
            | "expect"
            | "plan"
            | "oppose"
            | "warn"
            | "lift"
            | "ease"
            | "cancel"
            | "postpone"
            | "suspend"
            | "waive"
            | "offer"
            | "support"
            | "back"
            | "ask"
            | "face"
            | "prepare"
            | "hope"
            | "need"
            | "rule"
    )
}
