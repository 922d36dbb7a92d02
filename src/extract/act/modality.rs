//! How an act is told: as done, as to come, as claimed, or not as an act at all.

use super::content;
use crate::{
    domain::modality::Modality,
    extract::{
        clause::{Clause, Stand, Tense, Verb, is_function},
        party::roles::Subject,
        token::Shape,
        words,
    },
};

/// What a speaker does with the words that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stance {
    /// Tells them.
    Tells,
    /// Denies them.
    Denies,
    /// Asks for them.
    Asks,
    /// Hopes, fears or believes them.
    Supposes,
    /// Warns of them.
    Warns,
}

/// A verb of saying with the words that it reports.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub verb: usize,
    pub stance: Stance,
    /// First token of the content.
    pub from: usize,
    /// The token after its last.
    pub to: usize,
    /// Who says it, as places among the mentions.
    pub speakers: Vec<usize>,
    /// Whether the verb stands after what it reports.
    pub after: bool,
}

impl Frame {
    pub fn holds(&self, at: usize) -> bool {
        (self.from..self.to).contains(&at)
    }
}

fn stance(lemma: &str) -> Option<Stance> {
    Some(match lemma {
        "deny" | "reject" | "dismiss" | "refute" | "rebut" | "dispute" => Stance::Denies,
        "urge" | "demand" | "ask" | "request" | "propose" | "recommend" => Stance::Asks,
        "hope" | "expect" | "want" | "fear" | "believe" | "think" | "doubt" | "wish"
        | "imagine" | "suspect" | "consider" | "suppose" | "wonder" => Stance::Supposes,
        "warn" | "threaten" | "caution" => Stance::Warns,
        _ if content::is_neutral(lemma) => Stance::Tells,
        _ => return None,
    })
}

impl Clause<'_, '_> {
    /// The verbs of saying in the sentence with what they report.
    pub fn frames(&self) -> Vec<Frame> {
        let mut frames = Vec::new();
        for (index, verb) in self.verbs.iter().enumerate() {
            let Some(stance) = stance(verb.lemma) else {
                continue;
            };
            if verb.passive
                || verb.stand == Stand::Infinitive && !matches!(verb.lemma, "say" | "tell")
            {
                continue;
            }
            if let Some(frame) = self.frame(index, verb, stance) {
                frames.push(frame);
            }
        }
        frames
    }

    fn frame(&self, index: usize, verb: &Verb, stance: Stance) -> Option<Frame> {
        let end = self.sentence_end(verb.head);
        let mut from = verb.head + 1;
        let speakers = match self.subject(index) {
            Subject::Parties(mentions) => mentions,
            _ => Vec::new(),
        };
        let opening = self.speaker_start(verb, &speakers);
        let after = self.reports_backwards(verb, opening, end);
        if after {
            let comma = (0..opening).rev().find(|at| {
                self.tokens[*at].text == "," || words::is_double_quote(self.tokens[*at].text)
            })?;
            let start = (0..comma)
                .rev()
                .find(|at| matches!(self.tokens[*at].text, ";"))
                .map_or(0, |at| at + 1);
            return Some(Frame {
                verb: index,
                stance,
                from: start,
                to: comma,
                speakers,
                after,
            });
        }
        // "told reporters on Tuesday that": the content begins with its clause
        let limit = (verb.head + 14).min(end);
        if let Some(that) = (verb.head + 1..limit)
            .find(|at| self.word(*at) == "that" && self.mention_index(*at).is_none())
        {
            from = that + 1;
        }
        (end > from + 1).then_some(Frame {
            verb: index,
            stance,
            from,
            to: end,
            speakers,
            after,
        })
    }

    /// The end of what a verb may govern at all: a semicolon, a colon after it or the end.
    fn sentence_end(&self, head: usize) -> usize {
        (head + 1..self.tokens.len())
            .find(|at| matches!(self.tokens[*at].text, ";" | "•"))
            .unwrap_or(self.tokens.len())
    }

    /// Whether a verb of saying closes what it reports: "…, Blinken said."
    fn reports_backwards(&self, verb: &Verb, opening: usize, end: usize) -> bool {
        if !matches!(
            verb.lemma,
            "say"
                | "add"
                | "warn"
                | "tell"
                | "announce"
                | "claim"
                | "insist"
                | "write"
                | "argue"
                | "declare"
                | "report"
                | "fume"
                | "state"
                | "repeat"
                | "note"
                | "quote"
        ) {
            return false;
        }
        let next = self.word(verb.head + 1);
        let nothing_follows = verb.head + 1 >= end
            || matches!(self.tokens[verb.head + 1].text, "." | "," | ";")
            || matches!(
                next,
                "on" | "in"
                    | "at"
                    | "after"
                    | "during"
                    | "while"
                    | "as"
                    | "citing"
                    | "when"
                    | "late"
                    | "earlier"
                    | "yesterday"
                    | "today"
                    | "to"
                    | "reporters"
                    | "without"
            )
            || words::is_subordinator(next);
        // "…, she told the junta"
        let told_whom = verb.lemma == "tell"
            && (verb.head + 1..end).all(|at| {
                self.verb_index(at).is_none() && !matches!(self.word(at), "that" | "," | ":")
            });
        let nothing_follows = (nothing_follows || told_whom)
            && !(verb.head + 1..(verb.head + 11).min(end))
                .take_while(|at| self.tokens[*at].text != "," && self.verb_index(*at).is_none())
                .any(|at| self.word(at) == "that");
        let inverted =
            self.mention(verb.head + 1).is_some() || matches!(next, "the" | "a" | "his" | "its");
        let before = opening.checked_sub(1).map_or("", |at| self.tokens[at].text);
        let mark_before = matches!(before, "," | "\"" | "”" | "'" | "’");
        let quoted_before =
            verb.first > 0 && words::is_double_quote(self.tokens[verb.first - 1].text);
        mark_before && nothing_follows && verb.first > 3 || (quoted_before && inverted)
    }

    /// Where the words for the speaker begin that stand before a verb of saying.
    fn speaker_start(&self, verb: &Verb, speakers: &[usize]) -> usize {
        let named = speakers
            .iter()
            .map(|mention| self.mentions[*mention].first)
            .filter(|first| *first < verb.first && verb.first - first < 24)
            .min();
        let mut at = named.unwrap_or(verb.first);
        while at > 0 {
            let before = at - 1;
            if let Some(mention) = self.mention(before) {
                at = mention.first;
                continue;
            }
            let known = self.known(before);
            let plain = self.tokens[before].shape == Shape::Lower
                && self.verb_index(before).is_none()
                && !is_function(known);
            if words::is_determiner(known) || words::is_adverb(known) || plain {
                at -= 1;
                continue;
            }
            break;
        }
        at
    }

    /// Whether a verb lies in what a frame reports, and not beside the frame's own verb.
    pub fn is_reported(&self, verb: usize, frame: &Frame) -> bool {
        let group = &self.verbs[verb];
        if verb == frame.verb || !frame.holds(group.head) {
            return false;
        }
        if frame.after {
            return true;
        }
        self.partner(verb).is_none_or(|partner| {
            partner != frame.verb && (partner < frame.verb || self.is_reported(partner, frame))
        })
    }

    /// The earlier verb with which a verb shares its subject.
    pub fn partner(&self, verb: usize) -> Option<usize> {
        let group = &self.verbs[verb];
        if group.stand != Stand::Finite {
            if group.stand == Stand::Gerund && group.first > 0 && self.word(group.first - 1) == ","
            {
                return self.finite_before(verb);
            }
            return None;
        }
        let mut at = group.first.checked_sub(1)?;
        while at > 0
            && self.mention_index(at).is_none()
            && words::is_adverb(self.known(at))
            && self.word(at) != "then"
        {
            at -= 1;
        }
        let word = self.word(at);
        if !words::is_conjunction(word) && word != "," {
            return None;
        }
        let earlier = self.finite_before(verb)?;
        // "Doe, who went there on Saturday, said": a relative clause that has closed shares nothing
        (word != "," || !self.is_relative(earlier)).then_some(earlier)
    }

    /// Whether a verb stands in a relative clause.
    fn is_relative(&self, verb: usize) -> bool {
        let start = self.left_start(self.verbs[verb].first);
        start > 0 && words::is_relative(self.known(start - 1))
    }

    /// How a verb's act is told; `None` where it is not told as an act. `decides`: the kind of act is done by deciding it.
    pub fn told(&self, verb: usize, decides: bool, ahead: bool) -> Option<Modality> {
        self.told_within(verb, decides, ahead, 4)
    }

    fn told_within(&self, index: usize, decides: bool, ahead: bool, depth: u8) -> Option<Modality> {
        let verb = &self.verbs[index];
        if depth == 0
            || verb.negated
            || self.is_question()
            || self.is_conditional(index)
            || self.is_unrealised(index)
        {
            return None;
        }
        match verb.stand {
            Stand::Finite => match verb.tense {
                Tense::Present if verb.progressive && ahead => Some(Modality::Announced),
                Tense::Present
                | Tense::Past
                | Tense::PresentPerfect
                | Tense::PastPerfect
                | Tense::None => Some(Modality::Occurred),
                Tense::Future => Some(Modality::Announced),
                Tense::FuturePast => self.is_under_speech(index).then_some(Modality::Announced),
                Tense::Possible | Tense::Duty => None,
            },
            Stand::Infinitive => self.infinitive(index, decides, depth),
            Stand::Gerund => self.gerund(index, decides, depth),
            Stand::Reduced => {
                let before = verb.first.checked_sub(1).map_or("", |at| self.word(at));
                if matches!(before, "if" | "unless" | "once" | "when") {
                    None
                } else {
                    Some(Modality::Occurred)
                }
            }
        }
    }

    /// Whether a verb of saying, or a quotation, stands over a verb.
    pub fn is_under_speech(&self, index: usize) -> bool {
        let head = self.verbs[index].head;
        self.quoted.get(head).copied().unwrap_or(false)
            || self
                .verbs
                .iter()
                .enumerate()
                .any(|(other, verb)| other != index && content::is_neutral(verb.lemma))
    }

    fn infinitive(&self, index: usize, decides: bool, depth: u8) -> Option<Modality> {
        let verb = &self.verbs[index];
        let before = verb.first.checked_sub(1).map_or("", |at| self.word(at));
        match before {
            "set" | "due" | "about" | "scheduled" | "slated" | "poised" | "expected" | "ready"
            | "planning" | "preparing" | "prepared" | "planned" | "plans" | "plan" | "decision"
            | "likely" => {
                return Some(Modality::Announced);
            }
            "threat" | "threats" | "refusal" | "failure" | "bid" | "effort" | "efforts"
            | "attempt" | "attempts" | "call" | "calls" | "ability" | "right" | "need"
            | "demand" | "demands" | "request" | "order" | "in" | "so" | "enough" | "unable"
            | "able" | "unwilling" | "willing" | "unlikely" | "reluctant" | "free" | "how"
            | "whether" | "pressure" | "not" => return None,
            _ => {}
        }
        let headline_future = self.headline
            && self.verbs[..index]
                .iter()
                .all(|verb| verb.stand != Stand::Finite);
        if headline_future {
            return Some(Modality::Announced);
        }
        let governor = index.checked_sub(1)?;
        let govern = &self.verbs[governor];
        if govern.negated {
            return None;
        }
        match govern.lemma {
            "be" if verb.first == govern.head + 1 => Some(Modality::Announced),
            // "became the first premier to visit"
            "be" | "become"
                if (govern.head + 1..verb.first).any(|at| {
                    matches!(
                        self.word(at),
                        "first" | "second" | "third" | "last" | "latest" | "only" | "highest"
                    )
                }) =>
            {
                self.told_within(governor, decides, false, depth - 1)
            }
            "agree" | "decide" | "move" | "opt" | "choose" | "vote" if decides => {
                self.told_within(governor, decides, false, depth - 1)
            }
            "plan" | "intend" | "prepare" | "decide" | "agree" | "vow" | "pledge" | "promise"
            | "set" | "arrange" | "commit" | "undertake" | "announce" | "propose" | "order" => {
                Some(Modality::Announced)
            }
            "expect" | "schedule" | "slate" | "poise" | "tip" if govern.passive => {
                Some(Modality::Announced)
            }
            "begin" | "start" | "continue" | "manage" | "proceed" | "go" | "rush" | "come"
            | "return" | "race" | "instruct" | "authorise" | "authorize" | "help" | "move"
            | "use" | "have" => {
                if govern.lemma == "have" {
                    None
                } else {
                    self.told_within(governor, decides, false, depth - 1)
                }
            }
            _ => None,
        }
    }

    fn gerund(&self, index: usize, decides: bool, depth: u8) -> Option<Modality> {
        let verb = &self.verbs[index];
        let before = verb.first.checked_sub(1).map_or("", |at| self.word(at));
        let governor = index.checked_sub(1);
        match before {
            "before" | "without" | "against" | "about" | "to" | "or" | "from" | "at" => {
                return None;
            }
            "of" => {
                let accused = governor.is_some_and(|governor| {
                    matches!(self.verbs[governor].lemma, "accuse" | "suspect")
                });
                return accused.then_some(Modality::Alleged);
            }
            "for" => {
                let blamed = governor.is_some_and(|governor| {
                    matches!(
                        self.verbs[governor].lemma,
                        "blame" | "condemn" | "criticise" | "criticize" | "denounce" | "fault"
                    )
                });
                return blamed.then_some(Modality::Alleged);
            }
            "by" | "after" | "since" | "when" | "while" | "in" | "on" => {
                if before == "by" {
                    return governor.and_then(|governor| {
                        self.told_within(governor, decides, false, depth - 1)
                    });
                }
                return match self.finite_before(index) {
                    Some(finite) if matches!(before, "by" | "in") => {
                        self.told_within(finite, decides, false, depth - 1)
                    }
                    _ => Some(Modality::Occurred),
                };
            }
            _ => {}
        }
        if let Some(governor) = governor {
            let govern = &self.verbs[governor];
            let particle = govern.head + 2 == verb.first
                && matches!(self.word(govern.head + 1), "out" | "off" | "up" | "on");
            if govern.head + 1 == verb.first || particle {
                return match govern.lemma {
                    "begin" | "start" | "keep" | "continue" | "finish" | "resume" | "confirm"
                    | "admit" | "acknowledge" | "announce" | "be" | "go" => {
                        self.told_within(governor, decides, false, depth - 1)
                    }
                    _ => None,
                };
            }
        }
        match self.finite_before(index) {
            Some(finite) => self.told_within(finite, decides, false, depth - 1),
            None => (0..self.verbs.len())
                .find(|other| *other > index && self.verbs[*other].stand == Stand::Finite)
                .map(|_| Modality::Occurred),
        }
    }
}
