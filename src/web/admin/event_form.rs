//! The form of one event as a page shows it: every field with its value, its faults and its reading, and what there is to choose.
//!
//! The new-event page, the edit page and every candidate of the review are made of it. What the fields are is in
//! [`super::event_fields`].

use crate::domain::{
    draft::{FieldError, RawFields},
    follow_through::FollowThrough,
    kind::{Family, Kind},
    modality::Modality,
    register::PartyRegister,
    status::Status,
};

use super::{
    event_fields::{FIELDS, date_reading, parties_reading, spec, text},
    fields::{Control, ErrorLine, Field, messages_of, summary},
};

/// The form of one event with what stands in it.
#[derive(Debug, Clone)]
pub struct EventForm {
    prefix: String,
    raw: RawFields,
    faults: Vec<FieldError>,
    /// `None` until something is typed that a register can read.
    readings: Readings,
}

#[derive(Debug, Clone, Default)]
struct Readings {
    date: String,
    effective_date: String,
    actors: String,
    targets: String,
}

/// Something to choose, with whether it is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// What is chosen.
    pub value: T,
    /// Whether it is.
    pub is_chosen: bool,
}

impl Choice<Modality> {
    /// What it says, in a line.
    pub const fn note(&self) -> &'static str {
        match self.value {
            Modality::Occurred => "It happened, and the source says so.",
            Modality::Announced => "Planned, promised or still to come.",
            Modality::Alleged => "One party says that another did it.",
        }
    }
}

impl Choice<Status> {
    /// The word shown to editors.
    pub const fn label(&self) -> &'static str {
        match self.value {
            Status::Disputed => "Disputed",
            Status::Retracted => "Retracted",
            _ => "Published",
        }
    }

    /// What it does, in a line.
    pub const fn note(&self) -> &'static str {
        match self.value {
            Status::Disputed => "On the timeline, shown as contested.",
            Status::Retracted => "On the timeline, shown as withdrawn.",
            _ => "On the timeline.",
        }
    }
}

/// A family with its kinds to choose from.
#[derive(Debug, Clone)]
pub struct FamilyChoice {
    /// The family.
    pub family: Family,
    /// Its kinds.
    pub kinds: Vec<Choice<Kind>>,
}

impl EventForm {
    /// A form with these texts; `prefix` begins the ids of its fields, so that several forms fit on a page.
    pub fn new(
        prefix: &str,
        raw: RawFields,
        faults: Vec<FieldError>,
        register: &PartyRegister,
    ) -> Self {
        let readings = Readings {
            date: date_reading(text(&raw, "date")),
            effective_date: date_reading(text(&raw, "effective_date")),
            actors: parties_reading(text(&raw, "actors"), register),
            targets: parties_reading(text(&raw, "targets"), register),
        };
        Self {
            prefix: prefix.to_owned(),
            raw,
            faults,
            readings,
        }
    }

    /// A field by its name.
    pub fn field(&self, name: &str) -> Field {
        let spec = FIELDS
            .into_iter()
            .find(|spec| spec.name == name)
            .unwrap_or(spec("", "", "", Control::Hidden));
        let reading = match spec.name {
            "date" => self.readings.date.as_str(),
            "effective_date" => &self.readings.effective_date,
            "actors" => &self.readings.actors,
            "targets" => &self.readings.targets,
            _ => "",
        };
        Field::new(spec, &self.prefix, text(&self.raw, spec.name))
            .with_faults(&self.faults)
            .reads_as(if messages_of(spec.name, &self.faults).is_empty() {
                reading
            } else {
                ""
            })
    }

    /// A field without its hint, where room is short.
    pub fn compact(&self, name: &str) -> Field {
        let mut field = self.field(name);
        field.spec.hint = "";
        field
    }

    /// The id of a field on the page.
    pub fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        text(&self.raw, name)
    }

    /// What is wrong with a field.
    pub fn errors(&self, name: &str) -> Vec<String> {
        messages_of(name, &self.faults)
    }

    /// Every error, for the summary.
    pub fn summary(&self) -> Vec<ErrorLine> {
        summary(&self.prefix, &FIELDS, &self.faults)
    }

    /// The kinds by family.
    pub fn families(&self) -> Vec<FamilyChoice> {
        let chosen = self.value("kind").trim().to_ascii_lowercase();
        Family::ALL
            .into_iter()
            .map(|family| FamilyChoice {
                family,
                kinds: family
                    .kinds()
                    .map(|kind| Choice {
                        value: kind,
                        is_chosen: kind.slug() == chosen,
                    })
                    .collect(),
            })
            .collect()
    }

    /// A kind that was sent but is none of ours, so that it can be shown.
    pub fn unknown_kind(&self) -> Option<&str> {
        let typed = self.value("kind").trim();
        (!typed.is_empty() && typed.parse::<Kind>().is_err()).then_some(typed)
    }

    /// The modalities.
    pub fn modalities(&self) -> Vec<Choice<Modality>> {
        choices(
            &Modality::ALL,
            self.value("modality"),
            Modality::slug,
            "occurred",
        )
    }

    /// The statuses that may be set.
    pub fn statuses(&self) -> Vec<Choice<Status>> {
        choices(
            &Status::VISIBLE,
            self.value("status"),
            Status::slug,
            "published",
        )
    }

    /// What an editor may judge of the follow-through; none chosen leaves it to be worked out.
    pub fn follow_throughs(&self) -> Vec<Choice<FollowThrough>> {
        choices(
            &FollowThrough::ALL,
            self.value("follow_through"),
            FollowThrough::slug,
            "",
        )
    }

    /// Whether one of the rarer fields is wrong, so that they are shown unfolded.
    pub fn has_rare_fault(&self) -> bool {
        RARE.iter().any(|name| !self.errors(name).is_empty())
    }

    /// The rarer fields that hold something, by label: “Quote, Who spoke them”. Nearly every candidate has the source's words
    /// for the time: they are not named.
    pub fn rare_filled(&self) -> String {
        let filled: Vec<&str> = RARE
            .iter()
            .filter(|name| !matches!(**name, "date_text" | "status"))
            .filter(|name| !self.value(name).is_empty())
            .filter_map(|name| FIELDS.iter().find(|field| field.name == *name))
            .map(|field| field.label)
            .collect();
        filled.join(", ")
    }
}

/// Fields that the review folds away.
const RARE: [&str; 13] = [
    "date_text",
    "status",
    "summary",
    "quote",
    "speakers",
    "source_url",
    "effective_date",
    "authority",
    "program",
    "legal_url",
    "list_ids",
    "tags",
    "relations",
];

fn choices<T: Copy>(
    all: &[T],
    typed: &str,
    slug: fn(T) -> &'static str,
    default: &str,
) -> Vec<Choice<T>> {
    let typed = typed.trim().to_ascii_lowercase();
    let chosen = if typed.is_empty() { default } else { &typed };
    all.iter()
        .map(|value| Choice {
            value: *value,
            is_chosen: slug(*value) == chosen,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::reference, web::admin::event_fields::read};

    fn raw(pairs: &[(&str, &str)]) -> RawFields {
        pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn typed_codes_and_dates_are_read_in_words_unless_they_are_wrong() {
        let register = PartyRegister::new(reference::parties().to_vec());
        let typed = raw(&[
            ("date", "2024-09-10"),
            ("actors", "usa|GBR"),
            ("targets", "Ruritania"),
        ]);
        let faults = read(&typed, &register).unwrap_err();
        let form = EventForm::new("c3-", typed, faults, &register);
        assert_eq!(form.field("date").reading, "Tuesday 10 September 2024");
        assert_eq!(
            form.field("actors").reading,
            "United States, United Kingdom"
        );
        assert_eq!(form.field("targets").reading, "");
        assert_eq!(form.field("targets").id, "c3-targets");
        assert_eq!(
            form.summary()
                .iter()
                .map(|line| line.message.as_str())
                .collect::<Vec<_>>(),
            [
                "Kind: expected one of the fifteen kinds, but found nothing",
                "Headline: expected a headline, but found nothing",
                "Toward: expected the code or name of a party on record, but found “Ruritania”",
            ]
        );
    }
}
