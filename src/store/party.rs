//! Parties: the register in the process, refreshed when a counter says that somebody changed one, and their editing.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};

use super::{
    Change, Store,
    db::{Bind, Reads, on},
    error::Result,
    reference::{INSERT_PARTIES, party_binds},
    row::Row,
    side_rows,
};
use crate::domain::{
    cell,
    fold::fold,
    party::{Party, PartyCode, PartyKind},
    register::PartyRegister,
};

/// The parties as the database had them at one value of the change counter.
#[derive(Debug, Default)]
pub(super) struct KnownParties {
    version: i64,
    register: Arc<PartyRegister>,
    ids: HashMap<String, i64>,
    changed_at: i64,
}

impl KnownParties {
    /// The row numbers of the parties that codes or names mean; unknown ones mean none.
    pub(super) fn ids_of(&self, written: &[String]) -> Vec<i64> {
        let mut ids: Vec<i64> = written
            .iter()
            .filter_map(|written| self.register.find(written))
            .filter_map(|party| self.id(&party.code))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The row number of a code.
    pub(super) fn id(&self, code: &PartyCode) -> Option<i64> {
        self.ids.get(code.as_str()).copied()
    }

    /// The row number of a code's text.
    pub(super) fn id_of_text(&self, code: &str) -> Option<i64> {
        self.ids.get(code).copied()
    }

    /// Codes by row number.
    pub(super) fn codes(&self) -> HashMap<i64, &str> {
        self.ids
            .iter()
            .map(|(code, id)| (*id, code.as_str()))
            .collect()
    }

    /// When one of them last changed, in microseconds; 0 where there are none.
    pub(super) fn changed_at(&self) -> i64 {
        self.changed_at
    }

    /// The register.
    pub(super) fn register(&self) -> &Arc<PartyRegister> {
        &self.register
    }
}

impl Store {
    /// Every party on record, cached until one changes.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn register(&self) -> Result<Arc<PartyRegister>> {
        Ok(self.known_parties().await?.register.clone())
    }

    pub(super) async fn known_parties(&self) -> Result<Arc<KnownParties>> {
        self.known_parties_by(&mut self.db()).await
    }

    /// As the transaction sees them.
    pub(super) async fn known_parties_by(
        &self,
        reads: &mut impl Reads,
    ) -> Result<Arc<KnownParties>> {
        let version = reads
            .fetch_count(on(
                "counters",
                "SELECT value AS n FROM counters WHERE name = 'party_changes'",
            ))
            .await?;
        let cached = self
            .0
            .parties
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if cached.version == version {
            return Ok(cached);
        }
        let known = Arc::new(read_parties(reads, version).await?);
        *self
            .0
            .parties
            .write()
            .unwrap_or_else(PoisonError::into_inner) = known.clone();
        Ok(known)
    }

    /// Parties whose code or folded name begins with a text, or whose name holds it; by name. All for an empty text.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn parties(&self, query: &str, limit: usize) -> Result<Vec<Party>> {
        let wanted = fold(query.trim());
        let register = self.register().await?;
        let mut found: Vec<(u8, String, &Party)> = register
            .all()
            .iter()
            .filter_map(|party| {
                let name = fold(&party.name);
                let code = fold(party.code.as_str());
                let rank = if code == wanted {
                    0
                } else if name.starts_with(&wanted) {
                    1
                } else if code.starts_with(&wanted)
                    || name.contains(&wanted)
                    || party
                        .aliases
                        .iter()
                        .any(|alias| fold(alias).starts_with(&wanted))
                {
                    2
                } else {
                    return None;
                };
                Some((rank, name, party))
            })
            .collect();
        found.sort_by(|a, b| (a.0, &a.1, &a.2.code).cmp(&(b.0, &b.1, &b.2.code)));
        Ok(found
            .into_iter()
            .take(limit)
            .map(|(_, _, party)| party.clone())
            .collect())
    }

    /// Records a party under its code, new or changed. Reference data no longer touch the row. Its events are found by
    /// the new name from then on.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn save_party(&self, party: &Party, change: Change<'_>) -> Result<()> {
        let mut tx = self.db().begin_record().await?;
        let known = on("parties", "SELECT id, name FROM parties WHERE code = $1");
        let known = tx.fetch_optional(known.bind(party.code.as_str())).await?;
        let (id, is_renamed) = match known {
            Some(row) => (row.int("id")?, row.text("name")? != party.name),
            None => (tx.next_id("party").await?, false),
        };
        let mut binds = vec![Bind::from(id)];
        binds.extend(party_binds(party));
        binds.push(self.clock().now().micros().into());
        let upsert = on("parties", INSERT_PARTIES)
            .piece(" VALUES ")
            .values(binds)
            .piece(
                " ON CONFLICT (code) DO UPDATE
    SET kind = excluded.kind,
        name = excluded.name,
        name_folded = excluded.name_folded,
        parent = excluded.parent,
        aliases = excluded.aliases,
        demonyms = excluded.demonyms,
        capital = excluded.capital,
        metonyms = excluded.metonyms,
        ambiguous = excluded.ambiguous,
        members = excluded.members,
        wikidata = excluded.wikidata,
        updated_at = excluded.updated_at",
            );
        tx.execute(upsert).await?;
        let mark = on(
            "parties",
            "UPDATE parties SET edited = 1, edited_by = $1, edit_reason = $2 WHERE id = $3",
        );
        tx.execute(
            mark.bind(change.author.0.as_str())
                .bind(change.reason)
                .bind(id),
        )
        .await?;
        tx.next_id("party_changes").await?;
        if is_renamed {
            let parties = read_parties(&mut tx, 0).await?;
            side_rows::rewrite_words(&mut tx, id, &parties).await?;
        }
        tx.commit().await
    }
}

/// The parties as the database has them.
async fn read_parties(reads: &mut impl Reads, version: i64) -> Result<KnownParties> {
    let rows = reads
        .fetch_all(on("parties", SELECT_PARTIES).piece(" ORDER BY id"))
        .await?;
    let mut parties = Vec::with_capacity(rows.len());
    let mut ids = HashMap::with_capacity(rows.len());
    let mut changed_at = 0;
    for row in &rows {
        let party = party(row)?;
        ids.insert(party.code.to_string(), row.int("id")?);
        changed_at = changed_at.max(row.int("updated_at")?);
        parties.push(party);
    }
    Ok(KnownParties {
        version,
        register: Arc::new(PartyRegister::new(parties)),
        ids,
        changed_at,
    })
}

const SELECT_PARTIES: &str = "SELECT id, code, kind, name, parent, aliases, demonyms, capital, metonyms, ambiguous, \
     members, wikidata, updated_at FROM parties";

fn party(row: &Row) -> Result<Party> {
    Ok(Party {
        code: row.parsed("code")?,
        kind: row.coded("kind", PartyKind::from_code)?,
        name: row.text("name")?,
        parent: row.opt_parsed("parent")?,
        aliases: cell::split_filled(&row.text("aliases")?),
        demonyms: cell::split_filled(&row.text("demonyms")?),
        capital: row.text("capital")?,
        metonyms: cell::split_filled(&row.text("metonyms")?),
        ambiguous: row.text("ambiguous")?,
        members: row.text("members")?,
        wikidata: row.text("wikidata")?,
    })
}
