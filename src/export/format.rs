//! What an event list can be written as: names, media types, addresses, writers.

use std::{fmt, str::FromStr};

use super::{
    ExportContext, ExportError, Writer,
    atom::AtomWriter,
    bibtex::BibtexWriter,
    csv::{CsvWriter, Dialect},
    dump::DumpWriter,
    ftm::FtmWriter,
    ics::IcsWriter,
    jsonl::JsonlWriter,
    tables::{Table, TableWriter},
    timelinejs::TimelineJsWriter,
    timelinejs_sheet::SheetWriter,
    xlsx::XlsxWriter,
};

/// What an event list can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with the contract's header.
    Csv(Dialect),
    /// One JSON object a line, with the same names.
    Jsonl,
    /// A workbook.
    Xlsx,
    /// TimelineJS's JSON.
    TimelineJs,
    /// TimelineJS's CSV sheet.
    TimelineJsSheet,
    /// iCalendar.
    Ics,
    /// An Atom feed.
    Atom,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// BibTeX, an entry an event.
    Bibtex,
    /// A table beside the events, as CSV.
    Table(Table, Dialect),
    /// All of it in one zip, with a manifest.
    Dump,
}

impl Format {
    /// Every format, in the order in which they are offered; CSVs in the dialect of addresses.
    pub const ALL: [Self; 13] = [
        Self::Csv(Dialect::Excel),
        Self::Jsonl,
        Self::Xlsx,
        Self::Ics,
        Self::Atom,
        Self::TimelineJs,
        Self::TimelineJsSheet,
        Self::Ftm,
        Self::Bibtex,
        Self::Table(Table::Sources, Dialect::Excel),
        Self::Table(Table::Relations, Dialect::Excel),
        Self::Table(Table::Parties, Dialect::Excel),
        Self::Dump,
    ];

    /// The word of the command line.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Jsonl => "jsonl",
            Self::Xlsx => "xlsx",
            Self::TimelineJs => "timelinejs",
            Self::TimelineJsSheet => "timelinejs-csv",
            Self::Ics => "ics",
            Self::Atom => "atom",
            Self::Ftm => "ftm",
            Self::Bibtex => "bibtex",
            Self::Table(table, _) => table.slug(),
            Self::Dump => "zip",
        }
    }

    /// What readers are shown.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv(_) => "CSV",
            Self::Jsonl => "JSON Lines",
            Self::Xlsx => "Excel",
            Self::TimelineJs => "TimelineJS",
            Self::TimelineJsSheet => "TimelineJS sheet",
            Self::Ics => "iCal",
            Self::Atom => "Atom",
            Self::Ftm => "FollowTheMoney",
            Self::Bibtex => "BibTeX",
            Self::Table(Table::Sources, _) => "Sources",
            Self::Table(Table::Relations, _) => "Relations",
            Self::Table(Table::Parties, _) => "Parties",
            Self::Dump => "All in one zip",
        }
    }

    /// What the file holds, in a sentence.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Csv(_) => "The events, a row each, for spreadsheets and scripts.",
            Self::Jsonl => "The events, a JSON object a line, with the names of the CSV.",
            Self::Xlsx => {
                "A workbook: the events with dates and links, their sources, the codebook."
            }
            Self::TimelineJs => "The JSON that TimelineJS draws.",
            Self::TimelineJsSheet => "The rows of a TimelineJS spreadsheet.",
            Self::Ics => "The events as whole days of a calendar.",
            Self::Atom => "A feed of the filter: the first thousand, with a link to the next.",
            Self::Ftm => "FollowTheMoney entities, one a line: events, sanctions, parties.",
            Self::Bibtex => "A BibTeX entry an event.",
            Self::Table(Table::Sources, _) => "The events' sources, a row each.",
            Self::Table(Table::Relations, _) => "The events' relations, a row each.",
            Self::Table(Table::Parties, _) => {
                "The events' parties, a row each, with how often they appear."
            }
            Self::Dump => {
                "Events, sources, relations, parties and codebook in one zip, with a manifest."
            }
        }
    }

    /// The value of the header `Content-Type`.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv(_) | Self::TimelineJsSheet | Self::Table(..) => {
                "text/csv; charset=utf-8; header=present"
            }
            Self::Jsonl => "application/x-ndjson; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::TimelineJs => "application/json; charset=utf-8",
            Self::Ics => "text/calendar; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Ftm => "application/json+ftm; charset=utf-8",
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::Dump => "application/zip",
        }
    }

    /// The last part of the format's address, which is a file's usual name too.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Csv(_) => "export.csv",
            Self::Jsonl => "export.jsonl",
            Self::Xlsx => "export.xlsx",
            Self::TimelineJs => "export.timelinejs.json",
            Self::TimelineJsSheet => "export.timelinejs.csv",
            Self::Ics => "export.ics",
            Self::Atom => "feed.atom",
            Self::Ftm => "export.ftm.json",
            Self::Bibtex => "export.bib",
            Self::Table(Table::Sources, _) => "sources.csv",
            Self::Table(Table::Relations, _) => "relations.csv",
            Self::Table(Table::Parties, _) => "parties.csv",
            Self::Dump => "export.zip",
        }
    }

    /// The name under which a browser saves it: `demarche-2026-11-24.csv`; none for a feed, which is subscribed to.
    pub fn saved_as(self, day: chrono::NaiveDate) -> Option<String> {
        match self {
            Self::Atom => None,
            Self::Table(table, _) => Some(format!("demarche-{}-{day}.csv", table.slug())),
            other => Some(format!(
                "demarche-{day}.{}",
                other.file_name().trim_start_matches("export.")
            )),
        }
    }

    /// The format of an address's last part.
    pub fn named(file_name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.file_name() == file_name)
    }

    /// The dialect, of those that have two.
    pub const fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Csv(dialect) | Self::Table(_, dialect) => Some(dialect),
            _ => None,
        }
    }

    /// The same in another dialect, where it has two.
    #[must_use]
    pub const fn in_dialect(self, dialect: Dialect) -> Self {
        match self {
            Self::Csv(_) => Self::Csv(dialect),
            Self::Table(table, _) => Self::Table(table, dialect),
            other => other,
        }
    }

    /// Begins an export.
    ///
    /// # Errors
    /// Where the format needs a temporary file and cannot make it.
    pub fn writer(self, context: ExportContext) -> Result<Box<dyn Writer>, ExportError> {
        Ok(match self {
            Self::Csv(dialect) => Box::new(CsvWriter::new(dialect, context)),
            Self::Jsonl => Box::new(JsonlWriter::new(context)),
            Self::Xlsx => Box::new(XlsxWriter::new(context)?),
            Self::TimelineJs => Box::new(TimelineJsWriter::new(context)),
            Self::TimelineJsSheet => Box::new(SheetWriter::new(context)),
            Self::Ics => Box::new(IcsWriter::new(context)),
            Self::Atom => Box::new(AtomWriter::new(context)),
            Self::Ftm => Box::new(FtmWriter::new(context)),
            Self::Bibtex => Box::new(BibtexWriter::new(context)),
            Self::Table(table, dialect) => Box::new(TableWriter::new(table, dialect, context)),
            Self::Dump => Box::new(DumpWriter::new(context)?),
        })
    }
}

/// A word that is no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {formats}, but found “{0}”", formats = Format::ALL.map(Format::slug).join(", "))]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Reads a slug; CSVs are in the dialect `raw`, the command line's default.
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let slug = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|format| format.slug() == slug)
            .map(|format| format.in_dialect(Dialect::Raw))
            .ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_read_back_from_their_words() {
        for format in Format::ALL {
            let read: Format = format.slug().parse().unwrap();
            assert_eq!(read.slug(), format.slug());
            assert_eq!(Format::named(format.file_name()), Some(format));
        }
        assert_eq!(
            "csv".parse::<Format>().unwrap(),
            Format::Csv(Dialect::Raw),
            "the command line's default"
        );
    }

    #[test]
    fn the_guide_lists_every_format_with_its_address_and_word() {
        let guide = include_str!("../../docs/guide/README.md");
        let told: Vec<&str> = guide
            .lines()
            .skip_while(|line| !line.starts_with("| address | `--format`"))
            .skip(2)
            .take_while(|line| line.starts_with("| "))
            .collect();
        let expected = Format::ALL.map(|format| {
            format!(
                "| `/{}` | `{}` | {} |",
                format.file_name(),
                format.slug(),
                format.meaning()
            )
        });
        assert_eq!(told, expected);
    }

    #[test]
    fn a_file_is_saved_under_a_name_with_the_day() {
        let day = "2026-11-24".parse().unwrap();
        let saved = |format: Format| format.saved_as(day).unwrap_or_default();
        assert_eq!(saved(Format::Csv(Dialect::Raw)), "demarche-2026-11-24.csv");
        assert_eq!(saved(Format::Ftm), "demarche-2026-11-24.ftm.json");
        assert_eq!(
            saved(Format::Table(Table::Sources, Dialect::Raw)),
            "demarche-sources-2026-11-24.csv"
        );
        assert_eq!(saved(Format::Atom), "");
    }
}
