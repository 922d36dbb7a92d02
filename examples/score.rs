//! Reads coded articles and prints how well reading agrees with them, and how fast it is.
//!
//! `cargo run --release --example score -- FOLDER [OUT]`. FOLDER holds `NAME.txt` with `NAME.json`: the day of publication
//! and, where there is something to score against, the events. OUT receives what was read, a file an article.
//! `--write-docs FILE` writes the scores between the two marks of FILE, as in docs/extraction.md; `--suites SCRIPTS MIRROR`
//! scores dates and pages too, by the scripts of a folder on the suites that a folder of git copies holds.
//!
//! An event is met where the kinds are equal, the actors share a code (or there are none) and the dates agree: two days are
//! equal, anything else overlaps by half of the shorter, an open side counting 365 days. One to one, as many as can be.

#![expect(clippy::print_stdout, reason = "prints its result")]

mod coded;
mod measures;

use std::{env, fmt::Write as _, fs, hint::black_box, path::Path, sync::LazyLock, time::Instant};

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use demarche::{
    domain::{clock::Clock, kind::Kind, party::PartyCode},
    extract::{ArticleText, candidate::CandidateEvent, party::gazetteer::Gazetteer, read},
};
use measures::Measure;
use serde_json::{Value, json};

/// How often all articles are read to measure speed.
const ROUNDS: usize = 40;

/// What was met, of how many.
#[derive(Default, Clone, Copy)]
struct Tally {
    coded: usize,
    found: usize,
    met: usize,
}

impl Tally {
    fn f1(self) -> f64 {
        match self.coded + self.found {
            0 => 0.0,
            both => 2.0 * as_real(self.met) / as_real(both),
        }
    }

    fn row(self, name: &str) -> String {
        let share = |of: usize| {
            if of == 0 {
                0.0
            } else {
                as_real(self.met) / as_real(of)
            }
        };
        let f1 = self.f1();
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

#[expect(
    clippy::too_many_lines,
    reason = "what is measured, in the order of the tables that it fills"
)]
fn main() -> Result<()> {
    let Arguments {
        folder,
        out,
        document,
        suites,
    } = Arguments::read()?;
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
    let mut texts: Vec<(String, NaiveDate)> = Vec::new();
    for path in &names {
        let text =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let beside = path.with_extension("json");
        let about: Value = serde_json::from_str(&fs::read_to_string(&beside)?)
            .with_context(|| format!("reading {}", beside.display()))?;
        let published = about["published"].as_str().unwrap_or_default().parse()?;
        let article = ArticleText::new(&text, published);
        let events = read(&article, gazetteer);
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
        texts.push((text, published));
    }
    let mut tables = format!(
        "| | coded | found | met | precision | recall | F1 |\n| --- | --- | --- | --- | --- | --- | --- |\n{}\n",
        all.row(&format!("{} articles", names.len()))
    );
    for (kind, tally) in Kind::ALL.iter().zip(kinds) {
        writeln!(tables, "{}", tally.row(kind.slug()))?;
    }
    tables.push_str("\n| confidence | candidates | right |\n| --- | --- | --- |\n");
    for (bin, (count, right)) in reliability
        .iter()
        .enumerate()
        .filter(|(_, (count, _))| *count > 0)
    {
        writeln!(
            tables,
            "| 0.{bin}–{:.1} | {count} | {:.2} |",
            as_real(bin + 1) / 10.0,
            as_real(*right) / as_real(*count)
        )?;
    }
    let speed = speed(&texts, gazetteer);
    println!("{tables}\n{speed:.0} articles of 2,500 characters a second");
    let Some(document) = document else {
        return Ok(());
    };
    let mut measured = vec![
        Measure {
            name: format!("events, F1: {} coded articles", names.len()),
            value: format!("{:.3}", all.f1()),
        },
        Measure {
            name: "articles of 2,500 characters read in a second of one core".to_owned(),
            value: format!("{speed:.0}"),
        },
    ];
    if let Some((scripts, mirror)) = suites {
        measured.extend(measures::of_suites(
            Path::new(&scripts),
            Path::new(&mirror),
        )?);
    }
    let day = Clock::system().today().to_string();
    measures::write(Path::new(&document), &measured, &day, &tables)
}

/// Seconds that this thread has computed, where the system tells, so that other load does not enter; else seconds that passed.
fn cpu_seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |told| told / 1e9)
}

/// How many articles of 2,500 characters are read in a second: the best of some rounds, so that other load enters little.
fn speed(texts: &[(String, NaiveDate)], gazetteer: &Gazetteer) -> f64 {
    let letters: usize = texts.iter().map(|(text, _)| text.len()).sum();
    let round = || {
        let started = cpu_seconds();
        for (text, published) in texts {
            black_box(read(&ArticleText::new(text, *published), gazetteer));
        }
        cpu_seconds() - started
    };
    let best = (0..ROUNDS).map(|_| round()).fold(f64::INFINITY, f64::min);
    as_real(letters) / 2_500.0 / best
}

/// What is asked for.
#[derive(Default)]
struct Arguments {
    folder: String,
    out: Option<String>,
    document: Option<String>,
    /// The folder of scripts and that of git copies.
    suites: Option<(String, String)>,
}

impl Arguments {
    fn read() -> Result<Self> {
        let mut found = Self::default();
        let mut arguments = env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let missing = || format!("expected a value after {argument}");
                arguments.next().with_context(missing)
            };
            match argument.as_str() {
                "--write-docs" => found.document = Some(value()?),
                "--suites" => {
                    // scripts run in their own folder
                    let scripts = fs::canonicalize(value()?)?;
                    let mirror = fs::canonicalize(value()?)?;
                    found.suites = Some((
                        scripts.to_string_lossy().into_owned(),
                        mirror.to_string_lossy().into_owned(),
                    ));
                }
                _ if found.folder.is_empty() => found.folder = argument,
                _ => found.out = Some(argument),
            }
        }
        if found.folder.is_empty() {
            bail!("expected a folder of coded articles, but found none");
        }
        Ok(found)
    }
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
