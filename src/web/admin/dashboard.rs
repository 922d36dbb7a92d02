//! `/admin`: what waits, what the queue does, what was changed last, what became of what was announced, what
//! editors made of what the rules found.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{filter::TimelineFilter, follow_through::FollowThrough},
    store::job::JobCounts,
    web::{
        error::WebError,
        page::{Nav, Page, PageUser, ok},
        state::AppState,
        visitor::SignedIn,
    },
};

use super::{
    history::{self, Change},
    lessons::Lessons,
};

/// Changes that the dashboard shows.
const LATEST: u32 = 10;

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct DashboardPage {
    page: Page,
    user: String,
    role: &'static str,
    may_edit: bool,
    may_administer: bool,
    events: i64,
    waiting: i64,
    jobs: JobCounts,
    follow_through: Vec<(FollowThrough, i64)>,
    lessons: Lessons,
    changes: Vec<Change>,
}

/// GET /admin.
pub async fn page(state: Data<AppState>, user: SignedIn) -> Result<HttpResponse, WebError> {
    let page = Page::of_user(&state, &user, Nav::Admin, "Administration").await?;
    let of_page = page.user.clone();
    Ok(ok(&DashboardPage {
        user: user.user.clone(),
        role: user.role.slug(),
        may_edit: of_page.as_ref().is_some_and(PageUser::edits),
        may_administer: of_page.as_ref().is_some_and(PageUser::administers),
        events: state.store.count(&TimelineFilter::default()).await?,
        waiting: state.store.waiting_count().await?,
        jobs: state.store.job_counts().await?,
        follow_through: state.store.follow_through_counts().await?,
        lessons: Lessons::of(&state).await?,
        changes: history::changes(&state, None, LATEST).await?,
        page,
    }))
}
