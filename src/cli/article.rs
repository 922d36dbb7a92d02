//! `demarche article`: a web page → its title, day of publication, byline, site, language and text, as JSON.

use anyhow::Context as _;
use chrono::NaiveDate;
use clap::Args;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Context, failure::Failure, input, output::Output};
use crate::ingest::{
    decode::decode,
    html::{self, Page},
};

/// Read the article out of a web page.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The address that the page is from.
    #[arg(long, value_name = "URL", value_parser = input::address, conflicts_with = "jsonl")]
    url: Option<Url>,
    /// Read lines {"id","html","url"}, print the same object with its id for each.
    #[arg(long)]
    jsonl: bool,
    /// The page; - for standard input.
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    file: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    html: String,
    #[serde(default)]
    url: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    title: String,
    published: Option<NaiveDate>,
    byline: String,
    site: String,
    language: String,
    text: String,
}

impl Answer {
    fn new(id: Option<serde_json::Value>, page: Page) -> Self {
        Self {
            id,
            title: page.title,
            published: page.published,
            byline: page.byline,
            site: page.site,
            language: page.language,
            text: page.text,
        }
    }
}

/// Prints what the page holds.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let today = context.clock.today();
    let mut out = Output::standard();
    match &arguments.file {
        Some(file) => {
            let shown = input::shown(file).to_owned();
            let source = decode(&input::bytes(file)?, None).context(shown)?;
            let page = html::read(&source, arguments.url.as_ref(), today);
            out.json_line(&Answer::new(None, page))?;
        }
        None => {
            for line in input::json_lines::<Line>() {
                let line = line?;
                let address = line.url.as_deref().and_then(|url| Url::parse(url).ok());
                let page = html::read(&line.html, address.as_ref(), today);
                out.json_line(&Answer::new(Some(line.id), page))?;
            }
        }
    }
    Ok(out.finish()?)
}
