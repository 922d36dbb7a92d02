//! A sentence's verbs and nouns → acts: which rule fits, who acts on whom, and how it is told.
//!
//! Rules are data, a file for each family; [`rule`] holds their notation. The kinds are the coding guide's.

mod accord;
mod contact;
pub(super) mod content;
pub(super) mod find;
mod force;
pub(super) mod modality;
pub(super) mod negation;
pub(super) mod rule;
mod ruling;
mod rupture;
mod sanction;
mod speech;
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
