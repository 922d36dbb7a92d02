//! The filter panel: fields as they were set, counts beside them, and the active filters with a link that drops each.

use std::sync::Arc;

use chrono::Datelike as _;

use crate::domain::{
    cell,
    filter::{DayBound, ParameterError, Sort, TimelineFilter},
    kind::{Family, Kind},
    modality::Modality,
    register::PartyRegister,
};

use super::super::{filters::short_day, paths, query::RawQuery, suggestions::Suggestions};

/// Whether a box is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl Tick {
    fn of<T: PartialEq>(values: &[T], value: &T) -> Self {
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
        let joined = |name: &str| cell_list(query.all(name));
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
fn cell_list<'a>(values: impl Iterator<Item = &'a str>) -> String {
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
}

/// A filter that is on, and the list without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveChip {
    /// The value in words.
    pub text: String,
    /// Its kind, for the glyph.
    pub kind: Option<Kind>,
    /// The list without it.
    pub href: String,
}

/// Active filters of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveGroup {
    /// “Kind”.
    pub label: &'static str,
    /// What is on.
    pub chips: Vec<ActiveChip>,
}

/// The filters that are on, with a link that drops each and keeps the rest.
pub fn active(path: &str, filter: &TimelineFilter, register: &PartyRegister) -> Vec<ActiveGroup> {
    let first = filter.first_page();
    let chip = |text: String, kind: Option<Kind>, without: &dyn Fn(&mut TimelineFilter)| {
        let mut rest = first.clone();
        without(&mut rest);
        ActiveChip {
            text,
            kind,
            href: paths::list(path, &rest),
        }
    };
    let name = |written: &String| {
        register
            .find(written)
            .map_or_else(|| written.clone(), |party| party.name.clone())
    };
    let mut groups = Vec::new();
    let mut push = |label, chips: Vec<ActiveChip>| {
        if !chips.is_empty() {
            groups.push(ActiveGroup { label, chips });
        }
    };
    if !filter.q.is_empty() {
        push(
            "Text",
            vec![chip(filter.q.clone(), None, &|rest| rest.q.clear())],
        );
    }
    let kinds = filter.kinds.iter().map(|kind| {
        chip(kind.label().to_owned(), Some(*kind), &|rest| {
            rest.kinds.retain(|other| other != kind);
        })
    });
    push("Kind", kinds.collect());
    let actors = filter.actors.iter().map(|written| {
        chip(name(written), None, &|rest| {
            rest.actors.retain(|other| other != written);
        })
    });
    push("Who acts", actors.collect());
    let targets = filter.targets.iter().map(|written| {
        chip(name(written), None, &|rest| {
            rest.targets.retain(|other| other != written);
        })
    });
    push("Toward", targets.collect());
    let parties = filter.parties.iter().map(|written| {
        chip(name(written), None, &|rest| {
            rest.parties.retain(|other| other != written);
        })
    });
    push("Party", parties.collect());
    let modalities = filter.modalities.iter().map(|modality| {
        chip(modality.label().to_owned(), None, &|rest| {
            rest.modalities.retain(|other| other != modality);
        })
    });
    push("Told as", modalities.collect());
    let sources = filter.sources.iter().map(|written| {
        chip(written.clone(), None, &|rest| {
            rest.sources.retain(|other| other != written);
        })
    });
    push("Source", sources.collect());
    if let Some(dates) = range_words(filter) {
        let chips = vec![chip(dates, None, &|rest| {
            rest.from = None;
            rest.to = None;
        })];
        push("Dates", chips);
    }
    if let Some(instant) = filter.as_of {
        let text = instant.strftime("%-d %b %Y, %H:%M UTC");
        push(
            "As published on",
            vec![chip(text, None, &|rest| rest.as_of = None)],
        );
    }
    groups
}

/// The range of days in words: “September 2024”, “from 2018”, “3 Mar 2022 – Sep 2024”.
pub fn range_words(filter: &TimelineFilter) -> Option<String> {
    match (&filter.from, &filter.to) {
        (None, None) => None,
        (Some(from), Some(to)) if from.text == to.text => Some(bound_words(from)),
        (Some(from), Some(to)) => Some(format!("{} – {}", bound_words(from), bound_words(to))),
        (Some(from), None) => Some(format!("from {}", bound_words(from))),
        (None, Some(to)) => Some(format!("until {}", bound_words(to))),
    }
}

fn bound_words(bound: &DayBound) -> String {
    match bound.text.len() {
        4 => bound.day.year().to_string(),
        7 => bound.day.format("%B %Y").to_string(),
        _ => short_day(bound.day),
    }
}

/// The list without one sort of filter, for an empty page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looser {
    /// “Any kind”, “Without the text “airspace””.
    pub text: String,
    /// The filter without it.
    pub filter: TimelineFilter,
}

/// Every way to loosen a filter by one sort of filter.
pub fn looser(filter: &TimelineFilter) -> Vec<Looser> {
    let mut ways = Vec::new();
    let mut push = |on: Switch, text: String, loosen: fn(&mut TimelineFilter)| {
        if on == Switch::On {
            let mut rest = filter.first_page();
            loosen(&mut rest);
            ways.push(Looser { text, filter: rest });
        }
    };
    let on = |is_empty: bool| if is_empty { Switch::Off } else { Switch::On };
    push(
        on(filter.q.is_empty()),
        format!("Without the text “{}”", filter.q),
        |rest| rest.q.clear(),
    );
    push(on(filter.kinds.is_empty()), "Any kind".to_owned(), |rest| {
        rest.kinds.clear();
    });
    push(
        on(filter.actors.is_empty()),
        "Whoever acts".to_owned(),
        |rest| {
            rest.actors.clear();
        },
    );
    push(
        on(filter.targets.is_empty()),
        "Toward anyone".to_owned(),
        |rest| {
            rest.targets.clear();
        },
    );
    push(
        on(filter.parties.is_empty()),
        "Any party".to_owned(),
        |rest| {
            rest.parties.clear();
        },
    );
    push(
        on(filter.modalities.is_empty()),
        "However told".to_owned(),
        |rest| {
            rest.modalities.clear();
        },
    );
    push(
        on(filter.sources.is_empty()),
        "Any source".to_owned(),
        |rest| {
            rest.sources.clear();
        },
    );
    push(
        on(filter.from.is_none() && filter.to.is_none()),
        "Any date".to_owned(),
        |rest| {
            rest.from = None;
            rest.to = None;
        },
    );
    push(on(filter.as_of.is_none()), "As of now".to_owned(), |rest| {
        rest.as_of = None;
    });
    ways
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Switch {
    On,
    Off,
}

/// What a repeatable field takes, for its hint: several values joined as in a cell.
pub fn joined<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    cell::join(values)
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
    fn each_chip_drops_one_filter_and_keeps_the_rest() {
        let (_, filter) =
            parsed("kind=sanction&kind=warning&actor=USA&from=2024-09&to=2024-09&per=5");
        let register = PartyRegister::default();
        let chips: Vec<(String, String)> = active("/", &filter, &register)
            .into_iter()
            .flat_map(|group| group.chips)
            .map(|chip| (chip.text, chip.href))
            .collect();
        let expected = [
            (
                "Sanction",
                "/?kind=warning&actor=USA&from=2024-09&to=2024-09&per=5",
            ),
            (
                "Warning",
                "/?kind=sanction&actor=USA&from=2024-09&to=2024-09&per=5",
            ),
            (
                "USA",
                "/?kind=sanction&kind=warning&from=2024-09&to=2024-09&per=5",
            ),
            (
                "September 2024",
                "/?kind=sanction&kind=warning&actor=USA&per=5",
            ),
        ];
        let expected = expected.map(|(text, href)| (text.to_owned(), href.to_owned()));
        assert_eq!(chips, expected);
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
