//! One event at one revision → how to cite it: a line of plain text, BibTeX, RIS, CSL-JSON.
//!
//! What is cited is an entry of the record, issued on the day on which the revision was saved; the day of the event is told
//! beside it. Which address is permanent is for the caller to say. Sources: the CSL variables of 1.0.2, the RIS tags of
//! Research Information Systems (2011), BibTeX's `@misc`.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::domain::event::Event;

/// An event as something to cite.
#[derive(Debug, Clone, Copy)]
pub struct Citation<'a> {
    /// The event as it stood at the revision.
    pub event: &'a Event,
    /// The permanent address of that revision.
    pub url: &'a str,
}

impl Citation<'_> {
    fn issued(&self) -> NaiveDate {
        self.event.updated_at.utc_day()
    }

    fn date_words(&self) -> String {
        self.event.content.date.words(None).long
    }

    /// `Démarche. “Envoys leave”, event EV-7K3QX2, revision 3, 10 September 2024. ADDRESS`, the day being the event's.
    pub fn plain(&self) -> String {
        format!(
            "Démarche. “{}”, event {}, revision {}, {}. {}",
            self.event.content.headline,
            self.event.id,
            self.event.revision,
            self.date_words(),
            self.url
        )
    }

    /// An `@misc` entry, with a line end after it; its key is the event and the revision.
    pub fn bibtex(&self) -> String {
        let issued = self.issued();
        let mut entry = format!(
            "@misc{{{}-r{},\n  title = {{{{{}}}}},\n  howpublished = {{D{{\\'e}}marche, event {}, revision {}}},\n",
            self.event.id,
            self.event.revision,
            bibtex_text(&self.event.content.headline),
            self.event.id,
            self.event.revision,
        );
        let _ = writeln!(entry, "  year = {{{}}},", issued.year());
        let _ = writeln!(
            entry,
            "  month = {},",
            issued.format("%b").to_string().to_lowercase()
        );
        let _ = writeln!(
            entry,
            "  note = {{Event of {}}},",
            bibtex_text(&self.date_words())
        );
        let _ = writeln!(entry, "  url = {{{}}}\n}}", self.url);
        entry
    }

    /// A reference of type `ELEC`, each line ended by CR LF.
    pub fn ris(&self) -> String {
        let issued = self.issued();
        let lines = [
            ("TY", "ELEC".to_owned()),
            ("ID", format!("{}-r{}", self.event.id, self.event.revision)),
            ("TI", one_line(&self.event.content.headline)),
            ("T2", "Démarche".to_owned()),
            ("PY", issued.year().to_string()),
            ("DA", issued.format("%Y/%m/%d").to_string()),
            ("M1", self.event.id.to_string()),
            ("ET", format!("Revision {}", self.event.revision)),
            ("N1", format!("Event of {}", self.date_words())),
            ("UR", self.url.to_owned()),
            ("ER", String::new()),
        ];
        lines.iter().fold(String::new(), |mut text, (tag, value)| {
            let _ = write!(text, "{tag}  - {value}\r\n");
            text
        })
    }

    /// An array of one item, as citation managers read it.
    pub fn csl_json(&self) -> Value {
        let issued = self.issued();
        json!([{
            "id": format!("{}-r{}", self.event.id, self.event.revision),
            "type": "entry",
            "title": one_line(&self.event.content.headline),
            "container-title": "Démarche",
            "number": self.event.id.to_string(),
            "version": self.event.revision.to_string(),
            "issued": {"date-parts": [[issued.year(), issued.month(), issued.day()]]},
            "event-date": {"raw": self.event.content.date.to_string()},
            "note": format!("Event of {}", self.date_words()),
            "URL": self.url,
        }])
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text whose signs mean nothing to TeX.
fn bibtex_text(text: &str) -> String {
    let mut written = String::new();
    for sign in one_line(text).chars() {
        match sign {
            '\\' => written.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => {
                written.push('\\');
                written.push(sign);
            }
            '^' => written.push_str("\\textasciicircum{}"),
            '~' => written.push_str("\\textasciitilde{}"),
            _ => written.push(sign),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        clock::Timestamp, event::EventDraft, id::EventId, kind::Kind, modality::Modality,
        status::Status,
    };

    fn event() -> Event {
        let at: Timestamp = "2024-09-11T07:02:00Z".parse().unwrap();
        Event {
            id: EventId::from_counter(1).unwrap(),
            revision: 3,
            content: EventDraft {
                kind: Kind::Sanction,
                date: "2024-09-10".parse().unwrap(),
                date_text: String::new(),
                modality: Modality::Occurred,
                headline: "Carrier & yard: 100% {listed}".to_owned(),
                summary: String::new(),
                quote: String::new(),
                speakers: Vec::new(),
                actors: Vec::new(),
                targets: Vec::new(),
                named: Vec::new(),
                place: String::new(),
                effective_date: None,
                authority: String::new(),
                program: String::new(),
                legal_url: String::new(),
                list_ids: Vec::new(),
                tags: Vec::new(),
                status: Status::Published,
                confidence: None,
                relations: Vec::new(),
                judgement: None,
                sources: Vec::new(),
            },
            source_count: 0,
            independent_sources: 0,
            first_reported: None,
            follow_through: None,
            follow_through_event: None,
            created_at: at,
            updated_at: at,
        }
    }

    #[test]
    fn a_citation_names_the_revision_and_its_permanent_address() {
        let event = event();
        let id = event.id;
        let url = format!("https://demarche.example/events/{id}/revisions/3");
        let citation = Citation {
            event: &event,
            url: &url,
        };
        assert_eq!(
            citation.plain(),
            format!(
                "Démarche. “Carrier & yard: 100% {{listed}}”, event {id}, revision 3, Tuesday 10 September 2024. {url}"
            )
        );
        assert_eq!(
            citation.bibtex(),
            format!(
                "@misc{{{id}-r3,\n  title = {{{{Carrier \\& yard: 100\\% \\{{listed\\}}}}}},\n  \
                 howpublished = {{D{{\\'e}}marche, event {id}, revision 3}},\n  year = {{2024}},\n  month = sep,\n  \
                 note = {{Event of Tuesday 10 September 2024}},\n  url = {{{url}}}\n}}\n"
            )
        );
        assert_eq!(
            citation.ris(),
            format!(
                "TY  - ELEC\r\nID  - {id}-r3\r\nTI  - Carrier & yard: 100% {{listed}}\r\nT2  - Démarche\r\n\
                 PY  - 2024\r\nDA  - 2024/09/11\r\nM1  - {id}\r\nET  - Revision 3\r\n\
                 N1  - Event of Tuesday 10 September 2024\r\nUR  - {url}\r\nER  - \r\n"
            )
        );
        let item = &citation.csl_json()[0];
        assert_eq!(item["issued"]["date-parts"], json!([[2024, 9, 11]]));
        assert_eq!(item["URL"], json!(url));
        assert_eq!(item["type"], json!("entry"));
    }

    #[test]
    fn signs_that_mean_something_to_tex_are_written_out() {
        assert_eq!(
            bibtex_text("a_b ^ c~d \\ e\n$f#"),
            "a\\_b \\textasciicircum{} c\\textasciitilde{}d \\textbackslash{} e \\$f\\#"
        );
    }
}
