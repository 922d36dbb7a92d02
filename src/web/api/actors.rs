//! `/api/v1/actors`: who can act, with how many events each appears in.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web::Data};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{fold::fold, party::Party};

use super::{
    super::{error::WebError, query::RawQuery, state::AppState},
    conditional,
    schema::Problem,
};

/// Who can act.
#[derive(Serialize, ToSchema)]
struct ActorList {
    /// Those that appear in most events first, or in the order of the record.
    actors: Vec<Actor>,
}

/// A state, body, group, agency, person, company or vessel.
#[derive(Serialize, ToSchema)]
struct Actor {
    /// ISO 3166-1 alpha-3 for states, the usual short name for the rest.
    code: String,
    /// Its name.
    name: String,
    /// What sort of party it is.
    kind: &'static str,
    /// Its other names.
    aliases: Vec<String>,
    /// The code of the party that it is a part of.
    #[schema(required)]
    parent: Option<String>,
    /// In how many events it stands.
    events: i64,
}

impl Actor {
    fn of(party: &Party, events: i64) -> Self {
        Self {
            code: party.code.to_string(),
            name: party.name.clone(),
            kind: party.kind.slug(),
            aliases: party.aliases.clone(),
            parent: party.parent.as_ref().map(ToString::to_string),
            events,
        }
    }
}

/// GET /api/v1/actors: those that appear in events, most first; with `q`, all on record whose code or a name holds it.
#[utoipa::path(
    get,
    path = "/api/v1/actors",
    operation_id = "list_actors",
    summary = "Lists who appears in events, most first; with q, all on record whose code or name holds it.",
    description = "",
    params(("q" = Option<String>, Query, description = "A part of a code or name.")),
    responses(
        (status = 200, description = "Done.", body = ActorList),
        (status = "default", description = "A failure, in words.", content_type = "application/problem+json", body = Problem)
    )
)]
pub async fn list(
    state: Data<AppState>,
    request: HttpRequest,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let counts = state.store.party_counts().await?;
    let wanted = fold(query.text("q"));
    let actors = if wanted.is_empty() {
        counts
            .iter()
            .filter_map(|(code, count)| Some(Actor::of(register.party(code)?, *count)))
            .collect()
    } else {
        let by_code: HashMap<&str, i64> = counts
            .iter()
            .map(|(code, count)| (code.as_str(), *count))
            .collect();
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
                Actor::of(
                    party,
                    by_code.get(party.code.as_str()).copied().unwrap_or(0),
                )
            })
            .collect()
    };
    conditional::json(&request, &ActorList { actors })
}
