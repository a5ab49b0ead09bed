//! Lines of an original into pieces: which line is a heading, of which depth, and what is a list or a table. Knows
//! nothing of titles or web pages.

use super::columns;
use super::shape::{Shape, cells, shape};
use super::stack::{Class, Stack};
use crate::analysis::script::{folded, is_han};
use crate::analysis::sentence::ends_sentence;
use crate::corpus::document::BlockKind;
use crate::corpus::faq::answer_in_line;
use crate::corpus::layout::{CAPTION_DEPTH, Piece};
use crate::corpus::line::{Line, one_line};
use crate::corpus::numbering::ordinal_clause;

/// So many headings in a row are a table with one cell a line.
const MIN_COLUMN_LINES: usize = 3;
/// So many lines with cells make a table.
const MIN_TABLE_LINES: usize = 3;
/// The share of lines in a box of facts, in percent, that are facts.
const FACTS_PERCENT: usize = 70;
/// The share of lines below a blank one, in percent, from which blank lines tell nothing.
const SPACED_PERCENT: usize = 70;

/// What a line is among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Text,
    Item(usize),
    Row,
    /// A further cell of the row that begins above it.
    Cell,
    /// The caption or the header row of the table that follows.
    Caption,
    Heading(Class, usize),
    /// 正文: ends what stands before it and names nothing.
    Reset,
}

/// The pieces of the lines, in their order; questions are still blocks.
pub(super) fn outline(lines: &[Line<'_>]) -> Vec<Piece> {
    let roles = roles(lines);
    let mut stack = Stack::default();
    let mut pieces = Vec::with_capacity(lines.len());
    let mut captions = 0;
    for (at, (line, role)) in lines.iter().zip(&roles).enumerate() {
        if captions > 0 && !matches!(role, Role::Row | Role::Cell | Role::Caption) {
            pieces.push(Piece::Close(CAPTION_DEPTH));
            captions = 0;
        }
        match *role {
            Role::Text => paragraph(&mut pieces, line.text),
            Role::Item(mark) => pieces.push(Piece::block(BlockKind::Item, line.text.get(mark..).unwrap_or_default())),
            Role::Row => pieces.push(Piece::block(BlockKind::Row, row(lines, &roles, at))),
            Role::Cell => {}
            Role::Caption => {
                pieces.push(heading(CAPTION_DEPTH + captions, &row(lines, &roles, at), 0));
                captions = 1;
            }
            Role::Heading(class, mark) => pieces.push(heading(stack.push(class), line.text, mark)),
            Role::Reset => pieces.push(Piece::Close(stack.reset())),
        }
    }
    pieces
}

/// The text of a row, with the cells that stand on lines of their own.
fn row(lines: &[Line<'_>], roles: &[Role], at: usize) -> String {
    let cells = roles[at + 1..].iter().take_while(|role| **role == Role::Cell).count();
    lines[at..=at + cells].iter().map(|line| line.text).collect::<Vec<_>>().join(" | ")
}

fn heading(depth: u8, text: &str, mark: usize) -> Piece {
    let text = text.get(mark..).unwrap_or(text);
    Piece::Heading { depth, line: text.to_owned(), name: one_line(text) }
}

fn paragraph(pieces: &mut Vec<Piece>, text: &str) {
    let at = answer_in_line(text).unwrap_or(text.len());
    let (question, answer) = text.split_at(at);
    for part in [question.trim_end(), answer] {
        if !part.is_empty() {
            pieces.push(Piece::block(BlockKind::Paragraph, part));
        }
    }
}

fn roles(lines: &[Line<'_>]) -> Vec<Role> {
    let shapes: Vec<Shape> = lines.iter().map(|line| shape(line.text)).collect();
    let mut roles: Vec<Role> = shapes
        .iter()
        .map(|shape| match *shape {
            Shape::Marked(level, mark) => Role::Heading(Class::Marked(level), mark),
            Shape::Bullet(mark) => Role::Item(mark),
            Shape::Text | Shape::Head(_) => Role::Text,
        })
        .collect();
    let spaced = lines.iter().filter(|line| line.after_blank).count() * 100 >= lines.len() * SPACED_PERCENT;
    columns(lines, spaced, &mut roles);
    tables(lines, &mut roles);
    numbered_headings(&shapes, &mut roles);
    bare_headings(lines, spaced, &shapes, &mut roles);
    labels(lines, &mut roles);
    depths(lines, &mut roles);
    roles
}

/// Tables whose cells stand one a line.
fn columns(lines: &[Line<'_>], spaced: bool, roles: &mut [Role]) {
    for table in columns::tables(lines, spaced) {
        for (number, at) in table.lines.enumerate() {
            roles[at] = match (number / table.columns, number % table.columns) {
                (_, cell) if cell > 0 => Role::Cell,
                (0, _) if table.headed => Role::Caption,
                _ => Role::Row,
            };
        }
    }
}

/// Runs of lines with about the same number of cells; the first is the header if only it has no figures.
fn tables(lines: &[Line<'_>], roles: &mut [Role]) {
    let cells: Vec<usize> = lines.iter().map(|line| cells(line.text)).collect();
    let mut from = 0;
    while from < lines.len() {
        let run = cells[from..].iter().take_while(|&&count| count > 0 && count.abs_diff(cells[from]) <= 2).count();
        if run >= MIN_TABLE_LINES {
            roles[from..from + run].fill(Role::Row);
            let figures = |at: usize| has_figures(lines[at].text);
            if !figures(from) && (from + 1..from + run).any(figures) {
                roles[from] = Role::Caption;
            }
        }
        from += run.max(1);
    }
}

/// Whether a row has other figures than years, which are names of columns as well.
fn has_figures(row: &str) -> bool {
    let runs = row.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.into_iter().any(|run| !(run.len() == 4 && (run.starts_with("19") || run.starts_with("20"))))
}

/// A numbered line without an end is a heading if something stands under it, and an item of a list if only more of its
/// kind do.
fn numbered_headings(shapes: &[Shape], roles: &mut [Role]) {
    let number = |at: usize| match shapes.get(at) {
        Some(Shape::Head(number)) => *number,
        _ => None,
    };
    for at in 0..shapes.len() {
        let Some(numbering) = number(at).filter(|_| roles[at] == Role::Text) else { continue };
        let listed = at > 0 && number(at - 1) == Some(numbering) && matches!(roles[at - 1], Role::Item(_));
        let followed = at + 1 < shapes.len() && number(at + 1) != Some(numbering);
        roles[at] = if followed && !listed { Role::Heading(Class::Numbered(numbering), 0) } else { Role::Item(0) };
    }
}

/// Short lines without a number or an end. One or two of them above a text are its headings; more are a table with one
/// cell a line, of which the first is the caption.
fn bare_headings(lines: &[Line<'_>], spaced: bool, shapes: &[Shape], roles: &mut [Role]) {
    let bare = |at: usize, roles: &[Role]| roles[at] == Role::Text && shapes[at] == Shape::Head(None);
    let mut from = 0;
    while from < lines.len() {
        if !bare(from, roles) {
            from += 1;
            continue;
        }
        let mut to = from + 1;
        while to < lines.len() && bare(to, roles) && (spaced || !lines[to].after_blank) {
            to += 1;
        }
        run(lines, roles, from, to);
        from = to;
    }
}

fn run(lines: &[Line<'_>], roles: &mut [Role], from: usize, to: usize) {
    let below = roles.get(to).copied();
    let prose = |at: usize| {
        lines.get(at).is_some_and(|line| {
            line.text.ends_with(|c| ends_sentence(c) || matches!(c, '”' | '）' | ')' | '」' | '：' | ':'))
        })
    };
    let figures = |at: usize| lines[at].text.contains(|c: char| c.is_ascii_digit());
    // A name above a date is a signature; one at the very end names nothing.
    let signed = lines.get(to).is_some_and(|line| super::dates::only(line.text).is_some());
    match (to - from, below) {
        (_, None) => {}
        _ if signed => {}
        (length, below) if length < MIN_COLUMN_LINES => {
            let table = matches!(below, Some(Role::Row | Role::Caption));
            for (nth, role) in roles[from..to].iter_mut().enumerate() {
                let sub = nth > 0 && !table;
                *role = match (table && nth + 1 == length, sub) {
                    (true, _) => Role::Caption,
                    (_, true) => Role::Heading(Class::Sub, 0),
                    _ => Role::Heading(Class::Plain, 0),
                };
            }
        }
        (_, below) => {
            let last = to - 1;
            let heads_text = !figures(last) && (below != Some(Role::Text) || prose(to));
            let headed = from > 0 && matches!(roles[from - 1], Role::Heading(..));
            roles[from..to].fill(Role::Row);
            let facts = (from..to).filter(|&at| is_fact(lines[at].text)).count();
            let boxed = is_fact(lines[from].text) && facts * 100 >= (to - from) * FACTS_PERCENT;
            if !headed && !boxed && !figures(from) {
                roles[from] = Role::Heading(Class::Plain, 0);
            }
            if heads_text && !(boxed && is_fact(lines[last].text)) {
                roles[last] = Role::Heading(Class::Plain, 0);
            }
        }
    }
}

/// 面积 94公顷: a label and its value with a space between them, as boxes of facts have.
fn is_fact(text: &str) -> bool {
    const MAX_LABEL_CHARS: usize = 8;
    text.split_once(char::is_whitespace).is_some_and(|(label, value)| {
        let label: Vec<char> = label.chars().collect();
        (2..=MAX_LABEL_CHARS).contains(&label.len()) && label.iter().all(|&c| is_han(c)) && !value.trim().is_empty()
    })
}

/// Headings that every document may have: some name nothing, some stand beside all others.
fn labels(lines: &[Line<'_>], roles: &mut [Role]) {
    for (line, role) in lines.iter().zip(roles) {
        if !matches!(role, Role::Heading(Class::Plain | Class::Sub, _)) {
            continue;
        }
        match folded(line.text).as_str() {
            "全文内容" | "正文内容" | "文件内容" | "文件全文" | "政策全文" | "政策内容" | "方案全文" | "详细内容"
            | "内容详情" | "具体内容" | "原文" | "原文如下" => *role = Role::Reset,
            "结论" | "结语" | "总结" | "小结" | "结束语" | "联系方式" | "常见问题" | "常见问题解答" | "常见问答"
            | "问答" | "附则" | "附录" | "参考资料" | "参考文献" | "faq" => {
                *role = Role::Heading(Class::Outer, 0);
            }
            _ => {}
        }
    }
}

/// Where some headings read 甲:乙 and others do not, the former stand above the latter.
fn depths(lines: &[Line<'_>], roles: &mut [Role]) {
    let is_plain = |role: &Role| matches!(role, Role::Heading(Class::Plain, _));
    // 一核:… is a label and a name; a headline has a phrase on either side.
    let phrases = |text: &str| {
        text.split_once([':', '：'])
            .is_some_and(|(left, right)| left.chars().count() >= 4 && right.chars().count() >= 4)
    };
    let plain: Vec<usize> = (0..roles.len()).filter(|&at| is_plain(&roles[at])).collect();
    let outer: Vec<usize> = plain.iter().copied().filter(|&at| phrases(lines[at].text)).collect();
    if outer.len() >= 2 && plain.len() >= outer.len() + 2 && plain.first() == outer.first() {
        for at in outer {
            roles[at] = Role::Heading(Class::Outer, 0);
        }
    }
    // 一是… is never a heading, short as it may be.
    for (line, role) in lines.iter().zip(roles) {
        if ordinal_clause(line.text).is_some() && matches!(role, Role::Heading(Class::Plain | Class::Sub, _)) {
            *role = Role::Item(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::line::lines;

    /// One line a piece: `#` and the depth for a heading, `=` for a caption, `-` for an item, `|` for a row.
    fn check(text: &str, expected: &[&str]) {
        let seen: Vec<String> = outline(&lines(text))
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Heading { depth, name, .. } if depth >= CAPTION_DEPTH => Some(format!("= {name}")),
                Piece::Heading { depth, name, .. } => Some(format!("#{depth} {name}")),
                Piece::Block { kind: BlockKind::Item, text, .. } => Some(format!("- {text}")),
                Piece::Block { kind: BlockKind::Row, text, .. } => Some(format!("| {text}")),
                Piece::Block { text, .. } => Some(text),
                Piece::Close(_) | Piece::Line(_) => None,
            })
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn numbered_lines_are_headings_where_something_stands_under_them() {
        check(
            "一、概况\n（一）位置\n在东边。\n（二）面积\n很大。\n二、政策\n1.补贴。有。",
            &["#1 一、概况", "#2 （一）位置", "在东边。", "#2 （二）面积", "很大。", "#1 二、政策", "1.补贴。有。"],
        );
        check(
            "材料：\n1. 申请表\n2. 执照\n3. 身份证\n请备齐。",
            &["材料：", "- 1. 申请表", "- 2. 执照", "- 3. 身份证", "请备齐。"],
        );
        check("第一章 总则\n第一条 为了发展，制定本办法。", &["#1 第一章 总则", "第一条 为了发展，制定本办法。"]);
    }

    #[test]
    fn short_lines_above_text_are_headings() {
        check(
            "园区位置\n在东边。\n园区面积\n很大。\n云禾区政府",
            &["#1 园区位置", "在东边。", "#1 园区面积", "很大。", "云禾区政府"],
        );
        check("园区概况\n位置\n在东边。", &["#1 园区概况", "#2 位置", "在东边。"]);
        check("特此通知。\n云禾区政府\n2024年4月10日", &["特此通知。", "云禾区政府", "2024年4月10日"]);
        check("# 概况\n在东边。\n## 面积\n很大。", &["#1 概况", "在东边。", "#2 面积", "很大。"]);
    }

    #[test]
    fn headlines_of_two_phrases_stand_above_the_others() {
        check(
            "产业园区:三年变了样\n好。\n位置\n东。\n人才公寓:住得起住得好\n多。\n结论\n好。\n面积\n大。",
            &[
                "#1 产业园区:三年变了样",
                "好。",
                "#2 位置",
                "东。",
                "#1 人才公寓:住得起住得好",
                "多。",
                "#1 结论",
                "好。",
                "#2 面积",
                "大。",
            ],
        );
    }

    #[test]
    fn a_label_that_names_nothing_ends_what_stands_before() {
        check("发布信息\n已印发。\n全文内容\n现发布如下。", &["#1 发布信息", "已印发。", "现发布如下。"]);
    }

    #[test]
    fn rows_keep_their_caption_and_header() {
        check(
            "一、租金\n租金表\n楼栋 用途 租金\n1号楼 厂房 26元\n2号楼 办公 38元\n另收物业费。",
            &["#1 一、租金", "= 租金表", "= 楼栋 用途 租金", "| 1号楼 厂房 26元", "| 2号楼 办公 38元", "另收物业费。"],
        );
        check(
            "中文名 金山谷\n外文名 Jinshan Valley\n面积 94公顷\n主任 陶景棠\n金山谷在东边。",
            &["| 中文名 金山谷", "| 外文名 Jinshan Valley", "| 面积 94公顷", "| 主任 陶景棠", "金山谷在东边。"],
        );
        check(
            "一、指标\n指标 单位 2020年 2025年\n产值 亿元 23.7 65\n公寓 套 850 6000",
            &["#1 一、指标", "= 指标 单位 2020年 2025年", "| 产值 亿元 23.7 65", "| 公寓 套 850 6000"],
        );
        check("一、荣誉\n国家级孵化器\n省级基地\n市级园区", &["#1 一、荣誉", "国家级孵化器", "省级基地", "市级园区"]);
        check(
            "主要指标\n产值100亿\n税收20亿\n企业300家\n人才\n园区有人才三万。",
            &["#1 主要指标", "| 产值100亿", "| 税收20亿", "| 企业300家", "#1 人才", "园区有人才三万。"],
        );
    }

    #[test]
    fn bullets_go_and_their_text_stays() {
        check("• 食堂：负一层\n- 班车：早晚六班", &["- 食堂：负一层", "- 班车：早晚六班"]);
    }
}
