//! The fields of an event's form: their names, labels and hints; a draft as field texts; what typed codes and dates mean.
//!
//! The new-event page, the edit page and every candidate of the review show the same fields under the same names.
//! Reading the texts is left to [`crate::domain::draft`].

use crate::domain::{
    cell,
    draft::{FieldError, RawFields},
    edtf::Edtf,
    event::EventDraft,
    follow_through::FollowThrough,
    register::PartyRegister,
};

use super::fields::{Control, FieldSpec};

/// Every field of the form, in its order. Lists take `|` between their values.
pub const FIELDS: [FieldSpec; 24] = [
    spec(
        "kind",
        "Kind",
        "The more specific kind wins over statement.",
        Control::Line,
    ),
    spec(
        "date",
        "Date",
        "As precise as the source allows, in EDTF: 2024-09-10, 2024-09, 2024-09-09/2024-09-15, ../2024-09-10 for before, \
         2024-09-10/.. for after.",
        Control::ShortCode,
    ),
    spec(
        "date_text",
        "The source’s words for the time",
        "As “within weeks”; shown with a date that is open at one side.",
        Control::Line,
    ),
    spec("modality", "Told as", "", Control::Line),
    spec(
        "actors",
        "Who acts",
        "Codes or names, the most responsible first, | between them.",
        Control::Code,
    ),
    spec(
        "targets",
        "Toward",
        "Codes or names, | between them; may be empty.",
        Control::Code,
    ),
    spec(
        "named",
        "Named companies, ships or people",
        "| between them. Their home state goes in “Toward”.",
        Control::Line,
    ),
    spec(
        "headline",
        "Headline",
        "Who did what to whom, in your own words, up to 300 characters.",
        Control::Line,
    ),
    spec(
        "summary",
        "Summary",
        "What a reader needs beside the headline, up to 5,000 characters.",
        Control::Area(3),
    ),
    spec(
        "quote",
        "Quote",
        "The words that were spoken, without quotation marks, up to 2,000 characters.",
        Control::Area(2),
    ),
    spec(
        "speakers",
        "Who spoke them",
        "| between several.",
        Control::Line,
    ),
    spec("place", "Place", "", Control::Line),
    spec(
        "source_url",
        "Source address",
        "The article that reports it.",
        Control::Address,
    ),
    spec(
        "effective_date",
        "Takes effect",
        "When an announced measure begins, in EDTF.",
        Control::ShortCode,
    ),
    spec(
        "authority",
        "Authority",
        "Who ordered a measure, such as OFAC.",
        Control::Line,
    ),
    spec(
        "program",
        "Programme",
        "Under which it was ordered.",
        Control::Line,
    ),
    spec("legal_url", "Legal text", "Its address.", Control::Address),
    spec(
        "list_ids",
        "Numbers on official lists",
        "| between them.",
        Control::Code,
    ),
    spec(
        "tags",
        "Tags",
        "Free words to find it by, | between them.",
        Control::Line,
    ),
    spec(
        "relations",
        "Links to other events",
        "As carries_out:EV-7K3QX2: answers, denies, carries_out, follows or part_of, and the other event’s id; | between them.",
        Control::Code,
    ),
    spec(
        "follow_through",
        "What became of it",
        "Of a warning, a pledge or an announced act. Worked out from links and dates unless you judge otherwise.",
        Control::Line,
    ),
    spec("status", "Status", "", Control::Line),
    spec(
        "reason",
        "Reason for the change",
        "Kept with the event’s history, for all to read.",
        Control::Line,
    ),
    spec("revision", "Revision", "", Control::Hidden),
];

pub(super) const fn spec(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    control: Control,
) -> FieldSpec {
    FieldSpec {
        name,
        label,
        hint,
        control,
    }
}

/// A field's text; empty where it was not sent.
pub(super) fn text<'a>(raw: &'a RawFields, name: &str) -> &'a str {
    raw.get(name).map_or("", String::as_str)
}

/// What a typed date means, in words; empty where it cannot be read.
pub fn date_reading(typed: &str) -> String {
    typed.trim().parse::<Edtf>().map_or_else(
        |_| String::new(),
        |date| {
            let long = date.words(None).long;
            let mut letters = long.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        },
    )
}

/// The names of typed parties; empty where one of them is not on record.
pub fn parties_reading(typed: &str, register: &PartyRegister) -> String {
    let names: Option<Vec<&str>> = cell::split_filled(typed)
        .iter()
        .map(|written| register.find(written).map(|party| party.name.as_str()))
        .collect();
    names.unwrap_or_default().join(", ")
}

/// A draft as field texts: what the form shows of an event on record or of a candidate.
pub fn texts_of(draft: &EventDraft) -> RawFields {
    let parties = |codes: &[crate::domain::party::PartyCode]| cell::join(codes);
    let or_empty = |text: Option<String>| text.unwrap_or_default();
    [
        ("kind", draft.kind.slug().to_owned()),
        ("date", draft.date.to_string()),
        ("date_text", draft.date_text.clone()),
        ("modality", draft.modality.slug().to_owned()),
        ("actors", parties(&draft.actors)),
        ("targets", parties(&draft.targets)),
        ("named", cell::join(&draft.named)),
        ("headline", draft.headline.clone()),
        ("summary", draft.summary.clone()),
        ("quote", draft.quote.clone()),
        ("speakers", cell::join(&draft.speakers)),
        ("place", draft.place.clone()),
        (
            "source_url",
            or_empty(draft.sources.first().map(|source| source.url.clone())),
        ),
        (
            "effective_date",
            or_empty(draft.effective_date.map(|date| date.to_string())),
        ),
        ("authority", draft.authority.clone()),
        ("program", draft.program.clone()),
        ("legal_url", draft.legal_url.clone()),
        ("list_ids", cell::join(&draft.list_ids)),
        ("tags", cell::join(&draft.tags)),
        (
            "relations",
            cell::join(draft.relations.iter().map(ToString::to_string)),
        ),
        (
            "follow_through",
            or_empty(draft.judgement.map(|state| state.slug().to_owned())),
        ),
        ("status", draft.status.slug().to_owned()),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect()
}

/// Reads the form's texts into a draft; what the form has beside [`crate::domain::draft::read`] is the judgement.
///
/// # Errors
/// Every field that cannot be read.
pub fn read(raw: &RawFields, register: &PartyRegister) -> Result<EventDraft, Vec<FieldError>> {
    let judged = text(raw, "follow_through").trim();
    let judgement = if judged.is_empty() {
        Ok(None)
    } else {
        judged.parse::<FollowThrough>().map(Some)
    };
    match (crate::domain::draft::read(raw, register), judgement) {
        (Ok(draft), Ok(judgement)) => Ok(EventDraft { judgement, ..draft }),
        (Err(faults), Ok(_)) => Err(faults),
        (read, Err(error)) => {
            let mut faults = read.err().unwrap_or_default();
            faults.push(FieldError {
                field: "follow_through",
                message: error.to_string(),
            });
            Err(faults)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference;

    fn register() -> PartyRegister {
        PartyRegister::new(reference::parties().to_vec())
    }

    fn raw(pairs: &[(&str, &str)]) -> RawFields {
        pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn a_draft_comes_back_from_its_own_field_texts() {
        let register = register();
        let typed = raw(&[
            ("kind", "sanction"),
            ("date", "2024-09-09/2024-09-15"),
            ("date_text", "this week"),
            ("modality", "announced"),
            ("headline", "US to list Iran Air"),
            ("summary", "One line.\nAnother."),
            ("quote", "We will act."),
            ("speakers", "A|B"),
            ("actors", "USA|GBR"),
            ("targets", "IRN"),
            ("named", r"Iran Air|a \| b"),
            ("place", "London"),
            ("source_url", "https://example.org/a"),
            ("effective_date", "2024-10"),
            ("authority", "OFAC"),
            ("program", "IRAN"),
            ("legal_url", "https://example.org/law"),
            ("list_ids", "1|2"),
            ("tags", "air"),
            ("relations", "carries_out:EV-XJ6BF7"),
            ("follow_through", "partly"),
            ("status", "disputed"),
        ]);
        let draft = read(&typed, &register).unwrap();
        assert_eq!(draft.judgement, Some(FollowThrough::Partly));
        assert_eq!(texts_of(&draft), typed);
    }

    #[test]
    fn a_judgement_that_is_none_is_told_with_the_other_faults() {
        let typed = raw(&[
            ("kind", "visit"),
            ("date", "2024"),
            ("follow_through", "soon"),
        ]);
        let fields: Vec<&str> = read(&typed, &register())
            .unwrap_err()
            .iter()
            .map(|fault| fault.field)
            .collect();
        assert_eq!(fields, ["headline", "follow_through"]);
    }
}
