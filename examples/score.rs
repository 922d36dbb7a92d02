//! Reads coded articles and prints how well reading agrees with them, and how fast it is.
//!
//! `cargo run --release --example score -- FOLDER [OUT]`. FOLDER holds `NAME.txt` with `NAME.json`: the day of publication
//! and, where there is something to score against, the events. OUT receives what was read, a file an article.
//!
//! An event is met where the kinds are equal, the actors share a code (or there are none) and the dates agree: two days are
//! equal, anything else overlaps by half of the shorter, an open side counting 365 days. One to one, as many as can be.

#![expect(clippy::print_stdout, reason = "prints its result")]

mod coded;

use std::{env, fs, path::Path, time::Instant};

use anyhow::{Context, Result, bail};
use demarche::{
    domain::{kind::Kind, party::PartyCode},
    extract::{ArticleText, candidate::CandidateEvent, party::gazetteer::Gazetteer, read},
};
use serde_json::{Value, json};

/// What was met, of how many.
#[derive(Default, Clone, Copy)]
struct Tally {
    coded: usize,
    found: usize,
    met: usize,
}

impl Tally {
    fn row(self, name: &str) -> String {
        let share = |of: usize| {
            if of == 0 {
                0.0
            } else {
                as_real(self.met) / as_real(of)
            }
        };
        let both = self.coded + self.found;
        let f1 = if both == 0 {
            0.0
        } else {
            2.0 * as_real(self.met) / as_real(both)
        };
        format!(
            "| {name} | {} | {} | {} | {:.3} | {:.3} | {f1:.3} |",
            self.coded,
            self.found,
            self.met,
            share(self.found),
            share(self.coded)
        )
    }
}

fn as_real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let Some(folder) = arguments.next() else {
        bail!("expected a folder of coded articles, but found no argument");
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
    let mut all = Tally::default();
    let mut kinds = vec![Tally::default(); Kind::ALL.len()];
    let mut reliability = [(0, 0); 10];
    let (mut letters, mut seconds) = (0, 0.0);
    for path in &names {
        let text =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let beside = path.with_extension("json");
        let about: Value = serde_json::from_str(&fs::read_to_string(&beside)?)
            .with_context(|| format!("reading {}", beside.display()))?;
        let published = about["published"].as_str().unwrap_or_default().parse()?;
        let article = ArticleText {
            text: &text,
            published,
        };
        let started = Instant::now();
        let events = read(&article, gazetteer);
        seconds += started.elapsed().as_secs_f64();
        letters += text.len();
        let coded = coded::coded(&about);
        let met = coded::matched(&coded, &events);
        for (index, event) in events.iter().enumerate() {
            let place = Kind::ALL
                .iter()
                .position(|kind| *kind == event.kind)
                .unwrap_or(0);
            kinds[place].found += 1;
            kinds[place].met += usize::from(met.contains(&Some(index)));
            let bin = (0..9)
                .take_while(|bin| event.confidence >= f64::from(*bin + 1) / 10.0)
                .count();
            reliability[bin].0 += 1;
            reliability[bin].1 += usize::from(met.contains(&Some(index)));
        }
        for event in &coded {
            if let Some(place) = Kind::ALL.iter().position(|kind| kind.slug() == event.kind) {
                kinds[place].coded += 1;
            }
        }
        all.coded += coded.len();
        all.found += events.len();
        all.met += met.iter().flatten().count();
        if let Some(out) = &out {
            let lines: Vec<Value> = events
                .iter()
                .map(|event| line(event, &text, gazetteer))
                .collect();
            let name = path.file_name().unwrap_or_default();
            fs::write(
                Path::new(out).join(name).with_extension("json"),
                json!({"events": lines}).to_string(),
            )?;
        }
    }
    println!("| | coded | found | met | precision | recall | F1 |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    println!("{}", all.row(&format!("{} articles", names.len())));
    for (kind, tally) in Kind::ALL.iter().zip(kinds) {
        println!("{}", tally.row(kind.slug()));
    }
    println!("\n| confidence | candidates | right |\n| --- | --- | --- |");
    for (bin, (count, right)) in reliability
        .iter()
        .enumerate()
        .filter(|(_, (count, _))| *count > 0)
    {
        println!(
            "| 0.{bin}–{:.1} | {count} | {:.2} |",
            as_real(bin + 1) / 10.0,
            as_real(*right) / as_real(*count)
        );
    }
    println!(
        "\n{letters} bytes in {seconds:.3} s: {:.0} articles of 2,500 characters a second",
        as_real(letters) / 2_500.0 / seconds
    );
    Ok(())
}

fn line(event: &CandidateEvent, text: &str, gazetteer: &Gazetteer) -> Value {
    let parties = |codes: &[PartyCode]| -> Vec<Value> {
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
        "headline": event.headline,
        "evidence": text[evidence.clone()],
        "start": evidence.start,
        "end": evidence.end,
        "confidence": event.confidence,
        "rules": event.rules(),
    })
}
