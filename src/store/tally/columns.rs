//! The record in memory, a slot for each event: numbers in columns, parties and publishers as bitmaps of slots.
//!
//! A changed event gets a new slot and its old one dies; who holds the columns rebuilds them once many have.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use roaring::RoaringBitmap;

use super::super::event_row::{id_of_key, month};
use crate::domain::{event::Event, id::EventId};

/// Bits of a packed number below the month: four of the kind, two of the modality.
const KIND_AND_MODALITY: u32 = 64;

/// What is counted by of one event of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) sort_key: i64,
    pub(super) kind: i64,
    pub(super) modality: i64,
    pub(super) month: i64,
    pub(super) day_first: i64,
    pub(super) day_last: i64,
    /// Row numbers of parties.
    pub(super) actors: Vec<i64>,
    pub(super) targets: Vec<i64>,
    /// Folded names.
    pub(super) publishers: Vec<String>,
    /// Microseconds.
    pub(super) updated_at: i64,
}

/// A filter by party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    /// Any of these row numbers.
    pub(super) parties: Vec<i64>,
    pub(super) acts: bool,
    pub(super) is_acted_upon: bool,
}

/// A filter with its names looked up and its words found.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// Numbers of kinds; empty for all.
    pub(super) kinds: Vec<i64>,
    /// Numbers of modalities; empty for all.
    pub(super) modalities: Vec<i64>,
    pub(super) sides: Vec<Side>,
    /// Folded names; any of these.
    pub(super) publishers: Option<Vec<String>>,
    /// The first and the last day.
    pub(super) days: Option<(i64, i64)>,
    /// Changed then or later, in microseconds.
    pub(super) changed_since: Option<i64>,
    /// Slots that must be there: one bitmap a term.
    pub(super) with: Vec<Arc<RoaringBitmap>>,
    pub(super) without: Vec<Arc<RoaringBitmap>>,
    /// Events that do not count.
    pub(super) except: Vec<EventId>,
}

/// How many events a filter finds, and its facets: each by all filters but its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Tallies {
    /// All filters.
    pub(in super::super) total: i64,
    /// By the kind's number; every filter but that of kinds.
    pub(in super::super) kinds: [i64; 16],
    /// By the modality's number; every filter but that of modalities.
    pub(in super::super) modalities: [i64; 4],
    /// By month and the kind's number; every filter but the days.
    pub(in super::super) months: BTreeMap<(i64, i64), i64>,
}

impl Tallies {
    /// Counts one more event, with what holds of it: the filter of kinds, that of modalities, that of days.
    pub(in super::super) fn add(
        &mut self,
        event: &Event,
        [of_kinds, of_modalities, of_days]: [bool; 3],
    ) {
        let (kind, modality) = (event.content.kind.code(), event.content.modality.code());
        if of_modalities
            && of_days
            && let Some(count) = usize::try_from(kind)
                .ok()
                .and_then(|kind| self.kinds.get_mut(kind))
        {
            *count += 1;
        }
        if of_kinds
            && of_days
            && let Some(count) = usize::try_from(modality)
                .ok()
                .and_then(|modality| self.modalities.get_mut(modality))
        {
            *count += 1;
        }
        if of_kinds && of_modalities {
            *self
                .months
                .entry((month(&event.content.date), kind))
                .or_default() += 1;
            self.total += i64::from(of_days);
        }
    }
}

/// The events of the timeline, in columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    keys: Vec<i64>,
    packed: Vec<u32>,
    days: Vec<(i32, i32)>,
    updated_at: Vec<i64>,
    alive: RoaringBitmap,
    actors: HashMap<i64, RoaringBitmap>,
    targets: HashMap<i64, RoaringBitmap>,
    publishers: HashMap<String, RoaringBitmap>,
    /// The month of each index that packed numbers hold, and back.
    months: Vec<i64>,
    month_places: HashMap<i64, u32>,
    /// How many living events have each packed number.
    all: Vec<u32>,
    is_settled: bool,
    /// Slots below it were put in together, in the order of their keys.
    sorted: usize,
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
        let packed = place * KIND_AND_MODALITY
            + (u32::try_from(event.kind).unwrap_or(0) & 15) * 4
            + (u32::try_from(event.modality).unwrap_or(0) & 3);
        self.all
            .resize(self.months.len() * KIND_AND_MODALITY as usize, 0);
        if let Some(count) = self.all.get_mut(packed as usize) {
            *count += 1;
        }
        self.keys.push(event.sort_key);
        self.packed.push(packed);
        self.days.push((day(event.day_first), day(event.day_last)));
        self.updated_at.push(event.updated_at);
        self.alive.insert(slot);
        for party in event.actors {
            self.actors.entry(party).or_default().insert(slot);
        }
        for party in event.targets {
            self.targets.entry(party).or_default().insert(slot);
        }
        for publisher in event.publishers {
            self.publishers.entry(publisher).or_default().insert(slot);
        }
        if self.is_settled {
            self.later.insert(id_of(event.sort_key), slot);
        }
    }

    /// Ends the filling: from now on events are found by id, and changed.
    pub(super) fn settle(&mut self) {
        self.is_settled = true;
        self.sorted = self.keys.len();
        self.by_id = (0..u32::try_from(self.sorted).unwrap_or(u32::MAX)).collect();
        let keys = &self.keys;
        self.by_id
            .sort_unstable_by_key(|slot| keys.get(*slot as usize).map_or(0, |key| id_of(*key)));
    }

    /// Takes an event out, where it is in.
    pub(super) fn remove(&mut self, id: EventId) {
        let Some(slot) = self.slot_of(id) else {
            return;
        };
        if self.alive.remove(slot)
            && let Some(packed) = self.packed.get(slot as usize)
            && let Some(count) = self.all.get_mut(*packed as usize)
        {
            *count -= 1;
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

    /// How many living events rest on each publisher, by folded name.
    pub(super) fn publishers(&self) -> HashMap<String, i64> {
        self.publishers
            .iter()
            .map(|(name, slots)| (name.clone(), count(slots.intersection_len(&self.alive))))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// Counts what a filter finds.
    pub(super) fn tally(&self, wanted: &Wanted) -> Tallies {
        let found = self.found(wanted);
        let joint;
        let joint: &[u32] = match &found {
            None => &self.all,
            Some(found) => {
                joint = self.joint(found);
                &joint
            }
        };
        let mut tallies = Tallies::default();
        let kinds = mask(&wanted.kinds);
        let modalities = mask(&wanted.modalities);
        let mut small = [0_i64; KIND_AND_MODALITY as usize];
        for (month, counts) in self
            .months
            .iter()
            .zip(joint.chunks(KIND_AND_MODALITY as usize))
        {
            for (packed, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let (kind, modality) = (packed / 4, packed % 4);
                if holds(kinds, kind) && holds(modalities, modality) {
                    *tallies
                        .months
                        .entry((*month, i64::try_from(kind).unwrap_or(0)))
                        .or_default() += i64::from(*count);
                }
                small[packed & 63] += i64::from(*count);
            }
        }
        if let Some(days) = wanted.days {
            small = self.within(found.as_ref().unwrap_or(&self.alive), days);
        }
        for (packed, count) in small.into_iter().enumerate() {
            let (kind, modality) = (packed / 4, packed % 4);
            if holds(modalities, modality) {
                tallies.kinds[kind & 15] += count;
            }
            if holds(kinds, kind) {
                tallies.modalities[modality & 3] += count;
            }
            if holds(kinds, kind) && holds(modalities, modality) {
                tallies.total += count;
            }
        }
        tallies
    }

    /// The living slots that parties, publishers and words leave; `None` for all.
    fn found(&self, wanted: &Wanted) -> Option<RoaringBitmap> {
        let mut found: Option<RoaringBitmap> = None;
        let mut narrow = |by: RoaringBitmap| {
            found = Some(match found.take() {
                None => by,
                Some(found) => found & by,
            });
        };
        for side in &wanted.sides {
            let mut any = RoaringBitmap::new();
            for party in &side.parties {
                for (counts, slots) in [
                    (side.acts, &self.actors),
                    (side.is_acted_upon, &self.targets),
                ] {
                    if counts && let Some(slots) = slots.get(party) {
                        any |= slots;
                    }
                }
            }
            narrow(any);
        }
        if let Some(publishers) = &wanted.publishers {
            let mut any = RoaringBitmap::new();
            for slots in publishers
                .iter()
                .filter_map(|name| self.publishers.get(name))
            {
                any |= slots;
            }
            narrow(any);
        }
        for term in &wanted.with {
            narrow(term.as_ref().clone());
        }
        let is_narrowed = found.is_some();
        if !is_narrowed
            && wanted.without.is_empty()
            && wanted.except.is_empty()
            && wanted.changed_since.is_none()
        {
            return None;
        }
        let mut found = found.unwrap_or_else(|| self.alive.clone());
        for term in &wanted.without {
            found -= term.as_ref();
        }
        for id in &wanted.except {
            if let Some(slot) = self.slot_of(*id) {
                found.remove(slot);
            }
        }
        if is_narrowed && self.dead() > 0 {
            found &= &self.alive;
        }
        if let Some(since) = wanted.changed_since {
            found = found
                .into_iter()
                .filter(|slot| {
                    self.updated_at
                        .get(*slot as usize)
                        .is_some_and(|at| *at >= since)
                })
                .collect();
        }
        Some(found)
    }

    /// How many of these slots have each packed number.
    fn joint(&self, found: &RoaringBitmap) -> Vec<u32> {
        let mut joint = vec![0; self.all.len()];
        for slot in found {
            if let Some(packed) = self.packed.get(slot as usize)
                && let Some(count) = joint.get_mut(*packed as usize)
            {
                *count += 1;
            }
        }
        joint
    }

    /// By kind and modality, how many of these slots overlap a range of days.
    fn within(&self, found: &RoaringBitmap, (first, last): (i64, i64)) -> [i64; 64] {
        let (first, last) = (day(first), day(last));
        let mut counts = [0; KIND_AND_MODALITY as usize];
        for slot in found {
            let slot = slot as usize;
            if let (Some(days), Some(packed)) = (self.days.get(slot), self.packed.get(slot))
                && days.0 <= last
                && days.1 >= first
            {
                counts[(*packed % KIND_AND_MODALITY) as usize] += 1;
            }
        }
        counts
    }
}

fn id_of(key: i64) -> i64 {
    id_of_key(key).map_or(0, EventId::counter)
}

fn day(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

/// A bit for each number; all bits where there are none.
fn mask(numbers: &[i64]) -> u32 {
    if numbers.is_empty() {
        return u32::MAX;
    }
    numbers
        .iter()
        .fold(0, |mask, number| mask | 1 << (number & 31))
}

const fn holds(mask: u32, number: usize) -> bool {
    mask >> (number & 31) & 1 == 1
}

fn length(slots: &RoaringBitmap) -> i64 {
    count(slots.len())
}

fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
