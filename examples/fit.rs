//! Fits the weights of `src/answer/weights.json` on passage sets (`passages.jsonl` beside `questions.jsonl`).
//!
//! ```text
//! cargo run --release --example fit -- ../shared/bench/cmrc2018-trial ../shared/bench/drcd-dev > weights.json
//! ```
//! With `--confidence` first, A and B stay as they are and P alone is fitted.
//!
//! B chooses the window: the windows of the right passage that hold an answer against all its windows. A chooses the
//! passage: the right one against the other candidates, each by its best window. Both maximise the likelihood of a
//! softmax with a little shrinkage, by Adam. P separates answers from the right passage from answers after that passage
//! was taken away: logistic regression. Everything is deterministic. Progress goes to standard error.

use std::path::{Path, PathBuf};

use anyhow::Result;
use yuanwen::answer::{
    BM25_SCALE, CONFIDENCE_FEATURES, Candidate, LEAST_SHARE, MODEL, PASSAGE_FEATURES, Reading, WINDOW_FEATURES,
    Weights, rank,
};
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
    /// BM25.
    bm: f32,
    passage: [f32; PASSAGE_FEATURES.len()],
    windows: Vec<([f32; WINDOW_FEATURES.len()], bool)>,
}

fn main() -> Result<()> {
    let mut folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let only_confidence = folders.first().is_some_and(|first| first.as_os_str() == "--confidence");
    folders.drain(..usize::from(only_confidence));
    anyhow::ensure!(!folders.is_empty(), "name one or more folders that hold passages.jsonl and questions.jsonl");
    let mut sets = Vec::new();
    for folder in &folders {
        let cases = read_cases(folder)?;
        eprintln!("{}: {} questions", folder.display(), cases.len());
        report("before", &cases, &MODEL.open.passage, &MODEL.open.window);
        sets.push(cases);
    }
    let (window, passage) = if only_confidence {
        (MODEL.open.window.clone(), MODEL.open.passage.clone())
    } else {
        (fit_window(&sets), fit_passage(&sets))
    };
    for cases in &sets {
        report("after", cases, &passage, &window);
    }
    let confidence = fit_confidence(&sets, &passage);
    print(&passage, &window, confidence);
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
            Seen { bm: candidate.hit.score, passage: candidate.features, windows }
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

fn fit_confidence(sets: &[Vec<Case>], passage: &Weights) -> (f32, [f32; CONFIDENCE_FEATURES.len()]) {
    const N: usize = CONFIDENCE_FEATURES.len() + 1;
    let place = |name: &str| PASSAGE_FEATURES.iter().position(|feature| *feature == name);
    let gap = place("p_gap").expect("a known feature");
    let inputs = |case: &Case, without: Option<usize>| -> Option<[f32; N]> {
        let left = || case.candidates.iter().enumerate().filter(|(number, _)| Some(*number) != without);
        // Without the best hit the next one becomes the best.
        let most = left().map(|(_, seen)| seen.passage[gap]).fold(0.0, f32::max).max(f32::MIN_POSITIVE);
        let mut scored: Vec<(f32, &Seen)> = left()
            .filter(|(_, seen)| seen.passage[gap] >= LEAST_SHARE * most)
            .map(|(_, seen)| {
                let change = seen.passage[gap] / most - seen.passage[gap];
                (best(seen, passage).1 + passage.passage[gap] * change, seen)
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (first, seen) = scored.first()?;
        let second = scored.get(1).map_or(5.0, |second| (first - second.0).min(5.0));
        let mut inputs = [1.0; N];
        for (input, name) in inputs[1..].iter_mut().zip(CONFIDENCE_FEATURES) {
            *input = match name {
                "A" => *first,
                "m2" => second,
                "bm" => seen.bm / BM25_SCALE,
                _ => match place(name) {
                    Some(at) => seen.passage[at],
                    None => seen.windows.first()?.0[WINDOW_FEATURES.iter().position(|feature| *feature == name)?],
                },
            };
        }
        Some(inputs)
    };
    let mut pairs: Vec<Vec<([f32; N], bool)>> = Vec::new();
    for cases in sets {
        let mut set = Vec::new();
        for case in cases.iter().filter(|case| case.gold.is_some()) {
            set.extend(inputs(case, None).map(|x| (x, true)));
            set.extend(inputs(case, case.gold).map(|x| (x, false)));
        }
        pairs.push(set);
    }
    // Inputs of one size make every step go straight.
    let all = || pairs.iter().flatten().map(|(x, _)| x);
    let count = all().count().max(1) as f32;
    let mut scale = [(0.0f32, 1.0f32); N];
    for (at, scale) in scale.iter_mut().enumerate().skip(1) {
        let mean = all().map(|x| x[at]).sum::<f32>() / count;
        let spread = (all().map(|x| (x[at] - mean).powi(2)).sum::<f32>() / count).sqrt().max(1e-6);
        *scale = (mean, spread);
    }
    let scaled = |x: &[f32; N]| {
        let mut y = *x;
        for (y, (mean, spread)) in y.iter_mut().zip(scale) {
            *y = (*y - mean) / spread;
        }
        y
    };
    let mut model = [0.0; N];
    for step in 0..3_000 {
        let mut sum = [0.0; N];
        for set in &pairs {
            for (x, right) in set {
                let x = scaled(x);
                let p = 1.0 / (1.0 + (-dot(&model, &x)).exp());
                let pull = (f32::from(u8::from(*right)) - p) / set.len() as f32;
                for (sum, x) in sum.iter_mut().zip(x) {
                    *sum += pull * x;
                }
            }
        }
        for (weight, sum) in model.iter_mut().zip(sum) {
            *weight += 0.8 * (1.0 - step as f32 / 3_000.0) * sum;
        }
    }
    for at in 1..N {
        model[at] /= scale[at].1;
        model[0] -= model[at] * scale[at].0;
    }
    for set in &pairs {
        let (mut good, mut bad): (Vec<f32>, Vec<f32>) = (Vec::new(), Vec::new());
        for (x, right) in set {
            if *right { good.push(dot(&model, x)) } else { bad.push(dot(&model, x)) }
        }
        bad.sort_by(f32::total_cmp);
        let area: f32 = good.iter().map(|g| bad.partition_point(|b| b < g) as f32 / bad.len() as f32).sum::<f32>();
        eprintln!("AUROC {:.4}", area / good.len() as f32);
    }
    let mut rest = [0.0; CONFIDENCE_FEATURES.len()];
    rest.copy_from_slice(&model[1..]);
    (model[0], rest)
}

fn print(passage: &Weights, window: &Weights, confidence: (f32, [f32; CONFIDENCE_FEATURES.len()])) {
    let named = |names: &[&str], weights: &[f32]| {
        let pairs = names.iter().zip(weights).filter(|(_, weight)| **weight != 0.0);
        pairs.map(|(name, weight)| format!("  \"{name}\": {weight:.4}")).collect::<Vec<_>>().join(",\n")
    };
    let both = |weights: &Weights| {
        let parts = [named(&PASSAGE_FEATURES, &weights.passage), named(&WINDOW_FEATURES, &weights.window)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(",\n")
    };
    println!("{{\n \"A\": {{\n{}\n }},\n \"B\": {{\n{}\n }},", both(passage), both(window));
    println!(
        " \"P\": {{\n  \"intercept\": {:.4},\n{}\n }}\n}}",
        confidence.0,
        named(&CONFIDENCE_FEATURES, &confidence.1)
    );
}
