//! Pairs of neighbouring Han characters, and how many passages hold each. Sorted, so that two sets of them are merged, and
//! pairs that begin alike stand together.

use std::cmp::Ordering;

/// How many passages hold each pair; no pair that none holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs(Vec<([char; 2], u32)>);

impl Pairs {
    /// Of pairs in their order, each once.
    pub fn new(sorted: Vec<([char; 2], u32)>) -> Self {
        Self(sorted)
    }

    /// The pairs of two sets of passages together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        self.merged(other, u32::saturating_add)
    }

    /// The pairs of what is left of a set of passages without some of them.
    #[must_use]
    pub fn without(&self, some: &Self) -> Self {
        self.merged(some, u32::saturating_sub)
    }

    /// How many passages hold a pair.
    pub fn holding(&self, pair: [char; 2]) -> usize {
        let found = self.0.binary_search_by_key(&pair, |(pair, _)| *pair);
        found.ok().and_then(|at| self.0.get(at)).map_or(0, |(_, count)| *count as usize)
    }

    /// The pairs that begin with a character, in order.
    pub fn beginning(&self, first: char) -> impl Iterator<Item = [char; 2]> {
        let from = self.0.partition_point(|(pair, _)| pair[0] < first);
        self.0[from..].iter().map(|(pair, _)| *pair).take_while(move |pair| pair[0] == first)
    }

    fn merged(&self, other: &Self, count: fn(u32, u32) -> u32) -> Self {
        let mut merged = Vec::with_capacity(self.0.len().max(other.0.len()));
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) => a.0.cmp(&b.0),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return Self(merged),
            };
            let a = if order.is_le() { left.next() } else { None };
            let b = if order.is_ge() { right.next() } else { None };
            let of = |side: Option<&([char; 2], u32)>| side.map_or(0, |(_, count)| *count);
            let count = count(of(a), of(b));
            merged.extend(a.or(b).filter(|_| count > 0).map(|(pair, _)| (*pair, count)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(texts: &[(&str, u32)]) -> Pairs {
        let of = |(text, count): &(&str, u32)| {
            let chars: Vec<char> = text.chars().collect();
            ([chars[0], chars[1]], *count)
        };
        let mut all: Vec<_> = texts.iter().map(of).collect();
        all.sort_unstable();
        Pairs::new(all)
    }

    #[test]
    fn what_is_added_can_be_taken_away() {
        let (a, b) = (pairs(&[("园区", 3), ("科技", 1)]), pairs(&[("园区", 2), ("人才", 5)]));
        let both = a.and(&b);
        assert_eq!(both, pairs(&[("园区", 5), ("科技", 1), ("人才", 5)]));
        assert_eq!((both.without(&b), both.without(&a)), (a, b));
    }

    #[test]
    fn pairs_are_found_by_themselves_and_by_their_beginning() {
        let all = pairs(&[("园区", 3), ("园林", 1), ("人才", 5)]);
        assert_eq!((all.holding(['园', '林']), all.holding(['园', '丁'])), (1, 0));
        assert_eq!(all.beginning('园').collect::<Vec<_>>(), [['园', '区'], ['园', '林']]);
        assert_eq!(all.beginning('科').count(), 0);
    }
}
