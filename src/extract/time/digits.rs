//! Digits that are dates by themselves (`2024-09-10`, `10/09/2024`), and times of the clock (“10:30 a.m. EST”).

use super::{
    class::window,
    lexicon::{Lexeme, Lexicon},
    token::{Gap, Kind, Token},
};

/// A time of the clock: the token after it.
pub(super) fn clock(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let lexeme = |index: usize| {
        tokens
            .get(index)
            .map_or(Lexeme::None, |token| token.lexeme(lexicon))
    };
    let zone = |end: usize| match (lexeme(end), tokens.get(end).map(Token::word)) {
        (Lexeme::Zone, _) => end + 1,
        (_, Some(word)) if word == lexicon.word("local") => match tokens.get(end + 1) {
            Some(next) if next.word() == lexicon.word("time") => end + 2,
            _ => end,
        },
        _ => end,
    };
    match tokens.get(at)?.kind {
        Kind::Word(_) if lexeme(at) == Lexeme::Noon => Some(zone(at + 1)),
        Kind::Digits {
            value: 0..=24,
            count: 1..=2,
        } => {
            let mut end = at + 1;
            let mut is_clock = false;
            let is_pair = |index: usize| {
                matches!(
                    tokens.get(index),
                    Some(Token {
                        kind: Kind::Digits {
                            value: 0..=59,
                            count: 2
                        },
                        gap: Gap::None,
                        ..
                    })
                )
            };
            let colon = |index: usize| {
                tokens.get(index).is_some_and(|token| {
                    token.gap == Gap::None
                        && (token.is_sign(':') || (token.is_sign('.') && is_pair(index + 1)))
                })
            };
            if colon(end) && is_pair(end + 1) {
                is_clock = tokens[end].is_sign(':');
                end += 2;
                if colon(end) && is_pair(end + 1) {
                    end += 2;
                }
            }
            if lexeme(end) == Lexeme::Meridiem {
                is_clock = true;
                end += 1;
            }
            let after = zone(end);
            (is_clock || after > end).then_some(after)
        }
        Kind::Digits {
            value: 0..=2400,
            count: 4,
        } => {
            let after = zone(at + 1);
            (after > at + 1).then_some(after)
        }
        _ => None,
    }
}

/// A number and how many digits it has.
type Digits = (u32, u8);

/// Three groups of digits with one sign between, nothing else around: the token after them and the three numbers.
fn groups(tokens: &[Token], at: usize) -> Option<(usize, [Digits; 3])> {
    let digits = |index: usize| match tokens.get(index)? {
        Token {
            kind: Kind::Digits { value, count },
            gap,
            ..
        } if index == at || *gap == Gap::None => Some((*value, *count)),
        _ => None,
    };
    let sign = |index: usize| match tokens.get(index)? {
        Token {
            kind: Kind::Sign(sign @ ('/' | '.' | '-')),
            gap: Gap::None,
            ..
        } => Some(*sign),
        _ => None,
    };
    let first_sign = sign(at + 1)?;
    let found = (at + 5, [digits(at)?, digits(at + 2)?, digits(at + 4)?]);
    let is_longer = sign(at + 5).is_some() && digits(at + 6).is_some();
    let is_tail = at >= 2
        && tokens[at].gap == Gap::None
        && matches!(tokens[at - 1].kind, Kind::Sign('/' | '.' | '-'))
        && matches!(tokens[at - 2].kind, Kind::Digits { .. });
    (sign(at + 3)? == first_sign && !is_longer && !is_tail).then_some(found)
}

pub(super) fn iso(tokens: &[Token], at: usize) -> Option<(usize, i32)> {
    let (end, year, month, day) = if let Kind::Digits { value, count: 8 } = tokens[at].kind {
        (at + 1, value / 10_000, value / 100 % 100, value % 100)
    } else {
        let (end, [(year, 4), (month, 1..=2), (day, 1..=2)]) = groups(tokens, at)? else {
            return None;
        };
        (end, year, month, day)
    };
    if !(1000..=2999).contains(&year) {
        return None;
    }
    let date = chrono::NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some((end, chrono::Datelike::num_days_from_ce(&date)))
}

pub(super) fn slashed(tokens: &[Token], at: usize) -> Option<(usize, i32)> {
    let (end, [(first, 1..=2), (second, 1..=2), (year, count)]) = groups(tokens, at)? else {
        return None;
    };
    let year = match count {
        4 if (1000..=2999).contains(&year) => year,
        2 => window(year),
        _ => return None,
    };
    Some((
        end,
        i32::try_from(first * 1_000_000 + second * 10_000 + year).ok()?,
    ))
}
