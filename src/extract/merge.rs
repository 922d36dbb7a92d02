//! One act once: the same act told again in an article joins the first telling and keeps every place that tells it.

use std::{hash::BuildHasher, ops::Range};

use rustc_hash::FxBuildHasher;

use super::{
    act::find::{self, Act},
    boilerplate::BlockKind,
    clause::{Clause, is_function},
    dating::Dated,
    party::gazetteer::PartyIndex,
    why::{Pass, Reason},
    words,
};
use crate::domain::{edtf::Edtf, kind::Kind, modality::Modality};

/// A dated act with the bytes that carry it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub act: Act,
    pub dated: Dated,
    pub block: BlockKind,
    /// The sentence that tells it, counted through the article.
    pub sentence: usize,
    pub evidence: Vec<Range<usize>>,
    /// The rules behind it.
    pub why: Vec<Reason>,
    /// Whether only words that refer back say who acts.
    pub referred: bool,
    /// The words that tell what it is about, each as a number: neither parties nor words of grammar.
    pub about: Vec<u64>,
}

/// The words of an act that tell what it is about.
pub(crate) fn about(clause: &Clause, act: &Act) -> Vec<u64> {
    let mut found: Vec<u64> = (act.first..act.end.min(clause.tokens.len()))
        .filter(|at| {
            let known = clause.known(*at);
            clause.tokens[*at].is_word()
                && clause.tokens[*at].text.len() > 3
                && clause.mention_index(*at).is_none()
                && !is_function(known)
                && !words::is_time_noun(known)
        })
        .map(|at| {
            let word = clause.word(at);
            let stem = word.get(..word.len().min(5)).unwrap_or(word);
            FxBuildHasher.hash_one(stem)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether two tellings speak of one thing: of the shorter's words a fifth are the other's too.
fn alike(a: &[u64], b: &[u64]) -> bool {
    let shared = a
        .iter()
        .filter(|word| b.binary_search(word).is_ok())
        .count();
    5 * shared >= a.len().min(b.len())
}

/// Joins what is the same act. Order of first telling is kept, but the body's telling leads.
pub(crate) fn merged(told: Vec<Told>) -> Vec<Told> {
    let mut kept: Vec<Told> = Vec::with_capacity(told.len());
    for one in told {
        let window = kept.len().saturating_sub(120);
        match kept[window..].iter_mut().find(|known| is_same(known, &one)) {
            Some(known) => join(known, one),
            None => kept.push(one),
        }
    }
    kept
}

fn is_same(known: &Told, new: &Told) -> bool {
    let (a, b) = (&known.act, &new.act);
    if a.kind != b.kind || !share(&a.actors, &b.actors) {
        return false;
    }
    let summary = known.block != BlockKind::Body || new.block != BlockKind::Body;
    if a.modality != b.modality
        && !(summary
            && !known.dated.explicit
            && a.modality != Modality::Alleged
            && b.modality != Modality::Alleged)
    {
        return false;
    }
    let about = a.targets.is_empty() || b.targets.is_empty() || share(&a.targets, &b.targets);
    let both_explicit = known.dated.explicit && new.dated.explicit;
    let open = |told: &Told| told.dated.date.earliest().is_none();
    if open(known) != open(new) && !summary {
        return false;
    }
    let dates = agree(&known.dated.date, &new.dated.date, both_explicit);
    let loose = summary && !both_explicit;
    if !dates && !loose {
        return false;
    }
    match a.kind {
        // an expulsion and a summons of one day are two
        Kind::Rupture | Kind::Sanction | Kind::Relief
            if both_explicit && known.sentence == new.sentence && a.rule != b.rule =>
        {
            false
        }
        // two charges of one day are two where they speak of different things
        kind if kind != Kind::Statement
            && find::is_speech(kind)
            && !summary
            && known.sentence != new.sentence
            && !alike(&known.about, &new.about) =>
        {
            false
        }
        // a state may take a position on several things in a day; so it may accuse, but of one thing once
        Kind::Statement => true,
        _ => about,
    }
}

fn share(a: &[PartyIndex], b: &[PartyIndex]) -> bool {
    a.is_empty() && b.is_empty() || a.iter().any(|party| b.contains(party))
}

/// Whether two dates may be of one act: equal if both are told, else overlapping.
fn agree(a: &Edtf, b: &Edtf, both_explicit: bool) -> bool {
    if both_explicit {
        return a == b
            || a.as_single_day().is_none() != b.as_single_day().is_none()
                && overlap(a, b)
                && a.earliest().is_some()
                && b.earliest().is_some();
    }
    overlap(a, b)
}

fn overlap(a: &Edtf, b: &Edtf) -> bool {
    a.overlaps(b.earliest(), b.latest())
}

fn join(known: &mut Told, new: Told) {
    known.referred &= new.referred;
    let words = new.evidence.first().cloned().unwrap_or(0..0);
    known.why.push(Reason {
        pass: Pass::Merge,
        rule: if known.block == new.block {
            "told again"
        } else {
            "told in title and text"
        },
        words,
    });
    known.why.extend(new.why);
    let better = !known.dated.explicit && new.dated.explicit
        || known.block != BlockKind::Body && new.block == BlockKind::Body;
    if better {
        known.act.modality = new.act.modality;
        known.act.by_noun &= new.act.by_noun;
        if new.dated.explicit || !known.dated.explicit {
            known.dated = new.dated;
        }
        known.block = new.block;
        let mut evidence = new.evidence;
        evidence.append(&mut known.evidence);
        known.evidence = evidence;
    } else {
        known.evidence.extend(new.evidence);
    }
    for party in new.act.actors {
        if !known.act.actors.contains(&party) && known.act.kind != Kind::Statement {
            known.act.targets.retain(|target| *target != party);
            known.act.actors.push(party);
        }
    }
    for party in new.act.targets {
        if !known.act.targets.contains(&party) && !known.act.actors.contains(&party) {
            known.act.targets.push(party);
        }
    }
    for name in new.act.named {
        if !known.act.named.contains(&name) {
            known.act.named.push(name);
        }
    }
    for name in new.act.speakers {
        if !known.act.speakers.contains(&name) {
            known.act.speakers.push(name);
        }
    }
    known.about.extend(new.about);
    known.about.sort_unstable();
    known.about.dedup();
}
