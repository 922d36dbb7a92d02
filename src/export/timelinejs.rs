//! Events → the JSON that TimelineJS draws (Knight Lab, version 3). Its texts are HTML: ours are escaped.
//!
//! An open side is left out and said in `display_date`; what cannot be placed (no start known) stands at its last day.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::{ExportContext, ExportError, Tail, Writer, tail};
use crate::domain::event::Event;

/// Writes TimelineJS's JSON.
#[derive(Debug)]
pub struct TimelineJsWriter {
    context: ExportContext,
    /// Whether an event was written, so that the next is parted from it.
    begun: Begun,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begun {
    No,
    Yes,
}

impl TimelineJsWriter {
    /// A writer.
    pub const fn new(context: ExportContext) -> Self {
        Self {
            context,
            begun: Begun::No,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Slide {
    unique_id: String,
    pub(super) start_date: Civil,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_date: Option<Civil>,
    pub(super) display_date: String,
    pub(super) group: &'static str,
    pub(super) text: SlideText,
}

#[derive(Serialize)]
pub(super) struct SlideText {
    pub(super) headline: String,
    pub(super) text: String,
}

#[derive(Serialize)]
pub(super) struct Civil {
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
}

impl From<NaiveDate> for Civil {
    fn from(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            month: day.month(),
            day: day.day(),
        }
    }
}

impl Writer for TimelineJsWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        Ok(b"{\"events\":[".to_vec())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        for event in events {
            if self.begun == Begun::Yes {
                bytes.push(b',');
            }
            self.begun = Begun::Yes;
            bytes.push(b'\n');
            serde_json::to_writer(&mut bytes, &slide(event, &self.context))?;
        }
        Ok(bytes)
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        Ok(tail("\n]}\n"))
    }
}

pub(super) fn slide(event: &Event, context: &ExportContext) -> Slide {
    let known = &event.content;
    let first = known
        .date
        .earliest()
        .or(known.date.latest())
        .unwrap_or_else(|| known.date.sort_day());
    let last = known.date.latest().filter(|last| *last > first);
    let words = known
        .date
        .words(Some(known.date_text.as_str()).filter(|words| !words.is_empty()));
    let mut text = String::new();
    for part in [&known.summary, &known.quote]
        .into_iter()
        .filter(|part| !part.is_empty())
    {
        text.push_str("<p>");
        escape_into(&mut text, part);
        text.push_str("</p>");
    }
    text.push_str("<p><a href=\"");
    escape_into(&mut text, &context.event_url(event.id));
    text.push_str("\">");
    escape_into(&mut text, &event.id.to_string());
    text.push_str("</a></p>");
    let mut headline = String::new();
    escape_into(&mut headline, &known.headline);
    Slide {
        unique_id: event.id.to_string(),
        start_date: first.into(),
        end_date: last.map(Civil::from),
        display_date: words.long,
        group: known.kind.label(),
        text: SlideText { headline, text },
    }
}

/// Appends text as HTML that shows it.
fn escape_into(html: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::export::{
        Format,
        columns::tests::{bare_event, full_event},
        tests::written,
    };

    #[test]
    fn slides_have_dates_words_and_escaped_texts() {
        let mut event = full_event();
        event.content.headline = "<img src=x onerror=alert(1)>".to_owned();
        event.content.date = "2024-09".parse().unwrap();
        let bytes = written(Format::TimelineJs, &[event, bare_event(), full_event()]);
        let json: Value = serde_json::from_slice(&bytes).unwrap();
        let events = json["events"].as_array().unwrap();
        assert_eq!(events.len(), 3);
        assert_eq!(
            events[0]["start_date"],
            json!({"year": 2024, "month": 9, "day": 1})
        );
        assert_eq!(
            events[0]["end_date"],
            json!({"year": 2024, "month": 9, "day": 30})
        );
        assert_eq!(
            events[0]["text"]["headline"],
            "&lt;img src=x onerror=alert(1)&gt;"
        );
        assert_eq!(events[0]["group"], "Sanction");
        assert_eq!(
            events[1]["start_date"],
            json!({"year": 2024, "month": 9, "day": 10})
        );
        assert_eq!(events[1]["display_date"], "before 10 September 2024");
        assert_eq!(events[1].get("end_date"), None);
        let empty: Value = serde_json::from_slice(&written(Format::TimelineJs, &[])).unwrap();
        assert_eq!(empty, json!({"events": []}));
    }
}
