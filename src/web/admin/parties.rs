//! `/admin/actors`: the parties on record: search them, add one, edit one.
//!
//! A code is for good: events carry it. What reference data say of a party is no longer taken over once an editor has
//! changed it.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        cell,
        draft::{FieldError, RawFields},
        party::{Party, PartyCode, PartyKind},
        register::PartyRegister,
    },
    store::{Change, StoreError},
    web::{
        error::{Missing, WebError},
        forms::CheckedForm,
        page::{Nav, Page, html, ok, see_other_with},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::fields::{Control, ErrorLine, Field, FieldSpec, messages_of, summary};

/// Parties on a page.
const MOST: usize = 200;
/// The most characters of a field.
const TEXT_MAX: usize = 2_000;

const FIELDS: [FieldSpec; 10] = [
    spec(
        "code",
        "Code",
        "ISO 3166-1 alpha-3 for a state, the usual short name for the rest. It cannot be changed later.",
        Control::Code,
    ),
    spec("kind", "Kind", "", Control::Line),
    spec("name", "Name", "As pages show it.", Control::Line),
    spec(
        "parent",
        "Belongs to",
        "The code or name of the party that it counts as or belongs to; may be empty.",
        Control::Code,
    ),
    spec(
        "aliases",
        "Other names in texts",
        "| between them.",
        Control::Area(2),
    ),
    spec(
        "demonyms",
        "Adjectives and words for its people",
        "States only; | between them.",
        Control::Line,
    ),
    spec("capital", "Capital", "States only.", Control::Line),
    spec(
        "metonyms",
        "Places that stand for it",
        "As the Kremlin or Foggy Bottom; | between them.",
        Control::Line,
    ),
    spec(
        "wikidata",
        "Wikidata",
        "Q and digits; may be empty.",
        Control::Code,
    ),
    spec("reason", "Reason for the change", "", Control::Line),
];

const fn spec(
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

#[derive(Template)]
#[template(path = "admin/parties.html")]
struct ListPage {
    page: Page,
    query: String,
    parties: Vec<PartyRow>,
    most: usize,
}

struct PartyRow {
    code: String,
    kind: PartyKind,
    name: String,
    parent: String,
    aliases: String,
    edit: String,
    link: String,
}

#[derive(Template)]
#[template(path = "admin/party_form.html")]
struct FormPage {
    page: Page,
    heading: String,
    /// The code of a party on record; empty for a new one.
    code: String,
    raw: RawFields,
    faults: Vec<FieldError>,
}

impl FormPage {
    fn field(&self, name: &str) -> Field {
        let spec = FIELDS
            .into_iter()
            .find(|field| field.name == name)
            .unwrap_or(FIELDS[0]);
        Field::new(spec, "", text(&self.raw, name)).with_faults(&self.faults)
    }

    fn kinds(&self) -> Vec<(PartyKind, bool)> {
        let chosen = text(&self.raw, "kind")
            .parse()
            .unwrap_or(PartyKind::Company);
        PartyKind::ALL.map(|kind| (kind, kind == chosen)).to_vec()
    }

    fn kind_errors(&self) -> Vec<String> {
        messages_of("kind", &self.faults)
    }

    fn errors(&self) -> Vec<ErrorLine> {
        summary("", &FIELDS, &self.faults)
    }
}

fn text<'a>(raw: &'a RawFields, name: &str) -> &'a str {
    raw.get(name).map_or("", |text| text.trim())
}

/// GET /admin/actors: parties by name; `q` narrows them.
pub async fn list(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let wanted = query.text("q");
    let parties = state.store.parties(wanted, MOST).await?;
    Ok(ok(&ListPage {
        page: Page::of_user(&state, &user, Nav::Actors, "Parties").await?,
        query: wanted.to_owned(),
        parties: parties.into_iter().map(row).collect(),
        most: MOST,
    }))
}

fn row(party: Party) -> PartyRow {
    let code: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("code", party.code.as_str())
        .finish();
    PartyRow {
        edit: format!("/admin/actors/edit?{code}"),
        link: crate::web::paths::actor(&party.code),
        code: party.code.to_string(),
        kind: party.kind,
        name: party.name,
        parent: party
            .parent
            .map_or_else(String::new, |parent| parent.to_string()),
        aliases: party.aliases.join(", "),
    }
}

/// GET /admin/actors/edit: the form of the party `code`, or of a new one.
pub async fn form(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let written = query.text("code");
    let raw = if written.is_empty() {
        RawFields::new()
    } else {
        texts_of(&on_record(&*state.register().await?, written)?)
    };
    show(&state, &user, StatusCode::OK, written, raw, Vec::new()).await
}

fn on_record(register: &PartyRegister, code: &str) -> Result<Party, WebError> {
    let unknown = || WebError::NotFound(Missing::Party(code.to_owned()));
    let read: PartyCode = code.parse().map_err(|_| unknown())?;
    register.party(&read).cloned().ok_or_else(unknown)
}

/// POST /admin/actors/edit: records the party; `on_record` names the one that the form was opened for.
pub async fn save(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let register = state.register().await?;
    let edited = form.text("on_record");
    let before = if edited.is_empty() {
        None
    } else {
        Some(on_record(&register, edited)?)
    };
    let mut raw = before.as_ref().map(texts_of).unwrap_or_default();
    raw.extend(form.raw());
    let party = match read(&raw, before.as_ref(), &register) {
        Ok(party) => party,
        Err(faults) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&state, &user, status, edited, raw, faults).await;
        }
    };
    let author = user.author();
    let change = Change {
        author: &author,
        reason: text(&raw, "reason"),
    };
    match state.store.save_party(&party, change).await {
        Ok(()) => {
            let done = format!("Saved {} ({}).", party.name, party.code);
            Ok(see_other_with(&user.visitor, "/admin/actors", &done))
        }
        Err(StoreError::Refused(message)) => {
            let field = "code";
            let faults = vec![FieldError { field, message }];
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(&state, &user, status, edited, raw, faults).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(
    state: &AppState,
    user: &SignedIn,
    status: StatusCode,
    code: &str,
    raw: RawFields,
    faults: Vec<FieldError>,
) -> Result<HttpResponse, WebError> {
    let heading = if code.is_empty() {
        "Add a party".to_owned()
    } else {
        format!("Edit {code}")
    };
    let title = if faults.is_empty() {
        heading.clone()
    } else {
        format!("Error: {heading}")
    };
    Ok(html(
        status,
        &FormPage {
            page: Page::of_user(state, user, Nav::Actors, title).await?,
            heading,
            code: code.to_owned(),
            raw,
            faults,
        },
    ))
}

fn texts_of(party: &Party) -> RawFields {
    [
        ("code", party.code.to_string()),
        ("kind", party.kind.slug().to_owned()),
        ("name", party.name.clone()),
        (
            "parent",
            party
                .parent
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
        ),
        ("aliases", cell::join(&party.aliases)),
        ("demonyms", cell::join(&party.demonyms)),
        ("capital", party.capital.clone()),
        ("metonyms", cell::join(&party.metonyms)),
        ("wikidata", party.wikidata.clone()),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect()
}

/// Reads the form into a party. What it does not show (notes on ambiguous names, members) stays as it was.
fn read(
    raw: &RawFields,
    before: Option<&Party>,
    register: &PartyRegister,
) -> Result<Party, Vec<FieldError>> {
    let mut faults: Vec<FieldError> = Vec::new();
    let mut fault =
        |field: &'static str, message: String| faults.push(FieldError { field, message });
    let code = match before {
        Some(party) => Some(party.code.clone()),
        None => match text(raw, "code").parse::<PartyCode>() {
            Ok(code) if register.party(&code).is_some() => {
                fault(
                    "code",
                    format!("the code {code} is on record already: edit that party"),
                );
                None
            }
            Ok(code) => Some(code),
            Err(error) => {
                fault("code", error.to_string());
                None
            }
        },
    };
    let kind = text(raw, "kind").parse::<PartyKind>();
    if let Err(error) = &kind {
        fault("kind", error.to_string());
    }
    let name = text(raw, "name")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if name.is_empty() {
        fault("name", "expected a name, but found nothing".to_owned());
    } else if let Some(other) = register.find(&name)
        && Some(&other.code) != code.as_ref()
    {
        fault("name", format!("“{name}” means {} already", other.code));
    }
    let parent = match text(raw, "parent") {
        "" => None,
        written => match register.find(written) {
            Some(parent) if Some(&parent.code) == code.as_ref() => {
                fault("parent", "a party cannot belong to itself".to_owned());
                None
            }
            Some(parent) => Some(parent.code.clone()),
            None => {
                fault(
                    "parent",
                    format!(
                        "expected the code or name of a party on record, but found “{written}”"
                    ),
                );
                None
            }
        },
    };
    for spec in FIELDS {
        let length = text(raw, spec.name).chars().count();
        if length > TEXT_MAX {
            fault(
                spec.name,
                format!("expected at most {TEXT_MAX} characters, but found {length}"),
            );
        }
    }
    let wikidata = text(raw, "wikidata").to_owned();
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    if !wikidata.is_empty() && !wikidata.strip_prefix('Q').is_some_and(is_number) {
        fault(
            "wikidata",
            format!("expected Q and digits, but found “{wikidata}”"),
        );
    }
    let list = |name: &str| cell::split_filled(text(raw, name));
    match (code, kind) {
        (Some(code), Ok(kind)) if faults.is_empty() => Ok(Party {
            code,
            kind,
            name,
            parent,
            aliases: list("aliases"),
            demonyms: list("demonyms"),
            capital: text(raw, "capital").to_owned(),
            metonyms: list("metonyms"),
            ambiguous: before.map_or_else(String::new, |party| party.ambiguous.clone()),
            members: before.map_or_else(String::new, |party| party.members.clone()),
            wikidata,
        }),
        _ => Err(faults),
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
    fn a_party_comes_back_from_its_own_field_texts() {
        let register = register();
        for party in register.all() {
            if register.find(&party.name).map(|found| &found.code) == Some(&party.code) {
                assert_eq!(
                    read(&texts_of(party), Some(party), &register).as_ref(),
                    Ok(party)
                );
            }
        }
    }

    #[test]
    fn every_fault_of_a_new_party_is_told() {
        let typed = raw(&[
            ("code", "irn"),
            ("kind", "ship"),
            ("name", "Iran"),
            ("parent", "Ruritania"),
            ("wikidata", "794"),
        ]);
        let told: Vec<String> = read(&typed, None, &register())
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "code: the code IRN is on record already: edit that party",
                "kind: expected one of state, body, group, agency, person, company, vessel, but found “ship”",
                "name: “Iran” means IRN already",
                "parent: expected the code or name of a party on record, but found “Ruritania”",
                "wikidata: expected Q and digits, but found “794”",
            ]
        );
    }
}
