//! What a rule is: a name, patterns, a resolver, and the examples and rejects that its test runs.

use super::{
    absolute, calendar, month, numbered, part,
    pattern::Match,
    range, relative,
    scene::{Reading, Scene},
    season, story, vague, weekday, year,
};

/// One way in which news says a time.
#[derive(Debug)]
pub(super) struct TimeRule {
    pub(super) name: &'static str,
    /// See [`super::pattern`].
    pub(super) patterns: &'static [&'static str],
    /// `None` where the words fit the pattern but mean no date (“31 April”).
    pub(super) resolve: fn(&Match, &Scene<'_>) -> Option<Reading>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the rule's test runs them"))]
    pub(super) examples: &'static [Example],
    /// Texts in which this rule finds nothing.
    #[cfg_attr(not(test), expect(dead_code, reason = "the rule's test runs them"))]
    pub(super) rejects: &'static [&'static str],
}

/// A text in which a rule finds one time.
#[derive(Debug)]
#[cfg_attr(not(test), expect(dead_code, reason = "the rules' test runs them"))]
pub(super) struct Example {
    pub(super) text: &'static str,
    /// The words found, as written.
    pub(super) words: &'static str,
    pub(super) published: &'static str,
    pub(super) date: &'static str,
    /// What is printed, where not `date`.
    pub(super) code: Option<&'static str>,
}

/// In this text, published then, these words are that date.
pub(super) const fn ex(
    text: &'static str,
    words: &'static str,
    published: &'static str,
    date: &'static str,
) -> Example {
    Example {
        text,
        words,
        published,
        date,
        code: None,
    }
}

/// The same, where another code is printed than the date.
pub(super) const fn ex_code(
    text: &'static str,
    words: &'static str,
    published: &'static str,
    date: &'static str,
    code: &'static str,
) -> Example {
    Example {
        text,
        words,
        published,
        date,
        code: Some(code),
    }
}

/// Every rule. Where two take the same words, the earlier wins.
pub(super) fn all() -> impl Iterator<Item = &'static TimeRule> {
    [
        range::RULES,
        absolute::RULES,
        month::RULES,
        year::RULES,
        season::RULES,
        numbered::RULES,
        calendar::RULES,
        weekday::RULES,
        relative::RULES,
        part::RULES,
        story::RULES,
        vague::RULES,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::time::{TimeContext, TimeExpression, read};

    fn found(text: &str, published: &str, rule: &TimeRule) -> Vec<TimeExpression> {
        let mut found = read(text, &TimeContext::new(published.parse().unwrap()));
        found.retain(|expression| expression.rule == rule.name);
        found
    }

    #[test]
    fn every_rule_finds_its_examples() {
        let mut faults = Vec::new();
        for rule in all() {
            assert!(!rule.examples.is_empty(), "{} has no example", rule.name);
            for example in rule.examples {
                let seen: Vec<String> = found(example.text, example.published, rule)
                    .iter()
                    .map(|found| {
                        format!(
                            "{}={} {}",
                            &example.text[found.start..found.end],
                            found.date,
                            found.code
                        )
                    })
                    .collect();
                let code = example.code.unwrap_or(example.date);
                let expected = format!("{}={} {code}", example.words, example.date);
                if seen != [expected.as_str()] {
                    faults.push(format!(
                        "{}: “{}”: {seen:?}, not {expected}",
                        rule.name, example.text
                    ));
                }
            }
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }

    #[test]
    fn no_rule_finds_its_rejects() {
        let mut faults = Vec::new();
        for rule in all() {
            assert!(!rule.rejects.is_empty(), "{} has no reject", rule.name);
            for text in rule.rejects {
                let seen = found(text, "2024-03-14", rule);
                if !seen.is_empty() {
                    faults.push(format!("{}: “{text}”: {seen:?}", rule.name));
                }
            }
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = all().map(|rule| rule.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
