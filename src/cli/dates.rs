//! `demarche dates`: a text → a line of JSON for every time expression in it.

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::Args;
use serde::{Deserialize, Serialize};

use super::{Context, failure::Failure, input, output::Output};
use crate::extract::time::{self, DateLine, TimeContext};

/// Find the time expressions in a text, each with the EDTF date that it means.
///
/// Reads the text from standard input. start and end are byte offsets.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The day of publication, which “on Tuesday” counts from: YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = input::day, required_unless_present = "jsonl", conflicts_with = "jsonl")]
    published: Option<NaiveDate>,
    /// Read lines {"id","text","published"}, print lines {"id","dates":[…]}.
    #[arg(long)]
    jsonl: bool,
}

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
    published: NaiveDate,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    dates: Vec<DateLine>,
}

/// Prints what was found.
pub fn run(arguments: &Arguments, _: &Context) -> Result<(), Failure> {
    let mut out = Output::standard();
    match arguments.published {
        Some(published) => {
            let text = text(input::bytes(input::STANDARD)?)?;
            for line in time::lines(&text, &TimeContext::new(published)) {
                out.json_line(&line)?;
            }
        }
        None => {
            for line in input::json_lines::<Line>() {
                let line = line?;
                let dates = time::lines(&line.text, &TimeContext::new(line.published));
                out.json_line(&Answer { id: line.id, dates })?;
            }
        }
    }
    Ok(out.finish()?)
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).context("standard input is no UTF-8 text")
}
