//! Events → JSON Lines, and one event → the JSON of the API: the names of the CSV, lists as arrays, numbers as numbers.
//!
//! `actors` and `targets` are arrays of `{"code","name"}`. What is not known is `""` of a text, `[]` of a list, `null` of
//! a number, a date or a single word. Keys stand in the order of the header.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    ExportContext, ExportError, Tail, Writer,
    columns::{Column, Value, written_day},
    tail,
};
use crate::domain::{event::Event, party::PartyCode};

/// An event as JSON.
#[derive(Debug, Clone, Copy)]
pub struct EventJson<'a> {
    /// The event.
    pub event: &'a Event,
    /// Names and addresses.
    pub context: &'a ExportContext,
}

#[derive(Serialize)]
struct PartyJson<'a> {
    code: &'a str,
    name: &'a str,
}

impl EventJson<'_> {
    fn parties<'a>(&'a self, codes: &'a [PartyCode]) -> Vec<PartyJson<'a>> {
        codes
            .iter()
            .map(|code| PartyJson {
                code: code.as_str(),
                name: self.context.register.name(code),
            })
            .collect()
    }
}

impl Serialize for EventJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Column::ALL.len()))?;
        for column in Column::ALL {
            let name = column.name();
            match column {
                Column::Actors => {
                    map.serialize_entry(name, &self.parties(&self.event.content.actors))?;
                }
                Column::Targets => {
                    map.serialize_entry(name, &self.parties(&self.event.content.targets))?;
                }
                _ => match column.value(self.event, self.context) {
                    Value::Absent => map.serialize_entry(name, &None::<()>)?,
                    Value::Text(text) => map.serialize_entry(name, &text)?,
                    Value::Count(count) => map.serialize_entry(name, &count)?,
                    Value::Share(thousandths) => {
                        map.serialize_entry(name, &share(thousandths))?;
                    }
                    Value::Date(date) => map.serialize_entry(name, &date)?,
                    Value::List(values) => map.serialize_entry(name, &values)?,
                    Value::Days(days) => {
                        let days: Vec<Option<String>> =
                            days.into_iter().map(|day| day.map(written_day)).collect();
                        map.serialize_entry(name, &days)?;
                    }
                },
            }
        }
        map.end()
    }
}

fn share(thousandths: i64) -> f64 {
    f64::from(i32::try_from(thousandths).unwrap_or(0)) / 1000.0
}

/// An event as the value that the API answers with.
///
/// # Errors
/// Never for events as the domain makes them; the JSON crate's own error otherwise.
pub fn event_value(
    event: &Event,
    context: &ExportContext,
) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::to_value(EventJson { event, context })
}

/// Writes one JSON object a line.
#[derive(Debug)]
pub struct JsonlWriter {
    context: ExportContext,
}

impl JsonlWriter {
    /// A writer.
    pub const fn new(context: ExportContext) -> Self {
        Self { context }
    }
}

impl Writer for JsonlWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        Ok(Vec::new())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        for event in events {
            let json = EventJson {
                event,
                context: &self.context,
            };
            serde_json::to_writer(&mut bytes, &json)?;
            bytes.push(b'\n');
        }
        Ok(bytes)
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        Ok(tail(Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use crate::export::{
        Format,
        columns::tests::{bare_event, full_event},
        tests::written,
    };

    #[test]
    fn a_line_has_the_names_of_the_header_and_typed_values() {
        let bytes = written(Format::Jsonl, &[full_event(), bare_event()]);
        let text = String::from_utf8(bytes).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            r#"{"event_id":"EV-NG64WV","revision":3,"url":"https://example.org/events/EV-NG64WV","date":"2024-09-10/..","date_precision":"open_end","date_earliest":"2024-09-10","date_latest":null,"effective_date":"2024-10","kind":"sanction","modality":"announced","headline":"Measures on carriers, \"soon\" | and ships","summary":"Two lines,\nthe second short.","quote":"=We will act","speakers":["A. Speaker"],"actors":[{"code":"USA","name":"United States"},{"code":"GBR","name":"United Kingdom"}],"actor_codes":["USA","GBR"],"targets":[{"code":"IRN","name":"Iran"}],"target_codes":["IRN"],"named":["Iran Air","Back\\slash|bar"],"place":"London","authority":"OFAC","program":"NPWMD","legal_url":"https://example.org/order","list_ids":["12345"],"status":"disputed","confidence":0.87,"source_count":2,"independent_sources":2,"source_urls":["https://example.org/a",""],"source_publishers":["","Example Wire"],"source_titles":["First",""],"source_dates":["2024-09-10",null],"first_reported":"2024-09-10","relations":["follows:EV-WFGCFF"],"follow_through":"partly","follow_through_event":"EV-9XB876","tags":["air"],"cameo":"163","plover":"SANCTION","created_at":"2024-09-10T14:05:06Z","updated_at":"2024-09-11T14:05:06.000007Z"}"#
        );
        let bare: serde_json::Value = serde_json::from_str(lines[1]).unwrap();
        assert_eq!(bare["confidence"], serde_json::Value::Null);
        assert_eq!(bare["plover"], serde_json::Value::Null);
        assert_eq!(bare["summary"], "");
        assert_eq!(bare["actors"], serde_json::json!([]));
        assert_eq!(lines.len(), 2);
    }
}
