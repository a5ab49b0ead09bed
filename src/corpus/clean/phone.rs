//! Telephone numbers, and those who print them to sell. Knows the shapes of Chinese numbers, so that a row of years or
//! amounts is none.

use super::Reason;
use super::line_rules::{Look, is_decoration};
use super::words::{OFFICE_ENDINGS, OFFICES, SALES, SOLICITING};

/// An advertisement of one line.
const MAX_LINE_CHARS: usize = 80;
/// A line with at most so many letters is a number and its label.
const MAX_LABEL_LETTERS: usize = 8;

/// A line that is a number, or sells with one. A sentence that answers with a number is neither.
pub(super) fn advertising(&Look { folded, chars, marked, .. }: &Look<'_>) -> Option<Reason> {
    // An address stays, with the number behind it.
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    if !marked && digits < 7 {
        return None;
    }
    let office = OFFICES.iter().any(|word| folded.trim_start_matches(is_decoration).starts_with(word));
    if chars > MAX_LINE_CHARS || office || folded.starts_with(['答', 'a']) {
        return None;
    }
    let holds = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let named = || ["电话", "热线", "手机", "微信", "tel"].iter().any(|word| folded.contains(word));
    let number = number(folded, named);
    let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
    let alone = number && letters <= MAX_LABEL_LETTERS && (holds(SALES) || !is_of_office(folded));
    let sells = number && holds(SALES) && !folded.ends_with('。');
    (alone || sells || holds(SOLICITING)).then_some(Reason::Advertising)
}

/// Whether a line is a row of a list of contacts: an office, and its number, which is no mobile and no hotline.
fn is_of_office(folded: &str) -> bool {
    let label = folded.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let label =
        label.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("电话").trim_end_matches([':', '：']);
    let mobile = folded.split(|c: char| !c.is_ascii_digit()).any(|group| group.len() == 11 && group.starts_with('1'));
    OFFICE_ENDINGS.iter().any(|ending| label.ends_with(ending)) && !mobile && !folded.contains("400")
}

/// Whether a text holds a telephone number; one without an area code only where `named` says so.
fn number(text: &str, named: impl Fn() -> bool) -> bool {
    if text.bytes().filter(u8::is_ascii_digit).count() < 7 {
        return false;
    }
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '—' | '+');
    text.split(|c| !of_number(c)).any(|run| {
        let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        groups.iter().enumerate().any(|(at, group)| {
            let next = groups.get(at + 1).map_or(0, |next| next.len());
            let rest: usize = groups[at..].iter().map(|group| group.len()).sum();
            let mobile = group.len() >= 11 && group.starts_with('1') && !group.starts_with("10");
            let spaced = group.len() == 3 && group.starts_with('1') && next == 4 && rest == 11;
            let service = (group.starts_with("400") || group.starts_with("800")) && rest == 10;
            let area = group.starts_with('0')
                && (matches!(group.len(), 3 | 4) && (7..=8).contains(&next) || (10..=12).contains(&group.len()));
            let local = (7..=8).contains(&group.len()) && named();
            mobile || spaced || service || area || local
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        let look = Look::new(text, text.chars().count());
        assert_eq!(advertising(&look).is_some(), expected, "{text}");
    }

    #[test]
    fn numbers_and_sales_lines_go() {
        for text in [
            "021-55501234",
            "联系电话:(021)55501234",
            "招商热线 400 555 0123",
            "或微信/手机:13900001111",
            "厂房出租 139 0000 1111 王经理",
            "请留下您的联系方式",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn years_amounts_and_answers_stay() {
        for text in [
            "2019 2020 2021 2022",
            "产值 12345678 税收 2345678",
            "答:请拨打021-55501234。",
            "综合咨询请拨打021-55501234,夜间报修请拨打021-55505678。",
            "地址:东路66号2楼 联系人:王某 电话:021-55501234",
        ] {
            check(text, false);
        }
    }
}
