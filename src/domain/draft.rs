//! Raw field texts → [`EventDraft`]: the one door through which forms, the API, imports and reviews come in.
//!
//! Fields have the names of the contract. Every fault is reported with its field, so that a form can show all at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    cell,
    edtf::Edtf,
    event::{EventDraft, HEADLINE_MAX, QUOTE_MAX, SUMMARY_MAX},
    evidence::Source,
    kind::Kind,
    limits::limits,
    modality::Modality,
    party::PartyCode,
    register::PartyRegister,
    relation::Relation,
    status::Status,
};

/// Field texts by name; an absent field is an empty one.
pub type RawFields = BTreeMap<String, String>;

/// A field that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct FieldError {
    /// The field's name.
    pub field: &'static str,
    /// What it takes and what was found.
    pub message: String,
}

/// Reads raw fields into a draft.
///
/// `kind`, `date` and `headline` are required; `modality` is `occurred` and `status` `published` unless given.
/// Lists are cells (`|` between values). Parties are codes or names that the register knows.
/// `source_url`, with `source_publisher`, `source_title`, `source_date` where known, becomes one source.
///
/// # Errors
/// Every field that cannot be read, in the order of the form.
pub fn read(fields: &RawFields, register: &PartyRegister) -> Result<EventDraft, Vec<FieldError>> {
    let mut reader = Reader {
        fields,
        register,
        errors: Vec::new(),
    };
    let kind = reader.required("kind", "one of the fifteen kinds", |text| {
        text.parse::<Kind>()
    });
    let date = reader.required("date", "a date such as 2024-09-10", |text| {
        text.parse::<Edtf>()
    });
    let modality = reader.optional("modality", str::parse::<Modality>);
    let headline = reader.line("headline", limits().headline);
    if headline.is_empty() {
        reader.fault(
            "headline",
            "expected a headline, but found nothing".to_owned(),
        );
    }
    let summary = reader.text("summary", limits().summary);
    let quote = reader.text("quote", limits().quote);
    let actors = reader.parties("actors");
    let targets = reader.parties("targets");
    let effective_date = reader.optional("effective_date", str::parse::<Edtf>);
    let legal_url = reader.address("legal_url");
    let relations = reader.relations();
    let status = reader.optional("status", str::parse::<Status>);
    let sources = reader.source();
    let draft = EventDraft {
        kind: kind.unwrap_or(Kind::Statement),
        date: date.unwrap_or_else(|| Edtf::day(NaiveDate::default())),
        date_text: reader.line("date_text", HEADLINE_MAX),
        modality: modality.unwrap_or(Modality::Occurred),
        headline,
        summary,
        quote,
        speakers: reader.list("speakers"),
        actors,
        targets,
        named: reader.list("named"),
        place: reader.line("place", HEADLINE_MAX),
        effective_date,
        authority: reader.line("authority", HEADLINE_MAX),
        program: reader.line("program", HEADLINE_MAX),
        legal_url,
        list_ids: reader.list("list_ids"),
        tags: reader.list("tags"),
        status: status.unwrap_or(Status::Published),
        confidence: None,
        relations,
        judgement: None,
        sources,
    };
    if reader.errors.is_empty() {
        Ok(draft)
    } else {
        Err(reader.errors)
    }
}

struct Reader<'a> {
    fields: &'a RawFields,
    register: &'a PartyRegister,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn raw(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", |text| text.trim())
    }

    fn fault(&mut self, field: &'static str, message: String) {
        self.errors.push(FieldError { field, message });
    }

    fn optional<T, E: ToString>(
        &mut self,
        field: &'static str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.raw(field).to_owned();
        if text.is_empty() {
            return None;
        }
        parse(&text)
            .map_err(|error| self.fault(field, error.to_string()))
            .ok()
    }

    fn required<T, E: ToString>(
        &mut self,
        field: &'static str,
        takes: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.raw(field).is_empty() {
            self.fault(field, format!("expected {takes}, but found nothing"));
        }
        self.optional(field, parse)
    }

    /// A text of at most so many characters; line ends become `\n`, other control characters are refused.
    fn text(&mut self, field: &'static str, most: usize) -> String {
        let text = self.raw(field).replace("\r\n", "\n").replace('\r', "\n");
        let length = text.chars().count();
        if length > most {
            self.fault(
                field,
                format!("expected at most {most} characters, but found {length}"),
            );
        }
        if let Some(sign) = text
            .chars()
            .find(|sign| sign.is_control() && !matches!(sign, '\n' | '\t'))
        {
            let message = format!(
                "expected text, but found the control character U+{:04X}",
                u32::from(sign)
            );
            self.fault(field, message);
        }
        text
    }

    /// A text of one line: line ends and tabs become spaces.
    fn line(&mut self, field: &'static str, most: usize) -> String {
        self.text(field, most)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn list(&mut self, field: &'static str) -> Vec<String> {
        cell::split_filled(&self.text(field, SUMMARY_MAX))
    }

    fn address(&mut self, field: &'static str) -> String {
        let text = self.line(field, QUOTE_MAX);
        if !text.is_empty() && !is_web_address(&text) {
            self.fault(
                field,
                format!("expected an http or https address, but found “{text}”"),
            );
        }
        text
    }

    fn parties(&mut self, field: &'static str) -> Vec<PartyCode> {
        let mut codes: Vec<PartyCode> = Vec::new();
        for written in self.list(field) {
            match self.register.find(&written) {
                Some(party) if codes.contains(&party.code) => {}
                Some(party) => codes.push(party.code.clone()),
                None => {
                    let message = format!(
                        "expected the code or name of a party on record, but found “{written}”"
                    );
                    self.fault(field, message);
                }
            }
        }
        codes
    }

    fn relations(&mut self) -> Vec<Relation> {
        let mut relations = Vec::new();
        for written in self.list("relations") {
            match written.parse::<Relation>() {
                Ok(relation) if relations.contains(&relation) => {}
                Ok(relation) => relations.push(relation),
                Err(error) => self.fault("relations", error.to_string()),
            }
        }
        relations
    }

    fn source(&mut self) -> Vec<Source> {
        let source = Source {
            url: self.address("source_url"),
            publisher: self.line("source_publisher", HEADLINE_MAX),
            title: self.line("source_title", HEADLINE_MAX * 2),
            published: self.optional("source_date", |text| {
                text.parse::<NaiveDate>()
                    .map_err(|_| format!("expected a day such as 2024-09-10, but found “{text}”"))
            }),
            ..Source::default()
        };
        if source.url.is_empty() && source.publisher.is_empty() && source.title.is_empty() {
            Vec::new()
        } else {
            vec![source]
        }
    }
}

/// Whether a text is an absolute http or https address with a host.
pub fn is_web_address(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference;

    fn register() -> PartyRegister {
        PartyRegister::new(reference::parties().to_vec())
    }

    fn fields(pairs: &[(&str, &str)]) -> RawFields {
        pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn parties_are_taken_by_code_or_name_and_kept_once() {
        let raw = fields(&[
            ("kind", "sanction"),
            ("date", "2024-09-10"),
            ("headline", "  Sanctions \r\n on Iran Air "),
            ("actors", "usa|United States|gbr"),
            ("source_url", "https://example.org/a"),
        ]);
        let draft = read(&raw, &register()).unwrap();
        let codes: Vec<&str> = draft.actors.iter().map(PartyCode::as_str).collect();
        assert_eq!(codes, ["USA", "GBR"]);
        assert_eq!(draft.headline, "Sanctions on Iran Air");
        assert_eq!(draft.modality, Modality::Occurred);
        assert_eq!(draft.sources.len(), 1);
    }

    #[test]
    fn every_fault_is_told_beside_its_field() {
        let raw = fields(&[
            ("kind", "tariff"),
            ("headline", &"x".repeat(10_000)),
            ("actors", "Ruritania"),
            ("legal_url", "javascript:alert(1)"),
            ("relations", "causes:EV-XJ6BF7"),
        ]);
        let told: Vec<String> = read(&raw, &register())
            .unwrap_err()
            .iter()
            .skip(1)
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "date: expected a date such as 2024-09-10, but found nothing",
                "headline: expected at most 300 characters, but found 10000",
                "actors: expected the code or name of a party on record, but found “Ruritania”",
                "legal_url: expected an http or https address, but found “javascript:alert(1)”",
                "relations: expected a relation such as denies:EV-7K3QX2 (answers, denies, carries_out, \
                 follows or part_of), but found “causes:EV-XJ6BF7”",
            ]
        );
    }
}
