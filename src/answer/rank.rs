//! Which passages: features of a candidate, and its score from them and its windows.

use super::excerpt::{Window, windows};
use super::reading::Reading;
use super::sight::Sight;
use super::weights::{PassageFeatures, Ranking, ratio};
use crate::analysis::script::fold;
use crate::analysis::terms::Kind;
use crate::corpus::Corpus;
use crate::index::Hit;

/// The most that a common substring with the question counts, in characters.
const MAX_COMMON_CHARS: usize = 12;

/// A passage that may hold the answer.
#[derive(Debug)]
pub struct Candidate {
    /// What the index said of it.
    pub hit: Hit,
    /// Number of its document.
    pub document: usize,
    /// What of the question is seen in it.
    pub sight: Sight,
    /// What is known of it as a whole.
    pub features: PassageFeatures,
    /// Its windows, the best excerpt first.
    pub windows: Vec<Window>,
    /// A: how well it answers, the best over its windows.
    pub score: f32,
}

/// Looks at each hit and sorts them by how well they answer.
pub fn rank(corpus: &Corpus, reading: &Reading, hits: &[Hit], limit: usize, ranking: &Ranking) -> Vec<Candidate> {
    let best = hits.first().map_or(1.0, |hit| hit.score);
    let mut candidates: Vec<Candidate> =
        hits.iter().map(|hit| candidate(corpus, reading, *hit, best, limit, ranking)).collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.hit.passage.cmp(&b.hit.passage)));
    candidates
}

fn candidate(corpus: &Corpus, reading: &Reading, hit: Hit, best: f32, limit: usize, ranking: &Ranking) -> Candidate {
    let passage = &corpus.passages[hit.passage];
    let title = corpus.source(passage).title.as_str();
    let titles: Vec<&str> = std::iter::once(title).chain(passage.headings.iter().map(String::as_str)).collect();
    let sight = Sight::new(reading, corpus.text(passage), &fold(&titles.join("\n")).chars);
    let features = features(reading, &sight, hit, best);
    let windows = windows(reading, &sight, limit, &ranking.window);
    let shared = ranking.passage.of_passage(&features);
    let score =
        windows.iter().map(|window| shared + ranking.passage.of_window(&window.features)).fold(f32::MIN, f32::max);
    let mut windows = best_first(&windows);
    for window in &mut windows {
        window.with_subject(&sight, limit);
    }
    Candidate { hit, document: passage.document, sight, features, windows, score }
}

/// Sorted by score, ties in reading order. A window is large, so each is moved once.
fn best_first(windows: &[Window]) -> Vec<Window> {
    let mut order: Vec<(f32, usize)> = windows.iter().map(|window| window.score).zip(0..).collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, number)| windows[number].clone()).collect()
}

fn features(reading: &Reading, sight: &Sight, hit: Hit, best: f32) -> PassageFeatures {
    let whole = 0..sight.folded.chars.len();
    let share = |kind: Kind, credit: &dyn Fn(usize) -> f32| {
        let tokens = reading.tokens.iter().enumerate().filter(|(_, token)| token.kind == kind);
        ratio(tokens.map(|(number, token)| token.idf * credit(number)).sum(), reading.idf[kind as usize])
    };
    let anywhere = |number: usize| sight.inside(number, &whole).max(sight.in_title[number]);
    let bm = |kind: Kind| ratio(hit.by_kind[kind as usize], 2.2 * reading.idf[kind as usize]);
    [
        bm(Kind::Bigram),
        bm(Kind::Word),
        bm(Kind::Unigram),
        ratio(hit.score, best),
        share(Kind::Unigram, &anywhere),
        share(Kind::Word, &anywhere),
        share(Kind::Bigram, &|number| sight.in_title[number]),
        (whole.len().max(1) as f32).ln() / 6.0,
        common_substring(&reading.chars, &sight.folded.chars).min(MAX_COMMON_CHARS) as f32 / MAX_COMMON_CHARS as f32,
    ]
}

/// Length of the longest common substring that has no line break, in characters.
fn common_substring(question: &[char], text: &[char]) -> usize {
    let mut longest = 0;
    for (at, c) in text.iter().enumerate().filter(|(_, c)| **c != '\n') {
        for start in (0..question.len()).filter(|&start| question[start] == *c) {
            // What continues a common substring was measured where that started.
            if at > 0 && start > 0 && question[start - 1] == text[at - 1] && text[at - 1] != '\n' {
                continue;
            }
            let pairs = question[start..].iter().zip(&text[at..]);
            longest = longest.max(pairs.take_while(|(a, b)| a == b && **a != '\n').count());
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_substrings_do_not_cross_lines() {
        let length =
            |a: &str, b: &str| common_substring(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(length("大零号湾多大", "在大零号湾的多大"), 4);
        assert_eq!(length("大\n零", "大\n零"), 1);
        assert_eq!(length("", "零"), 0);
    }
}
