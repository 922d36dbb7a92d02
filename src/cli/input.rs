//! Files and standard input → bytes and lines, each failure with its name.

use std::{
    fs,
    io::{self, BufRead, Read as _},
    path::Path,
};

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use url::Url;

/// How standard input is written where a file may be named.
pub const STANDARD: &str = "-";

/// The name of an input in messages.
pub fn shown(input: &str) -> &str {
    if input == STANDARD {
        "standard input"
    } else {
        input
    }
}

/// All bytes of a file, or of standard input where it is `-`.
pub fn bytes(input: &str) -> Result<Vec<u8>> {
    let failed = || format!("cannot read {}", shown(input));
    if input == STANDARD {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .with_context(failed)?;
        return Ok(bytes);
    }
    if Path::new(input).is_dir() {
        bail!("cannot read {input}: it is a folder");
    }
    fs::read(input).with_context(failed)
}

/// The lines of standard input, each read as JSON; the error names the line.
pub fn json_lines<T: DeserializeOwned>() -> impl Iterator<Item = Result<T>> {
    io::stdin()
        .lock()
        .lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let place = || format!("standard input, line {}", index + 1);
            match line {
                Err(error) => Some(Err(error).with_context(place)),
                Ok(line) if line.trim().is_empty() => None,
                Ok(line) => Some(serde_json::from_str(&line).with_context(place)),
            }
        })
}

/// Reads a day that stands among the arguments.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    let well_formed = text.len() == 10;
    text.parse()
        .ok()
        .filter(|_| well_formed)
        .ok_or_else(|| "expected a day such as 2024-09-10".to_owned())
}

/// Reads an address that stands among the arguments.
pub fn address(text: &str) -> Result<Url, String> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or_else(|| "expected an http or https address".to_owned())
}
