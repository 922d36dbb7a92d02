//! Every write must come from a page of ours: where it comes from by `Sec-Fetch-Site` and `Origin`, and a token in the form.

use actix_web::{
    cookie::{Cookie, time::Duration},
    dev::RequestHead,
    http::uri::Authority,
};
use subtle::ConstantTimeEq as _;

use crate::{
    config::Settings,
    store::{secret, secret::Secret},
};

use super::{
    error::WebError,
    session::{FORM_COOKIE, make_cookie},
    visitor::{Visitor, header_text},
};

/// The hidden field of every form that writes.
pub const FIELD: &str = "csrf";

/// Checks where a write comes from. Programs that send neither header pass here; the token stops them.
///
/// # Errors
/// [`WebError::CrossSite`] where the browser says that another site sent it.
pub fn check_origin(head: &RequestHead, settings: &Settings) -> Result<(), WebError> {
    match header_text(head, "sec-fetch-site") {
        Some("same-origin" | "none") => return Ok(()),
        Some(_) => return Err(WebError::CrossSite),
        None => {}
    }
    match header_text(head, "origin") {
        None => Ok(()),
        Some(origin) if is_ours(origin, head, settings) => Ok(()),
        Some(_) => Err(WebError::CrossSite),
    }
}

fn is_ours(origin: &str, head: &RequestHead, settings: &Settings) -> bool {
    let public = settings.public_url.trim_end_matches('/');
    if !public.is_empty() && origin.eq_ignore_ascii_case(public) {
        return true;
    }
    let host = header_text(head, "host").or_else(|| head.uri.authority().map(Authority::as_str));
    let sender = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    matches!((sender, host), (Some(sender), Some(host)) if sender.eq_ignore_ascii_case(host))
}

/// The token that the visitor's forms carry: the session's, or one made of the form cookie.
pub fn token_of(visitor: &Visitor) -> Option<String> {
    match (&visitor.session, &visitor.form_cookie) {
        (Some(session), _) => Some(session.csrf.clone()),
        (None, Some(cookie)) => Some(secret::hash(cookie)),
        (None, None) => None,
    }
}

/// Checks the token that a form brought.
///
/// # Errors
/// [`WebError::StaleForm`] where it is not the visitor's.
pub fn check(visitor: &Visitor, presented: &str) -> Result<(), WebError> {
    let matches = token_of(visitor)
        .is_some_and(|token| bool::from(token.as_bytes().ct_eq(presented.as_bytes())));
    if matches {
        Ok(())
    } else {
        Err(WebError::StaleForm)
    }
}

/// The token for a form before the sign-in, with the cookie to set where the visitor has none yet.
///
/// # Errors
/// No random numbers.
pub fn before_sign_in(visitor: &Visitor) -> Result<(String, Option<Cookie<'static>>), WebError> {
    if let Some(cookie) = &visitor.form_cookie {
        return Ok((secret::hash(cookie), None));
    }
    let fresh = Secret::fresh().map_err(WebError::internal)?;
    let cookie = make_cookie(
        FORM_COOKIE,
        fresh.reveal().to_owned(),
        visitor.transport,
        Duration::hours(12),
    );
    Ok((fresh.hash(), Some(cookie)))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn sent(headers: &[(&'static str, &'static str)]) -> Result<(), WebError> {
        let request = headers.iter().fold(
            TestRequest::post().insert_header(("host", "record.example:8080")),
            |request, header| request.insert_header(*header),
        );
        let settings = Settings::defaults().expect("defaults are valid");
        check_origin(request.to_http_request().head(), &settings)
    }

    #[test]
    fn a_write_from_our_own_pages_passes() {
        assert!(sent(&[("sec-fetch-site", "same-origin")]).is_ok());
        assert!(sent(&[("origin", "http://record.example:8080")]).is_ok());
        assert!(sent(&[]).is_ok());
    }

    #[test]
    fn a_write_from_another_site_is_refused() {
        for headers in [
            [("sec-fetch-site", "cross-site")],
            [("sec-fetch-site", "same-site")],
            [("origin", "http://record.example")],
            [("origin", "null")],
        ] {
            assert!(
                matches!(sent(&headers), Err(WebError::CrossSite)),
                "{headers:?}"
            );
        }
    }
}
