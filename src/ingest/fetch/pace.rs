//! When a host may be asked next: requests to one host keep a gap between them, whoever makes them in this process.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Hosts that are kept in mind.
const MOST_HOSTS: usize = 10_000;

/// The next free moment of each host.
#[derive(Debug, Default)]
pub struct Pace(Mutex<HashMap<String, Instant>>);

impl Pace {
    /// Waits for the host's next free moment and takes it.
    pub async fn wait(&self, host: &str, gap: Duration) {
        if !gap.is_zero() {
            tokio::time::sleep_until(self.take(host, gap)).await;
        }
    }

    fn take(&self, host: &str, gap: Duration) -> Instant {
        let now = Instant::now();
        let mut next = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if next.len() >= MOST_HOSTS {
            next.retain(|_, at| *at > now);
        }
        let at = next.get(host).copied().map_or(now, |at| at.max(now));
        next.insert(host.to_owned(), at + gap);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_is_asked_with_gaps_and_others_beside_it() {
        let pace = Pace::default();
        let gap = Duration::from_secs(10);
        let first = pace.take("a.example", gap);
        assert_eq!(pace.take("a.example", gap), first + gap);
        assert_eq!(pace.take("a.example", gap), first + 2 * gap);
        assert!(pace.take("b.example", gap) < first + gap);
    }
}
