//! Chinese numerals, folded: which characters write a number, and what one of them says. Knows nothing of what is counted
//! or numbered; patterns name the numerals they mean themselves.

/// The numerals of one character, each at its value; folding makes 〇 a 零.
pub const TO_TEN: [char; 11] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// The value of a digit, 零 to 九.
pub fn digit(c: char) -> Option<usize> {
    to_ten(c).filter(|value| *value < 10)
}

/// The value of 一 to 十, by which a list may number its items.
pub fn one_to_ten(c: char) -> Option<usize> {
    to_ten(c).filter(|value| *value > 0)
}

/// The value of a number in Arabic figures or in Chinese ones up to 十九; 两 is 2.
pub fn value(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    match (chars.next()?, chars.next()) {
        ('两', None) => Some(2),
        ('十', Some(c)) if chars.next().is_none() => digit(c).map(|digit| 10 + digit),
        (c, None) => to_ten(c).or_else(|| text.parse().ok()),
        _ => text.parse().ok(),
    }
}

/// Whether a number in Chinese is written with a character.
pub fn is_numeral(c: char) -> bool {
    to_ten(c).is_some() || matches!(c, '百' | '千' | '万' | '亿' | '两')
}

fn to_ten(c: char) -> Option<usize> {
    TO_TEN.iter().position(|numeral| *numeral == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_values() {
        assert_eq!(['零', '九', '十', '两', '9'].map(digit), [Some(0), Some(9), None, None, None]);
        assert_eq!(['零', '一', '十', '百', '1'].map(one_to_ten), [None, Some(1), Some(10), None, None]);
        assert_eq!(
            ["零", "三", "十", "两", "7", "12", "十二", "三十", "x", ""].map(value),
            [Some(0), Some(3), Some(10), Some(2), Some(7), Some(12), Some(12), None, None, None]
        );
    }

    #[test]
    fn numbers_are_written_with_numerals() {
        assert!("一百零五万两千".chars().all(is_numeral));
        assert!(!"半余多几第3〇".chars().any(is_numeral));
    }
}
