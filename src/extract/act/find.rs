//! Applies the rules to a sentence: triggers matched in their windows, roles filled, telling judged.

use super::{
    modality::{Frame, Stance},
    rule::{self, ActRule, Actor, Needs, Trigger},
};
use crate::{
    domain::{kind::Kind, modality::Modality},
    extract::{
        clause::{Clause, Stand, Tense, Verb},
        party::{
            gazetteer::PartyIndex,
            mention::{Class, Mention},
            roles::{self, Subject},
        },
        words,
    },
};

/// An act as a sentence tells it, before it is dated.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub kind: Kind,
    pub rule: &'static str,
    pub actors: Vec<PartyIndex>,
    pub targets: Vec<PartyIndex>,
    pub named: Vec<String>,
    pub speakers: Vec<String>,
    pub modality: Modality,
    /// The verb that tells it; of a noun, the verb that governs it.
    pub verb: Option<usize>,
    /// The token of the trigger.
    pub head: usize,
    /// The tokens that carry it.
    pub first: usize,
    pub end: usize,
    /// The frame in which it is reported.
    pub frame: Option<usize>,
    /// Whether the actors are office-holders outside their term on the day of publication.
    pub persons: Vec<(crate::extract::party::gazetteer::PersonIndex, PartyIndex)>,
    pub by_noun: bool,
}

/// Kinds that are acts of speech: a force cannot do them.
pub(crate) fn is_speech(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Statement
            | Kind::Warning
            | Kind::Accusation
            | Kind::Denial
            | Kind::Demand
            | Kind::Pledge
    )
}

/// Kinds that another may be charged with.
fn is_wrong(kind: Kind) -> bool {
    matches!(kind, Kind::Military | Kind::Transfer)
}

/// The acts of a sentence, in the order of their triggers.
pub(crate) fn acts(clause: &Clause) -> Vec<Act> {
    let frames = clause.frames();
    let mut acts = Vec::new();
    let mut consumed = vec![false; frames.len()];
    for index in 0..clause.verbs.len() {
        let verb = &clause.verbs[index];
        let Some(triggers) = rule::book().verbs.get(verb.lemma) else {
            continue;
        };
        let mut kinds: Vec<Kind> = Vec::new();
        let mut matching: Vec<(usize, &Trigger)> = triggers
            .iter()
            .filter_map(|trigger| Some((matched(clause, verb, trigger)?, trigger)))
            .collect();
        matching.sort_by_key(|(distance, _)| *distance);
        for (_, trigger) in matching {
            if !kinds.is_empty() && !(kinds == [Kind::Meeting] && trigger.rule.kind == Kind::Visit)
            {
                continue;
            }
            if let Some(act) = fill(clause, index, trigger.rule, &frames) {
                kinds.push(act.kind);
                acts.push(act);
            }
        }
    }
    drop_agreeing(clause, &mut acts);
    nominal_acts(clause, &frames, &mut acts);
    acts.sort_by_key(|act| act.head);
    reported(clause, &frames, &mut acts, &mut consumed);
    acts
}

/// "Agreed to lift the ban" is the lifting: the agreeing goes where its infinitive is an act.
fn drop_agreeing(clause: &Clause, acts: &mut Vec<Act>) {
    let governed: Vec<usize> = acts
        .iter()
        .filter_map(|act| act.verb)
        .filter(|verb| clause.verbs[*verb].stand == Stand::Infinitive)
        .filter_map(|verb| verb.checked_sub(1))
        .collect();
    acts.retain(|act| {
        act.rule != "agree on a step" || act.verb.is_none_or(|verb| !governed.contains(&verb))
    });
}

/// How far the words that a trigger asks for stand from the verb; none where it does not match.
fn matched(clause: &Clause, verb: &Verb, trigger: &Trigger) -> Option<usize> {
    let mut at = verb.head + 1;
    for group in &trigger.adjacent {
        let word = clause.word(at);
        let skipped = words::is_adverb(word) && !group.contains(&word)
            || matches!(word, "it" | "him" | "her" | "them")
                && group.contains(&clause.word(at + 1));
        if skipped {
            at += 1;
        }
        if !group.contains(&clause.word(at)) {
            return None;
        }
        at += 1;
    }
    let reports = trigger
        .adjacent
        .first()
        .is_some_and(|group| group.contains(&"that"));
    let end = if reports {
        content_end(clause, verb)
    } else {
        clause.right_end(verb.head)
    };
    let right = verb.head + 1..end.min(verb.head + 23);
    let left = if verb.passive {
        clause
            .left_start(verb.first)
            .max(verb.first.saturating_sub(14))..verb.first
    } else {
        verb.first..verb.first
    };
    let met = |word: &str| {
        let after = right
            .clone()
            .find(|at| clause.word(*at) == word)
            .map(|at| at - verb.head);
        after.or_else(|| {
            left.clone()
                .rev()
                .find(|at| clause.word(*at) == word)
                .map(|at| verb.first - at)
        })
    };
    let mut distance = 0;
    for group in &trigger.with {
        let nearest = group.iter().filter_map(|word| met(word)).min()?;
        distance = distance.max(nearest);
    }
    if trigger.without.iter().any(|word| met(word).is_some()) {
        return None;
    }
    if trigger.leader {
        let guest = clause
            .mentions_between(right.start, right.end.min(right.start + 6))
            .find(|mention| {
                let found = &clause.mentions[*mention];
                matches!(
                    found.class,
                    Class::Person
                        | Class::Office(
                            crate::extract::party::titles::Office::Person
                                | crate::extract::party::titles::Office::People
                        )
                ) && !found.qualifies
            })?;
        distance = distance.max(clause.mentions[guest].first - verb.head);
    }
    if trigger.party {
        let near = clause
            .mentions_between(right.start, right.end.min(right.start + 9))
            .next()
            .map(|mention| clause.mentions[mention].first - verb.head);
        let before = (verb.passive
            && clause
                .mentions_between(left.start, left.end)
                .next()
                .is_some())
        .then_some(3);
        distance = distance.max(near.or(before)?);
    }
    if trigger.with.is_empty() && !trigger.party && !trigger.leader && trigger.adjacent.is_empty() {
        // a bare verb yields to any trigger that asks for more
        distance = 40;
    }
    Some(distance)
}

/// Whom mentions mean as actors of a kind.
fn actors_of(
    clause: &Clause,
    mentions: &[usize],
    kind: Kind,
) -> (
    Vec<PartyIndex>,
    Vec<String>,
    Vec<(crate::extract::party::gazetteer::PersonIndex, PartyIndex)>,
) {
    let mut parties = Vec::new();
    let mut names = Vec::new();
    let mut persons = Vec::new();
    for mention in mentions.iter().map(|index| &clause.mentions[*index]) {
        let may = if is_speech(kind) || matches!(kind, Kind::Meeting | Kind::Agreement) {
            mention.speaks()
        } else {
            mention.acts && mention.class != Class::Held
        };
        let adjective = mention.qualifies && mention.class != Class::Person;
        if adjective {
            continue;
        }
        if !may {
            if let (Some(person), Some(party), false) =
                (mention.person, mention.parties.first(), mention.acts)
            {
                persons.push((person, *party));
            }
            continue;
        }
        for party in &mention.parties {
            if !parties.contains(party) {
                parties.push(*party);
            }
        }
        if mention.class == Class::Person {
            names.extend(mention.name.clone());
        }
    }
    (parties, names, persons)
}

fn named_in(clause: &Clause, from: usize, to: usize) -> Vec<String> {
    clause
        .mentions_between(from, to)
        .map(|index| &clause.mentions[index])
        .filter(|mention| mention.class == Class::Held)
        .filter_map(|mention| mention.name.clone())
        .collect()
}

fn fill(clause: &Clause, index: usize, rule: &'static ActRule, frames: &[Frame]) -> Option<Act> {
    let verb = &clause.verbs[index];
    let right = clause.right_end(verb.head);
    let subject = clause.subject(index);
    let subject_mentions = match &subject {
        Subject::Parties(mentions) => mentions.clone(),
        Subject::Thing(Some(owner))
            if matches!(
                rule.kind,
                Kind::Military
                    | Kind::Sanction
                    | Kind::Statement
                    | Kind::Accusation
                    | Kind::Warning
                    | Kind::Demand
                    | Kind::Transfer
                    | Kind::Ruling
            ) =>
        {
            vec![*owner]
        }
        Subject::Thing(_) | Subject::Missing => Vec::new(),
    };
    let owned = matches!(subject, Subject::Thing(Some(_)));
    let passive = verb.passive;
    let content_end = if is_speech(rule.kind) || clause.word(verb.head + 1) == "that" {
        content_end(clause, verb)
    } else {
        right
    };
    let objects: Vec<usize> = clause.mentions_between(verb.head + 1, right).collect();
    let agent_mentions = if passive {
        let agents = clause.agents(verb);
        if agents.is_empty() && rule.kind == Kind::Rupture {
            let to_organ: Vec<usize> = objects
                .iter()
                .copied()
                .filter(|mention| {
                    follows(clause, *mention, &["to"]) && !clause.mentions[*mention].qualifies
                })
                .take(1)
                .collect();
            if !to_organ.is_empty() && verb.lemma != "recall" {
                to_organ
            } else if matches!(verb.lemma, "recall" | "bring" | "withdraw") {
                subject_mentions.clone()
            } else {
                agents
            }
        } else {
            agents
        }
    } else {
        subject_mentions.clone()
    };
    let (actors, speakers, persons) = match rule.actor {
        Actor::Subject if owned => (clause.parties_of(&agent_mentions), Vec::new(), Vec::new()),
        Actor::Subject => actors_of(clause, &agent_mentions, rule.kind),
        Actor::Both => {
            let mut all = if passive {
                Vec::new()
            } else {
                subject_mentions.clone()
            };
            all.extend(partners(clause, &objects));
            actors_of(clause, &all, rule.kind)
        }
        Actor::From => {
            let from = objects
                .iter()
                .copied()
                .filter(|mention| follows(clause, *mention, &["from", "by"]))
                .collect::<Vec<_>>();
            let mut from = from
                .first()
                .map_or(Vec::new(), |first| clause.coordinated_after(*first));
            if from.is_empty() {
                // "Iranian missiles"
                from = objects
                    .iter()
                    .copied()
                    .filter(|mention| {
                        let found = &clause.mentions[*mention];
                        found.class == Class::People || roles::is_force(found)
                    })
                    .take(1)
                    .collect();
            }
            (clause.parties_of(&from), Vec::new(), Vec::new())
        }
        Actor::Patient => {
            if !passive {
                return None;
            }
            actors_of(clause, &subject_mentions, rule.kind)
        }
        Actor::Object => {
            let direct: Vec<usize> = objects
                .iter()
                .copied()
                .filter(|mention| {
                    !follows(
                        clause,
                        *mention,
                        &["in", "at", "with", "for", "from", "to", "of", "on"],
                    )
                })
                .collect();
            actors_of(clause, &direct, rule.kind)
        }
    };
    let (mut actors, speakers, persons) = (actors, speakers, persons);
    if let (true, true, Subject::Thing(Some(owner)), Kind::Sanction | Kind::Relief) =
        (passive, agent_mentions.is_empty(), &subject, rule.kind)
    {
        // "ECOWAS sanctions were lifted": by their owner
        actors = clause.parties_of(&[*owner]);
    }
    let planned = passive
        && agent_mentions.is_empty()
        && matches!(rule.kind, Kind::Sanction | Kind::Relief | Kind::Transfer)
        && roles::is_future(verb.tense);
    if planned {
        // "said that new sanctions would be imposed": by the speaker's own side
        if let Some(frame) = frames.iter().find(|frame| clause.is_reported(index, frame)) {
            actors = actors_of(clause, &frame.speakers, Kind::Statement).0;
        }
    }
    let mut targets: Vec<PartyIndex> = Vec::new();
    let mut add = |parties: Vec<PartyIndex>| {
        for party in parties {
            if !actors.contains(&party) && !targets.contains(&party) {
                targets.push(party);
            }
        }
    };
    if passive && rule.actor != Actor::Patient || matches!(rule.actor, Actor::From | Actor::Object)
    {
        add(clause.parties_of(&subject_mentions));
        if let Subject::Thing(_) = subject {
            let start = clause.left_start(verb.first);
            add(clause.parties_in(start, verb.first));
        }
    }
    add(clause.parties_in(verb.head + 1, content_end));
    if rule.kind == Kind::Visit {
        let places: Vec<usize> = objects.clone();
        add(clause.parties_of(&places));
    }
    let collective = agent_mentions
        .iter()
        .any(|mention| clause.mentions[*mention].collective);
    if rule.actor == Actor::Both && actors.len() < 2 && !(collective && !actors.is_empty()) {
        return None;
    }
    if rule.kind == Kind::Meeting
        && rule.actor == Actor::Subject
        && actors.len() + targets.len() < 2
        && !collective
    {
        return None;
    }
    let mutual = actors.len() > 1
        && (verb.head + 1..right).any(|at| {
            matches!(
                (clause.word(at), clause.word(at + 1)),
                ("each", "other") | ("one", "another")
            )
        });
    if mutual {
        targets.clone_from(&actors);
    }
    match rule.needs {
        Needs::Actor
            if actors.is_empty()
                && persons.is_empty()
                && !(passive && rule.kind == Kind::Ruling && agent_mentions.is_empty()) =>
        {
            return None;
        }
        Needs::Other if actors.is_empty() && persons.is_empty() || targets.is_empty() => {
            return None;
        }
        Needs::OnlyOther
            if targets.is_empty() && !(rule.kind == Kind::Sanction && !actors.is_empty()) =>
        {
            return None;
        }
        Needs::OnlyOther
            if actors.is_empty()
                && persons.is_empty()
                && !passive
                && rule.actor == Actor::Subject =>
        {
            return None;
        }
        _ => {}
    }
    let ahead = verb.tense == Tense::Present
        && verb.progressive
        && (verb.head + 1..right).any(|at| {
            matches!(
                clause.word(at),
                "tomorrow" | "next" | "coming" | "shortly" | "soon"
            )
        });
    let decides = matches!(
        rule.kind,
        Kind::Sanction | Kind::Relief | Kind::Rupture | Kind::Agreement
    );
    let mut modality = clause.told(index, decides, ahead)?;
    if rule.actor == Actor::Patient && verb.lemma == "expect" && modality == Modality::Occurred {
        modality = Modality::Announced;
    }
    if rule.kind == Kind::Transfer
        && modality == Modality::Occurred
        && matches!(
            verb.lemma,
            "pledge" | "promise" | "commit" | "offer" | "announce" | "unveil" | "earmark"
        )
    {
        modality = Modality::Announced;
    }
    let frame = frames
        .iter()
        .position(|frame| clause.is_reported(index, frame));
    let first = evidence_start(clause, verb, &subject_mentions);
    Some(Act {
        kind: rule.kind,
        rule: rule.name,
        named: named_in(clause, first, content_end.max(right)),
        actors,
        targets,
        speakers,
        modality,
        verb: Some(index),
        head: verb.head,
        first,
        end: content_end.max(right),
        frame,
        persons,
        by_noun: false,
    })
}

fn evidence_start(clause: &Clause, verb: &Verb, subjects: &[usize]) -> usize {
    subjects
        .iter()
        .map(|mention| clause.mentions[*mention].first)
        .filter(|first| *first < verb.first && verb.first - first < 45)
        .min()
        .unwrap_or(verb.first)
}

/// Where the words that a verb of speech governs end: with its content.
fn content_end(clause: &Clause, verb: &Verb) -> usize {
    let limit = (verb.head + 45).min(clause.tokens.len());
    (verb.head + 1..limit)
        .find(|at| matches!(clause.tokens[*at].text, ";" | "." | "—" | "–"))
        .unwrap_or(limit)
}

/// Mentions after "with", "to", "between", or the direct object: the other side of a talk.
fn partners(clause: &Clause, objects: &[usize]) -> Vec<usize> {
    let Some(first) = objects.iter().copied().find(|mention| {
        let found = &clause.mentions[*mention];
        let beside = follows(clause, *mention, &["with", "to", "between", "by"]);
        let object = !follows(
            clause,
            *mention,
            &[
                "in", "at", "on", "of", "from", "for", "about", "over", "near",
            ],
        );
        !found.qualifies && (beside || object && found.class != Class::Place)
    }) else {
        return Vec::new();
    };
    clause.coordinated_after(first)
}

/// Whether a mention's phrase follows one of some prepositions.
fn follows(clause: &Clause, mention: usize, prepositions: &[&str]) -> bool {
    let mut at = clause.mentions[mention].first;
    let mut steps = 0;
    while at > 0 && steps < 5 {
        let word = clause.word(at - 1);
        if prepositions.contains(&word) {
            return true;
        }
        if clause
            .mention_index(at - 1)
            .is_some_and(|other| !clause.mentions[other].qualifies)
            || clause.verb_index(at - 1).is_some()
            || words::is_preposition(word)
            || word == ","
        {
            return false;
        }
        at -= 1;
        steps += 1;
    }
    false
}

/// Acts told by nouns: "Russia's invasion of Ukraine", "after talks with Oman".
fn nominal_acts(clause: &Clause, frames: &[Frame], acts: &mut Vec<Act>) {
    for at in 0..clause.tokens.len() {
        if clause
            .verb_index(at)
            .is_some_and(|verb| clause.verbs[verb].head == at)
        {
            continue;
        }
        let Some(triggers) = rule::book().nouns.get(clause.word(at)) else {
            continue;
        };
        for trigger in triggers {
            if let Some(act) = nominal(clause, at, trigger, frames) {
                let told = acts.iter().any(|known| {
                    known.kind == act.kind && !known.by_noun && at >= known.first && at <= known.end
                });
                if !told {
                    acts.push(act);
                    break;
                }
            }
        }
    }
}

fn nominal(clause: &Clause, at: usize, trigger: &Trigger, frames: &[Frame]) -> Option<Act> {
    let rule = trigger.rule;
    let end = clause.right_end(at).min(at + 16);
    let from = at.saturating_sub(4);
    if !trigger.adjacent.iter().enumerate().all(|(offset, group)| {
        let word = clause.word(at + 1 + offset);
        group.contains(&word)
            || offset == 0
                && (at + 1..(at + 4).min(end)).any(|near| group.contains(&clause.word(near)))
    }) {
        return None;
    }
    let met = |word: &str| (from..end).any(|near| near != at && clause.word(near) == word);
    if !trigger
        .with
        .iter()
        .all(|group| group.iter().any(|word| met(word)))
        || trigger.without.iter().any(|word| met(word))
    {
        return None;
    }
    if clause.is_held_back(at) || clause.is_question() {
        return None;
    }
    let owner = owner_of(clause, at);
    let after: Vec<usize> = clause.mentions_between(at + 1, end).collect();
    let by: Vec<usize> = after
        .iter()
        .copied()
        .filter(|mention| {
            follows(clause, *mention, &["by", "from"]) && !clause.mentions[*mention].qualifies
        })
        .take(1)
        .flat_map(|mention| clause.coordinated_after(mention))
        .collect();
    let with: Vec<usize> = after
        .iter()
        .copied()
        .filter(|mention| {
            follows(clause, *mention, &["with", "between"]) && !clause.mentions[*mention].qualifies
        })
        .take(1)
        .flat_map(|mention| clause.coordinated_after(mention))
        .collect();
    let before = (0..clause.verbs.len())
        .rev()
        .find(|verb| clause.verbs[*verb].head < at);
    // "US sanctions on Iran will include": told by the verb that it is the subject of
    let after_it = (0..clause.verbs.len()).find(|verb| {
        let verb = &clause.verbs[*verb];
        verb.first > at && verb.stand == Stand::Finite
    });
    let heads = after_it.filter(|verb| {
        clause.verbs[*verb].first - at < 9
            && before.is_none_or(|before| clause.verbs[before].stand != Stand::Finite)
            && matches!(clause.subject(*verb), Subject::Thing(_))
    });
    let end = heads.map_or(end, |verb| clause.right_end(clause.verbs[verb].head));
    let governor = heads.or(before);
    let mut agents: Vec<usize> = owner.into_iter().chain(by).collect();
    let both = matches!(rule.kind, Kind::Meeting | Kind::Agreement);
    if both {
        agents.extend(&with);
        if agents.len() < 2 || with.len() == agents.len() && with.len() < 2 {
            if let Some(Subject::Parties(subject)) = governor.map(|verb| clause.subject(verb)) {
                agents.splice(0..0, subject);
            }
        }
    }
    if rule.kind == Kind::Visit && agents.is_empty() {
        if let Some(Subject::Parties(subject)) = governor.map(|verb| clause.subject(verb)) {
            agents.extend(subject);
        }
    }
    let (actors, speakers) = if both || rule.kind == Kind::Visit {
        let (actors, names, _) = actors_of(
            clause,
            &agents
                .iter()
                .copied()
                .filter(|mention| clause.mentions[*mention].acts)
                .collect::<Vec<_>>(),
            rule.kind,
        );
        (
            if actors.is_empty() {
                clause.parties_of(&agents)
            } else {
                actors
            },
            names,
        )
    } else {
        (clause.parties_of(&agents), Vec::new())
    };
    if actors.is_empty() || both && actors.len() < 2 {
        return None;
    }
    let targets: Vec<PartyIndex> = clause
        .parties_in(at + 1, end)
        .into_iter()
        .filter(|party| !actors.contains(party))
        .collect();
    if rule.needs != Needs::Actor && targets.is_empty() && !both {
        return None;
    }
    let modality = match governor {
        None => Modality::Occurred,
        Some(verb) => {
            let govern = &clause.verbs[verb];
            let scheduled = govern.passive
                && matches!(
                    govern.lemma,
                    "plan" | "schedule" | "set" | "slate" | "expect"
                );
            if scheduled && heads.is_some() && !govern.negated {
                Modality::Announced
            } else if matches!(
                govern.lemma,
                "threaten"
                    | "urge"
                    | "demand"
                    | "call"
                    | "want"
                    | "seek"
                    | "propose"
                    | "deny"
                    | "reject"
                    | "refuse"
                    | "prevent"
                    | "avoid"
                    | "consider"
                    | "discuss"
                    | "fear"
                    | "expect"
                    | "plan"
                    | "oppose"
                    | "warn"
                    | "lift"
                    | "ease"
                    | "cancel"
                    | "postpone"
                    | "suspend"
                    | "waive"
                    | "offer"
                    | "support"
                    | "back"
                    | "ask"
                    | "face"
                    | "prepare"
                    | "hope"
                    | "need"
                    | "rule"
            ) {
                return None;
            } else {
                clause.told(verb, false, false)?
            }
        }
    };
    let first = owner.map_or(at, |owner| clause.mentions[owner].first);
    Some(Act {
        kind: rule.kind,
        rule: rule.name,
        actors,
        targets,
        named: named_in(clause, first, end),
        speakers,
        modality,
        verb: governor,
        head: at,
        first,
        end,
        frame: frames.iter().position(|frame| frame.holds(at)),
        persons: Vec::new(),
        by_noun: true,
    })
}

/// The mention that a noun belongs to: "Russia's", "Israeli".
fn owner_of(clause: &Clause, at: usize) -> Option<usize> {
    let mut start = at;
    while start > 0 && at - start < 4 {
        let before = start - 1;
        if let Some(mention) = clause.mention_index(before) {
            let found: &Mention = &clause.mentions[mention];
            return (found.qualifies || clause.word(start) == "'s" || found.class == Class::People)
                .then_some(mention);
        }
        let word = clause.word(before);
        if words::is_determiner(word)
            || words::is_preposition(word)
            || words::is_break(clause.tokens[before].text)
            || clause.tokens[before].text == ","
        {
            return None;
        }
        start = before;
    }
    None
}

/// What neutral verbs of saying convey, and what claims make of the acts that they report.
fn reported(clause: &Clause, frames: &[Frame], acts: &mut Vec<Act>, consumed: &mut [bool]) {
    let mut extra: Vec<Act> = Vec::new();
    let mut drop = vec![false; acts.len()];
    for (place, frame) in frames.iter().enumerate() {
        let (speakers, names, persons) = actors_of(clause, &frame.speakers, Kind::Statement);
        let verb = &clause.verbs[frame.verb];
        let own_rule = acts
            .iter()
            .any(|act| act.verb == Some(frame.verb) && !act.by_noun);
        for (index, act) in acts.iter_mut().enumerate() {
            if act.frame != Some(place) {
                continue;
            }
            if clause.told(frame.verb, false, false).is_none() && !frame.after {
                drop[index] = true;
            }
            match frame.stance {
                Stance::Denies | Stance::Asks | Stance::Supposes => drop[index] = true,
                Stance::Warns => {
                    let future = act.verb.is_some_and(|verb| {
                        roles::is_future(clause.verbs[verb].tense)
                            || clause.verbs[verb].tense == Tense::Present
                    });
                    drop[index] |= future || act.by_noun;
                }
                Stance::Tells => {
                    let own = act.actors.iter().any(|party| speakers.contains(party));
                    if own {
                        consumed[place] = true;
                        if act.speakers.is_empty() {
                            act.speakers.clone_from(&names);
                        }
                    } else if !speakers.is_empty()
                        && is_wrong(act.kind)
                        && !act.actors.is_empty()
                        && act.modality != Modality::Alleged
                    {
                        act.modality = Modality::Alleged;
                        if !act.by_noun && !consumed[place] && !own_rule {
                            consumed[place] = true;
                            let mut targets = act.actors.clone();
                            for party in &act.targets {
                                if !targets.contains(party) && !speakers.contains(party) {
                                    targets.push(*party);
                                }
                            }
                            extra.push(Act {
                                kind: Kind::Accusation,
                                rule: "say that another did wrong",
                                actors: speakers.clone(),
                                targets,
                                named: Vec::new(),
                                speakers: names.clone(),
                                modality: Modality::Occurred,
                                verb: Some(frame.verb),
                                head: verb.head,
                                first: frame.speakers.first().map_or(verb.first, |mention| {
                                    clause.mentions[*mention].first.min(act.first)
                                }),
                                end: act.end.max(verb.head + 1),
                                frame: None,
                                persons: persons.clone(),
                                by_noun: false,
                            });
                        }
                    }
                }
            }
        }
        if frame.stance != Stance::Tells
            || own_rule
            || consumed[place]
            || speakers.is_empty() && persons.is_empty()
        {
            continue;
        }
        if let Some(act) = said(clause, frame, speakers, names, persons) {
            extra.push(act);
        }
    }
    let mut index = 0;
    acts.retain(|_| {
        index += 1;
        !drop[index - 1]
    });
    acts.append(&mut extra);
    acts.sort_by_key(|act| act.head);
}

/// Whether what is reported negates an act of the speaker's own, or calls a charge untrue.
fn self_negated(clause: &Clause, frame: &Frame, speakers: &[PartyIndex]) -> bool {
    let own = (0..clause.verbs.len()).any(|index| {
        let verb = &clause.verbs[index];
        let inside = frame.holds(verb.head) && verb.negated;
        inside
            && match clause.subject(index) {
                Subject::Parties(mentions) => clause
                    .parties_of(&mentions)
                    .iter()
                    .any(|party| speakers.contains(party)),
                _ => (verb.first.saturating_sub(3)..verb.head)
                    .any(|at| matches!(clause.word(at), "we" | "i" | "no")),
            }
    });
    own || (frame.from..frame.to).any(|at| {
        matches!(
            clause.word(at),
            "baseless"
                | "unfounded"
                | "groundless"
                | "false"
                | "fabricated"
                | "nonsense"
                | "untrue"
                | "lies"
                | "absurd"
        )
    }) || (frame.from..frame.to).any(|at| {
        matches!(
            (clause.word(at), clause.word(at + 1), clause.word(at + 2)),
            (
                "no",
                "evidence" | "proof" | "role" | "intention" | "plans" | "basis",
                _
            ) | ("nothing" | "anything", "to", "do" | "fear")
                | ("by", "the", "book")
                | ("out", "of", "the")
        )
    })
}

/// The act that a neutral verb of saying is, by the words that it reports.
fn said(
    clause: &Clause,
    frame: &Frame,
    speakers: Vec<PartyIndex>,
    names: Vec<String>,
    persons: Vec<(crate::extract::party::gazetteer::PersonIndex, PartyIndex)>,
) -> Option<Act> {
    let verb = &clause.verbs[frame.verb];
    if !matches!(
        verb.lemma,
        "say"
            | "tell"
            | "add"
            | "declare"
            | "state"
            | "insist"
            | "write"
            | "tweet"
            | "post"
            | "announce"
            | "note"
            | "claim"
            | "reply"
            | "respond"
            | "argue"
            | "repeat"
            | "maintain"
            | "fume"
            | "acknowledge"
            | "admit"
            | "confirm"
            | "quote"
            | "counter"
            | "answer"
            | "remark"
            | "believe"
            | "allege"
            | "assert"
            | "charge"
            | "report"
            | "suggest"
            | "hint"
            | "signal"
    ) || frame.to < frame.from + 3
    {
        return None;
    }
    let modality = clause.told(frame.verb, false, false)?;
    let content: Vec<&str> = (frame.from..frame.to)
        .filter(|at| !words::is_double_quote(clause.tokens[*at].text))
        .map(|at| clause.word(at))
        .collect();
    let mut kind = super::content::kind_of(&content);
    if kind == Kind::Statement && verb.stand == Stand::Gerund {
        return None;
    }
    let targets: Vec<PartyIndex> = clause
        .parties_in(verb.head.min(frame.from), frame.to)
        .into_iter()
        .filter(|party| !speakers.contains(party))
        .collect();
    if kind == Kind::Accusation
        && targets.is_empty()
        && matches!(verb.lemma, "announce" | "confirm")
    {
        kind = Kind::Statement;
    }
    if kind == Kind::Statement
        && matches!(
            verb.lemma,
            "confirm" | "report" | "acknowledge" | "note" | "suggest" | "hint"
        )
    {
        return None;
    }
    let first = frame
        .speakers
        .first()
        .map_or(verb.first, |mention| clause.mentions[*mention].first);
    let (first, end) = if frame.after {
        (frame.from, verb.head + 1)
    } else {
        (first.min(verb.first), frame.to)
    };
    Some(Act {
        kind,
        rule: match kind {
            Kind::Warning => "say what will follow",
            Kind::Accusation => "say that another did wrong",
            Kind::Denial => "say that it is not so",
            Kind::Demand => "say what another must do",
            Kind::Pledge => "say what it will do for another",
            _ => "say",
        },
        actors: speakers,
        targets,
        named: Vec::new(),
        speakers: names,
        modality,
        verb: Some(frame.verb),
        head: verb.head,
        first,
        end: end.max(first + 1),
        frame: None,
        persons,
        by_noun: false,
    })
}
