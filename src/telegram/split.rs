//! Several questions in one message, told apart by lines and question marks. Knows nothing of answers.

use crate::analysis::script::{fold_char, slice};

/// Questions of one message that are answered.
pub(crate) const MAX_QUESTIONS: usize = 4;

/// The questions of a message, and whether there were more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Questions {
    /// At least one, at most [`MAX_QUESTIONS`]; none is blank unless the message is.
    pub(crate) all: Vec<String>,
    /// Whether some were left out.
    pub(crate) more: bool,
}

/// Words that ask, folded.
const ASKING: [&str; 27] = [
    "什么",
    "啥",
    "哪",
    "谁",
    "多少",
    "多大",
    "多久",
    "多长",
    "多远",
    "几",
    "怎么",
    "怎样",
    "如何",
    "为什么",
    "为何",
    "是否",
    "有没有",
    "能不能",
    "可不可以",
    "吗",
    "呢",
    "what",
    "which",
    "who",
    "how",
    "where",
    "when",
];

/// Tells the questions of a message apart. What asks nothing belongs to the question after it, or else before it.
pub(crate) fn questions(text: &str) -> Questions {
    let mut all: Vec<String> = Vec::new();
    let mut lead = String::new();
    for piece in text.lines().flat_map(pieces) {
        let sentence = if lead.is_empty() { piece.to_owned() } else { format!("{lead} {piece}") };
        if asks(piece) {
            all.push(sentence);
            lead.clear();
        } else {
            lead = sentence;
        }
    }
    if all.len() < 2 {
        return Questions { all: vec![text.trim().to_owned()], more: false };
    }
    if let Some(last) = all.last_mut().filter(|_| !lead.is_empty()) {
        *last = format!("{last} {lead}");
    }
    let more = all.len() > MAX_QUESTIONS;
    all.truncate(MAX_QUESTIONS);
    Questions { all, more }
}

/// A line cut after its question marks.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut asked = false;
    for (at, c) in line.char_indices() {
        let is_mark = matches!(c, '?' | '？' | '!' | '！' | ' ' | '”' | '」');
        if asked && !is_mark {
            pieces.push(slice(line, from..at));
            (from, asked) = (at, false);
        }
        asked |= matches!(c, '?' | '？');
    }
    pieces.push(slice(line, from..line.len()));
    pieces.into_iter().map(str::trim).filter(|piece| piece.chars().any(char::is_alphanumeric)).collect()
}

fn asks(piece: &str) -> bool {
    let folded: String = piece.chars().map(fold_char).collect();
    folded.contains(['?', '？']) || ASKING.iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(questions(text).all, expected);
    }

    #[test]
    fn lines_and_question_marks_part_questions() {
        check("大零号湾在哪里？规划面积多大？", &["大零号湾在哪里？", "规划面积多大？"]);
        check("大零号湾在哪里\n菊园有多少科技企业", &["大零号湾在哪里", "菊园有多少科技企业"]);
        check("1. 位置在哪?\n\n2. 多大??", &["1. 位置在哪?", "2. 多大??"]);
    }

    #[test]
    fn what_asks_nothing_belongs_to_its_question() {
        check("我想在嘉定开公司。有什么补贴？", &["我想在嘉定开公司。有什么补贴？"]);
        check("我在嘉定\n有什么补贴？\n有公寓吗？", &["我在嘉定 有什么补贴？", "有公寓吗？"]);
        check("人才公寓\n租金", &["人才公寓\n租金"]);
        check("面积多大？位置在哪？谢谢", &["面积多大？", "位置在哪？ 谢谢"]);
        check("“什么是C区？”和T区", &["“什么是C区？”和T区"]);
    }

    #[test]
    fn the_fifth_question_is_left_out() {
        let five = questions("一？二？三？四？五？");
        assert_eq!((five.all.len(), five.more), (4, true));
    }
}
