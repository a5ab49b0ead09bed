//! Which excerpts are shown: the best window of the best passage, then the next best that say something else.

use std::ops::Range;

use super::rank::Candidate;

/// How much of an excerpt may stand in one already chosen.
const MAX_OVERLAP: f32 = 0.4;
/// How much more the passage counts than the window when a further excerpt is chosen.
const PASSAGE_WEIGHT: f32 = 1.6;
/// What each excerpt that was chosen from a passage takes from the next of it: another passage says something else.
const SAME_PASSAGE: f32 = 2.0;
/// What an excerpt as long as the limit loses: a short one is read at once and leaves room for another.
const LENGTH: f32 = 1.5;

/// An excerpt that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pick {
    /// Number of its candidate.
    pub(super) candidate: usize,
    /// Number of its window in that candidate.
    pub(super) window: usize,
}

/// Chooses at most `limit` excerpts, of which the longest may have `limit_chars` characters.
pub(super) fn pick(candidates: &[Candidate], limit: usize, limit_chars: usize) -> Vec<Pick> {
    let mut picks: Vec<Pick> = Vec::new();
    let first = candidates.iter().position(|candidate| !candidate.windows.is_empty());
    picks.extend(first.filter(|_| limit > 0).map(|candidate| Pick { candidate, window: 0 }));
    while !picks.is_empty() && picks.len() < limit {
        let free = |candidate: usize, range: &Range<usize>| {
            let chosen = picks.iter().filter(|pick| pick.candidate == candidate);
            chosen.map(|pick| &candidates[candidate].windows[pick.window].range).all(|other| !overlaps(range, other))
        };
        let mut best: Option<(f32, Pick)> = None;
        for (number, candidate) in candidates.iter().enumerate() {
            let before = picks.iter().filter(|pick| pick.candidate == number).count() as f32;
            let shared = PASSAGE_WEIGHT * candidate.score - SAME_PASSAGE * before;
            for (window, seen) in candidate.windows.iter().enumerate().filter(|(_, seen)| free(number, &seen.range)) {
                let score = shared + seen.score - LENGTH * seen.range.len() as f32 / limit_chars.max(1) as f32;
                if best.as_ref().is_none_or(|(best, _)| score > *best) {
                    best = Some((score, Pick { candidate: number, window }));
                }
            }
        }
        match best {
            Some((_, pick)) => picks.push(pick),
            None => break,
        }
    }
    picks
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared as f32 > MAX_OVERLAP * a.len().min(b.len()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_may_touch_but_hardly_overlap() {
        assert!(overlaps(&(0..10), &(5..15)));
        assert!(!overlaps(&(0..10), &(8..18)));
        assert!(!overlaps(&(0..10), &(10..20)));
    }
}
