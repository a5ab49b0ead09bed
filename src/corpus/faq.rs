//! Question-and-answer pairs: a question becomes the heading of its answer. Knows nothing of formats.

use super::document::BlockKind;
use super::layout::{Piece, QUESTION_DEPTH};
use super::line::one_line;
use super::numbering::numbered;
use crate::analysis::numeral::one_to_ten;
use crate::analysis::script::{fold_char, is_han};

/// A question without a label is longer than this only in running text.
const MAX_BARE_QUESTION_CHARS: usize = 60;
/// A question longer than this is a small speech: its last sentence is the heading, and all of it can be quoted.
const MAX_HEADING_CHARS: usize = 80;

const QUESTION_LABELS: &[&str] = &["q", "问", "提问", "问题", "网友问", "网友", "企业问", "question"];
const INTERVIEWER_LABELS: &[&str] = &["记者", "记者问", "主持人", "采访者", "编者", "本刊记者", "本报记者"];
const ANSWER_LABELS: &[&str] = &["a", "答", "回答", "回复", "答复", "解答", "answer", "答案"];
/// How the next paragraph of a spoken answer starts, or what it holds, when it carries no label of its own.
const SPOKEN: &[char] = &['我', '咱'];

/// What the label at the start of a line says it is, and how many bytes the label takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Question(usize),
    Interviewer(usize),
    Answer(usize),
    /// Two to four Han characters and a colon: a speaker, if a question was just asked.
    Name,
}

/// Where the answer starts in a line that holds both question and answer: `问:…?答:…`.
pub(crate) fn answer_in_line(text: &str) -> Option<usize> {
    if !matches!(label(text), Some(Label::Question(_))) {
        return None;
    }
    text.char_indices().filter(|&(_, c)| matches!(c, '?' | '？')).find_map(|(at, mark)| {
        let rest = text.get(at + mark.len_utf8()..)?;
        let answer = rest.trim_start();
        matches!(label(answer), Some(Label::Answer(_))).then_some(text.len() - answer.len())
    })
}

/// Whether a line is labelled as a question or as an answer.
pub(crate) fn is_labelled(text: &str) -> bool {
    matches!(label(text), Some(Label::Question(_) | Label::Interviewer(_) | Label::Answer(_)))
}

/// Whether a line without a label reads as a question: short, and a question to its end.
fn is_bare_question(text: &str) -> bool {
    text.ends_with(['?', '？']) && text.chars().count() <= MAX_BARE_QUESTION_CHARS
}

/// Makes every question a heading and what follows it an answer, up to the next heading or question.
pub(crate) fn pair(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().peekable();
    // Whether blocks now belong to an answer, and whether it is one that is spoken under a name.
    let mut answering = false;
    let mut spoken = false;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Heading { depth, line, name } => {
                if depth < QUESTION_DEPTH {
                    answering = name.ends_with(['?', '？']);
                    spoken = false;
                }
                out.push(Piece::Heading { depth, line, name });
            }
            Piece::Block { kind, text, label: skip } => {
                if let Some(name) = question(kind, &text, pieces.peek()) {
                    spoken = matches!(label(&text), Some(Label::Interviewer(_)));
                    answering = true;
                    push_question(&mut out, text, &name);
                } else if answering {
                    match (label(&text), spoken) {
                        (Some(Label::Answer(bytes)), _) => {
                            out.push(Piece::Block { kind: kind.in_answer(), text, label: bytes });
                        }
                        (None, true) if !is_spoken(&text) => {
                            answering = false;
                            out.extend([Piece::Close(QUESTION_DEPTH), Piece::Block { kind, text, label: skip }]);
                        }
                        _ => out.push(Piece::Block { kind: kind.in_answer(), text, label: skip }),
                    }
                } else {
                    out.push(Piece::Block { kind, text, label: skip });
                }
            }
            Piece::Close(depth) => {
                answering &= depth > QUESTION_DEPTH;
                out.push(Piece::Close(depth));
            }
            Piece::Line(line) => out.push(Piece::Line(line)),
        }
    }
    out
}

/// Whether a paragraph is in the first person, but for what it quotes.
fn is_spoken(text: &str) -> bool {
    let mut depth = 0_usize;
    text.chars().any(|c| {
        match c {
            '“' | '「' | '『' => depth += 1,
            '”' | '」' | '』' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && SPOKEN.contains(&c)
    })
}

/// What a question asks, without its label; `None` if the block is no question or nothing answers it.
fn question(kind: BlockKind, text: &str, next: Option<&Piece>) -> Option<String> {
    let Some(Piece::Block { text: next, kind: next_kind, .. }) = next else { return None };
    let next_label = label(next);
    let asked = match label(text) {
        Some(Label::Question(bytes) | Label::Interviewer(bytes)) => text.get(bytes..)?,
        Some(Label::Answer(_)) => return None,
        Some(Label::Name) | None => {
            let answered = matches!(next_label, Some(Label::Answer(_)));
            let bare = kind == BlockKind::Paragraph && *next_kind != BlockKind::Row && is_bare_question(text);
            let parted = bare && !is_bare_question(next) && !is_labelled(next);
            if !answered && !parted {
                return None;
            }
            text.get(numbered(text).map_or(0, |(_, bytes)| bytes)..)?
        }
    };
    if matches!(next_label, Some(Label::Question(_) | Label::Interviewer(_))) {
        return None;
    }
    Some(asked.trim().to_owned()).filter(|asked| !asked.is_empty())
}

fn push_question(out: &mut Vec<Piece>, line: String, name: &str) {
    let name = one_line(name);
    if name.chars().count() <= MAX_HEADING_CHARS {
        out.push(Piece::Heading { depth: QUESTION_DEPTH, line, name });
        return;
    }
    let chars: Vec<char> = name.chars().collect();
    let sentences = crate::analysis::sentence::sentences(&chars);
    let last = sentences.into_iter().rfind(|range| matches!(chars.get(range.end - 1), Some('?' | '？')));
    let asked = &chars[last.unwrap_or(0..chars.len())];
    let name: String = asked.iter().take(MAX_HEADING_CHARS).collect();
    out.push(Piece::Heading { depth: QUESTION_DEPTH, line: String::new(), name: one_line(&name) });
    out.push(Piece::block(BlockKind::Answer, line));
}

/// Reads a label: a known word or a name, perhaps a number, and a colon; or the word in brackets.
fn label(text: &str) -> Option<Label> {
    let marks = |c: char| matches!(c, ':' | '：' | '】' | ']' | '］' | '、' | '.' | '．');
    if !text.chars().take(12).any(marks) {
        return None;
    }
    // Longer than any label with its number: “本报记者12:”.
    let head: Vec<(char, usize)> = text.chars().take(12).map(|c| (fold_char(c), c.len_utf8())).collect();
    let bytes = |chars: usize| -> usize { head.iter().take(chars).map(|&(_, bytes)| bytes).sum() };
    let bracketed = matches!(head.first()?.0, '【' | '[');
    let from = usize::from(bracketed);
    let colon = head.iter().position(|&(c, _)| matches!(c, ':' | '】' | ']' | '、' | '.'))?;
    let (mark, _) = head[colon];
    if bracketed != matches!(mark, '】' | ']') {
        return None;
    }
    let word: String = head.get(from..colon)?.iter().map(|&(c, _)| c).collect();
    let word = word.trim();
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit() || one_to_ten(c).is_some()).trim_end();
    // “Q1.” and “问1、” need the number; “问、” would be a verb.
    if matches!(mark, '、' | '.') && stem == word {
        return None;
    }
    let end = bytes(colon + 1);
    let rest = text.get(end..)?;
    let rest = rest.strip_prefix([':', '：']).filter(|_| bracketed).unwrap_or(rest);
    let end = text.len() - rest.trim_start().len();
    if QUESTION_LABELS.contains(&stem) {
        Some(Label::Question(end))
    } else if ANSWER_LABELS.contains(&stem) {
        Some(Label::Answer(end))
    } else if INTERVIEWER_LABELS.contains(&stem) {
        Some(Label::Interviewer(end))
    } else {
        let name = mark == ':' && (2..=4).contains(&word.chars().count()) && word.chars().all(is_han);
        name.then_some(Label::Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One character a piece: `#` heading, `?` question, `A` answer, `P` paragraph; with the text of headings.
    fn check(lines: &[&str], expected: &[&str]) {
        let pieces = lines.iter().map(|line| match line.strip_prefix('#') {
            Some(name) => Piece::Heading { depth: 1, line: name.into(), name: name.into() },
            None => Piece::block(BlockKind::Paragraph, *line),
        });
        let seen: Vec<String> = pair(pieces.collect())
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Heading { depth: QUESTION_DEPTH, name, .. } => Some(format!("? {name}")),
                Piece::Heading { name, .. } => Some(format!("# {name}")),
                Piece::Block { kind: BlockKind::Answer, text, label } => {
                    Some(format!("A {}", text.get(label..).expect("a label ends between characters")))
                }
                Piece::Block { text, .. } => Some(format!("P {text}")),
                Piece::Close(_) | Piece::Line(_) => None,
            })
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn labels_of_every_kind_make_pairs() {
        check(&["Q1: 几点开门?", "A1: 九点。"], &["? 几点开门?", "A 九点。"]);
        check(&["问：几点开门？", "答：九点。", "另有夜班。"], &["? 几点开门？", "A 九点。", "A 另有夜班。"]);
        check(&["【問】幾點開門？", "【答】九點。"], &["? 幾點開門？", "A 九點。"]);
        check(&["問題1：幾點開門", "回覆：九點。"], &["? 幾點開門", "A 回覆：九點。"]);
    }

    #[test]
    fn a_numbered_question_is_answered_by_what_follows() {
        check(
            &["1、几点开门？", "九点。", "2、在哪？", "二楼。"],
            &["? 几点开门？", "A 九点。", "? 在哪？", "A 二楼。"],
        );
        check(&["1、几点开门？", "2、在哪？"], &["P 1、几点开门？", "P 2、在哪？"]);
    }

    #[test]
    fn an_interview_goes_back_to_its_story() {
        check(
            &["記者：缺什麼？", "林一一：缺人。", "我們去找。", "會後下了雨。"],
            &["? 缺什麼？", "A 林一一：缺人。", "A 我們去找。", "P 會後下了雨。"],
        );
    }

    #[test]
    fn a_heading_that_asks_is_answered_by_its_text() {
        check(&["#在哪里？", "二楼。", "#交通", "地铁。"], &["# 在哪里？", "A 二楼。", "# 交通", "P 地铁。"]);
    }

    #[test]
    fn a_list_inside_an_answer_stays_a_list() {
        let block = |kind, text: &str| Piece::block(kind, text);
        let pieces = vec![
            block(BlockKind::Paragraph, "带什么？"),
            block(BlockKind::Item, "答：执照"),
            block(BlockKind::Item, "申请表"),
            block(BlockKind::Paragraph, "当天答复。"),
        ];
        let kinds: Vec<BlockKind> = pair(pieces)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Block { kind, .. } => Some(kind),
                _ => None,
            })
            .collect();
        assert_eq!(kinds, [BlockKind::AnswerItem, BlockKind::AnswerItem, BlockKind::Answer]);
    }

    #[test]
    fn a_long_question_can_be_quoted() {
        let long = format!("记者：{}。那么缺什么？", "园区去年变化很大".repeat(12));
        check(&[&long, "甲某：缺人。"], &["? 那么缺什么？", &format!("A {long}"), "A 甲某：缺人。"]);
    }

    #[test]
    fn question_and_answer_in_one_line_are_parted() {
        let text = "问:几点开门?答:九点。";
        assert_eq!(answer_in_line(text).and_then(|at| text.get(at..)), Some("答:九点。"));
        assert_eq!(answer_in_line("几点开门?九点。"), None);
    }
}
