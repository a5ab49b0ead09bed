//! `questions.jsonl` against the documents.

use std::collections::HashMap;

use super::{Found, Seen, quoted};
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
        match item {
            Err(error) => {
                found.push(Found { line, message: format!("is not a question and is not replayed: {error}") });
            }
            Ok(item) => {
                if let Some(first) = ids.get(&item.id) {
                    found.push(Found { line, message: format!("the id “{}” stands on line {first} too", item.id) });
                }
                ids.entry(item.id.clone()).or_insert(line);
                found.extend(of_item(line, &item, seen).into_iter().map(|message| Found { line, message }));
            }
        }
    }
    found
}

fn of_item(line: usize, item: &Item, seen: &Seen) -> Vec<String> {
    let mut messages = Vec::new();
    if bare(&item.question).is_empty() {
        messages.push("the question is empty".to_owned());
    }
    if item.docs.is_empty() != item.answers.is_empty() {
        messages.push(
            "docs and answers go together: both for a question that is answered, none for one that is not".to_owned(),
        );
    }
    let matches = |prefix: &&String| seen.sources().any(|source| source.path.starts_with(prefix.as_str()));
    let strangers: Vec<&String> = item.docs.iter().filter(|prefix| !matches(prefix)).collect();
    if !strangers.is_empty() {
        messages.push(format!("no document's path begins with {}", quoted(&strangers)));
    }
    let own: Vec<&str> = seen.sources().map(|source| source.path.as_str()).filter(|path| item.is_about(path)).collect();
    for answer in &item.answers {
        let letters = bare(answer);
        if letters.is_empty() {
            messages.push("an answer is empty".to_owned());
        } else if answer.chars().count() > MAX_ANSWER_CHARS {
            messages.push(format!("the answer “{answer}” is too long to be quoted whole"));
        } else if !own.is_empty() && !seen.sought.stands(line, &letters) {
            messages.push(format!("the answer “{answer}” does not stand in {}", own.join(" or ")));
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generation::check::document;

    fn check_line(line: &str, expected: &[&str]) {
        let documents =
            [document("a.md", None, &[], "占地 17 平方公里，有人才公寓。"), document("b.md", None, &[], "交通便利。")];
        let seen = Seen::of(documents.into(), None, Some(line));
        let messages: Vec<String> = check(line, &seen).into_iter().map(|found| found.message).collect();
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
        assert_eq!(found, [Found { line: 3, message: "the id “1” stands on line 1 too".to_owned() }]);
    }
}
