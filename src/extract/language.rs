//! A text → whether it is in English, the one language that there are rules for.
//!
//! Most texts are settled by counting the small words that hold English together; the others by their script, or by
//! `whatlang` where it is sure. A short text is refused only for its script: a headline says too little of its language.

use whatlang::{Lang, Script};

use super::ExtractError;

/// No more is looked at, in bytes.
const ENOUGH: usize = 4_000;
/// Shorter texts in Latin letters are taken for English, in words.
const FEWEST_WORDS: usize = 15;
/// One word of so many must be a small English one; English news has one in four.
const ENGLISH_SHARE: usize = 8;
/// Fewer letters than these tell nothing of the script.
const FEWEST_LETTERS: usize = 12;

/// Words that are frequent in English and in no other language of the press.
const SMALL_WORDS: &[&str] = &[
    "the", "of", "and", "to", "that", "with", "from", "was", "were", "has", "have", "had", "for",
    "said", "says", "which", "who", "this", "would", "will", "its", "their", "after", "by", "been",
    "not", "but", "are", "on", "as", "at", "it", "he", "his", "they", "is", "in",
];

/// Refuses a text in another language than English.
///
/// # Errors
///
/// [`ExtractError::Language`] where the text is long enough to tell and surely not English.
pub fn check(text: &str) -> Result<(), ExtractError> {
    let text = head(text);
    let (mut words, mut small) = (0, 0);
    let (mut latin, mut others) = (0_usize, 0_usize);
    for word in text.split(|sign: char| !sign.is_alphabetic()) {
        let Some(first) = word.chars().next() else {
            continue;
        };
        words += 1;
        if is_latin(first) {
            latin += word.chars().count();
            small += usize::from(
                SMALL_WORDS
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(word)),
            );
        } else {
            others += word.chars().count();
        }
    }
    if latin + others < FEWEST_LETTERS {
        return Ok(());
    }
    if others > latin {
        return Err(refused(text));
    }
    if words < FEWEST_WORDS || small * ENGLISH_SHARE >= words {
        return Ok(());
    }
    match whatlang::detect(text) {
        Some(told) if told.lang() != Lang::Eng && told.is_reliable() => Err(named(told.lang())),
        _ => Ok(()),
    }
}

/// The first bytes of a text, whole characters.
fn head(text: &str) -> &str {
    let end = text.floor_char_boundary(ENOUGH);
    &text[..end]
}

const fn is_latin(sign: char) -> bool {
    matches!(sign, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The refusal of a text in another script, by its language where that is told, else by the script.
fn refused(text: &str) -> ExtractError {
    match whatlang::detect(text) {
        Some(told) if told.script() != Script::Latin && told.is_reliable() => named(told.lang()),
        Some(told) if told.script() != Script::Latin => {
            ExtractError::Language(format!("a text in {} script", told.script().name()))
        }
        _ => ExtractError::Language("a text in another script".to_owned()),
    }
}

fn named(lang: Lang) -> ExtractError {
    ExtractError::Language(lang.eng_name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        check(text).map_or_else(|error| error.to_string(), |()| "English".to_owned())
    }

    #[test]
    fn texts_in_other_languages_are_refused_by_their_name() {
        let told = |language: &str| {
            format!(
                "expected an article in English, but found {language}; other languages are not read"
            )
        };
        for (language, text) in [
            (
                "German",
                "Die Ministerin bestellte am Montag den Botschafter ein, weil sein Land die vereinbarte Frist nicht \
                eingehalten hatte, und kündigte weitere Schritte an, falls sich daran in den nächsten Wochen nichts ändert.",
            ),
            (
                "French",
                "La ministre a convoqué lundi l'ambassadeur parce que son pays n'avait pas respecté le délai convenu, et \
                elle a annoncé d'autres mesures si rien ne change dans les semaines qui viennent, selon son porte-parole.",
            ),
            (
                "Spanish",
                "La ministra convocó el lunes al embajador porque su país no había respetado el plazo acordado y anunció \
                otras medidas si nada cambia en las próximas semanas, según dijo su portavoz a la prensa en la capital.",
            ),
            (
                "Portuguese",
                "A ministra convocou na segunda-feira o embaixador porque o seu país não tinha respeitado o prazo \
                combinado e anunciou outras medidas se nada mudar nas próximas semanas, segundo disse a sua porta-voz.",
            ),
            (
                "Italian",
                "La ministra ha convocato lunedì l'ambasciatore perché il suo paese non aveva rispettato il termine \
                concordato e ha annunciato altre misure se nelle prossime settimane non cambierà nulla, dice il portavoce.",
            ),
            (
                "Dutch",
                "De minister ontbood maandag de ambassadeur omdat zijn land zich niet aan de afgesproken termijn had \
                gehouden, en kondigde verdere stappen aan als daar de komende weken niets aan verandert, zei de woordvoerder.",
            ),
            (
                "Polish",
                "Minister wezwała w poniedziałek ambasadora, ponieważ jego kraj nie dotrzymał uzgodnionego terminu, i \
                zapowiedziała dalsze kroki, jeżeli w najbliższych tygodniach nic się nie zmieni, jak mówi jej rzecznik prasowy.",
            ),
            (
                "Turkish",
                "Bakan pazartesi günü büyükelçiyi çağırdı, çünkü ülkesi kararlaştırılan süreye uymamıştı, ve önümüzdeki \
                haftalarda bir şey değişmezse başka adımlar atacağını söyledi; sözcüsü bunu gazetecilere de doğruladı.",
            ),
            (
                "Russian",
                "Министр в понедельник вызвала посла, потому что его страна не выполнила условия соглашения в срок.",
            ),
            (
                "Arabic",
                "استدعت الوزيرة السفير يوم الاثنين لأن بلاده لم تلتزم بالمهلة المتفق عليها وأعلنت عن خطوات أخرى.",
            ),
            (
                "Hebrew",
                "השרה זימנה ביום שני את השגריר משום שארצו לא עמדה במועד שסוכם, והודיעה על צעדים נוספים.",
            ),
            (
                "Mandarin",
                "部长星期一召见了大使，因为他的国家没有遵守商定的期限，并宣布如果没有变化将采取进一步措施。",
            ),
            (
                "Japanese",
                "大臣は月曜日に大使を呼び出した。その国が合意した期限を守らなかったためで、追加の措置も発表した。",
            ),
            (
                "Korean",
                "장관은 월요일에 대사를 불렀다. 그 나라가 합의한 기한을 지키지 않았기 때문이며 추가 조치도 발표했다.",
            ),
        ] {
            assert_eq!(said(text), told(language), "{text}");
        }
    }

    #[test]
    fn english_is_read_however_short_or_mixed() {
        for text in [
            "",
            "Iran denies",
            "Peking, Moskau",
            "Москва",
            "Macron meets Scholz, Tusk in Weimar",
            "Lavrov: “Нет”. The minister said no more on Monday, and the envoy left for Baku in the evening of that day.",
            "EU sanctions Belavia. Minsk vows reply. Warsaw shuts Terespol. Vilnius expels Belarus envoys. Kyiv hails Brussels \
             steps. Moscow warns Riga, Tallinn. Lukashenko phones Putin. Berlin, Paris plan talks. Ankara offers mediation.",
            "10/09/2024 1,100,000 — 2024-09-10 … 12:30",
            "The word for it in Arabic is السلام, and the ministry in Amman used it twice on Sunday.",
        ] {
            assert_eq!(said(text), "English", "{text}");
        }
    }

    #[test]
    fn a_text_that_quotes_english_at_length_is_still_not_english() {
        let text = "Министр сказала: «We object». По её словам, страна не выполнила условия соглашения в срок.";
        assert!(said(text).contains("Russian"), "{}", said(text));
    }
}
