//! A sentence's tokens and mentions → verb groups: lemma, voice, tense, mood, negation, and the words they govern.

use super::{
    lexis::{self, Known},
    party::mention::{Class, Mention},
    token::{Shape, Token},
    words,
};

/// When a verb group places its act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Present,
    Past,
    PresentPerfect,
    PastPerfect,
    /// `will`, `shall`
    Future,
    /// `would`
    FuturePast,
    /// `may`, `might`, `could`, `can`
    Possible,
    /// `must`, `should`
    Duty,
    /// Neither: infinitives, gerunds, participles.
    None,
}

/// How a verb group stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// With a subject of its own.
    Finite,
    /// `to sign`
    Infinitive,
    /// `signing`
    Gerund,
    /// `imposed by Washington` after its noun
    Reduced,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone)]
pub(crate) struct Verb {
    /// First token, auxiliaries included.
    pub first: usize,
    /// The verb itself.
    pub head: usize,
    pub lemma: &'static str,
    pub passive: bool,
    pub tense: Tense,
    pub stand: Stand,
    pub negated: bool,
    /// `is summoning`: under way or, with a future time, to come
    pub progressive: bool,
}

/// A sentence as the rules see it.
#[derive(Debug)]
pub(crate) struct Clause<'s, 't> {
    pub tokens: &'s [Token<'t>],
    pub mentions: Vec<Mention>,
    pub verbs: Vec<Verb>,
    /// Whether headline grammar holds.
    pub headline: bool,
    pub(super) mention_at: Vec<Option<u16>>,
    pub(super) verb_at: Vec<Option<u16>>,
    /// Whether each token stands between double quotation marks.
    pub quoted: Vec<bool>,
}

impl<'s, 't> Clause<'s, 't> {
    pub fn new(
        tokens: &'s [Token<'t>],
        mentions: Vec<Mention>,
        headline: bool,
        opens_quoted: bool,
    ) -> Self {
        let mut mention_at = vec![None; tokens.len()];
        for (index, mention) in mentions.iter().enumerate() {
            let index = u16::try_from(index).ok();
            for slot in mention_at
                .iter_mut()
                .take(mention.last + 1)
                .skip(mention.first)
            {
                *slot = index;
            }
        }
        let mut inside = opens_quoted;
        let quoted = tokens
            .iter()
            .map(|token| {
                match token.text {
                    "“" | "«" | "„" => inside = true,
                    "”" | "»" => inside = false,
                    "\"" => inside = !inside,
                    _ => {}
                }
                inside
            })
            .collect();
        let mut clause = Self {
            tokens,
            mentions,
            verbs: Vec::new(),
            headline,
            mention_at,
            verb_at: vec![None; tokens.len()],
            quoted,
        };
        clause.find_verbs();
        clause.mark_qualifiers();
        clause
    }

    /// The folded word at a place; empty beyond the ends.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.low.as_ref())
    }

    /// What the lists know of the word at a place; of the empty word beyond the ends.
    pub fn known(&self, at: usize) -> &'static Known {
        match self.tokens.get(at) {
            Some(token) => token.known,
            None => lexis::known(""),
        }
    }

    /// The mention that covers a token.
    pub fn mention(&self, at: usize) -> Option<&Mention> {
        self.mention_index(at).map(|index| &self.mentions[index])
    }

    pub fn mention_index(&self, at: usize) -> Option<usize> {
        self.mention_at.get(at).copied().flatten().map(usize::from)
    }

    /// The verb group that covers a token.
    pub fn verb_index(&self, at: usize) -> Option<usize> {
        self.verb_at.get(at).copied().flatten().map(usize::from)
    }

    /// Adds forms of "to be" and "to have" that are verbs of their own, so that clauses have their bounds.
    pub(super) fn find_copulas(&mut self) {
        let mut extra = Vec::new();
        for at in 0..self.tokens.len() {
            if self.verb_at[at].is_some() || self.mention_at[at].is_some() {
                continue;
            }
            let (word, known) = (self.word(at), self.known(at));
            let lemma = if words::is_be(known) && !word.starts_with('g') {
                "be"
            } else if words::is_have(known) && !word.starts_with('\'') {
                "have"
            } else if words::is_modal(known)
                && !word.starts_with('\'')
                && (word != "may" || self.tokens[at].shape == Shape::Lower || at == 0)
            {
                "can"
            } else if words::is_do(known) {
                "do"
            } else {
                continue;
            };
            let chain = self.auxiliaries(at);
            let stand = match word {
                "being" | "having" => Stand::Gerund,
                _ if chain.to => Stand::Infinitive,
                _ => Stand::Finite,
            };
            let tense = chain.modal.unwrap_or(match word {
                "was" | "were" | "had" | "did" | "wasn't" | "weren't" | "didn't" | "hadn't" => {
                    Tense::Past
                }
                "would" => Tense::FuturePast,
                "will" | "won't" => Tense::Future,
                _ => Tense::Present,
            });
            let negated = chain.negated
                || words::is_negative(known)
                || words::is_negative(self.known(at + 1));
            extra.push(Verb {
                first: chain.first,
                head: at,
                lemma,
                passive: false,
                tense,
                stand,
                negated,
                progressive: false,
            });
        }
        if extra.is_empty() {
            return;
        }
        self.verbs.append(&mut extra);
        self.verbs.sort_by_key(|verb| verb.head);
        self.verb_at.fill(None);
        for (index, verb) in self.verbs.iter().enumerate() {
            let index = u16::try_from(index).ok();
            for slot in self.verb_at.iter_mut().take(verb.head + 1).skip(verb.first) {
                if slot.is_none() {
                    *slot = index;
                }
            }
        }
    }

    /// Tells names that only qualify the noun after them: "US sanctions".
    fn mark_qualifiers(&mut self) {
        for index in 0..self.mentions.len() {
            let mention = &self.mentions[index];
            if mention.class == Class::People {
                // "Greek and Turkish delegations"
                let next = self.mentions.get(index + 1);
                let shares = matches!(self.word(mention.last + 1), "and" | ",")
                    && next.is_some_and(|next| {
                        next.first == mention.last + 2 && matches!(next.class, Class::Office(_))
                    });
                if shares {
                    self.mentions[index].qualifies = false;
                }
                continue;
            }
            if !matches!(mention.class, Class::Name | Class::Place | Class::Back(_)) {
                continue;
            }
            let next = mention.last + 1;
            let Some(token) = self.tokens.get(next) else {
                continue;
            };
            let word = token.low.as_ref();
            let qualifies = word == "'s"
                || token.hyphened
                || (token.is_word()
                    && self.verb_at[next].is_none()
                    && self.mention_at[next].is_none()
                    && !is_function(word)
                    // "Iraq Friday rejected"
                    && !words::is_time_noun(word)
                    && !matches!(mention.class, Class::Back(_)))
                || (self.mention_at[next].is_some_and(|other| {
                    let other = &self.mentions[usize::from(other)];
                    matches!(other.class, Class::Office(_) | Class::Held)
                        && !matches!(mention.class, Class::Back(_))
                }));
            self.mentions[index].qualifies = qualifies;
        }
    }

    /// Where the words that a verb governs to its right end: a break, a subordinate clause or the next finite verb.
    pub fn right_end(&self, head: usize) -> usize {
        let mut at = head + 1;
        while at < self.tokens.len() && at < head + 40 {
            let token = &self.tokens[at];
            let word = token.low.as_ref();
            if words::is_break(token.text)
                && !(token.text == "(" || token.text == ")" || token.text == "-")
            {
                return at;
            }
            if self.mention_at[at].is_none() {
                let bounds = words::is_relative(token)
                    || (words::is_subordinator(token)
                        && !matches!(word, "as" | "than" | "once" | "since"))
                    || (word == "that"
                        && at > head + 1
                        && !words::is_preposition(self.known(at - 1)))
                    || (word == "since" && self.verb_within(at, at + 8));
                if bounds {
                    return at;
                }
            }
            if let Some(verb) = self.verb_index(at).map(|index| &self.verbs[index])
                && verb.first >= at
                && verb.head > head
                && verb.stand == Stand::Finite
            {
                return self.back_to_subject(head, at);
            }
            at += 1;
        }
        at.min(self.tokens.len())
    }

    fn verb_within(&self, from: usize, to: usize) -> bool {
        (from..to.min(self.tokens.len())).any(|at| self.verb_at[at].is_some())
    }

    /// From the next finite verb back over its subject to the conjunction or comma before it.
    fn back_to_subject(&self, head: usize, verb: usize) -> usize {
        let mut at = verb;
        while at > head + 1 {
            let word = self.word(at - 1);
            if matches!(word, "what" | "that") && self.mention_at[at - 1].is_none() {
                return at - 1;
            }
            if self.mention_at[at - 1].is_none()
                && (words::is_conjunction(word)
                    || matches!(self.tokens[at - 1].text, "," | "\"" | "“" | "”"))
            {
                return at - 1;
            }
            at -= 1;
        }
        verb
    }

    /// Where the clause of a verb begins: after the last break, subordinator, relative or finite verb before it.
    pub fn left_start(&self, first: usize) -> usize {
        let mut at = first;
        while at > 0 && first - at < 40 {
            let token = &self.tokens[at - 1];
            let word = token.low.as_ref();
            if words::is_break(token.text) && !matches!(token.text, "(" | ")" | "-") {
                return at;
            }
            if self.mention_at[at - 1].is_none()
                && (words::is_relative(token)
                    || (words::is_subordinator(token)
                        && word != "as"
                        && !matches!(self.word(at), "the" | "another")
                        || words::is_subordinator(token)
                            && word != "as"
                            && self.word(at + 1) != "other")
                    || word == "that" && at != first)
            {
                return at;
            }
            if let Some(verb) = self.verb_index(at - 1).map(|index| &self.verbs[index])
                && verb.stand == Stand::Finite
                && verb.first < first
            {
                return at;
            }
            at -= 1;
        }
        at
    }
}

pub(super) fn is_function(word: impl Into<&'static Known>) -> bool {
    word.into().is(lexis::Class::Function)
}
