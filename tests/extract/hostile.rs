//! Text that no one should send: read without a panic, in linear time, with evidence on character boundaries.

use std::time::{Duration, Instant};

use demarche::extract::{ExtractError, check_language};
use proptest::prelude::*;

use crate::scene::candidates;

/// Reads a text and checks every range of evidence.
fn read(text: &str) -> usize {
    let found = candidates(text, "2024-09-10");
    for event in &found {
        assert!(!event.evidence.is_empty(), "{event:?}");
        for range in &event.evidence {
            assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
        assert!((0.0..=1.0).contains(&event.confidence), "{event:?}");
    }
    found.len()
}

#[test]
fn an_empty_text_tells_nothing() {
    for text in ["", " ", "\n\n\n", "\u{feff}", ".", "\"", "’s"] {
        assert_eq!(read(text), 0, "{text:?}");
    }
}

#[test]
fn odd_scripts_marks_and_emoji_are_read_over() {
    for text in [
        "🇮🇷🚀 Iran 🚀 accused 🇮🇱 Israel 🇮🇱 on Tuesday…",
        "e\u{301}e\u{301} Iran e\u{301} warned Iraq e\u{301}",
        "إيران تتهم إسرائيل Iran accused Israel",
        "Iran\u{0} warned\u{1} Iraq\u{7f}.",
        "“Iran” “warned” “Iraq” “on” “Tuesday”",
        "IRAN WARNED IRAQ. US, EU SANCTION IRAN.",
        "İran İ ſ ß Iran warned Iraq",
    ] {
        read(text);
    }
}

#[test]
fn long_monotonous_texts_take_linear_time() {
    let monsters = [
        ",".repeat(80_000),
        "Iran, ".repeat(2_000),
        "Iran and Iraq said that ".repeat(2_000),
        "accused ".repeat(1_500),
        "(".repeat(50_000),
        "\"".repeat(50_000),
        "who which that ".repeat(4_000),
        "10 September 2024 ".repeat(2_500),
        "Iran warned Iraq on Tuesday. ".repeat(1_500),
        "a\n".repeat(25_000),
    ];
    for text in &monsters {
        let started = Instant::now();
        read(text);
        let taken = started.elapsed();
        assert!(
            taken < Duration::from_secs(20),
            "{taken:?} for {} bytes of {:?}",
            text.len(),
            &text[..12.min(text.len())]
        );
    }
}

#[test]
fn another_language_is_refused_by_its_name() {
    let text = "Der deutsche Außenminister hat am Dienstag den iranischen Botschafter einbestellt und neue \
                Sanktionen gegen das Land angekündigt, wie das Auswärtige Amt in Berlin mitteilte.";
    assert_eq!(
        check_language(text),
        Err(ExtractError::Language("German".into()))
    );
    assert_eq!(
        check_language(text).unwrap_err().to_string(),
        "expected an article in English, but found German; other languages are not read"
    );
    assert_eq!(check_language("Iran warned Iraq on Tuesday."), Ok(()));
    assert_eq!(check_language(""), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,300}") {
        read(&text);
    }

    #[test]
    fn any_mix_of_news_words_is_read_without_a_panic(
        words in proptest::collection::vec(
            prop_oneof![
                Just("Iran"), Just("Israeli"), Just("accused"), Just("said"), Just("that"), Just("by"), Just("\""),
                Just(","), Just("and"), Just("the"), Just("on Tuesday"), Just("sanctions"), Just("President"),
                Just("Blinken"), Just("he"), Just("who"), Just("will"), Just("not"), Just("to impose"), Just("."),
                Just("after"), Just("Foreign Minister"), Just("of"), Just("in"), Just("’s"), Just("—"), Just("(US)"),
                Just("two days"), Just("\n"), Just("talks with"), Just("been summoned"), Just("both"),
            ],
            0..60,
        )
    ) {
        read(&words.join(" "));
    }
}
