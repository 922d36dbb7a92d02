//! What can go wrong with the record. The causes are for the log; the wording for visitors is left to `web::error`.

use super::review::CandidateState;
use crate::domain::event::Event;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or failed; a fault of ours or of its settings.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// The database does not answer, or not in time.
    #[error("the database does not answer")]
    Unavailable(#[source] sqlx::Error),
    /// There is no room left to write to.
    #[error("the disk is full")]
    DiskFull,
    /// There is no such row.
    #[error("there is no such entry on record")]
    NotFound,
    /// Somebody saved first: the event as it stands.
    #[error("event {} was changed meanwhile: it is now at revision {}", .0.id, .0.revision)]
    Conflict(Box<Event>),
    /// The event was deleted or merged.
    #[error("the event is no longer on record")]
    Gone,
    /// A row holds what no version of the program writes.
    #[error("table {table}, row {id}: column {column} cannot be read")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id; empty where it has none.
        id: String,
    },
    /// Somebody decided the candidate first.
    #[error("this candidate was {} by {by} meanwhile", .state.label())]
    Decided {
        /// Who.
        by: String,
        /// What.
        state: CandidateState,
    },
    /// A rule of the record forbids it; a sentence for people.
    #[error("{0}")]
    Refused(String),
    /// The database was made by a newer or another program, or cannot be opened; a sentence for people.
    #[error("{0}")]
    Unusable(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as Cause;
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .map(std::borrow::Cow::into_owned);
        match (&error, code.as_deref()) {
            (
                Cause::Io(_)
                | Cause::Tls(_)
                | Cause::PoolTimedOut
                | Cause::PoolClosed
                | Cause::WorkerCrashed
                | Cause::BeginFailed,
                _,
            ) => Self::Unavailable(error),
            (_, Some(code)) if is_full(code) => Self::DiskFull,
            (_, Some(code)) if is_away(code) => Self::Unavailable(error),
            _ => Self::Database(error),
        }
    }
}

/// `SQLITE_FULL`; PostgreSQL's class “insufficient resources: disk full”.
fn is_full(code: &str) -> bool {
    matches!(code, "13" | "53100")
}

/// SQLite: busy, locked, cannot open, input or output error, in their primary and extended numbers.
/// PostgreSQL: connection failures, too many connections, shutting down, timeouts.
fn is_away(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 10 | 14),
        _ => {
            code.starts_with("08")
                || code.starts_with("57P")
                || matches!(
                    code,
                    "53300" | "53200" | "55P03" | "57014" | "40001" | "40P01"
                )
        }
    }
}

/// What the store's functions return.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_either_engine_tell_full_from_away() {
        assert!(is_full("13") && is_full("53100"));
        for away in ["5", "517", "14", "08006", "57P01", "55P03", "57014"] {
            assert!(is_away(away), "{away}");
        }
        for ours in ["1", "19", "2067", "23505", "42P01"] {
            assert!(!is_away(ours) && !is_full(ours), "{ours}");
        }
    }
}
