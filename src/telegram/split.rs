//! Several questions in one message, told apart by lines, question marks and the numbers of a list. Knows nothing of
//! answers.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use crate::analysis::numeral;
use crate::analysis::script::{fold_char, folded, slice};

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

/// Tells the questions of a message apart. What asks nothing belongs to the question after it, or else before it; but each
/// item of a numbered list is a question, whatever it says.
pub(crate) fn questions(text: &str) -> Questions {
    let items = items(text);
    let text = items.iter().fold(text.to_owned(), |text, item| without(&text, item));
    let starts: Vec<usize> = items.iter().map(|item| item.start).collect();
    let is_list = starts.len() > 1;
    let mut all: Vec<String> = Vec::new();
    let mut lead = String::new();
    for (number, stretch) in cut(&text, &starts).into_iter().enumerate() {
        let is_item = is_list && number > 0;
        for piece in stretch.lines().flat_map(pieces) {
            let sentence = if lead.is_empty() { piece.to_owned() } else { format!("{lead} {piece}") };
            if asks(piece) {
                all.push(sentence);
                lead.clear();
            } else {
                lead = sentence;
            }
        }
        if is_item && !lead.is_empty() {
            all.push(std::mem::take(&mut lead));
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

/// The parts of a question between its commas, if there are several and each is sure to ask something by itself.
pub(crate) fn clauses(text: &str) -> Option<Vec<&str>> {
    // What asks, and what makes no question of it: 没什么钱, 什么都行, 如果有哪些. Few of a thing (几) may be told as well as
    // asked for, and in English a word that asks may also relate.
    static ASKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "什么|啥|哪|谁|多少|多[大久长远高]|怎么|怎样|咋|如何|为何|是否|有没有|能不能|可不可以|是不是|[吗么]$",
        )
        .expect("the pattern is tested")
    });
    static TELLS: LazyLock<Regex> = LazyLock::new(|| {
        let asking = "(?:什么|啥|哪|谁|多[少大久长远高]|怎么|怎样|如何)";
        let told = format!(
            "[没不无任](?:有|太|管|论)?{asking}|{asking}.{{0,4}}[都也]|如果|要是|假如|万一|无论|不管|听说|不清楚|(?<![想要])知道"
        );
        Regex::new(&told).expect("the pattern is tested")
    });
    let is_sure = |part: &&str| {
        let folded = folded(part);
        let folded = folded.trim_end_matches(['?', '？', '!', '！', '。', '.', ' ']);
        ASKS.is_match(folded).unwrap_or(false) && !TELLS.is_match(folded).unwrap_or(true)
    };
    let parts: Vec<&str> = text.split(['，', ',', '；', ';']).map(str::trim).collect();
    ((2..=MAX_QUESTIONS).contains(&parts.len()) && parts.iter().all(is_sure)).then_some(parts)
}

/// Where the items of a numbered list have their numbers: 1, 2, 3 …, at the beginning of a line or after a space. A number
/// alone is one too where it begins the message.
fn items(text: &str) -> Vec<Range<usize>> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:(?<=[\s。；;：:？?！!])|^)(?:[（(](?<a>[0-9]{1,2}|[一二三四五六七八九十])[)）]|(?<b>[0-9]{1,2}|[一二三四五六七八九十])(?:[.．](?![0-9])|、(?![0-9])|[)）])|(?<c>[①②③④⑤⑥⑦⑧⑨⑩]))\s*",
        )
        .expect("the pattern is tested")
    });
    let mut items: Vec<Range<usize>> = Vec::new();
    for found in NUMBER.captures_iter(text).map_while(Result::ok) {
        let number = ["a", "b", "c"].into_iter().find_map(|name| found.name(name)).map_or("", |number| number.as_str());
        if let Some(whole) = found.get(0).filter(|_| value(number) == Some(items.len() + 1)) {
            items.push(whole.range());
        }
    }
    let begins = |item: &Range<usize>| text.get(..item.start).is_some_and(|before| before.trim().is_empty());
    if items.len() > 1 || items.first().is_some_and(begins) { items } else { Vec::new() }
}

/// What a list's number says.
fn value(number: &str) -> Option<usize> {
    let circled = || Some("①②③④⑤⑥⑦⑧⑨⑩".chars().position(|c| number.chars().eq([c]))? + 1);
    numeral::value(number).or_else(circled)
}

/// A text with spaces for the bytes of a range.
fn without(text: &str, range: &Range<usize>) -> String {
    let spaces = " ".repeat(range.len());
    format!("{}{spaces}{}", slice(text, 0..range.start), slice(text, range.end..text.len()))
}

/// A text cut at some places; the first part is what stands before them all.
fn cut<'a>(text: &'a str, starts: &[usize]) -> Vec<&'a str> {
    let ends = starts.iter().copied().chain([text.len()]);
    let from = std::iter::once(0).chain(starts.iter().copied());
    from.zip(ends).map(|(from, end)| slice(text, from..end)).collect()
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
        check("1. 位置在哪?\n\n2. 多大??", &["位置在哪?", "多大??"]);
    }

    #[test]
    fn each_item_of_a_numbered_list_is_a_question() {
        let items = ["大零号湾面积", "菊园院士", "松江角色"];
        check("1. 大零号湾面积\n2. 菊园院士\n3. 松江角色", &items);
        check("一、大零号湾面积\n二、菊园院士\n三、松江角色", &items);
        check("（1）大零号湾面积 （2）菊园院士 （3）松江角色", &items);
        check("①大零号湾面积\n②菊园院士\n③松江角色", &items);
        check("我想知道：\n1、菊园院士\n2、黄浦贷款", &["我想知道： 菊园院士", "黄浦贷款"]);
        check("我想知道：1、菊园院士 2、黄浦贷款", &["我想知道： 菊园院士", "黄浦贷款"]);
        check("1.菊园有多少院士？他们是谁？\n2.黄浦贷款", &["菊园有多少院士？", "他们是谁？", "黄浦贷款"]);
    }

    #[test]
    fn numbers_that_are_no_list_stay() {
        check("1.5平方公里是哪里", &["1.5平方公里是哪里"]);
        check("1、2号楼在哪", &["1、2号楼在哪"]);
        check("一廊九区\n3+3+X", &["一廊九区\n3+3+X"]);
        check("面积 2. 多少", &["面积 2. 多少"]);
        check("1. 大零号湾面积", &["大零号湾面积"]);
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
    fn commas_part_what_asks_on_each_side() {
        let parts = |text| clauses(text).map_or(1, |parts| parts.len());
        for (text, expected) in [
            ("人才公寓租金多少，怎么申请，要什么材料？", 3),
            ("大零號灣在哪裡,面積多大", 2),
            ("周末开门吗，在哪里", 2),
            ("不知道在哪里，怎么走", 1),
            ("我是做芯片的，有什么补贴", 1),
            ("刚创业没什么钱，怎么申请补贴", 1),
            ("公司成立几年了，怎么申请补贴", 1),
            ("有几个专利，怎么申请补贴", 1),
            ("做什么都行，怎么入驻", 1),
            ("如果有哪些问题，怎么投诉", 1),
            ("我知道租金多少，怎么申请", 1),
            ("a founder who builds chips, what subsidies", 1),
            ("一是什么，二是什么，三是什么，四是什么，五是什么", 1),
            ("在哪里，", 1),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn the_fifth_question_is_left_out() {
        let five = questions("一？二？三？四？五？");
        assert_eq!((five.all.len(), five.more), (4, true));
    }
}
