//! Events → the tables beside them, as CSV in either dialect: their sources, their relations, their parties.
//!
//! Sources and relations have a row each, in the order of the events and then as the event has them; `event_id` joins
//! them to `export.csv`. Parties have one row each, those with most events first, so they are written at the end.

use std::collections::HashMap;

use super::{
    ExportContext, ExportError, Tail, Writer,
    columns::{Sort, written_day},
    csv::{BOM, Dialect, append},
    tail,
};
use crate::domain::{cell, event::Event, party::PartyCode};

/// A table beside the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// A row for each source of an event.
    Sources,
    /// A row for each relation of an event.
    Relations,
    /// A row for each party of any event.
    Parties,
}

/// A column of a table, and what it means.
pub type Described = (&'static str, Sort, &'static str);

impl Table {
    /// Every table.
    pub const ALL: [Self; 3] = [Self::Sources, Self::Relations, Self::Parties];

    /// The word of files and options.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Relations => "relations",
            Self::Parties => "parties",
        }
    }

    /// Its columns, in the order of the header.
    pub const fn columns(self) -> &'static [Described] {
        match self {
            Self::Sources => &[
                ("event_id", Sort::Text, "The event."),
                (
                    "position",
                    Sort::Number,
                    "The source's place among those of the event, from 1.",
                ),
                ("url", Sort::Text, "Its address."),
                ("publisher", Sort::Text, "Its publisher."),
                ("title", Sort::Text, "Its title."),
                ("published", Sort::Date, "Its day of publication."),
            ],
            Self::Relations => &[
                ("event_id", Sort::Text, "The event that has the relation."),
                (
                    "position",
                    Sort::Number,
                    "The relation's place among those of the event, from 1.",
                ),
                (
                    "relation",
                    Sort::Text,
                    "How it stands to the other: answers, denies, `carries_out`, follows or `part_of`.",
                ),
                (
                    "to_event_id",
                    Sort::Text,
                    "The other event, whether the filter finds it or not.",
                ),
            ],
            Self::Parties => &[
                ("code", Sort::Text, "The party's code."),
                ("name", Sort::Text, "Its name."),
                (
                    "kind",
                    Sort::Text,
                    "What sort of party it is: state, body, group, agency, person, company or vessel.",
                ),
                (
                    "parent",
                    Sort::Text,
                    "The code of the party that it is a part of.",
                ),
                ("aliases", Sort::List, "Its other names."),
                ("wikidata", Sort::Text, "Its item in Wikidata."),
                (
                    "events",
                    Sort::Number,
                    "In how many of the events it stands, on either side.",
                ),
                ("as_actor", Sort::Number, "In how many of them it acts."),
                (
                    "as_target",
                    Sort::Number,
                    "In how many of them it is the target.",
                ),
            ],
        }
    }
}

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    either: i64,
    acts: i64,
    target: i64,
}

/// Writes a table.
#[derive(Debug)]
pub struct TableWriter {
    table: Table,
    dialect: Dialect,
    context: ExportContext,
    parties: HashMap<PartyCode, Counts>,
}

impl TableWriter {
    /// A writer of a table in a dialect.
    pub fn new(table: Table, dialect: Dialect, context: ExportContext) -> Self {
        Self {
            table,
            dialect,
            context,
            parties: HashMap::new(),
        }
    }

    fn row(&self, cells: &[&str], out: &mut Vec<u8>) {
        for (place, ((_, sort, _), cell)) in self.table.columns().iter().zip(cells).enumerate() {
            if place > 0 {
                out.push(b',');
            }
            append(*sort, self.dialect, cell, out);
        }
        out.extend_from_slice(b"\r\n");
    }

    fn sources(&self, event: &Event, out: &mut Vec<u8>) {
        let id = event.id.to_string();
        for (position, source) in (1..).zip(&event.content.sources) {
            let day = source.published.map_or_else(String::new, written_day);
            let place = format!("{position}");
            let cells = [
                &id,
                &place,
                &source.url,
                &source.publisher,
                &source.title,
                &day,
            ];
            self.row(&cells.map(String::as_str), out);
        }
    }

    fn relations(&self, event: &Event, out: &mut Vec<u8>) {
        let id = event.id.to_string();
        for (position, relation) in (1..).zip(&event.content.relations) {
            let (place, other) = (format!("{position}"), relation.to.to_string());
            self.row(&[&id, &place, relation.kind.slug(), &other], out);
        }
    }

    fn count(&mut self, event: &Event) {
        let known = &event.content;
        for code in &known.actors {
            let counts = self.parties.entry(code.clone()).or_default();
            counts.either += 1;
            counts.acts += 1;
        }
        for code in &known.targets {
            let acts = known.actors.contains(code);
            let counts = self.parties.entry(code.clone()).or_default();
            counts.target += 1;
            counts.either += i64::from(!acts);
        }
    }

    fn parties(&self, out: &mut Vec<u8>) {
        let mut counted: Vec<(&PartyCode, Counts)> = self
            .parties
            .iter()
            .map(|(code, counts)| (code, *counts))
            .collect();
        counted.sort_by(|(left, most), (right, other)| {
            other.either.cmp(&most.either).then(left.cmp(right))
        });
        for (code, counts) in counted {
            let party = self.context.register.party(code);
            let parent = party.and_then(|party| party.parent.as_ref());
            let aliases = party.map_or_else(String::new, |party| cell::join(&party.aliases));
            let numbers = [counts.either, counts.acts, counts.target].map(|n| n.to_string());
            let [events, acts, target] = &numbers;
            self.row(
                &[
                    code.as_str(),
                    self.context.register.name(code),
                    party.map_or("", |party| party.kind.slug()),
                    parent.map_or("", PartyCode::as_str),
                    &aliases,
                    party.map_or("", |party| party.wikidata.as_str()),
                    events,
                    acts,
                    target,
                ],
                out,
            );
        }
    }
}

impl Writer for TableWriter {
    fn start(&mut self) -> Result<Vec<u8>, ExportError> {
        let mut header = match self.dialect {
            Dialect::Excel => BOM.as_bytes().to_vec(),
            Dialect::Raw => Vec::new(),
        };
        let names: Vec<&str> = self
            .table
            .columns()
            .iter()
            .map(|(name, ..)| *name)
            .collect();
        self.row(&names, &mut header);
        Ok(header)
    }

    fn rows(&mut self, events: &[Event]) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        for event in events {
            match self.table {
                Table::Sources => self.sources(event, &mut bytes),
                Table::Relations => self.relations(event, &mut bytes),
                Table::Parties => self.count(event),
            }
        }
        Ok(bytes)
    }

    fn finish(self: Box<Self>) -> Result<Tail, ExportError> {
        let mut bytes = Vec::new();
        if self.table == Table::Parties {
            self.parties(&mut bytes);
        }
        Ok(tail(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{
        Format,
        columns::tests::{bare_event, full_event},
        tests::written,
    };

    fn text(table: Table, dialect: Dialect) -> String {
        let events = [full_event(), bare_event()];
        String::from_utf8(written(Format::Table(table, dialect), &events)).unwrap()
    }

    #[test]
    fn sources_and_relations_have_a_row_each_that_joins_the_events() {
        assert_eq!(
            text(Table::Sources, Dialect::Raw),
            "event_id,position,url,publisher,title,published\r\n\
             EV-NG64WV,1,https://example.org/a,,First,2024-09-10\r\n\
             EV-NG64WV,2,,Example Wire,,\r\n"
        );
        assert_eq!(
            text(Table::Relations, Dialect::Raw),
            "event_id,position,relation,to_event_id\r\nEV-NG64WV,1,follows,EV-WFGCFF\r\n"
        );
    }

    #[test]
    fn the_codebook_has_every_column_in_order_with_its_meaning() {
        let told: Vec<&str> = include_str!("../../docs/codebook.md")
            .lines()
            .skip_while(|line| !line.starts_with("| table | column"))
            .skip(2)
            .take_while(|line| line.starts_with("| "))
            .collect();
        let expected: Vec<String> = Table::ALL
            .into_iter()
            .flat_map(|table| {
                let columns = table.columns().iter();
                columns.map(move |(name, _, meaning)| {
                    format!("| {} | {name} | {meaning} |", table.slug())
                })
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn parties_are_counted_over_the_events() {
        let csv = text(Table::Parties, Dialect::Excel);
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(
            lines[0],
            "\u{feff}code,name,kind,parent,aliases,wikidata,events,as_actor,as_target"
        );
        assert!(lines[1].starts_with("GBR,United Kingdom,state,,"), "{csv}");
        assert!(lines[2].starts_with("IRN,Iran,state,,"), "{csv}");
        assert!(lines[2].ends_with(",1,0,1"), "{csv}");
        assert_eq!(lines.len(), 5);
    }
}
