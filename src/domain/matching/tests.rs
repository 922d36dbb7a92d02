use super::*;
use crate::domain::{clock::Timestamp, id::EventId, reference, status::Status};

fn register() -> PartyRegister {
    PartyRegister::new(reference::parties().to_vec())
}

fn codes(list: &str) -> Vec<PartyCode> {
    list.split_whitespace()
        .map(|code| code.parse().unwrap())
        .collect()
}

/// “kind date modality”, “GBR USA > UKR”, headline.
fn draft(what: &str, who: &str, headline: &str) -> EventDraft {
    let what: Vec<&str> = what.split_whitespace().collect();
    let (actors, targets) = who.split_once('>').unwrap();
    EventDraft {
        kind: what[0].parse().unwrap(),
        date: what[1].parse().unwrap(),
        date_text: String::new(),
        modality: what[2].parse().unwrap(),
        headline: headline.to_owned(),
        summary: String::new(),
        quote: String::new(),
        speakers: Vec::new(),
        actors: codes(actors),
        targets: codes(targets),
        named: Vec::new(),
        place: String::new(),
        effective_date: None,
        authority: String::new(),
        program: String::new(),
        legal_url: String::new(),
        list_ids: Vec::new(),
        tags: Vec::new(),
        status: Status::Published,
        confidence: None,
        relations: Vec::new(),
        judgement: None,
        sources: Vec::new(),
    }
}

fn event(content: EventDraft) -> Event {
    let at: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
    let is_followed = FollowThrough::applies_to(content.kind, content.modality);
    Event {
        id: EventId::from_counter(7).unwrap(),
        revision: 1,
        content,
        source_count: 0,
        independent_sources: 0,
        first_reported: None,
        follow_through: is_followed.then_some(FollowThrough::Pending),
        follow_through_event: None,
        created_at: at,
        updated_at: at,
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "both are made where it is called"
)]
fn compared(new: EventDraft, known: EventDraft) -> Option<Match> {
    compare(&new, &event(known), &register())
}

#[test]
fn the_same_act_in_other_words_is_offered_as_a_source_with_its_reasons() {
    let found = compared(
        draft(
            "visit 2024-09-09/2024-09-15 announced",
            "GBR USA > UKR",
            "Envoys to travel to Kyiv together",
        ),
        draft(
            "visit 2024-09-09/2024-09-15 announced",
            "USA GBR > UKR",
            "Joint travel of two envoys to Kyiv",
        ),
    )
    .unwrap();
    assert_eq!(found.offer, Offer::Source);
    assert_eq!(
        found.reasons,
        [
            "same kind",
            "same parties",
            "same date",
            "words in common: envoys, kyiv, travel"
        ]
    );
    assert!(found.score > 900, "{}", found.score);
}

#[test]
fn another_day_another_actor_or_another_kind_is_not_the_same_act() {
    let new = || {
        draft(
            "warning 2024-09-10 occurred",
            "USA > IRN",
            "US warns Iran over missiles",
        )
    };
    for (what, who) in [
        ("warning 2024-09-13 occurred", "USA > IRN"),
        ("warning 2024-09-10 occurred", "GBR > IRN"),
        ("statement 2024-09-10 occurred", "USA > IRN"),
        ("warning ../2022-01-01 occurred", "USA > IRN"),
    ] {
        let known = draft(what, who, "US warns Iran over missiles");
        assert_eq!(compared(new(), known), None, "{what} {who}");
    }
}

#[test]
fn an_act_carries_out_what_was_announced_or_warned_of() {
    let done = draft(
        "visit 2024-09-11 occurred",
        "GBR USA > UKR",
        "Envoys arrive in Kyiv",
    );
    let announced = draft(
        "visit 2024-09-09/2024-09-15 announced",
        "GBR USA > UKR",
        "Envoys to travel to Kyiv",
    );
    let found = compared(done.clone(), announced).unwrap();
    assert_eq!(found.offer, Offer::CarriesOut);
    assert_eq!(
        found.reasons,
        [
            "announced there, occurred",
            "same parties",
            "dates overlap",
            "words in common: envoys, kyiv"
        ]
    );
    let sanction = draft(
        "sanction 2024-09-20 occurred",
        "USA > IRN",
        "US sanctions Iran over missiles",
    );
    let warned = draft(
        "warning 2024-09-10 occurred",
        "USA > IRN",
        "US warns of measures over missiles",
    );
    let found = compared(sanction.clone(), warned.clone()).unwrap();
    assert_eq!(found.offer, Offer::CarriesOut);
    assert_eq!(found.reasons[0], "a warning that nothing has carried out");
    let mut settled = event(warned);
    settled.follow_through = Some(FollowThrough::Fulfilled);
    assert_eq!(compare(&sanction, &settled, &register()), None);
    assert_eq!(compared(done, sanction), None);
}

#[test]
fn a_denial_is_offered_the_accusation_of_its_actor_but_not_a_later_or_an_old_one() {
    let denial = || {
        draft(
            "denial 2024-09-11 occurred",
            "IRN > USA",
            "Iran denies sending missiles",
        )
    };
    let accusation = |date: &str| {
        draft(
            &format!("accusation {date} occurred"),
            "USA > IRN RUS",
            "US says Iran sent missiles",
        )
    };
    let found = compared(denial(), accusation("2024-09-10")).unwrap();
    assert_eq!(found.offer, Offer::Denies);
    assert_eq!(
        found.reasons,
        [
            "IRN is who it is about",
            "directed at USA",
            "the day before",
            "words in common: missiles"
        ]
    );
    for date in ["2024-09-12", "2024-05-10"] {
        assert_eq!(compared(denial(), accusation(date)), None, "{date}");
    }
}

#[test]
fn an_answer_needs_words_in_common() {
    let demand = draft(
        "demand 2024-09-10 occurred",
        "USA > IRN",
        "US urges Iran to halt enrichment of uranium",
    );
    let refusal = |headline| draft("denial 2024-09-11 occurred", "IRN > USA", headline);
    let found = compared(refusal("Iran will not halt enrichment"), demand.clone()).unwrap();
    assert_eq!(found.offer, Offer::Answers);
    assert_eq!(compared(refusal("Iran denies the report"), demand), None);
}

#[test]
fn reaches_look_back_for_what_is_carried_out_and_around_for_the_same_act() {
    let reaches = reaches(&draft("sanction ../2024-09-10 occurred", "USA > IRN", "x"));
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(
        reaches[0],
        Reach {
            kinds: vec![Kind::Sanction],
            first: day("2024-06-26"),
            last: day("2024-10-25"),
            standing: Standing::Any
        }
    );
    assert_eq!(reaches[1].kinds, [Kind::Warning, Kind::Sanction]);
    assert_eq!(reaches[1].standing, Standing::Open);
    assert_eq!(reaches[1].last, day("2024-09-10"));
}
