//! `demarche extract`: an article → its candidate events, as JSON. Needs no database.

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use clap::Args;
use serde::{Deserialize, Serialize};

use super::{Context, failure::Failure, input, output::Output};
use crate::{
    domain::{article::NewArticle, party::PartyCode},
    extract::{self, ArticleText, candidate::CandidateEvent, party::gazetteer::Gazetteer},
    ingest::document::{self, Contents, Document, Given},
};

/// Print an article and the events that it tells, as one JSON object.
///
/// start and end are byte offsets of the evidence in the article's text; confidence is 0 to 1.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The day of publication, where the article does not tell it: YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = input::day, conflicts_with = "jsonl")]
    published: Option<NaiveDate>,
    /// Read lines {"id","text","published","url"?}, print lines {"id","events":[…]}.
    #[arg(long)]
    jsonl: bool,
    /// Name the rules that led to each event, as “rules”.
    #[arg(long)]
    explain: bool,
    /// The article, as text or as a page; - for standard input.
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    file: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
    published: NaiveDate,
    #[serde(default, rename = "url")]
    _url: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: serde_json::Value,
    events: Vec<EventJson<'a>>,
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    title: &'a str,
    published: NaiveDate,
    byline: &'a str,
    site: &'a str,
    language: &'a str,
    url: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Whole<'a> {
    article: ArticleJson<'a>,
    events: Vec<EventJson<'a>>,
}

#[derive(Serialize)]
struct PartyJson<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct EventJson<'a> {
    kind: &'static str,
    date: String,
    date_text: String,
    modality: &'static str,
    actors: Vec<PartyJson<'a>>,
    targets: Vec<PartyJson<'a>>,
    named: Vec<String>,
    speakers: Vec<String>,
    headline: String,
    evidence: &'a str,
    start: usize,
    end: usize,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<String>>,
}

/// Prints what the article tells.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let gazetteer = Gazetteer::builtin();
    let mut out = Output::standard();
    match &arguments.file {
        Some(file) => {
            let shown = input::shown(file);
            let given = Given {
                published: arguments.published,
                source: String::new(),
            };
            let (article, published) =
                article(file, &given, context).with_context(|| shown.to_owned())?;
            let events = events(&article.text, published, gazetteer, arguments)
                .with_context(|| shown.to_owned())?;
            out.json_line(&Whole {
                article: article_json(&article, published),
                events,
            })?;
        }
        None => {
            for line in input::json_lines::<Line>() {
                let line = line?;
                let events = events(&line.text, line.published, gazetteer, arguments)
                    .with_context(|| format!("standard input, id {}", line.id))?;
                out.json_line(&Answer {
                    id: line.id,
                    events,
                })?;
            }
        }
    }
    Ok(out.finish()?)
}

fn article(file: &str, given: &Given, context: &Context) -> Result<(NewArticle, NaiveDate)> {
    let file_name = if file == input::STANDARD {
        String::new()
    } else {
        file.to_owned()
    };
    let document = Document {
        bytes: input::bytes(file)?,
        file_name,
        ..Document::default()
    };
    match document::read(&document, given, context.clock.today())? {
        Contents::Article(article) => Ok(document::dated(*article)?),
        Contents::Feed { .. } => {
            bail!("expected an article, but found a feed; demarche ingest reads feeds")
        }
    }
}

fn events<'a>(
    text: &'a str,
    published: NaiveDate,
    gazetteer: &'a Gazetteer,
    arguments: &Arguments,
) -> Result<Vec<EventJson<'a>>> {
    extract::check_language(text)?;
    let found = extract::read(&ArticleText { text, published }, gazetteer);
    found
        .into_iter()
        .map(|event| event_json(event, text, gazetteer, arguments))
        .collect()
}

fn event_json<'a>(
    event: CandidateEvent,
    text: &'a str,
    gazetteer: &'a Gazetteer,
    arguments: &Arguments,
) -> Result<EventJson<'a>> {
    let Some(span) = event.evidence.first().cloned() else {
        bail!("an event without evidence was proposed: {}", event.headline);
    };
    let evidence = text
        .get(span.clone())
        .with_context(|| format!("bytes {} to {} are no text", span.start, span.end))?;
    Ok(EventJson {
        kind: event.kind.slug(),
        date: event.date.to_string(),
        date_text: event.date_text,
        modality: event.modality.slug(),
        actors: parties(&event.actors, gazetteer),
        targets: parties(&event.targets, gazetteer),
        named: event.named,
        speakers: event.speakers,
        headline: event.headline,
        evidence,
        start: span.start,
        end: span.end,
        confidence: (event.confidence * 1_000.0).round() / 1_000.0,
        rules: arguments.explain.then_some(event.rules),
    })
}

fn parties<'a>(codes: &[PartyCode], gazetteer: &'a Gazetteer) -> Vec<PartyJson<'a>> {
    codes
        .iter()
        .filter_map(|code| {
            let party = crate::domain::reference::party(code)?;
            Some(PartyJson {
                code: party.code.as_str(),
                name: gazetteer.name_of(&party.code),
            })
        })
        .collect()
}

fn article_json(article: &NewArticle, published: NaiveDate) -> ArticleJson<'_> {
    ArticleJson {
        title: &article.title,
        published,
        byline: &article.byline,
        site: &article.publisher,
        language: &article.language,
        url: &article.url,
        text: &article.text,
    }
}
