//! The highest value of any stretch of a row, found at once by a sparse table.

use std::ops::Range;

/// A row of values, ready to tell the highest of any stretch.
pub(super) struct Highest {
    /// `rows[k][i]` is the highest of the 2^k values from i on.
    rows: Vec<Vec<f32>>,
}

impl Highest {
    pub(super) fn new(values: Vec<f32>) -> Self {
        let mut rows = vec![values];
        let mut step = 1;
        while let Some(row) = rows.last().filter(|row| row.len() > step) {
            let next = row.iter().zip(&row[step..]).map(|(a, b)| a.max(*b)).collect();
            rows.push(next);
            step *= 2;
        }
        Self { rows }
    }

    /// The highest value of a range, 0 of an empty one.
    pub(super) fn within(&self, range: &Range<usize>) -> f32 {
        let Some(power) = range.len().checked_ilog2().map(|power| power as usize) else { return 0.0 };
        let row = &self.rows[power];
        row[range.start].max(row[range.end - (1 << power)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_of_a_stretch() {
        let highest = Highest::new(vec![1.0, 5.0, 2.0, 4.0, 3.0]);
        for (range, expected) in [(0..5, 5.0), (2..5, 4.0), (2..3, 2.0), (4..5, 3.0), (3..3, 0.0)] {
            assert!((highest.within(&range) - expected).abs() < f32::EPSILON, "{range:?}");
        }
    }
}
