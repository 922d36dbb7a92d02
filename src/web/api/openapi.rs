//! The API described for programs: `OpenAPI` 3.1 by `utoipa`, from the handlers' own attributes, the types that they answer
//! with, the columns of exports and the filters.

use std::sync::LazyLock;

use actix_web::{HttpRequest, HttpResponse, web::Data};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Server,
        path::{HttpMethod, Operation},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{
    super::{error::WebError, routes::Need, state::AppState},
    ROUTES, actors, conditional, events, ingest, jobs,
};

/// The description, but for the server's own address.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Démarche",
        description = "Dated and sourced diplomatic events. Failures are application/problem+json. Reads answer with an ETag, take If-None-Match and may be made from any site.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    paths(
        events::list,
        events::create,
        events::read,
        events::update,
        events::remove,
        actors::list,
        ingest::enqueue,
        jobs::read,
        document
    ),
    modifiers(&Tokens)
)]
struct Document;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token that an administrator made; its role must suffice.",
            ))
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

static DOCUMENT: LazyLock<openapi::OpenApi> = LazyLock::new(Document::openapi);

/// What an address under `/api` does, for the page about it.
pub struct Described {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// What it does, in a sentence.
    pub does: String,
    /// What it answers where all is well.
    pub answers: String,
    /// The least role of the token, where one is needed.
    pub role: Option<&'static str>,
}

/// The addresses under `/api`, in the order of the table of routes.
pub fn described() -> Vec<Described> {
    ROUTES
        .iter()
        .filter(|entry| entry.path.starts_with("/api/"))
        .filter_map(|entry| {
            let operation = operation(&DOCUMENT, entry.method, entry.path)?;
            let mut statuses = operation.responses.responses.keys();
            Some(Described {
                method: entry.method,
                path: entry.path,
                does: [&operation.summary, &operation.description]
                    .into_iter()
                    .flatten()
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" "),
                answers: statuses
                    .find(|status| status.starts_with('2'))
                    .cloned()
                    .unwrap_or_default(),
                role: match entry.need {
                    Need::Token(role) => Some(role.slug()),
                    _ => None,
                },
            })
        })
        .collect()
}

fn operation<'a>(
    document: &'a openapi::OpenApi,
    method: &str,
    path: &str,
) -> Option<&'a Operation> {
    let method = match method {
        "GET" => HttpMethod::Get,
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        _ => HttpMethod::Delete,
    };
    document.paths.get_path_operation(path, method)
}

/// GET /api/v1/openapi.json
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "openapi",
    summary = "This description.",
    description = "",
    responses((status = 200, description = "Done.", content_type = "application/json", body = Object))
)]
pub async fn document(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let mut document = DOCUMENT.clone();
    document.servers = Some(vec![Server::new(state.link_base.to_string())]);
    conditional::json(&request, &document)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::export::columns::Column;

    fn value() -> Value {
        serde_json::to_value(&*DOCUMENT).unwrap()
    }

    #[test]
    fn the_description_has_the_routes_and_no_others() {
        let routes: BTreeSet<(String, String)> = ROUTES
            .iter()
            .filter(|entry| entry.path.starts_with("/api/"))
            .map(|entry| (entry.path.to_owned(), entry.method.to_ascii_lowercase()))
            .collect();
        let document = value();
        let told: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, item)| {
                let methods = item.as_object().unwrap().keys();
                methods.map(|method| (path.clone(), method.clone()))
            })
            .collect();
        assert_eq!(told, routes);
        assert_eq!(described().len(), routes.len());
    }

    #[test]
    fn what_a_route_needs_is_what_the_description_says() {
        let document = value();
        for entry in ROUTES
            .iter()
            .filter(|entry| entry.path.starts_with("/api/"))
        {
            let operation = &document["paths"][entry.path][entry.method.to_ascii_lowercase()];
            assert_eq!(
                operation["security"][0]["token"].is_array(),
                matches!(entry.need, Need::Token(_)),
                "{} {}",
                entry.method,
                entry.path
            );
        }
    }

    #[test]
    fn every_address_is_described_in_its_own_words_and_every_reference_leads_somewhere() {
        let described = described();
        for (place, address) in described.iter().enumerate() {
            let twin = described[..place]
                .iter()
                .find(|other| other.does == address.does);
            assert!(twin.is_none(), "{} {}", address.method, address.path);
            assert!(!address.answers.is_empty(), "{}", address.path);
        }
        let document = value();
        assert_eq!(document["openapi"], "3.1.0");
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let text = document.to_string();
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name}");
        }
        assert_eq!(
            schemas["Event"]["properties"].as_object().unwrap().len(),
            Column::ALL.len()
        );
    }
}
