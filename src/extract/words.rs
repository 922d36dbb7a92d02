//! Closed classes of English words that the passes steer by. Each function takes a folded word.

/// Articles, demonstratives, quantifiers and possessives that open a noun phrase.
pub fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "its"
            | "his"
            | "her"
            | "their"
            | "our"
            | "my"
            | "your"
            | "some"
            | "any"
            | "each"
            | "every"
            | "no"
            | "another"
            | "both"
            | "all"
            | "several"
            | "many"
            | "more"
            | "most"
            | "few"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "such"
            | "what"
    )
}

/// Words that begin a prepositional phrase.
pub fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "against"
            | "over"
            | "into"
            | "onto"
            | "about"
            | "between"
            | "among"
            | "through"
            | "during"
            | "under"
            | "near"
            | "off"
            | "inside"
            | "outside"
            | "across"
            | "toward"
            | "towards"
            | "beyond"
            | "amid"
            | "alongside"
            | "within"
            | "without"
            | "despite"
            | "via"
            | "around"
            | "above"
            | "below"
            | "behind"
            | "beside"
            | "upon"
            | "along"
            | "including"
            | "following"
            | "concerning"
            | "regarding"
            | "per"
            | "versus"
            | "like"
            | "except"
            | "throughout"
            | "besides"
            | "according"
    )
}

/// Words that open a clause of its own under the main one.
pub fn is_subordinator(word: &str) -> bool {
    matches!(
        word,
        "after"
            | "before"
            | "when"
            | "while"
            | "as"
            | "since"
            | "because"
            | "although"
            | "though"
            | "if"
            | "unless"
            | "until"
            | "till"
            | "once"
            | "whether"
            | "where"
            | "whereas"
            | "lest"
            | "than"
    )
}

/// Words after which nothing is told as done.
pub fn is_conditional(word: &str) -> bool {
    matches!(word, "if" | "unless" | "lest" | "whether")
}

/// Relative pronouns.
pub fn is_relative(word: &str) -> bool {
    matches!(word, "who" | "which" | "whose" | "whom")
}

/// Words that join verbs or noun phrases.
pub fn is_conjunction(word: &str) -> bool {
    matches!(word, "and" | "but" | "or" | "nor" | "then" | "yet" | "&")
}

/// Modal auxiliaries and their negated contractions.
pub fn is_modal(word: &str) -> bool {
    matches!(
        word,
        "will"
            | "would"
            | "shall"
            | "should"
            | "may"
            | "might"
            | "can"
            | "could"
            | "must"
            | "cannot"
            | "won't"
            | "wouldn't"
            | "shouldn't"
            | "can't"
            | "couldn't"
            | "mustn't"
            | "'ll"
    )
}

/// Forms of "to have" as an auxiliary.
pub fn is_have(word: &str) -> bool {
    matches!(
        word,
        "have" | "has" | "had" | "having" | "haven't" | "hasn't" | "hadn't" | "'ve" | "'d"
    )
}

/// Forms of "to be" as an auxiliary.
pub fn is_be(word: &str) -> bool {
    matches!(
        word,
        "be" | "is"
            | "are"
            | "was"
            | "were"
            | "been"
            | "being"
            | "am"
            | "isn't"
            | "aren't"
            | "wasn't"
            | "weren't"
            | "get"
            | "got"
            | "gets"
    )
}

/// Forms of "to do" as an auxiliary.
pub fn is_do(word: &str) -> bool {
    matches!(word, "do" | "does" | "did" | "don't" | "doesn't" | "didn't")
}

/// Words that negate the verb they stand by.
pub fn is_negative(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot" | "neither" | "nor") || word.ends_with("n't")
}

/// Adverbs that may stand inside a verb group or between subject and verb.
pub fn is_adverb(word: &str) -> bool {
    matches!(
        word,
        "also"
            | "not"
            | "never"
            | "now"
            | "then"
            | "still"
            | "already"
            | "again"
            | "just"
            | "only"
            | "even"
            | "too"
            | "soon"
            | "long"
            | "ever"
            | "always"
            | "often"
            | "once"
            | "twice"
            | "earlier"
            | "later"
            | "meanwhile"
            | "however"
            | "instead"
            | "likewise"
            | "further"
            | "there"
            | "here"
            | "thus"
            | "therefore"
            | "moreover"
            | "perhaps"
            | "indeed"
            | "both"
            | "all"
            | "each"
            | "themselves"
            | "himself"
            | "herself"
            | "itself"
            | "first"
            | "yet"
            | "almost"
            | "nearly"
            | "previously"
            | "afterwards"
            | "together"
            | "today"
            | "yesterday"
            | "tonight"
            | "tomorrow"
            | "overnight"
            | "back"
            | "so"
            | "since"
            | "ago"
            | "alone"
            | "accordingly"
            | "else"
            | "abroad"
    ) || (word.len() > 4
        && word.ends_with("ly")
        && !matches!(
            word,
            "italy"
                | "supply"
                | "july"
                | "reply"
                | "ally"
                | "rally"
                | "family"
                | "apply"
                | "assembly"
                | "comply"
                | "anomaly"
        ))
}

/// Personal pronouns that may be a subject.
pub fn is_subject_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "it" | "they" | "we" | "i" | "you")
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
pub fn is_time_noun(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "week"
            | "month"
            | "year"
            | "day"
            | "morning"
            | "evening"
            | "afternoon"
            | "night"
            | "weekend"
            | "hours"
            | "days"
            | "weeks"
            | "months"
            | "years"
            | "time"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "noon"
            | "midnight"
            | "hour"
            | "moment"
            | "minutes"
    ) || word.bytes().all(|sign| sign.is_ascii_digit())
}
