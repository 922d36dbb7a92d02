//! The weights of the signs, fitted and written by `cargo run --release --example calibrate`; not edited by hand.

/// The log odds of a candidate without any sign.
pub(super) const BIAS: f64 = 0.55;

/// One for each kind, in the order of `Kind::ALL`.
pub(super) const KINDS: [f64; 15] = [
    -0.59, // statement
    0.58,  // demand
    -0.24, // pledge
    0.16,  // warning
    0.26,  // accusation
    0.29,  // denial
    -0.48, // meeting
    -0.12, // visit
    0.17,  // agreement
    -0.21, // sanction
    0.11,  // relief
    -0.24, // ruling
    0.12,  // military
    0.18,  // transfer
    0.01,  // rupture
];

/// One for each sign, in the order of `Sign::ALL`.
pub(super) const SIGNS: [f64; 17] = [
    -0.14, // Announced
    0.00,  // Alleged
    0.63,  // Dated
    -0.01, // Day
    -0.14, // OpenStart
    -0.60, // OpenEnd
    -0.02, // Targeted
    -0.69, // Noun
    -1.07, // Content
    0.12,  // Retold
    -0.36, // Summary
    0.73,  // Spoken
    0.11,  // Referred
    -0.05, // Several
    -0.22, // Unnamed
    0.29,  // Early
    -0.04, // Late
];
