//! What an expression is resolved against: the day of publication, the time already told, the verb beside it.

use std::cell::Cell;

use chrono::NaiveDate;

use super::{
    lexicon::Unit,
    stretch::{self, Grain, Stretch},
    tense::{Surroundings, Verb},
};
use crate::domain::edtf::Edtf;

/// Which of the two numbers of `10/09/2024` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlashOrder {
    /// British and most others.
    DayFirst,
    /// American.
    MonthFirst,
}

impl SlashOrder {
    /// The order of a language tag: months first in the English of the United States, days first in that of other
    /// countries; plain English, and none, do not tell.
    pub fn of_language(tag: &str) -> Option<Self> {
        let (language, region) = tag.split_once(['-', '_'])?;
        if !language.eq_ignore_ascii_case("en") || region.len() != 2 {
            return None;
        }
        Some(if region.eq_ignore_ascii_case("us") {
            Self::MonthFirst
        } else {
            Self::DayFirst
        })
    }
}

/// Where the verb beside an expression points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Told as past.
    Back,
    /// Told as to come.
    Ahead,
    /// No verb says.
    Unknown,
}

/// What a rule's resolver sees besides its match.
pub(super) struct Scene<'a> {
    pub(super) around: Surroundings<'a>,
    /// The first token of the match.
    pub(super) at: usize,
    pub(super) published: NaiveDate,
    pub(super) slash_order: SlashOrder,
    /// The times told before.
    pub(super) told: Told,
    /// The day or month told before in the same sentence, if any.
    pub(super) beside: Option<Stretch>,
    /// The quarter told last, if any: “a year earlier” in a company's results is that quarter of the year before.
    pub(super) told_quarter: Option<Stretch>,
    /// The year that the story around is in, where it is told in another than that of publication.
    pub(super) story_year: Option<i32>,
    pub(super) verb: &'a dyn Fn() -> Verb,
    /// Whether the text tells of a person called May.
    pub(super) has_may: bool,
    /// Whether the resolver asked for the direction.
    pub(super) asked: Cell<bool>,
}

impl Scene<'_> {
    pub(super) fn direction(&self) -> Direction {
        self.verb().direction
    }

    pub(super) fn verb(&self) -> Verb {
        self.asked.set(true);
        (self.verb)()
    }

    /// Of a thing that comes once a year, the one meant: by the year of the story, else by the verb, else the nearest.
    pub(super) fn yearly(&self, of_year: impl Fn(i32) -> Option<Stretch>) -> Option<Stretch> {
        use chrono::Datelike;
        if let Some(year) = self.story_year {
            // “in 1899 … on 7 December”: in the year told, however late in it
            let told_year = self.told.last().filter(|told| told.grain == Grain::Year);
            if let Some(told) = told_year.filter(|told| told.first.year() == year) {
                return of_year(told.first.year());
            }
            // “in December 2013 … in March”: the one nearest to the time told
            let told = self.told.last().map_or_else(
                || NaiveDate::from_ymd_opt(year, 7, 1),
                |told| Some(told.first),
            )?;
            return [year, year + 1, year - 1]
                .into_iter()
                .filter_map(of_year)
                .filter(|stretch| stretch.first <= self.published)
                .min_by_key(|stretch| (stretch.first - told).num_days().abs());
        }
        // “on 6 August and, for oil, on 4 November”: near its neighbour
        let beside = self
            .beside
            .filter(|beside| (beside.first - self.published).num_days().abs() <= 300);
        if let Some(beside) = beside.filter(|beside| beside.grain == Grain::Year) {
            return of_year(beside.first.year());
        }
        if let Some(beside) = beside {
            // “renewed in March until 15 September”
            let verb = self.verb();
            let is_after = verb.direction == Direction::Ahead && verb.is_near;
            return (-1..=1)
                .filter_map(|years| of_year(beside.first.year() + years))
                .filter(|stretch| !is_after || stretch.last >= beside.first)
                .min_by_key(|stretch| (stretch.first - beside.first).num_days().abs());
        }
        let year = self.published.year();
        let this = of_year(year);
        if this.is_some_and(|this| this.holds(self.published)) {
            return this;
        }
        let before = [this, of_year(year - 1)]
            .into_iter()
            .flatten()
            .find(|stretch| stretch.last < self.published);
        let after = [this, of_year(year + 1)]
            .into_iter()
            .flatten()
            .find(|stretch| stretch.first > self.published);
        let (Some(back), Some(ahead)) = (before, after) else {
            return before.or(after).or(this);
        };
        let since = (self.published - back.last).num_days();
        let until = (ahead.first - self.published).num_days();
        let verb = self.verb();
        // “after October 7, Hamas said”: told as past, it has been
        let is_behind = self.around.follows_word(self.at, &["after", "since"]);
        Some(match verb.direction {
            Direction::Back if is_behind => back,
            // a past verb further off says little where the day to come is much nearer: “a dividend, payable Dec. 15”
            Direction::Back if !verb.is_near && until * 3 < since => ahead,
            Direction::Back => back,
            // “until late September”, told in October, is no September to come
            Direction::Ahead if since <= 45 && until >= 300 => back,
            Direction::Unknown if since <= until => back,
            Direction::Ahead | Direction::Unknown => ahead,
        })
    }
}

/// The times told before an expression, the last of each fineness, each as long as it is near.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Told {
    /// Days, weeks, weekends.
    pub(super) fine: Option<Stretch>,
    /// Months, seasons, quarters.
    pub(super) middle: Option<Stretch>,
    /// Years and longer.
    pub(super) coarse: Option<Stretch>,
    /// Which of them came last: 0 fine, 1 middle, 2 coarse.
    pub(super) order: [u8; 3],
}

impl Told {
    /// The one told last, of those fine enough to count a unit from: “two days later” does not count from “in 2016”.
    pub(super) fn to_count(self, unit: Unit) -> Option<Stretch> {
        let coarsest = match unit {
            Unit::Hour | Unit::Day | Unit::Week | Unit::Weekend | Unit::Fortnight => 0,
            Unit::Month | Unit::Quarter => 1,
            Unit::Year | Unit::Decade | Unit::Century => 2,
        };
        self.order
            .into_iter()
            .filter(|place| *place <= coarsest)
            .find_map(|place| self.of(place))
    }

    /// The one told last.
    pub(super) fn last(self) -> Option<Stretch> {
        self.order.into_iter().find_map(|place| self.of(place))
    }

    const fn of(self, place: u8) -> Option<Stretch> {
        match place {
            0 => self.fine,
            1 => self.middle,
            _ => self.coarse,
        }
    }
}

/// How an expression was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Names its days by itself or by publication: “10 September”, “last week”.
    Named,
    /// Publication's own day or part of it: “today”, “this morning”.
    Present,
    /// Counted from the time already told: “two days earlier”, “the previous day”, “that year”.
    Told,
    /// A vague stretch that ends or begins with publication: “within weeks”, “in recent months”.
    Vague,
    /// A time of the clock alone; the day is the one told, or publication's.
    Clock,
}

/// What a rule made of its words.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) date: Edtf,
    /// What `demarche dates` prints, where not `date`.
    pub(super) code: Option<String>,
    /// What later words count from.
    pub(super) told: Stretch,
    pub(super) class: Class,
    /// How far it was counted from the time told.
    pub(super) offset: Option<Offset>,
}

/// How far an expression counts from another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset {
    /// Units later; negative for earlier.
    pub count: i32,
    /// What is counted.
    pub unit: Unit,
}

impl Offset {
    /// The date so far from another. A count of days from a longer stretch goes from its near end.
    pub fn from(self, told: Edtf) -> Option<Edtf> {
        let near = if self.count < 0 {
            told.earliest()
        } else {
            told.latest()
        };
        let day = near.or(told.earliest()).or(told.latest())?;
        Stretch::shifted(day, self.count, self.unit).map(Stretch::edtf)
    }
}

impl Reading {
    pub(super) fn named(stretch: Stretch) -> Self {
        Self {
            date: stretch.edtf(),
            code: stretch.own_code(),
            told: stretch,
            class: Class::Named,
            offset: None,
        }
    }

    /// The whole is printed and told, the part is the date: “early March”, “earlier this week”.
    pub(super) fn narrowed(whole: Stretch, part: Stretch) -> Self {
        Self {
            date: part.edtf(),
            code: Some(whole.code()),
            ..Self::named(whole)
        }
    }

    pub(super) fn open(date: Edtf, told: Stretch) -> Self {
        Self {
            date,
            code: None,
            told,
            class: Class::Vague,
            offset: None,
        }
    }

    #[must_use]
    pub(super) fn class(self, class: Class) -> Self {
        Self { class, ..self }
    }

    /// Counted from the time told, or from publication.
    pub(super) fn counted(scene: &Scene<'_>, count: i32, unit: Unit) -> Option<Self> {
        let told = scene.told.to_count(unit);
        let offset = Some(Offset { count, unit });
        // “In May … two days later”: still in May, as far as is known
        if let (None, Some(told)) = (told, scene.told.last()) {
            return Some(Self {
                offset,
                ..Self::named(told).class(Class::Told)
            });
        }
        let near = |told: Stretch| if count < 0 { told.first } else { told.last };
        let from = told.map_or(scene.published, near);
        let stretch = match unit {
            // “a week later” is a day, as far from the day told; from a longer stretch it is a week
            Unit::Week | Unit::Fortnight if told.is_none_or(|told| told.first == told.last) => {
                Stretch::day(stretch::moved(from, count, unit)?)
            }
            unit => Stretch::shifted(from, count, unit)?,
        };
        Some(Self {
            offset,
            ..Self::named(stretch).class(Class::Told)
        })
    }
}
