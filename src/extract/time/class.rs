//! The classes of patterns: which tokens are a weekday, a day of the month, a year, a time of the clock.

use super::{
    digits::{clock, iso, slashed},
    lexicon::{Lexeme, Lexicon, Unit},
    token::{Gap, Kind, Token},
};

/// What a class element of a pattern takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// One of several words, by its place; not written in angle brackets.
    Choice,
    /// “Tuesday”, “Tues.”; 0 is Monday.
    Weekday,
    /// “Tuesday” in full.
    FullWeekday,
    /// “September”, “Sept.”; 1 to 12.
    Month,
    /// “10”, “10th”, “tenth”, “twenty-first”; 1 to 31.
    Day,
    /// “10th”, “tenth”; 1 and up.
    Nth,
    /// “2024”, “nineteen seventy-nine”, “two thousand”; 1000 to 2999.
    Year,
    /// “’98”: a year of two digits, by the window 1950 to 2049.
    ShortYear,
    /// “a”, “two”, “twenty-five”, “12”.
    Count,
    /// “week”, “weeks”; the value is [`Unit`]'s place.
    Unit,
    Season,
    /// “early”, “mid”, “late”, “end”.
    Part,
    /// “morning”.
    DayPart,
    /// “10 p.m.”, “10:30 GMT”, “noon”.
    Clock,
    /// “1990s”, “’90s”, “nineties”; the first year.
    Decade,
    /// Digits without spaces: `2024-09-10`; days since year 1.
    Iso,
    /// `10/09/2024`, `10.9.2024`, `10-09-24` as digits `first * 10^6 + second * 10^4 + year`, undecided which is the day.
    Slashed,
}

impl Class {
    pub(super) fn named(element: &str) -> Option<Self> {
        Some(match element {
            "<weekday>" => Self::Weekday,
            "<fullweekday>" => Self::FullWeekday,
            "<month>" => Self::Month,
            "<day>" => Self::Day,
            "<nth>" => Self::Nth,
            "<year>" => Self::Year,
            "<yy>" => Self::ShortYear,
            "<n>" => Self::Count,
            "<unit>" => Self::Unit,
            "<season>" => Self::Season,
            "<part>" => Self::Part,
            "<daypart>" => Self::DayPart,
            "<clock>" => Self::Clock,
            "<decade>" => Self::Decade,
            "<iso>" => Self::Iso,
            "<slashed>" => Self::Slashed,
            _ => return None,
        })
    }

    pub(super) const fn may_begin_with(self, lexeme: Lexeme) -> bool {
        match self {
            Self::Weekday => matches!(lexeme, Lexeme::Weekday(_) | Lexeme::ShortWeekday(_)),
            Self::FullWeekday => matches!(lexeme, Lexeme::Weekday(_)),
            Self::Month => matches!(lexeme, Lexeme::Month(_) | Lexeme::ShortMonth(_)),
            Self::Day | Self::Nth => {
                matches!(lexeme, Lexeme::Ordinal(_) | Lexeme::Cardinal(20 | 30))
            }
            Self::Year | Self::Count => matches!(lexeme, Lexeme::Cardinal(_)),
            Self::Unit => matches!(lexeme, Lexeme::Unit(_)),
            Self::Season => matches!(lexeme, Lexeme::Season(_)),
            Self::Part => matches!(lexeme, Lexeme::Part(_)),
            Self::DayPart => matches!(lexeme, Lexeme::DayPart),
            Self::Clock => matches!(lexeme, Lexeme::Noon),
            Self::Decade => matches!(lexeme, Lexeme::Decade(_)),
            Self::Choice | Self::ShortYear | Self::Iso | Self::Slashed => false,
        }
    }

    pub(super) const fn may_begin_with_digits(self) -> bool {
        matches!(
            self,
            Self::Day | Self::Year | Self::Count | Self::Clock | Self::Iso | Self::Slashed
        )
    }

    pub(super) const fn may_begin_with_nth(self) -> bool {
        matches!(self, Self::Day | Self::Nth)
    }

    pub(super) const fn may_begin_with_decade(self) -> bool {
        matches!(self, Self::Decade)
    }

    pub(super) const fn may_begin_with_apostrophe(self) -> bool {
        matches!(self, Self::Decade | Self::ShortYear)
    }
}

/// Reads a class at a token: the token after it, and its value.
pub(super) fn take(
    class: Class,
    tokens: &[Token],
    at: usize,
    lexicon: &Lexicon,
) -> Option<(usize, i32)> {
    let token = tokens.get(at)?;
    let lexeme = token.lexeme(lexicon);
    let one = |value: u32| Some((at + 1, i32::try_from(value).ok()?));
    match (class, lexeme, token.kind) {
        (Class::Weekday | Class::FullWeekday, Lexeme::Weekday(day), _) => {
            one(day.num_days_from_monday())
        }
        (Class::Weekday, Lexeme::ShortWeekday(day), _) => {
            let (end, _) = one(0)?;
            Some((
                after_stop(tokens, end),
                i32::try_from(day.num_days_from_monday()).ok()?,
            ))
        }
        (Class::Month, Lexeme::Month(month), _) => {
            let is_word = matches!(month, 3 | 5) && !token.is_capital && !beside_day(tokens, at);
            if is_word { None } else { one(month) }
        }
        (Class::Month, Lexeme::ShortMonth(month), _) => {
            let end = after_stop(tokens, at + 1);
            let is_word = !token.is_capital
                && end == at + 1
                && !beside_day(tokens, at)
                && !before_year(tokens, at);
            (!is_word).then_some((end, i32::try_from(month).ok()?))
        }
        (
            Class::Day,
            _,
            Kind::Digits {
                value,
                count: 1..=2,
            },
        ) if (1..=31).contains(&value) => one(value),
        (Class::Day | Class::Nth, ..) => nth(class, tokens, at, lexicon),
        (Class::Year, ..) => year(tokens, at, lexicon),

        (Class::ShortYear, _, Kind::Sign('\'')) => match tokens.get(at + 1)? {
            Token {
                kind: Kind::Digits { value, count: 2 },
                gap: Gap::None,
                ..
            } => Some((at + 2, i32::try_from(window(*value)).ok()?)),
            _ => None,
        },
        (
            Class::Count,
            _,
            Kind::Digits {
                value,
                count: 1..=4,
            },
        ) if !is_fraction(tokens, at) => one(value),
        (Class::Count, Lexeme::Cardinal(_), _) => cardinal(tokens, at, lexicon),
        (Class::Unit, Lexeme::Unit(unit), _) => one(unit as u32),
        (Class::Season, Lexeme::Season(season), _) => one(season as u32),
        (Class::Part, Lexeme::Part(part), _) => one(part as u32),
        (Class::DayPart, Lexeme::DayPart, _) => one(0),
        (Class::Clock, ..) => clock(tokens, at, lexicon).map(|end| (end, 0)),
        (Class::Decade, ..) => decade(tokens, at, lexicon),
        (Class::Iso, ..) => iso(tokens, at),
        (Class::Slashed, ..) => slashed(tokens, at),
        _ => None,
    }
}

/// The unit of a captured value.
pub(super) fn unit(value: i32) -> Option<Unit> {
    [
        Unit::Hour,
        Unit::Day,
        Unit::Week,
        Unit::Weekend,
        Unit::Fortnight,
        Unit::Month,
        Unit::Quarter,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
    ]
    .into_iter()
    .find(|unit| *unit as i32 == value)
}

fn after_stop(tokens: &[Token], at: usize) -> usize {
    match tokens.get(at) {
        Some(token) if token.is_sign('.') && token.gap == Gap::None => at + 1,
        _ => at,
    }
}

/// Whether a number that could be a day stands before or after: then even “may” is a month.
fn beside_day(tokens: &[Token], at: usize) -> bool {
    let is_day =
        |token: &Token| matches!(token.kind, Kind::Digits { count: 1 | 2, .. } | Kind::Nth(_));
    tokens.get(at + 1).is_some_and(is_day)
        || at
            .checked_sub(1)
            .is_some_and(|before| is_day(&tokens[before]))
}

fn before_year(tokens: &[Token], at: usize) -> bool {
    matches!(
        tokens.get(at + 1),
        Some(Token {
            kind: Kind::Digits { count: 4, .. },
            ..
        })
    )
}

/// Whether digits are a piece of “3.5” or “1,5”.
fn is_fraction(tokens: &[Token], at: usize) -> bool {
    let is_point =
        |token: &Token| (token.is_sign('.') || token.is_sign(',')) && token.gap == Gap::None;
    let is_digits =
        |token: &Token| matches!(token.kind, Kind::Digits { .. }) && token.gap == Gap::None;
    let before = at >= 2
        && is_point(&tokens[at - 1])
        && tokens[at].gap == Gap::None
        && matches!(tokens[at - 2].kind, Kind::Digits { .. });
    let after =
        tokens.get(at + 1).is_some_and(is_point) && tokens.get(at + 2).is_some_and(is_digits);
    before || after
}

pub(super) const fn window(two_digits: u32) -> u32 {
    if two_digits < 50 {
        2000 + two_digits
    } else {
        1900 + two_digits
    }
}

fn nth(class: Class, tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<(usize, i32)> {
    let highest = if class == Class::Day { 31 } else { 99 };
    let (end, value) = match (tokens[at].kind, tokens[at].lexeme(lexicon)) {
        (Kind::Nth(value), _) | (_, Lexeme::Ordinal(value)) => (at + 1, value),
        (_, Lexeme::Cardinal(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90))) => {
            let next = after_hyphen(tokens, at + 1);
            match tokens.get(next)?.lexeme(lexicon) {
                Lexeme::Ordinal(ones @ 1..=9) => (next + 1, tens + ones),
                _ => return None,
            }
        }
        _ => return None,
    };
    (1..=highest)
        .contains(&value)
        .then_some((end, i32::try_from(value).ok()?))
}

fn after_hyphen(tokens: &[Token], at: usize) -> usize {
    match tokens.get(at) {
        Some(token) if token.is_sign('-') => at + 1,
        _ => at,
    }
}

fn cardinal(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<(usize, i32)> {
    let Lexeme::Cardinal(first) = tokens.get(at)?.lexeme(lexicon) else {
        return None;
    };
    if first >= 100 {
        return None;
    }
    let next = after_hyphen(tokens, at + 1);
    let ones = tokens.get(next).map(|token| token.lexeme(lexicon));
    if let (20.., 0, Some(Lexeme::Cardinal(ones @ 1..=9))) = (first, first % 10, ones) {
        return Some((next + 1, i32::try_from(first + ones).ok()?));
    }
    Some((at + 1, i32::try_from(first).ok()?))
}

fn year(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<(usize, i32)> {
    if let Kind::Digits { value, count: 4 } = tokens[at].kind {
        let is_year = (1000..=2999).contains(&value) && !is_fraction(tokens, at);
        return is_year.then_some((at + 1, i32::try_from(value).ok()?));
    }
    let (end, first) = cardinal(tokens, at, lexicon)?;
    match (first, tokens.get(end)?.lexeme(lexicon)) {
        (2, Lexeme::Cardinal(1000)) => {
            let after_and = match tokens.get(end + 1) {
                Some(token) if token.word() == lexicon.word("and") => end + 2,
                _ => end + 1,
            };
            Some(match cardinal(tokens, after_and, lexicon) {
                Some((end, rest)) => (end, 2000 + rest),
                None => (end + 1, 2000),
            })
        }
        (13..=19, Lexeme::Cardinal(100)) => Some((end + 1, first * 100)),
        (13..=20, Lexeme::Cardinal(10..)) => {
            let (end, rest) = cardinal(tokens, end, lexicon)?;
            Some((end, first * 100 + rest))
        }
        _ => None,
    }
}

fn decade(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<(usize, i32)> {
    let of = |value: u32, count: u8| {
        if count == 2 {
            window_decade(value)
        } else {
            value
        }
    };
    match (tokens[at].kind, tokens[at].lexeme(lexicon)) {
        (Kind::Decade { value, count: 4 }, _) => Some((at + 1, i32::try_from(value).ok()?)),
        (Kind::Decade { value, count }, _) => Some((at + 1, i32::try_from(of(value, count)).ok()?)),
        (_, Lexeme::Decade(value)) => Some((at + 1, i32::try_from(window_decade(value)).ok()?)),
        (Kind::Sign('\''), _) => match tokens.get(at + 1)? {
            Token {
                kind: Kind::Decade { value, count: 2 },
                gap: Gap::None,
                ..
            } => Some((at + 2, i32::try_from(window_decade(*value)).ok()?)),
            _ => None,
        },
        _ => None,
    }
}

/// “the twenties” to “the nineties” are of the last century, “the noughties” are not said in news.
const fn window_decade(two_digits: u32) -> u32 {
    1900 + two_digits
}
