//! A sentence's verbs and nouns → acts: which rule fits, who acts on whom, and how it is told.
//!
//! Rules are data, a file for each family; [`rule`] holds their notation. The kinds are the coding guide's.

mod accord;
mod contact;
pub(super) mod content;
mod fill;
pub(super) mod find;
mod force;
pub(super) mod modality;
mod needs;
pub(super) mod negation;
mod noun;
mod passive;
mod report;
pub(super) mod rule;
mod ruling;
mod rupture;
mod sanction;
mod speech;
mod target;
mod transfer;

use rule::ActRule;

/// Every rule, the more specific kinds first.
fn rules() -> impl Iterator<Item = &'static ActRule> {
    [
        sanction::RULES,
        rupture::RULES,
        ruling::RULES,
        transfer::RULES,
        accord::RULES,
        contact::RULES,
        force::RULES,
        speech::RULES,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{ArticleText, party::gazetteer::Gazetteer, read};

    /// The acts of a text of mid-2024, as `kind ACTOR+ACTOR`.
    fn acts(text: &str) -> Vec<(crate::domain::kind::Kind, Vec<String>)> {
        let article = ArticleText::new(text, "2024-05-15".parse().unwrap());
        read(&article, Gazetteer::builtin())
            .into_iter()
            .map(|event| {
                (
                    event.kind,
                    event.actors.iter().map(ToString::to_string).collect(),
                )
            })
            .collect()
    }

    #[test]
    fn every_rule_finds_its_examples() {
        let mut missed = Vec::new();
        for rule in rules() {
            for (text, actors) in rule.examples {
                let found = acts(text);
                let met = found.iter().any(|(kind, found)| {
                    *kind == rule.kind && (*actors == "-" || found.join("+") == *actors)
                });
                if !met {
                    missed.push(format!("{}: {text} ({actors}) found {found:?}", rule.name));
                }
            }
        }
        assert_eq!(missed, Vec::<String>::new());
    }

    #[test]
    fn no_rule_takes_its_rejects() {
        let mut taken = Vec::new();
        for rule in rules() {
            for text in rule.rejects {
                let found = acts(text);
                if found.iter().any(|(kind, _)| *kind == rule.kind) {
                    taken.push(format!("{}: {text} found {found:?}", rule.name));
                }
            }
        }
        assert_eq!(taken, Vec::<String>::new());
    }
}
