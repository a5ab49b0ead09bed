//! Rules that look at one line.

use super::credit;
use super::phone;
use super::words::{
    BREADCRUMBS, BUTTONS, BYLINES, CODES, COPYRIGHT, COPYRIGHT_INSIDE, COUNTERS, DESCRIPTION_LABELS, FIELDS, MENU,
    NAME_LINES, NEIGHBOURS, RELATED, SEARCH_LABELS, TAGS, TOOLS, WEAK_FIELDS,
};
use super::{Reason, Verdict};

/// Furniture is short; a longer line is text, whatever it starts with.
const MAX_FURNITURE_CHARS: usize = 160;
/// A row of fields or a breadcrumb may be longer than a button, but no sentence.
const MAX_ROW_CHARS: usize = 120;

/// Judges a line by itself. `folded` is the text in one script, width and case, character for character.
pub(super) fn judge<'a>(text: &'a str, folded: &str, chars: usize) -> Verdict<'a> {
    if let Some(label) = SEARCH_LABELS.iter().find(|label| folded.starts_with(**label)) {
        return after(text, label.chars().count())
            .map_or(Verdict::Drop(Reason::SearchEngine), |rest| Verdict::Part(rest, Reason::SearchEngine));
    }
    if chars > MAX_FURNITURE_CHARS {
        return credit::judge(text, folded, chars).unwrap_or(Verdict::Keep);
    }
    let sentence = folded.contains(['。', '!', '?']);
    let reason = navigation(folded, chars, sentence)
        .or_else(|| image(folded, chars))
        .or_else(|| buttons(folded, chars))
        .or_else(|| leads_away(folded, chars))
        .or_else(|| tools(folded, chars, sentence))
        .or_else(|| copyright(folded))
        .or_else(|| phone::advertising(folded, chars))
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

pub(super) fn starts(folded: &str, words: &[&str]) -> bool {
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
    // “所在位置:某路66号” is an address.
    let trails = folded.contains(['>', '›', '»', '/', '|']) || folded.contains("首页");
    let crumbs = starts(folded, BREADCRUMBS) && trails || trail >= 2 || trail == 1 && folded.contains("首页");
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
    let name = chars <= 80
        && ends_with_any(folded, &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".svg"])
        && !folded.contains('。');
    (name || matches!(folded, "[图片]" | "(图片)" | "【图片】" | "<图片>" | "图片")).then_some(Reason::Image)
}

fn ends_with_any(folded: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| folded.ends_with(ending))
}

pub(super) fn is_decoration(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '[' | ']'
                | '【'
                | '】'
                | '('
                | ')'
                | '<'
                | '>'
                | '-'
                | '·'
                | '•'
                | '*'
                | '»'
                | '«'
                | ':'
                | '|'
                | '/'
                | '、'
                | ','
                | '+'
                | '_'
                | '▲'
                | '▼'
                | '↑'
                | '↓'
                | '…'
                | '.'
        )
}

/// Every word of the line is a button.
fn buttons(folded: &str, chars: usize) -> Option<Reason> {
    if chars > 60 {
        return None;
    }
    let mut words = folded
        .split(is_decoration)
        .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .peekable();
    // Only marks and numbers: a ruler, a page number, but not an amount.
    words.peek()?;
    words.all(|word| BUTTONS.contains(&word)).then_some(Reason::Button)
}

/// Counters, and the line in which a content system says who put the page up and when.
fn tools(folded: &str, chars: usize, sentence: bool) -> Option<Reason> {
    if chars > MAX_ROW_CHARS || sentence {
        return None;
    }
    let ago = chars <= 40
        && ["个月前", "天前", "小时前", "分钟前", "年前", "周前"].iter().any(|unit| {
            folded.split_once(unit).is_some_and(|(before, rest)| {
                before.ends_with(|c: char| c.is_ascii_digit()) && rest.contains('(')
                    || before.chars().all(|c| c.is_ascii_digit())
            })
        });
    let counts = COUNTERS.iter().any(|word| {
        folded
            .split(word)
            .skip(1)
            .any(|rest| rest.trim_start_matches([':', ' ', '(', '[', '【']).starts_with(|c: char| c.is_ascii_digit()))
    });
    if counts || holds(folded, TOOLS) || ago {
        return Some(Reason::Counter);
    }
    let count = |fields: &[&str]| fields.iter().filter(|field| folded.contains(**field)).count();
    let strong = count(FIELDS);
    (strong >= 1 && strong + count(WEAK_FIELDS) >= 2 && fields_fill(folded)).then_some(Reason::Byline)
}

/// A row of fields has nothing before the first.
fn fields_fill(folded: &str) -> bool {
    FIELDS.iter().any(|field| folded.trim_start_matches(is_decoration).starts_with(field))
        || folded.split(char::is_whitespace).filter(|word| word.contains(':')).count() >= 2
}

fn copyright(folded: &str) -> Option<Reason> {
    let copying = folded.starts_with("未经") && (folded.contains("转载") || folded.contains("本网"));
    let browser = folded.starts_with("建议") && (folded.contains("分辨率") || folded.contains("浏览器"));
    (starts(folded, COPYRIGHT) || holds(folded, COPYRIGHT_INSIDE) || copying || browser).then_some(Reason::Copyright)
}

/// Tags, and links to other articles that stand on this line.
fn leads_away(folded: &str, chars: usize) -> Option<Reason> {
    let bare = folded.trim_matches(is_decoration);
    let label = bare.split([':', '/', '】', ']']).next().unwrap_or_default().trim();
    if starts(folded, TAGS)
        && (folded.contains(':') || chars <= 30)
        && !folded.contains('。')
        && (label.chars().count() <= 5)
    {
        return Some(Reason::Tags);
    }
    let whole = RELATED.contains(&label) || NEIGHBOURS.contains(&label);
    // “友情链接 某某网 某某网”: the label and names after a space.
    let spaced = chars <= 60
        && RELATED
            .iter()
            .any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '|', ',', '('])));
    let more = bare.starts_with("更多")
        && (bare.contains("关注") || bare.contains("点击") || bare.contains("请见"))
        && chars <= 80;
    (whole || spaced || more).then_some(Reason::Related)
}

fn scan(folded: &str, chars: usize, sentence: bool) -> Option<Reason> {
    let bare = folded.trim_start_matches(is_decoration);
    // “扫码支付的,…”: a longer sentence tells something.
    let asks = chars <= if sentence { 30 } else { 60 } && starts(bare, CODES);
    let names = chars <= 20
        && !sentence
        && ["微信号", "公众号", "二维码", "微信:", "qq群", "qq:"].iter().any(|word| bare.contains(word));
    (asks || names).then_some(Reason::Code)
}

fn byline(folded: &str, chars: usize, sentence: bool) -> Option<Reason> {
    let bare = folded.trim_start_matches(['(', '[', '【']);
    let name = chars <= 14 && !bare.contains(|c: char| c.is_ascii_digit()) && starts(bare, NAME_LINES);
    let starts = chars <= 60 && !sentence && starts(bare, BYLINES) || name;
    let reporter = chars <= 50
        && !sentence
        && (bare.contains("记者") || bare.contains("通讯员"))
        && (bare.ends_with("报道") || bare.ends_with("报导") || bare.ends_with("综合报道") || starts_with_paper(bare));
    (starts || reporter).then_some(Reason::Byline)
}

/// 《某某报》记者 …
fn starts_with_paper(bare: &str) -> bool {
    bare.strip_prefix('《')
        .and_then(|rest| rest.split_once('》'))
        .is_some_and(|(_, rest)| rest.trim_start().starts_with("记者"))
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
