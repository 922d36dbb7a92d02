//! A form's fields as a page shows them: label, hint, the error beside it, and the value as it was typed.
//!
//! Reading the values is left to the domain; how a field looks, to `templates/admin/fields.html`.

use crate::domain::draft::FieldError;

/// How a field is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// One line of words.
    Line,
    /// One line of codes, in the typewriter face.
    Code,
    /// A short line of codes: a date.
    ShortCode,
    /// Several lines: how many are shown.
    Area(u8),
    /// A web address.
    Address,
    /// A secret of the person's own, which is never sent back to the page.
    Password,
    /// Whole numbers and the like, not shown.
    Hidden,
}

/// What is fixed of a field.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// The name that the form sends it under.
    pub name: &'static str,
    /// What the field is called beside it.
    pub label: &'static str,
    /// What it takes; may be empty.
    pub hint: &'static str,
    /// How it is typed in.
    pub control: Control,
}

/// A field with what stands in it.
#[derive(Debug, Clone)]
pub struct Field {
    /// What is fixed of it.
    pub spec: FieldSpec,
    /// Its id on the page.
    pub id: String,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub errors: Vec<String>,
    /// What a code or a date in it means; empty where it cannot be told.
    pub reading: String,
}

impl Field {
    /// A field with a value and nothing against it.
    pub fn new(spec: FieldSpec, prefix: &str, value: &str) -> Self {
        Self {
            spec,
            id: format!("{prefix}{}", spec.name),
            value: if spec.control == Control::Password {
                String::new()
            } else {
                value.to_owned()
            },
            errors: Vec::new(),
            reading: String::new(),
        }
    }

    /// Takes from a list of faults those that are this field's.
    #[must_use]
    pub fn with_faults(mut self, faults: &[FieldError]) -> Self {
        self.errors = messages_of(self.spec.name, faults);
        self
    }

    /// Adds what its value means.
    #[must_use]
    pub fn reads_as(mut self, reading: impl Into<String>) -> Self {
        self.reading = reading.into();
        self
    }

    /// Whether something is wrong with it.
    pub fn has_error(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The ids of what is said about it, for `aria-describedby`; empty where nothing is.
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.spec.hint.is_empty() {
            ids.push(format!("{}-h", self.id));
        }
        for index in 1..=self.errors.len() {
            ids.push(format!("{}-e{index}", self.id));
        }
        if !self.reading.is_empty() {
            ids.push(format!("{}-r", self.id));
        }
        ids.join(" ")
    }

    /// Whether anything is said about it.
    pub fn is_described(&self) -> bool {
        !self.described_by().is_empty()
    }

    /// What a browser may fill in by itself.
    pub fn autocomplete(&self) -> &'static str {
        match (self.spec.control, self.spec.name) {
            (Control::Password, "password") => "current-password",
            (Control::Password, _) => "new-password",
            (_, "username") => "username",
            _ => "off",
        }
    }

    /// How many lines are shown, for a field of several.
    pub fn rows(&self) -> Option<u8> {
        match self.spec.control {
            Control::Area(rows) => Some(rows),
            _ => None,
        }
    }

    /// The stylesheet's classes of a field of one line.
    pub fn classes(&self) -> &'static str {
        match self.spec.control {
            Control::Code => "input input--code",
            Control::ShortCode => "input input--code input--s",
            _ => "input",
        }
    }

    /// The input's type.
    pub fn input_type(&self) -> &'static str {
        match self.spec.control {
            Control::Password => "password",
            _ => "text",
        }
    }

    /// The input's mode, which brings up the right keys on a telephone.
    pub fn input_mode(&self) -> Option<&'static str> {
        (self.spec.control == Control::Address).then_some("url")
    }

    /// Whether words in it are words of a language, to be checked for spelling.
    pub fn is_prose(&self) -> bool {
        matches!(self.spec.control, Control::Line | Control::Area(_))
    }
}

/// One line of the summary of errors: a link to the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorLine {
    /// The field's id on the page.
    pub id: String,
    /// The field's label and what is wrong with it.
    pub message: String,
}

/// The summary of a form's errors, in the order in which they were found.
pub fn summary(prefix: &str, specs: &[FieldSpec], faults: &[FieldError]) -> Vec<ErrorLine> {
    faults
        .iter()
        .map(|fault| {
            let label = specs
                .iter()
                .find(|spec| spec.name == fault.field)
                .map_or(fault.field, |spec| spec.label);
            ErrorLine {
                id: format!("{prefix}{}", fault.field),
                message: format!("{label}: {}", fault.message),
            }
        })
        .collect()
}

/// The messages of one field.
pub fn messages_of(field: &str, faults: &[FieldError]) -> Vec<String> {
    faults
        .iter()
        .filter(|fault| fault.field == field)
        .map(|fault| sentence(&fault.message))
        .collect()
}

/// A message with a capital at its beginning, as it stands alone beside its field.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: FieldSpec = FieldSpec {
        name: "date",
        label: "Date",
        hint: "As precise as the source allows",
        control: Control::ShortCode,
    };

    #[test]
    fn a_field_is_described_by_its_hint_its_errors_and_its_reading() {
        let faults = [FieldError {
            field: "date",
            message: "there is no month 13".to_owned(),
        }];
        let field = Field::new(DATE, "c3-", "2024-13")
            .with_faults(&faults)
            .reads_as("x");
        assert_eq!(field.described_by(), "c3-date-h c3-date-e1 c3-date-r");
        assert_eq!(
            summary("c3-", &[DATE], &faults),
            [ErrorLine {
                id: "c3-date".to_owned(),
                message: "Date: there is no month 13".to_owned(),
            }]
        );
    }

    #[test]
    fn a_password_is_never_sent_back() {
        let spec = FieldSpec {
            name: "password",
            label: "Password",
            hint: "",
            control: Control::Password,
        };
        assert_eq!(Field::new(spec, "", "a secret").value, "");
    }
}
