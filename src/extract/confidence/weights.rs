//! The weights of the signs, fitted and written by `cargo run --release --example calibrate`; not edited by hand.

/// The log odds of a candidate without any sign.
pub(super) const BIAS: f64 = 0.0;

/// One for each kind, in the order of `Kind::ALL`.
pub(super) const KINDS: [f64; 15] = [0.0; 15];

/// One for each sign, in the order of `Sign::ALL`.
pub(super) const SIGNS: [f64; 17] = [0.0; 17];
