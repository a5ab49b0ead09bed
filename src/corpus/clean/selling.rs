//! Advertisements: what somebody else paid for, and lines that only those print who sell.

use super::line_rules::{is_decoration, starts};
use super::words::{PAID, PERSUADING, SELLING};

/// The longest line that only sells.
const MAX_LINE_CHARS: usize = 200;
/// A number of so many digits is one to ring.
const MIN_DIGITS: usize = 7;

/// Whether a line is an advertisement. `folded` is in one script, width and case.
pub(super) fn selling(folded: &str, chars: usize) -> bool {
    if chars > MAX_LINE_CHARS {
        return false;
    }
    let marked = folded.starts_with(['【', '[', '(', '<', '-', '—']);
    let bare = folded.trim_matches(|c| is_decoration(c) || c == '—');
    let paid = starts(bare, PAID) || marked && matches!(bare, "广告" | "推广" | "赞助");
    let count = |words: &[&str]| words.iter().filter(|word| folded.contains(**word)).count();
    let urges = || {
        let digits = folded.bytes().filter(u8::is_ascii_digit).count();
        count(PERSUADING) > 0 || folded.contains('!') || digits >= MIN_DIGITS
    };
    paid || match count(SELLING) {
        0 => false,
        1 => urges(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(selling(text, text.chars().count()), expected, "{text}");
    }

    #[test]
    fn advertisements_are_told_by_their_words() {
        check("【广告】滨江精装写字楼", true);
        check("—— 推广 ——", true);
        check("滨江现房实景,一手房源,零中介费,欢迎您来", true);
        check("滨江厂房火热招租,看房请拨:400-555-0123(微信同号)", true);
        check("广告产业园有企业三百家。", false);
        check("人才公寓拎包入住,租金打七折。", false);
        check("园区设专线班车,拎包入驻,午餐每份十五元。", false);
        check("推广应用新技术", false);
        check("可供出让的工业用地仅剩2,140亩,产值超百亿元的企业只有2家,1250家厂商出租厂房。", false);
        check("看房请提前一天预约,咨询热线021-55501234,专车接送。", false);
    }
}
