//! Whatever is handed in, nothing panics, and what is stored is the text that was given.

use chrono::NaiveDate;
use demarche::ingest::{
    Document, Given,
    day::{NumberOrder, days_in, machine_day},
    document::{self, Contents},
    feed, html, text_metadata,
};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 9, 20).unwrap()
}

/// Pieces that the readers look for, joined at random with anything.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<p>".to_owned()),
        Just("</p><div class=\"date sidebar\">".to_owned()),
        Just("<script type=\"application/ld+json\">{\"datePublished\":\"2024-09-10\"".to_owned()),
        Just("<meta property=\"article:published_time\" content=\"2024-".to_owned()),
        Just("<time datetime=\"".to_owned()),
        Just("September 10, 2024".to_owned()),
        Just("LONDON, Sept 10 (Reuters) — ".to_owned()),
        Just("10/09/2024 9月 Łódź \u{202e}\u{301}".to_owned()),
        Just("\n".to_owned()),
        ".{0,20}",
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_page_is_read(source in page()) {
        let read = html::read(&source, None, today());
        prop_assert!(read.published.is_none_or(|day| day <= today()));
        let _ = feed::read(source.as_bytes(), None);
    }

    #[test]
    fn any_text_tells_what_it_tells(text in page()) {
        let told = text_metadata::read(&text, today(), Some(2024));
        prop_assert!(told.title.chars().count() <= text_metadata::TITLE_MAX);
        prop_assert!(told.published.is_none_or(|day| day <= today()));
        for found in days_in(&text, NumberOrder::DayFirst) {
            prop_assert!(text.get(found.bytes).is_some());
        }
        let _ = machine_day(&text, NumberOrder::Unknown);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let document = Document { bytes, ..Document::default() };
        let _ = document::read(&document, &Given::default(), today());
    }

    #[test]
    fn plain_text_is_stored_as_it_was_given(text in "[a-zA-Z ąé–“”😀]{3}[a-zA-Z ąé–“”😀\n]{0,200}") {
        let document = Document { bytes: text.clone().into_bytes(), ..Document::default() };
        if let Ok(Contents::Article(article)) = document::read(&document, &Given::default(), today()) {
            prop_assert_eq!(article.text, text);
        }
    }
}
