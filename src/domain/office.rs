//! Who held which office when, and for whom the holder speaks.
//!
//! Finding titles and names in a text is left to `extract::party`; the rows themselves are in [`super::reference`].

use chrono::NaiveDate;

use super::{
    edtf::Edtf,
    party::PartyCode,
    table::{Row, TableError},
};

/// One person's term in one office: for whom the person speaks, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeTerm {
    /// The full name as English news writes it.
    pub name: String,
    /// The part that is used alone at second mention.
    pub family_name: String,
    /// Other spellings, full or of the family name alone.
    pub aliases: Vec<String>,
    /// The party that the person speaks for.
    pub code: PartyCode,
    /// The office, one of [`OfficeTerm::OFFICES`].
    pub office: String,
    /// Titles before or after the name, the usual one first.
    pub titles: Vec<String>,
    /// The first possible day of the term: the first of the month or year where only that is known.
    pub from: NaiveDate,
    /// The last possible day; `None` where the term ran on at the end of 2025.
    pub to: Option<NaiveDate>,
    /// Whether the family name or a one-word alias is a common word or another holder's name.
    pub ambiguous: bool,
    /// Acting, disputed, how to tell namesakes apart.
    pub note: String,
}

impl OfficeTerm {
    /// The offices that occur.
    pub const OFFICES: [&'static str; 17] = [
        "head_of_state",
        "head_of_government",
        "supreme_leader",
        "foreign_minister",
        "defence_minister",
        "finance_minister",
        "treasury_secretary",
        "central_bank",
        "national_security_adviser",
        "intelligence_chief",
        "ambassador_un",
        "spokesperson",
        "party_leader",
        "group_leader",
        "body_head",
        "body_foreign_policy_chief",
        "un_envoy",
    ];

    /// Whether the person may have held the office on a day; both days of a hand-over count for both holders.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    pub(super) const COLUMNS: [&'static str; 10] = [
        "name",
        "family_name",
        "aliases",
        "code",
        "office",
        "title",
        "from",
        "to",
        "ambiguous",
        "note",
    ];

    pub(super) fn read(row: &Row) -> Result<Self, TableError> {
        let from: Edtf = row.value("from")?;
        let Some(first) = from.earliest() else {
            return Err(row.flaw(
                "from",
                "expected a day, month or year, but found an open date",
            ));
        };
        let to: Option<Edtf> = row.optional("to")?;
        let last = to.and_then(|to| to.latest());
        if last.is_some_and(|last| last < first) {
            return Err(row.flaw("to", "the term ends before it begins"));
        }
        let office = row.required("office")?;
        if !Self::OFFICES.contains(&office.as_str()) {
            let offices = Self::OFFICES.join(", ");
            return Err(row.flaw(
                "office",
                format!("expected one of {offices}, but found “{office}”"),
            ));
        }
        Ok(Self {
            name: row.required("name")?,
            family_name: row.required("family_name")?,
            aliases: row.list("aliases")?,
            code: row.value("code")?,
            office,
            titles: row.list("title")?,
            from: first,
            to: last,
            ambiguous: match row.text("ambiguous")? {
                "yes" => true,
                "no" => false,
                other => {
                    return Err(row.flaw(
                        "ambiguous",
                        format!("expected yes or no, but found “{other}”"),
                    ));
                }
            },
            note: row.text("note")?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::Table;

    fn term(from: &str, to: &str) -> Result<OfficeTerm, TableError> {
        let text = format!(
            "{}\nA. Person,Person,,IRN,foreign_minister,Foreign Minister,{from},{to},no,\n",
            OfficeTerm::COLUMNS.join(",")
        );
        let mut table = Table::read("people.csv", &text, &OfficeTerm::COLUMNS, OfficeTerm::read);
        table.rows.pop().ok_or_else(|| table.flaws.remove(0))
    }

    #[test]
    fn a_coarse_term_covers_its_whole_month_or_year() {
        let term = term("1991", "2024-02").unwrap();
        assert_eq!(term.from.to_string(), "1991-01-01");
        assert_eq!(
            term.to.map(|to| to.to_string()).as_deref(),
            Some("2024-02-29")
        );
        assert!(term.holds_on("2024-02-29".parse().unwrap()));
        assert!(!term.holds_on("2024-03-01".parse().unwrap()));
    }

    #[test]
    fn a_term_that_ends_before_it_begins_is_a_flaw() {
        assert_eq!(
            term("2024-09-10", "2024-08").unwrap_err().to_string(),
            "people.csv, line 2, column to: the term ends before it begins"
        );
    }
}
