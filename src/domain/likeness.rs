//! A text → what shows whether it is a copy of another: its shingles, and the bands by which near-copies are looked up.
//!
//! A shingle is three words in a row, folded. Two texts resemble each other by the share of their shingles that both have
//! (Broder 1997). Their least hashes turn the shingles into 120 numbers that agree between two texts as often as these resemble each
//! other; cut into 40 bands of three, two texts at the threshold share a band in more than nine of ten cases, unrelated ones
//! hardly ever. Which texts are compared is left to the store. The thresholds are measured in
//! `docs/decisions/0005-copies.md`.

use super::fold::words;

/// Words in a shingle.
const SHINGLE: usize = 3;
/// Shorter texts, in distinct shingles, are copies only where they are the same: two notes of one fact read alike by chance.
const FEWEST: usize = 60;
/// More words are not looked at.
const MOST_WORDS: usize = 20_000;
/// How many bands a text has.
pub const BANDS: usize = 40;
/// Hashes in a band.
const ROWS: usize = 3;
/// Texts that share so much of what both have are copies.
const RESEMBLES: f64 = 0.45;
/// So is a text of which so much stands in a longer one.
const CONTAINED: f64 = 0.75;

/// What shows whether a text is a copy of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Hashes of its shingles, sorted, each once.
    shingles: Vec<u64>,
}

impl Likeness {
    /// The likeness of a text; `None` for one that is too short to be anything but the same as another.
    pub fn of(text: &str) -> Option<Self> {
        let words: Vec<u64> = words(text)
            .iter()
            .take(MOST_WORDS)
            .map(|word| hash(word))
            .collect();
        let mut shingles: Vec<u64> = words
            .windows(SHINGLE)
            .map(|shingle| {
                shingle
                    .iter()
                    .fold(0_u64, |hash, word| mixed(hash.rotate_left(17) ^ word))
            })
            .collect();
        shingles.sort_unstable();
        shingles.dedup();
        (shingles.len() >= FEWEST).then_some(Self { shingles })
    }

    /// The bands under which it is found: texts that are copies have at least one in common, nearly always.
    pub fn bands(&self) -> Vec<i64> {
        let least: Vec<u64> = (0..BANDS * ROWS)
            .map(|row| {
                let seed = mixed(row as u64 + 1);
                let hashes = self
                    .shingles
                    .iter()
                    .map(|shingle| mixed(shingle.wrapping_mul(seed | 1) ^ seed));
                hashes.min().unwrap_or_default()
            })
            .collect();
        least
            .chunks(ROWS)
            .zip(0_u64..)
            .map(|(rows, band)| {
                let hash = rows
                    .iter()
                    .fold(mixed(band), |hash, row| mixed(hash.rotate_left(17) ^ row));
                hash.cast_signed()
            })
            .collect()
    }

    /// The share of shingles of both that both have, 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f64 {
        let shared = self.shared(other);
        ratio(shared, self.shingles.len() + other.shingles.len() - shared)
    }

    /// The share of the shorter one's shingles that stand in the longer one, 0 to 1.
    pub fn containment(&self, other: &Self) -> f64 {
        ratio(
            self.shared(other),
            self.shingles.len().min(other.shingles.len()),
        )
    }

    /// Whether one is a copy of the other, edited or shortened.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        self.resemblance(other) >= RESEMBLES || self.containment(other) >= CONTAINED
    }

    fn shared(&self, other: &Self) -> usize {
        let (mut ours, mut theirs) = (
            self.shingles.iter().peekable(),
            other.shingles.iter().peekable(),
        );
        let mut shared = 0;
        while let (Some(our), Some(their)) = (ours.peek(), theirs.peek()) {
            match our.cmp(their) {
                std::cmp::Ordering::Less => {
                    ours.next();
                }
                std::cmp::Ordering::Greater => {
                    theirs.next();
                }
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    ours.next();
                    theirs.next();
                }
            }
        }
        shared
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of shingles are far below 2^52"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// FNV-1a.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The finaliser of `SplitMix64`.
const fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests;
