//! Sheets of rows: every row a section that goes by its name and keeps the words of the header; two columns 问 and 答 are
//! questions and their answers. Knows nothing of the files that hold them.

use std::collections::HashSet;

use super::draft::Draft;
use super::warning::Warning;
use crate::analysis::script::folded;
use crate::corpus::document::BlockKind;
use crate::corpus::layout::{Piece, QUESTION_DEPTH};
use crate::corpus::line::one_line;

/// More rows than anybody asks about; the rest is left out with a warning.
pub(super) const MAX_ROWS: usize = 20_000;
/// A name is at most this long; a column of longer texts names nothing.
const MAX_NAME_CHARS: usize = 40;
/// Rows above the header: a title, a note, the unit.
const MAX_HEAD_ROWS: usize = 8;

const QUESTIONS: &[&str] = &["问", "问题", "提问", "q", "question", "常见问题", "咨询问题"];
const ANSWERS: &[&str] = &["答", "答案", "回答", "答复", "回复", "解答", "a", "answer"];
const NUMBERS: &[&str] = &["序号", "编号", "no", "no.", "#", "id"];

/// Adds a sheet to a draft. `name` is a heading above its rows; empty where a file is one sheet.
pub(super) fn read(draft: &mut Draft, name: &str, mut rows: Vec<Vec<String>>) {
    for row in &mut rows {
        for cell in row.iter_mut() {
            *cell = one_line(cell);
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    if rows.is_empty() {
        return;
    }
    if !name.is_empty() {
        draft.heading(1, name);
    }
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
    let head = rows.iter().take(MAX_HEAD_ROWS).position(|row| filled(row) >= 2).unwrap_or(rows.len());
    for row in rows.drain(..head) {
        draft.block(BlockKind::Paragraph, &row.join(" "));
    }
    let mut rows = rows.into_iter();
    let Some(header) = rows.next() else { return };
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.len() > MAX_ROWS {
        draft.warnings.push(Warning::Rows { kept: MAX_ROWS });
    }
    let named = |words: &[&str]| header.iter().position(|cell| words.contains(&folded(cell).trim()));
    let rows = rows.get(..MAX_ROWS).unwrap_or(&rows);
    match (named(QUESTIONS), named(ANSWERS)) {
        (Some(question), Some(answer)) => pairs(draft, &header, rows, question, answer),
        _ => table(draft, &header, rows),
    }
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", String::as_str)
}

/// An answer without a question answers nothing that is asked above it and stands by itself; a question without an answer
/// is left out.
fn pairs(draft: &mut Draft, header: &[String], rows: &[Vec<String>], question: usize, answer: usize) {
    let (mut questions, mut answers) = (0, 0);
    for row in rows {
        let asked = cell(row, question);
        if cell(row, answer).is_empty() {
            questions += usize::from(!asked.is_empty());
            continue;
        }
        if asked.is_empty() {
            answers += 1;
            draft.pieces.push(Piece::Close(QUESTION_DEPTH));
            draft.block(BlockKind::Paragraph, cell(row, answer));
            continue;
        }
        let name = asked.to_owned();
        draft.pieces.push(Piece::Heading { depth: QUESTION_DEPTH, line: name.clone(), name });
        draft.block(BlockKind::Answer, cell(row, answer));
        for (at, label) in header.iter().enumerate().filter(|&(at, _)| at != question && at != answer) {
            let is_number = NUMBERS.contains(&folded(label).as_str());
            if !cell(row, at).is_empty() && !label.is_empty() && !is_number {
                draft.block(BlockKind::Answer, &format!("{label}：{}", cell(row, at)));
            }
        }
    }
    draft.pieces.push(Piece::Close(QUESTION_DEPTH));
    if questions + answers > 0 {
        draft.warnings.push(Warning::Unpaired { questions, answers });
    }
}

fn table(draft: &mut Draft, header: &[String], rows: &[Vec<String>]) {
    let names = name_column(header, rows);
    for row in rows {
        let name = names.map_or("", |at| cell(row, at));
        if name.is_empty() {
            draft.pieces.push(Piece::Close(2));
        } else {
            draft.heading(2, name);
        }
        for (at, value) in row.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
            let label = cell(header, at);
            let line = if label.is_empty() { value.clone() } else { format!("{label}：{value}") };
            draft.block(BlockKind::Item, &line);
        }
    }
    draft.pieces.push(Piece::Close(2));
}

/// The first column of short texts that hardly repeat: what the rows are about.
fn name_column(header: &[String], rows: &[Vec<String>]) -> Option<usize> {
    (0..header.len()).find(|&at| {
        let values: Vec<&str> = rows.iter().map(|row| cell(row, at)).filter(|value| !value.is_empty()).collect();
        let texts = values
            .iter()
            .filter(|value| value.chars().any(char::is_alphabetic) && value.chars().count() <= MAX_NAME_CHARS)
            .count();
        let different = values.iter().collect::<HashSet<_>>().len();
        !NUMBERS.contains(&folded(&header[at]).as_str())
            && values.len() * 10 >= rows.len() * 9
            && texts * 10 >= values.len() * 9
            && different * 10 >= values.len() * 9
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::format::{clean_draft, csv};

    #[test]
    fn an_answer_without_a_question_answers_nothing_above_it() {
        let rows = "问,答,部门\n停车多少钱,每月300元。,物业\n,园区食堂开到晚上八点。,后勤\n没有答案的问题,,办公室\n";
        let draft = csv::read(rows).expect("it is a table");
        assert_eq!(draft.warnings, [Warning::Unpaired { questions: 1, answers: 1 }]);
        let document = clean_draft("qa.csv", &draft).document;
        let of = |words: &str| {
            let blocks =
                document.sections.iter().flat_map(|section| section.blocks.iter().map(move |block| (section, block)));
            let mut found = blocks
                .filter(|(_, block)| document.text.get(block.range.clone()).is_some_and(|text| text.contains(words)));
            found.next().map(|(section, block)| (section.headings.last().map(String::as_str), block.kind.answers()))
        };
        assert_eq!(of("300元"), Some((Some("停车多少钱"), true)));
        assert_eq!(of("部门：物业"), Some((Some("停车多少钱"), true)));
        assert_eq!(of("食堂"), Some((None, false)));
        assert_eq!((of("办公室"), document.text.contains("没有答案")), (None, false));
    }
}
