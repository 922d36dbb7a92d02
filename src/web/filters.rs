//! Values as pages write them. The functions are for code; the filters of the same names for templates.

#![expect(
    missing_docs,
    clippy::inline_always,
    reason = "what askama's attribute writes beside each filter has no docs and always inlines"
)]

use askama::Values;
use chrono::{Datelike as _, NaiveDate};

use crate::domain::clock::Timestamp;

/// A count with thousands apart: `1,234,567`.
pub fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut text = String::new();
    if count < 0 {
        text.push('−');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// “1 event”, “2,000 events”.
pub fn events_text(count: i64) -> String {
    counted_text(count, "event", "events")
}

/// “1 source”, “3 sources”.
pub fn counted_text(count: i64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// “10 Sep 2024”.
pub fn short_day(day: NaiveDate) -> String {
    format!("{} {}", day.format("%-d %b"), day.year())
}

/// “10 Sep 2024, 14:05”, in UTC.
pub fn short_instant(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M")
}

/// A count with thousands apart.
///
/// # Errors
/// Never.
#[askama::filter_fn]
pub fn number(count: &i64, _: &dyn Values) -> askama::Result<String> {
    Ok(grouped(*count))
}

/// “1 event”, “2,000 events”.
///
/// # Errors
/// Never.
#[askama::filter_fn]
pub fn events(count: &i64, _: &dyn Values) -> askama::Result<String> {
    Ok(events_text(*count))
}

/// “1 source”, “3 sources”: `{{ n|counted("source", "sources") }}`.
///
/// # Errors
/// Never.
#[askama::filter_fn]
pub fn counted(count: &i64, _: &dyn Values, one: &str, many: &str) -> askama::Result<String> {
    Ok(counted_text(*count, one, many))
}

/// “10 Sep 2024”.
///
/// # Errors
/// Never.
#[askama::filter_fn]
pub fn day(day: &NaiveDate, _: &dyn Values) -> askama::Result<String> {
    Ok(short_day(*day))
}

/// “10 Sep 2024, 14:05”, in UTC.
///
/// # Errors
/// Never.
#[askama::filter_fn]
pub fn instant(at: &Timestamp, _: &dyn Values) -> askama::Result<String> {
    Ok(short_instant(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_thousands_apart_and_their_noun_in_number() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(-1_234_567), "−1,234,567");
        assert_eq!(events_text(1), "1 event");
        assert_eq!(events_text(0), "0 events");
        assert_eq!(counted_text(2, "source", "sources"), "2 sources");
    }
}
