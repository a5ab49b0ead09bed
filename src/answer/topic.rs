//! What a question is about, so that the next one may be about the same; and whether a question is about nothing itself
//! but names a detail. Knows no conversation.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::elsewhere::asks_across;
use super::facet;
use super::knowledge::Knowledge;
use super::pattern::matches;
use super::question::Question;
use super::reading::Reading;
use crate::analysis::script::is_han;
use crate::analysis::stretch::is_inside;
use crate::analysis::terms::Kind;

/// More characters that ask for a detail hold the thing itself: 可以 … 吗.
const MAX_ASKING_CHARS: usize = 8;

/// The words of a question without what asks, as typed: 黄浦贷款 of 黄浦有哪些贷款. Words that stood apart stay apart.
pub fn topic(knowledge: &Knowledge, question: &Question) -> String {
    let reading = Reading::of(question.text(), knowledge);
    let names = reading.named.iter().map(|named| named.range.clone());
    let kept: Vec<Range<usize>> = words(&reading).chain(names).collect();
    picked(question.text(), |at| kept.iter().any(|range| range.contains(&at)))
}

/// A question without the names of parks in it, as typed; `None` where it names none.
pub fn beside_parks(knowledge: &Knowledge, question: &Question) -> Option<String> {
    let named = Reading::of(question.text(), knowledge).named;
    let inside = |at: usize| named.iter().any(|named| named.range.contains(&at));
    (!named.is_empty()).then(|| picked(question.text(), |at| !inside(at)))
}

/// One of several things that were spoken of: 第三个是干嘛的.
static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("第[一二三四五六七八九十0-9]+[个条项种类家点]|最后一[个条项种类家点]").expect("the pattern is tested")
});

/// Whether a question names no thing itself, only what is asked of one: 利息多少, 怎么申请.
pub fn names_only_a_detail(knowledge: &Knowledge, question: &Question) -> bool {
    let reading = Reading::of(question.text(), knowledge);
    let text: String = reading.uncut.iter().collect();
    let mut asking: Vec<Range<usize>> =
        facet::asking(&text).into_iter().filter(|range| range.len() <= MAX_ASKING_CHARS).collect();
    asking.extend(matches(&ORDINAL, &text));
    let asks = |word: &Range<usize>| asking.iter().any(|range| is_inside(word, range));
    reading.named.is_empty()
        && !asks_across(&reading)
        && (reading.asked.kind.is_some() || !asking.is_empty())
        && words(&reading).chain(unknown(&reading)).all(|word| asks(&word))
}

/// Single characters that stand side by side: a name that the dictionary does not know, 丁明磊.
fn unknown(reading: &Reading) -> impl Iterator<Item = Range<usize>> {
    let words = reading.tokens.iter().filter(|token| token.kind == Kind::Word && token.range.len() == 1);
    let single: Vec<usize> = words.map(|token| token.range.start).collect();
    let second: Vec<usize> = single.iter().copied().filter(|at| single.contains(&(at + 1))).collect();
    second.into_iter().map(|at| at..at + 2)
}

/// Where the words of a question stand that carry something; a single Han character hardly does.
fn words(reading: &Reading) -> impl Iterator<Item = Range<usize>> {
    let carries = |range: &Range<usize>| range.len() > 1 || !is_han(reading.chars[range.start]);
    let words = reading.tokens.iter().filter(|token| token.kind == Kind::Word);
    words.map(|token| token.range.clone()).filter(carries)
}

/// The characters of a text at the places that are chosen, a space for each stretch of others, and none at its ends.
fn picked(text: &str, chosen: impl Fn(usize) -> bool) -> String {
    let kept: String = text.chars().enumerate().map(|(at, c)| if chosen(at) { c } else { ' ' }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::Words;
    use crate::corpus::{Corpus, Source};

    fn knowledge() -> Knowledge {
        let text = "黄浦有外滩融易行等贷款，院士6名。";
        let source = Source { title: "黄浦".into(), park: Some("黄浦".into()), ..Source::default() };
        let corpus = Corpus::of_passages([(source, text.to_owned())]);
        Knowledge::new(corpus, &Words::default()).unwrap()
    }

    #[test]
    fn a_topic_is_what_is_left_without_asking() {
        let knowledge = knowledge();
        let topic = |text: &str| topic(&knowledge, &Question::new(text).unwrap());
        assert_eq!(topic("黄浦有哪些贷款"), "黄浦 贷款");
        assert_eq!(topic("請問黃浦有幾位院士？"), "黃浦 院士");
        assert_eq!(topic("黄浦英才计划是什么"), "黄浦英才计划");
        assert_eq!(topic("多少钱"), "");
        let beside = |text: &str| beside_parks(&knowledge, &Question::new(text).unwrap());
        assert_eq!(beside("黄浦有多少科技企业").as_deref(), Some("有多少科技企业"));
        assert_eq!(beside("那黃浦呢？").as_deref(), Some("那 呢？"));
        assert_eq!(beside("有多少科技企业"), None);
    }

    #[test]
    fn a_detail_is_told_from_a_thing() {
        let knowledge = knowledge();
        let check = |text: &str, expected: bool| {
            assert_eq!(names_only_a_detail(&knowledge, &Question::new(text).unwrap()), expected, "{text}");
        };
        for text in [
            "利息多少",
            "额度多大",
            "怎么申请",
            "给多少钱",
            "什么时候截止",
            "需要什么材料",
            "為什麼",
            "申请条件",
            "第三个是干嘛的",
            "最大的是哪个",
            "要求本科吗",
            "个人可以吗",
            "how much is it",
        ] {
            check(text, true);
        }
        for text in [
            "那人才公寓呢",
            "哪个园区最大",
            "火星上有水吗",
            "谁赢了世界杯",
            "黄浦多大",
            "人才公寓租金多少",
            "产业",
            "丁明磊是谁",
        ] {
            check(text, false);
        }
    }
}
