//! Whether a confidence of .8 is right in eight cases of ten.

use serde::{Deserialize, Serialize};

use super::judge::Judgement;

/// How many bins the confidences are put into.
const BINS: usize = 10;

/// How confidences and outcomes agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Ten bins of equal width, from 0 up.
    pub bins: Vec<Bin>,
    /// The mean distance between confidence and how often it was right, every question counting the same.
    pub expected_error: f64,
}

/// The questions whose confidence falls into one bin.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Bin {
    /// How many.
    pub count: usize,
    /// How many of them had an answer in the first excerpt.
    pub right: usize,
    /// Their mean confidence.
    pub confidence: f64,
}

impl Bin {
    /// How often the first excerpt held an answer; 0 of nothing.
    pub fn accuracy(&self) -> f64 {
        self.right as f64 / self.count.max(1) as f64
    }
}

/// Puts judgements into bins. A question that nothing answers is never right.
pub fn calibration(judgements: &[&Judgement]) -> Calibration {
    let mut bins = vec![Bin::default(); BINS];
    for judgement in judgements {
        let bin = &mut bins[((judgement.confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.count += 1;
        bin.right += usize::from(judgement.right == Some(1));
        bin.confidence += judgement.confidence;
    }
    for bin in &mut bins {
        bin.confidence /= bin.count.max(1) as f64;
    }
    let error = |bin: &Bin| bin.count as f64 * (bin.confidence - bin.accuracy()).abs();
    let expected_error = bins.iter().map(error).sum::<f64>() / judgements.len().max(1) as f64;
    Calibration { bins, expected_error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_mean_distance() {
        let judged = |confidence, right| Judgement { confidence, right, ..Judgement::default() };
        let all = [judged(1.0, Some(1)), judged(0.95, Some(2)), judged(0.05, None), judged(0.05, None)];
        let calibration = calibration(&all.iter().collect::<Vec<_>>());
        assert_eq!((calibration.bins[9].count, calibration.bins[9].right), (2, 1));
        assert_eq!((calibration.bins[0].count, calibration.bins[0].right), (2, 0));
        assert!((calibration.expected_error - (2.0 * 0.475 + 2.0 * 0.05) / 4.0).abs() < 1e-9);
    }
}
