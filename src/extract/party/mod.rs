//! Words → parties: who is named, in which grammatical place, and for whom an office-holder speaks.

pub mod gazetteer;
