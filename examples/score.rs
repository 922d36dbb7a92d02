//! Reads coded articles and prints how well reading agrees with them, and how fast it is.
//!
//! `cargo run --release --example score -- FOLDER [OUT]`. FOLDER holds `NAME.txt` with `NAME.json`: the day of publication
//! and, where there is something to score against, the events. OUT receives what was read, a file an article.
//!
//! An event is met where the kinds are equal, the actors share a code (or there are none) and the dates agree: two days are
//! equal, anything else overlaps by half of the shorter, an open side counting 365 days. One to one, as many as can be.

#![expect(clippy::print_stdout, reason = "prints its result")]

use std::{env, fs, path::Path, time::Instant};

use anyhow::{Context, Result, bail};
use chrono::{Days, NaiveDate};
use demarche::{
    domain::{edtf::Edtf, kind::Kind, party::PartyCode},
    extract::{ArticleText, candidate::CandidateEvent, party::gazetteer::Gazetteer, read},
};
use serde_json::{Value, json};

const OPEN_DAYS: u64 = 365;

/// An event as coded by hand.
struct Coded {
    kind: String,
    actors: Vec<String>,
    date: Option<(NaiveDate, NaiveDate)>,
}

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
        let coded = coded(&about);
        let met = matched(&coded, &events);
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

fn coded(about: &Value) -> Vec<Coded> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    about["events"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|event| Coded {
            kind: text(&event["kind"]),
            actors: event["actors"]
                .as_array()
                .into_iter()
                .flatten()
                .map(text)
                .collect(),
            date: text(&event["date"])
                .parse::<Edtf>()
                .ok()
                .and_then(|date| days(&date)),
        })
        .collect()
}

/// The first and last day of a date, an open side counting a year.
fn days(date: &Edtf) -> Option<(NaiveDate, NaiveDate)> {
    match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) => Some((first, last)),
        (None, Some(last)) => Some((last.checked_sub_days(Days::new(OPEN_DAYS - 1))?, last)),
        (Some(first), None) => Some((first, first.checked_add_days(Days::new(OPEN_DAYS - 1))?)),
        (None, None) => None,
    }
}

fn agrees(coded: &Coded, event: &CandidateEvent) -> bool {
    let shared = coded
        .actors
        .iter()
        .any(|code| event.actors.iter().any(|actor| actor.as_str() == code));
    let none = coded.actors.is_empty() && event.actors.is_empty();
    let (Some(a), Some(b)) = (coded.date, days(&event.date)) else {
        return false;
    };
    let dates = if a.0 == a.1 && b.0 == b.1 {
        a == b
    } else {
        let overlap = (a.1.min(b.1) - a.0.max(b.0)).num_days() + 1;
        2 * overlap > (a.1 - a.0).min(b.1 - b.0).num_days()
    };
    coded.kind == event.kind.slug() && (shared || none) && dates
}

/// For each coded event the place of the candidate that meets it, by augmenting paths.
fn matched(coded: &[Coded], events: &[CandidateEvent]) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; events.len()];
    for place in 0..coded.len() {
        let mut seen = vec![false; events.len()];
        augment(coded, events, place, &mut owner, &mut seen);
    }
    let mut met = vec![None; coded.len()];
    for (event, place) in owner.iter().enumerate() {
        if let Some(place) = place {
            met[*place] = Some(event);
        }
    }
    met
}

fn augment(
    coded: &[Coded],
    events: &[CandidateEvent],
    place: usize,
    owner: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for event in 0..events.len() {
        if seen[event] || !agrees(&coded[place], &events[event]) {
            continue;
        }
        seen[event] = true;
        let free = match owner[event] {
            None => true,
            Some(other) => augment(coded, events, other, owner, seen),
        };
        if free {
            owner[event] = Some(place);
            return true;
        }
    }
    false
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
