//! Text that no one should send: read without a panic, in linear time, with evidence on character boundaries.

use chrono::NaiveDate;
use demarche::{
    domain::edtf::Edtf,
    extract::{
        ExtractError, check_language,
        time::{self, TimeContext},
    },
    ingest::html,
};
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

/// Reads the times of a text and checks where they stand and that their dates can be read back.
fn dates(text: &str) {
    let published = day("2024-09-10");
    let mut end = 0;
    for line in time::lines(text, &TimeContext::new(published)) {
        assert!(line.start >= end && line.end > line.start, "{line:?}");
        assert_eq!(text.get(line.start..line.end), Some(line.text.as_str()));
        assert!(line.edtf.parse::<Edtf>().is_ok(), "{line:?}");
        end = line.end;
    }
}

/// Reads a page, which may be anything, and checks that its day is not to come.
fn page(source: &str) {
    let today = day("2024-09-12");
    let read = html::read(source, None, today);
    assert!(read.published.is_none_or(|day| day <= today), "{read:?}");
}

#[expect(clippy::unwrap_used, reason = "the days are written in the tests")]
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
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
fn long_monotonous_texts_are_read_to_their_end() {
    // that time grows with their length alone is what `make bench` shows
    for text in [
        // a sentence without an end: in memory of the square of its length it would not fit into any machine
        ",".repeat(1_000_000),
        "Iran, ".repeat(2_000),
        "Iran and Iraq said that ".repeat(2_000),
        "accused ".repeat(1_500),
        "(".repeat(50_000),
        "\"".repeat(50_000),
        "who which that ".repeat(4_000),
        "10 September 2024 ".repeat(2_500),
        "Iran warned Iraq on Tuesday. ".repeat(1_500),
        "a\n".repeat(25_000),
        "x".repeat(100_000),
        "إيران ".repeat(10_000),
        "e\u{301}".repeat(30_000),
        "🚀".repeat(20_000),
    ] {
        read(&text);
        dates(&text);
        page(&text);
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
        dates(&text);
        page(&text);
        let _ = check_language(&text);
    }

    #[test]
    fn any_mix_of_times_is_read_without_a_panic(
        words in proptest::collection::vec(
            prop_oneof![
                Just("Tuesday"), Just("last"), Just("31"), Just("29"), Just("February"), Just("Sept."), Just("2024"), Just("9999"),
                Just("0001"), Just("in"), Just("week"), Just("two"), Just("decades"), Just("ago"), Just("the"), Just("14th"),
                Just("quarter"), Just("half"), Just("of"), Just("a century"), Just("/"), Just("10/09/2024"), Just("-"), Just("’s"),
                Just("year"), Just("end"), Just("by"), Just("from"), Just("to"), Just("between"), Just("and"), Just("mid"),
                Just("since"), Just("BC"), Just("10:30"), Just("a.m."), Just("1990s"), Just("99999999999"), Just("\n\n"), Just("İ"),
                Just("🚀"), Just("e\u{301}"), Just("later"), Just("that"), Just("month"), Just("Eid"), Just("Easter"), Just(","),
            ],
            0..40,
        ),
        year in 1_i32..9_999,
        glued in any::<bool>(),
    ) {
        let text = words.join(if glued { "" } else { " " });
        dates(&text);
        read(&text);
        let published = NaiveDate::from_ymd_opt(year, 2, 28).unwrap();
        time::lines(&text, &TimeContext::new(published));
    }

    #[test]
    fn any_mix_of_tags_is_read_as_a_page_without_a_panic(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("<html lang=\"en-GB\">"), Just("<head>"), Just("</head>"), Just("<body>"), Just("<p>"), Just("</p>"),
                Just("<article>"), Just("</div>"), Just("<div class=\"byline\">"), Just("<time datetime=\"2024-09-10\">"),
                Just("<time datetime=\"2024-99-99\">"), Just("<meta property=\"article:published_time\" content=\"2024-09-10T25:00\">"),
                Just("<meta name=\"date\" content=\"10/09/2024\">"), Just("<script type=\"application/ld+json\">"),
                Just("{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-09-10\"}"), Just("{\"@graph\":[[[["), Just("</script>"),
                Just("<!--"), Just("-->"), Just("<![CDATA["), Just("&amp;"), Just("&#x110000;"), Just("\u{0}"), Just("<title>"),
                Just("</title>"), Just("Ministers met on 10 September 2024."), Just("By Ann Example"), Just("<table><tr><td>"),
                Just("<h1>"), Just("</h1>"), Just("<template>"), Just("<svg>"), Just("<"), Just("\""), Just("é🚀"),
            ],
            0..60,
        )
    ) {
        page(&parts.concat());
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
