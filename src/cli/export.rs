//! `demarche export`: what the timeline shows under the same filters, in the same order, as a file.

use std::{io::Write as _, path::PathBuf, pin::pin};

use anyhow::{Context as _, Result};
use clap::Args;
use futures::StreamExt as _;

use super::{Context, failure::Failure, output::Output};
use crate::{
    domain::filter::TimelineFilter,
    export::{Dialect, ExportContext, Format},
    store::{Memory, Store},
    web::export::stream,
};

/// Write the timeline, or what of it passes the filters, as CSV or in another format.
#[derive(Debug, Args)]
pub struct Arguments {
    /// csv, jsonl, xlsx, ics, atom, timelinejs, timelinejs-csv, ftm, bibtex, sources, relations, parties or zip (all in one).
    #[arg(long, default_value = "csv")]
    format: Format,
    /// Of csv, sources, relations and parties: raw, or excel with a byte order mark and a guard against formulas.
    #[arg(long)]
    dialect: Option<Dialect>,
    /// The file to write, whole or not at all; standard output where none is named.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    filter: FilterFlags,
}

/// The filters of the timeline as flags; repeated ones mean any of them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
struct FilterFlags {
    /// A kind of event, such as sanction.
    #[arg(long)]
    kind: Vec<String>,
    /// Who acts: code or name.
    #[arg(long)]
    actor: Vec<String>,
    /// Whom it is directed at or about: code or name.
    #[arg(long)]
    target: Vec<String>,
    /// Who stands on either side: code or name.
    #[arg(long)]
    party: Vec<String>,
    /// occurred, announced or alleged.
    #[arg(long)]
    modality: Vec<String>,
    /// A publisher's name.
    #[arg(long)]
    source: Vec<String>,
    /// The first day: YYYY, YYYY-MM or YYYY-MM-DD.
    #[arg(long)]
    from: Option<String>,
    /// The last day: YYYY, YYYY-MM or YYYY-MM-DD.
    #[arg(long)]
    to: Option<String>,
    /// Words of the event.
    #[arg(long)]
    q: Option<String>,
    /// The timeline as it was published at an instant, such as 2024-09-10T14:05:06Z.
    #[arg(long)]
    as_of: Option<String>,

    /// Only events recorded or changed since a day (2024-09-10) or an instant.
    #[arg(long, value_name = "WHEN")]
    changed_since: Option<String>,
    /// newest or oldest first.
    #[arg(long)]
    sort: Option<String>,
}

impl FilterFlags {
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let lists: [(&'static str, &[String]); 6] = [
            ("kind", &self.kind),
            ("actor", &self.actor),
            ("target", &self.target),
            ("party", &self.party),
            ("modality", &self.modality),
            ("source", &self.source),
        ];
        let singles = [
            ("from", &self.from),
            ("to", &self.to),
            ("q", &self.q),
            ("as_of", &self.as_of),
            ("changed_since", &self.changed_since),
            ("sort", &self.sort),
        ];
        let lists = lists
            .into_iter()
            .flat_map(|(name, values)| values.iter().map(move |value| (name, value.as_str())));
        let singles = singles
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_deref()?)));
        lists.chain(singles).collect()
    }

    fn parse(&self, context: &Context) -> Result<TimelineFilter, Failure> {
        let parsed = TimelineFilter::parse(self.pairs(), &context.clock);
        if parsed.errors.is_empty() {
            Ok(parsed.filter)
        } else {
            let told = |error: &crate::domain::filter::ParameterError| {
                format!("--{}: {}", error.name.replace('_', "-"), error.message)
            };
            Err(Failure::Usage(parsed.errors.iter().map(told).collect()))
        }
    }
}

/// Writes the export.
pub fn run(arguments: &Arguments, context: &Context) -> Result<(), Failure> {
    let filter = arguments.filter.parse(context)?;
    let format = match (arguments.format.dialect(), arguments.dialect) {
        (_, None) => arguments.format,
        (Some(_), Some(dialect)) => arguments.format.in_dialect(dialect),
        (None, Some(_)) => {
            return Err(Failure::usage(format!(
                "--dialect is of csv, sources, relations and parties, but the format is {}",
                arguments.format
            )));
        }
    };
    let mut out = Output::to(arguments.output.as_deref())?;
    context.with_store_in(Memory::Little, async |store| {
        write(&filter, format, &store, context, &mut out).await?;
        Ok(())
    })?;
    Ok(out.finish()?)
}

async fn write(
    filter: &TimelineFilter,
    format: Format,
    store: &Store,
    context: &Context,
    out: &mut Output,
) -> Result<()> {
    let mut about = ExportContext::new(
        &context.settings.link_base(),
        store.register().await?,
        context.clock.now(),
    );
    filter
        .query()
        .trim_start_matches('?')
        .clone_into(&mut about.query);
    let writer = format.writer(about)?;
    let mut bytes = pin!(stream::bytes(store.clone(), filter.clone(), writer));
    while let Some(piece) = bytes.next().await {
        out.write_all(&piece?)
            .context("the export cannot be written")?;
    }
    Ok(())
}
