//! What parties, publishers and words leave of the record, and what kinds, modalities and days then find of it.
//!
//! The first is worked out once and kept until the record changes; counts by month make the second quick: of a range of days
//! only the months at its ends and the events longer than a day are looked at one by one.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Datelike, NaiveDate};
use roaring::RoaringBitmap;

use super::{
    super::{
        event_row::{OPEN_FIRST, OPEN_LAST, month},
        row::day_of_number,
        selection::Keys,
    },
    columns::{Columns, KIND_AND_MODALITY, day},
};
use crate::domain::{
    event::{Event, sort_key_of_day},
    filter::Sort,
    id::EventId,
    search::SearchTerm,
};

/// So many are kept, each of at most 600 kB for a million events.
const MOST: usize = 32;

/// A filter by party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    /// Any of these row numbers.
    pub(super) parties: Vec<i64>,
    pub(super) acts: bool,
    pub(super) is_acted_upon: bool,
}

/// The filters that are not facets, with their names looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Narrowing {
    pub(super) sides: Vec<Side>,
    /// Folded names; any of these.
    pub(super) publishers: Option<Vec<String>>,
    pub(super) terms: Vec<SearchTerm>,
    /// Microseconds.
    pub(super) changed_since: Option<i64>,
    /// Events that do not count.
    pub(super) except: Vec<EventId>,
}

/// The filters that are facets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facetted {
    /// Numbers of kinds; empty for all.
    pub(super) kinds: Vec<i64>,
    /// Numbers of modalities; empty for all.
    pub(super) modalities: Vec<i64>,
    /// The first and the last day.
    pub(super) days: Option<(i64, i64)>,
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
    /// Month, the kind's number and the count, in that order; every filter but the days.
    pub(in super::super) months: Vec<(i64, i64, i64)>,
}

impl Tallies {
    /// Counts one more event, with what holds of it: the filter of kinds, that of modalities, that of days.
    pub(in super::super) fn add(
        &mut self,
        event: &Event,
        [of_kinds, of_modalities, of_days]: [bool; 3],
    ) {
        let (kind, modality) = (event.content.kind.code(), event.content.modality.code());
        let place = |code: i64| usize::try_from(code).unwrap_or(0);
        if of_modalities && of_days {
            self.kinds[place(kind) & 15] += 1;
        }
        if of_kinds && of_days {
            self.modalities[place(modality) & 3] += 1;
        }
        if of_kinds && of_modalities {
            let month = month(&event.content.date);
            let known = self
                .months
                .binary_search_by_key(&(month, kind), |(month, kind, _)| (*month, *kind));
            match known {
                Ok(place) => {
                    if let Some((_, _, count)) = self.months.get_mut(place) {
                        *count += 1;
                    }
                }
                Err(place) => self.months.insert(place, (month, kind, 1)),
            }
            self.total += i64::from(of_days);
        }
    }
}

/// The events that a narrowing leaves.
#[derive(Debug)]
pub(super) struct Base {
    /// Their living slots.
    found: RoaringBitmap,
    /// Those of them whose days must be looked at one by one.
    checked: RoaringBitmap,
    /// How many have each packed number.
    joint: Vec<u32>,
    /// As `joint`, of those that are not checked.
    of_a_day: Vec<u32>,
}

impl Base {
    /// What is left; `words` has the slots of the narrowing's terms, each with whether it must stand there.
    pub(super) fn new(
        columns: &Columns,
        narrowing: &Narrowing,
        words: &[(Arc<RoaringBitmap>, bool)],
    ) -> Self {
        let found = found(columns, narrowing, words);
        let checked = &found & &columns.checked;
        let mut joint = vec![0; columns.months.len() * KIND_AND_MODALITY as usize];
        for slot in &found {
            if let Some(packed) = columns.packed.get(slot as usize)
                && let Some(count) = joint.get_mut(*packed as usize)
            {
                *count += 1;
            }
        }
        let mut of_a_day = joint.clone();
        for slot in &checked {
            if let Some(packed) = columns.packed.get(slot as usize)
                && let Some(count) = of_a_day.get_mut(*packed as usize)
            {
                *count -= 1;
            }
        }
        Self {
            found,
            checked,
            joint,
            of_a_day,
        }
    }

    /// Counts what the facets' filters find.
    pub(super) fn tally(&self, columns: &Columns, wanted: &Facetted) -> Tallies {
        let mut tallies = Tallies::default();
        let (kinds, modalities) = (mask(&wanted.kinds), mask(&wanted.modalities));
        let mut places: Vec<_> = columns
            .months
            .iter()
            .zip(self.joint.chunks(KIND_AND_MODALITY as usize))
            .collect();
        places.sort_unstable_by_key(|(month, _)| **month);
        let mut counts = [0_i64; KIND_AND_MODALITY as usize];
        for (month, joint) in places {
            let mut of_kinds = [0_i64; 16];
            for (packed, count) in joint.iter().enumerate().filter(|(_, count)| **count > 0) {
                let (kind, modality) = (packed / 4, packed % 4);
                if holds(kinds, kind) && holds(modalities, modality) {
                    of_kinds[kind & 15] += i64::from(*count);
                }
                counts[packed & 63] += i64::from(*count);
            }
            tallies.months.extend(
                (0..)
                    .zip(of_kinds)
                    .filter(|(_, count)| *count > 0)
                    .map(|(kind, count)| (*month, kind, count)),
            );
        }
        if let Some(range) = wanted.days {
            counts = self.within(columns, range);
        }
        for (packed, count) in counts.into_iter().enumerate() {
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

    /// By kind and modality, how many overlap a range of days.
    fn within(&self, columns: &Columns, (first, last): (i64, i64)) -> [i64; 64] {
        let mut counts = [0; KIND_AND_MODALITY as usize];
        let mut count = |slot: u32| {
            if let Some(packed) = columns.packed.get(slot as usize) {
                counts[(*packed % KIND_AND_MODALITY) as usize] += 1;
            }
        };
        let overlaps = overlapping(columns, (first, last));
        self.checked
            .iter()
            .filter(|slot| overlaps(*slot))
            .for_each(&mut count);
        let (from, to) = (month_of(first), month_of(last));
        let mut ends = vec![from, to];
        ends.dedup();
        for month in ends {
            if columns.month_places.contains_key(&month) {
                let (begin, end) = slots_of_month(columns, month);
                self.found
                    .range(begin..end)
                    .filter(|slot| is_of_a_day(columns, *slot) && overlaps(*slot))
                    .for_each(&mut count);
            }
        }
        for (month, joint) in columns
            .months
            .iter()
            .zip(self.of_a_day.chunks(KIND_AND_MODALITY as usize))
        {
            if *month > from && *month < to {
                for (count, more) in counts.iter_mut().zip(joint) {
                    *count += i64::from(*more);
                }
            }
        }
        counts
    }

    /// The sort keys of the first events between two keys, at most `limit`, in the order asked for.
    pub(super) fn keys(
        &self,
        columns: &Columns,
        wanted: &Facetted,
        between: Keys,
        sort: Sort,
        limit: usize,
    ) -> Vec<i64> {
        let mut found = self.found.clone();
        for (numbers, slots) in [
            (&wanted.kinds, columns.kinds.as_slice()),
            (&wanted.modalities, columns.modalities.as_slice()),
        ] {
            if !numbers.is_empty() {
                let mut any = RoaringBitmap::new();
                for number in numbers {
                    if let Some(slots) = usize::try_from(*number).ok().and_then(|at| slots.get(at))
                    {
                        any |= slots;
                    }
                }
                found &= any;
            }
        }
        let sorted = columns.keys.get(..columns.sorted).unwrap_or_default();
        let begin = between
            .above
            .map_or(0, |above| sorted.partition_point(|key| *key <= above));
        let end = between.below.map_or(sorted.len(), |below| {
            sorted.partition_point(|key| *key < below)
        });
        let first =
            |slots: &RoaringBitmap, (begin, end): (usize, usize), holds: &dyn Fn(u32) -> bool| {
                let slots = slots.range(place(begin)..place(end.max(begin)));
                let keys = |slot: u32| columns.keys.get(slot as usize).copied();
                match sort {
                    Sort::Newest => {
                        let slots = slots.rev().filter(|slot| holds(*slot));
                        slots.take(limit).filter_map(keys).collect::<Vec<_>>()
                    }
                    Sort::Oldest => {
                        let slots = slots.filter(|slot| holds(*slot));
                        slots.take(limit).filter_map(keys).collect()
                    }
                }
            };
        let overlaps = wanted.days.map(|range| overlapping(columns, range));
        let mut keys = match (wanted.days, &overlaps) {
            (Some((from, to)), Some(overlaps)) => {
                let start = day_of_number(from).filter(|_| from > OPEN_FIRST);
                let stop = day_of_number(to)
                    .filter(|_| to < OPEN_LAST)
                    .and_then(|day| day.succ_opt());
                let start = start.map_or(0, |day| before_day(sorted, day));
                let stop = stop.map_or(sorted.len(), |day| before_day(sorted, day));
                let mut keys = first(&found, (begin.max(start), end.min(stop)), &|slot| {
                    is_of_a_day(columns, slot)
                });
                let checked = &found & &columns.checked;
                keys.extend(first(&checked, (begin, end), overlaps));
                keys
            }
            _ => first(&found, (begin, end), &|_| true),
        };
        keys.extend(
            found
                .range(place(columns.sorted)..)
                .filter(|slot| overlaps.as_ref().is_none_or(|overlaps| overlaps(*slot)))
                .filter_map(|slot| columns.keys.get(slot as usize).copied())
                .filter(|key| between.hold(*key)),
        );
        keys.sort_unstable();
        if sort == Sort::Newest {
            keys.reverse();
        }
        keys.truncate(limit);
        keys
    }
}

/// The living slots that a narrowing leaves.
fn found(
    columns: &Columns,
    narrowing: &Narrowing,
    words: &[(Arc<RoaringBitmap>, bool)],
) -> RoaringBitmap {
    let mut found = columns.alive.clone();
    for side in &narrowing.sides {
        let mut any = RoaringBitmap::new();
        for party in &side.parties {
            for (counts, slots) in [
                (side.acts, &columns.actors),
                (side.is_acted_upon, &columns.targets),
            ] {
                if counts && let Some(slots) = slots.get(party) {
                    any |= slots;
                }
            }
        }
        found &= any;
    }
    if let Some(publishers) = &narrowing.publishers {
        let mut any = RoaringBitmap::new();
        for slots in publishers
            .iter()
            .filter_map(|name| columns.published_by(name))
        {
            any |= slots;
        }
        found &= any;
    }
    for (slots, must_stand) in words {
        if *must_stand {
            found &= slots.as_ref();
        } else {
            found -= slots.as_ref();
        }
    }
    for id in &narrowing.except {
        if let Some(slot) = columns.slot_of(*id) {
            found.remove(slot);
        }
    }
    if let Some(since) = narrowing.changed_since {
        found = found
            .into_iter()
            .filter(|slot| {
                columns
                    .updated_at
                    .get(*slot as usize)
                    .is_some_and(|at| *at >= since)
            })
            .collect();
    }
    found
}

fn overlapping(columns: &Columns, (first, last): (i64, i64)) -> impl Fn(u32) -> bool + '_ {
    let (first, last) = (day(first), day(last));
    move |slot| {
        columns
            .days
            .get(slot as usize)
            .is_some_and(|days| days.0 <= last && days.1 >= first)
    }
}

fn is_of_a_day(columns: &Columns, slot: u32) -> bool {
    columns
        .days
        .get(slot as usize)
        .is_some_and(|days| days.0 == days.1)
}

/// The month of a day's number; an open side lies beyond every month.
fn month_of(number: i64) -> i64 {
    match day_of_number(number) {
        Some(day) if number > OPEN_FIRST && number < OPEN_LAST => {
            i64::from(day.year()) * 12 + i64::from(day.month0())
        }
        _ if number <= OPEN_FIRST => i64::MIN,
        _ => i64::MAX,
    }
}

/// The slots, of those in the order of their keys, whose events sort by a day of a month: the first, and the one after the last.
fn slots_of_month(columns: &Columns, month: i64) -> (u32, u32) {
    let sorted = columns.keys.get(..columns.sorted).unwrap_or_default();
    let begin_of = |month: i64| {
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        NaiveDate::from_ymd_opt(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)
    };
    let begin = begin_of(month).map_or(0, |day| before_day(sorted, day));
    let end = begin_of(month + 1).map_or(sorted.len(), |day| before_day(sorted, day));
    (place(begin), place(end))
}

/// How many of the keys lie before a day.
fn before_day(sorted: &[i64], day: NaiveDate) -> usize {
    let least = sort_key_of_day(day);
    sorted.partition_point(|key| *key < least)
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
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

/// Recent narrowings, the latest last.
#[derive(Debug, Default)]
pub(super) struct Bases(Mutex<Vec<(Narrowing, Arc<Base>)>>);

impl Bases {
    /// What a narrowing left when it was last asked for.
    pub(super) fn get(&self, narrowing: &Narrowing) -> Option<Arc<Base>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == narrowing)?;
        let found = kept.remove(place);
        let base = found.1.clone();
        kept.push(found);
        Some(base)
    }

    /// Keeps what a narrowing leaves; the one unused for longest goes.
    pub(super) fn keep(&self, narrowing: Narrowing, base: Base) -> Arc<Base> {
        let base = Arc::new(base);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != narrowing);
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push((narrowing, base.clone()));
        base
    }
}
