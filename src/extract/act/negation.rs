//! What is told as not done, asked, or hung on a condition.

use crate::extract::{
    clause::{Clause, Stand},
    words,
};

impl Clause<'_, '_> {
    /// Whether a verb stands in a conditional clause, or in the main clause of one.
    pub fn is_conditional(&self, verb: usize) -> bool {
        let Some(group) = self.verbs.get(verb) else {
            return false;
        };
        let start = self.left_start(group.first);
        let opener = start.checked_sub(1).map_or("", |at| self.word(at));
        let second = start.checked_sub(2).map_or("", |at| self.word(at));
        let as_if = second == "as" && opener == "if";
        if words::is_conditional(opener) && !as_if || (second == "even" && opener == "if") {
            return true;
        }
        if matches!(second, "provided" | "assuming" | "supposing") {
            return true;
        }
        // "Should Iran test …", "Were it to …"
        let first = self.word(start);
        if matches!(first, "should" | "were" | "had")
            && start < group.first
            && self.mention(start + 1).is_some()
        {
            return true;
        }
        false
    }

    /// Whether the sentence is a question.
    pub fn is_question(&self) -> bool {
        self.tokens.last().is_some_and(|token| token.text == "?")
            || self.tokens.len() > 1
                && self.tokens[self.tokens.len() - 2].text == "?"
                && words::is_double_quote(self.tokens[self.tokens.len() - 1].text)
    }

    /// Whether a noun or verb near the act says that it was not done: "stopped short of", "without", "no".
    pub fn is_held_back(&self, first: usize) -> bool {
        let from = first.saturating_sub(4);
        let before: Vec<&str> = (from..first).map(|at| self.word(at)).collect();
        before
            .windows(2)
            .any(|pair| matches!(pair, ["short" | "instead", "of"] | ["rather", "than"]))
            || before.iter().any(|word| {
                matches!(
                    *word,
                    "without" | "no" | "nearly" | "almost" | "against" | "lest"
                )
            }) && before.last().is_some_and(|word| {
                matches!(*word, "without" | "no" | "nearly" | "almost" | "against")
            })
    }

    /// Whether a verb stands under a noun or verb of wish, refusal or attempt.
    pub fn is_unrealised(&self, verb: usize) -> bool {
        self.verbs
            .get(verb)
            .is_some_and(|group| group.stand == Stand::Gerund && self.is_held_back(group.first))
    }
}
