//! A time and the words before it that make another time of it: counts, eves, weeks and ranges.

use super::{Class, Edtf, Gap, Grain, Kind, Lexeme, Reader, Reading, Stretch, Unit, stretch};

impl Reader<'_> {
    /// “two weeks before 13 May 1999”, “the day after Tuesday's vote”: the words before a date that move it.
    pub(super) fn counted_from(&self, first: usize, reading: &Reading) -> Option<(usize, Reading)> {
        let around = self.around;
        let at = first.checked_sub(1)?;
        if let Some(week) = self.week_of(first, reading) {
            return Some(week);
        }
        if let Some(eve) = self.eve_of(first, reading) {
            return Some(eve);
        }
        let sign = match () {
            () if around.is_word(at, &["before"]) => -1,
            () if around.is_word(at, &["after", "from"]) => 1,
            () => return None,
        };
        let unit_at = at.checked_sub(1)?;
        let count_at = at.checked_sub(2)?;
        let Lexeme::Unit(unit) = around.tokens[unit_at].lexeme(around.lexicon) else {
            return None;
        };
        let count = match (
            around.tokens[count_at].kind,
            around.tokens[count_at].lexeme(around.lexicon),
        ) {
            (
                Kind::Digits {
                    value,
                    count: 1..=3,
                },
                _,
            )
            | (_, Lexeme::Cardinal(value @ 1..=99)) => value,
            _ if around.is_word(count_at, &["a", "an"]) => 1,
            _ if around.is_word(count_at, &["the"]) && unit != Unit::Hour => 1,
            _ => return None,
        };
        let is_free = self.found.last().is_none_or(|last| last.end <= count_at);
        let is_near = (count_at + 1..=first).all(|at| around.tokens[at].gap < Gap::Paragraph);
        if !is_free || !is_near || reading.class == Class::Clock {
            return None;
        }
        let count = sign * i32::try_from(count).ok()?;
        let from = if count < 0 {
            reading.told.first
        } else {
            reading.told.last
        };
        let stretch = match unit {
            Unit::Week | Unit::Fortnight if reading.told.grain == Grain::Day => {
                Stretch::day(stretch::moved(from, count, unit)?)
            }
            unit => Stretch::shifted(from, count, unit)?,
        };
        Some((count_at, Reading::named(stretch)))
    }

    /// “on the eve of Thursday's protest”: the day before.
    pub(super) fn eve_of(&self, first: usize, reading: &Reading) -> Option<(usize, Reading)> {
        let around = self.around;
        let of = if around.follows_word(first, &["the"]) {
            first - 1
        } else {
            first
        };
        let eve = of
            .checked_sub(2)
            .filter(|eve| around.is_word(*eve, &["eve"]))?;
        let is_free = self.found.last().is_none_or(|last| last.end <= eve);
        let is_eve = around.follows_word(of, &["of"]) && is_free && reading.class != Class::Clock;
        is_eve.then(|| {
            (
                eve,
                Reading::named(Stretch::day(stretch::plus(reading.told.first, -1))),
            )
        })
    }

    /// “the week of April 10”, “the week beginning on 3 March”.
    pub(super) fn week_of(&self, first: usize, reading: &Reading) -> Option<(usize, Reading)> {
        let around = self.around;
        let mut at = first;
        while around.follows_word(at, &["on", "the"]) {
            at -= 1;
        }
        let is_link =
            around.follows_word(at, &["of", "beginning", "starting", "ending", "commencing"]);
        let week_at = at
            .checked_sub(2)
            .filter(|week| around.is_word(*week, &["week"]))?;
        let is_free = self.found.last().is_none_or(|last| last.end <= week_at);
        let is_week =
            is_link && is_free && reading.told.grain == Grain::Day && reading.class != Class::Clock;
        is_week.then(|| (week_at, Reading::named(Stretch::week(reading.told.first))))
    }

    /// “from March in 2016 to June”, “between last Friday and today”: one stretch of the two.
    pub(super) fn range_to(&self, first: usize, reading: &Reading) -> Option<(usize, Reading)> {
        let around = self.around;
        let last = self.found.last()?;
        let link = first.checked_sub(1).filter(|link| *link == last.end)?;
        let is_from = around.follows_word(last.first, &["from"])
            && (around.is_word(link, &["to", "until", "till", "through"])
                || around.is_sign(link, &['-', '–']));
        let is_between =
            around.follows_word(last.first, &["between"]) && around.is_word(link, &["and"]);
        let is_told = |class: Class| !matches!(class, Class::Clock | Class::Vague);
        let is_in_order = last.reading.told.first <= reading.told.last;
        if !(is_from || is_between)
            || !is_told(last.reading.class)
            || !is_told(reading.class)
            || !is_in_order
        {
            return None;
        }
        let whole = Stretch {
            first: last.reading.told.first,
            last: reading.told.last,
            grain: Grain::Days,
        };
        let date = Edtf::joined(last.reading.date, reading.date)?;
        let code = whole.code();
        Some((
            last.first,
            Reading {
                date,
                code: (code != date.to_string()).then_some(code),
                ..Reading::named(whole)
            },
        ))
    }
}
