//! JSON bodies → fields of an event, or what is wrong with them.

use actix_web::{
    dev::RequestHead,
    web::{Bytes, Payload},
};
use serde_json::{Map, Value};

use crate::{
    config::Settings,
    domain::{
        cell,
        draft::{FieldError, RawFields},
        register::PartyRegister,
    },
    export::{
        columns::{Column, Sort},
        read::{self, ImportRow},
    },
};

use super::super::{error::WebError, forms, visitor::header_text};

const JSON: &str = "application/json";

/// The key of a write that says why.
const REASON: &str = "reason";

/// What a write says of an event.
#[derive(Debug)]
pub struct Written {
    /// The event, and the revision it was read at.
    pub row: ImportRow,
    /// Why; may be empty.
    pub reason: String,
    /// Whether it says anything of sources. Where it does not, an update leaves them as they are.
    pub names_sources: bool,
}

/// The JSON object of a body, within the limits of size and time.
///
/// # Errors
/// Another type of body, too large, too slow, or no JSON object.
pub async fn object(
    head: &RequestHead,
    payload: Payload,
    settings: &Settings,
) -> Result<Map<String, Value>, WebError> {
    let media = header_text(head, "content-type").unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case(JSON) {
        return Err(WebError::MediaType(JSON));
    }
    parse(&forms::collect(payload.into_inner(), settings).await?)
}

fn parse(body: &Bytes) -> Result<Map<String, Value>, WebError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(WebError::Malformed(
            "The body is JSON, but no object.".to_owned(),
        )),
        Err(error) => Err(WebError::Malformed(format!(
            "The body is no JSON: {error}."
        ))),
    }
}

/// Reads an event.
///
/// # Errors
/// [`WebError::Malformed`] for keys that no event has, [`WebError::Fields`] with every field that cannot be read.
pub fn event(
    mut object: Map<String, Value>,
    register: &PartyRegister,
) -> Result<Written, WebError> {
    let reason = match object.remove(REASON) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(reason)) => reason.trim().to_owned(),
        Some(other) => {
            return Err(WebError::Malformed(format!(
                "“reason” takes a text, but found {}.",
                sort_of(&other)
            )));
        }
    };
    let mut fields = RawFields::new();
    let mut errors = Vec::new();
    for (key, value) in &object {
        let Some(name) = read::field_named(key) else {
            return Err(WebError::Malformed(format!(
                "An event has no “{key}”. Its keys are those of GET /api/v1/openapi.json."
            )));
        };
        match cell_of(name, value) {
            Ok(Some(cell)) => {
                fields.insert(name.to_owned(), cell);
            }
            Ok(None) => {}
            Err(message) => errors.push(FieldError {
                field: name,
                message,
            }),
        }
    }
    let names_sources = fields.iter().any(|(name, cell)| {
        name.starts_with("source_") && name != "source_count" && !cell.is_empty()
    });
    match read::one(fields, register) {
        Ok(row) if errors.is_empty() => Ok(Written {
            row,
            reason,
            names_sources,
        }),
        Ok(_) => Err(WebError::Fields(errors)),
        Err(others) => {
            errors.extend(others);
            Err(WebError::Fields(errors))
        }
    }
}

/// A value as the cell of its column; `None` for null.
fn cell_of(name: &str, value: &Value) -> Result<Option<String>, String> {
    let is_list =
        Column::named(name).is_some_and(|column| matches!(column.sort(), Sort::List | Sort::Days));
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Array(values) if is_list => values
            .iter()
            .map(element)
            .collect::<Result<Vec<_>, _>>()
            .map(|values| Some(cell::join(values))),
        other if is_list => Err(format!("expected a list, but found {}", sort_of(other))),
        other => Err(format!(
            "expected a text or a number, but found {}",
            sort_of(other)
        )),
    }
}

/// A text, or a party as `{"code","name"}`: the code counts.
fn element(value: &Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Object(party) => ["code", "name"]
            .into_iter()
            .find_map(|key| {
                party
                    .get(key)
                    .and_then(Value::as_str)
                    .filter(|text| !text.trim().is_empty())
            })
            .map(str::to_owned)
            .ok_or_else(|| "expected a party with a code or a name, but found neither".to_owned()),
        other => Err(format!("expected a text, but found {}", sort_of(other))),
    }
}

const fn sort_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference;

    fn read(text: &str) -> Result<Written, WebError> {
        let register = PartyRegister::new(reference::parties().to_vec());
        event(parse(&Bytes::copy_from_slice(text.as_bytes()))?, &register)
    }

    #[test]
    fn parties_are_taken_by_code_by_name_and_as_they_were_given_out() {
        let written = read(
            r#"{"kind":"sanction","date":"2024-09-10","headline":"Listed","actors":["gbr","Iran",{"code":"USA","name":"x"}],
                "targets":[{"name":"Russia"}],"named":["A|B"],"confidence":0.5,"revision":3,"reason":" why ","place":null}"#,
        )
        .unwrap();
        let draft = &written.row.draft;
        let codes: Vec<&str> = draft
            .actors
            .iter()
            .chain(&draft.targets)
            .map(AsRef::as_ref)
            .collect();
        assert_eq!(codes, ["GBR", "IRN", "USA", "RUS"]);
        assert_eq!(
            (draft.named.as_slice(), draft.confidence),
            (["A|B".to_owned()].as_slice(), Some(500))
        );
        assert_eq!(
            (
                written.row.revision,
                written.reason.as_str(),
                written.names_sources
            ),
            (Some(3), "why", false)
        );
    }

    #[test]
    fn sources_are_lists_by_position() {
        let written = read(
            r#"{"kind":"visit","date":"2024","headline":"V","source_urls":["https://a.example/1","https://b.example/2"],
                "source_publishers":["A",""],"source_titles":[],"source_dates":[null,"2024-09-10"]}"#,
        )
        .unwrap();
        let sources = &written.row.draft.sources;
        assert_eq!(
            (sources[0].publisher.as_str(), sources[0].published),
            ("A", None)
        );
        assert_eq!(sources[1].published, "2024-09-10".parse().ok());
        assert!(written.names_sources);
    }

    #[test]
    fn every_bad_field_is_told_and_an_unknown_key_is_named() {
        let Err(WebError::Fields(errors)) =
            read(r#"{"kind":"tariff","date":true,"headline":"x","tags":{"a":1}}"#)
        else {
            panic!("bad fields were taken");
        };
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            told[0],
            "date: expected a text or a number, but found true or false"
        );
        assert_eq!(told[1], "tags: expected a list, but found an object");
        assert!(
            told[2].starts_with("kind: expected one of statement, "),
            "{told:?}"
        );
        let Err(WebError::Malformed(sentence)) = read(r#"{"mood":"grave"}"#) else {
            panic!("an unknown key was taken");
        };
        assert_eq!(
            sentence,
            "An event has no “mood”. Its keys are those of GET /api/v1/openapi.json."
        );
    }
}
