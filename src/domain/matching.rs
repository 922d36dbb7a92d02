//! A draft beside an event on record → how they may belong together, how surely, and why in words.
//!
//! The same act told again has the kind, shares who acts, and its dates agree as the coding guide scores them: two days are
//! equal, anything else overlaps by at least half of the shorter, an open side counting a month. An act may also carry out
//! what was announced, warned of or promised, and may deny or answer what was said against its actor. Which events are
//! compared at all is left to the store; nothing is decided here, only offered.

mod nearness;
mod words;

use chrono::{Days, NaiveDate};

use self::nearness::{known_days, nearness};
pub use self::words::CommonWords;
use super::{
    event::{Event, EventDraft},
    follow_through::FollowThrough,
    kind::Kind,
    modality::Modality,
    party::PartyCode,
    register::PartyRegister,
    relation::RelationKind,
};

/// Days before an act in which what it carries out may have been said.
const CARRIED_OUT_WITHIN: u64 = 120;
/// Days before a denial in which the accusation may have been made.
const DENIED_WITHIN: u64 = 60;
/// Days before an act in which what it answers may have been done.
const ANSWERED_WITHIN: u64 = 14;
/// Days around a date in which the same act may stand.
const SAME_WITHIN: u64 = 45;
/// An offer of the same act below this, in thousandths, is not worth a look.
const SAME_LEAST: i64 = 500;
/// Words that an answer must share with what it answers.
const ANSWER_WORDS: usize = 2;

/// How a draft may belong to an event on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Offer {
    /// It is the same act: its article is one more source.
    Source,
    /// It does what that event announced, warned of or promised.
    CarriesOut,
    /// It denies what that event says of its actor.
    Denies,
    /// It replies to that event.
    Answers,
}

impl Offer {
    /// The relation that it proposes; the same act has none.
    pub const fn relation(self) -> Option<RelationKind> {
        match self {
            Self::Source => None,
            Self::CarriesOut => Some(RelationKind::CarriesOut),
            Self::Denies => Some(RelationKind::Denies),
            Self::Answers => Some(RelationKind::Answers),
        }
    }
}

/// What is offered of one event on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// How they may belong together.
    pub offer: Offer,
    /// How alike they are, in thousandths.
    pub score: i64,
    /// Why, each a few words: “same kind”, “GBR, USA act in both”.
    pub reasons: Vec<String>,
}

/// Where events that may belong to a draft are looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    /// Of these kinds.
    pub kinds: Vec<Kind>,
    /// Sorted by this day or later.
    pub first: NaiveDate,
    /// Sorted by this day or earlier.
    pub last: NaiveDate,
    /// Which of them.
    pub standing: Standing,
}

/// Which events of a reach count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// All of them.
    Any,
    /// Those that nothing has carried out in full.
    Open,
}

/// Where the record may hold what belongs to a draft: the same act first.
pub fn reaches(draft: &EventDraft) -> Vec<Reach> {
    let (first, last) = known_days(&draft.date);
    let back = |from: NaiveDate, days| {
        from.checked_sub_days(Days::new(days))
            .unwrap_or(NaiveDate::MIN)
    };
    let on = last
        .checked_add_days(Days::new(SAME_WITHIN))
        .unwrap_or(NaiveDate::MAX);
    let mut reaches = vec![Reach {
        kinds: vec![draft.kind],
        first: back(first, SAME_WITHIN),
        last: on,
        standing: Standing::Any,
    }];
    let mut before = |kinds: Vec<Kind>, days, standing| {
        if !kinds.is_empty() {
            reaches.push(Reach {
                kinds,
                first: back(first, days),
                last,
                standing,
            });
        }
    };
    if draft.modality == Modality::Occurred {
        let mut kinds = announcing(draft.kind);
        kinds.push(draft.kind);
        before(kinds, CARRIED_OUT_WITHIN, Standing::Open);
    }
    if draft.kind == Kind::Denial {
        before(vec![Kind::Accusation], DENIED_WITHIN, Standing::Any);
    }
    before(answered(draft.kind), ANSWERED_WITHIN, Standing::Any);
    reaches
}

/// How a draft may belong to an event; `None` where it is not likely to.
pub fn compare(draft: &EventDraft, event: &Event, register: &PartyRegister) -> Option<Match> {
    let words = CommonWords::of(draft, &event.content, register);
    [same_act, carries_out, denies, answers]
        .into_iter()
        .find_map(|rule| rule(draft, event, &words))
}

/// Whether two tellings are of the same kind, date and parties: what `--publish` takes for the same act.
pub fn is_identical(one: &EventDraft, other: &EventDraft) -> bool {
    let sorted = |codes: &[PartyCode]| {
        let mut codes = codes.to_vec();
        codes.sort();
        codes
    };
    !(one.actors.is_empty() && one.targets.is_empty())
        && one.kind == other.kind
        && one.date == other.date
        && sorted(&one.actors) == sorted(&other.actors)
        && sorted(&one.targets) == sorted(&other.targets)
}

/// The kinds in which an act of this kind is warned of or promised.
fn announcing(kind: Kind) -> Vec<Kind> {
    match kind {
        Kind::Sanction | Kind::Rupture | Kind::Ruling => vec![Kind::Warning],
        Kind::Military => vec![Kind::Warning, Kind::Pledge],
        Kind::Transfer | Kind::Relief | Kind::Agreement | Kind::Visit => vec![Kind::Pledge],
        _ => Vec::new(),
    }
}

/// The kinds that an act of this kind may answer.
fn answered(kind: Kind) -> Vec<Kind> {
    match kind {
        Kind::Statement | Kind::Warning | Kind::Accusation | Kind::Demand => vec![
            Kind::Accusation,
            Kind::Demand,
            Kind::Warning,
            Kind::Sanction,
            Kind::Military,
        ],
        Kind::Rupture | Kind::Sanction | Kind::Military => vec![
            Kind::Sanction,
            Kind::Rupture,
            Kind::Military,
            Kind::Accusation,
        ],
        Kind::Denial | Kind::Pledge | Kind::Relief | Kind::Agreement => vec![Kind::Demand],
        _ => Vec::new(),
    }
}

fn same_act(draft: &EventDraft, event: &Event, words: &CommonWords) -> Option<Match> {
    let content = &event.content;
    if draft.kind != content.kind || is_announced_then_done(draft, event) {
        return None;
    }
    let (acting, acted) = shared_sides(draft, content);
    let by_none = draft.actors.is_empty() && content.actors.is_empty();
    if acting.is_empty() && (!by_none || acted.is_empty()) {
        return None;
    }
    let near = nearness(&draft.date, &content.date)?;
    let parties = (600 * alike(&draft.actors, &content.actors, &acting)
        + 400 * alike(&draft.targets, &content.targets, &acted))
        / 1000;
    let told = match (draft.modality, content.modality) {
        (one, other) if one == other => 1000,
        (Modality::Alleged, _) | (_, Modality::Alleged) => 0,
        _ => 500,
    };
    let score = (400 * parties + 350 * near.score() + 150 * words.score() + 100 * told) / 1000;
    if score < SAME_LEAST {
        return None;
    }
    let mut reasons = vec!["same kind".to_owned()];
    reasons.push(party_reason(draft, content, &acting, &acted));
    reasons.push(near.reason().to_owned());
    if draft.modality != content.modality {
        reasons.push(format!(
            "told there as {}, here as {}",
            content.modality, draft.modality
        ));
    }
    reasons.extend(words.reason());
    Some(Match {
        offer: Offer::Source,
        score,
        reasons,
    })
}

/// Whether the event announced what the draft tells as done: not the same act, but the one that carries it out.
fn is_announced_then_done(draft: &EventDraft, event: &Event) -> bool {
    event.content.modality == Modality::Announced && draft.modality == Modality::Occurred
}

fn carries_out(draft: &EventDraft, event: &Event, words: &CommonWords) -> Option<Match> {
    let content = &event.content;
    let is_open = matches!(
        event.follow_through,
        Some(FollowThrough::Pending | FollowThrough::Partly | FollowThrough::Lapsed)
    );
    let is_announced = draft.kind == content.kind && is_announced_then_done(draft, event);
    let is_foretold = announcing(draft.kind).contains(&content.kind);
    if draft.modality != Modality::Occurred || !is_open || !(is_announced || is_foretold) {
        return None;
    }
    let (acting, acted) = shared_sides(draft, content);
    if acting.is_empty() {
        return None;
    }
    let (draft_first, draft_last) = known_days(&draft.date);
    let (told_first, told_last) = known_days(&content.date);
    let (near, when) = if is_announced {
        match nearness(&draft.date, &content.date) {
            Some(near) => (near.score(), near.reason()),
            None if told_first <= draft_last && days(told_last, draft_first) <= 31 => {
                (300, "soon after the day announced")
            }
            None => return None,
        }
    } else {
        let passed = days(told_first, draft_first);
        let within = i64::try_from(CARRIED_OUT_WITHIN).unwrap_or(i64::MAX);
        if draft_last < told_first || passed > within {
            return None;
        }
        (1000 - 700 * passed.max(0) / within, "told before it")
    };
    // a warning fits many later acts: the words or the one acted upon must agree too
    if !is_announced && acted.is_empty() && words.is_empty() {
        return None;
    }
    let parties = (600 * alike(&draft.actors, &content.actors, &acting)
        + 400 * alike(&draft.targets, &content.targets, &acted))
        / 1000;
    let base = if is_announced { 300 } else { 0 };
    let score = base + (400 * parties + 200 * near + 100 * words.score()) / 1000;
    if score < 300 {
        return None;
    }
    let first = if is_announced {
        format!("announced there, {}", draft.modality)
    } else {
        format!("a {} that nothing has carried out", content.kind)
    };
    let mut reasons = vec![first, party_reason(draft, content, &acting, &acted)];
    reasons.push(when.to_owned());
    reasons.extend(words.reason());
    Some(Match {
        offer: Offer::CarriesOut,
        score,
        reasons,
    })
}

fn denies(draft: &EventDraft, event: &Event, words: &CommonWords) -> Option<Match> {
    if draft.kind != Kind::Denial || event.content.kind != Kind::Accusation {
        return None;
    }
    reply(draft, event, words, Offer::Denies, DENIED_WITHIN, 0)
}

fn answers(draft: &EventDraft, event: &Event, words: &CommonWords) -> Option<Match> {
    if !answered(draft.kind).contains(&event.content.kind) {
        return None;
    }
    reply(
        draft,
        event,
        words,
        Offer::Answers,
        ANSWERED_WITHIN,
        ANSWER_WORDS,
    )
}

/// A reply comes from whom the event is about. Unless it names whom it replies to, or shares words, it is none.
fn reply(
    draft: &EventDraft,
    event: &Event,
    words: &CommonWords,
    offer: Offer,
    within: u64,
    least_words: usize,
) -> Option<Match> {
    let content = &event.content;
    let replying = in_both(&draft.actors, &content.targets);
    let replied = in_both(&draft.targets, &content.actors);
    if replying.is_empty() || words.count() < least_words {
        return None;
    }
    if replied.is_empty() && words.is_empty() {
        return None;
    }
    let (draft_first, draft_last) = known_days(&draft.date);
    let (said_first, _) = known_days(&content.date);
    let passed = days(said_first, draft_first).max(0);
    let within = i64::try_from(within).unwrap_or(i64::MAX);
    if draft_last < said_first || passed > within {
        return None;
    }
    let mut score = 300 + 250 * words.score() / 1000 + 300 * (within - passed) / within;
    let mut reasons = vec![format!("{} is who it is about", listed(&replying))];
    if !replied.is_empty() {
        score += 150;
        reasons.push(format!("directed at {}", listed(&replied)));
    }
    reasons.push(match passed {
        0 => "the same day".to_owned(),
        1 => "the day before".to_owned(),
        passed => format!("{passed} days before"),
    });
    reasons.extend(words.reason());
    Some(Match {
        offer,
        score: score.min(1000),
        reasons,
    })
}

/// Who acts in both, and who is acted upon in both. Of a meeting or an accord the sides are one.
fn shared_sides(draft: &EventDraft, content: &EventDraft) -> (Vec<PartyCode>, Vec<PartyCode>) {
    if matches!(draft.kind, Kind::Meeting | Kind::Agreement) {
        let all = |draft: &EventDraft| [draft.actors.clone(), draft.targets.clone()].concat();
        let shared = in_both(&all(draft), &all(content));
        if shared.len() >= 2 {
            return (shared.clone(), shared);
        }
    }
    (
        in_both(&draft.actors, &content.actors),
        in_both(&draft.targets, &content.targets),
    )
}

fn in_both(one: &[PartyCode], other: &[PartyCode]) -> Vec<PartyCode> {
    one.iter()
        .filter(|code| other.contains(code))
        .cloned()
        .collect()
}

/// How alike two lists of parties are, in thousandths: none on either side is alike, none on one is half so.
fn alike(one: &[PartyCode], other: &[PartyCode], shared: &[PartyCode]) -> i64 {
    if one.is_empty() && other.is_empty() {
        return 1000;
    }
    if one.is_empty() || other.is_empty() {
        return 400;
    }
    let count = |len: usize| i64::try_from(len).unwrap_or(i64::MAX);
    let shared = count(shared.len()).min(count(one.len().min(other.len())));
    1000 * shared / (count(one.len()) + count(other.len()) - shared).max(1)
}

fn party_reason(
    draft: &EventDraft,
    content: &EventDraft,
    acting: &[PartyCode],
    acted: &[PartyCode],
) -> String {
    let is_whole = |shared: &[PartyCode], one: &[PartyCode], other: &[PartyCode]| {
        shared.len() == one.len() && one.len() == other.len()
    };
    let all = |draft: &EventDraft| draft.actors.len() + draft.targets.len();
    // of a meeting the sides are one
    let is_mutual = acting == acted && all(draft) == acting.len() && all(content) == acting.len();
    if is_mutual
        || is_whole(acting, &draft.actors, &content.actors)
            && is_whole(acted, &draft.targets, &content.targets)
    {
        return "same parties".to_owned();
    }
    match (acting.is_empty(), acted.is_empty()) {
        (false, false) if acting == acted => format!("{} in both", listed(acting)),
        (false, false) => format!("{} → {} in both", listed(acting), listed(acted)),
        (false, true) => format!("{} in both", listed(acting)),
        (true, _) => format!("toward {} in both", listed(acted)),
    }
}

fn listed(codes: &[PartyCode]) -> String {
    let codes: Vec<&str> = codes.iter().map(PartyCode::as_str).collect();
    codes.join(", ")
}

fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}

#[cfg(test)]
mod tests;
