//! Figures that must not fall. Public sets are heavy and are asked in release builds only; in continuous integration
//! `.ci/run` asks them through `yuanwen eval --at-least`.

use std::path::Path;

use yuanwen::answer::Options;
use yuanwen::evaluation::{Asking, Figures, evaluate, figures, read_set};
use yuanwen::generation::Generation;

use crate::program::{SHIPPED, root, shared};

fn measured(generation: &Generation, set: &Path, excerpt_chars: usize) -> Figures {
    let asking = Asking { options: Options { excerpt_chars, ..Options::default() }, ..Asking::default() };
    let judgements = evaluate(&generation.knowledge, &read_set(set).unwrap(), &asking, || ()).unwrap();
    figures(&judgements.iter().collect::<Vec<_>>())
}

#[test]
fn golden_questions_are_answered() {
    let figures = measured(&SHIPPED, &root().join("knowledge/questions.jsonl"), 160);
    assert!(figures.excerpt1.value() >= 0.85, "{figures:#?}");
    assert!(figures.document.value() >= 0.95, "{figures:#?}");
}

#[test]
fn public_sets_do_not_fall() {
    if cfg!(debug_assertions) {
        println!("skipped: too slow in a debug build; cargo test --release, or .ci/run");
        return;
    }
    for (name, first, excerpt1) in [("cmrc2018-trial", 0.985, 0.86), ("drcd-dev", 0.965, 0.93)] {
        let Some(folder) = shared(&format!("bench/{name}")) else { continue };
        let generation = Generation::read(&folder.join("passages.jsonl")).unwrap();
        let figures = measured(&generation, &folder.join("questions.jsonl"), 120);
        assert!(figures.first.value() >= first && figures.excerpt1.value() >= excerpt1, "{name}: {figures:#?}");
    }
}
