//! What is no question to the documents: greetings, thanks, farewells, no words at all. Knows words, no answers.

use crate::analysis::script::fold_char;

/// What somebody says who asks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SmallTalk {
    /// Hello.
    Hello,
    /// Thanks, praise.
    Thanks,
    /// Goodbye.
    Goodbye,
    /// What can you do?
    Help,
    /// Emoji or punctuation.
    NoWords,
}

const HELLO: [&str; 24] = [
    "你好",
    "您好",
    "哈喽",
    "哈罗",
    "嗨",
    "嘿",
    "hi",
    "hello",
    "hey",
    "早",
    "早上好",
    "早安",
    "上午好",
    "中午好",
    "下午好",
    "晚上好",
    "在吗",
    "在么",
    "有人吗",
    "你好呀",
    "你好啊",
    "大家好",
    "good morning",
    "good evening",
];
const THANKS: [&str; 26] = [
    "谢谢",
    "谢谢你",
    "谢谢您",
    "多谢",
    "谢了",
    "感谢",
    "非常感谢",
    "谢谢啦",
    "太好了",
    "好的",
    "好",
    "ok",
    "okay",
    "收到",
    "明白",
    "明白了",
    "知道了",
    "了解",
    "懂了",
    "很好",
    "thanks",
    "thank you",
    "thx",
    "3q",
    "great",
    "辛苦了",
];
const GOODBYE: [&str; 10] = ["再见", "拜拜", "拜", "晚安", "回头见", "88", "bye", "goodbye", "good night", "see you"];
const HELP: [&str; 14] = [
    "帮助",
    "怎么用",
    "怎么使用",
    "使用说明",
    "你是谁",
    "您是谁",
    "你能做什么",
    "你会什么",
    "你能干什么",
    "你可以做什么",
    "help",
    "who are you",
    "what can you do",
    "有什么功能",
];

/// Words that only make a phrase friendlier.
const FRIENDLY: [&str; 8] = ["啊", "呀", "哦", "啦", "哈", "呢", "园问", "机器人"];

/// What a message says if it asks nothing; `None` if it may be a question.
pub(crate) fn small_talk(text: &str) -> Option<SmallTalk> {
    let folded: String = text.chars().map(fold_char).collect();
    if !folded.chars().any(char::is_alphanumeric) {
        return Some(SmallTalk::NoWords);
    }
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != ' ')
        .map(str::trim)
        .filter(|words| !words.is_empty())
        .collect();
    let mut said = None;
    for word in words {
        said = Some(kind(word)?);
    }
    said
}

fn kind(word: &str) -> Option<SmallTalk> {
    let is = |list: &[&str]| {
        let mut rest = word;
        loop {
            if list.contains(&rest) {
                return true;
            }
            match FRIENDLY.iter().find_map(|tail| rest.strip_suffix(tail).or_else(|| rest.strip_prefix(tail))) {
                Some(shorter) if !shorter.trim().is_empty() => rest = shorter.trim(),
                _ => return false,
            }
        }
    };
    [
        (SmallTalk::Hello, HELLO.as_slice()),
        (SmallTalk::Thanks, &THANKS),
        (SmallTalk::Goodbye, &GOODBYE),
        (SmallTalk::Help, &HELP),
    ]
    .into_iter()
    .find_map(|(kind, list)| is(list).then_some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<SmallTalk>) {
        assert_eq!(small_talk(text), expected, "{text}");
    }

    #[test]
    fn small_talk_is_told_from_questions() {
        check("你好！", Some(SmallTalk::Hello));
        check("妳好呀～", Some(SmallTalk::Hello));
        check("Hello!", Some(SmallTalk::Hello));
        check("好的，謝謝你啦", Some(SmallTalk::Thanks));
        check("Thank you", Some(SmallTalk::Thanks));
        check("拜拜👋", Some(SmallTalk::Goodbye));
        check("你能做什么？", Some(SmallTalk::Help));
        check("👍👍", Some(SmallTalk::NoWords));
        check("？？？", Some(SmallTalk::NoWords));
        check("你好，大零号湾多大", None);
        check("好的园区", None);
        check("产业", None);
    }
}
