//! Events → BibTeX: the entry by which [`super::cite`] cites each, at its present revision, a blank line between them.

use super::{ExportContext, ExportError, Tail, Writer, cite::Citation, tail};
use crate::domain::event::Event;

/// Writes BibTeX.
#[derive(Debug)]
pub struct BibtexWriter {
    context: ExportContext,
}

impl BibtexWriter {
    /// A writer.
    pub const fn new(context: ExportContext) -> Self {
        Self { context }
    }
}

impl Writer for BibtexWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        Ok(Vec::new())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let mut text = String::new();
        for event in events {
            let url = format!(
                "{}/revisions/{}",
                self.context.event_url(event.id),
                event.revision
            );
            let citation = Citation { event, url: &url };
            text.push_str(&citation.bibtex());
            text.push('\n');
        }
        Ok(text.into_bytes())
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
    fn an_event_has_an_entry_whose_key_is_its_id_and_revision() {
        let bytes = written(Format::Bibtex, &[full_event(), bare_event()]);
        let text = String::from_utf8(bytes).unwrap();
        let keys: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("@misc{"))
            .collect();
        assert_eq!(keys, ["EV-NG64WV-r3,", "EV-9XB876-r1,"]);
        assert!(
            text.contains(
                "  url = {https://example.org/events/EV-NG64WV/revisions/3}\n}\n\n@misc{"
            ),
            "{text}"
        );
    }
}
