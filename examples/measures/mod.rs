//! Measures → the table of scores in a document: those measured now, and of the others the rows that stand there.
//!
//! Suites of dates and pages by other hands are scored by their own scripts, which run the program; where they are not given,
//! their rows stay with the day on which they were measured.

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

const BEGIN: &str = "<!-- scores: written by the example, not by hand -->";
const END: &str = "<!-- end of scores -->";

/// One line of the table.
pub struct Measure {
    /// What is measured, and on what.
    pub name: String,
    /// The value, as it is shown.
    pub value: String,
}

/// A suite by other hands.
struct Suite {
    name: &'static str,
    slug: &'static str,
    script: &'static str,
    cases: &'static str,
    command: &'static str,
    /// Where the value stands in what the script prints.
    at: &'static str,
}

const SUITES: &[Suite] = &[
    dates("dates found and resolved, F1: TempEval-3 platinum", "te3"),
    dates("dates found and resolved, F1: AQUAINT", "aquaint"),
    dates(
        "dates found and resolved, F1: TimeBank (development)",
        "timebank",
    ),
    dates(
        "dates found and resolved, F1: Recognizers' English spec (development)",
        "recognizers",
    ),
    pages(
        "text of an article from its page, F1: article-extraction-benchmark",
        "aeb",
        "/text/f1",
    ),
    pages(
        "day of publication from a page, right: htmldate's pages",
        "htmldate",
        "/published/accuracy",
    ),
    pages(
        "day of publication from a page, right: trafilatura's pages (development)",
        "trafilatura",
        "/published/accuracy",
    ),
];

const fn dates(name: &'static str, slug: &'static str) -> Suite {
    Suite {
        name,
        slug,
        script: "score_dates.py",
        cases: "cases_dates.py",
        command: "dates",
        at: "/value_prf/2",
    }
}

const fn pages(name: &'static str, slug: &'static str, at: &'static str) -> Suite {
    Suite {
        name,
        slug,
        script: "score_html.py",
        cases: "cases_html.py",
        command: "article",
        at,
    }
}

/// Scores every suite that the mirror has, by the scripts of a folder.
pub fn of_suites(scripts: &Path, mirror: &Path) -> Result<Vec<Measure>> {
    let program = program()?;
    let mut measured = Vec::new();
    for suite in SUITES {
        let cases = Command::new("python3")
            .arg(scripts.join(suite.cases))
            .arg(suite.slug)
            .arg("--mirror")
            .arg(mirror)
            .current_dir(scripts)
            .output()
            .context("running python3")?;
        if !cases.status.success() || cases.stdout.is_empty() {
            tell(&format!("{}: no cases; its row stays", suite.slug))?;
            continue;
        }
        let mut file = tempfile::NamedTempFile::new()?;
        file.write_all(&cases.stdout)?;
        let mut score = Command::new("python3");
        score.arg(scripts.join(suite.script)).arg(file.path());
        if suite.command == "article" {
            score.arg("--mirror").arg(mirror);
        } else {
            score.arg("--json");
        }
        let printed = score
            .arg("--")
            .arg(&program)
            .args([suite.command, "--jsonl"])
            .current_dir(scripts)
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("running {}", suite.script))?;
        let printed: Value = serde_json::from_slice(&printed.stdout)
            .with_context(|| format!("what {} printed on {}", suite.script, suite.slug))?;
        let value = printed
            .pointer(suite.at)
            .and_then(Value::as_f64)
            .with_context(|| format!("{} in what {} printed", suite.at, suite.script))?;
        measured.push(Measure {
            name: suite.name.to_owned(),
            value: format!("{value:.3}"),
        });
    }
    Ok(measured)
}

/// The program that was built beside this example.
fn program() -> Result<PathBuf> {
    let own = env::current_exe()?;
    let program = own
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("demarche"))
        .filter(|program| program.is_file());
    match program {
        Some(program) => Ok(program),
        None => {
            bail!("expected the program beside the example; build it first: cargo build --release")
        }
    }
}

fn tell(line: &str) -> Result<()> {
    writeln!(std::io::stderr(), "{line}")?;
    Ok(())
}

/// Writes the table of measures, those of now before those that stand there, and what follows it.
pub fn write(document: &Path, measured: &[Measure], day: &str, rest: &str) -> Result<()> {
    let shown = document.display();
    let text = fs::read_to_string(document).with_context(|| format!("reading {shown}"))?;
    let (Some(begin), Some(end)) = (text.find(BEGIN), text.find(END)) else {
        bail!("expected the lines “{BEGIN}” and “{END}” in {shown}");
    };
    let known = &text[begin..end];
    let mut rows: Vec<String> = measured
        .iter()
        .map(|measure| format!("| {} | {} | {day} |", measure.name, measure.value))
        .collect();
    for suite in SUITES {
        let head = format!("| {} |", suite.name);
        if measured.iter().any(|measure| measure.name == suite.name) {
            continue;
        }
        rows.extend(
            known
                .lines()
                .find(|line| line.starts_with(&head))
                .map(str::to_owned),
        );
    }
    let table = format!(
        "{BEGIN}\n\n| measure | value | measured on |\n| --- | --- | --- |\n{}\n\n{rest}\n",
        rows.join("\n")
    );
    let text = format!("{}{table}{}", &text[..begin], &text[end..]);
    fs::write(document, text).with_context(|| format!("writing {shown}"))
}
