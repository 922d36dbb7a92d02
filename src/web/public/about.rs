//! How events are coded: kinds, modalities, dates, links, what the columns of an export mean.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{
        follow_through::FollowThrough,
        kind::{Family, Kind},
        modality::Modality,
        relation::RelationKind,
    },
    export::columns::Column,
};

use super::super::{
    error::WebError,
    page::{self, Nav, Page},
    state::AppState,
    visitor::Visitor,
};

/// The page's own words live in its template; the tables come from the domain.
#[derive(Debug, Template)]
#[template(path = "public/about.html")]
pub struct AboutPage {
    page: Page,
    families: Vec<(Family, Vec<Kind>)>,
    modalities: [Modality; 3],
    relations: [RelationKind; 5],
    states: [FollowThrough; 4],
    columns: &'static [Column],
}

/// GET /about: how events are coded.
pub async fn page(state: Data<AppState>, visitor: Visitor) -> Result<HttpResponse, WebError> {
    Ok(page::ok(&AboutPage {
        page: Page::of(&state, &visitor, Nav::Elsewhere, "How events are coded").await?,
        families: Family::ALL
            .into_iter()
            .map(|family| (family, family.kinds().collect()))
            .collect(),
        modalities: Modality::ALL,
        relations: RelationKind::ALL,
        states: FollowThrough::ALL,
        columns: Column::ALL,
    }))
}

/// What a kind covers, in a few words.
pub fn meaning(kind: &Kind) -> &'static str {
    match kind {
        Kind::Statement => "A public position that is none of the other kinds.",
        Kind::Demand => "Asks or presses another to act.",
        Kind::Pledge => "Promises or commits to act for or with another.",
        Kind::Warning => "Warns of consequences or of danger; threatens.",
        Kind::Accusation => "Accuses, blames, condemns.",
        Kind::Denial => "Denies an allegation, rejects a claim, refuses a demand.",
        Kind::Meeting => "Talks, a call, a summit.",
        Kind::Visit => "Travel to another country, or receiving somebody from one.",
        Kind::Agreement => "Signs, ratifies, concludes or joins.",
        Kind::Sanction => {
            "Sanctions, designations, freezes, bans, export controls, punitive tariffs."
        }
        Kind::Relief => "Lifts, eases, waives, delists, releases.",
        Kind::Ruling => "A vote, a resolution, a finding of a court or a watchdog, an indictment.",
        Kind::Military => "Strikes, tests, deployments, drills, seizures at sea.",
        Kind::Transfer => "Arms, money or aid delivered or approved.",
        Kind::Rupture => {
            "Expels or recalls envoys, summons an ambassador, suspends ties or an accord."
        }
    }
}
