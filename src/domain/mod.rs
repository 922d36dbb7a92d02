//! The field's own types and rules. Uses no other module of the crate and does no I/O.
//!
//! Names follow the coding guide (kind, modality, actor, target, evidence), EDTF (dates), CAMEO and PLOVER (codes).

pub mod cell;
pub mod clock;
pub mod edtf;
pub mod fold;
pub mod id;
pub mod kind;
pub mod modality;
pub mod party;
pub mod publisher;
pub mod reference;
pub mod role;
pub mod status;
pub mod table;
