//! The field's own types and rules. Uses no other module of the crate and does no I/O.
//!
//! Names follow the coding guide (kind, modality, actor, target, evidence), EDTF (dates), CAMEO and PLOVER (codes).

pub mod article;
pub mod cell;
pub mod clock;
pub mod difference;
pub mod draft;
pub mod edtf;
pub mod event;
pub mod evidence;
pub mod filter;
pub mod fold;
pub mod follow_through;
pub mod id;
pub mod kind;
pub mod likeness;
pub mod limits;
pub mod matching;
pub mod modality;
pub mod office;
pub mod packed;
pub mod party;
pub mod publisher;
pub mod publisher_register;
pub mod reference;
pub mod register;
pub mod relation;
pub mod role;
pub mod search;
pub mod seed;
pub mod standing;
pub mod status;
pub mod table;
