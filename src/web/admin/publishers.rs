//! `/admin/publishers`: the register of publishers: search it, add one, edit one; and names in articles that it does not have.
//!
//! A name is for good: sources name it. What reference data say of a publisher is no longer taken over once an editor has
//! changed it. Those of one owner count as one independent source.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::{
        cell,
        draft::{FieldError, RawFields},
        fold::fold,
        publisher::{Publisher, PublisherKind, Trust, is_host},
        publisher_register::PublisherRegister,
        register::PartyRegister,
    },
    store::Change,
    web::{
        error::{Missing, WebError},
        filters,
        forms::CheckedForm,
        page::{Nav, Page, html, ok, see_other_with},
        query::RawQuery,
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    feeds::trusts,
    fields::{Control, ErrorLine, Field, FieldSpec, messages_of, summary},
};

/// Publishers on a page.
const MOST: usize = 400;
/// The most characters of a field.
const TEXT_MAX: usize = 1_000;

const FIELDS: [FieldSpec; 6] = [
    FieldSpec {
        name: "name",
        label: "Name",
        hint: "As sources name it. It cannot be changed later.",
        control: Control::Line,
    },
    FieldSpec {
        name: "kind",
        label: "Kind",
        hint: "",
        control: Control::Line,
    },
    FieldSpec {
        name: "home",
        label: "Home",
        hint: "The state where it is at home, or the body whose voice it is: a code or a name; may be empty.",
        control: Control::Code,
    },
    FieldSpec {
        name: "hosts",
        label: "Hosts",
        hint: "As bbc.co.uk, without www; each stands for every host under it; | between them.",
        control: Control::Code,
    },
    FieldSpec {
        name: "owner",
        label: "Owner",
        hint: "Publishers of one owner count as one independent source; may be empty.",
        control: Control::Line,
    },
    FieldSpec {
        name: "reason",
        label: "Reason for the change",
        hint: "",
        control: Control::Line,
    },
];

#[derive(Template)]
#[template(path = "admin/publishers.html")]
struct ListPage {
    page: Page,
    query: String,
    publishers: Vec<PublisherRow>,
    most: usize,
    strangers: Vec<Stranger>,
}

struct PublisherRow {
    name: String,
    kind: &'static str,
    home: String,
    hosts: String,
    owner: String,
    trust: Trust,
    edit: String,
}

/// A name in articles that the register does not have.
struct Stranger {
    name: String,
    articles: i64,
    events: i64,
    add: String,
}

#[derive(Template)]
#[template(path = "admin/publisher_form.html")]
struct FormPage {
    page: Page,
    heading: String,
    /// The name of a publisher on record; empty for a new one.
    on_record: String,
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

    fn kinds(&self) -> Vec<(PublisherKind, bool)> {
        let chosen = text(&self.raw, "kind")
            .parse()
            .unwrap_or(PublisherKind::Website);
        PublisherKind::ALL
            .map(|kind| (kind, kind == chosen))
            .to_vec()
    }

    fn kind_errors(&self) -> Vec<String> {
        messages_of("kind", &self.faults)
    }

    fn trusts(&self) -> Vec<(Trust, bool)> {
        trusts(Some(trust_of(&self.raw)))
    }

    fn errors(&self) -> Vec<ErrorLine> {
        summary("", &FIELDS, &self.faults)
    }
}

fn text<'a>(raw: &'a RawFields, name: &str) -> &'a str {
    raw.get(name).map_or("", |text| text.trim())
}

fn trust_of(raw: &RawFields) -> Trust {
    Trust::from_slug(text(raw, "trust")).unwrap_or_default()
}

fn edit(parameter: &str, name: &str) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair(parameter, name)
        .finish();
    format!("/admin/publishers/edit?{query}")
}

/// GET /admin/publishers: by name; `q` narrows them.
pub async fn list(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let wanted = query.text("q");
    let (register, parties, counts) = tokio::try_join!(
        state.store.publisher_register(),
        state.store.register(),
        state.store.publisher_counts(),
    )?;
    let publishers = register
        .all()
        .iter()
        .filter(|publisher| matches(publisher, &fold(wanted.trim())))
        .take(MOST)
        .map(|publisher| row(publisher, &parties))
        .collect();
    let strangers = counts
        .into_iter()
        .filter(|counts| !counts.name.is_empty() && register.named(&counts.name).is_none())
        .map(|counts| Stranger {
            add: edit("new", &counts.name),
            name: counts.name,
            articles: counts.articles,
            events: counts.events,
        })
        .collect();
    Ok(ok(&ListPage {
        page: Page::of_user(&state, &user, Nav::Sources, "Publishers").await?,
        query: wanted.to_owned(),
        publishers,
        most: MOST,
        strangers,
    }))
}

fn matches(publisher: &Publisher, wanted: &str) -> bool {
    fold(&publisher.name).contains(wanted)
        || publisher.hosts.iter().any(|host| host.contains(wanted))
        || publisher
            .owner
            .as_ref()
            .is_some_and(|owner| fold(owner).contains(wanted))
}

fn row(publisher: &Publisher, parties: &PartyRegister) -> PublisherRow {
    PublisherRow {
        name: publisher.name.clone(),
        kind: publisher.kind.label(),
        home: publisher
            .home
            .as_ref()
            .map_or_else(String::new, |home| parties.name(home).to_owned()),
        hosts: publisher.hosts.join(", "),
        owner: publisher.owner.clone().unwrap_or_default(),
        trust: publisher.trust,
        edit: edit("name", &publisher.name),
    }
}

/// GET /admin/publishers/edit: the form of the publisher `name`, or of a new one, `new` its name.
pub async fn form(
    state: Data<AppState>,
    user: SignedIn,
    query: RawQuery,
) -> Result<HttpResponse, WebError> {
    let written = query.text("name");
    let raw = if written.is_empty() {
        RawFields::from([("name".to_owned(), query.text("new").to_owned())])
    } else {
        texts_of(&on_record(
            &*state.store.publisher_register().await?,
            written,
        )?)
    };
    show(&state, &user, StatusCode::OK, written, raw, Vec::new()).await
}

fn on_record(register: &PublisherRegister, name: &str) -> Result<Publisher, WebError> {
    register.named(name).cloned().ok_or_else(|| {
        WebError::NotFound(Missing::Other(format!(
            "There is no publisher {name} on record."
        )))
    })
}

/// POST /admin/publishers/edit: records the publisher; `on_record` names the one that the form was opened for.
pub async fn save(
    state: Data<AppState>,
    user: SignedIn,
    form: CheckedForm,
) -> Result<HttpResponse, WebError> {
    let register = state.store.publisher_register().await?;
    let parties = state.register().await?;
    let edited = form.text("on_record");
    let before = if edited.is_empty() {
        None
    } else {
        Some(on_record(&register, edited)?)
    };
    let mut raw = before.as_ref().map(texts_of).unwrap_or_default();
    raw.extend(form.raw());
    let publisher = match read(&raw, before.as_ref(), &register, &parties) {
        Ok(publisher) => publisher,
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
    state.store.save_publisher(&publisher, change).await?;
    let done = format!("Saved {}.", publisher.name);
    Ok(see_other_with(&user.visitor, "/admin/publishers", &done))
}

async fn show(
    state: &AppState,
    user: &SignedIn,
    status: StatusCode,
    on_record: &str,
    raw: RawFields,
    faults: Vec<FieldError>,
) -> Result<HttpResponse, WebError> {
    let heading = if on_record.is_empty() {
        "Add a publisher".to_owned()
    } else {
        format!("Edit {on_record}")
    };
    let title = if faults.is_empty() {
        heading.clone()
    } else {
        format!("Error: {heading}")
    };
    Ok(html(
        status,
        &FormPage {
            page: Page::of_user(state, user, Nav::Sources, title).await?,
            heading,
            on_record: on_record.to_owned(),
            raw,
            faults,
        },
    ))
}

fn texts_of(publisher: &Publisher) -> RawFields {
    [
        ("name", publisher.name.clone()),
        ("kind", publisher.kind.slug().to_owned()),
        (
            "home",
            publisher
                .home
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
        ),
        ("hosts", cell::join(&publisher.hosts)),
        ("owner", publisher.owner.clone().unwrap_or_default()),
        ("trust", publisher.trust.slug().to_owned()),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect()
}

/// Reads the form into a publisher.
fn read(
    raw: &RawFields,
    before: Option<&Publisher>,
    register: &PublisherRegister,
    parties: &PartyRegister,
) -> Result<Publisher, Vec<FieldError>> {
    let mut faults: Vec<FieldError> = Vec::new();
    let mut fault =
        |field: &'static str, message: String| faults.push(FieldError { field, message });
    let joined = |name: &str| {
        let words: Vec<&str> = text(raw, name).split_whitespace().collect();
        words.join(" ")
    };
    let name = before.map_or_else(|| joined("name"), |publisher| publisher.name.clone());
    if name.is_empty() {
        fault("name", "expected a name, but found nothing".to_owned());
    } else if before.is_none() && register.named(&name).is_some() {
        fault(
            "name",
            format!("“{name}” is on record already: edit that publisher"),
        );
    }
    let kind = text(raw, "kind").parse::<PublisherKind>();
    if let Err(error) = &kind {
        fault("kind", error.to_string());
    }
    let home = match text(raw, "home") {
        "" => None,
        written => {
            let found = parties.find(written).map(|party| party.code.clone());
            if found.is_none() {
                fault(
                    "home",
                    format!(
                        "expected the code or name of a party on record, but found “{written}”"
                    ),
                );
            }
            found
        }
    };
    let hosts: Vec<String> = cell::split_filled(text(raw, "hosts"))
        .iter()
        .map(|host| host.trim().trim_start_matches("www.").to_lowercase())
        .collect();
    for host in &hosts {
        let other = register
            .all()
            .iter()
            .find(|other| other.hosts.contains(host) && other.name != name);
        if !is_host(host) {
            fault(
                "hosts",
                format!("expected a host such as bbc.co.uk, but found “{host}”"),
            );
        } else if let Some(other) = other {
            fault("hosts", format!("{host} is {}’s already", other.name));
        }
    }
    for spec in FIELDS {
        let length = text(raw, spec.name).chars().count();
        if length > TEXT_MAX {
            fault(
                spec.name,
                format!("expected at most {TEXT_MAX} characters, but found {length}"),
            );
        }
    }
    match kind {
        Ok(kind) if faults.is_empty() => Ok(Publisher {
            name,
            kind,
            home,
            hosts,
            owner: Some(joined("owner")).filter(|owner| !owner.is_empty()),
            trust: trust_of(raw),
        }),
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference;

    fn registers() -> (PublisherRegister, PartyRegister) {
        (
            PublisherRegister::new(reference::publishers().to_vec()),
            PartyRegister::new(reference::parties().to_vec()),
        )
    }

    #[test]
    fn a_publisher_comes_back_from_its_own_field_texts() {
        let (register, parties) = registers();
        for publisher in register.all() {
            assert_eq!(
                read(&texts_of(publisher), Some(publisher), &register, &parties).as_ref(),
                Ok(publisher)
            );
        }
    }

    #[test]
    fn every_fault_of_a_new_publisher_is_told() {
        let (register, parties) = registers();
        let raw = [
            ("name", "bbc"),
            ("kind", "wire"),
            ("home", "Ruritania"),
            ("hosts", "nohost|www.bbc.co.uk"),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
        let told: Vec<String> = read(&raw, None, &register, &parties)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "name: “bbc” is on record already: edit that publisher",
                "kind: expected one of agency, ministry, broadcaster, newspaper, magazine, website, blog, body, think_tank, \
                 but found “wire”",
                "home: expected the code or name of a party on record, but found “Ruritania”",
                "hosts: expected a host such as bbc.co.uk, but found “nohost”",
                "hosts: bbc.co.uk is BBC’s already",
            ]
        );
    }
}
