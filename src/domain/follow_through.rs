//! Was the warning carried out? The state of every warning, pledge and announced act.

use std::{fmt, str::FromStr};

use chrono::{Days, NaiveDate};

use super::{edtf::Edtf, kind::Kind, modality::Modality};

/// What became of a warning, a pledge or an announced act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i64)]
pub enum FollowThrough {
    /// Neither carried out yet nor past its last possible day.
    Pending = 1,
    /// An event on record carries it out.
    Fulfilled = 2,
    /// Carried out in part: an editor's judgement.
    Partly = 3,
    /// Its last possible day passed, or an editor judged that it will not come.
    Lapsed = 4,
}

impl FollowThrough {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Fulfilled, Self::Partly, Self::Lapsed];

    /// The word of exports.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Fulfilled => "fulfilled",
            Self::Partly => "partly",
            Self::Lapsed => "lapsed",
        }
    }

    /// The words shown to readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Fulfilled => "Carried out",
            Self::Partly => "Partly carried out",
            Self::Lapsed => "Lapsed",
        }
    }

    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The state of a database number, if it is one.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether acts of this kind and modality are followed at all: warnings, pledges, and whatever is announced.
    pub fn applies_to(kind: Kind, modality: Modality) -> bool {
        matches!(kind, Kind::Warning | Kind::Pledge) || modality == Modality::Announced
    }

    /// Works the state out.
    ///
    /// `judgement` is what an editor, the seed or an import set; `carried_out` whether an event on the timeline
    /// carries it out. A judgement of `partly` or `lapsed` stands; otherwise an event that carries it out makes it
    /// fulfilled, and an announced act whose last possible day is more than `grace_days` before `today` has lapsed.
    /// A warning or a pledge has the day on which it was spoken, which says nothing of a term: it stays pending.
    pub fn work_out(
        kind: Kind,
        modality: Modality,
        date: &Edtf,
        judgement: Option<Self>,
        carried_out: bool,
        today: NaiveDate,
        grace_days: u64,
    ) -> Option<Self> {
        if !Self::applies_to(kind, modality) {
            return None;
        }
        let past_term = modality == Modality::Announced
            && date
                .latest()
                .and_then(|last| last.checked_add_days(Days::new(grace_days)))
                .is_some_and(|term| term < today);
        Some(match judgement {
            Some(state @ (Self::Partly | Self::Lapsed)) => state,
            _ if carried_out => Self::Fulfilled,
            Some(Self::Fulfilled) => Self::Fulfilled,
            _ if past_term => Self::Lapsed,
            _ => Self::Pending,
        })
    }
}

impl fmt::Display for FollowThrough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A word that is no state of follow-through.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of pending, fulfilled, partly, lapsed, but found “{0}”")]
pub struct UnknownFollowThrough(pub String);

impl FromStr for FollowThrough {
    type Err = UnknownFollowThrough;

    fn from_str(text: &str) -> Result<Self, UnknownFollowThrough> {
        let slug = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|state| state.slug() == slug)
            .ok_or_else(|| UnknownFollowThrough(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(
        modality: Modality,
        date: &str,
        judgement: Option<FollowThrough>,
        carried_out: bool,
    ) -> Option<FollowThrough> {
        let today = NaiveDate::from_ymd_opt(2024, 10, 20).unwrap();
        FollowThrough::work_out(
            Kind::Visit,
            modality,
            &date.parse().unwrap(),
            judgement,
            carried_out,
            today,
            30,
        )
    }

    #[test]
    fn what_occurred_is_not_followed() {
        assert_eq!(state(Modality::Occurred, "2024-09-10", None, false), None);
    }

    #[test]
    fn an_announced_act_is_pending_until_its_last_day_and_the_grace_have_passed() {
        assert_eq!(
            state(Modality::Announced, "2024-09-20", None, false),
            Some(FollowThrough::Pending)
        );
        assert_eq!(
            state(Modality::Announced, "2024-09-19", None, false),
            Some(FollowThrough::Lapsed)
        );
        assert_eq!(
            state(Modality::Announced, "2020-01-01/..", None, false),
            Some(FollowThrough::Pending)
        );
    }

    #[test]
    fn an_event_that_carries_it_out_fulfils_it_unless_judged_partly() {
        assert_eq!(
            state(Modality::Announced, "2020-01-01", None, true),
            Some(FollowThrough::Fulfilled)
        );
        assert_eq!(
            state(
                Modality::Announced,
                "2020-01-01",
                Some(FollowThrough::Partly),
                true
            ),
            Some(FollowThrough::Partly)
        );
    }
}
