//! Text as it is matched: case and accents folded, cut into words. One rule for both engines and for the gazetteer of forms.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds case and accents: `Chargé` → `charge`, `Ørsted` → `orsted`, `’` → `'`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for sign in text.nfkd().filter(|sign| !is_combining_mark(*sign)) {
        match sign {
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            '’' | '‘' | 'ʼ' => folded.push('\''),
            _ => folded.extend(sign.to_lowercase().filter(|sign| !is_combining_mark(*sign))),
        }
    }
    folded
}

/// The folded words of a text: runs of letters and digits.
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_are_folded() {
        assert_eq!(fold("Chargé d’Affaires"), "charge d'affaires");
        assert_eq!(
            fold("İstanbul Łódź Ørsted straße"),
            "istanbul lodz orsted strasse"
        );
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("Iran's S-400, «да» 2024!"),
            ["iran", "s", "s", "400", "да", "2024"]
        );
    }
}
