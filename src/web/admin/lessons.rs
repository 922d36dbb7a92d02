//! What editors made of the candidates of each kind and rule, as the dashboard tells it, so that rules can be mended.

use crate::{
    domain::kind::Kind,
    store::review::Lesson,
    web::{error::WebError, state::AppState},
};

/// Rules that are shown unfolded.
const SHOWN: usize = 8;

/// One line of the lessons.
pub(super) struct LessonRow {
    pub kind: Kind,
    pub rule: String,
    pub decided: i64,
    pub percent: i64,
    pub accepted: i64,
    pub changed: i64,
    pub rejected: i64,
    /// “date 3, actors 1”.
    pub fields: String,
}

/// The lessons of a page.
#[derive(Default)]
pub(super) struct Lessons {
    /// Of each kind.
    pub kinds: Vec<LessonRow>,
    /// Of the rules with the most decisions.
    pub rules: Vec<LessonRow>,
    /// Of the other rules.
    pub more: Vec<LessonRow>,
}

impl Lessons {
    /// What the decisions so far teach.
    pub async fn of(state: &AppState) -> Result<Self, WebError> {
        let (kinds, rules): (Vec<Lesson>, Vec<Lesson>) = state
            .store
            .lessons()
            .await?
            .into_iter()
            .partition(|lesson| lesson.rule.is_empty());
        let mut rules: Vec<LessonRow> = rules.into_iter().map(row).collect();
        let more = rules.split_off(rules.len().min(SHOWN));
        Ok(Self {
            kinds: kinds.into_iter().map(row).collect(),
            rules,
            more,
        })
    }

    /// Whether nothing was decided yet.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}

fn row(lesson: Lesson) -> LessonRow {
    let fields: Vec<String> = lesson
        .fields
        .iter()
        .map(|(field, count)| format!("{field} {count}"))
        .collect();
    LessonRow {
        kind: lesson.kind,
        decided: lesson.decided(),
        percent: lesson.accepted_percent(),
        accepted: lesson.accepted,
        changed: lesson.changed,
        rejected: lesson.rejected,
        rule: lesson.rule,
        fields: fields.join(", "),
    }
}
