//! Pages for those who keep the record: sign-in, dashboard, events, review, ingest, import, feeds, parties, users, tokens, history.
//!
//! One page, one file. Forms are read by [`crate::domain`], written by [`crate::store`]; every write leads on to a page
//! that says what was done. Which role opens which address stands in [`ROUTES`].

use actix_web::web::to;

use crate::domain::role::Role;

use super::routes::{Entry, Need, get, post};

mod articles;
mod candidate_view;
mod dashboard;
mod event_edit;
mod event_fields;
mod event_form;
mod event_new;
mod feed_care;
mod feeds;
mod fields;
mod history;
mod import;
mod ingest;
mod ingest_hand_in;
mod ingest_queue;
mod lessons;
mod login;
mod offers;
mod parties;
mod publishers;
mod queue_query;
mod reading;
mod resume;
mod review;
mod review_bulk;
mod review_decision;
mod review_missed;
mod review_queue;
mod review_undo;
mod tokens;
mod upload;
mod users;

pub use resume::signed_out;

const VIEWER: Need = Need::Session(Role::Viewer);
const EDITOR: Need = Need::Session(Role::Editor);
const ADMIN: Need = Need::Session(Role::Admin);

/// The addresses under `/admin`.
pub const ROUTES: &[Entry] = &[
    get("/admin/login", Need::Nobody, || to(login::page)),
    post("/admin/login", Need::Nobody, || to(login::sign_in)),
    post("/admin/logout", VIEWER, || to(login::sign_out)),
    get("/admin", VIEWER, || to(dashboard::page)),
    get("/admin/history", VIEWER, || to(history::page)),
    get("/admin/events/new", EDITOR, || to(event_new::page)),
    post("/admin/events/new", EDITOR, || to(event_new::save)),
    get("/admin/events/{id}/edit", EDITOR, || to(event_edit::page)),
    post("/admin/events/{id}/edit", EDITOR, || to(event_edit::save)),
    post("/admin/events/{id}/delete", EDITOR, || {
        to(event_edit::delete)
    }),
    get("/admin/reading", EDITOR, || to(reading::text)),
    get("/admin/review", EDITOR, || to(review_queue::page)),
    get("/admin/review/bulk", EDITOR, || to(review_bulk::page)),
    post("/admin/review/bulk", EDITOR, || to(review_bulk::publish)),
    post("/admin/review/undo", EDITOR, || to(review_undo::undo)),
    get("/admin/review/{article}", EDITOR, || to(review::page)),
    post("/admin/review/{article}/missed", EDITOR, || {
        to(review_missed::mark)
    }),
    post("/admin/review/{article}/{candidate}", EDITOR, || {
        to(review_decision::decide)
    }),
    get("/admin/ingest", EDITOR, || to(ingest::page)),
    post("/admin/ingest", EDITOR, || to(ingest_hand_in::hand_in)),
    get("/admin/ingest/queue", EDITOR, || to(ingest_queue::page)),
    get("/admin/ingest/progress", EDITOR, || {
        to(ingest_queue::progress)
    }),
    post("/admin/ingest/retry", EDITOR, || to(ingest_hand_in::retry)),
    get("/admin/articles", EDITOR, || to(articles::list)),
    get("/admin/articles/{id}", EDITOR, || to(articles::page)),
    post("/admin/articles/{id}", EDITOR, || to(articles::decide)),
    get("/admin/import", EDITOR, || to(import::page)),
    post("/admin/import", EDITOR, || to(import::hand_in)),
    get("/admin/feeds", EDITOR, || to(feeds::page)),
    post("/admin/feeds", EDITOR, || to(feeds::change)),
    get("/admin/feeds/edit", EDITOR, || to(feed_care::form)),
    post("/admin/feeds/edit", EDITOR, || to(feed_care::save)),
    post("/admin/feeds/list", EDITOR, || to(feed_care::take_list)),
    get("/admin/feeds.opml", EDITOR, || to(feed_care::list)),
    get("/admin/actors", EDITOR, || to(parties::list)),
    get("/admin/actors/edit", EDITOR, || to(parties::form)),
    post("/admin/actors/edit", EDITOR, || to(parties::save)),
    get("/admin/publishers", EDITOR, || to(publishers::list)),
    get("/admin/publishers/edit", EDITOR, || to(publishers::form)),
    post("/admin/publishers/edit", EDITOR, || to(publishers::save)),
    get("/admin/users", ADMIN, || to(users::page)),
    post("/admin/users", ADMIN, || to(users::change)),
    get("/admin/tokens", ADMIN, || to(tokens::page)),
    post("/admin/tokens", ADMIN, || to(tokens::change)),
];
