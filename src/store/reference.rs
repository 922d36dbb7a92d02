//! The compiled-in parties and publishers → their tables, once for each version of them. Rows that a person edited stay.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::{
    Store,
    db::{Bind, Reads, Tx, on},
    error::Result,
};
use crate::domain::{cell, fold::fold, party::Party, publisher::Publisher, reference};

/// Rows in one statement.
const BATCH: usize = 100;

impl Store {
    /// Loads the reference data where the database has another version of them.
    pub(super) async fn load_reference(&self) -> Result<()> {
        let version = *VERSION;
        let known = on(
            "counters",
            "SELECT value AS n FROM counters WHERE name = 'reference'",
        );
        if self.db().fetch_count(known.clone()).await? == version {
            return Ok(());
        }
        let mut tx = self.db().begin_record().await?;
        if tx.fetch_count(known).await? != version {
            let now = self.clock().now().micros();
            load_parties(&mut tx, now).await?;
            load_publishers(&mut tx).await?;
            tx.next_id("publisher_changes").await?;
            let mark = on(
                "counters",
                "UPDATE counters SET value = $1 WHERE name = 'reference'",
            );
            tx.execute(mark.bind(version)).await?;
            tx.next_id("party_changes").await?;
        }
        tx.commit().await
    }
}

/// A number that differs where the compiled-in rows do.
static VERSION: LazyLock<i64> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for party in reference::parties() {
        hash.update(format!("{party:?}"));
    }
    for publisher in reference::publishers() {
        hash.update(format!("{publisher:?}"));
    }
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    i64::from_be_bytes(first)
});

async fn load_parties(tx: &mut Tx, now: i64) -> Result<()> {
    let rows = reference::parties();
    let count = i64::try_from(rows.len()).unwrap_or(0);
    let mut id = tx.next_ids("party", count).await? - count;
    for batch in rows.chunks(BATCH) {
        let mut query = on("parties", INSERT_PARTIES);
        for (index, party) in batch.iter().enumerate() {
            id += 1;
            query = query.piece(if index == 0 { " VALUES " } else { ", " });
            let mut binds = vec![Bind::from(id)];
            binds.extend(party_binds(party));
            binds.push(now.into());
            query = query.values(binds);
        }
        tx.execute(query.piece(UPDATE_UNEDITED)).await?;
    }
    Ok(())
}

/// The columns that both the reference data and a person's edit set.
pub(super) const INSERT_PARTIES: &str = "INSERT INTO parties (id, code, kind, name, name_folded, parent, aliases, demonyms, \
     capital, metonyms, ambiguous, members, wikidata, updated_at)";

const UPDATE_UNEDITED: &str = " ON CONFLICT (code) DO UPDATE
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
        updated_at = excluded.updated_at
    WHERE parties.edited = 0";

/// The values of a party's columns from `code` to `wikidata`.
pub(super) fn party_binds(party: &Party) -> Vec<Bind> {
    vec![
        party.code.as_str().into(),
        party.kind.code().into(),
        party.name.as_str().into(),
        fold(&party.name).into(),
        party.parent.as_ref().map(ToString::to_string).into(),
        cell::join(&party.aliases).into(),
        cell::join(&party.demonyms).into(),
        party.capital.as_str().into(),
        cell::join(&party.metonyms).into(),
        party.ambiguous.as_str().into(),
        party.members.as_str().into(),
        party.wikidata.as_str().into(),
    ]
}

async fn load_publishers(tx: &mut Tx) -> Result<()> {
    for batch in reference::publishers().chunks(BATCH) {
        let mut query = on(
            "publishers",
            "INSERT INTO publishers (name_folded, name, kind, home, hosts, owner)",
        );
        for (index, publisher) in batch.iter().enumerate() {
            query = query
                .piece(if index == 0 { " VALUES " } else { ", " })
                .values(publisher_binds(publisher));
        }
        let query = query.piece(
            " ON CONFLICT (name_folded) DO UPDATE
    SET name = excluded.name,
        kind = excluded.kind,
        home = excluded.home,
        hosts = excluded.hosts,
        owner = excluded.owner
    WHERE publishers.edited = 0",
        );
        tx.execute(query).await?;
    }
    Ok(())
}

/// The values of a publisher's columns from `name_folded` to `owner`.
pub(super) fn publisher_binds(publisher: &Publisher) -> Vec<Bind> {
    vec![
        fold(&publisher.name).into(),
        publisher.name.as_str().into(),
        publisher.kind.code().into(),
        publisher.home.as_ref().map(ToString::to_string).into(),
        cell::join(&publisher.hosts).into(),
        publisher.owner.clone().into(),
    ]
}
