//! An article's text → candidate events. Pure: no files, no network, no clock; English only.
//!
//! The passes, in order:
//!
//! | pass | turns what into what |
//! | --- | --- |
//! | [`boilerplate`] | text into blocks: title, body, leads to other articles; credits left out |
//! | [`sentence`], [`token`] | blocks into sentences and words |
//! | [`time`] | text into resolved time expressions |
//! | [`party`] | words into mentions of parties; who "he" and "the ministry" are |
//! | [`clause`] | words into verb groups with tense, voice and negation |
//! | [`act`] | verbs and nouns into acts: the rules, who acts on whom, how it is told |
//! | [`dating`] | acts and times into dated acts |
//! | [`merge`], [`confidence`], [`headline`] | dated acts into candidates, each act once |
//! | [`why`] | the rules behind a candidate, for whoever asks |
//!
//! The kinds, modalities and rules of dating are those of the coding guide, see `docs/extraction.md`.

use std::{collections::HashSet, ops::Range};

use chrono::NaiveDate;

mod act;
mod boilerplate;
pub mod candidate;
mod clause;
pub mod confidence;
mod context;
mod dating;
mod headline;
mod language;
mod lexis;
mod link;
mod merge;
pub mod party;
mod sentence;
mod span;
pub mod time;
mod token;
mod undated;
mod verb_group;
mod verb_list;
mod verbs;
pub mod why;
mod words;

pub use language::check as check_language;

use self::{
    act::find::{self, Act},
    boilerplate::BlockKind,
    candidate::CandidateEvent,
    clause::Clause,
    confidence::{Features, Sign},
    dating::{Dated, Dater, Story},
    merge::Told,
    party::{
        discourse::Discourse,
        gazetteer::{Gazetteer, PartyIndex},
        mention,
        name::{self, Raw},
    },
    time::{SlashOrder, TimeContext},
    token::Token,
};
use crate::domain::{kind::Kind, modality::Modality, party::PartyCode};

/// What is read: the text as it stands, and the publisher's civil day of publication.
#[derive(Debug, Clone, Copy)]
pub struct ArticleText<'a> {
    /// The title on the first line, then what the page gives.
    pub text: &'a str,
    /// Relative dates count from here.
    pub published: NaiveDate,
    /// The page's language as it names it, such as `en-US`, which tells whether `10/09/2024` is in October; empty where it
    /// does not, and the text's own habits tell.
    pub language: &'a str,
}

impl<'a> ArticleText<'a> {
    /// A text whose page names no language.
    pub const fn new(text: &'a str, published: NaiveDate) -> Self {
        Self {
            text,
            published,
            language: "",
        }
    }
}

/// Why a text is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// The text is in a language for which there are no rules.
    #[error("expected an article in English, but found {0}; other languages are not read")]
    Language(String),
}

/// The longest stretch that is read as one sentence, in tokens; a longer one is cut.
const LONGEST_SENTENCE: usize = 160;

/// One sentence, cut into tokens, with the names in it.
struct Piece<'t> {
    kind: BlockKind,
    /// The block it stands in, counted through the article.
    block: usize,
    tokens: Vec<Token<'t>>,
    names: Vec<Raw>,
    /// Whether a quotation of the block is open where it begins.
    quoted: bool,
    /// Whether its block is an entry of a list or of a timeline.
    entry: bool,
}

/// Whether a block is an entry of a list, in the present tense of headlines: "• 6 March: …".
fn is_entry(tokens: &[Token]) -> bool {
    let bullet = tokens
        .first()
        .is_some_and(|token| matches!(token.text, "•" | "·" | "*" | "-" | "–"));
    let stamped = tokens
        .iter()
        .take(5)
        .position(|token| token.text == ":")
        .is_some_and(|colon| {
            tokens[..colon]
                .iter()
                .any(|token| token.shape == token::Shape::Number)
        });
    bullet || stamped
}

/// The acts that an article tells, in the order in which it tells them.
pub fn read(article: &ArticleText, gazetteer: &Gazetteer) -> Vec<CandidateEvent> {
    let mut events: Vec<CandidateEvent> = measured(article, gazetteer)
        .into_iter()
        .map(|(event, _)| event)
        .filter(|event| event.confidence >= confidence::PROPOSED_FROM)
        .collect();
    link::link(&mut events, article.text);
    events
}

/// The acts that an article tells, without links, each with what bears on its confidence.
pub fn measured(article: &ArticleText, gazetteer: &Gazetteer) -> Vec<(CandidateEvent, Features)> {
    let pieces = pieces(article, gazetteer);
    let times = time::read(
        article.text,
        &TimeContext {
            slash_order: SlashOrder::of_language(article.language),
            ..TimeContext::new(article.published)
        },
    );
    let sure: HashSet<PartyIndex> = pieces
        .iter()
        .flat_map(|piece| &piece.names)
        .filter_map(Raw::sure_party)
        .collect();
    let mut discourse = Discourse::new(sure, dateline_state(&pieces, gazetteer));
    let mut story = Story::default();
    let mut told: Vec<Told> = Vec::new();
    let mut block = usize::MAX;
    for (number, piece) in pieces.iter().enumerate() {
        story.next_sentence(piece.block == block);
        block = piece.block;
        let mentions = mention::mentions(
            &piece.tokens,
            &piece.names,
            gazetteer,
            &mut discourse,
            article.published,
        );
        let headline = piece.kind != BlockKind::Body || piece.entry;
        let clause = Clause::new(&piece.tokens, mentions, headline, piece.quoted);
        let frames = clause.frames();
        let calendar = Dater::new(&clause, &frames, &times, article.text, article.published);
        let mut first_actors: Option<Vec<PartyIndex>> = None;
        for mut act in find::acts(&clause, &frames) {
            let mut dated = calendar.date(&act, &story);
            if piece.kind == BlockKind::Related {
                dated = Dated {
                    date: crate::domain::edtf::Edtf::before(article.published),
                    text: String::new(),
                    explicit: false,
                    how: "lead: before publication",
                    words: 0..0,
                };
            }
            if act.kind == Kind::Ruling && act.actors.is_empty() && act.persons.is_empty() {
                // "the resolution was adopted": by the body spoken of
                act.actors = discourse.body(&clause, gazetteer).into_iter().collect();
                act.targets.retain(|party| !act.actors.contains(party));
                if act.actors.is_empty() {
                    continue;
                }
            }
            if !speak_on_the_day(&mut act, &dated, gazetteer) {
                continue;
            }
            if piece.kind == BlockKind::Body {
                story.advance(&dated, article.published);
            }
            if !act.by_noun && first_actors.is_none() && !act.actors.is_empty() {
                first_actors = Some(act.actors.clone());
            }
            if act.targets.is_empty() {
                act.targets = context::target(&act, &piece.tokens, number, &told);
            }
            let evidence = evidence(article.text, &piece.tokens, &act);
            let about = merge::about(&clause, &act);
            let why = why::reasons(&clause, &act, &dated, piece.kind);
            let referred = is_referred(&clause, &act);
            told.push(Told {
                referred,
                act,
                dated,
                block: piece.kind,
                sentence: number,
                evidence: vec![evidence],
                why,
                about,
            });
        }
        if piece.kind != BlockKind::Related {
            discourse.advance(&clause.mentions, &piece.tokens, first_actors.as_deref());
        }
    }
    date_titles(&mut told, &story, article.published);
    let merged = merge::merged(told);
    candidates(merged, pieces.len(), gazetteer)
}

fn pieces<'t>(article: &ArticleText<'t>, gazetteer: &Gazetteer) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    for (block, found) in boilerplate::blocks(article.text).into_iter().enumerate() {
        let mut quoted = false;
        let mut entry = None;
        for range in sentence::sentences(article.text, found.range) {
            let mut tokens = token::tokens(article.text, range);
            // the dots of "Dec." and "Mr." end nothing
            let last = tokens.len().saturating_sub(2);
            let mut place = 0;
            tokens.retain(|token| {
                place += 1;
                token.text != "." || place > last
            });
            let entry = *entry.get_or_insert_with(|| is_entry(&tokens));
            // each piece in memory of its own size: cut off the whole, they would take the square of its length together
            let mut left = tokens.into_iter();
            loop {
                let tokens: Vec<_> = left.by_ref().take(LONGEST_SENTENCE).collect();
                if tokens.is_empty() {
                    break;
                }
                let names = name::names(&tokens, gazetteer, article.published);
                let opens = quoted;
                for token in &tokens {
                    match token.text {
                        "“" => quoted = true,
                        "”" => quoted = false,
                        "\"" => quoted = !quoted,
                        _ => {}
                    }
                }
                pieces.push(Piece {
                    kind: found.kind,
                    block,
                    tokens,
                    names,
                    quoted: opens,
                    entry,
                });
            }
        }
    }
    pieces
}

/// The state of the dateline: "TEHRAN (Agency) —" at the head of a paragraph.
fn dateline_state(pieces: &[Piece], gazetteer: &Gazetteer) -> Option<PartyIndex> {
    pieces.iter().take(8).find_map(|piece| {
        let first = piece.names.first()?;
        let token = piece.tokens.get(first.first)?;
        let shouted = first.first == 0
            && token.text.len() > 3
            && token.text.chars().all(|sign| !sign.is_lowercase());
        let marked = piece
            .tokens
            .iter()
            .take(14)
            .any(|token| matches!(token.text, "—" | "–" | "-" | "("));
        (shouted && marked && piece.kind == BlockKind::Body)
            .then(|| first.sure_party())
            .flatten()
            .map(|party| gazetteer.counts_as(party))
    })
}

/// Whether only words that refer back, such as "it" or "the ministry", say who acts.
fn is_referred(clause: &Clause, act: &Act) -> bool {
    let named = |index: usize| {
        let mention = &clause.mentions[index];
        !matches!(mention.class, mention::Class::Back(_))
            && mention
                .parties
                .iter()
                .any(|party| act.actors.contains(party))
    };
    !act.actors.is_empty() && !clause.mentions_between(act.first, act.end).any(named)
}

/// Lets office-holders act whose term covers the act's day; whether the act stays.
fn speak_on_the_day(act: &mut Act, dated: &Dated, gazetteer: &Gazetteer) -> bool {
    if act.persons.is_empty() {
        return true;
    }
    let day = dated.date.latest().or_else(|| dated.date.earliest());
    for person in std::mem::take(&mut act.persons) {
        let party = day.and_then(|day| gazetteer.speaks_for(person, day));
        if let Some(party) = party.filter(|_| dated.explicit) {
            let party = gazetteer.counts_as(party);
            if !act.actors.contains(&party) {
                act.actors.push(party);
            }
        }
    }
    !act.actors.is_empty()
}

fn evidence(text: &str, tokens: &[Token], act: &Act) -> Range<usize> {
    let last = act.end.clamp(act.first + 1, tokens.len().max(1)) - 1;
    let start = tokens.get(act.first).map_or(0, |token| token.start);
    let end = tokens.get(last).map_or(start, |token| token.end);
    let range = span::trimmed(text, start..end.max(start));
    if range.is_empty() {
        start..end.max(start)
    } else {
        range
    }
}

/// Titles come before the day of the news is known; dates their acts by it.
fn date_titles(told: &mut [Told], story: &Story, published: NaiveDate) {
    for one in told
        .iter_mut()
        .filter(|one| one.block == BlockKind::Title && !one.dated.explicit)
    {
        let (date, how) = match one.act.modality {
            Modality::Announced => (
                crate::domain::edtf::Edtf::onward(published),
                "title: from publication on",
            ),
            _ => (story.since(published), "title: the day of the news"),
        };
        one.dated.date = date;
        for reason in &mut one.why {
            if reason.pass == why::Pass::Date {
                reason.rule = how;
            }
        }
    }
}

fn candidates(
    merged: Vec<Told>,
    sentences: usize,
    gazetteer: &Gazetteer,
) -> Vec<(CandidateEvent, Features)> {
    let mut found = Vec::with_capacity(merged.len());
    for told in merged {
        let codes = |parties: &[PartyIndex]| -> Vec<PartyCode> {
            let mut codes: Vec<PartyCode> = parties
                .iter()
                .filter_map(|party| gazetteer.code(*party))
                .cloned()
                .collect();
            gazetteer.add_successors(&mut codes, &told.dated.date);
            codes
        };
        let names = |parties: &[PartyIndex]| -> Vec<&str> {
            parties.iter().map(|party| gazetteer.name(*party)).collect()
        };
        let act = &told.act;
        let features = Features::of(act.kind)
            .told(&told.dated.date, act.modality)
            .with(Sign::Dated, told.dated.explicit)
            .with(Sign::Targeted, !act.targets.is_empty())
            .with(Sign::Noun, act.by_noun)
            .with(Sign::Content, act.rule.starts_with("say"))
            .with(Sign::Retold, told.evidence.len() > 1)
            .with(Sign::Summary, told.block != BlockKind::Body)
            .with(Sign::Spoken, !act.speakers.is_empty())
            .with(Sign::Referred, told.referred)
            .with(Sign::Several, act.actors.len() > 1)
            .with(Sign::Unnamed, act.actors.is_empty())
            .with(Sign::Early, told.sentence * 10 < sentences)
            .with(Sign::Late, told.sentence * 3 >= sentences * 2);
        let event = CandidateEvent {
            kind: told.act.kind,
            date: told.dated.date,
            date_text: told.dated.text,
            modality: told.act.modality,
            actors: codes(&told.act.actors),
            targets: codes(&told.act.targets),
            headline: headline::headline(
                told.act.kind,
                told.act.modality,
                &names(&told.act.actors),
                &names(&told.act.targets),
                &told.act.named,
            ),
            named: told.act.named,
            speakers: told.act.speakers,
            evidence: told.evidence,
            confidence: confidence::confidence(&features),
            why: told.why,
            links: Vec::new(),
        };
        found.push((event, features));
    }
    found
}
