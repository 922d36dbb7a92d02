//! The shape of a page's source, found in one pass over its bytes, before any parser sees it.
//!
//! The parser looks through all open elements at every new one, and through all attributes of a tag at every further one: a
//! page that is nested or attributed beyond reason would cost it hours.

/// Elements that need no end tag.
const UNCLOSED: [&str; 32] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option",
    "optgroup", "colgroup", "caption", "html", "head", "body", "!doctype",
];

/// How deep elements may seem to be nested.
const DEEPEST: usize = 2_000;
/// How many attributes a tag may seem to have.
const MOST_ATTRIBUTES: usize = 1_000;

/// Whether a page can be parsed in a time that grows with its length alone.
pub(super) fn is_reasonable(source: &str) -> bool {
    let (mut open, mut rest) = (0_usize, source);
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let Some(tag) = Tag::read(rest) else { continue };
        if tag.attributes > MOST_ATTRIBUTES {
            return false;
        }
        rest = rest.get(tag.length..).unwrap_or_default();
        if tag.name.starts_with('/') {
            open = open.saturating_sub(1);
        } else if is_one_of(tag.name, &["script", "style"]) {
            rest = after_end(rest, tag.name);
        } else if !is_one_of(tag.name, &UNCLOSED) {
            open += 1;
            if open > DEEPEST {
                return false;
            }
        }
    }
    true
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What follows the end tag of a script or style; nothing where it has none.
fn after_end<'a>(source: &'a str, name: &str) -> &'a str {
    let mut rest = source;
    while let Some(start) = rest.find("</") {
        rest = &rest[start + 2..];
        if rest
            .get(..name.len())
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
        {
            return rest;
        }
    }
    ""
}

/// A start or end tag.
struct Tag<'a> {
    /// Its name, an end tag's with its `/`.
    name: &'a str,
    /// How many words stand in it outside quotes.
    attributes: usize,
    /// Its length in bytes, after the `<`.
    length: usize,
}

impl<'a> Tag<'a> {
    fn read(source: &'a str) -> Option<Self> {
        let first = source.trim_start_matches('/').chars().next()?;
        if !first.is_ascii_alphabetic() && first != '!' {
            return None;
        }
        let name_length = source
            .find(|sign: char| sign.is_whitespace() || sign == '>')
            .unwrap_or(source.len());
        let name = source.get(..name_length)?.trim_end_matches('/');
        let (mut attributes, mut quote, mut before) = (0, None, b' ');
        for (place, byte) in source.bytes().enumerate().skip(name_length) {
            match quote {
                Some(open) if byte == open => quote = None,
                Some(_) => {}
                None if byte == b'>' => {
                    return Some(Self {
                        name,
                        attributes,
                        length: place + 1,
                    });
                }
                None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
                None => {
                    attributes +=
                        usize::from(!byte.is_ascii_whitespace() && before.is_ascii_whitespace());
                }
            }
            before = byte;
        }
        Some(Self {
            name,
            attributes,
            length: source.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::is_reasonable;

    #[test]
    fn pages_as_people_write_them_are_reasonable() {
        for source in [
            "",
            "<!doctype html><p>one<p>two",
            &"<p>x<li>y<br>".repeat(10_000),
            &"<div><b>x</b></div>".repeat(10_000),
            &format!("<script>{}</script>", "if(a<b c d e)".repeat(10_000)),
            &format!("<p data-x=\"{}\">", "many words ".repeat(10_000)),
            &"a < b ".repeat(10_000),
        ] {
            assert!(is_reasonable(source), "{source:.60}");
        }
    }

    #[test]
    fn what_would_cost_the_parser_hours_is_not() {
        for source in [
            &"<div>".repeat(5_000),
            &"<b>".repeat(5_000),
            &format!("<p {}>", "a=1 b='2' c ".repeat(5_000)),
            &format!("<p {}", "a=1 ".repeat(5_000)),
        ] {
            assert!(!is_reasonable(source), "{source:.60}");
        }
    }
}
