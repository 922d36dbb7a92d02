//! The one place that knows what time it is.

#![expect(
    clippy::disallowed_types,
    reason = "the newtype that the ban points to"
)]

use std::{fmt, str::FromStr, sync::Arc};

use chrono::{NaiveDate, SecondsFormat, Utc};

/// An instant, kept to the microsecond in UTC. Event dates are never instants: see [`super::edtf`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::disallowed_types,
    reason = "the newtype that the ban points to"
)]
pub struct Timestamp(chrono::DateTime<Utc>);

impl Timestamp {
    /// The instant so many microseconds after 1970, if it lies in chrono's range.
    pub fn from_micros(micros: i64) -> Option<Self> {
        chrono::DateTime::from_timestamp_micros(micros).map(Self)
    }

    /// Microseconds since 1970, the form that the database keeps.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The civil day in UTC.
    pub fn utc_day(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// The civil day and time in UTC.
    pub fn utc(self) -> chrono::NaiveDateTime {
        self.0.naive_utc()
    }

    /// The instant so many seconds later (earlier if negative); stays put at the range's ends.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        chrono::TimeDelta::try_seconds(seconds)
            .and_then(|delta| self.0.checked_add_signed(delta))
            .map_or(self, Self)
    }

    /// Formats by a strftime pattern, in UTC.
    pub fn strftime(self, pattern: &str) -> String {
        self.0.format(pattern).to_string()
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC: `2024-09-10T14:05:06Z`, with microseconds where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A text that is no instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an RFC 3339 instant such as 2024-09-10T14:05:06Z, but found “{0}”")]
pub struct BadTimestamp(pub String);

impl FromStr for Timestamp {
    type Err = BadTimestamp;

    fn from_str(text: &str) -> Result<Self, BadTimestamp> {
        chrono::DateTime::parse_from_rfc3339(text.trim())
            .ok()
            .and_then(|instant| Self::from_micros(instant.timestamp_micros()))
            .ok_or_else(|| BadTimestamp(text.to_owned()))
    }
}

/// Tells the time. Handed to whatever needs it, so that tests can hold it still.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one clock that the ban points to"
    )]
    pub fn system() -> Self {
        Self(Arc::new(|| {
            Timestamp::from_micros(Utc::now().timestamp_micros()).unwrap_or(Timestamp(Utc::now()))
        }))
    }

    /// A clock that stands still at an instant.
    pub fn fixed(at: Timestamp) -> Self {
        Self(Arc::new(move || at))
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }

    /// The present civil day in UTC.
    pub fn today(&self) -> NaiveDate {
        self.now().utc_day()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_read_back_in_utc() {
        let instant: Timestamp = "2024-09-10T16:05:06+02:00".parse().unwrap();
        assert_eq!(instant.to_string(), "2024-09-10T14:05:06Z");
        assert_eq!(Timestamp::from_micros(instant.micros()), Some(instant));
        assert_eq!(Clock::fixed(instant).today().to_string(), "2024-09-10");
    }

    #[test]
    fn a_bare_day_is_no_instant() {
        assert_eq!(
            "2024-09-10".parse::<Timestamp>().unwrap_err().to_string(),
            "expected an RFC 3339 instant such as 2024-09-10T14:05:06Z, but found “2024-09-10”"
        );
    }
}
