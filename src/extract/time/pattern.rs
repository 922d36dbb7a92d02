//! The patterns of rules, compiled: what a run of tokens must look like, and what is taken from it.
//!
//! A pattern is a line of elements with spaces between: a word (`ago`), words to choose from (`last|past`), a sign (`,`), a class
//! (`<weekday>`), and `[…]` around what may be absent. What lies between two tokens may be a space or one line break, never a
//! blank line. Optional parts are expanded when compiled and all patterns laid into one tree, so a beginning that several share is
//! looked at once; a walk is no longer than the longest pattern. The longest match at a token wins, and among equals the rule that stands first.

use super::{
    class::{self, Class},
    lexicon::{Lexeme, Lexicon, WordId},
    rule::{self, TimeRule},
    token::{Gap, Kind, Token},
};

/// What a rule's pattern took, in order.
#[derive(Debug, Clone)]
pub(super) struct Match {
    /// Token indices, the end exclusive.
    pub(super) first: usize,
    pub(super) end: usize,
    taken: [Taken; MOST_TAKEN],
    count: usize,
}

/// One class or choice of a match.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    class: Class,
    value: i32,
    lexeme: Lexeme,
}

/// No pattern takes more than this; what is over is not kept.
const MOST_TAKEN: usize = 8;

impl Match {
    const fn at(first: usize) -> Self {
        Self {
            first,
            end: first,
            taken: [Taken {
                class: Class::Choice,
                value: 0,
                lexeme: Lexeme::None,
            }; MOST_TAKEN],
            count: 0,
        }
    }

    /// The value of the `index`th (from 0) capture of a class.
    pub(super) fn nth(&self, class: Class, index: usize) -> Option<i32> {
        self.of(class).nth(index).map(|taken| taken.value)
    }

    /// The value of the first capture of a class.
    pub(super) fn value(&self, class: Class) -> Option<i32> {
        self.nth(class, 0)
    }

    /// Which of its words the `index`th choice took.
    pub(super) fn choice(&self, index: usize) -> Option<i32> {
        self.nth(Class::Choice, index)
    }

    /// The meaning of the first capture of a class that is a word.
    pub(super) fn lexeme(&self, class: Class) -> Lexeme {
        self.of(class)
            .next()
            .map_or(Lexeme::None, |taken| taken.lexeme)
    }

    /// The value of a class that is never negative.
    pub(super) fn number(&self, class: Class) -> Option<u32> {
        self.value(class).and_then(|value| value.try_into().ok())
    }

    fn of(&self, class: Class) -> impl Iterator<Item = &Taken> {
        self.taken[..self.count]
            .iter()
            .filter(move |taken| taken.class == class)
    }

    fn push(&mut self, class: Class, value: i32, lexeme: Lexeme) {
        if let Some(place) = self.taken.get_mut(self.count) {
            *place = Taken {
                class,
                value,
                lexeme,
            };
            self.count += 1;
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Atom {
    Word(WordId),
    Choice(Box<[WordId]>),
    Sign(char),
    Class(Class),
}

/// A place in the tree of all patterns: the rules whose pattern ends here, and how it may go on.
#[derive(Debug, Default)]
struct Node {
    rules: Vec<usize>,
    next: Vec<(Atom, usize)>,
}

/// All rules' patterns as one tree, by the token that each begins with.
#[derive(Debug)]
pub(super) struct Patterns {
    rules: Vec<&'static TimeRule>,
    /// The first is the root.
    nodes: Vec<Node>,
    /// Which of the root's ways a token may begin, by place.
    by_word: Vec<Vec<usize>>,
    by_digits: Vec<usize>,
    by_nth: Vec<usize>,
    by_decade: Vec<usize>,
    by_apostrophe: Vec<usize>,
}

/// A tree walk along the tokens.
struct Walk<'a> {
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    found: Match,
    /// Every rule that fits, and how.
    hits: Vec<(usize, Match)>,
}

impl Patterns {
    pub(super) fn compile(lexicon: &Lexicon) -> Self {
        let mut patterns = Self {
            rules: rule::all().collect(),
            nodes: vec![Node::default()],
            by_word: vec![Vec::new(); lexicon.len()],
            by_digits: Vec::new(),
            by_nth: Vec::new(),
            by_decade: Vec::new(),
            by_apostrophe: Vec::new(),
        };
        for (index, rule) in rule::all().enumerate() {
            for pattern in rule.patterns {
                for atoms in expand(pattern, lexicon) {
                    patterns.add(index, atoms);
                }
            }
        }
        for way in 0..patterns.nodes[0].next.len() {
            patterns.index(way, lexicon);
        }
        patterns
    }

    fn add(&mut self, rule: usize, atoms: Vec<Atom>) {
        let mut at = 0;
        for atom in atoms {
            let known = self.nodes[at].next.iter().find(|(own, _)| *own == atom);
            at = if let Some((_, node)) = known {
                *node
            } else {
                let node = self.nodes.len();
                self.nodes[at].next.push((atom, node));
                self.nodes.push(Node::default());
                node
            };
        }
        if !self.nodes[at].rules.contains(&rule) {
            self.nodes[at].rules.push(rule);
        }
    }

    /// Enters one of the root's ways under the tokens that may begin it.
    fn index(&mut self, way: usize, lexicon: &Lexicon) {
        match &self.nodes[0].next[way].0 {
            Atom::Word(word) => self.by_word[usize::from(word.0)].push(way),
            Atom::Choice(words) => {
                for word in words {
                    self.by_word[usize::from(word.0)].push(way);
                }
            }
            Atom::Sign(_) => self.by_apostrophe.push(way),
            Atom::Class(class) => {
                for (index, ways) in self.by_word.iter_mut().enumerate() {
                    let word = WordId(u16::try_from(index).unwrap_or_default());
                    if class.may_begin_with(lexicon.lexeme(word)) {
                        ways.push(way);
                    }
                }
                let enter = |is_so: bool, ways: &mut Vec<usize>| ways.extend(is_so.then_some(way));
                enter(class.may_begin_with_digits(), &mut self.by_digits);
                enter(class.may_begin_with_nth(), &mut self.by_nth);
                enter(class.may_begin_with_decade(), &mut self.by_decade);
                enter(class.may_begin_with_apostrophe(), &mut self.by_apostrophe);
            }
        }
    }

    /// Of the matches at a token, the longest of which `accept` makes something, and its rule.
    pub(super) fn at<T>(
        &self,
        tokens: &[Token],
        first: usize,
        lexicon: &Lexicon,
        mut accept: impl FnMut(&'static TimeRule, &Match) -> Option<T>,
    ) -> Option<(&'static TimeRule, Match, T)> {
        let ways = match tokens[first].kind {
            Kind::Word(word) => &self.by_word[usize::from(word.0)],
            Kind::Digits { .. } => &self.by_digits,
            Kind::Nth(_) => &self.by_nth,
            Kind::Decade { .. } => &self.by_decade,
            Kind::Sign('\'') => &self.by_apostrophe,
            Kind::Grouped | Kind::Sign(_) => return None,
        };
        if ways.is_empty() {
            return None;
        }
        let mut walk = Walk {
            tokens,
            lexicon,
            found: Match::at(first),
            hits: Vec::new(),
        };
        for way in ways {
            let (atom, node) = &self.nodes[0].next[*way];
            self.go(atom, *node, &mut walk);
        }
        walk.hits
            .sort_by_key(|(rule, found)| (std::cmp::Reverse(found.end), *rule));
        walk.hits.into_iter().find_map(|(rule, found)| {
            let rule = self.rules[rule];
            accept(rule, &found).map(|made| (rule, found, made))
        })
    }

    /// Goes along one way if the next tokens fit, and on from there.
    fn go(&self, atom: &Atom, node: usize, walk: &mut Walk<'_>) {
        let (end, count) = (walk.found.end, walk.found.count);
        if walk.take(atom).is_some() {
            let node = &self.nodes[node];
            for rule in &node.rules {
                walk.hits.push((*rule, walk.found.clone()));
            }
            for (atom, next) in &node.next {
                self.go(atom, *next, walk);
            }
        }
        (walk.found.end, walk.found.count) = (end, count);
    }
}

impl Walk<'_> {
    fn take(&mut self, atom: &Atom) -> Option<()> {
        let found = &mut self.found;
        let token = self.tokens.get(found.end)?;
        if found.end > found.first && token.gap > Gap::Line {
            return None;
        }
        match atom {
            Atom::Word(word) if token.word() == *word => found.end += 1,
            Atom::Sign(sign) if token.is_sign(*sign) => found.end += 1,
            Atom::Choice(words) => {
                let choice = words.iter().position(|word| *word == token.word())?;
                found.push(Class::Choice, i32::try_from(choice).ok()?, Lexeme::None);
                found.end += 1;
            }
            Atom::Class(class) => {
                let (end, value) = class::take(*class, self.tokens, found.end, self.lexicon)?;
                found.push(*class, value, token.lexeme(self.lexicon));
                found.end = end;
            }
            Atom::Word(_) | Atom::Sign(_) => return None,
        }
        Some(())
    }
}

/// Every flat sequence that a pattern stands for.
fn expand(pattern: &str, lexicon: &Lexicon) -> Vec<Vec<Atom>> {
    let spaced = pattern.replace('[', " [ ").replace(']', " ] ");
    let elements: Vec<&str> = spaced.split_whitespace().collect();
    expand_elements(&elements, lexicon)
}

fn expand_elements(elements: &[&str], lexicon: &Lexicon) -> Vec<Vec<Atom>> {
    let Some((first, rest)) = elements.split_first() else {
        return vec![Vec::new()];
    };
    if *first == "[" {
        let close = closing(rest);
        let without = expand_elements(&rest[close + 1..], lexicon);
        let inside = expand_elements(&rest[..close], lexicon);
        let mut all: Vec<Vec<Atom>> = inside
            .iter()
            .flat_map(|inside| {
                without
                    .iter()
                    .map(|rest| inside.iter().chain(rest).cloned().collect())
            })
            .collect();
        all.extend(without);
        return all;
    }
    let atom = atom(first, lexicon);
    expand_elements(rest, lexicon)
        .into_iter()
        .map(|rest| {
            let mut all = vec![atom.clone()];
            all.extend(rest);
            all
        })
        .collect()
}

/// Where the bracket closes that opened just before.
fn closing(elements: &[&str]) -> usize {
    let mut depth = 1;
    for (index, element) in elements.iter().enumerate() {
        match *element {
            "[" => depth += 1,
            "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    elements.len().saturating_sub(1)
}

fn atom(element: &str, lexicon: &Lexicon) -> Atom {
    if let Some(class) = Class::named(element) {
        return Atom::Class(class);
    }
    if element.contains('|') {
        return Atom::Choice(element.split('|').map(|word| lexicon.word(word)).collect());
    }
    match lexicon.word(element) {
        WordId::UNKNOWN => Atom::Sign(element.chars().next().unwrap_or(' ')),
        word => Atom::Word(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_parts_are_expanded() {
        let lexicon = Lexicon::shared();
        let lengths: Vec<usize> = expand("[<weekday> [,]] <month> <day>", lexicon)
            .iter()
            .map(Vec::len)
            .collect();
        assert_eq!(lengths, [4, 3, 2]);
    }

    #[test]
    fn every_pattern_is_made_of_known_words_and_classes() {
        for rule in rule::all() {
            for pattern in rule.patterns {
                for element in pattern
                    .split([' ', '[', ']', '|'])
                    .filter(|part| !part.is_empty())
                {
                    let is_class = element.starts_with('<');
                    assert_eq!(
                        is_class,
                        Class::named(element).is_some(),
                        "{}: {element}",
                        rule.name
                    );
                    assert!(
                        is_class
                            || element.chars().count() == 1
                            || Lexicon::shared().word(element) != WordId::UNKNOWN,
                        "{}: {element}",
                        rule.name
                    );
                }
            }
        }
    }
}
