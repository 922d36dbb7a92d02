//! An event as JSON-LD in the words of schema.org, for search engines and other machines that read pages.
//!
//! What is only told of (alleged acts, accusations, denials and other speech) is a `Claim`; what happened or is to happen
//! is an `Event`. Source: schema.org 28.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::domain::{
    draft::is_web_address,
    event::Event,
    kind::{Family, Kind},
    modality::Modality,
    party::{PartyCode, PartyKind},
    register::PartyRegister,
    status::Status,
};

use super::super::paths;

/// JSON that may stand in a `script` element: no sign in it can end the element or begin a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonLd(String);

impl JsonLd {
    fn new(value: &Value) -> Self {
        let mut safe = String::new();
        for sign in value.to_string().chars() {
            match sign {
                '<' => safe.push_str("\\u003c"),
                '>' => safe.push_str("\\u003e"),
                '&' => safe.push_str("\\u0026"),
                '\'' => safe.push_str("\\u0027"),
                _ => safe.push(sign),
            }
        }
        Self(safe)
    }
}

impl fmt::Display for JsonLd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// `new` leaves no sign in it that HTML reads
impl askama::filters::HtmlSafe for JsonLd {}

/// An event as linked data; `base` stands before the paths of our pages.
pub fn event(event: &Event, register: &PartyRegister, base: &str) -> JsonLd {
    let content = &event.content;
    let url = format!("{base}{}", paths::event(event.id));
    let mut thing = Map::new();
    let mut put = |name: &str, value: Value| {
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(values) => values.is_empty(),
            _ => false,
        };
        if !is_empty {
            thing.insert(name.to_owned(), value);
        }
    };
    put("@context", json!("https://schema.org"));
    put("@id", json!(url));
    put("url", json!(url));
    put("identifier", json!(event.id.to_string()));
    put("name", json!(content.headline));
    put("description", json!(content.summary));
    put("keywords", json!(content.tags));
    let parties = |codes: &[PartyCode]| -> Vec<Value> {
        codes
            .iter()
            .map(|code| party(code, register, base))
            .collect()
    };
    let articles: Vec<Value> = content
        .sources
        .iter()
        .filter(|source| is_web_address(&source.url))
        .map(|source| {
            let mut article = json!({"@type": "NewsArticle", "url": source.url});
            if !source.title.is_empty() {
                article["headline"] = json!(source.title);
            }
            if !source.publisher.is_empty() {
                article["publisher"] = json!({"@type": "Organization", "name": source.publisher});
            }
            if let Some(day) = source.published {
                article["datePublished"] = json!(day.to_string());
            }
            article
        })
        .collect();
    if is_claim(content.kind, content.modality) {
        put("@type", json!("Claim"));
        put("text", json!(content.quote));
        put("author", json!(parties(&content.actors)));
        put("about", json!(parties(&content.targets)));
        put("appearance", json!(articles));
        put(
            "dateCreated",
            json!(
                content
                    .date
                    .earliest()
                    .filter(|_| content.date.as_single_day().is_some())
            ),
        );
    } else {
        put("@type", json!("Event"));
        put("startDate", json!(content.date.earliest()));
        put("endDate", json!(content.date.latest()));
        put("organizer", json!(parties(&content.actors)));
        put("about", json!(parties(&content.targets)));
        put("subjectOf", json!(articles));
        if !content.place.is_empty() {
            put("location", json!({"@type": "Place", "name": content.place}));
        }
    }
    if content.status != Status::Published {
        put("creativeWorkStatus", json!(content.status.slug()));
    }
    JsonLd::new(&Value::Object(thing))
}

fn is_claim(kind: Kind, modality: Modality) -> bool {
    modality == Modality::Alleged || matches!(kind.family(), Family::Position | Family::Contention)
}

fn party(code: &PartyCode, register: &PartyRegister, base: &str) -> Value {
    let kind = match register.party(code).map(|party| party.kind) {
        Some(PartyKind::State) => "Country",
        Some(PartyKind::Person) => "Person",
        Some(PartyKind::Vessel) => "Vehicle",
        _ => "Organization",
    };
    let mut value = json!({
        "@type": kind,
        "name": register.name(code),
        "url": format!("{base}{}", paths::actor(code)),
    });
    let wikidata = register.party(code).map(|party| party.wikidata.as_str());
    if let Some(item) = wikidata.filter(|item| !item.is_empty()) {
        value["sameAs"] = json!(format!("https://www.wikidata.org/entity/{item}"));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_can_end_the_element() {
        let written = JsonLd::new(&json!({"name": "</script><b> & 'x'"})).to_string();
        assert_eq!(
            written,
            r#"{"name":"\u003c/script\u003e\u003cb\u003e \u0026 \u0027x\u0027"}"#
        );
        let read: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read["name"], json!("</script><b> & 'x'"));
    }

    #[test]
    fn speech_and_what_is_alleged_are_claims() {
        assert!(is_claim(Kind::Denial, Modality::Occurred));
        assert!(is_claim(Kind::Transfer, Modality::Alleged));
        assert!(!is_claim(Kind::Transfer, Modality::Occurred));
    }
}
