//! The filter panel: fields as they were set, counts beside them, and the active filters with a link that drops each.

use std::sync::Arc;

use crate::domain::{
    filter::{ParameterError, Sort, TimelineFilter},
    kind::{Family, Kind},
    modality::Modality,
};

use super::super::{query::RawQuery, suggestions::Suggestions};

/// Whether a box is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl Tick {
    /// Whether a value is among those that are on.
    pub fn of<T: PartialEq>(values: &[T], value: &T) -> Self {
        if values.contains(value) {
            Self::On
        } else {
            Self::Off
        }
    }

    /// Whether it is.
    pub fn is_on(&self) -> bool {
        *self == Self::On
    }
}

/// A choice with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// What is chosen.
    pub value: T,
    /// How many events it would find; unknown while the filter cannot be read.
    pub count: Option<i64>,
    /// Whether it is chosen.
    pub tick: Tick,
}

/// The kinds of one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyChoices {
    /// The family.
    pub family: Family,
    /// Its kinds.
    pub kinds: Vec<Choice<Kind>>,
}

/// The filter panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterForm {
    /// Where the form leads.
    pub path: String,
    /// What was typed into the search box.
    pub q: String,
    /// Kinds, family by family.
    pub families: Vec<FamilyChoices>,
    /// Who acts.
    pub actor: String,
    /// Toward whom.
    pub target: String,
    /// On either side.
    pub party: String,
    /// First day, month or year.
    pub from: String,
    /// Last day, month or year.
    pub to: String,
    /// How it is told.
    pub modalities: Vec<Choice<Modality>>,
    /// Publishers.
    pub source: String,
    /// Since when an event must have changed.
    pub changed_since: String,
    /// The instant of which the record is shown.
    pub as_of: String,
    /// Rows on a page.
    pub per: String,
    /// The order.
    pub sort: Sort,
    /// Parties and publishers to choose from.
    pub suggestions: Arc<Suggestions>,
    /// Faults, by parameter.
    pub errors: Vec<ParameterError>,
    /// How many filters are on.
    pub on: usize,
}

impl FilterForm {
    /// The panel with the fields as they were sent, readable or not. Counts and choices are to be filled in.
    pub fn new(
        path: &str,
        query: &RawQuery,
        filter: &TimelineFilter,
        errors: Vec<ParameterError>,
    ) -> Self {
        let joined = |name: &str| one_field(query.all(name));
        let last = |name: &str| query.all(name).last().unwrap_or_default().to_owned();
        Self {
            path: path.to_owned(),
            q: last("q"),
            families: Family::ALL
                .into_iter()
                .map(|family| FamilyChoices {
                    family,
                    kinds: family
                        .kinds()
                        .map(|kind| Choice {
                            value: kind,
                            count: None,
                            tick: Tick::of(&filter.kinds, &kind),
                        })
                        .collect(),
                })
                .collect(),
            actor: joined("actor"),
            target: joined("target"),
            party: joined("party"),
            from: last("from"),
            to: last("to"),
            modalities: Modality::ALL
                .into_iter()
                .map(|modality| Choice {
                    value: modality,
                    count: None,
                    tick: Tick::of(&filter.modalities, &modality),
                })
                .collect(),
            source: joined("source"),
            as_of: last("as_of"),
            changed_since: last("changed_since"),
            per: last("per"),
            sort: filter.sort,
            suggestions: Arc::default(),
            errors,
            on: count_on(filter),
        }
    }

    /// Puts counts beside kinds and modalities.
    pub fn count(&mut self, kinds: &[(Kind, i64)], modalities: &[(Modality, i64)]) {
        for choice in self
            .families
            .iter_mut()
            .flat_map(|family| &mut family.kinds)
        {
            choice.count = Some(of(kinds, &choice.value));
        }
        for choice in &mut self.modalities {
            choice.count = Some(of(modalities, &choice.value));
        }
    }

    /// The fault of a parameter.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.name == name)
            .map(|error| error.message.as_str())
    }

    /// Whether the newest come first.
    pub fn is_newest_first(&self) -> bool {
        self.sort == Sort::Newest
    }
}

fn of<T: PartialEq>(counts: &[(T, i64)], value: &T) -> i64 {
    counts
        .iter()
        .find(|(counted, _)| counted == value)
        .map_or(0, |(_, count)| *count)
}

/// Values of a repeated parameter, each possibly a list itself, as one field.
pub fn one_field<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join(" | ")
}

fn count_on(filter: &TimelineFilter) -> usize {
    filter.kinds.len()
        + filter.actors.len()
        + filter.targets.len()
        + filter.parties.len()
        + filter.modalities.len()
        + filter.sources.len()
        + usize::from(filter.from.is_some() || filter.to.is_some())
        + usize::from(!filter.q.is_empty())
        + usize::from(filter.as_of.is_some())
        + usize::from(filter.changed_since.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{Clock, Timestamp};

    fn parsed(query: &str) -> (RawQuery, TimelineFilter) {
        let query = RawQuery::read(query);
        let clock = Clock::fixed(Timestamp::from_micros(1_700_000_000_000_000).expect("2023"));
        let filter = query.filter(&clock, &[]).filter;
        (query, filter)
    }

    #[test]
    fn fields_keep_what_was_typed_readable_or_not() {
        let (query, filter) = parsed("from=2024-13&q=+iran+&party=IRN&party=RUS");
        let form = FilterForm::new("/", &query, &filter, Vec::new());
        assert_eq!(form.from, "2024-13");
        assert_eq!(form.q, "iran");
        assert_eq!(form.party, "IRN | RUS");
    }
}
