//! An act's parts → a headline in plain words.

use crate::domain::{kind::Kind, modality::Modality};

/// How many parties a headline names before it says "and others".
const MOST: usize = 4;

/// The headline of an act; names are those of the register, `named` companies, ships and persons.
pub fn headline(
    kind: Kind,
    modality: Modality,
    actors: &[&str],
    targets: &[&str],
    named: &[String],
) -> String {
    let mut objects: Vec<&str> = targets.to_vec();
    for name in named {
        if !objects.contains(&name.as_str()) {
            objects.push(name);
        }
    }
    let who = if actors.is_empty() {
        "Unnamed party".to_owned()
    } else {
        joined(actors)
    };
    let plural = actors.len() > 1;
    let verb = |one: &str, several: &str| {
        if plural {
            several.to_owned()
        } else {
            one.to_owned()
        }
    };
    let to = |word: &str| {
        if objects.is_empty() {
            String::new()
        } else {
            format!(" {word} {}", joined(&objects))
        }
    };
    let to_listed = |word: &str| {
        if objects.is_empty() {
            String::new()
        } else {
            format!(" {word} {}", listed(&objects))
        }
    };
    let told = match (kind, modality) {
        (Kind::Statement, _) => verb("states", "state") + " a position" + &to("on"),
        (Kind::Warning, _) => verb("warns", "warn") + &to("").replace("  ", " "),
        (Kind::Accusation, _) => verb("accuses", "accuse") + &to("").replace("  ", " "),
        (Kind::Denial, _) if objects.is_empty() => verb("denies", "deny") + " accusation",
        (Kind::Denial, _) => verb("denies", "deny") + " accusation" + &to("by"),
        (Kind::Demand, _) => {
            verb("presses", "press")
                + &to("").replace("  ", " ")
                + if objects.is_empty() {
                    " for action"
                } else {
                    " to act"
                }
        }
        (Kind::Pledge, _) => verb("gives", "give") + " a pledge" + &to("to"),
        (Kind::Meeting, Modality::Announced) => {
            verb("plans", "plan") + if plural { " to meet" } else { " to hold talks" } + &to("with")
        }
        (Kind::Meeting, _) => verb("holds", "hold") + " talks" + &to("with"),
        (Kind::Visit, Modality::Announced) => {
            verb("plans", "plan") + " to visit" + &to("").replace("  ", " ")
        }
        (Kind::Visit, _) => verb("visits", "visit") + &to("").replace("  ", " "),
        (Kind::Agreement, Modality::Announced) => {
            verb("is", "are") + " to conclude an agreement" + &to("with")
        }
        (Kind::Agreement, _) => verb("concludes", "conclude") + " an agreement" + &to("with"),
        (Kind::Transfer, Modality::Announced) => {
            verb("promises", "promise") + " deliveries" + &to("to")
        }
        (Kind::Transfer, Modality::Alleged) => {
            verb("is", "are") + " said to have supplied" + &to("").replace("  ", " ")
        }
        (Kind::Transfer, _) => verb("supplies", "supply") + &to("").replace("  ", " "),
        (Kind::Sanction, Modality::Announced) => {
            verb("announces", "announce") + " sanctions" + &to_listed("on")
        }
        (Kind::Sanction, Modality::Alleged) => {
            verb("is", "are") + " said to have imposed sanctions" + &to_listed("on")
        }
        (Kind::Sanction, _) => verb("imposes", "impose") + " sanctions" + &to_listed("on"),
        (Kind::Relief, Modality::Announced) => {
            verb("announces", "announce") + " relief" + &to("for")
        }
        (Kind::Relief, _) => verb("eases", "ease") + " measures" + &to("against"),
        (Kind::Rupture, Modality::Announced) => {
            verb("is", "are") + " to cut back ties" + &to("with")
        }
        (Kind::Rupture, _) => verb("cuts", "cut") + " back ties" + &to("with"),
        (Kind::Military, Modality::Announced) => {
            verb("prepares", "prepare") + " military action" + &to("against")
        }
        (Kind::Military, Modality::Alleged) => {
            verb("is", "are") + " said to have used force" + &to("against")
        }
        (Kind::Military, _) => verb("takes", "take") + " military action" + &to("against"),
        (Kind::Ruling, Modality::Announced) => verb("is", "are") + " to rule" + &to("on"),
        (Kind::Ruling, _) => verb("rules", "rule") + &to("on"),
    };
    format!("{who} {}", told.trim_end())
}

fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        _ if names.len() > MOST => format!("{} and others", names[..MOST].join(", ")),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn listed(names: &[&str]) -> String {
    if names.len() > MOST {
        format!("{} and others", names[..MOST].join(", "))
    } else {
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sanction_names_the_target_and_the_company() {
        assert_eq!(
            headline(
                Kind::Sanction,
                Modality::Announced,
                &["United States"],
                &["Iran"],
                &["Iran Air".into()]
            ),
            "United States announces sanctions on Iran, Iran Air"
        );
    }

    #[test]
    fn a_denial_names_whose_word_it_denies() {
        assert_eq!(
            headline(
                Kind::Denial,
                Modality::Occurred,
                &["Iran"],
                &["United States"],
                &[]
            ),
            "Iran denies accusation by United States"
        );
    }

    #[test]
    fn several_actors_take_the_plural() {
        assert_eq!(
            headline(
                Kind::Visit,
                Modality::Announced,
                &["United Kingdom", "United States"],
                &["Ukraine"],
                &[]
            ),
            "United Kingdom and United States plan to visit Ukraine"
        );
        assert_eq!(
            headline(
                Kind::Warning,
                Modality::Occurred,
                &["A", "B", "C", "D", "E"],
                &[],
                &[]
            ),
            "A, B, C, D and others warn"
        );
    }
}
