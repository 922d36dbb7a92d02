//! Events → FollowTheMoney entities, one JSON object a line: an `Event` each, with the parties, the named and, of sanctions,
//! the `Sanction`s that it takes part in.
//!
//! Ids hang together over files: an event's is its own, a party's is made of its code, a named one's of its name. A party
//! stands before the first event that it is in. What the schema has no place for (modality, status, follow-through) is
//! said in `keywords`. Source: the schemata of followthemoney 4.

use std::{
    collections::{BTreeMap, HashSet},
    fmt::Write as _,
};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{ExportContext, ExportError, Tail, Writer, countries::alpha_2, tail};
use crate::domain::{
    edtf::Edtf,
    event::Event,
    fold::fold,
    kind::Kind,
    modality::Modality,
    party::{PartyCode, PartyKind},
    status::Status,
};

/// So many ids are known to have been written; then they may be written once more, which readers merge.
const KEPT_IDS: usize = 100_000;
/// The most characters of a name in the schema.
const NAME_MAX: usize = 384;

/// Writes entities.
#[derive(Debug)]
pub struct FtmWriter {
    context: ExportContext,
    written: HashSet<String>,
}

impl FtmWriter {
    /// A writer.
    pub fn new(context: ExportContext) -> Self {
        Self {
            context,
            written: HashSet::new(),
        }
    }

    /// Writes an entity unless it stands there already.
    fn once(&mut self, entity: &Entity, bytes: &mut Vec<u8>) -> Result<(), ExportError> {
        if self.written.contains(&entity.id) {
            return Ok(());
        }
        if self.written.len() >= KEPT_IDS {
            self.written.clear();
        }
        self.written.insert(entity.id.clone());
        line(entity, bytes)
    }

    fn party(&self, code: &PartyCode) -> Entity {
        let Some(party) = self.context.register.party(code) else {
            let mut entity = Entity::new(party_id(code), "LegalEntity");
            entity.add("name", code.as_str());
            return entity;
        };
        let schema = match party.kind {
            PartyKind::State | PartyKind::Agency => "PublicBody",
            PartyKind::Body | PartyKind::Group => "Organization",
            PartyKind::Person => "Person",
            PartyKind::Company => "Company",
            PartyKind::Vessel => "Vessel",
        };
        let mut entity = Entity::new(party_id(code), schema);
        entity.add("name", &party.name);
        for alias in &party.aliases {
            entity.add("alias", alias);
        }
        entity.add("wikidataId", &party.wikidata);
        let state = match party.kind {
            PartyKind::State => Some(code),
            _ => party.parent.as_ref(),
        };
        if let Some(country) = state.and_then(|state| alpha_2(state.as_str())) {
            entity.add("country", country);
        }
        entity
    }

    /// Whether a party may stand where the schema asks for a legal entity.
    fn is_legal(&self, code: &PartyCode) -> bool {
        self.context
            .register
            .party(code)
            .is_none_or(|party| party.kind != PartyKind::Vessel)
    }

    fn event(&self, event: &Event) -> Entity {
        let known = &event.content;
        let mut entity = Entity::new(event.id.to_string(), "Event");
        entity.add("name", &known.headline);
        entity.add("summary", &known.summary);
        entity.add("description", &known.quote);
        entity.add("location", &known.place);
        entity.add("recordId", &event.id.to_string());
        dates(&mut entity, &known.date);
        for code in &known.actors {
            if self.is_legal(code) {
                entity.add("organizer", &party_id(code));
            }
        }
        for code in &known.targets {
            if self.is_legal(code) {
                entity.add("involved", &party_id(code));
            }
        }
        for name in &known.named {
            entity.add("involved", &named_id(name));
        }
        for word in [
            known.kind.slug(),
            known.modality.slug(),
            known.status.slug(),
        ] {
            entity.add("keywords", word);
        }
        if let Some(state) = event.follow_through {
            entity.add("keywords", &format!("follow-through: {}", state.slug()));
        }
        for tag in &known.tags {
            entity.add("keywords", tag);
        }
        sources(&mut entity, event, &self.context);
        entity.add(
            "modifiedAt",
            &event.updated_at.strftime("%Y-%m-%dT%H:%M:%S"),
        );
        entity
    }

    /// The designations of a sanction: of those that it names, else of its targets. None of an alleged or retracted one.
    fn sanctions(&self, event: &Event) -> Vec<Entity> {
        let known = &event.content;
        if known.kind != Kind::Sanction
            || known.modality == Modality::Alleged
            || known.status == Status::Retracted
        {
            return Vec::new();
        }
        let of: Vec<String> = if known.named.is_empty() {
            known.targets.iter().map(party_id).collect()
        } else {
            known.named.iter().map(|name| named_id(name)).collect()
        };
        of.into_iter()
            .enumerate()
            .map(|(place, entity_id)| {
                let mut entity =
                    Entity::new(format!("{}-sanction-{}", event.id, place + 1), "Sanction");
                entity.add("entity", &entity_id);
                entity.add("recordId", &event.id.to_string());
                if known.authority.is_empty() {
                    for code in &known.actors {
                        entity.add("authority", self.context.register.name(code));
                    }
                } else {
                    entity.add("authority", &known.authority);
                }
                for code in &known.actors {
                    if let Some(country) = alpha_2(code.as_str()) {
                        entity.add("country", country);
                    }
                }
                entity.add("program", &known.program);
                entity.add_address("programUrl", &known.legal_url);
                entity.add("reason", &known.headline);
                entity.add("summary", &known.summary);
                if known.modality == Modality::Announced {
                    entity.add("status", "Announced");
                }
                let (first, _) = points(&known.date);
                entity.add("listingDate", &first);
                let effective = known.effective_date.as_ref().unwrap_or(&known.date);
                entity.add("startDate", &points(effective).0);
                sources(&mut entity, event, &self.context);
                entity
            })
            .collect()
    }
}

impl Writer for FtmWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        Ok(Vec::new())
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        for event in events {
            let known = &event.content;
            for code in known.actors.iter().chain(&known.targets) {
                let party = self.party(code);
                self.once(&party, &mut bytes)?;
            }
            for name in &known.named {
                let mut entity = Entity::new(named_id(name), "LegalEntity");
                entity.add("name", name);
                self.once(&entity, &mut bytes)?;
            }
            line(&self.event(event), &mut bytes)?;
            for sanction in self.sanctions(event) {
                line(&sanction, &mut bytes)?;
            }
        }
        Ok(bytes)
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        Ok(tail(Vec::new()))
    }
}

#[derive(Debug, Serialize)]
struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Entity {
    const fn new(id: String, schema: &'static str) -> Self {
        Self {
            id,
            schema,
            properties: BTreeMap::new(),
        }
    }

    /// Adds a value, unless it is empty or there already; control characters become spaces.
    fn add(&mut self, property: &'static str, value: &str) {
        let value: String = value
            .chars()
            .map(|sign| if sign.is_control() { ' ' } else { sign })
            .collect();
        let value = if matches!(property, "name" | "alias") {
            let one_line = value.split_whitespace().collect::<Vec<_>>().join(" ");
            one_line.chars().take(NAME_MAX).collect()
        } else {
            value.trim().to_owned()
        };
        if value.is_empty() {
            return;
        }
        let values = self.properties.entry(property).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    }

    /// Adds a web address, and nothing that is none.
    fn add_address(&mut self, property: &'static str, value: &str) {
        if value.starts_with("http://") || value.starts_with("https://") {
            self.add(property, value);
        }
    }
}

fn line(entity: &Entity, bytes: &mut Vec<u8>) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *bytes, entity)?;
    bytes.push(b'\n');
    Ok(())
}

fn sources(entity: &mut Entity, event: &Event, context: &ExportContext) {
    for source in &event.content.sources {
        entity.add_address("sourceUrl", &source.url);
        entity.add("publisher", &source.publisher);
    }
    entity.add_address("publisherUrl", &context.event_url(event.id));
}

/// The first and last point of a date as prefixes of ISO 8601, without marks; empty where open.
fn points(date: &Edtf) -> (String, String) {
    let written = date.to_string();
    let point = |text: &str| match text.trim_end_matches(['~', '?', '%']) {
        ".." => String::new(),
        point => point.to_owned(),
    };
    match written.split_once('/') {
        Some((first, last)) => (point(first), point(last)),
        None => (point(&written), String::new()),
    }
}

fn dates(entity: &mut Entity, date: &Edtf) {
    let (first, last) = points(date);
    if last.is_empty() && date.latest().is_some() {
        entity.add("date", &first);
    } else {
        entity.add("startDate", &first);
        entity.add("endDate", &last);
    }
}

/// `party-usa`; a code with other signs than letters and digits carries a hash, so that no two become one.
fn party_id(code: &PartyCode) -> String {
    let slug: String = code
        .as_str()
        .to_ascii_lowercase()
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() {
                sign
            } else {
                '-'
            }
        })
        .collect();
    if slug.contains('-') {
        format!("party-{slug}-{}", hash(code.as_str()))
    } else {
        format!("party-{slug}")
    }
}

fn named_id(name: &str) -> String {
    format!("named-{}", hash(&fold(name)))
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .take(8)
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        domain::event::Event,
        export::{
            Format,
            columns::tests::{bare_event, full_event},
            tests::written,
        },
    };

    fn entities(events: &[Event]) -> Vec<Value> {
        String::from_utf8(written(Format::Ftm, events))
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    fn of<'a>(entities: &'a [Value], schema: &str) -> Vec<&'a Value> {
        entities
            .iter()
            .filter(|entity| entity["schema"] == schema)
            .collect()
    }

    #[test]
    fn an_event_points_to_parties_that_stand_before_it_once() {
        let all = entities(&[full_event(), full_event(), bare_event()]);
        let events = of(&all, "Event");
        assert_eq!(events.len(), 3);
        let properties = &events[0]["properties"];
        assert_eq!(events[0]["id"], "EV-NG64WV");
        assert_eq!(properties["organizer"], json!(["party-usa", "party-gbr"]));
        assert_eq!(properties["startDate"], json!(["2024-09-10"]));
        assert_eq!(properties.get("endDate"), None);
        assert_eq!(events[2]["properties"]["endDate"], json!(["2024-09-10"]));
        let states = of(&all, "PublicBody");
        let ids: Vec<&Value> = states.iter().map(|state| &state["id"]).collect();
        assert_eq!(ids, ["party-usa", "party-gbr", "party-irn"]);
        assert_eq!(states[1]["properties"]["country"], json!(["gb"]));
        assert!(
            all.iter().position(|one| one["id"] == "party-irn")
                < all.iter().position(|one| one["schema"] == "Event")
        );
    }

    #[test]
    fn a_sanction_designates_the_named() {
        let all = entities(&[full_event()]);
        let sanctions = of(&all, "Sanction");
        assert_eq!(sanctions.len(), 2);
        assert_eq!(sanctions[0]["id"], "EV-NG64WV-sanction-1");
        let properties = &sanctions[0]["properties"];
        assert_eq!(properties["authority"], json!(["OFAC"]));
        assert_eq!(properties["startDate"], json!(["2024-10"]));
        assert_eq!(properties["status"], json!(["Announced"]));
        let named = of(&all, "LegalEntity");
        assert_eq!(named[0]["properties"]["name"], json!(["Iran Air"]));
        assert_eq!(properties["entity"], json!([named[0]["id"]]));
        assert_eq!(of(&entities(&[bare_event()]), "Sanction").len(), 0);
    }
}
