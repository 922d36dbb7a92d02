//! Fits the weights of the confidence to coded articles, and prints the file that holds them.
//!
//! `cargo run --release --example calibrate -- LIST > src/extract/confidence/weights.rs`. LIST names coded articles, a path of
//! a `.txt` a line, the coded file beside it: those that the rules were not tuned on. A table of how often candidates of each
//! confidence are right goes to standard error; it is cross-validated: each article is judged by weights fitted to the others.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "prints its result"
)]

mod coded;

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use demarche::{
    domain::kind::Kind,
    extract::{ArticleText, confidence::Sign, measured, party::gazetteer::Gazetteer},
};
use serde_json::Value;

/// How strongly weights are drawn toward none, in candidates.
const SHRINKAGE: f64 = 3.0;
/// In how many parts the articles are judged by the others.
const PARTS: usize = 10;
const ROUNDS: usize = 6_000;
const STEP: f64 = 0.25;

/// One candidate: the places of its weights, and whether it is right.
struct Case {
    article: usize,
    places: Vec<usize>,
    right: bool,
}

fn main() -> Result<()> {
    let Some(list) = env::args().nth(1) else {
        bail!("expected a list of coded articles, but found no argument");
    };
    let mut cases = Vec::new();
    for (article, line) in fs::read_to_string(&list)
        .with_context(|| format!("reading {list}"))?
        .lines()
        .enumerate()
    {
        read(&PathBuf::from(line), article, &mut cases)?;
    }
    let mut judged = Vec::new();
    for part in 0..PARTS {
        let others: Vec<&Case> = cases
            .iter()
            .filter(|case| case.article % PARTS != part)
            .collect();
        let weights = fitted(&others);
        judged.extend(
            cases
                .iter()
                .filter(|case| case.article % PARTS == part)
                .map(|case| (chance(&weights, case), case.right)),
        );
    }
    table(&judged);
    print_weights(&fitted(&cases.iter().collect::<Vec<_>>()));
    Ok(())
}

fn read(path: &PathBuf, article: usize, cases: &mut Vec<Case>) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let about: Value = serde_json::from_str(&fs::read_to_string(path.with_extension("json"))?)
        .with_context(|| format!("reading {}", path.display()))?;
    let published = about["published"].as_str().unwrap_or_default().parse()?;
    let found = measured(&ArticleText::new(&text, published), Gazetteer::builtin());
    let (events, features): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let met = coded::matched(&coded::coded(&about), &events);
    for (index, features) in features.iter().enumerate() {
        let kind = Kind::ALL.iter().position(|kind| *kind == features.kind);
        let mut places = vec![0, 1 + kind.unwrap_or(0)];
        places.extend(
            features
                .signs
                .iter()
                .map(|sign| 1 + Kind::ALL.len() + *sign as usize),
        );
        cases.push(Case {
            article,
            places,
            right: met.contains(&Some(index)),
        });
    }
    Ok(())
}

fn chance(weights: &[f64], case: &Case) -> f64 {
    let odds: f64 = case.places.iter().map(|place| weights[*place]).sum();
    1.0 / (1.0 + (-odds).exp())
}

/// The weights under which what was seen is likeliest, drawn toward none; the first, the bias, is not drawn.
fn fitted(cases: &[&Case]) -> Vec<f64> {
    let count = as_real(cases.len().max(1));
    let mut weights = vec![0.0; 1 + Kind::ALL.len() + Sign::ALL.len()];
    for _ in 0..ROUNDS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| -SHRINKAGE * weight).collect();
        slope[0] = 0.0;
        for case in cases {
            let error = f64::from(u8::from(case.right)) - chance(&weights, case);
            for place in &case.places {
                slope[*place] += error;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(slope) {
            *weight += STEP * slope / count;
        }
    }
    weights
}

fn table(judged: &[(f64, bool)]) {
    eprintln!("| confidence | candidates | right |\n| --- | --- | --- |");
    for bin in 0..10 {
        let low = as_real(bin) / 10.0;
        let inside: Vec<bool> = judged
            .iter()
            .filter(|(chance, _)| *chance >= low && *chance < low + 0.1)
            .map(|(_, right)| *right)
            .collect();
        if !inside.is_empty() {
            let right = inside.iter().filter(|right| **right).count();
            eprintln!(
                "| {low:.1}–{:.1} | {} | {:.2} |",
                low + 0.1,
                inside.len(),
                as_real(right) / as_real(inside.len())
            );
        }
    }
}

fn print_weights(weights: &[f64]) {
    // hundredths, and no "-0.00"
    let weights: Vec<f64> = weights
        .iter()
        .map(|weight| (weight * 100.0).round() / 100.0 + 0.0)
        .collect();
    println!(
        "//! The weights of the signs, fitted and written by `cargo run --release --example calibrate`; not edited by hand.\n\n\
         /// The log odds of a candidate without any sign.\npub(super) const BIAS: f64 = {:.2};\n\n\
         /// One for each kind, in the order of `Kind::ALL`.\npub(super) const KINDS: [f64; {}] = [",
        weights[0],
        Kind::ALL.len()
    );
    for (kind, weight) in Kind::ALL.iter().zip(&weights[1..]) {
        println!("    {weight:.2}, // {}", kind.slug());
    }
    println!(
        "];\n\n/// One for each sign, in the order of `Sign::ALL`.\npub(super) const SIGNS: [f64; {}] = [",
        Sign::ALL.len()
    );
    for (sign, weight) in Sign::ALL.iter().zip(&weights[1 + Kind::ALL.len()..]) {
        println!("    {weight:.2}, // {sign:?}");
    }
    println!("];");
}

fn as_real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
