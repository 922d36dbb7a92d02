//! What a neutral verb of saying conveys: the words of the content decide the kind of the act.

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

/// The kind that content conveys; `statement` where no word decides.
pub(crate) fn kind_of(words: &[&str]) -> Kind {
    let text = spaced(words);
    SIGNS
        .iter()
        .find(|(_, signs)| signs.iter().any(|sign| has(&text, sign)))
        .map_or(Kind::Statement, |(kind, _)| *kind)
}

/// The kind that content conveys where its negations are not the speaker's own.
pub(crate) fn kind_without_denial(words: &[&str]) -> Kind {
    let text = spaced(words);
    SIGNS
        .iter()
        .filter(|(kind, _)| *kind != Kind::Denial)
        .find(|(_, signs)| signs.iter().any(|sign| has(&text, sign)))
        .map_or(Kind::Statement, |(kind, _)| *kind)
}

fn spaced(words: &[&str]) -> String {
    let mut text = String::with_capacity(words.len() * 8);
    text.push(' ');
    for word in words {
        text.push_str(word);
        text.push(' ');
    }
    text
}

/// Whether whole words of the text begin as the sign does.
fn has(text: &str, sign: &str) -> bool {
    text.match_indices(sign).any(|(at, _)| {
        let bounded = at == 0 || text.as_bytes().get(at - 1) == Some(&b' ');
        let after = text.as_bytes().get(at + sign.len());
        bounded
            && (after == Some(&b' ')
                || sign.ends_with("pp")
                || sign.ends_with("ri")
                || sign.ends_with("ct"))
    })
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
