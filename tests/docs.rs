//! The documentation against the repository: the two commands that a newcomer types, and every link to a file.
//! What a page lists (columns, settings, commands) is tested beside the code that it lists.

#![expect(
    clippy::expect_used,
    reason = "a page that cannot be read fails the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn the_readme_names_one_command_to_run_and_one_to_test_in_its_first_80_lines() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md is readable");
    let head: Vec<&str> = readme.lines().take(80).collect();
    let blocks = fenced_blocks(&head);
    for command in ["cargo run --release", "make test"] {
        assert_eq!(
            blocks.iter().filter(|block| **block == [command]).count(),
            1,
            "a block with nothing but `{command}`"
        );
    }
    let others: Vec<&&str> = blocks
        .iter()
        .flatten()
        .filter(|line| !["cargo run --release", "make test"].contains(*line))
        .filter(|line| line.contains("cargo ") || line.contains("make "))
        .collect();
    assert!(
        others.is_empty(),
        "other commands to run or test: {others:?}"
    );
}

#[test]
fn ci_runs_the_test_command_of_the_readme() {
    let script = fs::read_to_string(root().join(".ci/run")).expect(".ci/run is readable");
    assert!(script.lines().any(|line| line == "make test"), "{script}");
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page is UTF-8");
        for (at, line) in text.lines().enumerate() {
            for target in link_targets(line) {
                let file = target.split('#').next().unwrap_or_default();
                let outside = target.contains("://") || target.starts_with("mailto:");
                if outside || file.is_empty() {
                    continue;
                }
                if !page
                    .parent()
                    .expect("a page is in a folder")
                    .join(file)
                    .exists()
                {
                    let page = page.strip_prefix(root()).expect("under the root").display();
                    broken.push(format!("{page}:{}: {target}", at + 1));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn a_planted_link_is_read_with_its_target() {
    assert_eq!(
        link_targets("see [one](docs/a.md#b), ![two](docs/b.png) and `[three](no)`"),
        ["docs/a.md#b", "docs/b.png"]
    );
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown pages at the root and under `docs/`.
fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut folders = vec![(root().to_path_buf(), false), (root().join("docs"), true)];
    while let Some((folder, deep)) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder is readable") {
            let path = entry.expect("a folder is readable").path();
            if path.is_dir() && deep {
                folders.push((path, true));
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    assert!(!pages.is_empty(), "no page found");
    pages
}

/// The lines within each pair of fences.
fn fenced_blocks<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut blocks = Vec::new();
    let mut open: Option<Vec<&str>> = None;
    for line in lines {
        match (line.starts_with("```"), &mut open) {
            (true, Some(_)) => blocks.extend(open.take()),
            (true, None) => open = Some(Vec::new()),
            (false, Some(block)) => block.push(line),
            (false, None) => {}
        }
    }
    blocks
}

/// What the Markdown links of a line point to; code spans are passed over.
fn link_targets(line: &str) -> Vec<&str> {
    line.split('`')
        .step_by(2)
        .flat_map(|plain| plain.split("](").skip(1))
        .filter_map(|after| after.split_once(')').map(|(target, _)| target))
        .collect()
}
