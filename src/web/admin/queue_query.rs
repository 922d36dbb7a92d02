//! The queue's part of an address → which candidates are meant, and back: `feed`, `kind`, `least` (percent), `order`.
//!
//! It goes with the editor from the queue to the article and from one article to the next.

use std::fmt;

use crate::{
    domain::kind::Kind,
    store::review::{QueueFilter, QueueOrder},
    web::query::RawQuery,
};

/// The filter of the queue as an address has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct QueueQuery(pub QueueFilter);

impl QueueQuery {
    /// Reads the part of a query that is the queue's; what cannot be read is as if absent.
    pub fn of(query: &RawQuery) -> Self {
        let least: i64 = query.text("least").parse().unwrap_or(0);
        Self(QueueFilter {
            feed: query.text("feed").parse().ok(),
            kind: query.text("kind").parse::<Kind>().ok(),
            least: least.clamp(0, 100) * 10,
            order: match query.text("order") {
                "surest" => QueueOrder::Surest,
                _ => QueueOrder::Oldest,
            },
        })
    }

    /// Reads the text that a form carried along.
    pub fn carried(text: &str) -> Self {
        Self::of(&RawQuery::read(text))
    }

    /// The least confidence in percent.
    pub const fn least_percent(&self) -> i64 {
        self.0.least / 10
    }

    /// Whether anything but the order is set.
    pub const fn narrows(&self) -> bool {
        self.0.feed.is_some() || self.0.kind.is_some() || self.0.least > 0
    }

    /// Its pairs but the least confidence, for a form that has a field for that.
    pub fn pairs_but_least(&self) -> Vec<(String, String)> {
        RawQuery::read(&self.to_string())
            .0
            .into_iter()
            .filter(|(name, _)| name != "least")
            .collect()
    }

    /// An address with this query behind it, and with more pairs before it.
    pub fn address(&self, path: &str, more: &[(&str, String)]) -> String {
        let own = self.to_string();
        let mut pairs: Vec<String> = more
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !own.is_empty() {
            pairs.push(own);
        }
        if pairs.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", pairs.join("&"))
        }
    }
}

impl fmt::Display for QueueQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs = Vec::new();
        if let Some(feed) = self.0.feed {
            pairs.push(format!("feed={feed}"));
        }
        if let Some(kind) = self.0.kind {
            pairs.push(format!("kind={kind}"));
        }
        if self.0.least > 0 {
            pairs.push(format!("least={}", self.least_percent()));
        }
        if self.0.order == QueueOrder::Surest {
            pairs.push("order=surest".to_owned());
        }
        f.write_str(&pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_of_an_address_is_written_as_it_was_read() {
        let query = QueueQuery::carried("least=80&kind=warning&feed=3&order=surest&after=9");
        assert_eq!(query.0.least, 800);
        assert_eq!(
            query.to_string(),
            "feed=3&kind=warning&least=80&order=surest"
        );
        assert_eq!(
            query.address("/admin/review/5", &[("open", "2".to_owned())]),
            "/admin/review/5?open=2&feed=3&kind=warning&least=80&order=surest"
        );
    }

    #[test]
    fn what_cannot_be_read_is_as_if_absent() {
        let query = QueueQuery::carried("least=lots&kind=gossip&feed=x&order=random");
        assert_eq!(query, QueueQuery::default());
        assert!(!query.narrows());
        assert_eq!(query.address("/admin/review", &[]), "/admin/review");
    }
}
