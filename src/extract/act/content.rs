//! What a neutral verb of saying conveys: the words of the content decide the kind of the act.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::domain::kind::Kind;

/// Verbs that report content without judging it.
pub(crate) fn is_neutral(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "add"
            | "state"
            | "declare"
            | "announce"
            | "note"
            | "remark"
            | "observe"
            | "write"
            | "tweet"
            | "post"
            | "insist"
            | "claim"
            | "allege"
            | "argue"
            | "assert"
            | "maintain"
            | "contend"
            | "explain"
            | "reply"
            | "respond"
            | "answer"
            | "confirm"
            | "acknowledge"
            | "admit"
            | "concede"
            | "believe"
            | "suggest"
            | "hint"
            | "signal"
            | "report"
            | "quote"
            | "conclude"
            | "predict"
            | "repeat"
            | "indicate"
            | "hope"
            | "expect"
            | "fume"
            | "recall"
            | "point"
            | "charge"
            | "counter"
            | "affirm"
            | "agree"
            | "warn"
            | "stress"
            | "reiterate"
            | "emphasise"
            | "emphasize"
            | "vow"
            | "pledge"
            | "promise"
            | "deny"
            | "complain"
            | "protest"
            | "believed"
            | "find"
            | "reveal"
            | "disclose"
            | "describe"
    )
}

/// Neutral verbs whose content may be an act of its own.
pub(crate) fn is_sayable(lemma: &str) -> bool {
    is_neutral(lemma)
        && !matches!(
            lemma,
            "observe"
                | "explain"
                | "concede"
                | "conclude"
                | "predict"
                | "indicate"
                | "hope"
                | "expect"
                | "recall"
                | "point"
                | "affirm"
                | "agree"
                | "warn"
                | "stress"
                | "reiterate"
                | "emphasise"
                | "emphasize"
                | "vow"
                | "pledge"
                | "promise"
                | "deny"
                | "complain"
                | "protest"
                | "find"
                | "reveal"
                | "disclose"
                | "describe"
                | "contend"
        )
}

/// Words of the content and the kind that they make of it, the strongest first. A phrase matches whole folded words.
const SIGNS: &[(Kind, &[&str])] = &[
    (
        Kind::Warning,
        &[
            "consequences",
            "pay a price",
            "pay the price",
            "all options",
            "on the table",
            "retaliate",
            "retaliation",
            "would respond",
            "will respond",
            "red line",
            "red lines",
            "respond in",
            "revenge",
            "will not tolerate",
            "would not tolerate",
            "play with fire",
            "playing with fire",
            "war would",
            "would be met",
            "will be met",
            "regret it",
            "costs",
            "crushing",
            "harsh response",
            "sit idly",
            "further action",
            "additional measures",
            "legitimate target",
            "legitimate targets",
            "hesitate",
            "more sanctions would",
            "further sanctions",
            "will face",
            "would face",
            "running out",
            "last chance",
            "mirror",
            "grave danger",
            "strike back",
            "hit back",
            "dire",
            "catastrophic",
            "devastating",
        ],
    ),
    (
        Kind::Denial,
        &[
            "baseless",
            "unfounded",
            "groundless",
            "no evidence",
            "false",
            "fabricated",
            "nothing to do with",
            "not responsible",
            "has not",
            "had not",
            "have not",
            "did not",
            "was not",
            "were not",
            "never",
            "no role",
            "not involved",
            "would not be",
            "no intention",
            "no plans",
            "nonsense",
            "untrue",
            "lies",
            "not aware",
            "nothing to fear",
            "anything to fear",
            "by the book",
            "not in talks",
            "absurd",
            "no proof",
            "will not stop",
            "would not stop",
            "will not give up",
            "would not give up",
            "would not bow",
            "will not bow",
            "no basis",
            "out of the question",
            "not negotiate",
            "will not accept",
            "would not accept",
        ],
    ),
    (
        Kind::Accusation,
        &[
            "violated",
            "violation",
            "violates",
            "broke",
            "breached",
            "breach",
            "illegal",
            "unacceptable",
            "aggression",
            "provocation",
            "responsible for",
            "was behind",
            "were behind",
            "is behind",
            "are behind",
            "threat to",
            "threatens",
            "threatening",
            "terrorism",
            "war crime",
            "war crimes",
            "genocide",
            "lying",
            "lied",
            "failed to",
            "destabilising",
            "destabilizing",
            "interfering",
            "interference",
            "meddling",
            "blackmail",
            "crime",
            "crimes",
            "unjustified",
            "attacked",
            "attacking",
            "supplied",
            "supplying",
            "escalation",
            "escalating",
            "hostile",
            "unlawful",
            "stab in the back",
            "hypocri",
            "reckless",
            "irresponsible",
            "cowardly",
            "barbaric",
            "massacre",
            "sabotage",
            "abduct",
            "torture",
            "not acceptable",
            "propaganda",
            "malign",
            "undermine",
            "undermining",
            "undermines",
            "act of war",
            "outrageous",
            "kidnapp",
            "steal",
            "theft",
            "to blame",
        ],
    ),
    (
        Kind::Demand,
        &[
            "must",
            "should",
            "needs to",
            "has to stop",
            "ought to",
            "it was time for",
            "it is time for",
            "have to stop",
            "should not",
            "call on",
            "expects",
            "immediate release",
            "immediately stop",
            "immediately release",
        ],
    ),
    (
        Kind::Pledge,
        &[
            "would support",
            "will support",
            "ready to",
            "committed to",
            "would help",
            "will help",
            "continue to support",
            "as long as it takes",
            "willing to",
            "would provide",
            "will provide",
            "would send",
            "will send",
            "would host",
            "would work with",
            "will work with",
            "would honour",
            "readiness",
            "not alone",
            "would take in",
            "would abide",
            "willingness",
        ],
    ),
];

/// The signs by their first word, and those that are beginnings of words.
struct Signs {
    phrases: HashMap<&'static str, Vec<(usize, Vec<&'static str>)>>,
    stems: Vec<(usize, &'static str)>,
}

static BY_WORD: LazyLock<Signs> = LazyLock::new(|| {
    let mut found = Signs {
        phrases: HashMap::default(),
        stems: Vec::new(),
    };
    for (rank, (_, signs)) in SIGNS.iter().enumerate() {
        for sign in *signs {
            let is_stem = ["pp", "ri", "ct"].iter().any(|end| sign.ends_with(end));
            if is_stem {
                found.stems.push((rank, *sign));
                continue;
            }
            let mut words = sign.split(' ');
            let first = words.next().unwrap_or_default();
            let phrases = found.phrases.entry(first).or_default();
            phrases.push((rank, words.collect()));
        }
    }
    found
});

/// The kind that content conveys; `statement` where no word decides.
pub(crate) fn kind_of(words: &[&str]) -> Kind {
    strongest(words, None)
}

/// The kind that content conveys where its negations are not the speaker's own.
pub(crate) fn kind_without_denial(words: &[&str]) -> Kind {
    strongest(words, Some(Kind::Denial))
}

/// The first kind of [`SIGNS`] of which a sign stands in the words.
fn strongest(words: &[&str], except: Option<Kind>) -> Kind {
    let counts = |rank: usize| except.is_none_or(|kind| SIGNS[rank].0 != kind);
    let mut best = SIGNS.len();
    for (at, word) in words.iter().enumerate() {
        let after = &words[at + 1..];
        let phrases = BY_WORD.phrases.get(word).map_or(&[][..], Vec::as_slice);
        for (rank, rest) in phrases {
            if *rank < best && counts(*rank) && after.starts_with(rest) {
                best = *rank;
            }
        }
        for (rank, stem) in &BY_WORD.stems {
            if *rank < best && counts(*rank) && word.starts_with(stem) {
                best = *rank;
            }
        }
    }
    SIGNS.get(best).map_or(Kind::Statement, |(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        kind_of(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn the_strongest_sign_decides() {
        assert_eq!(
            kind("there would be consequences if they should attack"),
            Kind::Warning
        );
        assert_eq!(kind("it had not sent any"), Kind::Denial);
        assert_eq!(kind("the launch violated a resolution"), Kind::Accusation);
        assert_eq!(kind("the other side must leave"), Kind::Demand);
        assert_eq!(kind("it was ready to host talks"), Kind::Pledge);
    }

    #[test]
    fn words_that_decide_nothing_make_a_statement() {
        assert_eq!(
            kind("the talks were useful and mustard was served"),
            Kind::Statement
        );
    }
}
