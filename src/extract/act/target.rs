//! The words that an act governs → whom it is directed at, apart from those whom it only mentions.
//!
//! "accused Iran of arming Russia" is directed at Iran alone; a statement is about everyone in it. A charge made by
//! telling an act of another is [`super::report`]'s.

use std::ops::Range;

use super::fill::follows;
use crate::{
    domain::kind::Kind,
    extract::{
        clause::Clause,
        party::{
            gazetteer::PartyIndex,
            mention::{Class, Mention},
            titles,
        },
    },
};

/// Whether acts of a kind are directed at the first party named after them.
pub(super) fn is_directed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Accusation
            | Kind::Warning
            | Kind::Demand
            | Kind::Pledge
            | Kind::Sanction
            | Kind::Rupture
    )
}

/// The first party after a verb that does not act itself, with those joined to it; whoever stands after "by" or, of
/// blame, after "on" comes before it.
pub(super) fn addressed(
    clause: &Clause,
    words: Range<usize>,
    actors: &[PartyIndex],
    kind: Kind,
) -> Vec<PartyIndex> {
    let others: Vec<usize> = clause
        .mentions_between(words.start, words.end)
        .filter(|mention| {
            let parties = &clause.mentions[*mention].parties;
            !parties.is_empty() && !parties.iter().all(|party| actors.contains(party))
        })
        .collect();
    let blamed = || {
        let (by, verb): (&[&str], _) = match clause.word(words.start.saturating_sub(1)) {
            "blame" | "blames" | "blamed" | "blaming" => (&["on"], true),
            _ => (&["by"], kind == Kind::Accusation),
        };
        let found = others.iter().find(|mention| follows(clause, **mention, by));
        found.filter(|_| verb)
    };
    let plain = || others.iter().find(|mention| !is_scene(clause, **mention));
    let Some(&first) = blamed().or_else(plain).or_else(|| others.first()) else {
        return Vec::new();
    };
    let group: Vec<usize> = joined(clause, first)
        .into_iter()
        .filter(|mention| clause.mentions[*mention].first < words.end)
        .collect();
    let mut parties = clause.parties_of(&group);
    parties.retain(|party| !actors.contains(party));
    parties
}

/// Those whose word is denied or whose wish is refused: "French accusations", "the demands of NATO", "as Oman claimed".
pub(super) fn gainsaid(
    clause: &Clause,
    from: usize,
    to: usize,
    actors: &[PartyIndex],
) -> Vec<PartyIndex> {
    let first = (from..to).find(|at| is_said(clause.word(*at)));
    let own_content = (from..to).find(|at| matches!(clause.word(*at), "that" | "having"));
    let mut mentions: Vec<usize> = Vec::new();
    for mention in clause.mentions_between(from, to) {
        let found = &clause.mentions[mention];
        let claims = matches!(
            clause.word(found.last + 1),
            "claimed" | "claims" | "alleged" | "alleges" | "said" | "says"
        );
        let before_content = own_content.is_none_or(|content| found.first < content);
        let of_said = first.is_some_and(|said| {
            found.last < said
                || matches!(clause.word(said + 1), "of" | "by" | "from" | "in")
                    && found.first <= said + 5
                    && !(clause.word(said + 1) == "of" && is_charge(clause.word(said)))
        });
        if claims || before_content && (of_said || first.is_none()) {
            mentions.push(mention);
        }
    }
    let mut parties = clause.parties_of(&mentions);
    parties.retain(|party| !actors.contains(party));
    parties
}

/// A mention with those that "and" or a comma joins to it on its right.
fn joined(clause: &Clause, first: usize) -> Vec<usize> {
    let mut group = vec![first];
    while let Some(next) = clause.mentions.get(group[group.len() - 1] + 1) {
        let last = group[group.len() - 1];
        let between = clause
            .tokens
            .get(clause.mentions[last].last + 1..next.first)
            .unwrap_or(&[]);
        let and = between
            .iter()
            .any(|token| matches!(token.low.as_ref(), "and" | "&" | "," | "or"));
        let plain = between.len() <= 6
            && between.iter().all(|token| {
                matches!(
                    token.low.as_ref(),
                    "and"
                        | "&"
                        | ","
                        | "or"
                        | "the"
                        | "both"
                        | "on"
                        | "against"
                        | "its"
                        | "their"
                        | "'s"
                ) || titles::office(token).is_some()
                    || titles::is_office_modifier(token)
            });
        // "Iran, which …", "Iran, Oman said"
        let own_clause = clause
            .verb_index(next.last + 1)
            .is_some_and(|verb| clause.verbs[verb].stand == crate::extract::clause::Stand::Finite);
        if !(and && plain) || own_clause {
            break;
        }
        group.push(last + 1);
    }
    group
}

/// Whether a mention only says where something happened: "the blast in Iraq".
fn is_scene(clause: &Clause, mention: usize) -> bool {
    let found: &Mention = &clause.mentions[mention];
    matches!(found.class, Class::Name | Class::Place)
        && follows(clause, mention, &["in", "at", "near", "outside"])
}

/// Words for what somebody said or wants, which another may deny or refuse.
fn is_said(word: &str) -> bool {
    is_charge(word)
        || matches!(
            word,
            "demand"
                | "demands"
                | "call"
                | "calls"
                | "offer"
                | "offers"
                | "proposal"
                | "proposals"
                | "request"
                | "requests"
                | "appeal"
                | "appeals"
                | "plan"
                | "plans"
                | "ultimatum"
                | "criticism"
                | "complaint"
                | "complaints"
                | "assertion"
                | "assertions"
                | "ruling"
                | "verdict"
                | "resolution"
        )
}

/// Words for what somebody claims of another.
fn is_charge(word: &str) -> bool {
    matches!(
        word,
        "accusation"
            | "accusations"
            | "allegation"
            | "allegations"
            | "charge"
            | "charges"
            | "claim"
            | "claims"
            | "report"
            | "reports"
            | "suggestion"
            | "suggestions"
    )
}
