//! Sections into passages: pieces that are found and quoted as one. Knows nothing of how a section came about.

mod split;

use std::ops::Range;
use std::sync::Arc;

use super::Passage;
use super::document::{Block, BlockKind, Document, Section};
use super::numbering::{Numbering, numbered, ordinal_clause};
use crate::analysis::script::slice;
#[cfg(test)]
pub(super) use split::HARD_MAX_CHARS;
pub(super) use split::MAX_CHARS;
use split::split;

/// Short paragraphs are merged up to about this length: enough context to be found by, little enough to be about one thing.
const TARGET_CHARS: usize = 300;
/// Below this a passage takes its neighbour even past the target: one line alone is hardly ever found.
const MIN_CHARS: usize = 80;
/// A numbered item longer than this stands alone; shorter ones are a list that is quoted as one.
const MAX_LIST_ITEM_CHARS: usize = 80;
/// The lead of an item that names it is at most this long.
const MAX_LEAD_CHARS: usize = 30;
/// Leads that share this many characters at their start are parallel.
const MIN_PARALLEL_CHARS: usize = 3;
/// A lead that ends in a colon is a label and shorter.
const MAX_LABEL_CHARS: usize = 12;

/// The passages of one document, in reading order.
pub(crate) fn passages(number: usize, document: &Document) -> Vec<Passage> {
    document.sections.iter().flat_map(|section| of_section(number, &document.text, section)).collect()
}

/// A part of a block, and how it joins its neighbours.
struct Part {
    range: Range<usize>,
    chars: usize,
    join: Join,
    kind: BlockKind,
    /// Whether it ends in a colon, so that what follows belongs to it.
    announces: bool,
    /// The lead that names the item, as one more heading.
    lead: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Merges with what stands before it, within the limits.
    Free,
    /// Starts a passage.
    Starts,
    /// Starts a passage and ends it.
    Alone,
}

fn of_section(number: usize, text: &str, section: &Section) -> Vec<Passage> {
    let mut parts: Vec<Part> = section.blocks.iter().flat_map(|block| parts(text, block)).collect();
    name_parallels(text, &mut parts);
    let answers_heading = section.blocks.iter().any(|block| block.kind.answers());
    let own: Arc<[String]> = section.headings.as_slice().into();
    let mut passages: Vec<Passage> = Vec::new();
    let mut push = |run: &[Part]| {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        // An announcement that was drawn to an item goes by the name of the item.
        let named =
            if first.announces { run.iter().find(|part| part.join != Join::Free).unwrap_or(first) } else { first };
        let headings: Arc<[String]> = match &named.lead {
            None => own.clone(),
            Some(lead) => own.iter().chain([lead]).cloned().collect(),
        };
        for range in split(text, first.range.start..last.range.end) {
            passages.push(Passage { document: number, headings: headings.clone(), range, answers_heading });
        }
    };
    let mut from = 0;
    let mut chars = 0;
    for (at, part) in parts.iter().enumerate() {
        if at > from && !joins(&parts[from..at], chars, part, parts.get(at + 1), answers_heading) {
            push(&parts[from..at]);
            (from, chars) = (at, 0);
        }
        chars += part.chars + usize::from(at > from);
    }
    push(&parts[from..]);
    passages
}

/// Whether a part joins the run before it.
fn joins(run: &[Part], chars: usize, part: &Part, next: Option<&Part>, answers: bool) -> bool {
    let Some(last) = run.last() else { return true };
    let sum = chars + 1 + part.chars;
    if sum > MAX_CHARS {
        return false;
    }
    if answers {
        return true;
    }
    match part.join {
        // “分阶段目标为：” belongs to the first item that follows it.
        Join::Starts | Join::Alone => run.len() == 1 && last.join == Join::Free && last.announces,
        Join::Free if last.join == Join::Alone => false,
        Join::Free if part.announces && next.is_some_and(|next| next.join != Join::Free) => false,
        Join::Free => {
            let in_list = |kind| matches!(kind, BlockKind::Item | BlockKind::Row);
            let continues = in_list(part.kind) && (in_list(last.kind) || last.announces);
            sum <= TARGET_CHARS || continues || chars < MIN_CHARS || part.chars < MIN_CHARS / 2
        }
    }
}

/// The parts of a block: itself, or the items of 一是…二是… in a long paragraph.
fn parts(text: &str, block: &Block) -> Vec<Part> {
    let block_text = slice(text, block.range.clone());
    let mut cuts = ordinal_cuts(block_text);
    cuts.push(block_text.len());
    let mut from = 0;
    let mut parts = Vec::with_capacity(cuts.len());
    for to in cuts {
        let piece = slice(block_text, from..to);
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let start = block.range.start + from + piece.len() - piece.trim_start().len();
            parts.push(part(trimmed, start, block.kind));
        }
        from = to;
    }
    parts
}

fn part(text: &str, start: usize, kind: BlockKind) -> Part {
    let chars = text.chars().count();
    let announces = text.ends_with([':', '：']);
    let mut part = Part { range: start..start + text.len(), chars, join: Join::Free, kind, announces, lead: None };
    if kind.answers() || kind == BlockKind::Row {
        return part;
    }
    let long = chars > MAX_LIST_ITEM_CHARS;
    if ordinal_clause(text).is_some() {
        if long {
            (part.join, part.lead) = (Join::Alone, lead(text, 0, &['。', '，', ',']));
        }
    } else if let Some((numbering, mark)) = numbered(text) {
        part.lead = lead(text, mark, &['。']);
        part.kind = BlockKind::Item;
        if numbering <= Numbering::Article || long || part.lead.is_some() {
            part.join = Join::Starts;
        }
    }
    part
}

/// Paragraphs that start alike (着力打造…。着力打造…。) are items, though nobody numbered them.
fn name_parallels(text: &str, parts: &mut [Part]) {
    let leads: Vec<Option<String>> = parts
        .iter()
        .map(|part| {
            let fits = part.kind == BlockKind::Paragraph && part.join == Join::Free && part.chars > MAX_LIST_ITEM_CHARS;
            fits.then(|| lead(slice(text, part.range.clone()), 0, &['。'])).flatten()
        })
        .collect();
    let alike = |a: Option<&Option<String>>, b: &str| {
        a.and_then(Option::as_ref).is_some_and(|a| {
            a.chars().zip(b.chars()).take(MIN_PARALLEL_CHARS).filter(|(a, b)| a == b).count() == MIN_PARALLEL_CHARS
        })
    };
    for (at, part) in parts.iter_mut().enumerate() {
        let Some(lead) = &leads[at] else { continue };
        if alike(at.checked_sub(1).and_then(|before| leads.get(before)), lead) || alike(leads.get(at + 1), lead) {
            (part.join, part.lead) = (Join::Starts, Some(lead.clone()));
        }
    }
}

/// The few words that name an item, up to its first stop or, shorter, its first colon; with its mark.
fn lead(text: &str, mark: usize, ends: &[char]) -> Option<String> {
    let body = text.get(mark..)?;
    let stops = |c: char| ends.contains(&c) || matches!(c, '。' | '：' | ':' | '；');
    let (at, end) = body.char_indices().take(MAX_LEAD_CHARS + 1).find(|&(_, c)| stops(c))?;
    let name = body.get(..at)?;
    let chars = name.chars().count();
    let fits = match end {
        ':' | '：' => chars <= MAX_LABEL_CHARS && !name.contains(['，', ',']),
        '；' => false,
        _ => true,
    };
    let rest = body.get(at + end.len_utf8()..)?;
    (fits && chars > 1 && !rest.trim().is_empty()).then(|| slice(text, 0..mark + at).trim().to_owned())
}

/// Where 一是, 二是 … start in a paragraph that is too long to be quoted as one; nothing if they do not count up.
fn ordinal_cuts(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut expected = 1;
    for (at, _) in text.match_indices('是') {
        let before = slice(text, 0..at);
        let Some(digit) = before.chars().next_back() else { continue };
        let start = at - digit.len_utf8();
        let starts_clause = slice(text, 0..start)
            .trim_end()
            .chars()
            .next_back()
            .is_none_or(|c| matches!(c, '。' | '；' | ';' | '﹔' | '！' | '？' | '：' | ':' | '”' | '」'));
        if starts_clause && ordinal_clause(slice(text, start..text.len())) == Some(expected) {
            cuts.push(start);
            expected += 1;
        }
    }
    let longest = cuts.windows(2).map(|pair| slice(text, pair[0]..pair[1]).chars().count()).max().unwrap_or(0);
    if longest > MAX_LIST_ITEM_CHARS || cuts.len() > 1 && text.chars().count() > MAX_CHARS { cuts } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::document::Source;
    use crate::corpus::layout::{Piece, lay_out};

    fn passages_of(pieces: Vec<Piece>) -> Vec<(String, String)> {
        let document = lay_out(Source::default(), pieces);
        passages(0, &document)
            .into_iter()
            .map(|p| (p.headings.join("/"), slice(&document.text, p.range).to_owned()))
            .collect()
    }

    fn paragraph(text: &str) -> Piece {
        Piece::block(BlockKind::Paragraph, text)
    }

    fn texts(lines: &[&str]) -> Vec<String> {
        passages_of(lines.iter().map(|line| paragraph(line)).collect()).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn short_paragraphs_merge_and_long_ones_part() {
        let long = format!("{}。", "园".repeat(199));
        assert_eq!(texts(&["一行。", "又一行。"]), ["一行。\n又一行。"]);
        assert_eq!(texts(&[&long, &long, "一行。"]), [long.clone(), format!("{long}\n一行。")]);
    }

    #[test]
    fn a_list_stays_with_the_line_that_announces_it() {
        let item = "甲".repeat(60);
        let pieces = std::iter::once(paragraph(&format!("{}：", "园".repeat(30))))
            .chain((0..5).map(|_| Piece::block(BlockKind::Item, item.as_str())));
        assert_eq!(passages_of(pieces.collect()).len(), 1);
        let short = ["第九条 有下列情形的：", "（一）未申报的；", "（二）申报不实的。"];
        assert_eq!(texts(&short), [short.join("\n")]);
    }

    #[test]
    fn numbered_items_stand_alone_and_go_by_their_lead() {
        let body = "园".repeat(90);
        let seen = passages_of(vec![
            paragraph("目标为："),
            paragraph(&format!("1.近期：{body}。")),
            paragraph(&format!("2.远期发展，全面建成。{body}。")),
            paragraph("第五条 房租补贴。给钱。"),
        ]);
        let headings: Vec<&str> = seen.iter().map(|(headings, _)| headings.as_str()).collect();
        assert_eq!(headings, ["1.近期", "2.远期发展，全面建成", "第五条 房租补贴"]);
        assert!(seen[0].1.starts_with("目标为：\n1.近期"), "{seen:?}");
    }

    #[test]
    fn a_long_paragraph_that_counts_is_cut_where_it_counts() {
        let body = "园".repeat(90);
        let text = format!("有三点。一是建园区。{body}。二是招企业，{body}。三是留人才。{body}。");
        let seen = passages_of(vec![paragraph(&text), paragraph("此外还有一点。")]);
        let headings: Vec<&str> = seen.iter().map(|(headings, _)| headings.as_str()).collect();
        assert_eq!(headings, ["", "一是建园区", "二是招企业", "三是留人才", ""]);
        let short = "有三点：一是快；二是好；三是省。";
        assert_eq!(texts(&[short]), [short]);
    }

    #[test]
    fn paragraphs_that_start_alike_go_by_their_leads() {
        let body = "园".repeat(150);
        let seen = passages_of(vec![
            paragraph(&format!("着力打造创新高地。{body}。")),
            paragraph(&format!("着力打造人才高地。{body}。")),
            paragraph(&format!("园区很大。{body}。")),
        ]);
        let headings: Vec<&str> = seen.iter().map(|(headings, _)| headings.as_str()).collect();
        assert_eq!(headings, ["着力打造创新高地", "着力打造人才高地", ""]);
    }

    #[test]
    fn an_answer_is_one_passage() {
        let answer = format!("{}。", "园".repeat(180));
        let blocks = (0..2).map(|_| Piece::block(BlockKind::Answer, answer.as_str()));
        assert_eq!(passages_of(blocks.collect()).len(), 1);
    }
}
