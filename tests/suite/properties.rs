//! What holds for any question and any document.

use proptest::prelude::*;
use yuanwen::analysis::script::{fold, slice};
use yuanwen::answer::{Answer, Options, Outcome, Question, answer};
use yuanwen::corpus::{Corpus, read_document};

use crate::program::SHIPPED;

/// Answers from the shipped knowledge; `None` for what is no question.
fn answered(text: &str, limit: usize, excerpt_chars: usize) -> Option<Answer> {
    let question = Question::new(text).ok()?;
    let options = Options { limit, excerpt_chars, ..Options::default() };
    Some(answer(&SHIPPED.knowledge, &question, &options).unwrap())
}

/// What every answer keeps, whatever was asked.
fn keeps_its_promises(answer: &Answer, limit: usize, excerpt_chars: usize) {
    assert!(answer.citations.len() <= limit);
    assert!((0.0..=1.0).contains(&answer.confidence), "{}", answer.confidence);
    let marked = answer.citations.first().is_some_and(|first| !first.excerpt.highlights.is_empty());
    assert!(answer.outcome != Outcome::Answered || marked, "answered by what holds nothing of the question");
    for citation in &answer.citations {
        let excerpt = &citation.excerpt;
        let documents = &SHIPPED.knowledge.corpus.documents;
        let document = documents.iter().find(|document| document.source.path == citation.source.path).unwrap();
        assert_eq!(document.text.get(excerpt.start..excerpt.end), Some(excerpt.text.as_str()), "word for word");
        assert!(excerpt.text.chars().count() <= excerpt_chars, "{} is longer than {excerpt_chars}", excerpt.text);
        assert!(!excerpt.text.is_empty() && !excerpt.text.ends_with([':', '：']), "{}", excerpt.text);
        let mut from = 0;
        for highlight in &excerpt.highlights {
            assert!(from <= highlight.start && highlight.start < highlight.end, "{:?}", excerpt.highlights);
            assert!(excerpt.text.get(highlight.clone()).is_some(), "{:?}", excerpt.highlights);
            from = highlight.end;
        }
    }
}

/// A question made of pieces of the documents, of other texts, and of anything at all.
fn questions() -> impl Strategy<Value = String> {
    let texts: Vec<&'static str> = SHIPPED.knowledge.corpus.documents.iter().map(|d| d.text.as_str()).collect();
    let piece = (0..texts.len(), any::<prop::sample::Index>(), 1..12usize).prop_map(move |(text, start, length)| {
        let chars: Vec<char> = texts[text].chars().collect();
        chars.iter().skip(start.index(chars.len())).take(length).collect::<String>()
    });
    let asking = prop::sample::select(vec![
        "多少",
        "在哪里",
        "是谁",
        "为什么",
        "有哪些",
        "请问",
        "？",
        "不算",
        "2025年",
        "juyuan",
    ]);
    let part = prop_oneof![4 => piece, 2 => asking.prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => any::<String>()];
    prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat())
}

#[test]
fn what_marks_nothing_is_not_answered() {
    for text in ["真的吗", "真的？"] {
        let answer = answered(text, 3, 160).unwrap();
        assert_ne!(answer.outcome, Outcome::Answered, "{text}");
        keeps_its_promises(&answer, 3, 160);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_keeps_its_promises(text in questions(), limit in 1..6usize, excerpt_chars in 20..400usize) {
        if let Some(answer) = answered(&text, limit, excerpt_chars) {
            keeps_its_promises(&answer, limit, excerpt_chars);
            prop_assert_eq!(Some(answer), answered(&text, limit, excerpt_chars), "the same question has the same answer");
        }
    }

    #[test]
    fn folding_keeps_ranges(text in any::<String>(), from in 0..40usize, length in 0..40usize) {
        let folded = fold(&text);
        prop_assert_eq!(folded.chars.len(), text.chars().count());
        let range = from..from + length;
        let expected: String = text.chars().skip(from).take(length).collect();
        prop_assert_eq!(slice(&text, folded.bytes(range)), expected);
    }

    #[test]
    fn cutting_into_passages_loses_nothing_and_breaks_no_limit(
        paragraphs in prop::collection::vec("(园区|企业|专利|人才|[0-9]{1,5}|，|。|；|一是|二是|（一）|1\\.|\n- |\n## |\n){1,160}", 1..8),
        name in prop::sample::select(vec!["a.md", "a.txt"]),
    ) {
        /// The longest passage: a clause that is longer is cut wherever that falls.
        const MAX_PASSAGE_CHARS: usize = 600;
        let (document, problems) = read_document(name, paragraphs.join("\n\n").as_bytes());
        let corpus = Corpus::new(document.into_iter().collect(), problems);
        for document in &corpus.documents {
            let mut covered = vec![false; document.text.len()];
            for passage in &corpus.passages {
                covered[passage.range.clone()].fill(true);
                prop_assert!(corpus.text(passage).chars().count() <= MAX_PASSAGE_CHARS);
            }
            for block in document.sections.iter().flat_map(|section| &section.blocks) {
                let text = slice(&document.text, block.range.clone());
                let lost: String = text.char_indices().filter(|(at, c)| !c.is_whitespace() && !covered[block.range.start + at]).map(|(_, c)| c).collect();
                prop_assert_eq!(lost, "", "lost of {}", text);
            }
        }
    }

    #[test]
    fn no_document_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), name in prop::sample::select(vec!["a.md", "a.txt"])) {
        let _ = read_document(name, &bytes);
    }
}

#[test]
fn no_question_panics() {
    let hostile = [
        "(".repeat(4096),
        "（".repeat(4096),
        "\0".repeat(100),
        "\u{202e}菊园\u{2066}多大".to_owned(),
        "园".repeat(350_000),
        "a".repeat(1 << 20),
        "菊园 AND (OR NOT ~ ^ \" * title:x [a TO b] \\".to_owned(),
        "e\u{301}".repeat(600),
        "👩‍👩‍👧‍👦🏽".repeat(300),
        "𠮷𪚥有多少".to_owned(),
        "0".repeat(5000),
        "\u{fffd}\u{feff}\u{200b}园".to_owned(),
        "<b>园</b>&amp;`*_[x](y)".to_owned(),
    ];
    for text in &hostile {
        if let Some(answer) = answered(text, 3, 160) {
            keeps_its_promises(&answer, 3, 160);
        }
    }
}

#[test]
fn documents_of_one_endless_line_are_problems_or_passages() {
    for text in
        ["园".repeat(1 << 18), "(".repeat(1 << 12), "#".repeat(1 << 12), "- ".repeat(1 << 12), "> ".repeat(1 << 12)]
    {
        let (document, problems) = read_document("a.md", text.as_bytes());
        let corpus = Corpus::new(document.into_iter().collect(), problems);
        assert!(!corpus.passages.is_empty() || !corpus.problems.is_empty() || corpus.documents.is_empty());
    }
}
