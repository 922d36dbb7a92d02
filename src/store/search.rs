//! Full text: an event's words as each engine keeps them, and a search's terms as each engine asks for them.
//!
//! Words are folded and cut by `domain::fold` for both engines, so that their answers are those of `SearchQuery`.

use std::fmt::Write;

use super::db::Engine;
use crate::domain::{
    event::Event,
    fold::words,
    register::PartyRegister,
    search::{Ending, SearchQuery, SearchTerm, Sense},
};

/// PostgreSQL takes words of up to 2,046 bytes; a sign has up to 4.
const WORD_MAX: usize = 500;
/// Stands between two fields, so that no phrase reaches from one into the next. No word of a search is equal to it.
const BREAK: &str = "¶";

/// The texts by which an event is found.
pub(super) fn fields<'a>(event: &'a Event, register: &'a PartyRegister) -> Vec<&'a str> {
    let content = &event.content;
    let mut fields: Vec<&str> = vec![
        &content.headline,
        &content.summary,
        &content.quote,
        &content.place,
        &content.authority,
        &content.program,
    ];
    for list in [
        &content.speakers,
        &content.named,
        &content.list_ids,
        &content.tags,
    ] {
        fields.extend(list.iter().map(String::as_str));
    }
    for code in content.actors.iter().chain(&content.targets) {
        fields.push(register.name(code));
    }
    fields.retain(|field| !field.is_empty());
    fields
}

/// An event's words as the engine's column takes them.
pub(super) fn document(event: &Event, register: &PartyRegister, engine: Engine) -> String {
    let fields = fields(event, register);
    let mut document = String::new();
    // 1 and up, a place left out between fields
    let mut place = 0_usize;
    for field in fields {
        if !document.is_empty() {
            place += 1;
            if engine == Engine::Sqlite {
                document.push(' ');
                document.push_str(BREAK);
            }
        }
        for word in words(field) {
            place += 1;
            if !document.is_empty() {
                document.push(' ');
            }
            match engine {
                Engine::Sqlite => document.push_str(cut(&word)),
                Engine::Postgres => {
                    let place = place.min(16_383);
                    let _ = write!(document, "'{}':{place}", cut(&word));
                }
            }
        }
    }
    document
}

/// What the engine is asked for: the terms that must stand there, and those that must not.
#[derive(Debug)]
pub(super) struct Ask {
    /// All of these; empty where every term is a `-word`.
    pub(super) with: String,
    /// Any of these; empty where there is none.
    pub(super) without: String,
}

impl Ask {
    /// The terms in the engine's language; `None` where the search finds everything.
    pub(super) fn of(query: &SearchQuery, engine: Engine) -> Option<Self> {
        if query.is_empty() {
            return None;
        }
        let (and, or) = match engine {
            Engine::Sqlite => (" AND ", " OR "),
            Engine::Postgres => (" & ", " | "),
        };
        let of = |sense| {
            query
                .terms
                .iter()
                .filter(move |term| term.sense == sense)
                .map(|term| expression(term, engine))
                .collect::<Vec<_>>()
        };
        Some(Self {
            with: of(Sense::With).join(and),
            without: of(Sense::Without).join(or),
        })
    }
}

impl Ask {
    /// One term in the engine's language, whatever its sense.
    pub(super) fn of_term(term: &SearchTerm, engine: Engine) -> String {
        expression(term, engine)
    }

    /// Everything as one expression. SQLite has none for a search of nothing but `-word`: there it is what must not stand.
    pub(super) fn whole(&self, engine: Engine) -> String {
        match (self.with.as_str(), self.without.as_str(), engine) {
            (with, "", _) => with.to_owned(),
            ("", without, Engine::Sqlite) => without.to_owned(),
            ("", without, Engine::Postgres) => format!("!({without})"),
            (with, without, Engine::Sqlite) => format!("({with}) NOT ({without})"),
            (with, without, Engine::Postgres) => format!("({with}) & !({without})"),
        }
    }
}

fn expression(term: &SearchTerm, engine: Engine) -> String {
    let prefix = term.ending == Ending::Prefix;
    match engine {
        Engine::Sqlite => {
            let phrase: Vec<&str> = term.words.iter().map(|word| cut(word)).collect();
            format!("\"{}\"{}", phrase.join(" "), if prefix { " *" } else { "" })
        }
        Engine::Postgres => {
            let last = term.words.len() - 1;
            let phrase: Vec<String> = term
                .words
                .iter()
                .enumerate()
                .map(|(index, word)| {
                    let star = if prefix && index == last { ":*" } else { "" };
                    format!("'{}'{star}", cut(word))
                })
                .collect();
            format!("({})", phrase.join(" <-> "))
        }
    }
}

fn cut(word: &str) -> &str {
    word.char_indices()
        .nth(WORD_MAX)
        .map_or(word, |(end, _)| &word[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str, engine: Engine) -> (String, String) {
        let ask = Ask::of(&SearchQuery::parse(typed), engine).unwrap();
        (ask.with, ask.without)
    }

    #[test]
    fn both_engines_are_asked_for_the_same_terms() {
        let typed = r#"Kyïv "air service" missil* -oil -"gas field""#;
        assert_eq!(
            asked(typed, Engine::Sqlite),
            (
                r#""kyiv" AND "air service" AND "missil" *"#.to_owned(),
                r#""oil" OR "gas field""#.to_owned()
            )
        );
        assert_eq!(
            asked(typed, Engine::Postgres),
            (
                "('kyiv') & ('air' <-> 'service') & ('missil':*)".to_owned(),
                "('oil') | ('gas' <-> 'field')".to_owned()
            )
        );
    }

    #[test]
    fn signs_of_either_language_never_reach_it() {
        for typed in ["a' | b", "\"a\"\"b\"", "(x NEAR y)", "a:b*c & !d", "\\'"] {
            for engine in [Engine::Sqlite, Engine::Postgres] {
                let Some(ask) = Ask::of(&SearchQuery::parse(typed), engine) else {
                    continue;
                };
                let bare: String = ask
                    .with
                    .chars()
                    .filter(|sign| sign.is_alphanumeric())
                    .collect();
                assert!(
                    words(typed).concat() == bare.replace("AND", "") || engine == Engine::Postgres,
                    "{typed}"
                );
            }
        }
    }
}
