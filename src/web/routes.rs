//! Every address once: method, path, who may use it, handler. What is not in a table has no handler.

use actix_web::{
    HttpRequest, HttpResponse, Resource, Route, guard,
    http::{Method, header::ALLOW},
    web::{self, ServiceConfig, to},
};

use crate::domain::role::Role;

use super::{
    admin, api, assets,
    error::{Missing, WebError},
    export, headers, public,
};

/// What a route asks of whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing, and the page does not even say who is signed in.
    Nothing,
    /// Nothing; the page may say who is signed in.
    Nobody,
    /// A session with at least this role.
    Session(Role),
    /// An API token with at least this role.
    Token(Role),
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// `GET` answers `HEAD` too.
    pub method: &'static str,
    /// The path in the router's notation: `/events/{id}`.
    pub path: &'static str,
    /// Who may use it.
    pub need: Need,
    handler: fn() -> Route,
}

/// A row for reading.
pub const fn get(path: &'static str, need: Need, handler: fn() -> Route) -> Entry {
    entry("GET", path, need, handler)
}

/// A row for writing.
pub const fn post(path: &'static str, need: Need, handler: fn() -> Route) -> Entry {
    entry("POST", path, need, handler)
}

/// A row for replacing.
pub const fn put(path: &'static str, need: Need, handler: fn() -> Route) -> Entry {
    entry("PUT", path, need, handler)
}

/// A row for removing.
pub const fn delete(path: &'static str, need: Need, handler: fn() -> Route) -> Entry {
    entry("DELETE", path, need, handler)
}

const fn entry(
    method: &'static str,
    path: &'static str,
    need: Need,
    handler: fn() -> Route,
) -> Entry {
    Entry {
        method,
        path,
        need,
        handler,
    }
}

/// What is open to all.
const PUBLIC: &[Entry] = &[
    get("/", Need::Nobody, || to(public::timeline::page)),
    get("/events/{id}", Need::Nobody, || to(public::event::page)),
    get("/events/{id}/revisions/{revision}", Need::Nobody, || {
        to(public::event::revision)
    }),
    get("/events/{id}/cite.{ending}", Need::Nothing, || {
        to(public::cite::file)
    }),
    get("/actors", Need::Nobody, || to(public::actors::page)),
    get("/actors/{code}", Need::Nobody, || to(public::actor::page)),
    get("/sources", Need::Nobody, || to(public::sources::page)),
    get("/articles/{id}", Need::Nobody, || to(public::article::page)),
    get("/lanes", Need::Nobody, || to(public::lanes::page)),
    get("/follow-through", Need::Nobody, || {
        to(public::follow_through::page)
    }),
    get("/changes", Need::Nobody, || to(public::changes::page)),
    get("/about", Need::Nobody, || to(public::about::page)),
    get("/report", Need::Nobody, || to(public::report::page)),
    get("/embed", Need::Nothing, || to(public::embed::page)),
    get("/embed/events/{id}", Need::Nothing, || {
        to(public::embed::one)
    }),
    get("/oembed", Need::Nothing, || to(public::oembed::answer)),
    get("/card.svg", Need::Nothing, || to(public::card::of_filter)),
    get("/events/{id}/card.svg", Need::Nothing, || {
        to(public::card::of_event)
    }),
    get("/export.{ending}", Need::Nothing, || to(export::file)),
    get("/sources.csv", Need::Nothing, || to(export::table)),
    get("/relations.csv", Need::Nothing, || to(export::table)),
    get("/parties.csv", Need::Nothing, || to(export::table)),
    get("/feed.atom", Need::Nothing, || to(export::feed)),
    get("/static/{file}", Need::Nothing, || to(assets::file)),
    get("/favicon.ico", Need::Nothing, || to(assets::icon)),
    get("/robots.txt", Need::Nothing, || to(public::sitemap::robots)),
    get("/sitemap.xml", Need::Nothing, || to(public::sitemap::index)),
    get("/sitemap/{part}.xml", Need::Nothing, || {
        to(public::sitemap::part)
    }),
    get("/healthz", Need::Nothing, || to(public::probes::alive)),
    get("/readyz", Need::Nothing, || to(public::probes::ready)),
    get("/metrics", Need::Nothing, || to(public::probes::metrics)),
];

/// The whole table.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    PUBLIC.iter().chain(admin::ROUTES).chain(api::ROUTES)
}

/// Who may use a method of a path; `None` where there is no such row.
pub fn need(method: &Method, pattern: &str) -> Option<Need> {
    let method = if method == Method::HEAD {
        "GET"
    } else {
        method.as_str()
    };
    all()
        .find(|entry| entry.method == method && entry.path == pattern)
        .map(|entry| entry.need)
}

/// Registers the table, and what answers where nothing in it does.
pub fn configure(config: &mut ServiceConfig) {
    let mut paths: Vec<&'static str> = Vec::new();
    for entry in all() {
        if !paths.contains(&entry.path) {
            paths.push(entry.path);
        }
    }
    for path in paths {
        config.service(resource(path));
    }
    config.default_service(to(nowhere));
}

fn resource(path: &'static str) -> Resource {
    let rows = all().filter(|entry| entry.path == path);
    let mut allowed = Vec::new();
    let mut resource = web::resource(path);
    for entry in rows {
        allowed.push(entry.method);
        let route = (entry.handler)();
        resource = resource.route(match entry.method {
            "GET" => {
                allowed.push("HEAD");
                route.guard(guard::Any(guard::Get()).or(guard::Head()))
            }
            "POST" => route.guard(guard::Post()),
            "PUT" => route.guard(guard::Put()),
            _ => route.guard(guard::Delete()),
        });
    }
    resource.default_service(to(move |request: HttpRequest| {
        let allowed = allowed.clone();
        async move {
            let asks = request.method() == Method::OPTIONS
                && allowed.contains(&"GET")
                && headers::is_open_data(request.path());
            if !asks {
                return Err(WebError::Method(allowed));
            }
            let mut answer = HttpResponse::NoContent();
            answer.insert_header((ALLOW, allowed.join(", ")));
            for header in headers::PREFLIGHT {
                answer.insert_header(header);
            }
            Ok(answer.finish())
        }
    }))
}

async fn nowhere() -> Result<&'static str, WebError> {
    Err(WebError::NotFound(Missing::Page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_the_editors_needs_a_session_but_the_sign_in() {
        for entry in all().filter(|entry| entry.path.starts_with("/admin")) {
            if entry.path == "/admin/login" {
                assert_eq!(entry.need, Need::Nobody, "{}", entry.path);
            } else {
                assert!(
                    matches!(entry.need, Need::Session(_)),
                    "{} {}",
                    entry.method,
                    entry.path
                );
            }
        }
    }

    #[test]
    fn every_write_needs_somebody_but_the_sign_in() {
        for entry in all().filter(|entry| entry.method != "GET") {
            let open = matches!(entry.need, Need::Nothing | Need::Nobody);
            assert_eq!(
                open,
                entry.path == "/admin/login",
                "{} {}",
                entry.method,
                entry.path
            );
        }
    }

    #[test]
    fn no_row_stands_twice() {
        let rows: Vec<_> = all().map(|entry| (entry.method, entry.path)).collect();
        for (at, row) in rows.iter().enumerate() {
            assert!(!rows[..at].contains(row), "{row:?}");
        }
    }
}
