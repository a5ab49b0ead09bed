//! Rules that look at one line.

use super::credit;
use super::words::{
    BREADCRUMBS, BUTTONS, BYLINES, CODES, COPYRIGHT, COPYRIGHT_INSIDE, COUNTERS, DESCRIPTION_LABELS, FIELDS, MENU, NEIGHBOURS, RELATED, SALES,
    SEARCH_LABELS, SOLICITING, TAGS,
};
use super::{Reason, Verdict};

/// Furniture is short; a longer line is text, whatever it starts with.
const MAX_FURNITURE_CHARS: usize = 160;
/// A row of fields or a breadcrumb may be longer than a button, but no sentence.
const MAX_ROW_CHARS: usize = 120;

/// Judges a line by itself. `folded` is the text in one script, width and case, character for character.
pub(super) fn judge<'a>(text: &'a str, folded: &str, chars: usize) -> Verdict<'a> {
    if let Some(label) = SEARCH_LABELS.iter().find(|label| folded.starts_with(**label)) {
        return after(text, label.chars().count()).map_or(Verdict::Drop(Reason::SearchEngine), |rest| Verdict::Part(rest, Reason::SearchEngine));
    }
    if chars > MAX_FURNITURE_CHARS {
        return credit::judge(text, folded, chars).unwrap_or(Verdict::Keep);
    }
    let sentence = folded.contains(['。', '!', '?']);
    let reason = navigation(folded, chars, sentence)
        .or_else(|| image(folded, chars))
        .or_else(|| buttons(folded, chars))
        .or_else(|| tools(folded, chars, sentence))
        .or_else(|| copyright(folded))
        .or_else(|| leads_away(folded, chars))
        .or_else(|| advertising(folded, chars))
        .or_else(|| scan(folded, chars, sentence))
        .or_else(|| byline(folded, chars, sentence));
    match reason {
        Some(reason) => Verdict::Drop(reason),
        None => credit::judge(text, folded, chars).unwrap_or(Verdict::Keep),
    }
}

/// The text after a number of characters, without spaces; `None` if nothing is left.
fn after(text: &str, chars: usize) -> Option<&str> {
    let (at, _) = text.char_indices().nth(chars)?;
    text.get(at..).map(str::trim).filter(|rest| !rest.is_empty())
}

fn starts(folded: &str, words: &[&str]) -> bool {
    words.iter().any(|word| folded.starts_with(word))
}

fn holds(folded: &str, words: &[&str]) -> bool {
    words.iter().any(|word| folded.contains(word))
}

fn navigation(folded: &str, chars: usize, sentence: bool) -> Option<Reason> {
    if chars > MAX_ROW_CHARS || sentence {
        return None;
    }
    let trail = folded.matches(" > ").count() + folded.matches(">>").count() + folded.matches('»').count();
    let crumbs = starts(folded, BREADCRUMBS) || trail >= 2 || trail == 1 && folded.contains("首页");
    let mut cells = 0;
    let bar = folded.contains('|')
        && !folded.contains(|c: char| c.is_ascii_digit())
        && folded.split('|').all(|cell| {
            cells += 1;
            cell.trim().chars().count() <= 12
        })
        && cells >= 3
        && holds(folded, MENU);
    (crumbs || bar).then_some(Reason::Navigation)
}

/// A file name, or a mark where a picture was.
fn image(folded: &str, chars: usize) -> Option<Reason> {
    let name = chars <= 80 && starts_or_ends(folded, &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".svg"]) && !folded.contains('。');
    (name || matches!(folded, "[图片]" | "(图片)" | "【图片】" | "<图片>" | "图片")).then_some(Reason::Image)
}

fn starts_or_ends(folded: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| folded.ends_with(ending))
}

fn is_decoration(c: char) -> bool {
    c.is_whitespace() || matches!(c, '[' | ']' | '【' | '】' | '(' | ')' | '<' | '>' | '-' | '·' | '•' | '*' | '»' | '«' | ':' | '|' | '/' | '、' | ',' | '+' | '_' | '▲' | '▼' | '↑' | '↓' | '…' | '.')
}

/// Every word of the line is a button.
fn buttons(folded: &str, chars: usize) -> Option<Reason> {
    if chars > 60 {
        return None;
    }
    let mut words = folded.split(is_decoration).map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit())).filter(|word| !word.is_empty()).peekable();
    // Only marks and numbers: a ruler, a page number, but not an amount.
    words.peek()?;
    words.all(|word| BUTTONS.contains(&word)).then_some(Reason::Button)
}

/// Counters, and the line in which a content system says who put the page up and when.
fn tools(folded: &str, chars: usize, sentence: bool) -> Option<Reason> {
    if chars > MAX_ROW_CHARS || sentence {
        return None;
    }
    let ago = chars <= 60
        && ["个月前", "天前", "小时前", "分钟前", "年前", "周前"].iter().any(|unit| {
            folded.split_once(unit).is_some_and(|(before, rest)| before.ends_with(|c: char| c.is_ascii_digit()) && rest.contains('(') || before.chars().all(|c| c.is_ascii_digit()))
        });
    if holds(folded, COUNTERS) || ago {
        return Some(Reason::Counter);
    }
    let fields = FIELDS.iter().filter(|field| folded.contains(**field)).take(2).count();
    (fields == 2 && fields_fill(folded)).then_some(Reason::Byline)
}

/// A row of fields has nothing before the first.
fn fields_fill(folded: &str) -> bool {
    FIELDS.iter().any(|field| folded.trim_start_matches(is_decoration).starts_with(field)) || folded.split(char::is_whitespace).filter(|word| word.contains(':')).count() >= 2
}

fn copyright(folded: &str) -> Option<Reason> {
    (starts(folded, COPYRIGHT) || holds(folded, COPYRIGHT_INSIDE)).then_some(Reason::Copyright)
}

/// Tags, and links to other articles that stand on this line.
fn leads_away(folded: &str, chars: usize) -> Option<Reason> {
    let bare = folded.trim_matches(is_decoration);
    let label = bare.split([':', '/', '】', ']']).next().unwrap_or_default().trim();
    if starts(folded, TAGS) && (folded.contains(':') || chars <= 30) && !folded.contains('。') && (label.chars().count() <= 5) {
        return Some(Reason::Tags);
    }
    let whole = RELATED.contains(&label) || NEIGHBOURS.contains(&label);
    // “友情链接 某某网 某某网”: the label and names after a space.
    let spaced = chars <= 60 && RELATED.iter().any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '|', ',', '('])));
    let more = bare.starts_with("更多") && (bare.contains("关注") || bare.contains("点击") || bare.contains("请见")) && chars <= 80;
    (whole || spaced || more).then_some(Reason::Related)
}

/// Telephone numbers and those who print them. A sentence that answers with a number is none of this.
fn advertising(folded: &str, chars: usize) -> Option<Reason> {
    let phone = longest_number(folded);
    // Nothing but a number, perhaps with its name: eight digits in a row of digits are no amount.
    let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
    let bare = phone >= 7 && letters <= 4 && chars <= 40 && !folded.contains(['。', '元', '年', '月', '号', '¥']) && !folded.contains('%');
    let sells = phone >= 7 && holds(folded, SALES) && (chars <= 60 || phone >= 11) && !folded.starts_with(['答', 'a']) && !folded.ends_with('。');
    let asks = holds(folded, SOLICITING) && chars <= 80 && !folded.starts_with('答');
    (bare || sells || asks).then_some(Reason::Advertising)
}

/// How many digits the longest run has that may hold spaces and dashes, as telephone numbers do.
fn longest_number(folded: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in folded.chars() {
        match c {
            '0'..='9' => run += 1,
            ' ' | '-' | '(' | ')' | '—' => continue,
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    longest
}

fn scan(folded: &str, chars: usize, sentence: bool) -> Option<Reason> {
    let bare = folded.trim_start_matches(is_decoration);
    let asks = chars <= 60 && starts(bare, CODES);
    let names = chars <= 20 && !sentence && ["微信号", "公众号", "二维码", "微信:", "qq群", "qq:"].iter().any(|word| bare.contains(word));
    (asks || names).then_some(Reason::Code)
}

fn byline(folded: &str, chars: usize, sentence: bool) -> Option<Reason> {
    let bare = folded.trim_start_matches(['(', '[', '【']);
    let starts = chars <= 60 && !sentence && starts(bare, BYLINES) && !bare.starts_with("来源:?");
    let reporter = chars <= 50
        && !sentence
        && (bare.contains("记者") || bare.contains("通讯员"))
        && (bare.ends_with("报道") || bare.ends_with("报导") || bare.ends_with("综合报道") || starts_with_paper(bare));
    (starts || reporter).then_some(Reason::Byline)
}

/// 《某某报》记者 …
fn starts_with_paper(bare: &str) -> bool {
    bare.strip_prefix('《').and_then(|rest| rest.split_once('》')).is_some_and(|(_, rest)| rest.trim_start().starts_with("记者"))
}

/// The text after the label of a description, if the line is one.
pub(super) fn description(folded: &str) -> Option<usize> {
    DESCRIPTION_LABELS.iter().find(|label| folded.starts_with(**label)).map(|label| label.chars().count())
}

/// Whether a dropped line is a label that announces other articles below it, rather than naming one itself.
pub(super) fn announces_others(folded: &str) -> bool {
    let bare = folded.trim_matches(is_decoration);
    RELATED.contains(&bare)
}
