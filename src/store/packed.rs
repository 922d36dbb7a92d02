//! Chunks of the timeline for large files: rows that the database packs into one text, which is several times as fast as
//! forty values a row through the driver. What cannot be packed comes as events.

use super::{
    Store,
    db::{Engine, on},
    error::Result,
    timeline::Walk,
};
use crate::domain::{
    event::Event,
    filter::{Cursor, Sort, TimelineFilter},
    packed::PackedEvents,
};

/// The fields of a packed row (`domain::packed::Field`), with U+001F between them.
const PACKED: &str = "e.sort_key AS sort_key, concat_ws($1, e.sort_key, e.id, e.revision, e.status, e.kind, e.modality, \
    e.date, e.day_first, e.day_last, COALESCE(e.effective_date, ''), e.headline, e.summary, e.quote, e.speakers, \
    e.actors, e.targets, e.named, e.place, e.authority, e.program, e.legal_url, e.list_ids, e.tags, \
    COALESCE(CAST(e.confidence AS TEXT), ''), e.relations, e.source_count, e.independent_sources, e.source_urls, \
    e.source_publishers, e.source_titles, e.source_dates, COALESCE(CAST(e.first_reported AS TEXT), ''), \
    COALESCE(CAST(e.follow_through AS TEXT), ''), COALESCE(CAST(e.follow_through_event AS TEXT), ''), e.created_at, \
    e.updated_at) AS line";

/// Some events of the timeline, in its order.
#[derive(Debug)]
pub enum Rows {
    /// As the record keeps them.
    Packed(PackedEvents),
    /// As events.
    Events(Vec<Event>),
}

impl Store {
    /// As [`Store::export_chunk`], with the rows packed where that can be.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn packed_chunk(
        &self,
        filter: &TimelineFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<(Rows, Option<Cursor>)> {
        if filter.as_of.is_none()
            && let Some((packed, next)) = self.pack(filter, after, limit).await?
        {
            return Ok((Rows::Packed(packed), next));
        }
        let (events, next) = self.export_chunk(filter, after, limit).await?;
        Ok((Rows::Events(events), next))
    }

    /// `None` where the rows cannot be packed.
    async fn pack(
        &self,
        filter: &TimelineFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Option<(PackedEvents, Option<Cursor>)>> {
        let replica = self.db().replica();
        let begin = match self.engine() {
            Engine::Sqlite => {
                "SELECT COALESCE(group_concat(line, $2), '') AS lines, count(*) AS n FROM ("
            }
            Engine::Postgres => {
                "SELECT COALESCE(string_agg(line, $2), '') AS lines, count(*) AS n FROM ("
            }
        };
        let query = on("events", begin).bind("\u{1f}").bind("\u{1e}");
        let walk = Walk::After(after.map(|cursor| cursor.0));
        let size = i64::from(limit.max(1));
        let Some(query) = self.scans(query, filter, walk, PACKED, size).await? else {
            return Ok(PackedEvents::read(String::new(), 0).map(|none| (none, None)));
        };
        let row = replica.fetch_one(query.piece(") AS packed")).await?;
        let count = row.int("n")?;
        let read = usize::try_from(count)
            .ok()
            .and_then(|rows| PackedEvents::read(row.text("lines").ok()?, rows));
        let Some(packed) = read else {
            return Ok(None);
        };
        // neither engine promises the order in which an aggregate takes what a subquery has put in order
        let keys = walk.keys(filter.sort);
        let mut before = match filter.sort {
            Sort::Oldest => keys.above.unwrap_or(i64::MIN),
            Sort::Newest => keys.below.unwrap_or(i64::MAX),
        };
        for key in packed.sort_keys() {
            let Some(key) = key else { return Ok(None) };
            let follows = match filter.sort {
                Sort::Oldest => key > before,
                Sort::Newest => key < before,
            };
            if !follows {
                return Ok(None);
            }
            before = key;
        }
        let next = (count == size).then_some(Cursor(before));
        Ok(Some((packed, next)))
    }
}

#[cfg(test)]
mod tests {
    use super::PACKED;
    use crate::domain::packed::Field;

    #[test]
    fn the_row_is_packed_in_the_order_in_which_it_is_read() {
        let packed = PACKED
            .split_once("concat_ws($1, ")
            .and_then(|(_, rest)| rest.strip_suffix(") AS line"))
            .unwrap()
            .replace("COALESCE(", "")
            .replace("CAST(", "")
            .replace(" AS TEXT)", "")
            .replace(", '')", "");
        let columns: Vec<&str> = packed
            .split(", ")
            .map(|column| column.trim().trim_start_matches("e."))
            .collect();
        let fields: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
        assert_eq!(columns, fields);
    }
}
