//! A host's robots.txt → whether a page may be fetched without somebody having asked for it by hand.
//!
//! Source: RFC 9309. The group that names us counts, else the one for all; of its rules the longest that fits; `*` stands for
//! anything and `$` for the end. A file that is not there allows all; one that cannot be had forbids all for now.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// By what a robots.txt would name us.
pub const NAME: &str = "demarche";
/// For how long a file counts.
const KEPT: Duration = Duration::from_hours(1);
/// More of a file is not read, in bytes.
const MOST_BYTES: usize = 512 * 1024;
/// Hosts whose files are kept.
const MOST_HOSTS: usize = 1_000;

/// What a host allows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules(Vec<Rule>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    pattern: String,
    verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Disallow,
    Allow,
}

impl Rules {
    /// Reads a file.
    pub fn read(text: &str) -> Self {
        let text = text
            .get(..text.floor_char_boundary(MOST_BYTES))
            .unwrap_or(text);
        let (mut ours, mut all) = (None, Vec::new());
        // Lines `User-agent` in a row begin a group together.
        let (mut names, mut has_rules) = (Vec::<String>::new(), false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            let verdict = match key.as_str() {
                "user-agent" => {
                    if std::mem::take(&mut has_rules) {
                        names.clear();
                    }
                    let name = value.to_ascii_lowercase();
                    if name == NAME {
                        ours.get_or_insert_with(Vec::new);
                    }
                    names.push(name);
                    continue;
                }
                "allow" => Verdict::Allow,
                "disallow" => Verdict::Disallow,
                _ => continue,
            };
            has_rules = true;
            if value.is_empty() {
                continue; // allows or forbids nothing
            }
            let rule = || Rule {
                pattern: value.to_owned(),
                verdict,
            };
            if names.iter().any(|name| name == NAME) {
                ours.get_or_insert_with(Vec::new).push(rule());
            }
            if names.iter().any(|name| name == "*") {
                all.push(rule());
            }
        }
        Self(ours.unwrap_or(all))
    }

    /// Whether a path, with its query, may be fetched.
    pub fn allow(&self, path: &str) -> bool {
        self.0
            .iter()
            .filter(|rule| fits(&rule.pattern, path))
            .max_by_key(|rule| (rule.pattern.len(), rule.verdict))
            .is_none_or(|rule| rule.verdict == Verdict::Allow)
    }
}

/// Whether a pattern fits the beginning of a path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = rest.get(at + part.len()..).unwrap_or_default();
        last = Some(part);
    }
    // The last part may fit further on too.
    !is_whole || rest.is_empty() || last.is_some_and(|last| rest.ends_with(last))
}

/// The files of hosts that were asked lately.
#[derive(Debug, Default)]
pub struct Kept(Mutex<HashMap<String, (Instant, Rules)>>);

impl Kept {
    /// The rules of an origin, where they are fresh.
    pub fn of(&self, origin: &str) -> Option<Rules> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(origin)
            .filter(|(read, _)| read.elapsed() < KEPT)
            .map(|(_, rules)| rules.clone())
    }

    /// Keeps the rules of an origin.
    pub fn keep(&self, origin: String, rules: Rules) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_HOSTS {
            kept.retain(|_, (read, _)| read.elapsed() < KEPT);
        }
        if kept.len() < MOST_HOSTS {
            kept.insert(origin, (Instant::now(), rules));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_that_names_us_counts_else_the_one_for_all() {
        let rules = Rules::read(
            "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Demarche # us\nDisallow: /private\nAllow: /private/open\n",
        );
        assert!(rules.allow("/news"));
        assert!(!rules.allow("/private/x"));
        assert!(rules.allow("/private/open/x"));
        let rules = Rules::read("User-agent: *\nDisallow: /a\nUser-agent: other\nDisallow: /b");
        assert!(!rules.allow("/a/1"));
        assert!(rules.allow("/b/1"));
        assert!(
            Rules::read("User-agent: demarche\nDisallow:\nUser-agent: *\nDisallow: /").allow("/x")
        );
        assert!(Rules::read("").allow("/"));
        assert!(Rules::read("<html>no such page</html>").allow("/"));
    }

    #[test]
    fn the_longest_rule_wins_and_stars_and_ends_are_read() {
        let rules = Rules::read(
            "User-agent: *\nDisallow: /*.pdf$\nDisallow: /search*q=\nAllow: /search/open\nDisallow: /same\nAllow: /same",
        );
        assert!(!rules.allow("/a/b.pdf"));
        assert!(!rules.allow("/a.pdf/b.pdf"));
        assert!(rules.allow("/a/b.pdf?x"));
        assert!(!rules.allow("/search?a=1&q=2"));
        assert!(rules.allow("/search/open?q=2"));
        assert!(rules.allow("/same"));
    }
}
