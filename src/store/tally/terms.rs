//! The slots in which the terms of recent searches stand.

use std::sync::{Arc, Mutex, PoisonError};

use roaring::RoaringBitmap;

use super::super::search;
use crate::domain::{
    event::Event,
    register::PartyRegister,
    search::{SearchQuery, SearchTerm},
};

/// So many terms are kept. A bitmap of a million slots takes at most 125 kB.
const MOST: usize = 64;

/// Recent terms, the latest last.
#[derive(Debug, Default)]
pub(super) struct Terms(Mutex<Vec<(SearchTerm, Arc<RoaringBitmap>)>>);

impl Terms {
    /// The slots of a term that was asked for before.
    pub(super) fn get(&self, term: &SearchTerm) -> Option<Arc<RoaringBitmap>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == term)?;
        let found = kept.remove(place);
        let slots = found.1.clone();
        kept.push(found);
        Some(slots)
    }

    /// Keeps the slots of a term; the one unused for longest goes.
    pub(super) fn keep(&self, term: SearchTerm, slots: RoaringBitmap) -> Arc<RoaringBitmap> {
        let slots = Arc::new(slots);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != term);
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push((term, slots.clone()));
        slots
    }

    /// Puts a new slot into every term that stands in its event.
    pub(super) fn add(&mut self, slot: u32, event: &Event, register: &PartyRegister) {
        let kept = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        for (term, slots) in kept {
            let query = SearchQuery {
                terms: vec![term.clone()],
            };
            if query.matches_fields(search::fields(event, register)) {
                Arc::make_mut(slots).insert(slot);
            }
        }
    }
}
