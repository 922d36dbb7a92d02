//! Who appears in the record.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::domain::party::PartyKind;

use super::super::{
    error::WebError,
    filters,
    listing::PartyLink,
    page::{self, Nav, Page},
    query::RawQuery,
    state::AppState,
    visitor::Visitor,
};

/// A party and how often it appears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// The party.
    pub party: PartyLink,
    /// Events of which it is on either side.
    pub count: i64,
}

/// Parties of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindOfParty {
    /// The kind.
    pub kind: PartyKind,
    /// “States”.
    pub label: &'static str,
    /// Its parties, the most often seen first.
    pub parties: Vec<Appearance>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "public/actors.html")]
pub struct ActorsPage {
    page: Page,
    q: String,
    kinds: Vec<KindOfParty>,
    unseen: Vec<PartyLink>,
}

/// The most parties that a search shows beside those of the record.
const FOUND_MAX: usize = 50;

/// GET /actors: parties by kind with their counts; `q` finds any on record by code, name or alias.
pub async fn page(
    state: Data<AppState>,
    visitor: Visitor,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let counts = state.store.party_counts().await?;
    let q = query.text("q").to_owned();
    let found = if q.is_empty() {
        None
    } else {
        Some(state.store.parties(&q, FOUND_MAX).await?)
    };
    let wanted = |code: &crate::domain::party::PartyCode| {
        found
            .as_ref()
            .is_none_or(|parties| parties.iter().any(|party| party.code == *code))
    };
    let mut kinds: Vec<KindOfParty> = PartyKind::ALL
        .into_iter()
        .map(|kind| KindOfParty {
            kind,
            label: plural(kind),
            parties: Vec::new(),
        })
        .collect();
    for (code, count) in counts.iter().filter(|(code, _)| wanted(code)) {
        let kind = register
            .party(code)
            .map_or(PartyKind::Group, |party| party.kind);
        if let Some(group) = kinds.iter_mut().find(|group| group.kind == kind) {
            group.parties.push(Appearance {
                party: PartyLink::new(code, &register),
                count: *count,
            });
        }
    }
    kinds.retain(|group| !group.parties.is_empty());
    let unseen = found
        .unwrap_or_default()
        .iter()
        .filter(|party| !counts.iter().any(|(code, _)| *code == party.code))
        .map(|party| PartyLink::new(&party.code, &register))
        .collect();
    Ok(page::ok(&ActorsPage {
        page: Page::of(&state, &visitor, Nav::Actors, "Actors").await?,
        q,
        kinds,
        unseen,
    }))
}

/// The heading of a kind.
const fn plural(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::State => "States",
        PartyKind::Body => "Bodies",
        PartyKind::Group => "Groups",
        PartyKind::Agency => "Agencies",
        PartyKind::Person => "People",
        PartyKind::Company => "Companies",
        PartyKind::Vessel => "Ships",
    }
}
