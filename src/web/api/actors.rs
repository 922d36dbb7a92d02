//! `/api/v1/actors`: who can act, with how many events each appears in.

use std::collections::HashMap;

use actix_web::{HttpResponse, web::Data};
use serde_json::{Value, json};

use crate::domain::fold::fold;

use super::super::{error::WebError, query::RawQuery, state::AppState};

/// GET /api/v1/actors: those that appear in events, most first; with `q`, all on record whose code or a name holds it.
pub async fn list(state: Data<AppState>, query: RawQuery) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let counts = state.store.party_counts().await?;
    let wanted = fold(query.text("q"));
    let by_code: HashMap<&str, i64> = counts
        .iter()
        .map(|(code, count)| (code.as_str(), *count))
        .collect();
    let shown = |party: &crate::domain::party::Party, events: i64| -> Value {
        json!({
            "code": party.code.as_str(),
            "name": party.name,
            "kind": party.kind.slug(),
            "aliases": party.aliases,
            "parent": party.parent.as_ref().map(ToString::to_string),
            "events": events,
        })
    };
    let actors: Vec<Value> = if wanted.is_empty() {
        counts
            .iter()
            .filter_map(|(code, count)| Some(shown(register.party(code)?, *count)))
            .collect()
    } else {
        register
            .all()
            .iter()
            .filter(|party| {
                std::iter::once(party.code.as_str())
                    .chain(std::iter::once(party.name.as_str()))
                    .chain(party.aliases.iter().map(String::as_str))
                    .any(|name| fold(name).contains(&wanted))
            })
            .map(|party| {
                shown(
                    party,
                    by_code.get(party.code.as_str()).copied().unwrap_or(0),
                )
            })
            .collect()
    };
    Ok(HttpResponse::Ok().json(json!({ "actors": actors })))
}
