//! A sentence's tokens and mentions → verb groups: lemma, voice, tense, mood, negation, and the words they govern.

use super::{
    party::mention::{Class, Mention},
    token::{Shape, Token},
    verbs::{self, Form},
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
    mention_at: Vec<Option<u16>>,
    verb_at: Vec<Option<u16>>,
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

    fn find_verbs(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            if self.mention_at[at].is_none()
                && let Some(verb) = self.verb_from(at)
            {
                let index = u16::try_from(self.verbs.len()).ok();
                for slot in self.verb_at.iter_mut().take(verb.head + 1).skip(verb.first) {
                    if slot.is_none() {
                        *slot = index;
                    }
                }
                self.verbs.push(verb);
            }
            at += 1;
        }
        self.find_copulas();
    }

    /// The verb group whose head is the token at a place.
    fn verb_from(&self, at: usize) -> Option<Verb> {
        let token = &self.tokens[at];
        let word = token.low.as_ref();
        if !token.is_word()
            || words::is_modal(word)
            || words::is_be(word)
            || words::is_have(word)
            || words::is_do(word)
        {
            return None;
        }
        if token.hyphened || self.tokens.get(at + 1).is_some_and(|next| next.hyphened) {
            return None;
        }
        if token.is_capital() && at > 0 && !self.headline && !self.after_opening(at) {
            return None;
        }
        let readings = verbs::readings(word);
        let chain = self.auxiliaries(at);
        let mut best = None;
        for reading in readings {
            if let Some(verb) = self.group(at, reading.lemma, reading.form, &chain) {
                best = Some(verb);
                break;
            }
        }
        best
    }

    fn after_opening(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            words::is_quote(self.tokens[before].text) || words::is_break(self.tokens[before].text)
        })
    }

    /// The auxiliaries, adverbs and "to" directly before a verb.
    fn auxiliaries(&self, head: usize) -> Chain {
        let mut chain = Chain {
            first: head,
            ..Chain::default()
        };
        let mut at = head;
        let mut steps = 0;
        while at > 0 && steps < 7 && self.mention_at[at - 1].is_none() {
            let token = &self.tokens[at - 1];
            let word = token.low.as_ref();
            if word == "to" {
                if chain.be
                    || chain.have
                    || chain.modal.is_some()
                    || chain.first == head
                    || chain.adverbs_only
                {
                    chain.to = true;
                    chain.first = at - 1;
                }
                break;
            } else if words::is_modal(word) && token.text != "May" {
                chain.modal = Some(modal_tense(word));
                chain.negated |= words::is_negative(word);
                chain.first = at - 1;
                chain.adverbs_only = false;
                break;
            } else if words::is_have(word) && word != "having" || word == "having" && at == head {
                chain.have = true;
                chain.had = matches!(word, "had" | "hadn't");
                chain.negated |= words::is_negative(word);
                chain.first = at - 1;
                chain.adverbs_only = false;
            } else if words::is_be(word) {
                chain.be = true;
                chain.was = matches!(word, "was" | "were" | "wasn't" | "weren't" | "got");
                chain.being |= word == "being";
                chain.been |= word == "been";
                chain.negated |= words::is_negative(word);
                chain.first = at - 1;
                chain.adverbs_only = false;
            } else if words::is_do(word) {
                chain.done = true;
                chain.negated |= words::is_negative(word);
                chain.was |= matches!(word, "did" | "didn't");
                chain.first = at - 1;
                break;
            } else if words::is_negative(word) {
                chain.negated = true;
            } else if !words::is_adverb(word) || matches!(word, "there" | "here" | "so" | "since") {
                break;
            } else if chain.first == head {
                chain.adverbs_only = true;
            }
            at -= 1;
            steps += 1;
        }
        chain
    }

    fn group(&self, at: usize, lemma: &'static str, form: Form, chain: &Chain) -> Option<Verb> {
        let verb = |passive, tense, stand| {
            Some(Verb {
                first: chain.first,
                head: at,
                lemma,
                passive,
                tense,
                stand,
                negated: chain.negated,
                progressive: false,
            })
        };
        match form {
            Form::Past | Form::Participle => {
                if chain.be {
                    let stand = if chain.to {
                        Stand::Infinitive
                    } else {
                        Stand::Finite
                    };
                    let stand = if chain.being && !chain.was && chain.first + 1 == at {
                        Stand::Gerund
                    } else {
                        stand
                    };
                    return verb(true, chain.tense(), stand);
                }
                if chain.have {
                    let stand = if chain.to {
                        Stand::Infinitive
                    } else {
                        Stand::Finite
                    };
                    return verb(false, chain.tense(), stand);
                }
                if chain.modal.is_some() || chain.to || chain.done {
                    // "cut", "put", "hit": alike in all forms
                    return None;
                }
                if self.is_adjectival(at) {
                    return None;
                }
                if form == Form::Participle || self.is_reduced(at) {
                    return verb(true, Tense::None, Stand::Reduced);
                }
                verb(false, Tense::Past, Stand::Finite)
            }
            Form::Gerund => {
                if chain.be && !chain.to {
                    let mut found = verb(false, chain.tense_of_be(), Stand::Finite)?;
                    found.progressive = true;
                    return Some(found);
                }
                let before = at.checked_sub(1).map_or("", |at| self.word(at));
                let noun = words::is_determiner(before) && before != "all"
                    || before == "'s"
                    || self.mention(at.saturating_sub(1)).is_some_and(|mention| {
                        at > 0 && (mention.qualifies || mention.class == Class::People)
                    });
                if noun {
                    return None;
                }
                verb(false, Tense::None, Stand::Gerund)
            }
            Form::Base => {
                if chain.to {
                    return verb(false, Tense::None, Stand::Infinitive);
                }
                if let Some(tense) = chain.modal {
                    return (!chain.be && !chain.have)
                        .then(|| verb(false, tense, Stand::Finite))
                        .flatten();
                }
                if chain.done {
                    let tense = if chain.was {
                        Tense::Past
                    } else {
                        Tense::Present
                    };
                    return verb(false, tense, Stand::Finite);
                }
                if let Some((tense, stand)) = self.coordinated_base(at, lemma) {
                    return verb(false, tense, stand);
                }
                (!chain.be && !chain.have && self.is_present(at, lemma, true))
                    .then(|| verb(false, Tense::Present, Stand::Finite))
                    .flatten()
            }
            Form::Present => (!chain.be
                && !chain.have
                && !chain.to
                && chain.modal.is_none()
                && self.is_present(at, lemma, false))
            .then(|| verb(false, Tense::Present, Stand::Finite))
            .flatten(),
        }
    }

    /// Whether a participle stands before its noun: "a sanctioned tanker", "frozen assets".
    fn is_adjectival(&self, at: usize) -> bool {
        use super::party::titles;
        if titles::is_out_of_office(self.word(at)) && titles::office(self.word(at + 1)).is_some() {
            return true;
        }
        let next = self.tokens.get(at + 1);
        let next_is_noun = next.is_some_and(|next| {
            next.is_word()
                && self.mention_at[at + 1].is_none_or(|index| {
                    let mention = &self.mentions[usize::from(index)];
                    mention.class == Class::People || mention.class == Class::Held
                })
                && !is_function(&next.low)
                && !matches!(next.low.as_ref(), "to" | "that")
        });
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let token = &self.tokens[before];
        let word = token.low.as_ref();
        let opens =
            (words::is_determiner(word) && word != "that" && word != "all" && word != "both")
                || word == "'s"
                || token.shape == Shape::Number
                || self.mention(before).is_some_and(|mention| {
                    mention.class == Class::People && mention.qualifies && mention.last == before
                })
                || (words::is_preposition(word) && !matches!(word, "following"));
        opens
            && (next_is_noun
                || !words::is_subject_pronoun(word)
                    && words::is_determiner(word)
                    && self.mention(before).is_none())
    }

    /// Whether a past form without auxiliary is a participle after its noun: "sanctions imposed by Washington".
    fn is_reduced(&self, at: usize) -> bool {
        let past_only = verbs::readings(self.word(at))
            .iter()
            .all(|reading| reading.form == Form::Past && verbs::has_own_participle(reading.lemma));
        if past_only {
            return false;
        }
        let next = self.word(at + 1);
        let after_noun = at.checked_sub(1).is_some_and(|before| {
            let token = &self.tokens[before];
            let noun = self.mention_at[before].is_none()
                && (token.shape == Shape::Lower || token.text == ",")
                && !is_function(&token.low)
                && self.verb_at[before].is_none();
            let pronoun = words::is_relative(&token.low) || words::is_subject_pronoun(&token.low);
            noun && !pronoun
        });
        if next == "by" {
            return !self.headline || after_noun;
        }
        let object_follows = self.tokens.get(at + 1).is_some_and(|token| {
            self.mention_at[at + 1].is_some()
                || (token.is_word()
                    && !words::is_preposition(&token.low)
                    && !words::is_adverb(&token.low)
                    && !words::is_subordinator(&token.low)
                    && !words::is_conjunction(&token.low))
                || token.shape == Shape::Number
                || words::is_double_quote(token.text)
                || token.text == "$"
        });
        let lemma = verbs::readings(self.word(at))
            .first()
            .map_or("", |reading| reading.lemma);
        let transitive = matches!(
            lemma,
            "impose"
                | "hold"
                | "sign"
                | "launch"
                | "fire"
                | "make"
                | "send"
                | "take"
                | "reach"
                | "adopt"
                | "announce"
                | "detain"
                | "arrest"
                | "capture"
                | "seize"
                | "broker"
                | "mediate"
                | "hit"
                | "kill"
                | "blacklist"
                | "sanction"
                | "designate"
                | "lift"
                | "suspend"
                | "close"
                | "plan"
                | "schedule"
                | "name"
                | "call"
                | "accuse"
                | "list"
                | "set"
                | "base"
                | "publish"
                | "issue"
                | "release"
                | "expel"
                | "deploy"
                | "supply"
                | "deliver"
                | "host"
                | "attend"
                | "occupy"
                | "back"
                | "support"
                | "own"
                | "control"
                | "award"
                | "summon"
                | "promise"
                | "pledge"
                | "carry"
                | "drop"
        );
        after_noun && transitive && !object_follows
    }

    /// Whether a base or `-s` form is the verb of a subject before it and not a noun.
    fn is_present(&self, at: usize, lemma: &str, base: bool) -> bool {
        let Some(mut before) = at.checked_sub(1) else {
            return false;
        };
        while before > 0 && self.mention_at[before].is_none() && words::is_adverb(self.word(before))
        {
            before -= 1;
        }
        let token = &self.tokens[before];
        let word = token.low.as_ref();
        let next = self.tokens.get(at + 1);
        let next_word = self.word(at + 1);
        if self
            .verb_index(before)
            .is_some_and(|verb| self.verbs[verb].head == before)
        {
            return false;
        }
        let noun_after_it = matches!(
            next_word,
            "on" | "in"
                | "against"
                | "with"
                | "between"
                | "over"
                | "of"
                | "by"
                | "at"
                | "after"
                | "amid"
                | "are"
                | "is"
                | "were"
                | "was"
                | "have"
                | "has"
                | "had"
                | "will"
                | "would"
                | "may"
                | "could"
                | "as"
                | "'s"
        ) || next
            .is_none_or(|next| words::is_break(next.text) || next.text == ",");
        let proves_verb = next.is_some_and(|next| {
            self.mention_at[at + 1].is_some()
                || (words::is_determiner(&next.low))
                || words::is_double_quote(next.text)
                || next.shape == Shape::Number
                || matches!(
                    next_word,
                    "to" | "that"
                        | "him"
                        | "her"
                        | "them"
                        | "it"
                        | "up"
                        | "out"
                        | "off"
                        | "down"
                        | "for"
                        | "into"
                        | "from"
                )
                || next.low.ends_with("ing")
        });
        let strict = verbs::is_noun_too(lemma);
        if words::is_relative(word) || (words::is_subject_pronoun(word)) {
            return true;
        }
        if matches!(word, "and" | "," | "but" | "or") {
            // a second verb of one subject
            let earlier = self
                .verbs
                .iter()
                .rev()
                .any(|verb| verb.tense == Tense::Present && verb.stand == Stand::Finite);
            return (earlier || self.headline && word == "," && proves_verb)
                && !strict_noun(strict, noun_after_it, proves_verb);
        }
        if words::is_quote(token.text) || word == ")" {
            return !strict;
        }
        if let Some(mention) = self.mention(before) {
            let qualifying = mention.class == Class::People && !(before > 0 && word.ends_with('s'));
            let plural = matches!(mention.class, Class::Back(_))
                || matches!(mention.class, Class::Office(office) if office != super::party::titles::Office::Person)
                || before >= 2 && matches!(self.word(mention.first.saturating_sub(1)), "and")
                || mention.class == Class::People;

            if base && !plural && !mention.collective {
                return false;
            }
            if qualifying && strict {
                return false;
            }
            if !strict {
                return true;
            }
            let adjective_before = mention.first > 0
                && self.tokens[mention.first - 1].shape == Shape::Lower
                && self.mention_at[mention.first - 1].is_none()
                && !words::is_time_noun(self.word(mention.first - 1))
                && !is_function(self.word(mention.first - 1));
            return proves_verb && !adjective_before || self.headline && !noun_after_it;
        }
        let nounish =
            token.is_word() && !is_function(word) && (!base || token.shape == Shape::Lower);
        if !nounish {
            return false;
        }
        let plural_noun = word.ends_with('s') && !word.ends_with("ss");
        if base != plural_noun {
            return false;
        }
        let governed = self
            .verbs
            .last()
            .is_some_and(|verb| verb.head + 4 >= before && verb.stand == Stand::Finite);
        if strict {
            proves_verb && !noun_after_it && !governed
        } else {
            true
        }
    }

    /// The group that a base form joins by "and": "would scrap the accord and work toward sanctions".
    fn coordinated_base(&self, at: usize, lemma: &str) -> Option<(Tense, Stand)> {
        let before = self.word(at.checked_sub(1)?);
        if !matches!(before, "and" | "or" | "," | "but") {
            return None;
        }
        let proved = self.tokens.get(at + 1).is_some_and(|next| {
            self.mention_at[at + 1].is_some()
                || words::is_determiner(&next.low)
                || words::is_preposition(&next.low)
                || matches!(
                    next.low.as_ref(),
                    "to" | "out" | "up" | "back" | "them" | "him" | "it"
                )
        });
        if verbs::is_noun_too(lemma) && !proved {
            return None;
        }
        let verb = self.verbs.iter().rev().take(4).find(|verb| {
            verb.stand == Stand::Infinitive
                || verb.stand == Stand::Finite
                    && matches!(
                        verb.tense,
                        Tense::Future | Tense::FuturePast | Tense::Possible | Tense::Duty
                    )
        })?;
        (at - verb.head < 25).then_some((verb.tense, verb.stand))
    }

    /// Adds forms of "to be" and "to have" that are verbs of their own, so that clauses have their bounds.
    fn find_copulas(&mut self) {
        let mut extra = Vec::new();
        for at in 0..self.tokens.len() {
            if self.verb_at[at].is_some() || self.mention_at[at].is_some() {
                continue;
            }
            let word = self.word(at);
            let lemma = if words::is_be(word) && !word.starts_with('g') {
                "be"
            } else if words::is_have(word) && !word.starts_with('\'') {
                "have"
            } else if words::is_modal(word)
                && !word.starts_with('\'')
                && (word != "may" || self.tokens[at].shape == Shape::Lower || at == 0)
            {
                "can"
            } else if words::is_do(word) {
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
            let negated =
                chain.negated || words::is_negative(word) || words::is_negative(self.word(at + 1));
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
                let bounds = words::is_relative(word)
                    || (words::is_subordinator(word)
                        && !matches!(word, "as" | "than" | "once" | "since"))
                    || (word == "that"
                        && at > head + 1
                        && !words::is_preposition(self.word(at - 1)))
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
                && (words::is_relative(word)
                    || (words::is_subordinator(word)
                        && word != "as"
                        && !matches!(self.word(at), "the" | "another")
                        || words::is_subordinator(word)
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

/// What stands before a verb.
#[derive(Debug, Default)]
struct Chain {
    first: usize,
    to: bool,
    modal: Option<Tense>,
    have: bool,
    had: bool,
    be: bool,
    was: bool,
    been: bool,
    being: bool,
    done: bool,
    negated: bool,
    adverbs_only: bool,
}

impl Chain {
    fn tense(&self) -> Tense {
        if let Some(tense) = self.modal {
            return tense;
        }
        match (self.have, self.had, self.was) {
            (true, true, _) => Tense::PastPerfect,
            (true, false, _) => Tense::PresentPerfect,
            (false, _, true) => Tense::Past,
            _ => Tense::Present,
        }
    }

    fn tense_of_be(&self) -> Tense {
        self.tense()
    }
}

fn modal_tense(word: &str) -> Tense {
    match word {
        "will" | "shall" | "won't" | "'ll" => Tense::Future,
        "would" | "wouldn't" => Tense::FuturePast,
        "must" | "should" | "mustn't" | "shouldn't" => Tense::Duty,
        _ => Tense::Possible,
    }
}

fn strict_noun(strict: bool, noun_after_it: bool, proves_verb: bool) -> bool {
    strict && (noun_after_it || !proves_verb)
}

fn is_function(word: &str) -> bool {
    words::is_determiner(word)
        || words::is_preposition(word)
        || words::is_subordinator(word)
        || words::is_conjunction(word)
        || words::is_subject_pronoun(word)
        || words::is_modal(word)
        || words::is_be(word)
        || words::is_have(word)
        || words::is_do(word)
        || words::is_adverb(word)
        || words::is_relative(word)
        || matches!(word, "to" | "that" | "'s" | "him" | "them" | "us" | "me")
}
