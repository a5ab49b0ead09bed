//! Sections into passages: pieces that are found and quoted as one. Knows nothing of how a section came about.

mod split;

use std::ops::Range;

use super::Passage;
use super::document::{Block, BlockKind, Document, Section};
use super::numbering::{Numbering, numbered, ordinal_clause};
use crate::analysis::script::slice;
use split::{MAX_CHARS, split};

/// Short paragraphs are merged up to about this length: enough context to be found by, little enough to be about one thing.
const TARGET_CHARS: usize = 300;
/// Below this a passage takes its neighbour even past the target: one line alone is hardly ever found.
const MIN_CHARS: usize = 80;
/// A numbered item longer than this stands alone; shorter ones are a list that is quoted as one.
const MAX_LIST_ITEM_CHARS: usize = 80;
/// The lead of an item that names it is at most this long.
const MAX_LEAD_CHARS: usize = 30;
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
    let parts: Vec<Part> = section.blocks.iter().flat_map(|block| parts(text, block)).collect();
    let answers_heading = section.blocks.iter().any(|block| block.kind == BlockKind::Answer);
    let mut passages: Vec<Passage> = Vec::new();
    let mut push = |run: &[Part]| {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let headings: Vec<String> = section.headings.iter().chain(&first.lead).cloned().collect();
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
            let list = |kind| matches!(kind, BlockKind::Item | BlockKind::Row);
            let continues = list(part.kind) && (list(last.kind) || last.announces);
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
    if matches!(kind, BlockKind::Answer | BlockKind::Row) {
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

/// The few words that name an item, up to its first stop or, shorter, its first colon; with its mark.
fn lead(text: &str, mark: usize, ends: &[char]) -> Option<String> {
    let body = text.get(mark..)?;
    let (at, end) = body
        .char_indices()
        .take(MAX_LEAD_CHARS + 1)
        .find(|(_, c)| ends.contains(c) || matches!(c, '。' | '：' | ':' | '；' | '，' | ',') && !(matches!(c, '，' | ',') && !ends.contains(c)))?;
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
