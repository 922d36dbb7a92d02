//! What no single rule shows: order, offsets, hostile text, times counted from others.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn context(published: &str) -> TimeContext {
    TimeContext::new(published.parse().unwrap())
}

/// Words and dates found in a text.
fn found(text: &str, published: &str) -> Vec<(String, String)> {
    read(text, &context(published))
        .into_iter()
        .map(|found| {
            (
                text[found.start..found.end].to_owned(),
                found.date.to_string(),
            )
        })
        .collect()
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|(words, date)| (words.as_str(), date.as_str()))
        .collect()
}

#[test]
fn days_after_a_day_told_count_from_it() {
    let text = "The envoys were expelled on 21 February. Three days earlier they had been summoned; \
                the following day their bank was cut off.";
    assert_eq!(
        pairs(&found(text, "2024-03-14")),
        [
            ("21 February", "2024-02-21"),
            ("Three days earlier", "2024-02-18"),
            ("following day", "2024-02-19")
        ]
    );
}

#[test]
fn a_count_from_the_time_told_can_be_moved_to_another() {
    let text = "They met two days later.";
    let found = &read(text, &context("2024-03-14"))[0];
    assert_eq!(found.class, Class::Told);
    let from = found.offset.unwrap().from("2021-05-01".parse().unwrap());
    assert_eq!(from, "2021-05-03".parse().ok());
}

#[test]
fn a_count_before_a_date_moves_it() {
    let text = "It fell two weeks before 13 May 1999, and the day after Tuesday’s vote it rose.";
    assert_eq!(
        pairs(&found(text, "2024-03-14")),
        [
            ("two weeks before 13 May 1999", "1999-04-29"),
            ("the day after Tuesday", "2024-03-13")
        ]
    );
}

#[test]
fn the_week_of_a_day_is_monday_to_sunday() {
    assert_eq!(
        pairs(&found(
            "in the week beginning on 10 April 2018",
            "2018-03-14"
        )),
        [("week beginning on 10 April 2018", "2018-04-09/2018-04-15")]
    );
}

#[test]
fn two_times_between_from_and_to_are_one_stretch() {
    let text =
        "It grew from March in 2016 to June 2017, and between last Friday and today it fell.";
    assert_eq!(
        pairs(&found(text, "2024-03-14")),
        [
            ("March in 2016 to June 2017", "2016-03/2017-06"),
            ("last Friday and today", "2024-03-08/2024-03-14")
        ]
    );
}

#[test]
fn days_of_one_sentence_stand_near_each_other() {
    let text = "They come back in two stages, on 6 August and, for oil, on 4 November.";
    assert_eq!(
        pairs(&found(text, "2018-05-09")),
        [("6 August", "2018-08-06"), ("4 November", "2018-11-04")]
    );
}

#[test]
fn a_day_to_come_is_no_day_to_count_back_from() {
    let text = "It left on Tuesday. The rest ends on 4 November, the ministry said in a long statement to the papers \
                of the capital.\n\nIn an address the same evening he spoke. Eight days earlier he had accused it.";
    assert_eq!(
        pairs(&found(text, "2018-05-09"))[2..],
        [
            ("same evening", "2018-05-08"),
            ("Eight days earlier", "2018-04-30")
        ]
    );
}

#[test]
fn a_day_that_only_names_a_thing_does_not_move_the_story() {
    let text = "On Sunday they asked for the return of the president held since the putsch of July 26. \
                A guest flew in the same day.";
    assert_eq!(
        pairs(&found(text, "2023-07-31"))[2],
        ("same day", "2023-07-30")
    );
}

#[test]
fn days_after_a_month_told_last_are_somewhere_in_it() {
    let text =
        "It came on 17 July 2019. In October 2020 it was tested, as he confirmed a week later.";
    assert_eq!(
        pairs(&found(text, "2020-12-15"))[2],
        ("a week later", "2020-10")
    );
}

#[test]
fn the_eve_of_a_time_is_the_day_before() {
    assert_eq!(
        pairs(&found(
            "He wrote on the eve of Thursday’s protest.",
            "2024-09-12"
        )),
        [("eve of Thursday", "2024-09-11")]
    );
}

#[test]
fn a_time_stamp_of_a_live_page_is_of_its_day() {
    let text = "11:35 — He phoned on Thursday night.\n\n11:10 — Sport: it will not be held this autumn.\n\n10:50 — Terms";
    let days: Vec<String> = found(text, "2022-02-25")
        .into_iter()
        .map(|(_, date)| date)
        .collect();
    assert_eq!(
        days,
        [
            "2022-02-25",
            "2022-02-24",
            "2022-02-25",
            "2022-09/2022-11",
            "2022-02-25"
        ]
    );
}

#[test]
fn a_meeting_planned_for_a_day_and_called_off_is_past() {
    assert_eq!(
        pairs(&found(
            "Talks set for February 24 were called off.",
            "2022-07-29"
        )),
        [("February 24", "2022-02-24")]
    );
}

#[test]
fn days_do_not_count_from_a_year() {
    let text = "On Wednesday it broke the deal of 2016. The next morning they protested.";
    assert_eq!(
        pairs(&found(text, "2021-09-24"))[2],
        ("next morning", "2021-09-23")
    );
}

#[test]
fn a_weekday_tells_what_it_would_be_if_the_verb_looked_the_other_way() {
    let found = &read("They met on Tuesday.", &context("2024-03-14"))[0];
    assert_eq!(found.date.to_string(), "2024-03-12");
    assert_eq!(found.other, "2024-03-19".parse().ok());
}

#[test]
fn words_that_bound_are_told_apart_from_those_that_date() {
    let bounds: Vec<Bound> = [
        "since 2018",
        "until Friday",
        "after the end of March",
        "ahead of Friday’s vote",
        "by Monday",
        "in 2018",
    ]
    .iter()
    .map(|text| read(text, &context("2024-03-14"))[0].bound)
    .collect();
    assert_eq!(
        bounds,
        [
            Bound::Since,
            Bound::Until,
            Bound::After,
            Bound::Before,
            Bound::By,
            Bound::On
        ]
    );
}

#[test]
fn a_year_told_holds_for_the_days_after_it() {
    let text = "In 2014 the union froze its talks. On 17 March it listed 21 officials.";
    assert_eq!(
        pairs(&found(text, "2021-11-14")),
        [("2014", "2014"), ("17 March", "2014-03-17")]
    );
}

#[test]
fn the_day_of_digits_stands_where_the_text_puts_it() {
    let second = |text: &str| found(text, "2024-11-01")[1].1.clone();
    assert_eq!(
        second("On 3 May it was 10/09/2024 on the form."),
        "2024-09-10"
    );
    assert_eq!(
        second("On May 3 it was 10/09/2024 on the form."),
        "2024-10-09"
    );
    assert_eq!(
        second("From 09/23/2024, and on 10/09/2024 too, on 3 May"),
        "2024-10-09"
    );
    let american = TimeContext {
        slash_order: Some(SlashOrder::MonthFirst),
        ..context("2024-11-01")
    };
    assert_eq!(lines("10/09/2024", &american)[0].edtf, "2024-10-09");
}

#[test]
fn lines_hold_byte_offsets_and_codes() {
    let text = "Café, été: the summer of 2015.";
    let lines = lines(text, &context("2024-03-14"));
    assert_eq!(
        serde_json::to_string(&lines).unwrap(),
        r#"[{"start":18,"end":32,"text":"summer of 2015","edtf":"2015-22"}]"#
    );
}

#[test]
fn a_line_break_within_an_expression_is_a_space_and_a_blank_line_is_not() {
    assert_eq!(
        pairs(&found("on 10\nSeptember 2024", "2024-11-01")),
        [("10\nSeptember 2024", "2024-09-10")]
    );
    assert_eq!(
        pairs(&found("number 10\n\nSeptember 2024", "2024-11-01")),
        [("September 2024", "2024-09")]
    );
}

#[test]
fn text_of_only_dates_is_read_date_by_date() {
    let text = "2024-09-10 ".repeat(1000);
    assert_eq!(read(&text, &context("2024-11-01")).len(), 1000);
}

#[test]
fn hostile_texts_take_linear_time() {
    for piece in [
        ",",
        "the ",
        "a week ",
        "twenty-",
        "in the early hours of ",
        "Monday ",
        "two ",
        "10:",
        "1/1/",
        "'",
        "May ",
        "between ",
        "will ",
        "\u{301}",
        "\n",
        "🕊️",
        "next ",
        "12-",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let _ = read(&text, &context("2024-11-01"));
    }
}

#[test]
fn the_ends_of_the_calendar_are_no_panic() {
    for published in ["0001-01-01", "9999-12-31"] {
        for text in [
            "last week",
            "next century",
            "9999 years ago",
            "in the next 9999 years",
            "on 1 January 1000",
            "winter of 2999",
            "the weekend",
            "last Monday",
            "9999 days later",
            "within 9999 hours",
            "a decade ago",
        ] {
            let _ = read(text, &context(published));
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_in_order_on_character_boundaries(text in ".{0,200}") {
        let mut end = 0;
        for found in read(&text, &context("2024-11-01")) {
            prop_assert!(end <= found.start && found.start < found.end);
            prop_assert!(text.get(found.start..found.end).is_some());
            end = found.end;
        }
    }

    #[test]
    fn any_mix_of_time_words_is_read_and_every_code_is_edtf(
        words in prop::collection::vec(prop::sample::select(vec![
            "the", "two", "weeks", "ago", "Monday", "last", "next", "of", "March", "2024", "31", "10th", "-", "/", ",",
            "’s", "early", "end", "year", "quarter", "third", "previous", "day", "later", "before", "between", "and", "to",
            "from", "’98", "1990s", "century", "p.m.", "10:30", "noon", "within", "will", "said", "said.", "\n", "that",
            "summer", "in", "on", "9999", "twenty", "first", "half", "weekend", "morning",
        ]), 1..25),
        year in 1..9999_i32,
    ) {
        let text = words.join(" ");
        let published = NaiveDate::from_ymd_opt(year, 2, 28).unwrap();
        let mut end = 0;
        for found in read(&text, &TimeContext::new(published)) {
            prop_assert!(end <= found.start && found.start < found.end, "{}", text);
            prop_assert!(found.code.parse::<Edtf>().is_ok(), "{}: {}", text, found.code);
            end = found.end;
        }
    }
}
