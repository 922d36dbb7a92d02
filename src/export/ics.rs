//! Events → iCalendar: all-day entries of a calendar, by the `icalendar` crate.
//!
//! A date's possible days are the entry's days, its end the day after the last as RFC 5545 wants. Of an open side nothing is
//! known: the entry stands on the day that is known, and says in words what is open.

use chrono::NaiveDate;
use icalendar::{Calendar, Component as _, Event as Entry, EventLike as _, EventStatus};

use super::{ExportContext, ExportError, Tail, Writer, tail};
use crate::domain::{event::Event, modality::Modality, status::Status};

/// Writes an iCalendar file.
#[derive(Debug)]
pub struct IcsWriter {
    context: ExportContext,
}

impl IcsWriter {
    /// A writer.
    pub const fn new(context: ExportContext) -> Self {
        Self { context }
    }
}

/// Octets of a line, without its end.
const LINE_MAX: usize = 75;
/// The line that ends a calendar.
const END: &str = "END:VCALENDAR\r\n";

impl Writer for IcsWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        let calendar = Calendar::empty()
            .append_property(("VERSION", "2.0"))
            .append_property(("PRODID", "-//Demarche//EN"))
            .append_property(("CALSCALE", "GREGORIAN"))
            .name(&self.context.title)
            .done()
            .to_string();
        Ok(calendar
            .strip_suffix(END)
            .unwrap_or(&calendar)
            .as_bytes()
            .to_vec())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let mut text = String::new();
        for event in events {
            let written = entry(event, &self.context).try_into_string();
            text.push_str(&written.map_err(|_| ExportError::Calendar(event.id))?);
        }
        Ok(folded(&text).into_bytes())
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        Ok(tail(END))
    }
}

/// Content lines of at most 75 octets, as RFC 5545 has them; the crate's own may have one more.
fn folded(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + text.len() / 32);
    for line in text.replace("\r\n ", "").split_inclusive("\r\n") {
        let mut room = LINE_MAX;
        for sign in line.chars() {
            let ends = matches!(sign, '\r' | '\n');
            if !ends && sign.len_utf8() > room {
                lines.push_str("\r\n ");
                room = LINE_MAX - 1;
            }
            room = room.saturating_sub(sign.len_utf8());
            lines.push(sign);
        }
    }
    lines
}

fn entry(event: &Event, context: &ExportContext) -> Entry {
    let known = &event.content;
    let (first, last) = days(event);
    let mut entry = Entry::new();
    entry
        .uid(&format!("{}@demarche", event.id))
        .add_property("DTSTAMP", event.updated_at.strftime("%Y%m%dT%H%M%SZ"))
        .add_property("SEQUENCE", (event.revision - 1).to_string())
        .starts(first)
        .ends(last.succ_opt().unwrap_or(last))
        .summary(&known.headline)
        .description(&description(event, context))
        .url(&context.event_url(event.id))
        .categories([known.kind.label()])
        .add_property("TRANSP", "TRANSPARENT")
        .status(match (known.status, known.modality) {
            (Status::Retracted, _) => EventStatus::Cancelled,
            (_, Modality::Occurred) => EventStatus::Confirmed,
            _ => EventStatus::Tentative,
        });
    if !known.place.is_empty() {
        entry.add_property("LOCATION", &known.place);
    }
    entry.done()
}

/// The first and last day of an entry.
fn days(event: &Event) -> (NaiveDate, NaiveDate) {
    let date = &event.content.date;
    match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) => (first, last),
        (Some(day), None) | (None, Some(day)) => (day, day),
        (None, None) => (date.sort_day(), date.sort_day()),
    }
}

/// What a calendar's reader sees below the headline: kind, modality, date in words, summary, quote, address.
fn description(event: &Event, context: &ExportContext) -> String {
    let known = &event.content;
    let words = known.date.words(
        Some(&known.date_text)
            .filter(|words| !words.is_empty())
            .map(String::as_str),
    );
    let mut lines = vec![format!(
        "{} · {} · {}",
        known.kind.label(),
        known.modality.label(),
        words.long
    )];
    lines.extend(
        [&known.summary, &known.quote]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned(),
    );
    lines.push(context.event_url(event.id));
    lines.join("\n\n")
}

#[cfg(test)]
mod tests {
    use crate::export::{
        Format,
        columns::tests::{bare_event, full_event},
        tests::written,
    };

    #[test]
    fn lines_have_75_octets_at_most_and_unfold_to_what_they_were() {
        for length in [40, 74, 75, 76, 149, 150, 151, 400] {
            let line = format!("SUMMARY:{}\r\n", "é—x".repeat(length));
            let folded = super::folded(&line);
            assert!(
                folded.split("\r\n").all(|line| line.len() <= 75),
                "{folded}"
            );
            assert_eq!(folded.replace("\r\n ", ""), line);
        }
    }

    #[test]
    fn entries_are_whole_days_and_an_open_side_is_the_day_that_is_known() {
        let mut interval = bare_event();
        interval.content.date = "2024-02/2024-03".parse().unwrap();
        let text = String::from_utf8(written(
            Format::Ics,
            &[full_event(), bare_event(), interval],
        ))
        .unwrap();
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n"), "{text}");
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"), "{text}");
        assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 3);
        for part in [
            "DTSTART;VALUE=DATE:20240910\r\n",
            "DTEND;VALUE=DATE:20240911\r\n",
            "DTSTART;VALUE=DATE:20240201\r\n",
            "DTEND;VALUE=DATE:20240401\r\n",
            "UID:EV-NG64WV@demarche\r\n",
            "DTSTAMP:20240911T140506Z\r\n",
            "SEQUENCE:2\r\n",
            "STATUS:TENTATIVE\r\n",
            "LOCATION:London\r\n",
            r#"SUMMARY:Measures on carriers\, "soon" | and ships"#,
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        assert!(text.lines().all(|line| line.len() <= 76), "{text}");
    }
}
