//! Rules that look at a line among its neighbours.

use std::collections::HashSet;

use super::line_rules::{announces_others, description, is_decoration, starts};
use super::words::{FOOTERS, OFFICE_PHONES, OFFICES};
use super::{Reason, Seen, Verdict};
use crate::analysis::script::is_han;
use crate::analysis::sentence::sentences;
use crate::corpus::faq::is_labelled;
use crate::corpus::numbering::{Numbering, numbered};

/// Page furniture above an article ends within this many lines.
const HEAD_LINES: usize = 8;
/// The name of a site is at most this long.
const MAX_SITE_NAME_CHARS: usize = 30;

/// Lines above the breadcrumb, and the name of the site below the article.
pub(super) fn site_name(seen: &mut [Seen<'_>]) {
    let furniture = |seen: &Seen<'_>| matches!(seen.verdict, Verdict::Drop(Reason::Navigation));
    let head = seen.iter().take(HEAD_LINES).rposition(furniture).unwrap_or(0);
    let short = |seen: &Seen<'_>| seen.chars <= MAX_SITE_NAME_CHARS && !seen.folded.contains(['。', '《']);
    // A longer line above the bar is the title of a page that prints its bar below it.
    let titled = seen
        .iter()
        .skip(head)
        .find(|seen| !seen.dropped())
        .is_some_and(|seen| seen.chars <= 80 && !seen.folded.ends_with('。'));
    if titled && seen.iter().take(head).all(|seen| short(seen) || seen.dropped()) {
        for line in seen.iter_mut().take(head) {
            if !line.dropped() {
                line.verdict = Verdict::Drop(Reason::SiteName);
            }
        }
    }
    let Some(last) = seen.iter_mut().rfind(|seen| !seen.dropped()) else { return };
    let site = ["网", "网站", "门户", "官网", "公众号", "头条", "客户端", "日报", "发布", "百科"]
        .iter()
        .any(|end| last.folded.ends_with(end));
    if site && last.chars <= 20 && last.folded.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || c == ' ') {
        last.verdict = Verdict::Drop(Reason::SiteName);
    }
}

/// A line that only lists the lines that follow as headings.
pub(super) fn contents(seen: &mut [Seen<'_>]) {
    let lists = |text: &str| text.split([',', '、', '|', ' ']).filter(|part| !part.trim().is_empty()).count();
    let candidates: Vec<usize> = (0..seen.len())
        .filter(|&at| seen[at].chars <= 120 && !seen[at].folded.contains('。') && lists(&seen[at].folded) >= 2)
        .collect();
    if candidates.is_empty() {
        return;
    }
    let short: HashSet<String> = seen.iter().filter(|seen| seen.chars <= 30).map(|seen| seen.folded.clone()).collect();
    for at in candidates {
        if seen[at]
            .folded
            .split([',', '、', '|', ' '])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .all(|part| short.contains(part))
        {
            seen[at].verdict = Verdict::Drop(Reason::Contents);
        }
    }
}

/// A title printed twice, and the paragraph below it that breaks off.
pub(super) fn teasers(seen: &mut [Seen<'_>]) {
    for at in 1..seen.len().saturating_sub(1) {
        let [first, second, text] = &seen[at - 1..=at + 1] else { continue };
        if first.folded == second.folded && first.chars >= 6 && breaks_off(text) {
            for line in &mut seen[at - 1..=at + 1] {
                line.verdict = Verdict::Drop(Reason::Teaser);
            }
        }
    }
}

fn breaks_off(line: &Seen<'_>) -> bool {
    line.folded.ends_with("...") || line.folded.ends_with('…') || line.folded.ends_with("[详细]")
}

/// What stands below 相关文章, up to the next paragraph that is all there.
pub(super) fn related(seen: &mut [Seen<'_>]) {
    let mut below = false;
    for line in seen {
        if line.verdict == Verdict::Drop(Reason::Related) && announces_others(&line.folded) {
            below = true;
        } else if below && !line.dropped() {
            let structure = numbered(&line.folded).is_some_and(|(kind, _)| kind <= Numbering::HanParen);
            below = !(structure || is_labelled(&line.folded) || line.is_paragraph() || is_note(&line.folded));
            if below {
                line.verdict = Verdict::Drop(Reason::Related);
            }
        }
    }
}

/// The author's own remark at the end of a document.
fn is_note(folded: &str) -> bool {
    ["注:", "注1", "备注:", "说明:", "免责声明", "声明:"].iter().any(|word| folded.starts_with(word))
}

/// The rest of a block of lines of which half sell something.
pub(super) fn advertising(seen: &mut [Seen<'_>]) {
    let mut from = 0;
    while from < seen.len() {
        let block = 1 + seen[from + 1..].iter().take_while(|line| !line.line.after_blank).count();
        let lines = &mut seen[from..from + block];
        let sells = |line: &Seen<'_>| matches!(line.verdict, Verdict::Drop(Reason::Advertising | Reason::Code));
        let ads = lines.iter().filter(|line| sells(line)).count();
        // In a page without blank lines everything is one block; only a short one is an advertisement.
        if ads >= 2 && ads * 2 >= block {
            for line in lines {
                if line.verdict == Verdict::Keep && !line.is_paragraph() {
                    line.verdict = Verdict::Drop(Reason::Advertising);
                }
            }
        }
        from += block;
    }
}

/// The telephone of an office, beside its address or hours, is knowledge.
pub(super) fn offices(seen: &mut [Seen<'_>]) {
    for at in 0..seen.len() {
        let line = &seen[at];
        let labelled = || starts(line.folded.trim_start_matches(is_decoration), OFFICE_PHONES);
        if line.verdict == Verdict::Drop(Reason::Advertising) && labelled() && !line.folded.contains("400") {
            let around = &seen[at.saturating_sub(2)..(at + 3).min(seen.len())];
            if around
                .iter()
                .any(|line| !line.dropped() && starts(line.folded.trim_start_matches(is_decoration), OFFICES))
            {
                seen[at].verdict = Verdict::Keep;
            }
        }
    }
}

/// The numbers of a table of contacts that was flattened to one cell a line: several lines that are a number of an office
/// and nothing else, each below a cell of words.
pub(super) fn contacts(seen: &mut [Seen<'_>]) {
    const MAX_CELL_CHARS: usize = 20;
    const LEAST: usize = 2;
    let number = |line: &Seen<'_>| {
        let digits = line.folded.bytes().filter(u8::is_ascii_digit).count();
        let only = line.folded.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '(' | ')'));
        line.verdict == Verdict::Drop(Reason::Advertising)
            && only
            && digits <= 12
            && line.folded.starts_with(['0', '('])
    };
    let below_words = |at: usize| {
        let words = |line: &Seen<'_>| !line.dropped() && line.folded.chars().count() <= MAX_CELL_CHARS;
        at > 0 && words(&seen[at - 1]) && seen[at - 1].folded.chars().any(char::is_alphabetic)
    };
    let cells: Vec<usize> = (0..seen.len()).filter(|&at| number(&seen[at]) && below_words(at)).collect();
    if cells.len() >= LEAST {
        for at in cells {
            seen[at].verdict = Verdict::Keep;
        }
    }
}

/// A paragraph that stands further up already. An answer stays: it may be the answer of two questions.
pub(super) fn duplicates(seen: &mut [Seen<'_>]) {
    let mut told: HashSet<String> = HashSet::new();
    let mut asked = false;
    for line in seen.iter_mut().filter(|line| !line.dropped()) {
        let paragraph = line.verdict == Verdict::Keep && line.is_paragraph();
        let question = line.folded.ends_with(['?', '？']);
        if paragraph && !told.insert(line.folded.clone()) && !asked && !is_labelled(&line.folded) {
            line.verdict = Verdict::Drop(Reason::Duplicate);
        }
        asked = question;
    }
}

/// Who runs the site, below the article and beside other furniture.
pub(super) fn footers(seen: &mut [Seen<'_>]) {
    for at in seen.len().saturating_sub(HEAD_LINES)..seen.len() {
        let beside = seen[..at].last().is_some_and(Seen::dropped) || seen.get(at + 1).is_some_and(Seen::dropped);
        let line = &mut seen[at];
        if line.verdict == Verdict::Keep && starts(&line.folded, FOOTERS) && (beside || line.folded.contains('|')) {
            line.verdict = Verdict::Drop(Reason::Copyright);
        }
    }
}

/// A description for search engines goes if it only repeats the document or talks about it; else only its label goes.
pub(super) fn descriptions(seen: &mut [Seen<'_>]) {
    for at in 0..seen.len() {
        let Some(label) = description(&seen[at].folded) else { continue };
        let repeats = {
            let body: Vec<char> = seen[at].folded.chars().skip(label).collect();
            sentences(&body).into_iter().all(|range| {
                let sentence: String = body[range].iter().collect();
                let sentence = sentence.trim();
                sentence.is_empty()
                    || ["本文", "文章", "全文"].iter().any(|word| sentence.starts_with(word))
                    || seen.iter().enumerate().any(|(other, line)| other != at && line.folded.contains(sentence))
            })
        };
        let text = seen[at].line.text;
        let start = text.char_indices().nth(label).map_or(text.len(), |(byte, _)| byte);
        let rest = text.get(start..).unwrap_or_default().trim();
        seen[at].verdict = if repeats || rest.is_empty() {
            Verdict::Drop(Reason::SearchEngine)
        } else {
            Verdict::Part(rest, Reason::SearchEngine)
        };
    }
}
