//! A text → the language it is in, where that is certain.

use whatlang::Lang;

/// Shorter texts are not judged, in bytes.
const SHORTEST: usize = 200;
/// No more is looked at, in characters.
const ENOUGH: usize = 4_000;

/// The ISO 639-1 code of a text's language; `None` where it is too short, not certain, or of a
/// language that has no such code or is not of the press.
pub fn of_text(text: &str) -> Option<&'static str> {
    if text.len() < SHORTEST {
        return None;
    }
    let head: String = text.chars().take(ENOUGH).collect();
    let told = whatlang::detect(&head).filter(whatlang::Info::is_reliable)?;
    Some(match told.lang() {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Tur => "tr",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Heb => "he",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Hin => "hi",
        Lang::Urd => "ur",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Hrv => "hr",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Tha => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_where_it_is_certain() {
        let english = "The envoys of both states left Geneva on Tuesday evening after two days of talks that ended without a \
            statement, and neither side said when they would return to the table, although the door remained open.";
        let german = "Die Gesandten beider Staaten verließen Genf am Dienstagabend nach zweitägigen Gesprächen, die ohne Erklärung \
            endeten, und keine Seite sagte, wann sie an den Tisch zurückkehren würde, obwohl die Tür offen blieb.";
        assert_eq!(of_text(english), Some("en"));
        assert_eq!(of_text(german), Some("de"));
        assert_eq!(of_text("Too short"), None);
    }
}
