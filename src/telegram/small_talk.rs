//! What is no question to the documents: greetings, thanks, words to the bot itself, no words at all. Knows words, no
//! answers. The phrases are data: `small_talk.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::analysis::script::{fold_char, is_han};

/// More characters are no small talk.
const MAX_CHARS: usize = 60;

/// What somebody says who asks nothing, in the order in which one kind outweighs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SmallTalk {
    /// Look that up, please: what somebody else wrote is meant.
    Refer,
    /// I want to speak to a human.
    Desk,
    /// Is that so? You are wrong.
    Doubt,
    /// In more detail, once more: what was said is to be said otherwise.
    Closer,
    /// Go on, more: what comes next.
    More,
    /// Are you a human?
    About,
    /// What can you do?
    Help,
    /// Goodbye.
    Goodbye,
    /// Thanks.
    Thanks,
    /// Well done.
    Praise,
    /// Hello.
    Hello,
    /// Yes, no, I see, never mind.
    Noted,
    /// Emoji or punctuation.
    NoWords,
    /// Words that say nothing alone.
    Friendly,
}

#[derive(Deserialize)]
struct File {
    kind: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: SmallTalk,
    phrases: Vec<String>,
}

/// Every phrase and its kind, the longest first.
static PHRASES: LazyLock<Vec<(Vec<char>, SmallTalk)>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("small_talk.toml")).expect("small_talk.toml is tested to be valid");
    let mut phrases: Vec<(Vec<char>, SmallTalk)> = file
        .kind
        .into_iter()
        .flat_map(|entry| entry.phrases.into_iter().map(move |phrase| (phrase.chars().collect(), entry.name)))
        .collect();
    phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    phrases
});

/// What a message says if it asks nothing; `None` if it may be a question.
pub(crate) fn small_talk(text: &str) -> Option<SmallTalk> {
    let mut said: Vec<char> = Vec::new();
    for c in text.chars().map(fold_char).map(|c| if c == '’' { '\'' } else { c }) {
        let is_word = c.is_alphanumeric() || c == '\'';
        if is_word || said.last().is_some_and(|last| *last != ' ') {
            said.push(if is_word { c } else { ' ' });
        }
        if said.len() > MAX_CHARS {
            return None;
        }
    }
    if !said.iter().any(|c| c.is_alphanumeric()) {
        return Some(SmallTalk::NoWords);
    }
    weightiest(&said).filter(|kind| *kind != SmallTalk::Friendly)
}

/// The kind that outweighs the others of the phrases that make up a text, from its end to its beginning; `None` if
/// something is left over. Of two ways to read it, the one that begins with the longer phrase.
fn weightiest(said: &[char]) -> Option<SmallTalk> {
    let mut kinds: Vec<Option<SmallTalk>> = vec![None; said.len() + 1];
    kinds[said.len()] = Some(SmallTalk::Friendly);
    for at in (0..said.len()).rev() {
        let rest = &said[at..];
        let letter = |c: Option<&char>| c.is_some_and(|&c| c.is_alphanumeric() && !is_han(c));
        // A Latin word is said whole or not at all.
        let inside = at > 0 && letter(said.get(at - 1)) && letter(rest.first());
        let mut found = PHRASES.iter().filter(|(phrase, _)| {
            let cut = letter(phrase.last()) && letter(rest.get(phrase.len()));
            !inside && !cut && rest.starts_with(phrase)
        });
        kinds[at] = match rest[0] {
            ' ' => kinds[at + 1],
            _ => found.find_map(|(phrase, kind)| Some((*kind).min(kinds[at + phrase.len()]?))),
        };
    }
    kinds[0]
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
        check("呢", None);
        check(&"哈".repeat(100), None);
    }

    #[test]
    fn words_to_the_bot_are_told_in_three_scripts() {
        for (kind, said) in [
            (SmallTalk::Thanks, ["谢谢啦，你真棒", "太感謝了！幫大忙了", "Thanks a lot!"]),
            (SmallTalk::Praise, ["好用", "你太厲害了", "Good job!"]),
            (SmallTalk::About, ["你是真人吗？", "你是機器人嗎", "Are you a robot?"]),
            (SmallTalk::Help, ["我该问什么", "怎麼提問", "What can you do for me?"]),
            (SmallTalk::Hello, ["在吗？想问个事", "有人在嗎", "hello there, how are you"]),
            (SmallTalk::Noted, ["嗯嗯", "好的，沒事了", "OK, I see"]),
            (SmallTalk::More, ["继续", "還有嗎？", "tell me more please"]),
            (SmallTalk::More, ["下一个", "那還有別的嗎", "What else?"]),
            (SmallTalk::Closer, ["再详细一点", "說具體點", "more details, please"]),
            (SmallTalk::Doubt, ["真的吗", "你答錯了", "That’s wrong"]),
            (SmallTalk::Desk, ["转人工", "我要投訴", "I want to complain"]),
            (SmallTalk::Refer, ["帮他查一下", "麻煩你幫他看看", "please answer this"]),
        ] {
            for said in said {
                check(said, Some(kind));
            }
        }
    }

    #[test]
    fn what_only_begins_like_small_talk_is_a_question() {
        for text in [
            "继续教育有什么政策",
            "还有哪些园区",
            "更多园区",
            "还有其他园区吗",
            "下一个地铁站",
            "next park",
            "好的园区有哪些",
            "谢谢，那人才公寓呢",
            "人工智能",
            "查一下人才公寓",
            "机器人",
            "good companies",
            "more parks",
            "thanks to whom",
            "in",
            "goodness",
        ] {
            check(text, None);
        }
    }
}
