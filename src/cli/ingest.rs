//! `demarche ingest`: files, folders, addresses and standard input → articles on record, their events before an editor.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::{
    Context, author,
    failure::{Failure, say},
    fetcher,
    flags::FetchFlags,
    input,
    output::Output,
};
use crate::{
    ingest::{
        Given, IngestError, file,
        pipeline::{Handled, Ingester},
    },
    store::{Author, job::Destination},
};

/// Read articles into the review queue: text, web pages, RSS and Atom.
///
/// The same article twice changes nothing. An address is tried once. One failed input does not stop the others; the command
/// then ends with status 1.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    pub flags: FetchFlags,
    /// The day of publication, where the articles do not tell it: YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = input::day)]
    published: Option<NaiveDate>,
    /// The publisher's name.
    #[arg(long, value_name = "NAME", default_value = "")]
    source: String,
    /// Put the events straight onto the timeline, without review.
    #[arg(long)]
    publish: bool,
    /// Print a line of JSON for every article.
    #[arg(long)]
    json: bool,
    /// Files, folders, addresses; - for standard input.
    #[arg(required = true, value_name = "FILE|FOLDER|URL|-")]
    inputs: Vec<String>,
}

/// One thing to read.
enum Input {
    File(PathBuf),
    Address(String),
    Standard,
    /// A folder that cannot be listed.
    Failed(String, IngestError),
}

impl Input {
    fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Address(address) => address.clone(),
            Self::Standard => input::STANDARD.to_owned(),
            Self::Failed(name, _) => name.clone(),
        }
    }
}

/// What became of an article, as `--json` prints it.
#[derive(Serialize)]
struct Line<'a> {
    input: &'a str,
    article_id: Option<i64>,
    status: &'static str,
    events: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Reads the inputs.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let fetcher = fetcher(&context.settings)?;
    let inputs: Vec<Input> = arguments
        .inputs
        .iter()
        .flat_map(|written| expand(written))
        .collect();
    let mut report = Report::new(arguments, inputs.len());
    context.with_store(async |store| {
        let ingester = Ingester::new(store, fetcher);
        for input in inputs {
            report.begin(&input);
            for handled in read(&ingester, input, arguments, context).await {
                report.add(&handled)?;
            }
            report.end();
        }
        Ok(())
    })?;
    report.finish()
}

fn expand(written: &str) -> Vec<Input> {
    if written == input::STANDARD {
        return vec![Input::Standard];
    }
    if input::address(written).is_ok() {
        return vec![Input::Address(written.to_owned())];
    }
    match file::files(Path::new(written)) {
        Ok(files) => files.into_iter().map(Input::File).collect(),
        Err(error) => vec![Input::Failed(written.to_owned(), error.into())],
    }
}

async fn read(
    ingester: &Ingester,
    input: Input,
    arguments: &Arguments,
    context: &Context,
) -> Vec<Handled> {
    let given = Given {
        published: arguments.published,
        source: arguments.source.clone(),
    };
    let to = if arguments.publish {
        Destination::Timeline
    } else {
        Destination::Review
    };
    let author: Author = author();
    let name = input.name();
    let most = context.settings.upload_max.0;
    let document = match input {
        Input::Address(address) => return ingester.address(&address, &given, to, &author).await,
        Input::File(path) => file::read(&path, most).map_err(IngestError::from),
        Input::Standard => file::read_stream(io::stdin().lock(), most).map_err(IngestError::from),
        Input::Failed(_, error) => Err(error),
    };
    match document {
        Ok(document) => {
            ingester
                .document(&name, document, &given, to, &author)
                .await
        }
        Err(error) => vec![Handled {
            name,
            outcome: Err(error),
        }],
    }
}

/// Tells what became of each article, and counts.
struct Report {
    out: Output,
    json: bool,
    bar: ProgressBar,
    new: usize,
    known: usize,
    failed: usize,
    events: usize,
}

impl Report {
    fn new(arguments: &Arguments, inputs: usize) -> Self {
        let bar = if inputs > 1 && io::stderr().is_terminal() {
            let bar = ProgressBar::new(u64::try_from(inputs).unwrap_or(u64::MAX));
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        } else {
            ProgressBar::hidden()
        };
        Self {
            out: Output::standard(),
            json: arguments.json,
            bar,
            new: 0,
            known: 0,
            failed: 0,
            events: 0,
        }
    }

    fn begin(&self, input: &Input) {
        self.bar.set_message(input.name());
    }

    fn end(&self) {
        self.bar.inc(1);
    }

    fn add(&mut self, handled: &Handled) -> Result<()> {
        let name = handled.name.as_str();
        let line = match &handled.outcome {
            Ok(done) => {
                let status = done.status.slug();
                *(if status == "new" {
                    &mut self.new
                } else {
                    &mut self.known
                }) += 1;
                self.events += done.events;
                Line {
                    input: name,
                    article_id: Some(done.article.0),
                    status,
                    events: done.events,
                    error: None,
                }
            }
            Err(error) => {
                self.failed += 1;
                let said = said(error);
                self.bar.suspend(|| say(&format!("{name}: {said}")));
                Line {
                    input: name,
                    article_id: None,
                    status: "failed",
                    events: 0,
                    error: Some(said),
                }
            }
        };
        let out = &mut self.out;
        self.bar.suspend(|| {
            if self.json {
                out.json_line(&line)?;
            } else if let Some(article) = line.article_id {
                let (status, events) = (line.status, line.events);
                let unit = if events == 1 { "event" } else { "events" };
                out.line(&format!(
                    "{status}\tarticle {article}\t{events} {unit}\t{name}"
                ))?;
            }
            out.flush()
                .context("standard output was closed before all was written")
        })
    }

    fn finish(self) -> Result<(), Failure> {
        let Self {
            out,
            bar,
            new,
            known,
            failed,
            events,
            ..
        } = self;
        bar.finish_and_clear();
        out.finish()?;
        if new + known + failed > 1 {
            say(&format!(
                "{new} new, {known} known, {failed} failed; {events} events"
            ));
        }
        if failed > 0 {
            Err(Failure::Told)
        } else {
            Ok(())
        }
    }
}

/// The error and its causes in one line.
fn said(error: &IngestError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        let next_text = next.to_string();
        if !text.contains(&next_text) {
            text.push_str(": ");
            text.push_str(&next_text);
        }
        cause = next.source();
    }
    text
}
