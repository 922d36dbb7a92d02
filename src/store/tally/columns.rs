//! The record in memory, a slot for each event: numbers in columns; kinds, modalities, parties and publishers as bitmaps of
//! slots.
//!
//! A changed event gets a new slot and its old one dies; who holds the columns fills them anew once many have.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::super::event_row::id_of_key;
use crate::domain::{fold::fold, id::EventId};

/// Bits of a packed number below the month: four of the kind, two of the modality.
pub(super) const KIND_AND_MODALITY: u32 = 64;

/// What is counted by of one event of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) sort_key: i64,
    pub(super) kind: i64,
    pub(super) modality: i64,
    pub(super) month: i64,
    pub(super) day_first: i64,
    pub(super) day_last: i64,
    /// Microseconds.
    pub(super) updated_at: i64,
    /// Row numbers of parties.
    pub(super) actors: Vec<i64>,
    pub(super) targets: Vec<i64>,
    /// Names as the sources have them; none empty.
    pub(super) publishers: Vec<String>,
}

/// A publisher's events.
#[derive(Debug, Default)]
struct Published {
    /// The first of its names in the order of the alphabet.
    name: String,
    slots: RoaringBitmap,
}

/// The events of the timeline, in columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) keys: Vec<i64>,
    /// Month, kind and modality in one number.
    pub(super) packed: Vec<u32>,
    /// The first and the last possible day.
    pub(super) days: Vec<(i32, i32)>,
    pub(super) updated_at: Vec<i64>,
    pub(super) alive: RoaringBitmap,
    /// Slots whose days must be looked at one by one: longer than a day, or put in after the others.
    pub(super) checked: RoaringBitmap,
    pub(super) kinds: [RoaringBitmap; 16],
    pub(super) modalities: [RoaringBitmap; 4],
    pub(super) actors: HashMap<i64, RoaringBitmap>,
    pub(super) targets: HashMap<i64, RoaringBitmap>,
    /// By folded name.
    publishers: HashMap<String, Published>,
    folded: HashMap<String, String>,
    /// The month of each place that packed numbers hold, and back.
    pub(super) months: Vec<i64>,
    pub(super) month_places: HashMap<i64, u32>,
    is_settled: bool,
    /// Slots below it were put in together, in the order of their keys.
    pub(super) sorted: usize,
    /// These slots, by their events' ids.
    by_id: Vec<u32>,
    /// Slots put in since, by id.
    later: HashMap<i64, u32>,
}

impl Columns {
    /// Puts an event in; before [`Columns::settle`] in the order of sort keys.
    pub(super) fn push(&mut self, event: Counted) {
        let slot = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let months = &mut self.months;
        let place = *self.month_places.entry(event.month).or_insert_with(|| {
            months.push(event.month);
            u32::try_from(months.len() - 1).unwrap_or(u32::MAX / KIND_AND_MODALITY)
        });
        let kind = usize::try_from(event.kind).unwrap_or(0) & 15;
        let modality = usize::try_from(event.modality).unwrap_or(0) & 3;
        let packed = place * KIND_AND_MODALITY + u32::try_from(kind * 4 + modality).unwrap_or(0);
        self.keys.push(event.sort_key);
        self.packed.push(packed);
        self.days.push((day(event.day_first), day(event.day_last)));
        self.updated_at.push(event.updated_at);
        self.alive.insert(slot);
        if self.is_settled || event.day_first != event.day_last {
            self.checked.insert(slot);
        }
        self.kinds[kind].insert(slot);
        self.modalities[modality].insert(slot);
        for party in event.actors {
            self.actors.entry(party).or_default().insert(slot);
        }
        for party in event.targets {
            self.targets.entry(party).or_default().insert(slot);
        }
        for name in event.publishers {
            let folded = self
                .folded
                .entry(name.clone())
                .or_insert_with_key(|name| fold(name));
            if let Some(published) = self.publishers.get_mut(folded) {
                published.slots.insert(slot);
                if name < published.name {
                    published.name = name;
                }
            } else {
                let slots = RoaringBitmap::from([slot]);
                self.publishers
                    .insert(folded.clone(), Published { name, slots });
            }
        }
        if self.is_settled {
            self.later.insert(id_of(event.sort_key), slot);
        }
    }

    /// Ends the filling: from now on events are found by id, and changed.
    pub(super) fn settle(&mut self) {
        self.is_settled = true;
        self.sorted = self.keys.len();
        self.folded = HashMap::new();
        self.by_id = (0..u32::try_from(self.sorted).unwrap_or(u32::MAX)).collect();
        let keys = &self.keys;
        self.by_id
            .sort_unstable_by_key(|slot| keys.get(*slot as usize).map_or(0, |key| id_of(*key)));
    }

    /// Takes an event out, where it is in.
    pub(super) fn remove(&mut self, id: EventId) {
        if let Some(slot) = self.slot_of(id) {
            self.alive.remove(slot);
        }
    }

    /// How many slots there are, the dead ones too.
    pub(super) fn slots(&self) -> usize {
        self.keys.len()
    }

    /// How many slots are dead.
    pub(super) fn dead(&self) -> usize {
        self.keys.len() - usize::try_from(self.alive.len()).unwrap_or(0)
    }

    /// The living slots of sort keys; unknown ones are left out.
    pub(super) fn slots_of_keys(&self, keys: impl Iterator<Item = i64>) -> RoaringBitmap {
        let sorted = self.keys.get(..self.sorted).unwrap_or_default();
        keys.filter_map(|key| match sorted.binary_search(&key) {
            Ok(place) => u32::try_from(place)
                .ok()
                .filter(|slot| self.alive.contains(*slot))
                .or_else(|| self.later.get(&id_of(key)).copied()),
            Err(_) => self.later.get(&id_of(key)).copied(),
        })
        .collect()
    }

    /// The living slot of an event.
    pub(super) fn slot_of(&self, id: EventId) -> Option<u32> {
        let id = id.counter();
        let slot = match self.later.get(&id) {
            Some(slot) => Some(*slot),
            None => self
                .by_id
                .binary_search_by_key(&id, |slot| {
                    self.keys.get(*slot as usize).map_or(0, |key| id_of(*key))
                })
                .ok()
                .and_then(|place| self.by_id.get(place).copied()),
        };
        slot.filter(|slot| self.alive.contains(*slot))
    }

    /// How many living events name each party, by row number.
    pub(super) fn parties(&self) -> Vec<(i64, i64)> {
        let mut counts: Vec<(i64, i64)> = self
            .actors
            .iter()
            .map(|(party, acts)| {
                let mut named = acts & &self.alive;
                if let Some(acted_upon) = self.targets.get(party) {
                    named |= acted_upon & &self.alive;
                }
                (*party, length(&named))
            })
            .collect();
        counts.extend(
            self.targets
                .iter()
                .filter(|(party, _)| !self.actors.contains_key(party))
                .map(|(party, named)| (*party, count(named.intersection_len(&self.alive)))),
        );
        counts.retain(|(_, count)| *count > 0);
        counts
    }

    /// The slots of a publisher, by its folded name; dead ones too.
    pub(super) fn published_by(&self, folded: &str) -> Option<&RoaringBitmap> {
        self.publishers
            .get(folded)
            .map(|published| &published.slots)
    }

    /// How many living events rest on each publisher: folded name, name as written, count.
    pub(super) fn publishers(&self) -> Vec<(String, String, i64)> {
        self.publishers
            .iter()
            .map(|(folded, published)| {
                let events = count(published.slots.intersection_len(&self.alive));
                (folded.clone(), published.name.clone(), events)
            })
            .filter(|(_, _, events)| *events > 0)
            .collect()
    }
}

fn id_of(key: i64) -> i64 {
    id_of_key(key).map_or(0, EventId::counter)
}

/// A day's number, as the columns keep it.
pub(super) fn day(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

fn length(slots: &RoaringBitmap) -> i64 {
    count(slots.len())
}

fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
