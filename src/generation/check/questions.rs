//! `questions.jsonl` against the documents.

use std::collections::HashMap;

use super::{Found, Seen};
use crate::corpus::{Fault, QuestionsFault};
use crate::evaluation::{Item, bare, items};

/// Longer than the longest default excerpt, an answer can never be quoted whole.
const MAX_ANSWER_CHARS: usize = 160;

/// The questions by their lines.
pub(super) fn sought(text: &str) -> Vec<(usize, Item)> {
    items(text).filter_map(|(line, item)| Some((line, item.ok()?))).collect()
}

/// What is wrong with a set of questions about these documents.
pub(super) fn check(text: &str, seen: &Seen) -> Vec<Found> {
    let mut found = Vec::new();
    let mut ids: HashMap<String, usize> = HashMap::new();
    for (line, item) in items(text) {
        let mut report = |fault| found.push(Found { line, fault: Fault::Questions(fault) });
        match item {
            Err(cause) => report(QuestionsFault::NotQuestion { cause }),
            Ok(item) => {
                if let Some(&first) = ids.get(&item.id) {
                    report(QuestionsFault::IdTwice { id: item.id.clone(), first });
                }
                ids.entry(item.id.clone()).or_insert(line);
                of_item(line, &item, seen).into_iter().for_each(report);
            }
        }
    }
    found
}

fn of_item(line: usize, item: &Item, seen: &Seen) -> Vec<QuestionsFault> {
    let mut faults = Vec::new();
    if bare(&item.question).is_empty() {
        faults.push(QuestionsFault::Empty);
    }
    if item.docs.is_empty() != item.answers.is_empty() {
        faults.push(QuestionsFault::DocsOrAnswersAlone);
    }
    let matches = |prefix: &&String| seen.sources().any(|source| source.path.starts_with(prefix.as_str()));
    let prefixes: Vec<String> = item.docs.iter().filter(|prefix| !matches(prefix)).cloned().collect();
    if !prefixes.is_empty() {
        faults.push(QuestionsFault::NoDocuments { prefixes });
    }
    let own: Vec<String> =
        seen.sources().map(|source| source.path.clone()).filter(|path| item.is_about(path)).collect();
    for answer in item.answers.iter().cloned() {
        let letters = bare(&answer);
        if letters.is_empty() {
            faults.push(QuestionsFault::AnswerEmpty);
        } else if answer.chars().count() > MAX_ANSWER_CHARS {
            faults.push(QuestionsFault::AnswerLong { answer });
        } else if !own.is_empty() && !seen.sought.stands(line, &letters) {
            faults.push(QuestionsFault::AnswerNowhere { answer, documents: own.clone() });
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generation::check::document;

    fn check_line(line: &str, expected: &[&str]) {
        let documents =
            [document("a.md", None, &[], "占地 17 平方公里，有人才公寓。"), document("b.md", None, &[], "交通便利。")];
        let seen = Seen::of(documents.into(), None, Some(line));
        let messages: Vec<String> = check(line, &seen).into_iter().map(|found| found.fault.to_string()).collect();
        assert_eq!(messages.len(), expected.len(), "{line}: {messages:?}");
        for (message, expected) in messages.iter().zip(expected) {
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn good_questions_have_no_problem() {
        check_line(r#"{"id":"1","question":"多大","docs":["a"],"answers":["占地17平方公里"]}"#, &[]);
        check_line(r#"{"id":"1","question":"谁","docs":[],"answers":[]}"#, &[]);
        check_line("\n", &[]);
    }

    #[test]
    fn every_mistake_is_named() {
        check_line("{", &["is not a question"]);
        check_line(r#"{"id":"1","question":"多大\ud800","docs":[],"answers":[]}"#, &["is not a question"]);
        check_line(r#"{"id":"1","question":"？","docs":[],"answers":[]}"#, &["the question is empty"]);
        check_line(
            r#"{"id":"1","question":"多大","docs":["a"],"answers":["18平方公里"]}"#,
            &["does not stand in a.md"],
        );
        check_line(r#"{"id":"1","question":"多大","docs":["b"],"answers":["人才公寓"]}"#, &["does not stand in b.md"]);
        check_line(r#"{"id":"1","question":"多大","docs":["c"],"answers":["人才"]}"#, &["begins with “c”"]);
        check_line(r#"{"id":"1","question":"多大","docs":["a"],"answers":[]}"#, &["go together"]);
        check_line(r#"{"id":"1","question":"多大","docs":["a"],"answers":["。"]}"#, &["an answer is empty"]);
    }

    #[test]
    fn ids_stand_once() {
        let line = r#"{"id":"1","question":"谁","docs":[],"answers":[]}"#;
        let found = check(&format!("{line}\n\n{line}"), &Seen::of(Vec::new(), None, None));
        let fault = Fault::Questions(QuestionsFault::IdTwice { id: "1".to_owned(), first: 1 });
        assert_eq!(found, [Found { line: 3, fault }]);
    }
}
