//! The source tree against its own rules: which module may use which (the arrows of `src/lib.rs`), which
//! crates and parts of `std` stay in one place, how long a file may be, and that both engines have the
//! same migrations. Reads the text of `src/`, with comments and quoted text blanked; types and macros are
//! not resolved.

#![expect(
    clippy::expect_used,
    reason = "a tree that cannot be read fails the test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A top-level module and those it may use besides itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("extract", &["domain"]),
    ("export", &["domain"]),
    ("config", &["domain"]),
    ("telemetry", &["domain"]),
    ("store", &["domain"]),
    ("ingest", &["domain", "extract", "store", "config"]),
    (
        "web",
        &[
            "domain",
            "extract",
            "export",
            "ingest",
            "store",
            "config",
            "telemetry",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "extract",
            "export",
            "ingest",
            "store",
            "web",
            "config",
            "telemetry",
        ],
    ),
];

/// A path that only these modules may name; the modules' tests are free.
const KEPT: &[(&str, &[&str])] = &[
    ("sqlx::", &["store"]),
    ("rusqlite::", &["store"]),
    ("askama::", &["web"]),
    ("clap::", &["cli", "config"]),
    ("anyhow::", &["cli"]),
    (
        "std::fs",
        &["config", "telemetry", "store", "ingest", "web", "cli"],
    ),
    (
        "std::net",
        &["config", "telemetry", "store", "ingest", "web", "cli"],
    ),
    (
        "std::env",
        &["config", "telemetry", "store", "ingest", "web", "cli"],
    ),
    (
        "std::process",
        &["telemetry", "store", "ingest", "web", "cli"],
    ),
    (
        "std::time::Instant",
        &["telemetry", "store", "ingest", "web", "cli"],
    ),
    (
        "tokio::",
        &["config", "telemetry", "store", "ingest", "web", "cli"],
    ),
    ("reqwest::", &["ingest", "web", "cli"]),
    ("actix_web::", &["telemetry", "web", "cli"]),
];

/// A file under `src/` and its text.
struct Source {
    /// From the root of the repository: `src/web/page.rs`.
    path: String,
    text: String,
}

impl Source {
    /// The module's path in the crate: `["web", "page"]`; empty for the two roots.
    fn module(&self) -> Vec<&str> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<&str> = inner.split('/').collect();
        if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
            parts.pop();
        }
        parts
    }
}

/// One breach, as `src/extract/time.rs:12: extract may not use store`.
type Breach = String;

#[test]
fn modules_use_only_what_the_arrows_allow() {
    let breaches: Vec<Breach> = sources().iter().flat_map(forbidden_imports).collect();
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn crates_and_the_outside_world_stay_where_they_belong() {
    let breaches: Vec<Breach> = sources().iter().flat_map(misplaced_paths).collect();
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn a_planted_import_against_the_arrows_is_found_with_its_line() {
    let planted = Source {
        path: "src/extract/time/weekday.rs".into(),
        text: "//! use crate::web is only a word here.\nuse crate::domain::Kind;\nuse crate::{\n    domain::clock,\n    store::{Store, crate_name},\n};\n\
               const NAME: &str = \"crate::cli\"; // crate::cli\nfn f<'a>(c: char) -> bool { c == '\"' && crate::ingest::run() }\n\
               pub(in crate::extract) use super::super::super::export::csv;\nuse super::super::candidate;\n"
            .into(),
    };
    assert_eq!(
        forbidden_imports(&planted),
        [
            "src/extract/time/weekday.rs:5: extract may not use store",
            "src/extract/time/weekday.rs:8: extract may not use ingest",
            "src/extract/time/weekday.rs:9: extract may not use export",
        ]
    );
}

#[test]
fn a_module_that_the_arrows_do_not_know_is_found() {
    let planted = Source {
        path: "src/helpers/mod.rs".into(),
        text: "use crate::domain::Kind;\n".into(),
    };
    assert_eq!(
        forbidden_imports(&planted),
        ["src/helpers/mod.rs:1: helpers has no row in ARROWS"]
    );
}

#[test]
fn the_program_uses_the_library_only_through_cli() {
    let planted = Source {
        path: "src/main.rs".into(),
        text: "use demarche::cli;\nfn main() { demarche::store::open() }\n".into(),
    };
    assert_eq!(
        forbidden_imports(&planted),
        ["src/main.rs:2: the program may not use store, only cli"]
    );
}

#[test]
fn a_planted_query_outside_the_store_is_found_and_a_test_is_free() {
    let planted = Source {
        path: "src/export/csv.rs".into(),
        text: "use std::{fs, io};\nfn f() { sqlx::query(\"\") }\nfn my_sqlx::x() {}\n#[cfg(test)]\nmod tests { use std::fs; }\n"
            .into(),
    };
    assert_eq!(
        misplaced_paths(&planted),
        [
            "src/export/csv.rs:1: std::fs has no place in export",
            "src/export/csv.rs:2: sqlx:: has no place in export",
        ]
    );
}

#[test]
fn every_module_of_the_library_has_its_arrows() {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs is readable");
    let declared: Vec<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert!(!declared.is_empty(), "src/lib.rs declares no module");
    for module in declared {
        assert!(
            ARROWS.iter().any(|(name, _)| *name == module),
            "src/lib.rs: {module} has no row in ARROWS"
        );
    }
}

#[test]
fn no_file_is_named_for_having_no_subject() {
    let nameless: Vec<String> = sources()
        .into_iter()
        .map(|source| source.path)
        .filter(|path| {
            path.trim_end_matches(".rs").split('/').any(|part| {
                matches!(
                    part,
                    "util" | "utils" | "helper" | "helpers" | "misc" | "common" | "manager"
                )
            })
        })
        .collect();
    assert_eq!(nameless, Vec::<String>::new());
}

#[test]
fn no_file_in_src_is_over_600_lines() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.text.lines().count() > 600)
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect();
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = root().join("migrations").join(engine);
        let entries =
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        entries
            .map(|entry| {
                entry
                    .expect("a readable folder")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    };
    let sqlite = names("sqlite");
    assert!(!sqlite.is_empty(), "migrations/sqlite is empty");
    assert_eq!(sqlite, names("postgres"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src/`, in the order of its path.
fn sources() -> Vec<Source> {
    let mut folders = vec![root().join("src")];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "src holds no Rust file");
    files
        .into_iter()
        .map(|file| Source {
            path: file
                .strip_prefix(root())
                .expect("under the root")
                .to_string_lossy()
                .replace('\\', "/"),
            text: fs::read_to_string(&file).expect("src is UTF-8"),
        })
        .collect()
}

/// Imports of a module that the file's own top-level module may not use.
fn forbidden_imports(source: &Source) -> Vec<Breach> {
    let code = blank_comments_and_quotes(&source.text);
    let module = source.module();
    let Some(&top) = module.first() else {
        // The library's root only declares; the program's calls `cli`.
        return used_modules(&code, "demarche::")
            .into_iter()
            .filter(|(_, used)| used != "cli")
            .map(|(at, used)| {
                format!(
                    "{}:{}: the program may not use {used}, only cli",
                    source.path,
                    line(&code, at)
                )
            })
            .collect();
    };
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == top) else {
        return vec![format!("{}:1: {top} has no row in ARROWS", source.path)];
    };
    let to_the_root = "super::".repeat(module.len());
    let mut used = used_modules(&code, "crate::");
    used.extend(used_modules(&code, &to_the_root));
    used.sort();
    used.dedup();
    used.into_iter()
        .filter(|(_, used)| ARROWS.iter().any(|(name, _)| name == used))
        .filter(|(_, used)| used != top && !allowed.contains(&used.as_str()))
        .map(|(at, used)| {
            format!(
                "{}:{}: {top} may not use {used}",
                source.path,
                line(&code, at)
            )
        })
        .collect()
}

/// Paths of [`KEPT`] in a module that they are not kept for, outside its tests.
fn misplaced_paths(source: &Source) -> Vec<Breach> {
    let module = source.module();
    let Some(&top) = module.first() else {
        return Vec::new();
    };
    let mut code = blank_comments_and_quotes(&source.text);
    if let Some(tests) = code.find("#[cfg(test)]") {
        code.truncate(tests);
    }
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (kept, _) in KEPT.iter().filter(|(_, modules)| !modules.contains(&top)) {
        let (parent, last) = kept
            .trim_end_matches("::")
            .rsplit_once("::")
            .unwrap_or(("", kept));
        if parent.is_empty() {
            found.extend(starts_of(&code, kept).into_iter().map(|at| (at, *kept)));
        } else {
            let named = used_modules(&code, &format!("{parent}::"));
            found.extend(
                named
                    .into_iter()
                    .filter(|(_, name)| name == last)
                    .map(|(at, _)| (at, *kept)),
            );
        }
    }
    found.sort_unstable();
    found
        .into_iter()
        .map(|(at, kept)| {
            format!(
                "{}:{}: {kept} has no place in {top}",
                source.path,
                line(&code, at)
            )
        })
        .collect()
}

/// Where `path` begins in `code` as a path of its own, not as the end of a longer one.
fn starts_of(code: &str, path: &str) -> Vec<usize> {
    code.match_indices(path)
        .map(|(at, _)| at)
        .filter(|&at| {
            !code[..at].ends_with("::")
                && !code[..at].ends_with(|before: char| {
                    before.is_alphanumeric() || before == '_' || before == '$'
                })
        })
        .collect()
}

/// The names that follow `prefix`, alone (`crate::store::Store`) or in braces (`crate::{domain, store::Store}`),
/// with the byte offset of each.
fn used_modules(code: &str, prefix: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for at in starts_of(code, prefix) {
        let after = at + prefix.len();
        if !code[after..].starts_with('{') {
            used.extend(name_at(code, after));
            continue;
        }
        let (mut depth, mut expects_name) = (0_usize, false);
        for (offset, letter) in code[after..].char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if depth == 1 && matches!(letter, '{' | ',') {
                expects_name = true;
            } else if expects_name && !letter.is_whitespace() {
                expects_name = false;
                used.extend(name_at(code, after + offset));
            }
        }
    }
    used
}

/// The name that stands at `at`, if one does; `super`, `self` and the like are none.
fn name_at(code: &str, at: usize) -> Option<(usize, String)> {
    let name: String = code[at..]
        .chars()
        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
        .collect();
    (!matches!(name.as_str(), "" | "super" | "self" | "crate")).then_some((at, name))
}

/// The line of a byte offset, from 1.
fn line(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// The text with comments, string and character literals overwritten by spaces; line breaks stay.
fn blank_comments_and_quotes(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let end = match letters[at] {
            '/' if letters.get(at + 1) == Some(&'/') => end_of_line(&letters, at),
            '/' if letters.get(at + 1) == Some(&'*') => end_of_block_comment(&letters, at),
            '"' => end_of_quote(&letters, at + 1, '"'),
            'r' if !is_name_part(&letters, at) => end_of_raw_string(&letters, at).unwrap_or(at),
            '\'' => end_of_character(&letters, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            code.push(letters[at]);
            at += 1;
        } else {
            code.extend(
                letters[at..end]
                    .iter()
                    .map(|letter| if *letter == '\n' { '\n' } else { ' ' }),
            );
            at = end;
        }
    }
    code
}

/// Whether the letter at `at` goes on a name, so that it cannot open a raw string (`for"` is none; `br"` is one).
fn is_name_part(letters: &[char], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        let letter = letters[before];
        (letter.is_alphanumeric() || letter == '_') && !matches!(letter, 'b' | 'c')
    })
}

fn end_of_line(letters: &[char], at: usize) -> usize {
    letters[at..]
        .iter()
        .position(|letter| *letter == '\n')
        .map_or(letters.len(), |length| at + length)
}

fn end_of_block_comment(letters: &[char], at: usize) -> usize {
    let (mut depth, mut here) = (0_usize, at);
    while here + 1 < letters.len() {
        match (letters[here], letters[here + 1]) {
            ('/', '*') => (depth, here) = (depth + 1, here + 2),
            ('*', '/') if depth == 1 => return here + 2,
            ('*', '/') => (depth, here) = (depth - 1, here + 2),
            _ => here += 1,
        }
    }
    letters.len()
}

/// Past the closing `mark`, a backslash keeping the letter after it.
fn end_of_quote(letters: &[char], from: usize, mark: char) -> usize {
    let mut here = from;
    while here < letters.len() {
        match letters[here] {
            '\\' => here += 2,
            letter if letter == mark => return here + 1,
            _ => here += 1,
        }
    }
    letters.len()
}

/// `r"…"`, `r#"…"#`; `None` where the `r` only begins a name or a raw name.
fn end_of_raw_string(letters: &[char], at: usize) -> Option<usize> {
    let hashes = letters[at + 1..]
        .iter()
        .take_while(|letter| **letter == '#')
        .count();
    let open = at + 1 + hashes;
    if letters.get(open) != Some(&'"') {
        return None;
    }
    let closing: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    let length = letters[open + 1..]
        .windows(closing.len())
        .position(|window| window == closing)?;
    Some(open + 1 + length + closing.len())
}

/// `'x'`, `'\n'`; `None` for a lifetime.
fn end_of_character(letters: &[char], at: usize) -> Option<usize> {
    match (letters.get(at + 1)?, letters.get(at + 2)) {
        ('\\', _) => Some(end_of_quote(letters, at + 1, '\'')),
        (_, Some('\'')) => Some(at + 3),
        _ => None,
    }
}
