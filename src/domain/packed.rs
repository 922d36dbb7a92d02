//! Events as the record keeps them, many in one text: what a large CSV is written from without making an [`Event`] of each row.
//!
//! A database hands over one value much faster than forty a row. Fields are parted by U+001F, rows by U+001E; a text that
//! holds one of these itself makes [`PackedEvents::read`] give up, and whoever asked reads the rows as events instead.
//!
//! [`Event`]: super::event::Event

use super::edtf::Precision;

/// Stands between two fields.
pub const BETWEEN_FIELDS: u8 = 0x1f;
/// Stands between two rows.
pub const BETWEEN_ROWS: u8 = 0x1e;

/// Declares the fields: variant and the database's column.
macro_rules! fields {
    ($($variant:ident $name:literal,)+) => {
        /// A field of a packed row, in the words of the database.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Field {
            $(#[doc = concat!("The column `", $name, "`.")] $variant,)+
        }

        impl Field {
            /// Every field, in the order of a row.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The database's name of it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

fields! {
    SortKey "sort_key",
    Id "id",
    Revision "revision",
    Status "status",
    Kind "kind",
    Modality "modality",
    Date "date",
    DayFirst "day_first",
    DayLast "day_last",
    EffectiveDate "effective_date",
    Headline "headline",
    Summary "summary",
    Quote "quote",
    Speakers "speakers",
    Actors "actors",
    Targets "targets",
    Named "named",
    Place "place",
    Authority "authority",
    Program "program",
    LegalUrl "legal_url",
    ListIds "list_ids",
    Tags "tags",
    Confidence "confidence",
    Relations "relations",
    SourceCount "source_count",
    IndependentSources "independent_sources",
    SourceUrls "source_urls",
    SourcePublishers "source_publishers",
    SourceTitles "source_titles",
    SourceDates "source_dates",
    FirstReported "first_reported",
    FollowThrough "follow_through",
    FollowThroughEvent "follow_through_event",
    CreatedAt "created_at",
    UpdatedAt "updated_at",
}

/// How many fields a row has.
const WIDTH: usize = Field::ALL.len();

/// Rows of `events` in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedEvents {
    text: String,
    count: usize,
}

impl PackedEvents {
    /// Takes a text of so many rows; `None` where its fields cannot be told apart.
    pub fn read(text: String, count: usize) -> Option<Self> {
        let signs = |sign: u8| text.bytes().filter(|byte| *byte == sign).count();
        let whole =
            signs(BETWEEN_ROWS) + 1 == count.max(1) && signs(BETWEEN_FIELDS) == count * (WIDTH - 1);
        whole.then_some(Self { text, count })
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Bytes of all of them together.
    pub const fn size(&self) -> usize {
        self.text.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = PackedEvent<'_>> {
        self.text
            .split(char::from(BETWEEN_ROWS))
            .take(self.count)
            .map(|row| {
                let mut fields = [""; WIDTH];
                for (field, text) in fields.iter_mut().zip(row.split(char::from(BETWEEN_FIELDS))) {
                    *field = text;
                }
                PackedEvent { fields }
            })
    }

    /// The sort keys of the rows, in order; `None` for one that is no number.
    pub fn sort_keys(&self) -> impl Iterator<Item = Option<i64>> {
        self.text
            .split(char::from(BETWEEN_ROWS))
            .take(self.count)
            .map(|row| row.split(char::from(BETWEEN_FIELDS)).next()?.parse().ok())
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct PackedEvent<'a> {
    fields: [&'a str; WIDTH],
}

impl<'a> PackedEvent<'a> {
    /// A field as the database writes it; empty where it holds nothing.
    pub const fn text(&self, field: Field) -> &'a str {
        self.fields[field as usize]
    }

    /// A field that is a number; `None` where it holds nothing.
    ///
    /// # Errors
    /// The field, where it holds something else.
    pub fn number(&self, field: Field) -> Result<Option<i64>, Field> {
        match self.text(field) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| field),
        }
    }

    /// A field that stands for something, such as `Kind::from_code`; `None` where it holds nothing.
    ///
    /// # Errors
    /// The field, where it stands for nothing.
    pub fn coded<T>(
        &self,
        field: Field,
        from_code: impl FnOnce(i64) -> Option<T>,
    ) -> Result<Option<T>, Field> {
        self.number(field)?
            .map(|code| from_code(code).ok_or(field))
            .transpose()
    }
}

/// How closely a date is known, by the shape of its canonical EDTF text.
pub fn precision_of(edtf: &str) -> Precision {
    if edtf.starts_with("..") {
        return Precision::OpenStart;
    }
    if edtf.ends_with("..") {
        return Precision::OpenEnd;
    }
    if edtf.contains('/') {
        return Precision::Interval;
    }
    match edtf.bytes().filter(|sign| *sign == b'-').count() {
        0 => Precision::Year,
        1 => Precision::Month,
        _ => Precision::Day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::edtf::Edtf;

    fn row(key: &str, headline: &str) -> String {
        Field::ALL
            .iter()
            .map(|field| match field {
                Field::SortKey => key,
                Field::Headline => headline,
                _ => "",
            })
            .collect::<Vec<_>>()
            .join("\u{1f}")
    }

    #[test]
    fn rows_come_apart_as_they_were_put_together() {
        let text = format!("{}\u{1e}{}", row("7", "One"), row("8", ""));
        let packed = PackedEvents::read(text, 2).unwrap();
        let rows: Vec<_> = packed.rows().collect();
        assert_eq!(rows.len(), packed.len());
        assert_eq!(rows[0].text(Field::Headline), "One");
        assert_eq!(rows[1].number(Field::SortKey), Ok(Some(8)));
        assert_eq!(rows[1].number(Field::Confidence), Ok(None));
        assert_eq!(rows[0].number(Field::Headline), Err(Field::Headline));
        assert_eq!(packed.sort_keys().collect::<Vec<_>>(), [Some(7), Some(8)]);
        assert_eq!(
            PackedEvents::read(String::new(), 0).unwrap().rows().count(),
            0
        );
    }

    #[test]
    fn a_text_with_a_separator_of_its_own_is_given_up() {
        for headline in ["a\u{1f}b", "a\u{1e}b"] {
            assert_eq!(PackedEvents::read(row("7", headline), 1), None);
        }
    }

    #[test]
    fn the_shape_of_a_date_tells_its_precision() {
        for text in [
            "2024",
            "2024~",
            "2024-09",
            "2024-09?",
            "2024-09-10",
            "2024-09-10%",
            "2024/2025",
            "2024-09-10/2024-10",
            "../2024",
            "../2024-09-10~",
            "2024/..",
            "2024-09-10?/..",
        ] {
            let date: Edtf = text.parse().unwrap();
            assert_eq!(precision_of(&date.to_string()), date.precision(), "{text}");
        }
    }
}
