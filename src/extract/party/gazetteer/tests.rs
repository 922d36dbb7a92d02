//! Names found, and what they mean.

use super::*;

fn code_of(text: &str) -> Option<String> {
    let gazetteer = Gazetteer::builtin();
    let tokens = tokens(text, 0..text.len());
    let found = gazetteer.find(&tokens, 0)?;
    match found.senses.first()? {
        Sense::Name(party) | Sense::Place(party) | Sense::People(party) | Sense::Held(party) => {
            gazetteer
                .code(gazetteer.counts_as(*party))
                .map(ToString::to_string)
        }
        Sense::Person(_) | Sense::Family(_) => Some("person".into()),
    }
}

#[test]
fn the_longest_name_wins() {
    assert_eq!(code_of("South Sudan said").as_deref(), Some("SSD"));
    assert_eq!(code_of("Sudan said").as_deref(), Some("SDN"));
}

#[test]
fn short_names_are_matched_to_the_letter() {
    assert_eq!(code_of("US said").as_deref(), Some("USA"));
    assert_eq!(code_of("us said"), None);
    assert_eq!(code_of("iran"), None);
    assert_eq!(code_of("IRAN").as_deref(), Some("IRN"));
}

#[test]
fn agencies_count_as_their_state_and_organs_as_their_body() {
    assert_eq!(code_of("Security Council met").as_deref(), Some("UN"));
    assert_eq!(code_of("Iran Air flew").as_deref(), Some("IRN"));
    assert_eq!(code_of("Pentagon said").as_deref(), Some("USA"));
}

#[test]
fn a_person_speaks_for_the_party_of_the_day() {
    let gazetteer = Gazetteer::builtin();
    let text = "Antony Blinken";
    let found = gazetteer.find(&tokens(text, 0..text.len()), 0).unwrap();
    let Sense::Person(person) = found.senses[0] else {
        panic!("{:?}", found.senses)
    };
    let on = |day: &str| {
        gazetteer
            .speaks_for(person, day.parse().unwrap())
            .and_then(|party| gazetteer.code(party))
            .map(PartyCode::as_str)
    };
    assert_eq!(on("2024-09-10"), Some("USA"));
    assert_eq!(on("2025-09-10"), None);
}
