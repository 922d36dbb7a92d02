//! The verb beside an expression → whether it looks back or ahead.
//!
//! No parser: the nearest word that decides, before the expression, or after it where the expression opens its clause.
//! “said on Tuesday that it will” looks back, “will, he said, meet on Tuesday” ahead, “were to be signed on Tuesday” ahead.

use super::{
    lexicon::{Lexeme, Lexicon},
    scene::Direction,
    token::{Gap, Kind, Token},
};

/// How many tokens the search goes to either side: clauses of news are shorter, and hostile text is no slower.
const REACH: usize = 24;

/// What the verb beside an expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    pub(super) direction: Direction,
    /// Whether it stands next to the expression, or opens the clause after it: then it is the expression's own.
    pub(super) is_near: bool,
}

impl Verb {
    pub(super) const fn near(direction: Direction) -> Self {
        Self {
            direction,
            is_near: true,
        }
    }
}

/// How many words may stand between a verb and the preposition of its time.
const NEAR: usize = 3;

/// After these “to” leads to a day to come: “postponed to Tuesday”.
const PUT_OFF: [&str; 8] = [
    "postponed",
    "delayed",
    "moved",
    "rescheduled",
    "deferred",
    "adjourned",
    "extended",
    "back",
];

/// A text's tokens with what is needed to look around in them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'static Lexicon,
}

impl Surroundings<'_> {
    /// Whether the token is one of some lower-case words.
    pub(super) fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            matches!(token.kind, Kind::Word(_)) && {
                let own = &self.text[token.start..token.end];
                words.iter().any(|word| own.eq_ignore_ascii_case(word))
            }
        })
    }

    /// The same for the token before, at no more than a line's distance.
    pub(super) fn follows_word(&self, at: usize, words: &[&str]) -> bool {
        at > 0 && self.tokens[at].gap < Gap::Paragraph && self.is_word(at - 1, words)
    }

    pub(super) fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        matches!(self.tokens.get(at), Some(Token { kind: Kind::Sign(sign), .. }) if signs.contains(sign))
    }

    pub(super) fn follows_sign(&self, at: usize, signs: &[char]) -> bool {
        at > 0 && self.is_sign(at - 1, signs)
    }

    fn lexeme(&self, at: usize) -> Lexeme {
        self.tokens[at].lexeme(self.lexicon)
    }

    /// Whether a sentence ends with this token.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else {
            return true;
        };
        if next.gap == Gap::Paragraph {
            return true;
        }
        if self.is_sign(at, &['!', '?', '•']) {
            return true;
        }
        if !self.is_sign(at, &['.']) || next.gap == Gap::None {
            return false;
        }
        let starts_anew =
            next.is_capital || !matches!(next.kind, Kind::Word(_) | Kind::Digits { .. });
        // “Gen. X”, “Sept. 10”: a short capital word before the full stop is an abbreviation
        let is_abbreviation = at > 0
            && self.tokens[at - 1].is_capital
            && self.tokens[at - 1].end - self.tokens[at - 1].start <= 4
            && !matches!(self.lexeme(at - 1), Lexeme::Weekday(_) | Lexeme::Month(_))
            && matches!(self.tokens[at - 1].kind, Kind::Word(_));
        starts_anew && !is_abbreviation
    }

    /// What the verb beside the tokens `first..end` says.
    pub(super) fn verb(&self, first: usize, end: usize) -> Verb {
        let mut start = first;
        while self.follows_word(
            start,
            &[
                "on", "in", "at", "the", "late", "early", "later", "earlier", "about", "around",
                "this", "of",
            ],
        ) {
            start -= 1;
        }
        if self.follows_word(start, &["until", "till"])
            || (self.is_word(start, &["of"]) && self.follows_word(start, &["ahead"]))
        {
            return Verb::near(Direction::Ahead);
        }
        let is_things = self.is_word(end, &["'s", "’s"])
            && self.follows_word(start, &["after", "follows", "followed", "following"]);
        if is_things || self.follows_word(start, &["since"]) {
            return Verb::near(Direction::Back);
        }
        // “a meeting planned for 24 February was called off”
        if self.follows_word(start, &["for"]) && self.is_word(end, &["was", "were", "had"]) {
            return Verb::near(Direction::Back);
        }
        // “a pact effective June 1”: nothing is told of it
        if self.follows_word(start, &["effective"]) {
            return Verb {
                direction: Direction::Unknown,
                is_near: false,
            };
        }
        let opens_clause = start == 0
            || self.ends_sentence(start - 1)
            || self.follows_sign(start, &[',', ':', ';', '—', '–', '"', '•'])
            || self.follows_word(start, &["that", "and", "but", "when", "where"]);
        let (near, far) = if opens_clause {
            (self.after(end), self.before(start))
        } else {
            (self.before(start), self.after(end))
        };
        if self.follows_word(start, &["to"]) && start > 1 && self.is_word(start - 2, &PUT_OFF) {
            return Verb::near(Direction::Ahead);
        }
        let by_deadline = self.follows_word(start, &["by"]);
        match near.or(far) {
            // “had arrived by Friday” is past, “agreed to leave by Friday” is not
            Some((direction, at)) if by_deadline => Verb::near(
                if direction == Direction::Back && self.follows_word(at, &["had", "was", "were"]) {
                    Direction::Back
                } else {
                    Direction::Ahead
                },
            ),
            None if by_deadline => Verb::near(Direction::Ahead),
            Some((direction, at)) => Verb {
                direction,
                is_near: if at < start {
                    // “extended to 16 November”, “payable through June”: an end point is no past by itself
                    at + NEAR >= start && !self.follows_word(start, &["to", "through", "effective"])
                } else {
                    opens_clause
                },
            },
            None => Verb {
                direction: Direction::Unknown,
                is_near: false,
            },
        }
    }

    fn before(&self, start: usize) -> Option<(Direction, usize)> {
        (start.saturating_sub(REACH)..start)
            .rev()
            .take_while(|at| !self.ends_sentence(*at))
            .find_map(|at| Some((self.decides(at)?, at)))
    }

    fn after(&self, end: usize) -> Option<(Direction, usize)> {
        for at in end..(end + REACH).min(self.tokens.len()) {
            if let Some(direction) = self.decides(at) {
                // “On Friday they agreed to meet”: the agreeing is what is dated
                let is_done = self.lexeme(at) == Lexeme::AheadBefore
                    && self.text[..self.tokens[at].end].ends_with("ed")
                    && !(at.saturating_sub(3)..at)
                        .any(|at| self.is_word(at, &["is", "are", "was", "were", "be", "been"]));
                let direction = if is_done { Direction::Back } else { direction };
                return Some((direction, at));
            }
            if self.ends_sentence(at) {
                break;
            }
        }
        None
    }

    /// What the word at a place says, if anything.
    fn decides(&self, at: usize) -> Option<Direction> {
        let token = &self.tokens[at];
        if !matches!(token.kind, Kind::Word(_)) {
            return None;
        }
        match self.lexeme(at) {
            // “will have been”, but “would have been”, “should have gone”
            Lexeme::Ahead if self.is_word(at + 1, &["have"]) && !self.is_word(at, &["will"]) => {
                Some(Direction::Back)
            }
            // “had been due to expire”
            Lexeme::Ahead
                if self.is_word(at, &["due", "scheduled", "slated"])
                    && self.follows_word(at, &["been"])
                    && self.is_word(at.wrapping_sub(2), &["had"]) =>
            {
                Some(Direction::Back)
            }
            Lexeme::Ahead => Some(Direction::Ahead),
            Lexeme::AheadBefore if self.is_word(at + 1, &["to"]) => {
                (!self.is_word(at, &["has", "have", "had", "ordered"])).then_some(Direction::Ahead)
            }
            Lexeme::AheadBefore
                if self.is_word(at + 1, &["for"])
                    && self.is_word(at, &["planned", "set", "expected"]) =>
            {
                Some(Direction::Ahead)
            }
            // 5: “may”
            Lexeme::Calendar | Lexeme::Month(5)
                if !token.is_capital
                    && !self.follows_word(at, &["to", "has", "have", "had"])
                    && !self.is_noun(at) =>
            {
                Some(Direction::Ahead)
            }
            // “takes effect”, “take effect”
            _ if self.is_word(at, &["take"]) && self.is_word(at + 1, &["effect"]) => {
                Some(Direction::Ahead)
            }
            Lexeme::AheadBefore if self.is_word(at, &["set"]) => Some(self.of_past(at)),
            Lexeme::Past => Some(self.of_past(at)),
            _ if self.is_word(at, &["was", "were"]) => Some(Direction::Back),
            _ if self.has_past_ending(at) => Some(self.of_past(at)),
            _ => None,
        }
    }

    /// “two visits”, “the votes”: no verbs.
    fn is_noun(&self, at: usize) -> bool {
        let counted = at > 0
            && (matches!(
                self.tokens[at - 1].kind,
                Kind::Digits { .. } | Kind::Grouped
            ) || matches!(self.lexeme(at - 1), Lexeme::Cardinal(_)));
        counted
            || self.follows_word(
                at,
                &[
                    "the", "its", "their", "his", "her", "of", "more", "these", "those", "several",
                    "many", "and",
                ],
            )
            || self.is_word(at + 1, &["of"])
    }

    fn has_past_ending(&self, at: usize) -> bool {
        const NO_VERBS: [&str; 14] = [
            "need", "indeed", "speed", "feed", "seed", "exceed", "proceed", "succeed", "hundred",
            "breed", "greed", "sacred", "naked", "shed",
        ];
        let token = &self.tokens[at];
        let word = &self.text[token.start..token.end];
        let opens_sentence = at == 0 || self.ends_sentence(at - 1);
        (!token.is_capital || opens_sentence)
            && word.len() >= 4
            && word.ends_with("ed")
            && !self.is_word(at, &NO_VERBS)
    }

    /// A past form is a participle of what is to come after “will be”, “is to be”, “could be”.
    fn of_past(&self, at: usize) -> Direction {
        let ahead = (at.saturating_sub(4)..at)
            .rev()
            .take_while(|at| !self.ends_sentence(*at) && !self.is_sign(*at, &[',']))
            .find_map(|at| match self.lexeme(at) {
                Lexeme::Ahead => {
                    Some(!self.is_word(at + 1, &["have"]) || self.is_word(at, &["will"]))
                }
                Lexeme::Be if self.follows_word(at, &["to"]) => Some(true),
                Lexeme::Past => Some(false),
                _ => None,
            });
        if ahead == Some(true) {
            Direction::Ahead
        } else {
            Direction::Back
        }
    }
}
