//! Words → parties: who is named, in which grammatical place, and for whom an office-holder speaks.

pub mod gazetteer;
pub(super) mod mention;
pub(super) mod pronouns;
pub(super) mod roles;
pub(super) mod titles;
