//! What a reader typed into the search box, as terms that both engines answer alike.
//!
//! Words are whole and unstemmed, case and accents ignored; `"…"` is a phrase, `-word` leaves out, `prefix*` matches
//! beginnings. Operators that make no sense are ignored: every text is a query.

use super::fold::words;

/// One condition of a search.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SearchTerm {
    /// Folded words that follow one another; one word, or a phrase. Never empty.
    pub words: Vec<String>,
    /// How the last word is matched.
    pub ending: Ending,
    /// Whether the term must stand there or must not.
    pub sense: Sense,
}

/// How the last word of a term is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The whole word.
    Whole,
    /// Any word that begins with it.
    Prefix,
}

/// Whether a term must stand there or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sense {
    /// Must stand there.
    With,
    /// Must not.
    Without,
}

/// The terms of a search: all of them hold. No terms find everything.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SearchQuery {
    /// The terms, in the order typed.
    pub terms: Vec<SearchTerm>,
}

impl SearchQuery {
    /// Reads what was typed; takes any text.
    pub fn parse(typed: &str) -> Self {
        let mut terms = Vec::new();
        let mut rest = typed.trim_start();
        while !rest.is_empty() {
            let (sense, body) = match rest.strip_prefix(['-', '−']) {
                Some(body) => (Sense::Without, body),
                None => (Sense::With, rest),
            };
            let (text, ending, after) = if let Some(quoted) = body.strip_prefix(['"', '“', '”'])
            {
                let end = quoted.find(['"', '“', '”']).unwrap_or(quoted.len());
                let after = quoted[end..]
                    .chars()
                    .next()
                    .map_or("", |mark| &quoted[end + mark.len_utf8()..]);
                (&quoted[..end], Ending::Whole, after)
            } else {
                let end = body
                    .find(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '“' | '”'))
                    .unwrap_or(body.len());
                let word = &body[..end];
                let ending = if word.ends_with('*') {
                    Ending::Prefix
                } else {
                    Ending::Whole
                };
                (word, ending, &body[end..])
            };
            let words = words(text);
            if !words.is_empty() {
                terms.push(SearchTerm {
                    words,
                    ending,
                    sense,
                });
            }
            rest = after.trim_start();
        }
        Self { terms }
    }

    /// Whether it finds everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a text satisfies every term: the rule in plain code, which the engines' answers are tested against.
    pub fn matches(&self, text: &str) -> bool {
        self.matches_fields([text])
    }

    /// Whether several texts together satisfy every term; no phrase reaches from one into the next.
    pub fn matches_fields<'a>(&self, fields: impl IntoIterator<Item = &'a str>) -> bool {
        if self.is_empty() {
            return true;
        }
        let fields: Vec<Vec<String>> = fields.into_iter().map(words).collect();
        self.terms.iter().all(|term| {
            let found = fields
                .iter()
                .flat_map(|field| field.windows(term.words.len()))
                .any(|window| term.matches(window));
            found == (term.sense == Sense::With)
        })
    }
}

impl SearchTerm {
    fn matches(&self, window: &[String]) -> bool {
        let last = self.words.len() - 1;
        window
            .iter()
            .zip(&self.words)
            .enumerate()
            .all(|(index, (found, wanted))| {
                if index == last && self.ending == Ending::Prefix {
                    found.starts_with(wanted.as_str())
                } else {
                    found == wanted
                }
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_prefixes_and_exclusions_are_read() {
        let query = SearchQuery::parse(r#"Kyïv "Air service" missil* -oil"#);
        let shown: Vec<_> = query
            .terms
            .iter()
            .map(|t| (t.words.join(" "), t.ending, t.sense))
            .collect();
        assert_eq!(
            shown,
            [
                ("kyiv".to_owned(), Ending::Whole, Sense::With),
                ("air service".to_owned(), Ending::Whole, Sense::With),
                ("missil".to_owned(), Ending::Prefix, Sense::With),
                ("oil".to_owned(), Ending::Whole, Sense::Without),
            ]
        );
    }

    #[test]
    fn operators_without_words_are_ignored() {
        for typed in ["", "  ", "*", "- -- \" \"", "\"", "-\"", "(", "AND*)*"] {
            let query = SearchQuery::parse(typed);
            assert!(
                query.terms.iter().all(|term| !term.words.is_empty()),
                "{typed}"
            );
        }
        assert!(SearchQuery::parse("\" * -").is_empty());
    }

    #[test]
    fn a_hyphenated_word_is_a_phrase() {
        let query = SearchQuery::parse("S-400");
        assert!(query.matches("Turkey buys S-400 missiles"));
        assert!(!query.matches("400 S"));
    }

    #[test]
    fn terms_may_stand_in_different_fields_but_a_phrase_may_not() {
        let fields = ["talks in Geneva", "Iran air links"];
        assert!(SearchQuery::parse("geneva iran").matches_fields(fields));
        assert!(!SearchQuery::parse("\"geneva iran\"").matches_fields(fields));
        assert!(!SearchQuery::parse("geneva -air").matches_fields(fields));
    }

    #[test]
    fn every_term_must_hold() {
        let query = SearchQuery::parse("iran* -oil");
        assert!(query.matches("Iranian drones"));
        assert!(!query.matches("Iranian oil"));
        assert!(!query.matches("drones"));
    }
}
