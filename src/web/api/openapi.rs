//! The API described for programs: `OpenAPI` 3.1, made from the table of routes, the columns of exports and the filters.

use actix_web::{HttpResponse, web::Data};
use serde_json::{Map, Value, json};

use crate::{
    domain::{filter::TimelineFilter, kind::Kind, modality::Modality},
    export::columns::{Column, Sort},
};

use super::{
    super::{routes::Need, state::AppState},
    ROUTES,
};

/// What an address under `/api` does, for the description and the page about it.
pub struct Described {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// What it does, in a sentence.
    pub does: &'static str,
    /// What it answers where all is well.
    pub answers: u16,
    /// The least role of the token, where one is needed.
    pub role: Option<&'static str>,
}

/// The addresses under `/api`, in the order of the table.
pub fn described() -> Vec<Described> {
    ROUTES
        .iter()
        .filter(|entry| entry.path.starts_with("/api/"))
        .map(|entry| {
            let (does, answers) = does(entry.method, entry.path);
            let role = match entry.need {
                Need::Token(role) => Some(role.slug()),
                _ => None,
            };
            Described {
                method: entry.method,
                path: entry.path,
                does,
                answers,
                role,
            }
        })
        .collect()
}

fn does(method: &str, path: &str) -> (&'static str, u16) {
    match (method, path) {
        ("GET", "/api/v1/events") => (
            "Lists the timeline under the filters of its page, with cursors of the pages beside it.",
            200,
        ),
        ("POST", "/api/v1/events") => (
            "Records an event: kind, date, headline and any of the rest; parties by code or name.",
            201,
        ),
        ("GET", "/api/v1/events/{id}") => (
            "Gives one event. A merged one redirects to the one that stays; a deleted one is 410.",
            200,
        ),
        ("PUT", "/api/v1/events/{id}") => (
            "Saves the whole event that was read at a revision (in the body, or as If-Match). 409 with the event as it stands where somebody saved first, 428 where no revision is given. Sources stay where none are named.",
            200,
        ),
        ("DELETE", "/api/v1/events/{id}") => (
            "Takes an event off the record; reason and revision may be given in the query.",
            204,
        ),
        ("GET", "/api/v1/actors") => (
            "Lists who appears in events, most first; with q, all on record whose code or name holds it.",
            200,
        ),
        ("POST", "/api/v1/ingest") => (
            "Puts an article into the queue, by text or url; published, source and publish may be given.",
            202,
        ),
        ("GET", "/api/v1/jobs/{id}") => {
            ("Tells what became of an article that was handed in.", 200)
        }
        _ => ("This description.", 200),
    }
}

/// What a filter takes.
pub fn filter_meaning(name: &str) -> &'static str {
    match name {
        "kind" => "A kind of event; repeatable, meaning any of them.",
        "actor" => "Who acts, by code or name.",
        "target" => "Whom it is directed at or is about, by code or name.",
        "party" => "Who stands on either side, by code or name; repeatable.",
        "modality" => "How it is told: occurred, announced or alleged.",
        "source" => "A publisher, by name.",
        "from" => {
            "The first day: YYYY, YYYY-MM or YYYY-MM-DD; an event matches where its possible days overlap."
        }
        "to" => "The last day, in the same form.",
        "q" => "Words of the event; “…”, -word and prefix* work. At most 1,000 characters.",
        "as_of" => "An RFC 3339 instant: the timeline as it was published then.",
        "changed_since" => {
            "A day or an RFC 3339 instant: only events recorded or changed then or later."
        }
        "sort" => "newest or oldest first.",
        "after" => "The cursor next of a page: what comes after it.",
        "before" => "The cursor prev of a page: what comes before it.",
        "per" => "Events on a page, 1 to 200.",
        _ => "",
    }
}

/// GET /api/v1/openapi.json
pub async fn document(state: Data<AppState>) -> HttpResponse {
    HttpResponse::Ok().json(value(&state.link_base))
}

fn value(server: &str) -> Value {
    let mut paths = Map::new();
    for address in described() {
        let item = paths.entry(address.path).or_insert_with(|| json!({}));
        item[address.method.to_ascii_lowercase()] = operation(&address);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Démarche",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Dated and sourced diplomatic events. Failures are application/problem+json.",
        },
        "servers": [{ "url": server }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": { "Event": event_schema(), "Problem": problem_schema() },
        },
    })
}

fn operation(address: &Described) -> Value {
    let mut parameters = Vec::new();
    if address.path.ends_with("{id}") {
        parameters.push(
            json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }),
        );
    }
    if (address.method, address.path) == ("GET", "/api/v1/events") {
        for name in TimelineFilter::PARAMETERS {
            parameters.push(json!({
                "name": name, "in": "query", "description": filter_meaning(name), "schema": filter_schema(name),
            }));
        }
    }
    let problem = json!({
        "description": "A failure, in words.",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    let mut operation = json!({
        "summary": address.does,
        "parameters": parameters,
        "responses": { address.answers.to_string(): answer(address), "default": problem },
    });
    if let Some(role) = address.role {
        operation["security"] = json!([{ "token": [] }]);
        operation["description"] =
            format!("Needs a token with the role {role} or a greater one.").into();
    }
    if matches!(address.method, "POST" | "PUT") {
        let schema = if address.path.ends_with("/ingest") {
            ingest_schema()
        } else {
            json!({ "$ref": "#/components/schemas/Event" })
        };
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    operation
}

fn answer(address: &Described) -> Value {
    let event = json!({ "$ref": "#/components/schemas/Event" });
    let schema = match (address.method, address.path) {
        ("DELETE", _) => return json!({ "description": "Done." }),
        ("GET", "/api/v1/events") => json!({
            "type": "object",
            "properties": {
                "events": { "type": "array", "items": event },
                "next": { "type": ["string", "null"] },
                "prev": { "type": ["string", "null"] },
                "total": { "type": "integer" },
            },
        }),
        (_, path) if path.starts_with("/api/v1/events") => event,
        _ => json!({ "type": "object" }),
    };
    json!({ "description": "Done.", "content": { "application/json": { "schema": schema } } })
}

fn filter_schema(name: &str) -> Value {
    match name {
        "kind" => json!({ "type": "array", "items": { "enum": Kind::ALL.map(Kind::slug) } }),
        "modality" => {
            json!({ "type": "array", "items": { "enum": Modality::ALL.map(Modality::slug) } })
        }
        "actor" | "target" | "party" | "source" => {
            json!({ "type": "array", "items": { "type": "string" } })
        }
        "sort" => json!({ "enum": ["newest", "oldest"] }),
        "per" => json!({ "type": "integer", "minimum": 1, "maximum": 200 }),
        "as_of" => json!({ "type": "string", "format": "date-time" }),
        _ => json!({ "type": "string" }),
    }
}

fn event_schema() -> Value {
    let mut properties = Map::new();
    for column in Column::ALL {
        let mut schema = match column {
            Column::Actors | Column::Targets => json!({
                "type": "array",
                "items": { "type": "object", "properties": { "code": { "type": "string" }, "name": { "type": "string" } } },
            }),
            Column::Kind => json!({ "enum": Kind::ALL.map(Kind::slug) }),
            Column::Modality => json!({ "enum": Modality::ALL.map(Modality::slug) }),
            _ => match column.sort() {
                Sort::Text | Sort::Date => json!({ "type": ["string", "null"] }),
                Sort::Number => json!({ "type": ["number", "null"] }),
                Sort::List => json!({ "type": "array", "items": { "type": "string" } }),
                Sort::Days => json!({ "type": "array", "items": { "type": ["string", "null"] } }),
            },
        };
        schema["description"] = column.meaning().into();
        properties.insert(column.name().to_owned(), schema);
    }
    json!({ "type": "object", "required": ["kind", "date", "headline"], "properties": properties })
}

fn ingest_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "text": { "type": "string" },
            "url": { "type": "string", "format": "uri" },
            "published": { "type": ["string", "null"], "format": "date" },
            "source": { "type": "string" },
            "publish": { "type": "boolean" },
        },
    })
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "errors": { "type": "array", "items": { "type": "string" } },
            "reference": { "type": "string" },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_and_filter_is_described_in_its_own_words() {
        let described = described();
        for (place, address) in described.iter().enumerate() {
            let twin = described[..place]
                .iter()
                .find(|other| other.does == address.does);
            assert!(twin.is_none(), "{} {}", address.method, address.path);
        }
        for name in TimelineFilter::PARAMETERS {
            assert_ne!(filter_meaning(name), "", "{name}");
        }
    }

    #[test]
    fn the_description_names_every_column_and_path() {
        let document = value("https://record.example.org");
        let properties = document["components"]["schemas"]["Event"]["properties"]
            .as_object()
            .unwrap();
        assert_eq!(properties.len(), Column::ALL.len());
        assert_eq!(
            document["paths"]["/api/v1/events/{id}"]["put"]["security"][0]["token"],
            json!([])
        );
        assert_eq!(
            document["paths"]["/api/v1/events"]["get"]["parameters"]
                .as_array()
                .unwrap()
                .len(),
            TimelineFilter::PARAMETERS.len()
        );
    }
}
