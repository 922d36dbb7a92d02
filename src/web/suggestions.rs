//! What the filter's fields suggest: parties and publishers that events name, the most frequent first.
//!
//! Counting them reads much of a large record, so the answer is kept for a minute and an old one serves while a new one
//! is being counted. Nothing depends on it: a name that is not suggested can be typed.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::store::{Store, StoreError};

/// How long an answer is fresh.
const FRESH: Duration = Duration::from_mins(1);
/// The most of each that are suggested.
const MOST: usize = 200;

/// Parties by code and name, publishers by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// Codes and names.
    pub parties: Vec<(String, String)>,
    /// Names.
    pub publishers: Vec<String>,
}

impl Suggestions {
    async fn count(store: &Store) -> Result<Self, StoreError> {
        let (register, parties, publishers) = tokio::try_join!(
            store.register(),
            store.party_counts(),
            store.publishers_in_use(),
        )?;
        Ok(Self {
            parties: parties
                .into_iter()
                .take(MOST)
                .map(|(code, _)| {
                    let name = register.name(&code).to_owned();
                    (code.to_string(), name)
                })
                .collect(),
            publishers: publishers
                .into_iter()
                .take(MOST)
                .map(|(name, _)| name)
                .collect(),
        })
    }
}

#[derive(Debug, Clone)]
struct Kept {
    suggestions: Arc<Suggestions>,
    at: Instant,
}

/// Keeps the latest answer. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct SuggestionCache(Arc<Mutex<Option<Kept>>>);

impl SuggestionCache {
    /// What to suggest now.
    ///
    /// # Errors
    /// What the store says, where there is no answer yet.
    pub async fn get(&self, store: &Store) -> Result<Arc<Suggestions>, StoreError> {
        let kept = self.read();
        let Some(kept) = kept else {
            return self.renew(store).await;
        };
        if kept.at.elapsed() > FRESH {
            // the old answer counts as fresh meanwhile, so that one renewal runs at a time
            self.write(Arc::clone(&kept.suggestions));
            let (cache, store) = (self.clone(), store.clone());
            actix_web::rt::spawn(async move {
                if let Err(error) = cache.renew(&store).await {
                    tracing::warn!(%error, "suggestions could not be renewed");
                }
            });
        }
        Ok(kept.suggestions)
    }

    async fn renew(&self, store: &Store) -> Result<Arc<Suggestions>, StoreError> {
        let suggestions = Arc::new(Suggestions::count(store).await?);
        self.write(Arc::clone(&suggestions));
        Ok(suggestions)
    }

    fn read(&self) -> Option<Kept> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone()
    }

    fn write(&self, suggestions: Arc<Suggestions>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(Kept {
            suggestions,
            at: Instant::now(),
        });
    }
}
