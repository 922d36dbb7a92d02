//! An act that names nobody toward whom it is → its target, from the acts told shortly before it.
//!
//! "France also condemned the transfer" is directed at whoever made the transfer that the article has just told.

use super::{act::find::Act, merge::Told, party::gazetteer::PartyIndex, token::Token};
use crate::domain::kind::Kind;

/// How many sentences back an act may be that another one is about.
const SENTENCES: usize = 4;

/// How many acts back are looked at.
const ACTS: usize = 12;

/// The target of an act that names none; empty where nothing told before gives one.
pub(crate) fn target(
    act: &Act,
    tokens: &[Token],
    sentence: usize,
    told: &[Told],
) -> Vec<PartyIndex> {
    if act.actors.is_empty() {
        return Vec::new();
    }
    let by_us = |other: &Told| shares(&other.act.actors, &act.actors);
    let at_us = |other: &Told| shares(&other.act.targets, &act.actors);
    let mut before = told.iter().rev().take(ACTS);
    let near = |other: &&Told| other.sentence + SENTENCES >= sentence;
    match act.kind {
        // the penalty that was told before, or warned of
        Kind::Sanction | Kind::Relief => before
            .find(|other| {
                matches!(
                    other.act.kind,
                    Kind::Sanction | Kind::Relief | Kind::Warning
                ) && by_us(other)
                    && !other.act.targets.is_empty()
            })
            .map_or_else(Vec::new, |other| other.act.targets.clone()),
        // whoever brought the charge, or asked
        Kind::Denial => before
            .find(|other| {
                matches!(
                    other.act.kind,
                    Kind::Accusation | Kind::Demand | Kind::Warning
                ) && at_us(other)
                    && !by_us(other)
            })
            .map_or_else(Vec::new, |other| other.act.actors.clone()),
        // whoever did what "the transfer" or "the decision" means
        Kind::Accusation | Kind::Statement => {
            let words = tokens
                .get(act.first..act.end.min(tokens.len()))
                .unwrap_or(&[]);
            let Some(meant) = meant(words) else {
                return Vec::new();
            };
            before
                .take_while(near)
                .find(|other| {
                    !by_us(other)
                        && match meant {
                            Meant::Kind(kind) => other.act.kind == kind,
                            Meant::Any => !is_position(other.act.kind),
                        }
                })
                .map_or_else(Vec::new, |other| other.act.actors.clone())
        }
        _ => Vec::new(),
    }
}

/// What a noun says of the act that it means.
enum Meant {
    Kind(Kind),
    /// "the decision"
    Any,
}

/// The kind of act that words such as "the transfer" mean, any kind for "the decision"; none where no such words stand.
fn meant(words: &[Token]) -> Option<Meant> {
    words
        .windows(2)
        .filter(|pair| matches!(pair[0].low.as_ref(), "the" | "this" | "such"))
        .find_map(|pair| {
            Some(match pair[1].low.as_ref() {
                "attack" | "attacks" | "strike" | "strikes" | "raid" | "raids" | "bombing"
                | "invasion" | "incursion" | "launch" | "test" | "tests" | "offensive"
                | "assault" | "drills" | "manoeuvres" => Meant::Kind(Kind::Military),
                "transfer" | "transfers" | "delivery" | "deliveries" | "shipment" | "shipments"
                | "supply" | "package" => Meant::Kind(Kind::Transfer),
                "sanctions" | "ban" | "embargo" | "tariffs" | "blockade" | "blacklisting" => {
                    Meant::Kind(Kind::Sanction)
                }
                "withdrawal" | "expulsion" | "expulsions" | "recall" | "pullout" => {
                    Meant::Kind(Kind::Rupture)
                }
                "ruling" | "verdict" | "vote" | "resolution" | "indictment" => {
                    Meant::Kind(Kind::Ruling)
                }
                "decision" | "move" | "step" => Meant::Any,
                _ => return None,
            })
        })
}

/// Whether a kind only takes a position on what others do.
fn is_position(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Statement | Kind::Accusation | Kind::Denial | Kind::Demand
    )
}

fn shares(a: &[PartyIndex], b: &[PartyIndex]) -> bool {
    a.iter().any(|party| b.contains(party))
}
