//! Pages that are open to all: one page, one file.

pub mod about;
pub mod active;
pub mod actor;
pub mod actor_facts;
pub mod actors;
pub mod article;
pub mod changes;
pub mod cite;
pub mod embed;
pub mod event;
pub mod event_evidence;
pub mod event_thread;
pub mod failure;
pub mod filter_form;
pub mod follow_through;
pub mod lanes;
pub mod lanes_axis;
pub mod lanes_chart;
pub mod linked_data;
pub mod probes;
pub mod revision;
pub mod sitemap;
pub mod sources;
pub mod strip;
pub mod timeline;
