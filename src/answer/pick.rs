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

/// Chooses excerpts, the best first, as long as there are any; the longest may have `limit_chars` characters.
pub(super) fn picks(candidates: &[Candidate], limit_chars: usize) -> impl Iterator<Item = Pick> {
    let next = move |number: usize, taken: &[usize]| next(&candidates[number], taken, limit_chars);
    let mut taken: Vec<Vec<usize>> = vec![Vec::new(); candidates.len()];
    // What a candidate offers changes only when something is chosen from it.
    let mut offers: Vec<Option<(f32, usize)>> = (0..candidates.len()).map(|number| next(number, &[])).collect();
    let first = candidates.iter().position(|candidate| !candidate.windows.is_empty());
    let mut chosen = first.map(|candidate| Pick { candidate, window: 0 });
    std::iter::from_fn(move || {
        let pick = chosen.take()?;
        taken[pick.candidate].push(pick.window);
        offers[pick.candidate] = next(pick.candidate, &taken[pick.candidate]);
        let mut best: Option<(f32, Pick)> = None;
        for (candidate, offer) in offers.iter().enumerate() {
            if let Some((score, window)) = *offer
                && best.as_ref().is_none_or(|(best, _)| score > *best)
            {
                best = Some((score, Pick { candidate, window }));
            }
        }
        chosen = best.map(|(_, pick)| pick);
        Some(pick)
    })
}

/// The best window of a candidate that hardly stands in those that were taken, and its score; the first of equals.
fn next(candidate: &Candidate, taken: &[usize], limit_chars: usize) -> Option<(f32, usize)> {
    let free = |range: &Range<usize>| taken.iter().all(|window| !says_again(range, &candidate.windows[*window].range));
    let shared = PASSAGE_WEIGHT * candidate.score - SAME_PASSAGE * taken.len() as f32;
    let mut best: Option<(f32, usize)> = None;
    for (window, seen) in candidate.windows.iter().enumerate().filter(|(_, seen)| free(&seen.range)) {
        let score = shared + seen.score - LENGTH * seen.range.len() as f32 / limit_chars.max(1) as f32;
        if best.is_none_or(|(best, _)| score > best) {
            best = Some((score, window));
        }
    }
    best
}

/// Whether two excerpts have more of the shorter one in common than two that are shown may have.
fn says_again(a: &Range<usize>, b: &Range<usize>) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared as f32 > MAX_OVERLAP * a.len().min(b.len()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_may_touch_but_hardly_overlap() {
        assert!(says_again(&(0..10), &(5..15)));
        assert!(!says_again(&(0..10), &(8..18)));
        assert!(!says_again(&(0..10), &(10..20)));
    }
}
