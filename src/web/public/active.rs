//! The filters that are on: in words, with a link that drops each, and what loosening one would find.

use chrono::Datelike as _;

use crate::domain::{
    filter::{ChangedSince, DayBound, TimelineFilter},
    kind::Kind,
    register::PartyRegister,
};

use super::super::{filters::short_day, paths};

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
    if let Some(since) = &filter.changed_since {
        push(
            "Changed since",
            vec![chip(since_words(since), None, &|rest| {
                rest.changed_since = None;
            })],
        );
    }
    groups
}

/// “10 Sep 2024”, “10 Sep 2024, 14:05 UTC”.
fn since_words(since: &ChangedSince) -> String {
    if since.text.len() == 10 {
        since.at.strftime("%-d %b %Y")
    } else {
        since.at.strftime("%-d %b %Y, %H:%M UTC")
    }
}

/// The filter in one line of words, for print and reports: “Kind: Sanction or Warning. Party: Iran. September 2024.”
pub fn in_words(filter: &TimelineFilter, register: &PartyRegister) -> String {
    let groups = active("/", filter, register);
    if groups.is_empty() {
        return "Every event on record.".to_owned();
    }
    groups
        .iter()
        .map(|group| {
            let values: Vec<&str> = group.chips.iter().map(|chip| chip.text.as_str()).collect();
            format!("{}: {}.", group.label, values.join(" or "))
        })
        .collect::<Vec<_>>()
        .join(" ")
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
    push(
        on(filter.changed_since.is_none()),
        "Whenever changed".to_owned(),
        |rest| rest.changed_since = None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{Clock, Timestamp};

    #[test]
    fn each_chip_drops_one_filter_and_keeps_the_rest() {
        let query = "kind=sanction&kind=warning&actor=USA&from=2024-09&to=2024-09&per=5";
        let clock = Clock::fixed(Timestamp::from_micros(0).expect("1970"));
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        let filter = TimelineFilter::parse(pairs, &clock).filter;
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
}
