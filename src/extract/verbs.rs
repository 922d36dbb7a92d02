//! Verb forms → lemmas: a lexicon of news verbs, regular forms by rule, the others by table.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::verb_list::{IRREGULAR, NOUNS_TOO, REGULAR};

/// The form that a word has as a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// `sign`
    Base,
    /// `signs`
    Present,
    /// `signed`, `went`: simple past; also the participle where the two are alike
    Past,
    /// `taken`: a participle that is no past
    Participle,
    /// `signing`
    Gerund,
}

/// One reading of a word as a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The base form.
    pub lemma: &'static str,
    /// The form.
    pub form: Form,
    /// Whether the base or the `-s` form is a common noun too, so that it takes proof to be a verb.
    pub noun_too: bool,
    /// Whether the participle differs from the past: "spoke" stands after no noun as "spoken" does.
    pub own_participle: bool,
}

/// The readings of a folded word as a verb; none if it is no verb that we know.
pub fn readings(word: &str) -> &'static [Reading] {
    lexicon().get(word).map_or(&[], Vec::as_slice)
}

/// All forms with their readings.
pub(super) fn forms() -> impl Iterator<Item = (&'static str, &'static [Reading])> {
    lexicon()
        .iter()
        .map(|(word, readings)| (word.as_str(), readings.as_slice()))
}

fn lexicon() -> &'static HashMap<String, Vec<Reading>> {
    static LEXICON: OnceLock<HashMap<String, Vec<Reading>>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let nouns: HashSet<&str> = NOUNS_TOO.iter().flat_map(|line| line.split(' ')).collect();
        let own: HashSet<&str> = IRREGULAR
            .iter()
            .filter(|line| line.split(' ').count() > 2)
            .filter_map(|line| line.split(' ').next())
            .collect();
        let mut forms: HashMap<String, Vec<Reading>> = HashMap::default();
        let mut add = |word: String, lemma: &'static str, form: Form| {
            let readings = forms.entry(word).or_default();
            if !readings
                .iter()
                .any(|known| known.lemma == lemma && known.form == form)
            {
                readings.push(Reading {
                    lemma,
                    form,
                    noun_too: nouns.contains(lemma),
                    own_participle: own.contains(lemma),
                });
            }
        };
        for line in IRREGULAR {
            let mut words = line.split(' ');
            let Some(lemma) = words.next() else { continue };
            let past = words.next().unwrap_or(lemma);
            let participle = words.next().unwrap_or(past);
            add(lemma.to_owned(), lemma, Form::Base);
            add(with_s(lemma), lemma, Form::Present);
            for gerund in with_ing(lemma) {
                add(gerund, lemma, Form::Gerund);
            }
            for past in past.split('/') {
                add(past.to_owned(), lemma, Form::Past);
            }
            for participle in participle.split('/') {
                if !past.split('/').any(|known| known == participle) {
                    add(participle.to_owned(), lemma, Form::Participle);
                }
            }
        }
        for lemma in REGULAR.iter().flat_map(|line| line.split(' ')) {
            add(lemma.to_owned(), lemma, Form::Base);
            add(with_s(lemma), lemma, Form::Present);
            for past in with_ed(lemma) {
                add(past, lemma, Form::Past);
            }
            for gerund in with_ing(lemma) {
                add(gerund, lemma, Form::Gerund);
            }
        }
        forms
    })
}

fn with_s(lemma: &str) -> String {
    match lemma {
        "go" => "goes".into(),
        "do" => "does".into(),
        "have" => "has".into(),
        "veto" => "vetoes".into(),
        _ if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("ch") || lemma.ends_with("sh") => {
            format!("{lemma}es")
        }
        _ => match lemma.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
            _ => format!("{lemma}s"),
        },
    }
}

fn with_ed(lemma: &str) -> Vec<String> {
    if lemma.ends_with('e') {
        return vec![format!("{lemma}d")];
    }
    if let Some(stem) = lemma.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return vec![format!("{stem}ied")];
    }
    let mut forms = vec![format!("{lemma}ed")];
    if let Some(last) = doubled(lemma) {
        forms.push(format!("{lemma}{last}ed"));
    }
    forms
}

fn with_ing(lemma: &str) -> Vec<String> {
    if let Some(stem) = lemma.strip_suffix("ie") {
        return vec![format!("{stem}ying")];
    }
    if let Some(stem) = lemma.strip_suffix('e')
        && !stem.ends_with(['e', 'o', 'y'])
        && stem.len() > 1
    {
        return vec![format!("{stem}ing")];
    }
    let mut forms = vec![format!("{lemma}ing")];
    if let Some(last) = doubled(lemma) {
        forms.push(format!("{lemma}{last}ing"));
    }
    forms
}

/// The consonant that may be doubled before an ending: one after a single vowel.
fn doubled(lemma: &str) -> Option<char> {
    let mut back = lemma.chars().rev();
    let (last, vowel, before) = (back.next()?, back.next()?, back.next()?);
    let is_vowel = |sign: char| matches!(sign, 'a' | 'e' | 'i' | 'o' | 'u');
    (!is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y')
        && is_vowel(vowel)
        && (!is_vowel(before) || before == 'u'))
        .then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_lemma() {
        for (word, lemma, form) in [
            ("accuses", "accuse", Form::Present),
            ("expelled", "expel", Form::Past),
            ("struck", "strike", Form::Past),
            ("withdrawn", "withdraw", Form::Participle),
            ("denying", "deny", Form::Gerund),
            ("denied", "deny", Form::Past),
            ("barring", "bar", Form::Gerund),
            ("vetoes", "veto", Form::Present),
        ] {
            let found = readings(word)
                .iter()
                .any(|reading| reading.lemma == lemma && reading.form == form);
            assert!(found, "{word}");
        }
    }

    #[test]
    fn words_that_are_no_verbs_have_no_reading() {
        for word in ["ambassador", "missile", "red", "king"] {
            assert_eq!(readings(word), [], "{word}");
        }
    }
}
