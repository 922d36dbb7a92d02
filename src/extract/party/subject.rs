//! A verb in its sentence → its subject, through coordination, relatives, infinitives, participles and quotations.

use super::{
    mention::Class,
    roles::{self, ACTING_NOUNS, OBJECT_CONTROL, is_edge},
};
use crate::extract::{
    act::content,
    clause::{Clause, Stand, Tense, Verb},
    token::Shape,
    words,
};

/// How far subjects are followed from verb to verb.
const DEPTH: u8 = 6;

/// Who does what a verb says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Parties, as places among the clause's mentions, in the order of the text.
    Parties(Vec<usize>),
    /// Something that is no party; with the mention that owns it, as in "Israeli strikes".
    Thing(Option<usize>),
    /// No subject was found.
    Missing,
}

impl Clause<'_, '_> {
    /// Who does what the verb says, through coordination, relatives, infinitives and participles.
    pub fn subject(&self, verb: usize) -> Subject {
        self.subject_within(verb, DEPTH)
    }

    pub(super) fn subject_within(&self, index: usize, depth: u8) -> Subject {
        let Some(verb) = self.verbs.get(index) else {
            return Subject::Missing;
        };
        if depth == 0 {
            return Subject::Missing;
        }
        match verb.stand {
            Stand::Finite => self.finite_subject(index, depth),
            Stand::Infinitive => self.controller(index, depth),
            Stand::Gerund => self.gerund_subject(index, depth),
            Stand::Reduced => self.noun_before(verb.first),
        }
    }

    /// The nearest verb before, of any stand.
    #[expect(clippy::unused_self, reason = "reads as the other ways to a verb")]
    pub(super) fn verb_before(&self, index: usize) -> Option<usize> {
        index.checked_sub(1)
    }

    /// The nearest finite verb before, outside the relative clauses that have closed.
    pub fn finite_before(&self, index: usize) -> Option<usize> {
        let tense = self.verbs[index].tense;
        let told = |tense: Tense| {
            matches!(
                tense,
                Tense::Past | Tense::PresentPerfect | Tense::PastPerfect
            )
        };
        let finite = |at: &usize| self.verbs[*at].stand == Stand::Finite;
        let earlier = || (0..index).rev().take(8).filter(finite);
        let main = |at: &usize| !self.is_relative_clause(&self.verbs[*at]);
        // "said the claim was slander and accused": speaking goes on with speaking
        let speaks = content::speaks(self.verbs[index].lemma)
            .then(|| {
                earlier().find(|at| {
                    content::is_saying(self.verbs[*at].lemma)
                        && told(self.verbs[*at].tense) == told(tense)
                })
            })
            .flatten();
        if speaks.is_some() {
            return speaks;
        }
        earlier()
            .find(|at| main(at) && self.verbs[*at].tense == tense)
            // "has opposed the idea that it could be used, and demanded"
            .or_else(|| earlier().find(|at| main(at) && told(self.verbs[*at].tense) == told(tense)))
            .or_else(|| earlier().find(main))
            .or_else(|| earlier().next())
    }

    pub(super) fn is_relative_clause(&self, verb: &Verb) -> bool {
        verb.first > 0 && words::is_relative(self.known(verb.first - 1))
    }

    pub(super) fn controller(&self, index: usize, depth: u8) -> Subject {
        let verb = &self.verbs[index];
        let Some(before) = verb.first.checked_sub(1) else {
            return Subject::Missing;
        };
        if let Some(mention) = self.mention_index(before) {
            // "US to impose" in a headline
            if self.headline && (0..index).all(|at| self.verbs[at].stand != Stand::Finite) {
                return Subject::Parties(self.coordinated_with(mention));
            }
        }
        // "the premier's decision to expel": by the owner of the decision
        if matches!(
            self.word(before),
            "decision"
                | "plan"
                | "plans"
                | "threat"
                | "pledge"
                | "promise"
                | "vow"
                | "move"
                | "bid"
                | "intention"
                | "offer"
                | "refusal"
        ) && let Some((Subject::Thing(_), start)) = self.thing(before)
        {
            let owner = self
                .mentions_between(start, before)
                .last()
                .filter(|mention| {
                    self.word(self.mentions[*mention].last + 1) == "'s"
                        || self.mentions[*mention].qualifies
                });
            if let Some(owner) = owner {
                return Subject::Parties(vec![owner]);
            }
        }
        let Some(governor) = self.verb_before(index) else {
            return Subject::Missing;
        };
        let govern = &self.verbs[governor];
        if OBJECT_CONTROL.contains(&govern.lemma) && !govern.passive {
            let objects: Vec<usize> = self
                .mentions_between(govern.head + 1, verb.first)
                .filter(|mention| !self.mentions[*mention].qualifies)
                .collect();
            return if objects.is_empty() {
                Subject::Thing(None)
            } else {
                Subject::Parties(objects)
            };
        }
        self.subject_within(governor, depth - 1)
    }

    pub(super) fn gerund_subject(&self, index: usize, depth: u8) -> Subject {
        let verb = &self.verbs[index];
        let before = verb.first.checked_sub(1).map_or("", |at| self.word(at));
        // "a resolution requiring": the noun before does it
        if let Some(at) = verb.first.checked_sub(1)
            && self.tokens[at].shape == Shape::Lower
            && self.mention_index(at).is_none()
            && self.verb_index(at).is_none()
            && !is_edge(before)
            && !words::is_determiner(before)
            && !words::is_time_noun(before)
            && let Some((subject, _)) = self.thing(at)
        {
            return subject;
        }
        if before == "by"
            && let Some(governor) = self.verb_before(index)
        {
            return self.subject_within(governor, depth - 1);
        }
        if matches!(before, "of" | "for" | "from" | "into")
            && let Some(governor) = self.verb_before(index)
        {
            let govern = &self.verbs[governor];
            if matches!(
                govern.lemma,
                "accuse"
                    | "blame"
                    | "suspect"
                    | "condemn"
                    | "criticise"
                    | "criticize"
                    | "denounce"
                    | "ban"
                    | "bar"
                    | "stop"
                    | "prevent"
                    | "charge"
                    | "fault"
                    | "rebuke"
                    | "thank"
                    | "praise"
                    | "prohibit"
                    | "block"
                    | "deter"
            ) {
                if govern.passive {
                    return self.subject_within(governor, depth - 1);
                }
                let objects: Vec<usize> =
                    self.mentions_between(govern.head + 1, verb.first).collect();
                return if objects.is_empty() {
                    Subject::Thing(None)
                } else {
                    Subject::Parties(objects)
                };
            }
        }
        if let Some(mention) = verb
            .first
            .checked_sub(1)
            .and_then(|at| self.mention_index(at))
            && !matches!(before, "," | "and")
            && !self.mentions[mention].qualifies
            && self.mentions[mention].class != Class::People
        {
            let head = &self.mentions[mention];
            let after_preposition =
                head.first > 0 && words::is_preposition(self.known(head.first - 1));
            if !after_preposition || self.finite_before(index).is_none() {
                return Subject::Parties(vec![mention]);
            }
        }
        if let Some(finite) = self.finite_before(index) {
            return self.subject_within(finite, depth - 1);
        }
        let after = (index + 1..self.verbs.len())
            .take(6)
            .find(|at| self.verbs[*at].stand == Stand::Finite);
        after.map_or(Subject::Missing, |after| {
            self.subject_within(after, depth - 1)
        })
    }

    /// The mention, or the thing, that a participle or a relative follows.
    pub(super) fn noun_before(&self, first: usize) -> Subject {
        let Some(mut at) = first.checked_sub(1) else {
            return Subject::Missing;
        };
        while at > 0
            && (self.tokens[at].text == ","
                || words::is_adverb(self.known(at)) && self.mention_index(at).is_none())
        {
            at -= 1;
        }
        match self.mention_index(at) {
            Some(mention) => Subject::Parties(self.coordinated_with(mention)),
            None => self
                .thing(at)
                .map_or(Subject::Missing, |(subject, _)| subject),
        }
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one walk to the left, a case a sort of word"
    )]
    pub(super) fn finite_subject(&self, index: usize, depth: u8) -> Subject {
        let verb = &self.verbs[index];
        let mut at = verb.first;
        let mut extra: Option<usize> = None;
        let mut steps = 0;
        while at > 0 && steps < 60 {
            steps += 1;
            at -= 1;
            let token = &self.tokens[at];
            let word = token.low.as_ref();
            if let Some(mention) = self.mention_index(at) {
                let found = &self.mentions[mention];
                let start = self.phrase_start(found.first);
                let before = start.checked_sub(1).map_or("", |at| self.word(at));
                if (words::is_preposition(before) && before != "including" || before == "to")
                    && !self.is_verb_particle(start)
                {
                    at = start - 1;
                    continue;
                }
                if found.qualifies && self.word(found.last + 1) == "'s" {
                    at = found.first;
                    continue;
                }
                let mut parties = self.coordinated_with(mention);
                // "cooperation between Moscow and Tehran"
                if let [first, _, ..] = parties[..] {
                    let start = self.phrase_start(self.mentions[first].first);
                    let before = start.checked_sub(1).map_or("", |at| self.word(at));
                    if words::is_preposition(before) && !self.is_verb_particle(start) {
                        at = start - 1;
                        continue;
                    }
                }
                if let Some(extra) = extra {
                    parties.insert(0, extra);
                }
                return Subject::Parties(parties);
            }
            if let Some(other) = self.verb_index(at) {
                let found = &self.verbs[other];
                match found.stand {
                    Stand::Reduced | Stand::Gerund | Stand::Infinitive => {
                        at = found.first;
                        continue;
                    }
                    Stand::Finite => return Subject::Missing,
                }
            }
            if token.text == "," || matches!(token.text, "–" | "—") {
                if at + 1 == verb.first || steps > 1 {
                    match self.parenthesis_before(at) {
                        Some(start) => {
                            extra = extra.or_else(|| self.body_in(start + 1, at));
                            at = start;
                            continue;
                        }
                        None if at + 1 == verb.first && token.text == "," => {
                            return self
                                .finite_before(index)
                                .map_or(Subject::Missing, |finite| {
                                    self.subject_within(finite, depth - 1)
                                });
                        }
                        None if token.text == "," => continue,
                        None => return Subject::Missing,
                    }
                }
                continue;
            }
            if word == "then" && at > 0 && self.mention_index(at - 1).is_some() {
                continue;
            }
            if matches!(word, "and" | "but" | "or" | "then" | "nor") {
                if at + 1 == verb.first
                    || (at + 2 == verb.first && words::is_adverb(self.known(at + 1)))
                    || self.only_adverbs(at + 1, verb.first)
                    || self.only_times(at + 1, verb.first)
                {
                    return self
                        .finite_before(index)
                        .map_or(Subject::Missing, |finite| {
                            self.subject_within(finite, depth - 1)
                        });
                }
                return Subject::Missing;
            }
            if words::is_relative(token)
                || (word == "that" && self.only_adverbs(at + 1, verb.first))
            {
                return self.noun_before(at);
            }
            if words::is_double_quote(token.text) {
                let closes =
                    at > 0 && matches!(self.tokens[at - 1].text, "," | "." | "?" | "!" | "…");
                if self.only_adverbs(at + 1, verb.first) && (closes || at == 0) {
                    return self.after(verb);
                }
                continue;
            }
            if token.text == ")" {
                match (at.saturating_sub(12)..at)
                    .rev()
                    .find(|at| self.tokens[*at].text == "(")
                {
                    Some(open) => {
                        at = open;
                        continue;
                    }
                    None => return Subject::Missing,
                }
            }
            if words::is_break(token.text) || (words::is_subordinator(token) && word != "as") {
                return Subject::Missing;
            }
            if words::is_adverb(token) || word == "that" {
                continue;
            }
            if words::is_subject_pronoun(token) || matches!(word, "him" | "them" | "this" | "those")
            {
                return Subject::Thing(None);
            }
            if token.is_word() || token.shape == Shape::Number {
                let Some((thing, start)) = self.thing(at) else {
                    continue;
                };
                let before = start.checked_sub(1).map_or("", |at| self.word(at));
                // "Saudi Arabia and its allies"
                if before == "and"
                    && let Some(other) = start.checked_sub(2).and_then(|at| self.mention_index(at))
                    && !self.mentions[other].qualifies
                    && !self.is_object(&self.mentions[other])
                    && matches!(
                        self.word(at),
                        "allies"
                            | "countries"
                            | "states"
                            | "nations"
                            | "partners"
                            | "others"
                            | "officials"
                            | "leaders"
                            | "forces"
                            | "troops"
                    )
                {
                    at = self.mentions[other].last + 1;
                    continue;
                }
                if words::is_preposition(before) && before != "including"
                    || matches!(before, "to" | "ago")
                {
                    at = start - 1;
                    continue;
                }
                // "On Tuesday", "last week" without a preposition
                if words::is_time_noun(self.known(at)) {
                    at = start;
                    continue;
                }
                return thing;
            }
        }
        if verb.first == 0 || steps > 0 && at == 0 {
            return self.after_if_quoted(verb);
        }
        Subject::Missing
    }

    /// Whether the word before a phrase is the particle of a verb: "called off", "voted down".
    pub(super) fn is_verb_particle(&self, start: usize) -> bool {
        start >= 2
            && matches!(self.word(start - 1), "off" | "down" | "out" | "up" | "over")
            && self.verb_index(start - 2).is_some()
    }

    pub(super) fn only_adverbs(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| {
            self.mention_index(at).is_none()
                && (words::is_adverb(self.known(at)) || self.tokens[at].text == ",")
        })
    }

    /// The subject after its verb: "…," said Peskov.
    pub(super) fn after(&self, verb: &Verb) -> Subject {
        let mut at = verb.head + 1;
        while at < self.tokens.len()
            && at < verb.head + 3
            && (words::is_determiner(self.known(at)) || words::is_adverb(self.known(at)))
        {
            at += 1;
        }
        match self.mention_index(at) {
            Some(mention) => {
                let mut parties = vec![mention];
                let next = self.mentions[mention].last + 1;
                if self.word(next) == "and"
                    && let Some(other) = self.mention_index(next + 1)
                {
                    parties.push(other);
                }
                Subject::Parties(parties)
            }
            None => Subject::Missing,
        }
    }

    pub(super) fn after_if_quoted(&self, verb: &Verb) -> Subject {
        if verb.first == 0
            || self
                .tokens
                .first()
                .is_some_and(|token| words::is_double_quote(token.text))
        {
            self.after(verb)
        } else {
            Subject::Missing
        }
    }

    /// The noun phrase that ends here and is no mention, with where it begins.
    pub(super) fn thing(&self, end: usize) -> Option<(Subject, usize)> {
        let noun = self.word(end);
        if !(self.tokens[end].is_word() || self.tokens[end].shape == Shape::Number) {
            return None;
        }
        let mut owner = None;
        let mut start = end;
        while start > 0 && end - start < 8 {
            let before = start - 1;
            let word = self.word(before);
            if let Some(mention) = self.mention_index(before) {
                let found = &self.mentions[mention];
                if found.qualifies
                    || found.class == Class::People
                    || self.word(start) == "'s"
                    // "Russian missile strikes"
                    || roles::is_force(found) && ACTING_NOUNS.contains(&noun) && start == end
                {
                    owner = owner.or(Some(mention));
                    start = self.mentions[mention].first;
                    continue;
                }
                break;
            }
            if word == "'s"
                || words::is_determiner(self.known(before))
                || self.tokens[start].hyphened
            {
                start = before;
                continue;
            }
            if (self.tokens[before].is_word() || self.tokens[before].shape == Shape::Number)
                && self.verb_index(before).is_none()
                && !is_edge(self.known(before))
            {
                start = before;
                continue;
            }
            break;
        }
        let owner = owner.filter(|_| ACTING_NOUNS.contains(&noun));
        Some((Subject::Thing(owner), start))
    }

    /// Where a parenthesis that ends with the comma or dash at `end` begins: the place of its opening mark.
    pub(super) fn parenthesis_before(&self, end: usize) -> Option<usize> {
        let mark = self.tokens[end].text;
        let dash = mark != ",";
        let mut seen = 0;
        let mut at = end;
        while at > 0 && end - at < 45 && seen < 5 {
            at -= 1;
            let same = if dash {
                matches!(self.tokens[at].text, "–" | "—")
            } else {
                self.tokens[at].text == ","
            };
            if !same {
                if words::is_break(self.tokens[at].text)
                    && !dash
                    && !matches!(self.tokens[at].text, "(" | ")" | "-")
                {
                    return None;
                }
                continue;
            }
            if dash {
                return Some(at);
            }
            seen += 1;
            let first = at + 1;
            let (word, known) = (self.word(first), self.known(first));
            let has_finite = (first..end).any(|at| {
                self.verb_index(at).is_some_and(|verb| {
                    self.verbs[verb].stand == Stand::Finite && self.verbs[verb].first >= first
                })
            });
            let relative = words::is_relative(known)
                || words::is_relative(self.known(first + 1))
                || word == "of" && words::is_relative(self.known(first + 1));
            let opens = relative
                || words::is_subordinator(known)
                || (!has_finite
                    && (words::is_determiner(known)
                        || words::is_preposition(known)
                        || self.tokens[first].shape == Shape::Number
                        || self.mention_index(first).is_some()
                        || words::is_adverb(known)
                        || self.verb_index(first).is_some_and(|verb| {
                            matches!(self.verbs[verb].stand, Stand::Gerund | Stand::Reduced)
                        })
                        || self.tokens[first].is_word()
                            && at > 0
                            && self.mention_index(at - 1).is_some()));
            if opens {
                return Some(at);
            }
            if has_finite {
                return None;
            }
        }
        None
    }

    /// A body named in an apposition: "Britain, France and Germany, the E3,".
    pub(super) fn body_in(&self, from: usize, to: usize) -> Option<usize> {
        let mut inside = self.mentions_between(from, to);
        let only = inside.next()?;
        let mention = &self.mentions[only];
        (inside.next().is_none()
            && !words::is_preposition(self.known(from))
            && mention.class == Class::Name
            && to - from <= 5
            && mention.last + 1 == to)
            .then_some(only)
    }
}
