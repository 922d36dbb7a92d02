//! Bytes → text: whatever encoding a page, a file or a paste is in; what is no text is refused with a name.
//!
//! In this order: a byte order mark, UTF-8 if it is valid, the charset that the server or the page declares, detection.
//! (Valid UTF-8 comes before declarations, which lie more often than long runs of bytes happen to be valid.)

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use regex::bytes::Regex;

/// Bytes that are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Nothing at all.
    #[error("expected text, but found nothing")]
    Empty,
    /// A file of another sort, told by its first bytes.
    #[error("expected text or HTML, but found {0}")]
    Binary(&'static str),
}

/// First bytes of files that people hand in by mistake.
const SIGNATURES: [(&[u8], &str); 12] = [
    (b"%PDF-", "a PDF file; copy its text instead"),
    (b"PK\x03\x04", "a ZIP or Office file; copy its text instead"),
    (b"\xd0\xcf\x11\xe0", "an Office file; copy its text instead"),
    (b"{\\rtf", "an RTF file; copy its text instead"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"ID3", "a sound file"),
];

/// Decodes bytes, `declared` being the charset that a server named.
///
/// The byte order mark is dropped; line ends are left as they are. Malformed sequences become `U+FFFD`.
///
/// # Errors
/// Where there is nothing, or something that is no text.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<String, NotText> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(NotText::Empty);
    }
    if let Some((_, what)) = SIGNATURES
        .iter()
        .find(|(first, _)| bytes.starts_with(first))
    {
        return Err(NotText::Binary(what));
    }
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        encoding.decode_without_bom_handling(rest).0.into_owned()
    } else if let Some(encoding) = wide(bytes) {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    } else if bytes.contains(&0) {
        return Err(NotText::Binary("binary data"));
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        let encoding = declared
            .and_then(|label| Encoding::for_label(label.as_bytes()))
            .or_else(|| declared_within(bytes))
            .filter(|encoding| *encoding != UTF_8)
            .unwrap_or_else(|| detected(bytes));
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    };
    if text.trim().is_empty() {
        Err(NotText::Empty)
    } else if is_mostly_control(&text) {
        Err(NotText::Binary("binary data"))
    } else {
        Ok(text)
    }
}

/// UTF-16 without a mark: of Latin text every other byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1000))?;
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 4 {
        None
    } else if odd * 10 > half * 6 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 6 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

static CHARSET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})"#).ok()
});

/// The charset that a page's `meta` or an XML declaration names, within the first 4 KiB.
fn declared_within(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let found = CHARSET.as_ref()?.captures(head)?.get(1)?;
    Encoding::for_label(found.as_bytes())
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether more than one sign in twenty is a control character or could not be decoded.
fn is_mostly_control(text: &str) -> bool {
    let (mut odd, mut all) = (0_usize, 0_usize);
    for sign in text.chars().take(10_000) {
        all += 1;
        let control = sign.is_control() && !matches!(sign, '\n' | '\r' | '\t' | '\u{c}');
        odd += usize::from(control || sign == '\u{fffd}');
    }
    odd * 20 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_any_encoding_is_decoded() {
        let expected = "Café in Łódź – “yes”";
        let utf16: Vec<u8> = expected.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xff, 0xfe][..], &utf16].concat();
        assert_eq!(decode(expected.as_bytes(), None).as_deref(), Ok(expected));
        assert_eq!(decode(&marked, None).as_deref(), Ok(expected));
        assert_eq!(decode(&utf16, None).as_deref(), Ok(expected));
        let marked = ["\u{feff}", expected].concat();
        assert_eq!(decode(marked.as_bytes(), None).as_deref(), Ok(expected));
    }

    #[test]
    fn a_declared_charset_is_followed_where_the_bytes_are_no_utf_8() {
        let (russian, ..) = encoding_rs::WINDOWS_1251.encode("Россия и Иран");
        assert_eq!(
            decode(&russian, Some("windows-1251")).as_deref(),
            Ok("Россия и Иран")
        );
        let page = [
            &b"<meta charset=koi8-r><p>"[..],
            &encoding_rs::KOI8_R.encode("Москва").0,
        ]
        .concat();
        assert_eq!(
            decode(&page, None).as_deref(),
            Ok("<meta charset=koi8-r><p>Москва")
        );
        assert_eq!(
            decode("Łódź".as_bytes(), Some("iso-8859-1")).as_deref(),
            Ok("Łódź"),
            "a server that lies"
        );
    }

    #[test]
    fn an_undeclared_encoding_is_detected() {
        let text = "Der Außenminister reiste am Dienstag nach Österreich, um über die Maßnahmen zu sprechen.";
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(decode(&bytes, None).as_deref(), Ok(text));
        assert_eq!(
            decode(b"pr\xe9cis \x93quoted\x94 words", None).as_deref(),
            Ok("précis “quoted” words")
        );
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let told = |bytes: &[u8]| decode(bytes, None).unwrap_err().to_string();
        assert_eq!(told(b" \n"), "expected text, but found nothing");
        assert_eq!(
            told(b"%PDF-1.7 \xe2\xe3"),
            "expected text or HTML, but found a PDF file; copy its text instead"
        );
        assert_eq!(
            told(&[1, 2, 0, 3, 200, 9]),
            "expected text or HTML, but found binary data"
        );
        let noise: Vec<u8> = (1..=255_u8).cycle().take(4000).collect();
        assert_eq!(told(&noise), "expected text or HTML, but found binary data");
    }
}
