//! Closed classes of English words that the passes steer by: a word or a token → whether it is of a class.

use super::lexis::{Class, Known};

/// The lists, each with the class that it is of.
pub(super) const LISTS: &[(Class, &str)] = &[
    (
        Class::Determiner,
        "the a an this that these those its his her their our my your some any each every no another both all \
         several many more most few two three four five six seven eight nine ten dozens hundreds thousands \
         such what",
    ),
    (
        Class::Preposition,
        "of in on at by for from with against over into onto about between among through during under near \
         off inside outside across toward towards beyond amid alongside within without despite via around \
         above below behind beside upon along including following concerning regarding per versus like except \
         throughout besides according",
    ),
    (
        Class::Subordinator,
        "after before when while as since because although though if unless until till once whether where \
         whereas lest than",
    ),
    (Class::Conditional, "if unless lest whether"),
    (Class::Relative, "who which whose whom"),
    (Class::Conjunction, "and but or nor then yet &"),
    (
        Class::Modal,
        "will would shall should may might can could must cannot won't wouldn't shouldn't can't couldn't \
         mustn't 'll",
    ),
    (
        Class::Have,
        "have has had having haven't hasn't hadn't 've 'd",
    ),
    (
        Class::Be,
        "be is are was were been being am isn't aren't wasn't weren't get got gets",
    ),
    (Class::Do, "do does did don't doesn't didn't"),
    (Class::Negative, "not never cannot neither nor"),
    (
        Class::Adverb,
        "also not never now then still already again just only even too soon long ever always often once \
         twice earlier later meanwhile however instead likewise further there here thus therefore moreover \
         perhaps indeed both all each themselves himself herself itself first yet almost nearly previously \
         afterwards together today yesterday tonight tomorrow overnight back so since ago alone accordingly \
         else abroad",
    ),
    (Class::SubjectPronoun, "he she it they we i you"),
    (
        Class::TimeNoun,
        "monday tuesday wednesday thursday friday saturday sunday week month year day morning evening \
         afternoon night weekend hours days weeks months years time january february march april may june \
         july august september october november december noon midnight hour moment minutes",
    ),
];

/// Articles, demonstratives, quantifiers and possessives that open a noun phrase.
pub fn is_determiner(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Determiner)
}

/// Words that begin a prepositional phrase.
pub fn is_preposition(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Preposition)
}

/// Words that open a clause of its own under the main one.
pub fn is_subordinator(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Subordinator)
}

/// Words after which nothing is told as done.
pub fn is_conditional(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Conditional)
}

/// Relative pronouns.
pub fn is_relative(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Relative)
}

/// Words that join verbs or noun phrases.
pub fn is_conjunction(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Conjunction)
}

/// Modal auxiliaries and their negated contractions.
pub fn is_modal(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Modal)
}

/// Forms of "to have" as an auxiliary.
pub fn is_have(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Have)
}

/// Forms of "to be" as an auxiliary.
pub fn is_be(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Be)
}

/// Forms of "to do" as an auxiliary.
pub fn is_do(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Do)
}

/// Words that negate the verb they stand by.
pub fn is_negative(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Negative)
}

/// Adverbs that may stand inside a verb group or between subject and verb.
pub fn is_adverb(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Adverb)
}

/// Personal pronouns that may be a subject.
pub fn is_subject_pronoun(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::SubjectPronoun)
}

/// Marks that open or close a quotation.
pub fn is_quote(text: &str) -> bool {
    matches!(text, "\"" | "“" | "”" | "«" | "»" | "„" | "‘" | "’" | "'")
}

/// Double quotation marks, which part what is quoted from what is told.
pub fn is_double_quote(text: &str) -> bool {
    matches!(text, "\"" | "“" | "”" | "«" | "»" | "„")
}

/// Marks that end a stretch of words for good.
pub fn is_break(text: &str) -> bool {
    matches!(
        text,
        ";" | ":" | "." | "!" | "?" | "…" | "–" | "—" | "-" | "(" | ")" | "[" | "]" | "•" | "·"
    )
}

/// Nouns and names of times, and bare numbers.
pub fn is_time_noun(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::TimeNoun)
}

/// Classes that endings tell, for words of the lists and others.
pub(super) fn by_ending(word: &str) -> Option<Class> {
    if word.ends_with("n't") {
        return Some(Class::Negative);
    }
    if word.bytes().all(|sign| sign.is_ascii_digit()) {
        return Some(Class::TimeNoun);
    }
    (word.len() > 4 && word.ends_with("ly") && !NO_ADVERBS.contains(&word)).then_some(Class::Adverb)
}

/// Words in “-ly” that are no adverbs.
const NO_ADVERBS: &[&str] = &[
    "italy", "supply", "july", "reply", "ally", "rally", "family", "apply", "assembly", "comply",
    "anomaly",
];
