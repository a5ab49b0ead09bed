//! The documents that ship: they load, their golden questions fit them, and they are written in our own words.

use std::process::Command;

use yuanwen::evaluation::{bare, read_set};
use yuanwen::generation::{Generation, check};

use crate::program::{SHIPPED, root, run, shared};

#[test]
fn every_shipped_file_loads_without_a_problem() {
    let checked = check(&root().join("knowledge"), &|_| ()).unwrap();
    let problems: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(checked.documents >= 5 && checked.documents == SHIPPED.knowledge.corpus.documents.len());
    assert_eq!(checked.passages, SHIPPED.knowledge.corpus.passages.len());
}

#[test]
fn every_document_says_where_it_comes_from() {
    for document in &SHIPPED.knowledge.corpus.documents {
        let source = &document.source;
        assert!(!source.title.is_empty() && source.publisher.is_some() && source.park.is_some(), "{source:?}");
    }
}

#[test]
fn golden_questions_are_many_and_their_answers_stand_in_the_documents() {
    let items = read_set(&root().join("knowledge/questions.jsonl")).unwrap();
    assert!(items.len() >= 120, "{}", items.len());
    assert!(items.iter().filter(|item| !item.is_answerable()).count() >= 25);
    for item in items.iter().filter(|item| item.is_answerable()) {
        let own: Vec<_> = SHIPPED.knowledge.corpus.documents.iter().filter(|d| item.is_about(&d.source.path)).collect();
        for answer in &item.answers {
            assert!(own.iter().any(|d| bare(&d.text).contains(&bare(answer))), "{}: {answer}", item.id);
        }
    }
}

#[test]
fn nothing_is_copied_from_the_originals() {
    let Some(tool) = shared("tools/originality") else { return };
    match Command::new("python3").arg(tool).arg(root()).output() {
        Err(error) => println!("skipped: python3 cannot be run: {error}"),
        Ok(output) => {
            let found = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && found.is_empty(), "{found}{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn the_invented_documents_load_and_their_questions_fit() {
    // Set, documents, questions, and how many of those have no answer.
    for (set, documents, questions, unanswerable) in [
        ("first", 3, 60, 20),
        ("second", 3, 60, 20),
        ("third", 3, 60, 20),
        ("fourth", 3, 60, 20),
        ("fifth", 6, 72, 24),
        ("sixth", 6, 96, 30),
        ("seventh", 6, 96, 30),
        ("eighth", 6, 96, 30),
        ("ninth", 6, 96, 30),
        ("tenth", 6, 108, 36),
        ("eleventh", 6, 108, 36),
        ("twelfth", 6, 107, 36),
        ("thirteenth", 6, 108, 36),
        ("fourteenth", 6, 108, 36),
        ("fifteenth", 6, 108, 36),
        ("sixteenth", 6, 108, 36),
        ("seventeenth", 6, 120, 44),
        ("eighteenth", 9, 144, 48),
        ("nineteenth", 7, 128, 40),
        ("twentieth", 6, 96, 32),
    ] {
        let folder = root().join("tests/invented").join(set);
        let generation = Generation::read(&folder).unwrap();
        assert_eq!(generation.knowledge.corpus.documents.len(), documents, "{set}");
        let items = read_set(&folder.join("questions.jsonl")).unwrap();
        let found = (items.len(), items.iter().filter(|item| !item.is_answerable()).count());
        assert_eq!(found, (questions, unanswerable), "{set}");
        let ended = run(&["check", "--knowledge", folder.to_str().unwrap()], b"");
        // What the page furniture of these documents is called does not matter here, only that the questions fit.
        assert!(!ended.out.contains("questions.jsonl"), "{}", ended.out);
    }
}

#[test]
fn the_questions_of_near_misses_fit_their_documents() {
    for (set, folder) in [("shipped", "knowledge"), ("second", "tests/invented/second")] {
        let items = read_set(&root().join("tests/near-misses").join(format!("{set}.jsonl"))).unwrap();
        assert_eq!((items.len(), items.iter().filter(|item| !item.is_answerable()).count()), (100, 60), "{set}");
        let generation = Generation::read(&root().join(folder)).unwrap();
        let documents = &generation.knowledge.corpus.documents;
        for item in items.iter().filter(|item| item.is_answerable()) {
            let mut own = documents.iter().filter(|document| item.is_about(&document.source.path));
            assert!(own.any(|document| item.answers.iter().any(|a| document.text.contains(a))), "{}", item.id);
        }
    }
}

#[test]
fn check_lists_problems_by_path_and_line_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "good.md",
        "---\ntitle: 甲园\npublisher: 甲市\npark: 甲园\n---\n\n甲园占地三平方公里，位于甲市东部。\n".as_bytes(),
    );
    write("empty.md", b"");
    write("words.toml", "\n[[same]]\nwords = ['钱']\n".as_bytes());
    write("questions.jsonl", b"{\"id\":\"1\",\"question\":\"x\",\"docs\":[\"none\"],\"answers\":[\"y\"]}\n");
    let ended = run(&["check", "--knowledge", folder.path().to_str().unwrap()], b"");
    assert_eq!(ended.code, 1, "{ended:?}");
    for start in ["empty.md: ", "words.toml:2: ", "questions.jsonl:1: "] {
        assert!(ended.out.lines().any(|line| line.starts_with(start)), "{start}: {}", ended.out);
    }
    assert!(ended.out.ends_with("1 documents, 1 passages: 3 problems\n"), "{}", ended.out);
}

#[test]
fn check_of_a_sound_folder_succeeds() {
    let ended = run(&["check", "--knowledge", crate::program::parks().to_str().unwrap()], b"");
    assert_eq!((ended.code, ended.out.lines().count()), (0, 1), "{ended:?}");
}
