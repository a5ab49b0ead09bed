//! Tables that lost their form on the way: each cell stands on a line of its own. Knows nothing of headings.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use super::shape::{MAX_CELL_CHARS, Shape, cells, is_label, shape};
use crate::analysis::numeral::is_numeral;
use crate::analysis::script::{fold_char, folded, is_han};
use crate::analysis::sentence::ends_sentence;
use crate::corpus::line::Line;

/// How many columns a table has.
const COLUMNS: RangeInclusive<usize> = 2..=8;
/// The fewest rows below the header that show which column a cell belongs to.
const MIN_ROWS: usize = 2;
/// The fewest pairs of a label and its value that make a box of facts.
const MIN_PAIRS: usize = 4;
/// The most lines above the header, like a caption.
const MAX_LEAD: usize = 3;
/// The share of its cells, in percent, that a column holds of one sort.
const AGREEMENT_PERCENT: usize = 75;

/// A table in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Its cells, one a line.
    pub(super) lines: Range<usize>,
    /// How many cells a row has.
    pub(super) columns: usize,
    /// Whether its first row names the columns.
    pub(super) headed: bool,
}

/// The tables whose cells stand one a line, in their order. In a `spaced` text blank lines part nothing.
pub(super) fn tables(lines: &[Line<'_>], spaced: bool) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let more = |&at: &usize| is_cell(lines[at].text) && (at == from || spaced || !lines[at].after_blank);
        let to = (from..lines.len()).take_while(more).last().map_or(from, |last| last + 1);
        match pairs(lines, from..to).or_else(|| table(lines, from..to)) {
            Some(table) => {
                from = table.lines.end;
                tables.push(table);
            }
            None => from = to.max(from + 1),
        }
    }
    tables
}

/// Whether a line may be a cell: short, and neither prose, nor a heading, an item or a row by its looks.
fn is_cell(text: &str) -> bool {
    let short = text.len() <= MAX_CELL_CHARS * 4 && text.chars().count() <= MAX_CELL_CHARS;
    let ends = |c: char| ends_sentence(c) || matches!(c, ':' | '：' | ';' | '；' | ',' | '，' | '、');
    let marked = match shape(text) {
        Shape::Marked(..) | Shape::Bullet(_) => true,
        // 3.5万元 is no third of anything.
        Shape::Head(Some(_)) => !text.starts_with(|c: char| c.is_ascii_digit()),
        Shape::Head(None) | Shape::Text => false,
    };
    short && !text.ends_with(ends) && !text.contains(['。', '：', ':', '|', '@']) && !marked && cells(text) == 0
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Words,
    Figures,
    /// 无, —: as good as either.
    Nothing,
}

fn sort(cell: &str) -> Sort {
    let first = cell.chars().find(|c| c.is_alphanumeric()).map(fold_char);
    match first {
        None => Sort::Nothing,
        Some(_) if matches!(cell, "无" | "無" | "暂无" | "暫無") => Sort::Nothing,
        Some(first) if first.is_ascii_digit() || is_numeral(first) => Sort::Figures,
        Some(_) => Sort::Words,
    }
}

/// A table of as many lines as possible: below a header without figures, words stand under one column's name and figures
/// under another's, and no two rows begin alike.
fn table(lines: &[Line<'_>], run: Range<usize>) -> Option<Table> {
    let leads = 0..=MAX_LEAD.min(run.len());
    let all = leads.flat_map(|lead| COLUMNS.map(move |columns| (lead, columns)));
    let fitting = all.filter_map(|(lead, columns)| {
        let cells: Vec<&str> = lines[run.start + lead..run.end].iter().map(|line| line.text).collect();
        let (rows, agreement) = (MIN_ROWS..cells.len() / columns)
            .rev()
            .find_map(|rows| Some((rows, agreement(cells.get(..columns * (rows + 1))?, columns)?)))?;
        let start = run.start + lead;
        let table = Table { lines: start..start + columns * (rows + 1), columns, headed: true };
        Some(((table.lines.len(), agreement, is_key(cells[0]), MAX_LEAD - lead), table))
    });
    fitting.max_by_key(|(merit, _)| *merit).map(|(_, table)| table)
}

/// How well the cells of a table fit its columns, in percent; `None` where they make no table. The first row is the header.
fn agreement(cells: &[&str], columns: usize) -> Option<usize> {
    let (header, body) = cells.split_at(columns);
    let names = |cell: &&str| sort(cell) == Sort::Words && !is_caption(cell) || is_year(cell);
    if !header.iter().all(names) {
        return None;
    }
    let column = |number: usize| body.iter().skip(number).step_by(columns).copied();
    if column(0).collect::<BTreeSet<_>>().len() < body.len() / columns {
        return None;
    }
    let shares: Vec<(Sort, usize)> = (0..columns)
        .map(|number| {
            let count = |wanted| column(number).filter(|cell| sort(cell) == wanted).count();
            let (words, figures) = (count(Sort::Words), count(Sort::Figures));
            let (most, sort) = if figures > words { (figures, Sort::Figures) } else { (words, Sort::Words) };
            (sort, (100 * most).checked_div(words + figures).unwrap_or(0))
        })
        .collect();
    let agreed =
        |number: usize, (_, share): &(Sort, usize)| *share >= if number == 0 { 100 } else { AGREEMENT_PERCENT };
    let either = [Sort::Words, Sort::Figures].iter().all(|wanted| shares.iter().any(|(sort, _)| sort == wanted));
    let fits = either && shares.iter().enumerate().all(|(number, share)| agreed(number, share));
    fits.then(|| shares.iter().map(|(_, share)| share).sum::<usize>() / columns)
}

/// 2025年 above a column.
fn is_year(cell: &str) -> bool {
    let digits = cell.trim_end_matches('年');
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// 表1 收费标准 names a table and none of its columns.
fn is_caption(cell: &str) -> bool {
    cell.starts_with(['表', '附']) && cell.contains(|c: char| c.is_ascii_digit() || is_numeral(c))
        || cell.ends_with('表')
}

/// What the first column of a table is often called.
fn is_key(cell: &str) -> bool {
    const KEYS: [&str; 28] = [
        "项目", "事项", "名称", "类型", "类别", "种类", "序号", "编号", "年份", "年度", "指标", "楼栋", "楼号", "楼层",
        "楼宇", "区域", "企业", "载体", "岗位", "层次", "等级", "级别", "阶段", "时间", "日期", "部门", "单位", "园区",
    ];
    let cell = folded(cell);
    KEYS.iter().any(|key| cell.ends_with(key))
}

/// A box of facts: labels and their values by turns, without a header.
fn pairs(lines: &[Line<'_>], run: Range<usize>) -> Option<Table> {
    let boxes = (0..=MAX_LEAD.min(run.len())).filter_map(|lead| {
        let start = run.start + lead;
        let label = |pair: &usize| is_label(lines[start + 2 * pair].text);
        let value = |pair: &usize| !is_label(lines[start + 2 * pair + 1].text);
        let name = |pair: usize| lines[start + 2 * pair].text.chars().all(is_han);
        let mut pairs = (run.end - start) / 2;
        while pairs > 0 && !(label(&(pairs - 1)) && value(&(pairs - 1))) {
            pairs -= 1;
        }
        let labels = (0..pairs).filter(label).count();
        let fits = pairs >= MIN_PAIRS
            && labels * 100 >= pairs * AGREEMENT_PERCENT
            && (0..pairs).all(|pair| value(&pair) && name(pair));
        let lines = start..start + 2 * pairs;
        fits.then_some(Table { lines, columns: 2, headed: false }).filter(|_| label(&0))
    });
    boxes.max_by_key(|table| table.lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::line::lines;

    /// The lines of each table, how many columns it has, and whether it has a header.
    fn check(text: &[&str], expected: &[(Range<usize>, usize, bool)]) {
        let text = text.join("\n").replace(' ', "\n");
        let found = tables(&lines(&text), false).into_iter().map(|table| (table.lines, table.columns, table.headed));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn words_stand_under_words_and_figures_under_figures() {
        let rows = ["场地 租金(元) 押金", "甲楼 36 三个月租金", "乙楼 27 二个月租金", "工位 380元/席 500元"];
        check(&rows, &[(0..12, 3, true)]);
        check(&[&["表1收费标准"], &rows[..], &["政策兑现", "有。"]].concat(), &[(1..13, 3, true)]);
        let contacts = ["附件二", "受理部门和电话", "事项 部门 联系人 电话", "落户奖励 产业局 钟岱 0716-5580231"];
        let more = ["标准奖励 科技局 米拉 0716-5580246", "租房补贴 人才局 葛沛 0716-5580259", "申报时间", "三月。"];
        check(&[contacts, more].concat(), &[(2..18, 4, true)]);
        check(&["年份 2023年 2024年", "产值 12亿元 15亿元", "企业 310家 360家"], &[(0..9, 3, true)]);
    }

    #[test]
    fn a_box_has_labels_and_values_by_turns() {
        let facts = ["中文名 金山谷", "占地面积 94公顷", "成立时间 2019年", "主管单位 区政府", "简介", "好。"];
        check(&facts, &[(0..8, 2, false)]);
    }

    #[test]
    fn other_short_lines_are_no_table() {
        check(&["国家级孵化器 省级基地 市级园区 示范区 试点 专区 样板 先进集体"], &[]);
        check(&["主要指标 产值100亿 税收20亿 企业300家 人才3万"], &[]);
        check(&["问:租金 27元 问:押金 30元 问:物业 2元"], &[]);
    }
}
