//! What a neutral verb of saying conveys: the words of the content decide the kind of the act.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::extract::words;

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

/// Verbs that open what somebody says.
pub(crate) fn is_saying(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "add"
            | "state"
            | "announce"
            | "declare"
            | "write"
            | "tweet"
            | "post"
            | "claim"
            | "argue"
    )
}

/// Verbs of speech that go on with what was said before: "said … and urged".
pub(crate) fn speaks(lemma: &str) -> bool {
    matches!(
        lemma,
        "accuse"
            | "blame"
            | "condemn"
            | "denounce"
            | "criticise"
            | "criticize"
            | "urge"
            | "call"
            | "demand"
            | "warn"
            | "threaten"
            | "vow"
            | "pledge"
            | "promise"
            | "deny"
            | "reject"
            | "dismiss"
            | "welcome"
            | "praise"
            | "thank"
            | "express"
            | "voice"
            | "reiterate"
            | "stress"
            | "add"
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

/// Phrases of the content and the kind that they make of it, the strongest first; parted by `; `, in whole folded words.
const SIGNS: &[(Sign, &str)] = &[
    (
        Sign::Warning,
        "act of war; additional measures; all means; all necessary means; all options; annihilate; answer for; \
         any means; bear full responsibility; bear responsibility; big mistake; brink of; catastrophic; \
         collision course; consequences; harm relations; damage relations; hurt relations; damage ties; harm ties; cease to exist; fire and fury; strongly respond; further measures; all measures; reserves the right; reserve the right; mean war; means war; corresponding measures; costs; could lead to war; could reach; \
         countermeasures; courting disaster; crushing; dangerous game; decisive response; declaration of war; \
         defend itself; defend ourselves; devastating; dire; every option; expect a response; \
         face the full; fight back; further action; further sanctions; grave danger; grave mistake; grave risk; \
         harsh response; held accountable; hesitate; high risk; historic mistake; hit back; hit hard; \
         hold accountable; hold responsible; if they don't; last chance; lead to a war; legitimate target; \
         legitimate targets; means war; military action; military option; mirror; miscalculate; \
         more sanctions would; necessary measures; no choice but; on the table; options are; or else; \
         our options; overwhelming; pay a heavy price; pay a price; pay the price; play with fire; \
         playing with fire; possible strike; prepared to fight; proportionate response; punishing; \
         ready to fight; real risk; reciprocal measures; red line; red lines; regret it; respond accordingly; \
         respond forcefully; respond in; respond with force; retaliate; retaliation; revenge; running out; \
         sea of fire; serious mistake; serious risk; sit idly; spiral out; strike back; strike hard; \
         swift response; take action against; that's it; think twice; time is running; time was running; \
         ultimatum; use force; use of force; war would; wider war; will be met; will face; will not tolerate; \
         will pay; will regret; will respond; will suffer; window is closing; window was closing; wipe out; \
         within range; within reach; world war; would be met; would face; would not tolerate; would pay; \
         would regret; would respond; would suffer",
    ),
    (
        Sign::Denial,
        "baseless; slander; slanderous; a smear; fabrications; are false; were false; is false; was false; not true; no truth; never accept; never recognise; never recognize; never allow; never agree; never negotiate; is peaceful; was peaceful; are peaceful; purely peaceful; purely defensive; purely civilian; is innocent; was innocent; no knowledge; no troops; no lectures; needed no; unfounded; groundless; no evidence; fabricated; nothing to do with; not responsible; no role; \
         not involved; no intention; no plans; nonsense; untrue; lies; nothing to fear; anything to fear; \
         by the book; absurd; no proof; no basis; out of the question; impossible; not the time; not time for; \
         can not support; cannot support; could not support; can not accept; cannot accept; could not accept; \
         will not accept; would not accept; would not negotiate; will not negotiate; not up for discussion; \
         not up for negotiation; not negotiable; non negotiable; hold water; a pretext; a smear; a hoax; \
         was staged; were staged; no right to; no business; no authority; not need lessons; no lessons; \
         no need for; not interested in; no interest in; strongly opposed; \
         firmly opposed; categorically; nothing wrong; no reason to; no grounds; a lie; a fabrication; \
         not be drawn into; would not bow; will not bow; will not give up; would not give up; will not stop; \
         would not stop; would not yield; will not yield; not going to; not considering; not planning; not aware; \
         by no means; propaganda",
    ),
    (
        Sign::Negation,
        "false; would never; will never; has no; had no; have no; holds no; has not; had not; have not; did not; was not; were not; never; would not; will not; not in talks; \
         no longer; denied",
    ),
    (
        Sign::Accusation,
        "violated; violation; violates; broke; breached; illegal; unacceptable; provocation; was behind; \
         were behind; is behind; are behind; war crime; war crimes; lied; destabilising; destabilizing; \
         interfering; meddling; blackmail; unjustified; escalating; unlawful; stab in the back; hypocri; \
         reckless; irresponsible; cowardly; barbaric; not acceptable; malign; undermine; undermining; undermines; \
         act of war; outrageous; kidnapp; to blame; act of aggression; acts of aggression; flagrant; blatant; \
         double standards; bad faith; cynical; contempt; betrayal; violating; violations of; breaching; \
         in violation; in breach; against international law; terrorist act; state terrorism; bullying; \
         blackmailing; lied to; is lying; was lying; were lying; to blame for; blame lay; blame lies; fault lay; \
         responsibility lies; responsibility rests; responsibility rested; responsibility lay; wrongdoing; \
         disgraceful; shameful; deplorable; unjust; discriminatory; arbitrary; counterproductive; \
         counter productive; misguided; seriously affected",
    ),
    (
        Sign::Charge,
        "threat to; spying; spied; did nothing; done nothing; nothing to stop; spreading terror; disdain; intimidating; destabilising; intruding; intruded; trespassed; cheated; stirring; inciting; fomenting; exploiting; persecuting; oppressing; encroaching; as a weapon; weaponising; weaponizing; war machine; finances; financing; funds terror; supports terror; supporting terrorism; sponsors terror; jammed; jamming; rewarded; rewards; given space; gave space; harboured; harbored; violated; flouted; reneged; backtracked; lied; stole; looted; crossed the line; threatens; threatening; terrorism; attacked; attacking; supplied; supplying; escalation; \
         escalate; crime; crimes; failed to; hostile; torture; theft; steal; breach; responsible for; abduct; \
         interference; massacre; sabotage; genocide; aggression; arming; was arming; sheltering; harbouring; \
         harboring; sponsoring; funding; stalling; hacked; hacking; plotted; plotting; smuggled; smuggling; \
         dodged; evading; training militants; occupying; invaded; bombed; shelled; kidnapped; poisoned; meddled; \
         owed an apology; owes an apology; left it no choice; complicit; cheating; cheated; provoking; provoked; \
         preparing to attack; planning to invade; planning to attack; refused to",
    ),
    (
        Sign::Demand,
        "it was time for; it is time for; call on; calls on; called on; immediate release; immediately stop; \
         immediately release; immediate withdrawal; immediate end; immediate halt; expects; \
         an immediate ceasefire; ball was in; ball is in; urgent need; needs to stop; has to stop; have to stop; \
         we ask; we urge; we demand; we call",
    ),
    (
        Sign::Pledge,
        "keep working; continue working; continue to work; continue to support; continue supporting; keep supporting; go on supporting; all possible; as long as it takes; come to the defence; commitment to; committed to; \
         continue to support; determined to; do everything; do its best; do its utmost; every support; \
         everything possible; full support; fully cooperate; glad to; happy to; looking forward to working; \
         no qualms; not alone; not waver; offered to; open to; prepared to; press ahead; readiness; ready for; \
         ready to; remain committed; remains committed; shoulder to shoulder; side by side; spare no effort; \
         stand by; stand ready; stand together; stand with; stands by; stands ready; stands with; \
         to be ready to die; will comply; will contribute; will cooperate; will defend; will engage; will help; \
         will investigate; will join; will provide; will respect; will send; will support; will work with; \
         willing to; willingness; work together; would abide; would come to the aid; would comply; \
         would contribute; would cooperate; would defend; would engage; would help; would honor; would honour; \
         would host; would investigate; would join; would mediate; would provide; would push ahead; \
         would respect; would return to; would send; would support; would take in; would work with",
    ),
];

/// What a phrase of the content says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Warning,
    /// Refuses or calls untrue, whoever is spoken of.
    Denial,
    /// Negates: a denial where the speaker's own act is negated.
    Negation,
    /// Calls wrong, whoever is spoken of.
    Accusation,
    /// Tells a wrong: an accusation where another party is spoken of.
    Charge,
    Demand,
    Pledge,
}

/// Words that turn a wrong after them into something averted: "to prevent an attack".
fn averts(word: &str) -> bool {
    matches!(
        word,
        "prevent"
            | "preventing"
            | "avoid"
            | "avert"
            | "combat"
            | "combating"
            | "fight"
            | "fighting"
            | "reduce"
            | "counter"
            | "countering"
            | "investigate"
            | "end"
            | "against"
            | "deter"
            | "stop"
    )
}

/// Verbs of what one party does for or with another.
pub(crate) fn is_helpful(lemma: &str) -> bool {
    matches!(
        lemma,
        "help"
            | "support"
            | "back"
            | "defend"
            | "protect"
            | "assist"
            | "cooperate"
            | "work"
            | "engage"
            | "consult"
            | "investigate"
            | "mediate"
            | "host"
            | "provide"
            | "contribute"
            | "join"
            | "respect"
            | "honour"
            | "honor"
            | "abide"
            | "comply"
            | "ensure"
            | "guarantee"
            | "rebuild"
            | "seek"
            | "pursue"
            | "facilitate"
            | "admit"
            | "allow"
            | "implement"
            | "fulfil"
            | "fulfill"
            | "share"
            | "give"
            | "send"
            | "offer"
            | "return"
            | "negotiate"
            | "talk"
    )
}

/// Verbs of what one party may stop giving another.
pub(crate) fn is_withholding(lemma: &str) -> bool {
    matches!(
        lemma,
        "impose"
            | "cut"
            | "suspend"
            | "withdraw"
            | "end"
            | "stop"
            | "halt"
            | "close"
            | "ban"
            | "leave"
            | "quit"
            | "resume"
            | "raise"
            | "block"
            | "recall"
            | "test"
            | "arm"
    )
}

/// Verbs of what one party does to harm another.
pub(crate) fn is_hostile(lemma: &str) -> bool {
    matches!(
        lemma,
        "strike"
            | "attack"
            | "hit"
            | "bomb"
            | "retaliate"
            | "respond"
            | "punish"
            | "destroy"
            | "crush"
            | "fight"
            | "invade"
            | "sanction"
            | "shoot"
            | "expel"
            | "seize"
            | "blockade"
            | "sink"
            | "annihilate"
            | "sever"
            | "react"
            | "reconsider"
            | "abandon"
            | "extend"
            | "tighten"
    )
}

/// A sign's rank and the words that follow its first.
type Phrase = (usize, Vec<&'static str>);

/// The signs by their first word.
static BY_WORD: LazyLock<HashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut found: HashMap<&'static str, Vec<Phrase>> = HashMap::default();
    for (rank, (_, signs)) in SIGNS.iter().enumerate() {
        for sign in signs.split("; ") {
            let mut words = sign.split(' ');
            let first = words.next().unwrap_or_default();
            let phrases = found.entry(first).or_default();
            phrases.push((rank, words.collect()));
        }
    }
    found
});

/// The strongest sign in the words of a content that `counts` lets count.
pub(crate) fn strongest(words: &[&str], counts: impl Fn(Sign) -> bool) -> Option<Sign> {
    let mut best = SIGNS.len();
    for (at, word) in words.iter().enumerate() {
        let Some(phrases) = BY_WORD.get(word) else {
            continue;
        };
        let after = &words[at + 1..];
        for (rank, rest) in phrases {
            if *rank >= best || !after.starts_with(rest) || !counts(SIGNS[*rank].0) {
                continue;
            }
            let wrong = matches!(
                SIGNS[*rank].0,
                Sign::Warning | Sign::Accusation | Sign::Charge
            );
            if wrong
                && words[at.saturating_sub(4)..at]
                    .iter()
                    .any(|word| averts(word))
            {
                continue;
            }
            // "has not committed to anything"
            let denied = SIGNS[*rank].0 == Sign::Pledge
                && words[at.saturating_sub(3)..at]
                    .iter()
                    .any(|word| words::is_negative(*word) || *word == "no");
            if denied {
                continue;
            }
            best = *rank;
        }
    }
    SIGNS.get(best).map(|(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(text: &str) -> Option<Sign> {
        strongest(&text.split(' ').collect::<Vec<_>>(), |_| true)
    }

    #[test]
    fn the_strongest_sign_decides() {
        assert_eq!(
            sign("there would be consequences if it was a lie"),
            Some(Sign::Warning)
        );
        assert_eq!(sign("it had not sent any"), Some(Sign::Negation));
        assert_eq!(sign("the story was nonsense"), Some(Sign::Denial));
        assert_eq!(
            sign("the launch violated a resolution"),
            Some(Sign::Accusation)
        );
        assert_eq!(sign("it was ready to host talks"), Some(Sign::Pledge));
    }

    #[test]
    fn what_is_averted_is_no_wrong() {
        assert_eq!(sign("it worked to prevent any escalation"), None);
    }

    #[test]
    fn words_that_decide_nothing_make_no_sign() {
        assert_eq!(sign("the talks were useful and mustard was served"), None);
    }
}
