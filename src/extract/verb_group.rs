//! Tokens → verb groups: which words are verbs here, with their auxiliaries, and which only look like one.

use super::{
    clause::{Clause, Stand, Tense, Verb, is_function},
    party::mention::Class,
    token::Shape,
    verbs::{self, Form, Reading},
    words,
};

impl Clause<'_, '_> {
    pub(super) fn find_verbs(&mut self) {
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
        if !token.is_word()
            || words::is_modal(token)
            || words::is_be(token)
            || words::is_have(token)
            || words::is_do(token)
        {
            return None;
        }
        if token.hyphened || self.tokens.get(at + 1).is_some_and(|next| next.hyphened) {
            return None;
        }
        if token.is_capital() && at > 0 && !self.headline && !self.after_opening(at) {
            return None;
        }
        let readings = token.known.readings;
        let chain = self.auxiliaries(at);
        let mut best = None;
        for reading in readings {
            if let Some(verb) = self.group(at, reading, &chain) {
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
    pub(super) fn auxiliaries(&self, head: usize) -> Chain {
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
            } else if words::is_modal(token) && token.text != "May" {
                chain.modal = Some(modal_tense(word));
                chain.negated |= words::is_negative(token);
                chain.first = at - 1;
                chain.adverbs_only = false;
                break;
            } else if words::is_have(token) && word != "having" || word == "having" && at == head {
                chain.have = true;
                chain.had = matches!(word, "had" | "hadn't");
                chain.negated |= words::is_negative(token);
                chain.first = at - 1;
                chain.adverbs_only = false;
            } else if words::is_be(token) {
                chain.be = true;
                chain.was = matches!(word, "was" | "were" | "wasn't" | "weren't" | "got");
                chain.being |= word == "being";
                chain.been |= word == "been";
                chain.negated |= words::is_negative(token);
                chain.first = at - 1;
                chain.adverbs_only = false;
            } else if words::is_do(token) {
                chain.done = true;
                chain.negated |= words::is_negative(token);
                chain.was |= matches!(word, "did" | "didn't");
                chain.first = at - 1;
                break;
            } else if words::is_negative(token) {
                chain.negated = true;
            } else if !words::is_adverb(token) || matches!(word, "there" | "here" | "so" | "since")
            {
                break;
            } else if chain.first == head {
                chain.adverbs_only = true;
            }
            at -= 1;
            steps += 1;
        }
        chain
    }

    fn group(&self, at: usize, reading: &Reading, chain: &Chain) -> Option<Verb> {
        let (lemma, form) = (reading.lemma, reading.form);
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
                if self.is_adjectival(at) || self.is_owned(at, reading) {
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
                if let Some((tense, stand)) = self.coordinated_base(at, reading.noun_too) {
                    return verb(false, tense, stand);
                }
                (!chain.be && !chain.have && self.is_present(at, reading.noun_too, true))
                    .then(|| verb(false, Tense::Present, Stand::Finite))
                    .flatten()
            }
            Form::Present => (!chain.be
                && !chain.have
                && !chain.to
                && chain.modal.is_none()
                && self.is_present(at, reading.noun_too, false))
            .then(|| verb(false, Tense::Present, Stand::Finite))
            .flatten(),
        }
    }

    /// Whether a form that is alike in all tenses is a noun here: "its bid", "Kyiv's bid".
    fn is_owned(&self, at: usize, reading: &Reading) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        reading.noun_too
            && self.word(at) == reading.lemma
            && (before == "'s" || words::is_determiner(before))
    }

    /// Whether a participle stands before its noun: "a sanctioned tanker", "frozen assets".
    fn is_adjectival(&self, at: usize) -> bool {
        use super::party::titles;
        if titles::is_out_of_office(self.known(at)) && titles::office(self.known(at + 1)).is_some()
        {
            return true;
        }
        let degree = at.checked_sub(1).map_or("", |before| self.word(before));
        if matches!(degree, "very" | "too" | "quite" | "most" | "extremely") {
            return true;
        }
        // "remains committed to", "stands ready"
        let linked = at
            .checked_sub(1)
            .and_then(|before| self.verb_index(before))
            .is_some_and(|verb| {
                matches!(
                    self.verbs[verb].lemma,
                    "remain" | "stay" | "stand" | "seem" | "appear" | "look" | "feel" | "sound"
                )
            });
        if linked {
            return true;
        }
        let next = self.tokens.get(at + 1);
        let next_is_noun = next.is_some_and(|next| {
            next.is_word()
                && self.mention_at[at + 1].is_none_or(|index| {
                    let mention = &self.mentions[usize::from(index)];
                    mention.class == Class::People || mention.class == Class::Held
                })
                && !is_function(next)
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
                || (words::is_preposition(word) && !matches!(word, "following"))
                || self
                    .verb_index(before)
                    .is_some_and(|verb| self.verbs[verb].head == before);
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
            .all(|reading| reading.form == Form::Past && reading.own_participle);
        if past_only {
            return false;
        }
        let next = self.word(at + 1);
        let after_noun = at.checked_sub(1).is_some_and(|before| {
            let token = &self.tokens[before];
            let noun = self.mention_at[before].is_none()
                && (token.shape == Shape::Lower || token.text == ",")
                && !is_function(token)
                && self.verb_at[before].is_none();
            let pronoun = words::is_relative(token) || words::is_subject_pronoun(token);
            noun && !pronoun
        });
        if next == "by" {
            return !self.headline || after_noun;
        }
        let object_follows = self.tokens.get(at + 1).is_some_and(|token| {
            self.mention_at[at + 1].is_some()
                || (token.is_word()
                    && !words::is_preposition(token)
                    && !words::is_adverb(token)
                    && !words::is_subordinator(token)
                    && !words::is_conjunction(token))
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
                | "slap"
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
    #[expect(clippy::too_many_lines, reason = "one decision, a case a neighbour")]
    fn is_present(&self, at: usize, strict: bool, base: bool) -> bool {
        let Some(mut before) = at.checked_sub(1) else {
            return false;
        };
        while before > 0
            && self.mention_at[before].is_none()
            && words::is_adverb(self.known(before))
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
                || (words::is_determiner(next))
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
                && !words::is_time_noun(self.known(mention.first - 1))
                && !is_function(self.known(mention.first - 1));
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
    fn coordinated_base(&self, at: usize, noun_too: bool) -> Option<(Tense, Stand)> {
        let before = self.word(at.checked_sub(1)?);
        if !matches!(before, "and" | "or" | "," | "but") {
            return None;
        }
        let proved = self.tokens.get(at + 1).is_some_and(|next| {
            self.mention_at[at + 1].is_some()
                || words::is_determiner(next)
                || words::is_preposition(next)
                || matches!(
                    next.low.as_ref(),
                    "to" | "out" | "up" | "back" | "them" | "him" | "it"
                )
        });
        if noun_too && !proved {
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
}

/// What stands before a verb.
#[expect(
    clippy::struct_excessive_bools,
    reason = "what was met on the way to the verb, each by itself"
)]
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub(super) first: usize,
    pub(super) to: bool,
    pub(super) modal: Option<Tense>,
    pub(super) have: bool,
    pub(super) had: bool,
    pub(super) be: bool,
    pub(super) was: bool,
    pub(super) been: bool,
    pub(super) being: bool,
    pub(super) done: bool,
    pub(super) negated: bool,
    pub(super) adverbs_only: bool,
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
