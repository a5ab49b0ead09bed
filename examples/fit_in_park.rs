//! Fits the weights for questions about parks (`A_in_park`, `B_in_park` in `src/answer/weights.json`).
//!
//! ```text
//! cargo run --release --example fit_in_park -- FOLDER QUESTIONS.jsonl [FOLDER QUESTIONS.jsonl …] > weights.json
//! ```
//! People ask about a park in everyday words, so such questions are few and share little with the text: the weights
//! start at those of the public sets (`examples/fit.rs`) and are drawn back to them. Each question is read three times,
//! with all of the vocabulary, with half of it and with none, so that the weights also hold where it lacks a word. B
//! chooses the window, A the passage; both maximise the likelihood of a softmax over those that hold an answer, by Adam.
//! For every document a fit on the questions about the others is tried on its own; the printed weights are of a fit on
//! everything. Deterministic; progress goes to standard error.

use anyhow::{Context, Result};
use yuanwen::answer::{MODEL, Options, PASSAGE_FEATURES, Question, WINDOW_FEATURES, trace};
use yuanwen::evaluation::{bare, read_set};
use yuanwen::generation::Generation;

/// Shares of the vocabulary that each question is read with.
const VOCABULARIES: [f64; 3] = [1.0, 0.5, 0.0];
/// How strongly the weights are drawn to those of the public sets.
const RIDGE: f32 = 0.003;
const STEPS: usize = 300;
/// After so many steps each passage's best window is chosen anew.
const STEPS_A_CHOICE: usize = 6;
const P: usize = PASSAGE_FEATURES.len();
const W: usize = WINDOW_FEATURES.len();

struct Case {
    /// The document that the question is about.
    about: String,
    vocabulary: f64,
    passages: Vec<Passage>,
}

struct Passage {
    features: [f32; P],
    windows: Vec<([f32; W], bool)>,
}

impl Passage {
    fn holds(&self) -> bool {
        self.windows.iter().any(|(_, holds)| *holds)
    }

    /// The window that weighs most, the first of equals.
    fn best(&self, weights: &[f32]) -> usize {
        let scores = self.windows.iter().map(|(features, _)| dot(weights, features)).enumerate();
        scores.fold((0, f32::MIN), |best, next| if next.1 > best.1 { next } else { best }).0
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let pairs = !arguments.is_empty() && arguments.len().is_multiple_of(2);
    anyhow::ensure!(pairs, "name folders and their question sets in pairs");
    let mut cases = Vec::new();
    for pair in arguments.chunks(2) {
        for vocabulary in VOCABULARIES {
            cases.extend(read_cases(&pair[0], &pair[1], vocabulary)?);
        }
    }
    let mut documents: Vec<&str> = cases.iter().map(|case| case.about.as_str()).collect();
    documents.sort_unstable();
    documents.dedup();
    let (mut before, mut after) = ([(0, 0); VOCABULARIES.len()], [(0, 0); VOCABULARIES.len()]);
    let start = (MODEL.open.window.window, join(&MODEL.open.passage.passage, &MODEL.open.passage.window));
    for document in &documents {
        let (own, others): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.about == *document);
        let fitted = fit(&others, &start);
        for (number, vocabulary) in VOCABULARIES.iter().enumerate() {
            let own = || own.iter().filter(|case| case.vocabulary.total_cmp(vocabulary).is_eq());
            for (sum, weights) in [(&mut before[number], &start), (&mut after[number], &fitted)] {
                sum.0 += own().filter(|case| is_right(case, weights)).count();
                sum.1 += own().count();
            }
        }
    }
    for (number, vocabulary) in VOCABULARIES.iter().enumerate() {
        let share = |(right, all): (usize, usize)| right as f32 / all as f32;
        let (before, after) = (share(before[number]), share(after[number]));
        eprintln!("vocabulary {vocabulary}: excerpt@1 {before:.3}, fitted on the other documents {after:.3}");
    }
    let (window, passage) = fit(&cases.iter().collect::<Vec<_>>(), &start);
    let line = |(name, weight): (&&str, &f32)| format!("  \"{name}\": {weight:.4}");
    let names = || PASSAGE_FEATURES.iter().chain(&WINDOW_FEATURES);
    println!(" \"A_in_park\": {{\n{}\n }},", names().zip(&passage).map(line).collect::<Vec<_>>().join(",\n"));
    let lines = WINDOW_FEATURES.iter().zip(&window).map(line).collect::<Vec<_>>();
    println!(" \"B_in_park\": {{\n{}\n }},", lines.join(",\n"));
    Ok(())
}

fn read_cases(folder: &str, questions: &str, vocabulary: f64) -> Result<Vec<Case>> {
    let knowledge = Generation::read_with(folder.as_ref(), vocabulary, &|_| {})?.knowledge;
    let mut cases = Vec::new();
    for item in read_set(questions.as_ref())?.iter().filter(|item| item.is_answerable()) {
        let question = Question::new(&item.question).context("a question of the set is empty")?;
        let trace = trace(&knowledge, &question, &Options::default())?;
        if !trace.reading.about_parks {
            continue;
        }
        let answers: Vec<String> = item.answers.iter().map(|answer| bare(answer)).collect();
        let passages = trace.candidates.iter().filter(|candidate| !candidate.windows.is_empty()).map(|candidate| {
            let passage = &knowledge.corpus.passages[candidate.hit.passage];
            let about = item.is_about(&knowledge.corpus.source(passage).path);
            let holds = |range: &std::ops::Range<usize>| {
                let text = bare(&candidate.sight.folded.chars[range.clone()].iter().collect::<String>());
                about && answers.iter().any(|answer| text.contains(answer))
            };
            let windows = candidate.windows.iter().map(|window| (window.features, holds(&window.range))).collect();
            Passage { features: candidate.features, windows }
        });
        let passages = passages.collect();
        cases.push(Case { about: item.docs.first().cloned().unwrap_or_default(), vocabulary, passages });
    }
    eprintln!("{questions}: {} questions, vocabulary {vocabulary}", cases.len());
    Ok(cases)
}

type Fitted = ([f32; W], [f32; P + W]);

fn join(passage: &[f32; P], window: &[f32; W]) -> [f32; P + W] {
    let mut joint = [0.0; P + W];
    joint[..P].copy_from_slice(passage);
    joint[P..].copy_from_slice(window);
    joint
}

/// Whether the best window of the best passage holds an answer.
fn is_right(case: &Case, (window, passage): &Fitted) -> bool {
    let score = |seen: &Passage| dot(passage, &seen_as(seen, passage));
    let scores = case.passages.iter().map(|seen| (score(seen), seen));
    let best = scores.fold(None, |best: Option<(f32, &Passage)>, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    });
    best.is_some_and(|(_, seen)| seen.windows[seen.best(window)].1)
}

/// A passage by its own features and those of the window that A likes best.
fn seen_as(seen: &Passage, passage: &[f32; P + W]) -> [f32; P + W] {
    join(&seen.features, &seen.windows[seen.best(&passage[P..])].0)
}

fn fit(cases: &[&Case], start: &Fitted) -> Fitted {
    let chosen: Vec<&Vec<Passage>> =
        cases.iter().map(|case| &case.passages).filter(|passages| passages.iter().any(Passage::holds)).collect();
    let mixed = |seen: &&Passage| seen.holds() && !seen.windows.iter().all(|(_, holds)| *holds);
    let lists: Vec<(&Passage, f32)> = (chosen.iter())
        .flat_map(|passages| {
            let count = passages.iter().filter(mixed).count() as f32;
            passages.iter().filter(mixed).map(move |seen| (seen, 1.0 / count))
        })
        .collect();
    let window = ascend(start.0, lists.len(), |weights, _, sum| {
        for (seen, share) in &lists {
            pull(weights, seen.windows.iter().map(|(features, holds)| (features, *holds)), *share, sum);
        }
    });
    let mut tops: Vec<Vec<([f32; P + W], bool)>> = Vec::new();
    let passage = ascend(start.1, chosen.len(), |weights, step, sum| {
        if step % STEPS_A_CHOICE == 1 {
            let list = |passages: &&Vec<Passage>| {
                passages.iter().map(|seen| (seen_as(seen, weights), seen.holds())).collect::<Vec<_>>()
            };
            tops = chosen.iter().map(list).collect();
        }
        for list in &tops {
            pull(weights, list.iter().map(|(features, holds)| (features, *holds)), 1.0, sum);
        }
    });
    (window, passage)
}

/// Adds the slope of the log-likelihood that a softmax over a list chooses one that holds an answer.
fn pull<'a, const N: usize>(
    weights: &[f32; N],
    list: impl Iterator<Item = (&'a [f32; N], bool)> + Clone,
    share: f32,
    sum: &mut [f32; N],
) {
    let scores: Vec<f32> = list.clone().map(|(features, _)| dot(weights, features)).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let all: f32 = powers.iter().sum();
    let good: f32 = list.clone().zip(&powers).filter(|((_, holds), _)| *holds).map(|(_, power)| power).sum();
    for ((features, holds), power) in list.zip(&powers) {
        let wanted = if holds { power / good.max(1e-30) } else { 0.0 };
        let weight = share * (wanted - power / all);
        for (sum, feature) in sum.iter_mut().zip(features) {
            *sum += weight * feature;
        }
    }
}

/// Adam on a slope that `gradient` sums over `count` lists, drawn back to where it starts.
fn ascend<const N: usize>(
    start: [f32; N],
    count: usize,
    mut gradient: impl FnMut(&[f32; N], usize, &mut [f32; N]),
) -> [f32; N] {
    let (mut weights, mut mean, mut square) = (start, [0.0f32; N], [0.0f32; N]);
    for step in 1..=STEPS {
        let mut sum = [0.0f32; N];
        gradient(&weights, step, &mut sum);
        let rate = 0.1 * (1.02 - step as f32 / STEPS as f32);
        for at in 0..N {
            let slope = sum[at] / count.max(1) as f32 - RIDGE * (weights[at] - start[at]);
            mean[at] = 0.9 * mean[at] + 0.1 * slope;
            square[at] = 0.99 * square[at] + 0.01 * slope * slope;
            let (m, s) = (mean[at] / (1.0 - 0.9f32.powi(step as i32)), square[at] / (1.0 - 0.99f32.powi(step as i32)));
            weights[at] += rate * m / (s.sqrt() + 1e-8);
        }
    }
    weights
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
