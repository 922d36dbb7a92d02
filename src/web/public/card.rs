//! The picture that other sites show beside a link to an event or a filter, 1200 by 630, as SVG.
//!
//! Drawn with presentation attributes alone, since neither our policy nor an `img` element lets a style in. It is SVG and
//! no PNG: a rasteriser with a font would weigh more than the rest of the program's pages.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue},
    web::{Data, Path},
};
use askama::Template;

use crate::domain::kind::{Family, Kind};

use super::{
    super::{error::WebError, filters, listing::Route, query::RawQuery, state::AppState},
    active, event,
    strip::Strip,
};

/// Characters of a line of the headline, few enough for any font, and lines.
const LINE: usize = 30;
const LINES: usize = 4;
/// Where the first line stands, and how far the next is below.
const FIRST_Y: i64 = 232;
const LINE_HEIGHT: i64 = 72;
/// The chart's ground and height.
const GROUND: i64 = 500;
const CHART: i64 = 150;

/// A line of text at its height.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its base line.
    pub y: i64,
    /// Its words.
    pub text: String,
}

/// A bar of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Its left edge.
    pub x: i64,
    /// Its top.
    pub y: i64,
    /// Its height.
    pub height: i64,
}

/// The picture.
#[derive(Debug, Template)]
#[template(path = "public/card.svg")]
pub struct Card {
    colour: &'static str,
    kind: Option<Kind>,
    label: String,
    lines: Vec<Line>,
    route: String,
    bars: Vec<Bar>,
    foot: String,
}

impl Card {
    fn answer(&self) -> Result<HttpResponse, WebError> {
        let text = self.render().map_err(WebError::internal)?;
        Ok(HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "image/svg+xml; charset=utf-8"))
            .insert_header((CACHE_CONTROL, "public, max-age=3600"))
            .insert_header((
                HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("cross-origin"),
            ))
            .body(text))
    }
}

/// GET /events/ID/card.svg: the event's headline, date and parties.
pub async fn of_event(
    state: Data<AppState>,
    written: Path<String>,
) -> Result<HttpResponse, WebError> {
    let (event, _) = event::at_revision(&state, &written, None).await?;
    let register = state.register().await?;
    let route = Route::of(&event, &register);
    let names = |parties: &[super::super::listing::PartyLink]| {
        parties
            .iter()
            .map(|party| party.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let content = &event.content;
    let who = match (route.actors.is_empty(), route.targets.is_empty()) {
        (false, false) => format!("{} → {}", names(&route.actors), names(&route.targets)),
        (false, true) => names(&route.actors),
        (true, false) => format!("→ {}", names(&route.targets)),
        (true, true) => String::new(),
    };
    Card {
        colour: colour(content.kind.family()),
        kind: Some(content.kind),
        label: format!(
            "{} · {} · {}",
            content.kind.label(),
            content.modality.label(),
            content.date.words(None).long
        ),
        lines: wrapped(&content.headline),
        route: super::super::listing::shortened(&who, 70),
        bars: Vec::new(),
        foot: filters::counted_text(event.source_count, "source", "sources"),
    }
    .answer()
}

/// GET /card.svg: how many events a filter finds, when, and the filter in words.
pub async fn of_filter(state: Data<AppState>, query: RawQuery) -> Result<HttpResponse, WebError> {
    let filter = query.strict_filter(state.clock(), &[])?.first_page();
    let register = state.register().await?;
    let (total, months) = tokio::try_join!(
        state.store.count(&filter),
        state.store.month_counts(&filter),
    )?;
    let strip = Strip::new("/", &filter, &months, state.clock().today());
    let highest = strip
        .months
        .iter()
        .map(|month| month.count)
        .max()
        .unwrap_or(0)
        .max(1);
    let bars = (0..)
        .zip(&strip.months)
        .filter(|(_, month)| month.count > 0)
        .map(|(at, month)| {
            let height = (month.count * CHART / highest).max(2);
            Bar {
                x: 70 + at * 44,
                y: GROUND - height,
                height,
            }
        })
        .collect();
    let words = if filter.is_unfiltered() {
        "Sanctions, warnings, denials and meetings: every dated act on record".to_owned()
    } else {
        active::in_words(&filter, &register)
    };
    let mut lines = wrapped(&words);
    lines.truncate(2);
    Card {
        colour: "#14213a",
        kind: None,
        label: filters::events_text(total),
        lines,
        route: String::new(),
        bars,
        foot: format!("Events per month, {} – {}", strip.first, strip.last),
    }
    .answer()
}

const fn colour(family: Family) -> &'static str {
    match family {
        Family::Position => "#1b549c",
        Family::Contention => "#7d4e00",
        Family::Contact => "#0a6150",
        Family::Measure => "#7a2480",
        Family::Action => "#a3221b",
    }
}

/// Words in lines of at most 30 characters; what does not fit ends with `…`.
fn wrapped(text: &str) -> Vec<Line> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let has = lines.last().map_or(0, |line| line.chars().count());
        if has > 0 && has + 1 + word.chars().count() > LINE {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(word.chars().take(LINE));
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    (0..)
        .zip(lines)
        .map(|(at, text)| Line {
            y: FIRST_Y + at * LINE_HEIGHT,
            text,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_wrapped_at_words_and_cut_with_a_sign() {
        let lines: Vec<String> =
            wrapped("Britain, France and Germany to end air agreements and act against Iran Air")
                .into_iter()
                .map(|line| line.text)
                .collect();
        assert_eq!(
            lines,
            [
                "Britain, France and Germany to",
                "end air agreements and act",
                "against Iran Air"
            ]
        );
        let long = "word ".repeat(60);
        let lines = wrapped(&long);
        assert_eq!(lines.len(), LINES);
        assert!(lines[3].text.ends_with('…'));
        assert_eq!(lines[1].y - lines[0].y, LINE_HEIGHT);
    }
}
