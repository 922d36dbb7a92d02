//! Pages that are open to all: one page, one file.

pub mod about;
pub mod active;
pub mod actor;
pub mod actors;
pub mod article;
pub mod embed;
pub mod event;
pub mod failure;
pub mod filter_form;
pub mod follow_through;
pub mod lanes;
pub mod lanes_chart;
pub mod probes;
pub mod revision;
pub mod sources;
pub mod strip;
pub mod timeline;
