//! Reads the articles of a folder and prints candidate events, a JSON line an article, or writes them to a folder, a file an article.
//!
//! `cargo run --release --example read_folder -- FOLDER [OUT]`, where FOLDER holds `NAME.txt` with the day of publication
//! in `NAME.json` (`{"published": "2024-09-10", …}`).

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "prints its result"
)]

use std::{env, fs, path::Path, time::Instant};

use anyhow::{Context, bail};
use demarche::extract::{
    ArticleText, candidate::CandidateEvent, party::gazetteer::Gazetteer, read,
};
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args().skip(1);
    let Some(folder) = arguments.next() else {
        bail!("expected a folder of articles, but found no argument");
    };
    let out = arguments.next();
    let gazetteer = Gazetteer::builtin();
    let mut names: Vec<_> = fs::read_dir(&folder)
        .with_context(|| format!("reading {folder}"))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    names.sort();
    let (mut letters, mut seconds) = (0, 0.0);
    for path in &names {
        let text =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let beside = path.with_extension("json");
        let about: Value = serde_json::from_str(&fs::read_to_string(&beside)?)
            .with_context(|| format!("reading {}", beside.display()))?;
        let published = about["published"].as_str().unwrap_or_default().parse()?;
        let started = Instant::now();
        let events = read(
            &ArticleText {
                text: &text,
                published,
            },
            gazetteer,
        );
        seconds += started.elapsed().as_secs_f64();
        letters += text.len();
        let events: Vec<Value> = events
            .iter()
            .map(|event| line(event, &text, gazetteer))
            .collect();
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        match &out {
            Some(out) => fs::write(
                Path::new(out).join(name).with_extension("json"),
                json!({"events": events}).to_string(),
            )?,
            None => println!("{}", json!({"id": name, "events": events})),
        }
    }
    eprintln!("{} articles, {letters} bytes, {seconds:.3} s", names.len());
    Ok(())
}

fn line(event: &CandidateEvent, text: &str, gazetteer: &Gazetteer) -> Value {
    let parties = |codes: &[demarche::domain::party::PartyCode]| -> Vec<Value> {
        codes
            .iter()
            .map(|code| json!({"code": code.as_str(), "name": gazetteer.name_of(code)}))
            .collect()
    };
    let evidence = event.evidence.first().cloned().unwrap_or(0..0);
    json!({
        "kind": event.kind.slug(),
        "date": event.date.to_string(),
        "date_text": event.date_text,
        "modality": event.modality.slug(),
        "actors": parties(&event.actors),
        "targets": parties(&event.targets),
        "named": event.named,
        "speakers": event.speakers,
        "headline": event.headline,
        "evidence": text[evidence.clone()],
        "start": evidence.start,
        "end": evidence.end,
        "confidence": event.confidence,
        "rules": event.rules,
    })
}
