//! The whole record as CSV beside what SQLite's own shell needs for the same rows.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};

use super::{
    report::{Section, table},
    server::{Place, command},
};

/// The tables of the record joined anew for what the export takes from the event's row. Values only: quoting aside, the
/// columns are those of the export that hold facts.
const JOIN: &str = "
SELECT e.id, e.revision, e.date, e.day_first, e.day_last, e.effective_date, e.kind, e.modality, e.headline, e.summary,
       e.quote, e.speakers,
       (SELECT group_concat(p.name, '|') FROM event_parties x JOIN parties p ON p.id = x.party_id
         WHERE x.sort_key = e.sort_key AND x.side IN (1, 3)) AS actors,
       (SELECT group_concat(p.code, '|') FROM event_parties x JOIN parties p ON p.id = x.party_id
         WHERE x.sort_key = e.sort_key AND x.side IN (1, 3)) AS actor_codes,
       (SELECT group_concat(p.name, '|') FROM event_parties x JOIN parties p ON p.id = x.party_id
         WHERE x.sort_key = e.sort_key AND x.side IN (2, 3)) AS targets,
       (SELECT group_concat(p.code, '|') FROM event_parties x JOIN parties p ON p.id = x.party_id
         WHERE x.sort_key = e.sort_key AND x.side IN (2, 3)) AS target_codes,
       e.named, e.place, e.authority, e.program, e.legal_url, e.list_ids, e.status, e.confidence,
       (SELECT count(*) FROM event_sources s WHERE s.event_id = e.id) AS source_count,
       (SELECT group_concat(a.url, '|') FROM event_sources s JOIN articles a ON a.id = s.article_id
         WHERE s.event_id = e.id) AS source_urls,
       (SELECT group_concat(a.publisher, '|') FROM event_sources s JOIN articles a ON a.id = s.article_id
         WHERE s.event_id = e.id) AS source_publishers,
       (SELECT group_concat(a.title, '|') FROM event_sources s JOIN articles a ON a.id = s.article_id
         WHERE s.event_id = e.id) AS source_titles,
       (SELECT group_concat(a.published, '|') FROM event_sources s JOIN articles a ON a.id = s.article_id
         WHERE s.event_id = e.id) AS source_dates,
       (SELECT group_concat(r.kind || ':' || r.to_id, '|') FROM relations r WHERE r.from_id = e.id) AS relations,
       e.follow_through, e.follow_through_event, e.tags, e.created_at, e.updated_at
FROM events e
WHERE e.status <= 3
ORDER BY e.sort_key DESC";

/// So often each is timed; the median counts.
const RUNS: usize = 3;

/// Times our export, the join and a flat table of the same rows.
pub fn run(large: &Place, folder: &Path) -> Result<Section> {
    let record = large.url.trim_start_matches("sqlite://");
    let csv = folder.join("export.csv");
    let flat = folder.join("flat.db");
    export(&large.url, Stdio::from(fs::File::create(&csv)?))?;
    if !flat.exists() {
        // every column is text, as the file has it
        shell(
            &flat.display().to_string(),
            &[&format!(".import --csv {} flat", csv.display())],
        )?;
    }
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    let mut memory = 0;
    for _ in 0..RUNS {
        let begun = Instant::now();
        memory = memory.max(export(&large.url, Stdio::null())?);
        times[0].push(begun.elapsed());
        let begun = Instant::now();
        shell(record, &[JOIN])?;
        times[1].push(begun.elapsed());
        let begun = Instant::now();
        shell(&flat.display().to_string(), &["SELECT * FROM flat"])?;
        times[2].push(begun.elapsed());
    }
    let [ours, join, table_alone] = times.map(median);
    let size = fs::metadata(&csv)?.len();
    fs::remove_file(&csv)?;
    let row = |what: &str, time: Duration| {
        vec![
            what.to_owned(),
            format!("{:.1}", time.as_secs_f64()),
            format!("{:.2}", time.as_secs_f64() / ours.as_secs_f64()),
        ]
    };
    let mut text = format!(
        "All {} events as CSV ({} MB), in seconds, the median of {RUNS} taken in turn.\n\n",
        large.size,
        size / 1_000_000
    );
    text.push_str(&table(
        &["what writes it", "seconds", "times ours"],
        &[
            row("`demarche export --format csv`", ours),
            row(
                "`sqlite3 -csv`, the same columns joined from the record's tables",
                join,
            ),
            row(
                "`sqlite3 -csv`, one flat table of the same file",
                table_alone,
            ),
        ],
    ));
    let _ = writeln!(
        text,
        "\nOur export held at most {} MiB (the process's high-water mark).",
        memory / 1024
    );
    Ok(Section {
        mark: "exports",
        text,
    })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Exports the record; the most memory that it held, in KiB.
fn export(url: &str, output: Stdio) -> Result<u64> {
    let mut child = command("export")
        .args(["--format", "csv"])
        .env("DEMARCHE_DATABASE", url)
        .stdout(output)
        .spawn()?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    loop {
        // the mark is gone with the process, so the last one read counts
        if let Ok(text) = fs::read_to_string(&status_file)
            && let Some(line) = text.lines().find(|line| line.starts_with("VmHWM:"))
            && let Some(number) = line.split_whitespace().nth(1)
        {
            memory = number.parse().unwrap_or(memory);
        }
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "export ended with {status}");
            return Ok(memory);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn shell(file: &str, statements: &[&str]) -> Result<()> {
    let status = Command::new("sqlite3")
        .arg("-csv")
        .arg("-header")
        .arg(file)
        .args(statements)
        .stdout(Stdio::null())
        .status()
        .context("sqlite3, SQLite's shell, is needed for the comparison")?;
    ensure!(status.success(), "sqlite3 ended with {status}");
    Ok(())
}
