//! Captions and credits of pictures: 某某供图, 摄影/某某, （图一）….

use super::{Reason, Verdict};
use crate::analysis::numeral::one_to_ten;

/// A credit names a person or a body, nothing longer.
const MAX_CREDIT_CHARS: usize = 28;
/// A caption of this length only says what the picture shows; a longer one states facts and stays without its credit.
const MAX_CAPTION_CHARS: usize = 24;
/// A line longer than this is no caption.
const MAX_LINE_CHARS: usize = 200;

/// A line that shows somebody or something is at most so long.
const MAX_SHOWING_CHARS: usize = 60;

const ENDINGS: &[&str] = &["供图", "摄", "图片来源网络", "图源网络"];
/// These end sentences as well, so they count only at the end of a short line that is none.
const KINDS: &[&str] = &["资料图", "资料图片", "资料照片", "效果图", "示意图", "制图"];
/// The longest line that names the kind of a picture.
const MAX_KIND_CHARS: usize = 30;
const LABELS: &[&str] = &[
    "摄影/",
    "摄影:",
    "摄影|",
    "摄影 ",
    "摄/",
    "图/",
    "图:",
    "图源:",
    "图片来源:",
    "照片提供/",
    "图片提供/",
    "图片提供:",
    "照片提供:",
    "供图:",
    "供图/",
    "制图:",
    "翻摄",
];

/// `None` if the line has no credit.
pub(super) fn judge<'a>(text: &'a str, folded: &str, chars: usize) -> Option<Verdict<'a>> {
    if chars > MAX_LINE_CHARS {
        return None;
    }
    if !folded.contains(['图', '摄', '照', '左', '右', '△', '▲']) {
        return None;
    }
    if shows(folded, chars) {
        return Some(Verdict::Drop(Reason::Credit));
    }
    let label = figure_label(folded);
    let credit = credit_start(folded, label.is_some());
    if label.is_none() && credit.is_none() {
        return None;
    }
    let start = label.unwrap_or(0);
    let end = credit.unwrap_or(chars);
    // Folding keeps the number of characters, so positions carry over.
    let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let caption = text
        .get(byte(start)..byte(end.max(start)))
        .unwrap_or_default()
        .trim()
        .trim_end_matches(['(', '（', '【'])
        .trim_end();
    if caption.chars().count() <= MAX_CAPTION_CHARS || !caption.ends_with(['。', '！', '”', '」']) {
        // A figure's label may stand before running text as well: “图一所示…” is not in brackets.
        return (credit.is_some() || label.is_some() && chars <= MAX_CAPTION_CHARS * 2)
            .then_some(Verdict::Drop(Reason::Credit));
    }
    Some(Verdict::Part(caption, Reason::Credit))
}

/// Whether a line only says what a picture shows: 图为…, 某某(左三)在….
fn shows(folded: &str, chars: usize) -> bool {
    let sentence = folded.trim_end_matches('。').contains('。');
    let bare = folded.trim_start_matches(['(', '[', '【', '△', '▲']);
    let numbered = folded.strip_prefix('图').is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || one_to_ten(c).is_some());
        rest.len() + '图'.len_utf8() < folded.len() && rest.starts_with([' ', ':', '.', '、'])
    });
    let marked = bare.len() < folded.len() && bare.starts_with(['图', '摄']) && bare.contains(':');
    // ▲ also marks what a text notes: ▲ 押金为三个月租金, ▲ 营业执照复印件.
    let pictures = ["图片", "供图", "图源", "摄影", "效果图", "示意图", "鸟瞰", "俯瞰", "外景", "实景", "合影"];
    let noted = folded.starts_with(['△', '▲']);
    let seen = noted && pictures.iter().any(|word| folded.contains(word));
    let pictured = folded.starts_with("图为") || numbered || marked || seen;
    let pointed = || {
        ["(左", "(右"].iter().any(|side| {
            let place = folded.split_once(side).and_then(|(_, rest)| rest.split_once(')')).map(|(place, _)| place);
            place.is_some_and(|place| {
                place.chars().count() <= 1 && place.chars().all(|c| one_to_ten(c).is_some() || c.is_ascii_digit())
            })
        })
    };
    chars <= MAX_SHOWING_CHARS && !sentence && (pictured || pointed())
}

/// How many characters （图一） takes at the start of a caption.
fn figure_label(folded: &str) -> Option<usize> {
    let rest = folded.strip_prefix(['(', '[', '【'])?;
    let (label, _) = rest.split_once([')', ']', '】'])?;
    let number =
        label.strip_prefix("图片").or_else(|| label.strip_prefix("图说")).or_else(|| label.strip_prefix("图"))?;
    let number = number.trim();
    let numbered = number.chars().all(|c| c.is_ascii_digit() || one_to_ten(c).is_some());
    (numbered && number.chars().count() <= 3).then(|| label.chars().count() + 2)
}

/// The character at which the credit starts that ends the line.
fn credit_start(folded: &str, labelled: bool) -> Option<usize> {
    let bare = folded.trim_end_matches([')', '】', '。', ' ', ']']);
    let head = bare.char_indices().rev().nth(MAX_CREDIT_CHARS).map_or(0, |(at, _)| at);
    let tail = bare.get(head..)?;
    let from = LABELS.iter().filter_map(|label| tail.rfind(label)).max().filter(|&at| {
        let before = tail.get(..at).unwrap_or_default().trim_end();
        // “宏图:” inside a sentence is no label; a credit stands apart.
        before.is_empty() && head == 0 || before.ends_with(['。', '(', '!', '」', '”', '【', ' ', '\u{3000}'])
    });
    let from = from.or_else(|| {
        let kind = folded.chars().count() <= MAX_KIND_CHARS
            && !folded.ends_with('。')
            && KINDS.iter().any(|kind| bare.ends_with(kind));
        let ends = kind || ENDINGS.iter().any(|ending| bare.ends_with(ending)) || labelled && bare.ends_with("提供");
        let last =
            tail.char_indices().rev().find(|(_, c)| matches!(c, '。' | '(' | '!' | '」' | '”' | '【' | ',' | ';'));
        let start = last.map_or((head == 0).then_some(0), |(at, c)| Some(at + c.len_utf8()))?;
        // 摄 also ends words; alone it follows a name and a space.
        let segment = tail.get(start..)?;
        let name = segment.strip_suffix('摄').is_none_or(|name| {
            name.ends_with(' ') || name.contains("记者") || name.chars().count() <= 4 || last.is_some()
        });
        (ends && name).then_some(start)
    })?;
    Some(folded.get(..head + from)?.chars().count())
}
