//! `demarche extract`: an article → its candidate events, as JSON. Needs no database.

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::{
    Context,
    failure::{self, Failure},
    input,
    output::Output,
};
use crate::{
    domain::{article::NewArticle, party::PartyCode},
    extract::{
        self, ArticleText, candidate::CandidateEvent, party::gazetteer::Gazetteer, why::Reason,
    },
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
    /// Name the rules behind each event: in the JSON, as “rules” and “why”, or as text for people.
    #[arg(
        long,
        value_name = "AS",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "json"
    )]
    explain: Option<Explain>,
    /// The article, as text or as a page; - for standard input.
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    file: Option<String>,
}

/// How the rules behind an event are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Explain {
    /// Among the event's JSON.
    Json,
    /// Instead of JSON, a paragraph an event.
    Text,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<ReasonJson<'a>>>,
}

#[derive(Serialize)]
struct ReasonJson<'a> {
    pass: &'static str,
    rule: &'static str,
    words: &'a str,
}

/// Prints what the article tells, or what each of the articles on standard input does.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    match &arguments.file {
        Some(file) => Ok(read_file(file, arguments, context)?),
        None => read_lines(arguments),
    }
}

fn read_file(file: &str, arguments: &Arguments, context: &Context) -> Result<()> {
    let shown = input::shown(file);
    let given = Given {
        published: arguments.published,
        source: String::new(),
    };
    let (article, published) = article(file, &given, context).with_context(|| shown.to_owned())?;
    let events = events(
        &article.text,
        published,
        &article.language,
        Gazetteer::builtin(),
        arguments,
    )
    .with_context(|| shown.to_owned())?;
    let mut out = Output::standard();
    if arguments.explain == Some(Explain::Text) {
        explain_all(&mut out, &events)?;
    } else {
        out.json_line(&Whole {
            article: article_json(&article, published),
            events,
        })?;
    }
    out.finish()
}

fn read_lines(arguments: &Arguments) -> Result<(), Failure> {
    let mut out = Output::standard();
    let mut refused = false;
    for line in input::json_lines::<Line>() {
        let line = line?;
        let read = events(
            &line.text,
            line.published,
            "",
            Gazetteer::builtin(),
            arguments,
        );
        // one article in another language does not keep the others from being read
        let (events, error) = match read {
            Ok(events) => (events, None),
            Err(error) => {
                let said = format!("{error:#}");
                failure::say(&format!("standard input, id {}: {said}", line.id));
                (Vec::new(), Some(said))
            }
        };
        refused |= error.is_some();
        if arguments.explain == Some(Explain::Text) {
            out.line(&line.id.to_string())?;
            explain_all(&mut out, &events)?;
        } else {
            out.json_line(&Answer {
                id: line.id,
                events,
                error,
            })?;
        }
    }
    out.finish()?;
    if refused { Err(Failure::Told) } else { Ok(()) }
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
    language: &'a str,
    gazetteer: &'a Gazetteer,
    arguments: &Arguments,
) -> Result<Vec<EventJson<'a>>> {
    extract::check_language(text)?;
    let found = extract::read(
        &ArticleText {
            text,
            published,
            language,
        },
        gazetteer,
    );
    found
        .iter()
        .map(|event| event_json(event, text, gazetteer, arguments))
        .collect()
}

fn event_json<'a>(
    event: &CandidateEvent,
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
        date_text: event.date_text.clone(),
        modality: event.modality.slug(),
        actors: parties(&event.actors, gazetteer),
        targets: parties(&event.targets, gazetteer),
        named: event.named.clone(),
        speakers: event.speakers.clone(),
        headline: event.headline.clone(),
        evidence,
        start: span.start,
        end: span.end,
        confidence: (event.confidence * 1_000.0).round() / 1_000.0,
        rules: arguments.explain.map(|_| event.rules()),
        why: arguments.explain.map(|_| reasons(&event.why, text)),
    })
}

fn reasons<'a>(why: &[Reason], text: &'a str) -> Vec<ReasonJson<'a>> {
    why.iter()
        .map(|reason| ReasonJson {
            pass: reason.pass.slug(),
            rule: reason.rule,
            words: text.get(reason.words.clone()).unwrap_or(""),
        })
        .collect()
}

fn explain_all(out: &mut Output, events: &[EventJson]) -> Result<()> {
    for (place, event) in events.iter().enumerate() {
        explain(out, place + 1, event)?;
    }
    Ok(())
}

/// One event with the rules behind it, for people.
fn explain(out: &mut Output, place: usize, event: &EventJson) -> Result<()> {
    out.line(&format!("{place}. {}", event.headline))?;
    out.line(&format!(
        "   {}, {}, {}; confidence {:.2}",
        event.kind, event.modality, event.date, event.confidence
    ))?;
    let words = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    out.line(&format!("   “{}”", words(event.evidence)))?;
    for reason in event.why.iter().flatten() {
        let taken = match reason.words {
            "" => String::new(),
            taken => format!(" — “{}”", words(taken)),
        };
        out.line(&format!("   {:<8}{}{taken}", reason.pass, reason.rule))?;
    }
    out.line("")
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
        language: article.language.split('-').next().unwrap_or_default(),
        url: &article.url,
        text: &article.text,
    }
}
