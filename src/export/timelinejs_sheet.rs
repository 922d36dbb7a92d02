//! Events → the CSV sheet that TimelineJS reads from a published spreadsheet: the slides of [`super::timelinejs`], a row each.
//!
//! Headlines and texts are HTML, in which a sign that would begin a formula is written as a reference; so there is one
//! dialect, without guard or byte order mark.

use super::{
    ExportContext, ExportError, Tail, Writer,
    columns::Sort,
    csv::{Dialect, append},
    tail,
    timelinejs::{Civil, slide},
};
use crate::domain::event::Event;

/// The header of the sheet that Knight Lab gives out.
const HEADER: &str = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,\
    Media Credit,Media Caption,Media Thumbnail,Type,Group,Background\r\n";

/// Writes the sheet.
#[derive(Debug)]
pub struct SheetWriter {
    context: ExportContext,
}

impl SheetWriter {
    /// A writer.
    pub const fn new(context: ExportContext) -> Self {
        Self { context }
    }
}

impl Writer for SheetWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        Ok(HEADER.into())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        for event in events {
            let slide = slide(event, &self.context);
            let [year, month, day] = parts(Some(&slide.start_date));
            let [end_year, end_month, end_day] = parts(slide.end_date.as_ref());
            let cells = [
                year,
                month,
                day,
                String::new(),
                end_year,
                end_month,
                end_day,
                String::new(),
                slide.display_date,
                unformulated(slide.text.headline),
                unformulated(slide.text.text),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                slide.group.to_owned(),
                String::new(),
            ];
            for (place, cell) in cells.iter().enumerate() {
                if place > 0 {
                    bytes.push(b',');
                }
                append(Sort::Text, Dialect::Raw, cell, &mut bytes);
            }
            bytes.extend_from_slice(b"\r\n");
        }
        Ok(bytes)
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        Ok(tail(Vec::new()))
    }
}

fn parts(day: Option<&Civil>) -> [String; 3] {
    day.map_or_else(Default::default, |day| {
        [
            day.year.to_string(),
            day.month.to_string(),
            day.day.to_string(),
        ]
    })
}

/// HTML that no spreadsheet takes for a formula.
fn unformulated(html: String) -> String {
    match html.chars().next() {
        Some(sign @ ('=' | '+' | '-' | '@' | '\t' | '\r')) => {
            format!(
                "&#{};{}",
                u32::from(sign),
                html.get(1..).unwrap_or_default()
            )
        }
        _ => html,
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
    fn a_row_has_the_days_the_words_and_the_escaped_texts() {
        let mut event = full_event();
        event.content.date = "2024-09".parse().unwrap();
        event.content.headline = "=1+1 <b>".to_owned();
        let text =
            String::from_utf8(written(Format::TimelineJsSheet, &[event, bare_event()])).unwrap();
        let rows: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(rows.len(), 4);
        assert!(rows[0].starts_with("Year,Month,Day,Time,End Year,"));
        assert!(
            rows[1].starts_with("2024,9,1,,2024,9,30,,September 2024,&#61;1+1 &lt;b&gt;,"),
            "{text}"
        );
        assert!(rows[1].ends_with(",,,,,,Sanction,"), "{text}");
        assert!(
            rows[2].starts_with("2024,9,10,,,,,,before 10 September 2024,A position,"),
            "{text}"
        );
    }
}
