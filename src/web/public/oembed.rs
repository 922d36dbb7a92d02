//! oEmbed: an address of ours → the iframe that shows it on another site. Source: the oEmbed specification 1.0.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::Data,
};
use serde_json::json;

use crate::domain::{
    filter::{ParameterError, TimelineFilter},
    id::EventId,
};

use super::super::{
    error::{Missing, WebError},
    filters, paths,
    query::RawQuery,
    state::AppState,
};

/// The size of an iframe that nobody asked to be smaller, in pixels.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 560;
const EVENT_HEIGHT: i64 = 300;

/// GET /oembed: `url` is an address of the timeline, an event or an actor; `maxwidth`, `maxheight`, `format` (`json`, `xml`).
pub async fn answer(state: Data<AppState>, query: RawQuery) -> Result<HttpResponse, WebError> {
    let mut errors = Vec::new();
    let mut fault = |name: &str, message: String| {
        errors.push(ParameterError {
            name: name.to_owned(),
            message,
        });
    };
    let mut size = |name: &str, usual: i64| match query.text(name) {
        "" => usual,
        written => match written.parse::<i64>() {
            Ok(most) if most > 0 => usual.min(most),
            _ => {
                fault(
                    name,
                    format!("expected a whole number of pixels, but found “{written}”"),
                );
                usual
            }
        },
    };
    let width = size("maxwidth", WIDTH);
    let format = query.text("format").to_owned();
    let (title, embed, usual) = match shown(&state, query.text("url")).await? {
        Some(shown) => shown,
        None if query.text("url").is_empty() => {
            fault(
                "url",
                "expected an address of this site, but found nothing".to_owned(),
            );
            (String::new(), String::new(), HEIGHT)
        }
        None => return Err(WebError::NotFound(Missing::Page)),
    };
    let height = match query.text("maxheight").parse::<i64>() {
        Ok(most) if most > 0 => usual.min(most),
        _ => usual,
    };
    if !["", "json", "xml"].contains(&format.as_str()) {
        errors.push(ParameterError {
            name: "format".to_owned(),
            message: format!("expected json or xml, but found “{format}”"),
        });
    }
    if !errors.is_empty() {
        return Err(WebError::Parameters(errors));
    }
    let html = iframe(&embed, &title, &width.to_string(), height);
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CACHE_CONTROL, "public, max-age=3600"));
    if format == "xml" {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<oembed><version>1.0</version><type>rich</type>\
             <provider_name>Démarche</provider_name><provider_url>{}</provider_url><title>{}</title>\
             <width>{width}</width><height>{height}</height><cache_age>3600</cache_age><html>{}</html></oembed>\n",
            escaped(&state.link_base),
            escaped(&title),
            escaped(&html)
        );
        return Ok(answer
            .insert_header((CONTENT_TYPE, "text/xml; charset=utf-8"))
            .body(text));
    }
    Ok(answer.json(json!({
        "version": "1.0",
        "type": "rich",
        "provider_name": "Démarche",
        "provider_url": &*state.link_base,
        "title": title,
        "width": width,
        "height": height,
        "cache_age": 3600,
        "html": html,
    })))
}

/// What an address shows: its title, the page for the iframe, and how high that is.
async fn shown(state: &AppState, written: &str) -> Result<Option<(String, String, i64)>, WebError> {
    let base = format!("{}/", state.link_base);
    let (Ok(ours), Ok(asked)) = (url::Url::parse(&base), url::Url::parse(written)) else {
        return Ok(None);
    };
    if ours.origin() != asked.origin() {
        return Ok(None);
    }
    let path = asked.path();
    let query = RawQuery::read(asked.query().unwrap_or_default());
    if let Some(id) = path.strip_prefix("/events/") {
        let Ok(id) = id.parse::<EventId>() else {
            return Ok(None);
        };
        let crate::store::EventLookup::Found(event) = state.store.event(id).await? else {
            return Ok(None);
        };
        let embed = format!("{}/embed/events/{id}", state.link_base);
        return Ok(Some((event.content.headline, embed, EVENT_HEIGHT)));
    }
    let mut filter = query.strict_filter(state.clock(), &[])?.first_page();
    let mut about = "Démarche timeline".to_owned();
    if let Some(code) = path.strip_prefix("/actors/") {
        let code =
            url::form_urlencoded::parse(format!("c={}", code.replace('+', "%2B")).as_bytes())
                .next()
                .map(|(_, code)| code.into_owned())
                .unwrap_or_default();
        let register = state.register().await?;
        let Some(party) = register.find(&code) else {
            return Ok(None);
        };
        filter.parties = vec![party.code.to_string()];
        about.clone_from(&party.name);
    } else if path != "/" {
        return Ok(None);
    }
    let total = state.store.count(&filter).await?;
    let title = format!("{about}: {}", filters::events_text(total));
    Ok(Some((title, embed_address(state, &filter), HEIGHT)))
}

/// The whole address of the embedded list of a filter.
pub fn embed_address(state: &AppState, filter: &TimelineFilter) -> String {
    format!(
        "{}{}",
        state.link_base,
        paths::list("/embed", &filter.first_page())
    )
}

/// The snippet for another site's page.
pub fn iframe(address: &str, title: &str, width: &str, height: i64) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\"></iframe>",
        escaped(address),
        escaped(title)
    )
}

/// The address of the answer about an address of ours.
pub fn discovery(state: &AppState, path: &str) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("url", &format!("{}{path}", state.link_base))
        .finish();
    format!("{}/oembed?{query}", state.link_base)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_snippet_cannot_be_broken_out_of() {
        assert_eq!(
            iframe(
                "https://x.example/embed?a=1&b=2",
                "A \"title\" <b>",
                "100%",
                560
            ),
            "<iframe src=\"https://x.example/embed?a=1&amp;b=2\" title=\"A &quot;title&quot; &lt;b&gt;\" \
             width=\"100%\" height=\"560\" loading=\"lazy\"></iframe>"
        );
    }
}
