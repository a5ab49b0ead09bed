//! Text into Markdown that reads as that text: only what would be markup is escaped, so that people can still read it.

use std::fmt::Write as _;

/// Escapes one line of text. Bars are left to whoever writes tables.
pub(super) fn escaped(text: &str) -> String {
    // A mark that stands alone emphasises nothing.
    let paired = |mark: char| text.matches(mark).nth(1).is_some();
    let pairs: Vec<char> = ['*', '_', '~', '`'].into_iter().filter(|&mark| paired(mark)).collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let start = block_mark(text);
    let mut at = 0;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let markup = match c {
            '\\' | '[' => true,
            '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            c => pairs.contains(&c),
        };
        if markup || start == Some(at) {
            out.push('\\');
        }
        // A tab at the end of a line or a character that no line of Markdown keeps.
        if c.is_control() && c != '\t' {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
        at += c.len_utf8();
    }
    // ` ##` at the end closes a heading.
    let closing = text.trim_end_matches('#');
    if closing.len() < text.len() && closing.ends_with([' ', '\t']) {
        out.insert(out.len() - (text.len() - closing.len()), '\\');
    }
    out
}

/// The byte of a mark at the start that would make the line a heading, a list, a quotation, a rule or a fence.
fn block_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let spaced = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    match first {
        '>' | '=' => Some(0),
        '#' => spaced(text.trim_start_matches('#')).then_some(0),
        '+' => spaced(text.get(1..)?).then_some(0),
        '-' | '*' | '_' => {
            let rule = text.chars().all(|c| c == first || c == ' ' || c == '\t');
            (rule || spaced(text.get(1..)?)).then_some(0)
        }
        '~' => text.starts_with("~~~").then_some(0),
        '`' => text.starts_with("```").then_some(0),
        '0'..='9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let rest = text.get(digits..)?;
            (rest.starts_with(['.', ')']) && spaced(rest.get(1..)?)).then_some(digits)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_markup_is_escaped() {
        for (text, expected) in [
            ("园区在东边。", "园区在东边。"),
            ("9:00~18:00", "9:00~18:00"),
            ("9:00~12:00、13:00~18:00", "9:00\\~12:00、13:00\\~18:00"),
            ("# 号楼", "\\# 号楼"),
            ("1. 申请表", "1\\. 申请表"),
            ("1.5亿元", "1.5亿元"),
            ("- 副本", "\\- 副本"),
            ("-5度", "-5度"),
            ("---", "\\---"),
            ("[附件](a)", "\\[附件](a)"),
            ("a<b", "a\\<b"),
            ("3 < 5", "3 < 5"),
            ("R&D", "R\\&D"),
            ("C#", "C#"),
            ("C #", "C \\#"),
            ("a_b", "a_b"),
            ("\\", "\\\\"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
