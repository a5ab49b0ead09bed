//! Lines of an original into pieces: which line is a heading, of which depth, and what is a list or a table. Knows
//! nothing of titles or web pages.

use super::shape::{Shape, cells, shape};
use super::stack::{Class, Stack};
use crate::analysis::script::folded;
use crate::analysis::sentence::ends_sentence;
use crate::corpus::document::BlockKind;
use crate::corpus::faq::answer_in_line;
use crate::corpus::layout::{CAPTION_DEPTH, Piece};
use crate::corpus::line::Line;
use crate::corpus::numbering::ordinal_clause;

/// So many headings in a row are a table with one cell a line.
const MIN_COLUMN_LINES: usize = 3;
/// So many lines with cells make a table.
const MIN_TABLE_LINES: usize = 3;
/// The share of lines below a blank one, in percent, from which blank lines tell nothing.
const SPACED_PERCENT: usize = 70;

/// What a line is among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Text,
    Item(usize),
    Row,
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
    for (line, role) in lines.iter().zip(&roles) {
        if captions > 0 && !matches!(role, Role::Row | Role::Caption) {
            pieces.push(Piece::Close(CAPTION_DEPTH));
            captions = 0;
        }
        match *role {
            Role::Text => paragraph(&mut pieces, line.text),
            Role::Item(mark) => pieces.push(Piece::block(BlockKind::Item, line.text.get(mark..).unwrap_or_default())),
            Role::Row => pieces.push(Piece::block(BlockKind::Row, line.text)),
            Role::Caption => {
                pieces.push(heading(CAPTION_DEPTH + captions, line.text, 0));
                captions = 1;
            }
            Role::Heading(class, mark) => pieces.push(heading(stack.push(class), line.text, mark)),
            Role::Reset => pieces.push(Piece::Close(stack.reset())),
        }
    }
    pieces
}

fn heading(depth: u8, text: &str, mark: usize) -> Piece {
    let text = text.get(mark..).unwrap_or(text);
    Piece::Heading { depth, line: text.to_owned(), name: text.split_whitespace().collect::<Vec<_>>().join(" ") }
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
    tables(lines, &mut roles);
    numbered_headings(&shapes, &mut roles);
    bare_headings(lines, &shapes, &mut roles);
    labels(lines, &mut roles);
    depths(lines, &mut roles);
    roles
}

/// Runs of lines with about the same number of cells; the first is the header if only it has no figures.
fn tables(lines: &[Line<'_>], roles: &mut [Role]) {
    let cells: Vec<usize> = lines.iter().map(|line| cells(line.text)).collect();
    let mut from = 0;
    while from < lines.len() {
        let run = cells[from..].iter().take_while(|&&count| count > 0 && count.abs_diff(cells[from]) <= 2).count();
        if run >= MIN_TABLE_LINES {
            roles[from..from + run].fill(Role::Row);
            let figures = |at: usize| lines[at].text.contains(|c: char| c.is_ascii_digit());
            if !figures(from) && (from + 1..from + run).any(figures) {
                roles[from] = Role::Caption;
            }
        }
        from += run.max(1);
    }
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
fn bare_headings(lines: &[Line<'_>], shapes: &[Shape], roles: &mut [Role]) {
    let spaced = lines.iter().filter(|line| line.after_blank).count() * 100 >= lines.len() * SPACED_PERCENT;
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
    let prose = |at: usize| lines.get(at).is_some_and(|line| line.text.ends_with(|c| ends_sentence(c) || matches!(c, '”' | '）' | ')' | '」' | '：' | ':')));
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
            roles[from..to].fill(Role::Row);
            if !figures(from) {
                roles[from] = Role::Caption;
            }
            if heads_text {
                roles[last] = Role::Heading(Class::Plain, 0);
            }
        }
    }
}

/// Headings that every document may have: some name nothing, some stand beside all others.
fn labels(lines: &[Line<'_>], roles: &mut [Role]) {
    for (line, role) in lines.iter().zip(roles) {
        if !matches!(role, Role::Heading(Class::Plain | Class::Sub, _)) {
            continue;
        }
        match folded(line.text).as_str() {
            "全文内容" | "正文内容" | "文件内容" | "文件全文" | "政策全文" | "政策内容" | "方案全文" | "详细内容" | "内容详情" | "具体内容" | "原文" | "原文如下" => *role = Role::Reset,
            "结论" | "结语" | "总结" | "小结" | "结束语" | "常见问题" | "常见问题解答" | "常见问答" | "问答" | "附则" | "附录" | "参考资料" | "参考文献" | "faq" => {
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
    let phrases = |text: &str| text.split_once([':', '：']).is_some_and(|(left, right)| left.chars().count() >= 4 && right.chars().count() >= 4);
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
