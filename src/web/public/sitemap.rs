//! The sitemap: an index, one part for the pages that are always there and the parties, and as many for events as there
//! are times 20,000 of them, streamed. And what robots may read.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::{Bytes, Data, Path},
};
use futures::Stream;
use std::fmt::Write as _;

use crate::store::Store;

use super::super::{
    error::{Missing, WebError},
    paths,
    state::AppState,
};

/// Numbers of events that a part covers; the protocol takes 50,000 addresses in a file of at most 50 MiB.
const PART: i64 = 20_000;
/// Events asked for at once.
const CHUNK: u32 = 1_000;
/// Pages that are always there.
const PAGES: [&str; 8] = [
    "/",
    "/actors",
    "/lanes",
    "/sources",
    "/follow-through",
    "/changes",
    "/about",
    "/docs",
];
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const MEDIA: &str = "application/xml; charset=utf-8";
const FOR_AN_HOUR: &str = "public, max-age=3600";

/// GET /sitemap.xml: which parts there are.
pub async fn index(state: Data<AppState>) -> Result<HttpResponse, WebError> {
    let highest = state.store.highest_event().await?;
    let base = escaped(&state.link_base);
    let mut text = format!("{HEAD}<sitemapindex xmlns=\"{SPACE}\">\n");
    let _ = writeln!(
        text,
        "<sitemap><loc>{base}/sitemap/pages.xml</loc></sitemap>"
    );
    for part in 1..=parts(highest) {
        let _ = writeln!(
            text,
            "<sitemap><loc>{base}/sitemap/events-{part}.xml</loc></sitemap>"
        );
    }
    text.push_str("</sitemapindex>\n");
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, MEDIA))
        .insert_header((CACHE_CONTROL, FOR_AN_HOUR))
        .body(text))
}

/// GET /sitemap/PART.xml: `pages`, or `events-N`.
pub async fn part(state: Data<AppState>, name: Path<String>) -> Result<HttpResponse, WebError> {
    let missing = || WebError::NotFound(Missing::Page);
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, MEDIA))
        .insert_header((CACHE_CONTROL, FOR_AN_HOUR));
    if name.as_str() == "pages" {
        return Ok(answer.body(pages(&state).await?));
    }
    let number: i64 = name
        .strip_prefix("events-")
        .and_then(|number| number.parse().ok())
        .ok_or_else(missing)?;
    let highest = state.store.highest_event().await?;
    if !(1..=parts(highest)).contains(&number) {
        return Err(missing());
    }
    let last = number * PART;
    Ok(answer.streaming(events(
        state.store.clone(),
        escaped(&state.link_base),
        (last - PART, last),
    )))
}

fn parts(highest: i64) -> i64 {
    (highest + PART - 1) / PART
}

async fn pages(state: &AppState) -> Result<String, WebError> {
    let base = escaped(&state.link_base);
    let mut text = format!("{HEAD}<urlset xmlns=\"{SPACE}\">\n");
    for path in PAGES {
        let _ = writeln!(text, "<url><loc>{base}{path}</loc></url>");
    }
    for (code, _) in state.store.party_counts().await? {
        let path = escaped(&paths::actor(&code));
        let _ = writeln!(text, "<url><loc>{base}{path}</loc></url>");
    }
    text.push_str("</urlset>\n");
    Ok(text)
}

/// The events of a part. An error breaks the connection off.
fn events(
    store: Store,
    base: String,
    (mut after, last): (i64, i64),
) -> impl Stream<Item = Result<Bytes, WebError>> {
    async_stream::try_stream! {
        yield Bytes::from(format!("{HEAD}<urlset xmlns=\"{SPACE}\">\n"));
        loop {
            let listed = store.listed_events(after, last, CHUNK).await?;
            let Some((id, _)) = listed.last() else {
                break;
            };
            after = id.counter();
            let mut text = String::new();
            for (id, at) in &listed {
                let _ = writeln!(
                    text,
                    "<url><loc>{base}{}</loc><lastmod>{}</lastmod></url>",
                    paths::event(*id),
                    at.strftime("%Y-%m-%dT%H:%M:%SZ")
                );
            }
            yield Bytes::from(text);
        }
        yield Bytes::from_static(b"</urlset>\n");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

/// GET /robots.txt: lists and pages may be read, the editors' and the endless filter combinations are left alone.
pub async fn robots(state: Data<AppState>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .body(format!(
            "User-agent: *\nDisallow: /admin\nDisallow: /*?\nDisallow: /export.\nDisallow: /events/*/revisions/\n\n\
             Sitemap: {}/sitemap.xml\n",
            state.link_base
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_parts_of_twenty_thousand() {
        assert_eq!(parts(0), 0);
        assert_eq!(parts(1), 1);
        assert_eq!(parts(20_000), 1);
        assert_eq!(parts(20_001), 2);
    }
}
