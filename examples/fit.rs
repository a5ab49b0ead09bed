//! Fits the ranking (`A` and `B` in `src/answer/weights.json`) on passage sets (`passages.jsonl` beside `questions.jsonl`).
//!
//! ```text
//! cargo run --release --example fit -- ../shared/bench/cmrc2018-trial ../shared/bench/drcd-dev
//! ```
//! B chooses the window: the windows of the right passage that hold an answer against all its windows. A chooses the
//! passage: the right one against the other candidates, each by its best window. Both maximise the likelihood of a
//! softmax with a little shrinkage, by Adam. Everything is deterministic. Progress goes to standard error.

use std::path::{Path, PathBuf};

use anyhow::Result;
use yuanwen::answer::{Candidate, MODEL, PASSAGE_FEATURES, Reading, WINDOW_FEATURES, Weights, rank};
use yuanwen::evaluation::{Item, bare, read_set};
use yuanwen::generation::Generation;

/// Characters of an excerpt, as the sets are measured.
const LIMIT: usize = 120;
/// Candidates that a fit sees.
const CANDIDATES: usize = 12;
/// Shrinkage of the weights.
const RIDGE: f32 = 1e-4;
const STEPS: usize = 120;

/// A question's candidates as numbers.
struct Case {
    candidates: Vec<Seen>,
    gold: Option<usize>,
}

struct Seen {
    passage: [f32; PASSAGE_FEATURES.len()],
    windows: Vec<([f32; WINDOW_FEATURES.len()], bool)>,
}

fn main() -> Result<()> {
    let folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    anyhow::ensure!(!folders.is_empty(), "name one or more folders that hold passages.jsonl and questions.jsonl");
    let mut sets = Vec::new();
    for folder in &folders {
        let cases = read_cases(folder)?;
        eprintln!("{}: {} questions", folder.display(), cases.len());
        report("before", &cases, &MODEL.open.passage, &MODEL.open.window);
        sets.push(cases);
    }
    let (window, passage) = (fit_window(&sets), fit_passage(&sets));
    for cases in &sets {
        report("after", cases, &passage, &window);
    }
    print(&passage, &window);
    Ok(())
}

fn read_cases(folder: &Path) -> Result<Vec<Case>> {
    let generation = Generation::read(&folder.join("passages.jsonl"))?;
    let items = read_set(&folder.join("questions.jsonl"))?;
    let knowledge = &generation.knowledge;
    let case = |item: &Item| -> Result<Case> {
        let reading = Reading::of(&item.question, knowledge);
        let hits = knowledge.index.search(&reading.query(knowledge), &[], CANDIDATES)?;
        let candidates = rank(&knowledge.corpus, &reading, &hits, LIMIT, &MODEL.open);
        let answers: Vec<String> = item.answers.iter().map(|answer| bare(answer)).collect();
        let is_gold = |candidate: &Candidate| {
            let passage = &knowledge.corpus.passages[candidate.hit.passage];
            item.is_about(&knowledge.corpus.source(passage).path)
        };
        let seen = candidates.iter().map(|candidate| {
            let holds = |range: &std::ops::Range<usize>| {
                let text = bare(&candidate.sight.folded.chars[range.clone()].iter().collect::<String>());
                answers.iter().any(|answer| text.contains(answer))
            };
            let right = is_gold(candidate);
            let windows = candidate.windows.iter().map(|w| (w.features, right && holds(&w.range))).collect();
            Seen { passage: candidate.features, windows }
        });
        Ok(Case { candidates: seen.collect(), gold: candidates.iter().position(is_gold) })
    };
    let half = items.len().div_ceil(2).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> =
            items.chunks(half).map(|part| scope.spawn(|| part.iter().map(case).collect::<Result<Vec<_>>>())).collect();
        let mut cases = Vec::new();
        for part in parts {
            cases.extend(part.join().expect("a reader of cases does not panic")?);
        }
        Ok(cases)
    })
}

fn dot<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn best(seen: &Seen, weights: &Weights) -> (usize, f32) {
    let scores = seen.windows.iter().map(|(features, _)| weights.of_window(features)).enumerate();
    let (at, score) = scores.fold((0, f32::MIN), |best, next| if next.1 > best.1 { next } else { best });
    (at, score + weights.of_passage(&seen.passage))
}

fn report(when: &str, cases: &[Case], passage: &Weights, window: &Weights) {
    let (mut first, mut excerpt, mut ceiling) = (0, 0, 0);
    for case in cases {
        let scores = case.candidates.iter().map(|seen| best(seen, passage).1).enumerate();
        let (top, _) = scores.fold((0, f32::MIN), |best, next| if next.1 > best.1 { next } else { best });
        first += usize::from(Some(top) == case.gold);
        if let Some(seen) = case.candidates.get(top) {
            let at = best(seen, &Weights { passage: [0.0; PASSAGE_FEATURES.len()], window: window.window }).0;
            excerpt += usize::from(seen.windows.get(at).is_some_and(|(_, holds)| *holds));
        }
        ceiling += usize::from(case.candidates.iter().any(|seen| seen.windows.iter().any(|(_, holds)| *holds)));
    }
    let share = |count: usize| count as f32 / cases.len() as f32;
    eprintln!(
        "{when}: passage R@1 {:.4}  excerpt@1 {:.4}  ceiling {:.4}",
        share(first),
        share(excerpt),
        share(ceiling)
    );
}

/// Adam on a function that adds one case's gradient and returns its log-likelihood.
fn ascend<const N: usize>(
    name: &str,
    start: [f32; N],
    sets: &[Vec<Case>],
    gradient: impl Fn(&Case, &[f32; N], &mut [f32; N]) -> f32 + Sync,
) -> [f32; N] {
    let total: usize = sets.iter().map(Vec::len).sum();
    let (mut weights, mut mean, mut square) = (start, [0.0f32; N], [0.0f32; N]);
    for step in 1..=STEPS {
        let (mut sum, mut likelihood) = ([0.0f32; N], 0.0);
        // Every set counts the same, however many questions it has.
        for cases in sets {
            let weight = total as f32 / (sets.len() * cases.len()) as f32;
            let parts: Vec<([f32; N], f32)> = std::thread::scope(|scope| {
                let workers: Vec<_> = cases
                    .chunks(cases.len().div_ceil(2).max(1))
                    .map(|part| {
                        let (gradient, weights) = (&gradient, &weights);
                        scope.spawn(move || {
                            let mut sum = [0.0; N];
                            let likelihood = part.iter().map(|case| gradient(case, weights, &mut sum)).sum::<f32>();
                            (sum, likelihood)
                        })
                    })
                    .collect();
                workers.into_iter().map(|worker| worker.join().expect("a gradient does not panic")).collect()
            });
            for (part, value) in parts {
                likelihood += weight * value;
                for (sum, part) in sum.iter_mut().zip(part) {
                    *sum += weight * part;
                }
            }
        }
        let rate = 0.15 * (1.0 - (step - 1) as f32 / STEPS as f32) + 0.002;
        for at in 0..N {
            let slope = sum[at] / total as f32 - RIDGE * weights[at];
            mean[at] = 0.9 * mean[at] + 0.1 * slope;
            square[at] = 0.99 * square[at] + 0.01 * slope * slope;
            let (m, s) = (mean[at] / (1.0 - 0.9f32.powi(step as i32)), square[at] / (1.0 - 0.99f32.powi(step as i32)));
            weights[at] += rate * m / (s.sqrt() + 1e-8);
        }
        if step % 100 == 0 {
            eprintln!("{name} step {step}: log-likelihood {:.5}", likelihood / total as f32);
        }
    }
    weights
}

/// log Σ exp over the kept scores, and each one's share of it.
fn softmax(scores: &[f32], keep: impl Fn(usize) -> bool) -> (f32, Vec<f32>) {
    let top = scores.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, s)| *s).fold(f32::MIN, f32::max);
    let powers: Vec<f32> =
        scores.iter().enumerate().map(|(at, s)| if keep(at) { (s - top).exp() } else { 0.0 }).collect();
    let sum: f32 = powers.iter().sum();
    (top + sum.ln(), powers.into_iter().map(|power| power / sum).collect())
}

fn fit_window(sets: &[Vec<Case>]) -> Weights {
    let window = ascend("B", MODEL.open.window.window, sets, |case, weights, sum| {
        let Some(seen) = case.gold.map(|gold| &case.candidates[gold]) else { return 0.0 };
        if !seen.windows.iter().any(|(_, holds)| *holds) || seen.windows.iter().all(|(_, holds)| *holds) {
            return 0.0;
        }
        let scores: Vec<f32> = seen.windows.iter().map(|(features, _)| dot(weights, features)).collect();
        let (good, good_shares) = softmax(&scores, |at| seen.windows[at].1);
        let (all, all_shares) = softmax(&scores, |_| true);
        for (at, (features, _)) in seen.windows.iter().enumerate() {
            let pull = good_shares[at] - all_shares[at];
            for (sum, feature) in sum.iter_mut().zip(features) {
                *sum += pull * feature;
            }
        }
        good - all
    });
    Weights { passage: [0.0; PASSAGE_FEATURES.len()], window }
}

const JOINT: usize = PASSAGE_FEATURES.len() + WINDOW_FEATURES.len();

fn fit_passage(sets: &[Vec<Case>]) -> Weights {
    let used: [bool; WINDOW_FEATURES.len()] = MODEL.open.passage.window.map(|weight| weight != 0.0);
    let split = |joint: &[f32; JOINT]| {
        let mut weights = Weights { passage: [0.0; PASSAGE_FEATURES.len()], window: [0.0; WINDOW_FEATURES.len()] };
        weights.passage.copy_from_slice(&joint[..PASSAGE_FEATURES.len()]);
        for (at, weight) in joint[PASSAGE_FEATURES.len()..].iter().enumerate() {
            weights.window[at] = if used[at] { *weight } else { 0.0 };
        }
        weights
    };
    let mut start = [0.0; JOINT];
    start[..PASSAGE_FEATURES.len()].copy_from_slice(&MODEL.open.passage.passage);
    start[PASSAGE_FEATURES.len()..].copy_from_slice(&MODEL.open.passage.window);
    let joint = ascend("A", start, sets, |case, joint, sum| {
        let Some(gold) = case.gold else { return 0.0 };
        let weights = split(joint);
        let tops: Vec<(usize, f32)> = case.candidates.iter().map(|seen| best(seen, &weights)).collect();
        let scores: Vec<f32> = tops.iter().map(|top| top.1).collect();
        let (all, shares) = softmax(&scores, |_| true);
        for (at, seen) in case.candidates.iter().enumerate() {
            let pull = f32::from(u8::from(at == gold)) - shares[at];
            for (sum, feature) in sum.iter_mut().zip(&seen.passage) {
                *sum += pull * feature;
            }
            if let Some((features, _)) = seen.windows.get(tops[at].0) {
                for ((sum, feature), used) in sum[PASSAGE_FEATURES.len()..].iter_mut().zip(features).zip(used) {
                    *sum += pull * feature * f32::from(u8::from(used));
                }
            }
        }
        scores[gold] - all
    });
    split(&joint)
}

fn print(passage: &Weights, window: &Weights) {
    let named = |names: &[&str], weights: &[f32]| {
        let pairs = names.iter().zip(weights).filter(|(_, weight)| **weight != 0.0);
        pairs.map(|(name, weight)| format!("  \"{name}\": {weight:.4}")).collect::<Vec<_>>().join(",\n")
    };
    let both = |weights: &Weights| {
        let parts = [named(&PASSAGE_FEATURES, &weights.passage), named(&WINDOW_FEATURES, &weights.window)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(",\n")
    };
    println!("{{\n \"A\": {{\n{}\n }},\n \"B\": {{\n{}\n }}\n}}", both(passage), both(window));
}
