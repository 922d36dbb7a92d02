//! Reads a text and writes each candidate on a line, so that a test can name what it expects.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own text fails"
)]

use demarche::extract::{
    ArticleText, candidate::CandidateEvent, party::gazetteer::Gazetteer, read,
};

/// The candidates of a text published on a day.
pub fn candidates(text: &str, published: &str) -> Vec<CandidateEvent> {
    let published = published.parse().unwrap();
    read(&ArticleText::new(text, published), Gazetteer::builtin())
}

/// A candidate as `kind date modality ACTORS > TARGETS (named)`.
pub fn line(event: &CandidateEvent) -> String {
    let codes = |codes: &[demarche::domain::party::PartyCode]| {
        codes
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("+")
    };
    let named = if event.named.is_empty() {
        String::new()
    } else {
        format!(" ({})", event.named.join(", "))
    };
    format!(
        "{} {} {} {} > {}{named}",
        event.kind,
        event.date,
        event.modality,
        codes(&event.actors),
        codes(&event.targets)
    )
}

/// One expected act: it is met where kind, date and modality are equal, every actor is there and every target.
#[derive(Debug)]
pub struct Expected {
    /// `kind date modality`.
    pub what: &'static str,
    /// Codes joined by `+`; all must act.
    pub actors: &'static str,
    /// Codes joined by `+`; all must be targets.
    pub targets: &'static str,
}

/// The expected acts that no candidate meets, beside all that was found.
pub fn unmet(text: &str, published: &str, expected: &[Expected]) -> Vec<String> {
    let found = candidates(text, published);
    let has = |codes: &[demarche::domain::party::PartyCode], wanted: &str| {
        wanted
            .split('+')
            .filter(|code| !code.is_empty())
            .all(|code| codes.iter().any(|found| found.as_str() == code))
    };
    expected
        .iter()
        .filter(|wanted| {
            !found.iter().any(|event| {
                format!("{} {} {}", event.kind, event.date, event.modality) == wanted.what
                    && has(&event.actors, wanted.actors)
                    && has(&event.targets, wanted.targets)
            })
        })
        .map(|wanted| {
            let lines: Vec<String> = found.iter().map(line).collect();
            format!(
                "expected {} {} > {}, but found\n  {}",
                wanted.what,
                wanted.actors,
                wanted.targets,
                lines.join("\n  ")
            )
        })
        .collect()
}
