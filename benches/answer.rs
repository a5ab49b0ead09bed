//! How long one answer takes over 1,250 passages, compared with a bare query of the index in the same run, and how long it
//! takes until such knowledge is ready. `cargo bench`.
//!
//! The bare query asks the index for the question's bigrams and takes the best twelve: what a bot would do that only
//! searches. Only `src/index` names tantivy, so the query goes through `Index::search`, which adds a pass over the scores.
//! The passages are those of the public sets beside the repository, or, where they are absent, the shipped knowledge over
//! and over.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use yuanwen::analysis::script::fold;
use yuanwen::analysis::terms::Kind;
use yuanwen::answer::{Options, Question, answer};
use yuanwen::evaluation::read_set;
use yuanwen::generation::Generation;
use yuanwen::index::{Clause, Query};

/// Passages to answer from.
const PASSAGES: usize = 1_250;
/// Passages that the bare query returns, as many as an answer looks at.
const HITS: usize = 12;
/// Questions that are asked in turn.
const QUESTIONS: usize = 500;

/// Passages as a file, and questions about them.
struct Material {
    file: PathBuf,
    questions: Vec<Question>,
    /// Deletes the file at the end.
    _folder: tempfile::TempDir,
}

fn material() -> Material {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sets = ["cmrc2018-trial", "drcd-dev"].map(|name| root.join("../shared/bench").join(name));
    let mut lines = String::new();
    let mut questions = Vec::new();
    for set in sets.iter().filter(|set| set.exists()) {
        lines.push_str(&fs::read_to_string(set.join("passages.jsonl")).expect("the passages are readable"));
        questions.extend(read_set(&set.join("questions.jsonl")).expect("the questions are readable"));
    }
    if questions.is_empty() {
        let shipped = Generation::read(&root.join("knowledge")).expect("the shipped knowledge is readable");
        let corpus = &shipped.knowledge.corpus;
        for (number, passage) in corpus.passages.iter().cycle().take(PASSAGES).enumerate() {
            let title = &corpus.source(passage).title;
            let line = serde_json::json!({"id": number.to_string(), "title": title, "text": corpus.text(passage)});
            writeln!(lines, "{line}").expect("a string takes everything");
        }
        questions = read_set(&root.join("knowledge/questions.jsonl")).expect("the golden questions are readable");
    }
    let lines: Vec<&str> = lines.lines().take(PASSAGES).collect();
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let file = folder.path().join("passages.jsonl");
    fs::write(&file, lines.join("\n")).expect("the temporary folder is writable");
    // Evenly over all sets, since their questions differ in length.
    let step = (questions.len() / QUESTIONS).max(1);
    let questions = questions.iter().step_by(step).filter_map(|item| Question::new(&item.question).ok()).collect();
    Material { file, questions, _folder: folder }
}

/// The question's bigrams and nothing else.
fn bare(generation: &Generation, question: &Question) -> Query {
    let terms = generation.knowledge.analyzer.terms(&fold(question.text()).chars).into_iter();
    let clauses = terms
        .filter(|term| term.kind == Kind::Bigram)
        .map(|term| Clause { kind: Kind::Bigram, ways: vec![(vec![term.text], 1.0)] });
    Query { clauses: clauses.collect() }
}

/// Half of the questions take less, and all but a hundredth.
fn spread(questions: &[Question], ask: impl Fn(&Question)) -> (Duration, Duration) {
    questions.iter().take(50).for_each(&ask);
    let time = |question| {
        let started = Instant::now();
        ask(question);
        started.elapsed()
    };
    let mut times: Vec<Duration> = questions.iter().map(time).collect();
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

/// Memory in use, as Linux tells it.
fn resident() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.trim_start_matches("VmRSS:").trim().to_owned())
}

fn answers(criterion: &mut Criterion) {
    let material = material();
    let started = Instant::now();
    let generation = Generation::read(&material.file).expect("the passages are readable");
    let (passages, seconds) = (generation.knowledge.index.len(), started.elapsed().as_secs_f64());
    println!("{passages} passages ready in {seconds:.2} s, {} resident", resident().unwrap_or_else(|| "?".to_owned()));

    let options = Options::default();
    let whole = |question: &Question| {
        black_box(answer(&generation.knowledge, question, &options).expect("the index answers"));
    };
    let search = |question: &Question| {
        black_box(
            generation.knowledge.index.search(&bare(&generation, question), &[], HITS).expect("the index answers"),
        );
    };
    let ((half, most), (bare_half, bare_most)) =
        (spread(&material.questions, whole), spread(&material.questions, search));
    println!(
        "one answer p50 {half:?}, p99 {most:?}; bare query p50 {bare_half:?}, p99 {bare_most:?}; ratio {:.1}",
        half.as_secs_f64() / bare_half.as_secs_f64()
    );

    let mut group = criterion.benchmark_group("one question");
    let mut questions = material.questions.iter().cycle();
    group.bench_function("answer", |bencher| bencher.iter(|| whole(questions.next().expect("a cycle has no end"))));
    group
        .bench_function("bare query", |bencher| bencher.iter(|| search(questions.next().expect("a cycle has no end"))));
    group.finish();
    let mut group = criterion.benchmark_group("knowledge");
    group.sample_size(10);
    group.bench_function("load", |bencher| {
        bencher.iter(|| Generation::read(&material.file).expect("it was read before"));
    });
    group.finish();
}

criterion_group!(benches, answers);
criterion_main!(benches);
