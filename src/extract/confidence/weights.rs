//! The weights of the signs, fitted and written by `cargo run --release --example calibrate`; not edited by hand.

/// The log odds of a candidate without any sign.
pub(super) const BIAS: f64 = 0.53;

/// One for each kind, in the order of `Kind::ALL`.
pub(super) const KINDS: [f64; 15] = [
    -0.59, // statement
    0.75,  // demand
    -0.28, // pledge
    0.18,  // warning
    0.22,  // accusation
    0.28,  // denial
    -0.42, // meeting
    -0.47, // visit
    0.39,  // agreement
    -0.20, // sanction
    0.11,  // relief
    -0.16, // ruling
    0.24,  // military
    0.13,  // transfer
    -0.16, // rupture
];

/// One for each sign, in the order of `Sign::ALL`.
pub(super) const SIGNS: [f64; 17] = [
    -0.28, // Announced
    0.19,  // Alleged
    0.49,  // Dated
    -0.13, // Day
    -0.26, // OpenStart
    -0.66, // OpenEnd
    0.18,  // Targeted
    -0.29, // Noun
    -1.01, // Content
    0.02,  // Retold
    -0.26, // Summary
    0.60,  // Spoken
    0.23,  // Referred
    -0.12, // Several
    -0.22, // Unnamed
    0.46,  // Early
    -0.01, // Late
];
