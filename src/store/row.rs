//! A row of either engine → typed values; what cannot be read names its table, column and id.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};

use super::{
    db::Readable,
    error::{Result, StoreError},
};
use crate::domain::clock::Timestamp;

/// One row of an answer.
pub(super) struct Row {
    table: &'static str,
    cells: Cells,
}

enum Cells {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(super) fn sqlite(table: &'static str, row: SqliteRow) -> Self {
        Self {
            table,
            cells: Cells::Sqlite(row),
        }
    }

    pub(super) fn postgres(table: &'static str, row: PgRow) -> Self {
        Self {
            table,
            cells: Cells::Postgres(row),
        }
    }

    pub(super) fn all<R>(
        table: &'static str,
        rows: Vec<R>,
        wrap: fn(&'static str, R) -> Self,
    ) -> Vec<Self> {
        rows.into_iter().map(|row| wrap(table, row)).collect()
    }

    fn read<T>(&self, column: &'static str) -> Result<T>
    where
        T: Readable<sqlx::Sqlite> + Readable<sqlx::Postgres>,
    {
        match &self.cells {
            Cells::Sqlite(row) => row.try_get(column),
            Cells::Postgres(row) => row.try_get(column),
        }
        .map_err(|_| self.corrupt(column))
    }

    /// A number.
    pub(super) fn int(&self, column: &'static str) -> Result<i64> {
        self.read(column)
    }

    /// A number or nothing.
    pub(super) fn opt_int(&self, column: &'static str) -> Result<Option<i64>> {
        self.read(column)
    }

    /// A text.
    pub(super) fn text(&self, column: &'static str) -> Result<String> {
        self.read(column)
    }

    /// A text or nothing.
    pub(super) fn opt_text(&self, column: &'static str) -> Result<Option<String>> {
        self.read(column)
    }

    /// A 0 or 1.
    pub(super) fn flag(&self, column: &'static str) -> Result<bool> {
        self.coded(column, |code| match code {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        })
    }

    /// A number that stands for something, such as `Kind::from_code`.
    pub(super) fn coded<T>(
        &self,
        column: &'static str,
        from_code: impl FnOnce(i64) -> Option<T>,
    ) -> Result<T> {
        from_code(self.int(column)?).ok_or_else(|| self.corrupt(column))
    }

    /// A number that stands for something, or nothing.
    pub(super) fn opt_coded<T>(
        &self,
        column: &'static str,
        from_code: impl FnOnce(i64) -> Option<T>,
    ) -> Result<Option<T>> {
        self.opt_int(column)?
            .map(|code| from_code(code).ok_or_else(|| self.corrupt(column)))
            .transpose()
    }

    /// A text that is something.
    pub(super) fn parsed<T: FromStr>(&self, column: &'static str) -> Result<T> {
        self.text(column)?.parse().map_err(|_| self.corrupt(column))
    }

    /// A text that is something, or nothing.
    pub(super) fn opt_parsed<T: FromStr>(&self, column: &'static str) -> Result<Option<T>> {
        self.opt_text(column)?
            .map(|text| text.parse().map_err(|_| self.corrupt(column)))
            .transpose()
    }

    /// A JSON text.
    pub(super) fn json<T: serde::de::DeserializeOwned>(&self, column: &'static str) -> Result<T> {
        serde_json::from_str(&self.text(column)?).map_err(|_| self.corrupt(column))
    }

    /// An instant, kept in microseconds.
    pub(super) fn instant(&self, column: &'static str) -> Result<Timestamp> {
        self.coded(column, Timestamp::from_micros)
    }

    /// An instant or nothing.
    pub(super) fn opt_instant(&self, column: &'static str) -> Result<Option<Timestamp>> {
        self.opt_coded(column, Timestamp::from_micros)
    }

    /// A day or nothing, kept as its number.
    pub(super) fn opt_day(&self, column: &'static str) -> Result<Option<NaiveDate>> {
        self.opt_coded(column, day_of_number)
    }

    /// The error for a column that cannot be read.
    pub(super) fn corrupt(&self, column: &'static str) -> StoreError {
        let id = match &self.cells {
            Cells::Sqlite(row) => row.try_get::<i64, _>("id").ok(),
            Cells::Postgres(row) => row.try_get::<i64, _>("id").ok(),
        };
        StoreError::Corrupt {
            table: self.table,
            column,
            id: id.map_or_else(String::new, |id| id.to_string()),
        }
    }
}

/// The number under which the database keeps a day.
pub(super) fn number_of_day(day: NaiveDate) -> i64 {
    day.num_days_from_ce().into()
}

/// The day of a number.
pub(super) fn day_of_number(number: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}
