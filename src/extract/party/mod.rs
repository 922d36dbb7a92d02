//! Words → parties: who is named, in which grammatical place, and for whom an office-holder speaks.

mod back;
pub mod gazetteer;
pub(super) mod mention;
pub(super) mod name;
mod office;
pub(super) mod pronouns;
pub(super) mod roles;
mod subject;
pub(super) mod titles;
