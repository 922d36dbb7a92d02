//! Words → parties: who is named, in which grammatical place, and for whom an office-holder speaks.

mod back;
#[cfg(test)]
mod corpus;
pub(super) mod discourse;
pub mod gazetteer;
mod held;
pub(super) mod mention;
pub(super) mod name;
mod office;
pub(super) mod pronouns;
pub(super) mod roles;
mod subject;
pub(super) mod titles;
