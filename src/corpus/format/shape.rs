//! What a line of an original looks like by itself: heading, item, row of a table. Knows nothing of its neighbours.

use super::dates;
use crate::analysis::script::{fold_char, folded, is_han};
use crate::corpus::faq::is_labelled;
use crate::corpus::numbering::{Numbering, numbered};

/// The longest line that may be a heading: two clauses of a newspaper's headline.
const MAX_HEADING_CHARS: usize = 60;
/// The longest row of a table.
const MAX_ROW_CHARS: usize = 160;
/// The longest cell of a row; longer ones are prose with a gap in it.
pub(super) const MAX_CELL_CHARS: usize = 30;

/// The longest label of a fact.
const MAX_LABEL_CHARS: usize = 8;

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text.
    Text,
    /// `# Heading`: its level and how many bytes its mark takes.
    Marked(u8, usize),
    /// An item and how many bytes its bullet takes.
    Bullet(usize),
    /// Short and without an end: a heading, if its neighbours agree.
    Head(Option<Numbering>),
}

/// Marks that only stand before headings.
const BARS: [char; 9] = ['▍', '▎', '▏', '▌', '▋', '▊', '▉', '█', '┃'];

/// Labels before a colon that make a line a fact and not a heading.
const FACTS: &[&str] = &[
    "地址",
    "地点",
    "位置",
    "电话",
    "热线",
    "传真",
    "邮箱",
    "邮编",
    "网址",
    "网站",
    "时间",
    "日期",
    "联系人",
    "联系方式",
    "单位",
    "名称",
    "中文名",
    "外文名",
    "简称",
    "别名",
    "地区",
    "所在地",
    "总部",
    "性质",
    "类别",
    "类型",
    "等级",
    "级别",
    "面积",
    "规模",
    "投资",
    "负责人",
    "法人",
    "主任",
    "备注",
    "注",
    "附件",
    "附",
    "编号",
    "文号",
    "来源",
    "作者",
    "价格",
    "租金",
    "状态",
    "层高",
    "荷载",
    "交通",
    "来自",
    "机构",
    "对象",
    "条件",
    "期限",
    "费用",
    "材料",
    "流程",
    "部门",
    "窗口",
    "依据",
];

/// Reads the shape of a line.
pub(super) fn shape(text: &str) -> Shape {
    if let Some(mark) = marked(text) {
        return Shape::Marked(mark as u8, text.len() - text.get(mark..).map_or("", str::trim_start).len());
    }
    if let Some(bytes) = bullet(text) {
        return Shape::Bullet(bytes);
    }
    // ▍04 落户有什么好处？“十二条”划重点
    if text.starts_with(BARS) && text.chars().count() <= MAX_HEADING_CHARS && !text.ends_with('。') {
        return Shape::Head(None);
    }
    // A character of a heading takes at most four bytes.
    if text.len() <= MAX_HEADING_CHARS * 4 && may_head(text) {
        return Shape::Head(numbered(text).map(|(numbering, _)| numbering));
    }
    Shape::Text
}

/// How many `#` stand before a space.
fn marked(text: &str) -> Option<usize> {
    let level = text.bytes().take_while(|&byte| byte == b'#').count();
    ((1..=6).contains(&level) && text.get(level..)?.starts_with(' ')).then_some(level)
}

fn bullet(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let body = rest.trim_start();
    let spaced = body.len() < rest.len();
    let is = match first {
        '•' | '●' | '■' | '◆' | '◇' | '○' | '▪' | '►' | '▶' | '※' | '✓' | '√' | '➤' | '➢' | '★' | '☆' | '▲' | '△'
        | '·' | '・' | '\u{f06c}' => true,
        '*' | '-' | '–' | '+' | '—' => spaced,
        _ => false,
    };
    (is && !body.is_empty()).then_some(text.len() - body.len())
}

fn may_head(text: &str) -> bool {
    let chars = text.chars().count();
    let last = text.chars().next_back().unwrap_or('。');
    if !(2..=MAX_HEADING_CHARS).contains(&chars)
        || matches!(
            last,
            '。' | '！' | '？' | '!' | '?' | '；' | ';' | '：' | ':' | '，' | ',' | '、' | '…' | '.' | '~' | '—'
        )
    {
        return false;
    }
    let inside = text.contains(['。', '；', '？', '！', '@', '→']) || text.contains("http") || text.contains("www.");
    let whole_bracket =
        text.starts_with(['(', '（', '[']) && text.ends_with([')', '）', ']']) && numbered(text).is_none();
    let written = text.chars().any(|c| is_han(c) || c.is_ascii_alphabetic());
    written
        && !inside
        && !whole_bracket
        && !text.starts_with("——")
        && !is_fact(text)
        && !is_labelled(text)
        && dates::only(text).is_none()
        && !is_document_number(text)
}

/// `地址:…`, and any label before a figure.
fn is_fact(text: &str) -> bool {
    let Some((label, value)) = text.split_once([':', '：']) else {
        return folded(text).starts_with("附件");
    };
    let short = label.chars().count() <= MAX_LABEL_CHARS;
    short && (is_label(label) || value.contains(|c: char| c.is_ascii_digit()))
}

/// Whether a text is the label of a fact: 地址, 占地面积.
pub(super) fn is_label(text: &str) -> bool {
    let label: String = text.chars().map(fold_char).collect();
    label.chars().count() <= MAX_LABEL_CHARS && FACTS.iter().any(|fact| label.ends_with(fact))
}

/// 〔2024〕17号
fn is_document_number(text: &str) -> bool {
    text.contains(['〔', '［']) && text.ends_with(['号', '號'])
}

/// The cells of a line, if it may be a row: three or more, short, and no sentence.
pub(super) fn cells(text: &str) -> usize {
    if text.len() > MAX_ROW_CHARS * 4 || text.contains(['。', '；', '？', '！']) {
        return 0;
    }
    let cells: Vec<&str> = if text.contains('|') {
        text.split('|').collect()
    } else if text.contains('\t') {
        text.split('\t').collect()
    } else {
        text.split_whitespace().collect()
    };
    let cells: Vec<&str> = cells.into_iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
    // English has a space between any two words.
    let english =
        cells.iter().filter(|cell| cell.chars().all(|c| c.is_ascii_alphabetic() || c.is_ascii_punctuation())).count();
    let fits = cells.len() >= 3
        && english * 2 < cells.len()
        && cells.iter().all(|cell| cell.chars().count() <= MAX_CELL_CHARS);
    if fits { cells.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_by_their_look() {
        let check = |text: &str, expected: Shape| assert_eq!(shape(text), expected, "{text}");
        check("## 交通", Shape::Marked(2, 3));
        check("• 食堂: 负一层", Shape::Bullet(4));
        check("- 食堂", Shape::Bullet(2));
        check("-5度", Shape::Head(None));
        check("园区交通", Shape::Head(None));
        check("一、园区交通", Shape::Head(Some(Numbering::Han)));
        check("▍04 落户有什么好处？“十二条”划重点", Shape::Head(None));
        check("稳中求进，园区三年变了样", Shape::Head(None));
        for text in [
            "园区在东边。",
            "材料如下：",
            "地址：东路66号",
            "建筑面积:5万平方米",
            "云办发〔2024〕17号",
            "2024年4月10日",
            "（2023年通过）",
            "https://example.org",
            "问：几点",
            "附件1 申请表",
            "——在大会上的讲话",
        ] {
            check(text, Shape::Text);
        }
    }

    #[test]
    fn rows_have_three_cells_and_no_sentence() {
        for (text, expected) in [
            ("1号楼 厂房 7.8米", 3),
            ("楼栋 | 用途 | 租金 | 备注", 4),
            ("从前 有座山", 0),
            ("The park has three gates", 0),
            ("有 三 个。", 0),
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }
}
