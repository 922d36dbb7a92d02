//! The headers that every answer carries, unless its handler set its own.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, VARY,
};

/// Nothing but our own files; no frames, no plugins, no other origin.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// As [`POLICY`], for the page that other sites may frame.
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
    form-action 'none'; frame-ancestors *; base-uri 'none'";

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-permitted-cross-domain-policies", "none"),
];

/// What reads of data say to other sites: any may read them, and see these headers.
const OPEN: [(&str, &str); 2] = [
    ("access-control-allow-origin", "*"),
    (
        "access-control-expose-headers",
        "ETag, Location, X-Request-Id, X-Total-Count",
    ),
];

/// What a preflight is answered besides: reads, and the header that saves them.
pub const PREFLIGHT: [(&str, &str); 3] = [
    ("access-control-allow-methods", "GET, HEAD"),
    ("access-control-allow-headers", "Accept, If-None-Match"),
    ("access-control-max-age", "86400"),
];

/// Whether a path gives data that is open to all, which other sites may read too. Writes need a token, which no
/// preflight allows a site to send.
pub fn is_open_data(path: &str) -> bool {
    path.starts_with("/api/v1/")
        || path.starts_with("/export.")
        || matches!(
            path,
            "/feed.atom" | "/sources.csv" | "/relations.csv" | "/parties.csv"
        )
}

/// Adds what is missing. `path` is the request's.
pub fn complete(headers: &mut HeaderMap, path: &str) {
    let embedded = path == "/embed" || path.starts_with("/embed/");
    if is_open_data(path) {
        for (name, value) in OPEN {
            set(headers, HeaderName::from_static(name), value);
        }
    }
    for (name, value) in FIXED {
        set(headers, HeaderName::from_static(name), value);
    }
    if embedded {
        set(headers, CONTENT_SECURITY_POLICY, EMBED_POLICY);
    } else {
        set(headers, CONTENT_SECURITY_POLICY, POLICY);
        set(headers, HeaderName::from_static("x-frame-options"), "DENY");
    }
    // pages show who is signed in, so no shared cache may keep them
    let kept = if path.starts_with("/admin") {
        "no-store"
    } else {
        "private, no-cache"
    };
    if !headers.contains_key(CACHE_CONTROL) {
        set(headers, CACHE_CONTROL, kept);
        headers.append(VARY, HeaderValue::from_static("cookie"));
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
