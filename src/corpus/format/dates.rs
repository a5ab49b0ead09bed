//! Dates as Chinese documents write them. Knows nothing of which date is meant.

use crate::analysis::numeral;
use crate::analysis::script::folded;
use crate::corpus::document::{Date, DateError};

/// A date that somebody wrote as such: 2023-08-21, 2023-08, 2023, 2023年8月21日, 2023/8/21, 2023.8.21.
///
/// # Errors
/// If it is none, or something else stands beside it.
pub fn date(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    Date::try_from(text.to_owned()).or_else(|error| match find(text) {
        Some((date, rest)) if rest.trim().is_empty() => Ok(date),
        _ => Err(error),
    })
}

/// The first date of a text, and the text around it without it. A year alone needs its 年.
pub(super) fn find(text: &str) -> Option<(Date, String)> {
    let may_start = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '二' | '一' | '民');
    if !text.contains(may_start) {
        return None;
    }
    // Only lines about the source are searched; a paragraph would be searched for nothing.
    let chars: Vec<char> = folded(text).replace('○', "零").chars().take(400).collect();
    (0..chars.len()).filter(|&at| at == 0 || !chars[at - 1].is_ascii_digit()).find_map(|at| {
        let (date, end) = date_at(&chars, at)?;
        Some((date, chars[..at].iter().chain(&chars[end..]).collect()))
    })
}

/// Whether a line is a date and nothing else but a time or a weekday.
pub(super) fn only(text: &str) -> Option<Date> {
    // A date in Chinese figures and a weekday are shorter, in bytes.
    if text.len() > 80 {
        return None;
    }
    let (date, rest) = find(text)?;
    let rest = rest.replace("星期", "").replace("(周", "");
    (rest.chars().filter(|c| c.is_alphabetic()).count() <= 1).then_some(date)
}

fn date_at(chars: &[char], at: usize) -> Option<(Date, usize)> {
    let (year, mut end) = year(chars, at)?;
    let separator = *chars.get(end)?;
    let ends: [char; 2] = match separator {
        '年' => ['月', '日'],
        '-' | '/' | '.' => [separator, separator],
        _ => return None,
    };
    end += 1;
    let mut written = format!("{year:04}");
    for (part, mark) in ends.into_iter().enumerate() {
        let Some((number, next)) = number(chars, skip_spaces(chars, end)) else { break };
        let closed = chars.get(next) == Some(&mark) || mark == '日' && chars.get(next) == Some(&'号');
        // In 2024-04-12 the day has no mark of its own, and in 2024-04 neither has the month.
        if !closed && separator == '年' {
            break;
        }
        let longer = format!("{written}-{number:02}");
        if Date::try_from(longer.clone()).is_err() {
            break;
        }
        (written, end) = (longer, next + usize::from(closed && (part == 0 || separator == '年')));
        if !closed {
            break;
        }
    }
    if separator != '年' && written.len() == 4 {
        return None;
    }
    Date::try_from(written).ok().map(|date| (date, end))
}

/// 2024, 二〇二四, 民國113.
fn year(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let republic = chars.get(at..at + 2).is_some_and(|word| word == ['民', '国']);
    if republic {
        let (year, end) = number(chars, skip_spaces(chars, at + 2))?;
        return ((1..=200).contains(&year) && chars.get(end) == Some(&'年')).then_some((year + 1911, end));
    }
    let digits: Option<Vec<u32>> = chars.get(at..at + 4)?.iter().map(|&c| digit(c)).collect();
    let year = digits?.into_iter().fold(0, |sum, digit| sum * 10 + digit);
    let ends = chars.get(at + 4).is_none_or(|&c| digit(c).is_none());
    ((1900..2100).contains(&year) && ends).then_some((year, at + 4))
}

/// A number up to 199 in digits or in Chinese.
fn number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let ascii = chars.iter().skip(at).take(3).take_while(|c| c.is_ascii_digit()).count();
    if ascii > 0 {
        let text: String = chars[at..at + ascii].iter().collect();
        return text.parse().ok().map(|number| (number, at + ascii));
    }
    let (mut sum, mut last, mut end) = (0, None, at);
    while let Some(&c) = chars.get(end) {
        match (c, digit(c)) {
            ('百', _) => (sum, last) = (sum + 100 * last.unwrap_or(1), None),
            ('十', _) => (sum, last) = (sum + 10 * last.unwrap_or(1), None),
            (_, Some(digit)) if !c.is_ascii() => last = Some(digit),
            _ => break,
        }
        end += 1;
    }
    (end > at).then_some((sum + last.unwrap_or(0), end))
}

fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| numeral::digit(c).map(|value| value as u32))
}

fn skip_spaces(chars: &[char], at: usize) -> usize {
    at + chars.iter().skip(at).take_while(|c| **c == ' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(find(text).map(|(date, _)| date.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_are_found_as_they_are_written() {
        check("发布时间：2024年4月9日 10:30", Some("2024-04-09"));
        check("2024-04-09", Some("2024-04-09"));
        check("2024/4/9 星期二", Some("2024-04-09"));
        check("2024.04", Some("2024-04"));
        check("二〇二四年四月十日", Some("2024-04-10"));
        check("二○二四年十二月三十一日", Some("2024-12-31"));
        check("民國一百一十三年五月", Some("2024-05"));
        check("民國113年5月2日", Some("2024-05-02"));
        check("頒布時間:2024年", Some("2024"));
        check("2024年13月", Some("2024"));
        for none in ["", "电话 2024123", "2024", "12024年", "10-21", "共2024家"] {
            check(none, None);
        }
    }

    #[test]
    fn a_date_that_is_given_may_be_written_in_any_of_these_ways() {
        for text in ["2024-03-05", "2024年3月5日", "2024/3/5", "2024.3.5", " 2024-3-5 ", "二〇二四年三月五日"]
        {
            assert_eq!(date(text).map(|date| date.to_string()).ok().as_deref(), Some("2024-03-05"), "{text}");
        }
        assert_eq!(date("2024年3月").map(|date| date.to_string()).ok().as_deref(), Some("2024-03"));
        for none in ["", "昨天", "2024年3月5日起", "2024-02-30", "2024-13-01", "2024/3/5/1", "3月5日"] {
            assert!(date(none).is_err(), "{none}");
        }
    }

    #[test]
    fn a_line_may_be_a_date_and_nothing_else() {
        assert!(only("2024年4月10日").is_some());
        assert!(only("(2024-04-10 08:00:12)").is_some());
        assert!(only("自2024年4月10日起施行").is_none());
    }
}
