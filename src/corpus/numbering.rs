//! The marks that writers number with: 第一章, 一、, （一）, 1., ①, 一是. Knows nothing of headings or passages.

use crate::analysis::numeral::{digit, one_to_ten};
use crate::analysis::script::fold_char;

/// How a line is numbered, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Numbering {
    /// 第一编, 第一部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 一、
    Han,
    /// （一）
    HanParen,
    /// 1. or 1、 or 1)
    Digit,
    /// 1.2
    Decimal,
    /// （1）
    DigitParen,
    /// ①
    Circled,
}

/// A mark is at most this long: 第一百二十三条 and a space.
const MAX_MARK_CHARS: usize = 12;

/// How a line is numbered, and how many bytes its mark and the spaces after it take.
pub(crate) fn numbered(text: &str) -> Option<(Numbering, usize)> {
    let first = text.chars().next()?;
    if !matches!(first, '第' | '(' | '（' | '0'..='9' | '０'..='９' | '①'..='⑳') && !is_han_digit(first) {
        return None;
    }
    if matches!(first, '①'..='⑳') {
        return Some((Numbering::Circled, with_spaces(text, first.len_utf8())));
    }
    let head: Vec<char> = text.chars().take(MAX_MARK_CHARS).map(fold_char).collect();
    let (kind, chars) = match head[0] {
        '第' => ordinal(&head)?,
        '(' => {
            let (han, end) = digits(&head, 1)?;
            let kind = if han { Numbering::HanParen } else { Numbering::DigitParen };
            (head.get(end) == Some(&')')).then_some((kind, end + 1))?
        }
        _ => bare(&head)?,
    };
    let bytes = text.chars().take(chars).map(char::len_utf8).sum();
    Some((kind, with_spaces(text, bytes)))
}

/// The number of 一是, 二是 … 十是 at the start of a text.
pub(crate) fn ordinal_clause(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    one_to_ten(first).filter(|_| chars.next() == Some('是'))
}

/// 第…章 and its relatives. 条 and 节 also count things (第二条生产线), so they must stand apart.
fn ordinal(head: &[char]) -> Option<(Numbering, usize)> {
    let (_, end) = digits(head, 1)?;
    let apart = head.get(end + 1).is_none_or(|c| c.is_whitespace() || matches!(c, ':' | '、'));
    match head.get(end)? {
        '编' | '篇' if apart => Some((Numbering::Part, end + 1)),
        '部' if head.get(end + 1) == Some(&'分') => Some((Numbering::Part, end + 2)),
        '章' => Some((Numbering::Chapter, end + 1)),
        '节' if apart => Some((Numbering::Section, end + 1)),
        '条' if apart => Some((Numbering::Article, end + 1)),
        _ => None,
    }
}

/// 一、 or 1. or 1.2 followed by a space.
fn bare(head: &[char]) -> Option<(Numbering, usize)> {
    let (han, mut end) = digits(head, 0)?;
    if han {
        return match head.get(end)? {
            '、' | '.' => Some((Numbering::Han, end + 1)),
            c if c.is_whitespace() => Some((Numbering::Han, end)),
            _ => None,
        };
    }
    let mut kind = Numbering::Digit;
    while head.get(end) == Some(&'.')
        && let Some((false, next)) = digits(head, end + 1)
    {
        (kind, end) = (Numbering::Decimal, next);
    }
    match (kind, head.get(end)) {
        (Numbering::Decimal, Some(c)) if c.is_whitespace() => Some((kind, end)),
        (Numbering::Digit, Some('.' | '、' | ')')) if end <= 3 => Some((kind, end + 1)),
        _ => None,
    }
}

/// Whether the number at `from` is Chinese, and where it ends.
fn digits(head: &[char], from: usize) -> Option<(bool, usize)> {
    let run = |is: fn(char) -> bool| head.iter().skip(from).take_while(|&&c| is(c)).count();
    match (run(|c| c.is_ascii_digit()), run(is_han_digit)) {
        (0, 0) => None,
        (0, han) => Some((true, from + han)),
        (ascii, _) => Some((false, from + ascii)),
    }
}

fn is_han_digit(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百')
}

fn with_spaces(text: &str, bytes: usize) -> usize {
    let rest = text.get(bytes..).unwrap_or_default();
    bytes + rest.len() - rest.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(Numbering, &str)>) {
        let found =
            numbered(text).map(|(kind, bytes)| (kind, text.get(bytes..).expect("a mark ends between characters")));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_are_told_apart() {
        check("第一章 总则", Some((Numbering::Chapter, "总则")));
        check("第一部分 概况", Some((Numbering::Part, "概况")));
        check("第十二條　補助", Some((Numbering::Article, "補助")));
        check("一、概况", Some((Numbering::Han, "概况")));
        check("一　概况", Some((Numbering::Han, "概况")));
        check("（十一）租金", Some((Numbering::HanParen, "租金")));
        check("(3) 租金", Some((Numbering::DigitParen, "租金")));
        check("1．租金", Some((Numbering::Digit, "租金")));
        check("12、租金", Some((Numbering::Digit, "租金")));
        check("1.2 租金", Some((Numbering::Decimal, "租金")));
        check("①租金", Some((Numbering::Circled, "租金")));
    }

    #[test]
    fn numbers_in_a_sentence_are_no_marks() {
        for text in ["", "第二条生产线投产", "2.5亿元", "2023年", "一个园区", "（一期）", "2023.5", "第三方", "一条路"]
        {
            check(text, None);
        }
    }

    #[test]
    fn clauses_are_counted() {
        assert_eq!(ordinal_clause("三是租金"), Some(3));
        assert_eq!(ordinal_clause("三十"), None);
    }
}
