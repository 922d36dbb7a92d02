//! CSV tables compiled into the binary → typed rows, every flaw told by file, line and column.
//!
//! What the columns mean is left to the modules that own the types; where the bytes come from is left to
//! [`super::reference`] and [`super::seed`].

use std::{fmt::Display, str::FromStr};

use super::cell;

/// A cell, row or header that does not hold what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, column {column}: {problem}")]
pub struct TableError {
    /// The file's name under `seed_data/`.
    pub file: &'static str,
    /// The line on which the row begins, from 1; 1 is the header.
    pub line: u64,
    /// The column's name, or `header` or `row` where the whole line is meant.
    pub column: String,
    /// What was expected, and what was found.
    pub problem: String,
}

/// The good rows of a table, and what is wrong with the others.
#[derive(Debug, Clone)]
pub struct Table<T> {
    /// The rows that could be read, in the order of the file.
    pub rows: Vec<T>,
    /// One flaw for each row that could not.
    pub flaws: Vec<TableError>,
}

impl<T> Table<T> {
    /// Reads a CSV text whose header must be `columns`, in this order.
    pub fn read(
        file: &'static str,
        text: &str,
        columns: &'static [&'static str],
        row: impl Fn(&Row) -> Result<T, TableError>,
    ) -> Self {
        let mut table = Self {
            rows: Vec::new(),
            flaws: Vec::new(),
        };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        for (index, record) in reader.records().enumerate() {
            let read = match record {
                Ok(record) if index == 0 => match check_header(file, &record, columns) {
                    Ok(()) => continue,
                    Err(flaw) => {
                        table.flaws.push(flaw);
                        return table;
                    }
                },
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    row(&Row {
                        file,
                        line,
                        columns,
                        record,
                    })
                }
                Err(error) => Err(TableError {
                    file,
                    line: error.position().map_or(0, csv::Position::line),
                    column: "row".to_owned(),
                    problem: error.to_string(),
                }),
            };
            match read {
                Ok(row) => table.rows.push(row),
                Err(flaw) => table.flaws.push(flaw),
            }
        }
        table
    }

    /// The rows, if every one could be read.
    ///
    /// # Errors
    ///
    /// The first flaw.
    pub fn whole(self) -> Result<Vec<T>, TableError> {
        match self.flaws.into_iter().next() {
            None => Ok(self.rows),
            Some(flaw) => Err(flaw),
        }
    }
}

fn check_header(
    file: &'static str,
    record: &csv::StringRecord,
    columns: &'static [&'static str],
) -> Result<(), TableError> {
    if record.iter().eq(columns.iter().copied()) {
        return Ok(());
    }
    Err(TableError {
        file,
        line: 1,
        column: "header".to_owned(),
        problem: format!(
            "expected {}, but found {}",
            columns.join(","),
            record.iter().collect::<Vec<_>>().join(",")
        ),
    })
}

/// One row of a table, read by the names of its columns.
#[derive(Debug)]
pub struct Row {
    file: &'static str,
    line: u64,
    columns: &'static [&'static str],
    record: csv::StringRecord,
}

impl Row {
    /// A flaw of this row in a column.
    pub fn flaw(&self, column: &str, problem: impl Display) -> TableError {
        TableError {
            file: self.file,
            line: self.line,
            column: column.to_owned(),
            problem: problem.to_string(),
        }
    }

    /// A cell as it stands, spaces around it dropped; empty where nothing is known.
    ///
    /// # Errors
    ///
    /// Where the table has no such column.
    pub fn text(&self, column: &str) -> Result<&str, TableError> {
        self.columns
            .iter()
            .position(|name| *name == column)
            .and_then(|index| self.record.get(index))
            .map(str::trim)
            .ok_or_else(|| self.flaw(column, "there is no such column"))
    }

    /// A cell that must not be empty.
    ///
    /// # Errors
    ///
    /// Where it is.
    pub fn required(&self, column: &str) -> Result<String, TableError> {
        match self.text(column)? {
            "" => Err(self.flaw(column, "expected a text, but found nothing")),
            text => Ok(text.to_owned()),
        }
    }

    /// The values of a cell that are joined by `|`, empty ones left out.
    ///
    /// # Errors
    ///
    /// Where the table has no such column.
    pub fn list(&self, column: &str) -> Result<Vec<String>, TableError> {
        self.text(column).map(cell::split_filled)
    }

    /// A cell that must hold a value of a type.
    ///
    /// # Errors
    ///
    /// What the type says of the cell.
    pub fn value<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T, TableError> {
        let text = self.text(column)?;
        text.parse().map_err(|error| self.flaw(column, error))
    }

    /// A cell that may be empty and otherwise holds a value of a type.
    ///
    /// # Errors
    ///
    /// What the type says of the cell.
    pub fn optional<T: FromStr<Err: Display>>(
        &self,
        column: &str,
    ) -> Result<Option<T>, TableError> {
        match self.text(column)? {
            "" => Ok(None),
            _ => self.value(column).map(Some),
        }
    }

    /// The values of a type in a cell, joined by `|`.
    ///
    /// # Errors
    ///
    /// What the type says of the first value that it does not take.
    pub fn values<T: FromStr<Err: Display>>(&self, column: &str) -> Result<Vec<T>, TableError> {
        self.list(column)?
            .iter()
            .map(|value| value.parse().map_err(|error| self.flaw(column, error)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Table<(String, Vec<i64>)> {
        Table::read("numbers.csv", text, &["name", "values"], |row| {
            Ok((row.required("name")?, row.values("values")?))
        })
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let rows = numbers("name,values\nodd,1|3\n\"none, yet\",\n")
            .whole()
            .unwrap();
        assert_eq!(
            rows,
            [
                ("odd".to_owned(), vec![1, 3]),
                ("none, yet".to_owned(), vec![])
            ]
        );
    }

    #[test]
    fn a_flaw_names_file_line_and_column_and_leaves_the_other_rows() {
        let table = numbers("name,values\n\"two\nlines\",1\nodd,1|x\n,2\neven,2\n");
        assert_eq!(table.rows.len(), 2);
        let flaws: Vec<_> = table.flaws.iter().map(ToString::to_string).collect();
        assert_eq!(
            flaws,
            [
                "numbers.csv, line 4, column values: invalid digit found in string",
                "numbers.csv, line 5, column name: expected a text, but found nothing",
            ]
        );
    }

    #[test]
    fn a_wrong_header_is_told_whole_and_nothing_is_read() {
        let table = numbers("name,value\nodd,1\n");
        assert!(table.rows.is_empty());
        assert_eq!(
            table.whole().unwrap_err().to_string(),
            "numbers.csv, line 1, column header: expected name,values, but found name,value"
        );
    }

    #[test]
    fn a_row_with_too_many_cells_is_a_flaw() {
        let flaw = numbers("name,values\nodd,1,3\n").whole().unwrap_err();
        assert_eq!((flaw.line, flaw.column.as_str()), (2, "row"));
    }
}
