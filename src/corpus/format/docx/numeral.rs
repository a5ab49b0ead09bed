//! Numbers as a list writes them: 3, 三, 叁, 丙, ③, iii, c. Knows nothing of lists.

use crate::analysis::numeral::TO_TEN;

const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const FORMAL_TRADITIONAL: [char; 10] = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// The number in a format of Word (`ST_NumberFormat`); in plain figures where the format has no sign for it.
pub(super) fn numeral(format: &str, number: u32) -> String {
    let nth = |signs: &str| signs.chars().nth((number as usize).checked_sub(1)?).map(String::from);
    let from = |first: char| char::from_u32(u32::from(first) + number - 1).filter(|_| (1..=20).contains(&number));
    let special = match format {
        "none" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |c: char| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０'));
            number.to_string().chars().map(wide).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from('①').map(String::from),
        "decimalEnclosedParen" => from('⑴').map(String::from),
        "decimalEnclosedFullstop" => from('⒈').map(String::from),
        "ideographEnclosedCircle" => from('㊀').filter(|_| number <= 10).map(String::from),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => counted(number, &TO_TEN, ["十", "百", "千"]),
        "chineseLegalSimplified" => counted(number, &FORMAL, ["拾", "佰", "仟"]),
        "ideographLegalTraditional" => counted(number, &FORMAL_TRADITIONAL, ["拾", "佰", "仟"]),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            let digit = |c: char| c.to_digit(10).map(|digit| if digit == 0 { '〇' } else { TO_TEN[digit as usize] });
            number.to_string().chars().map(digit).collect()
        }
        "ideographTraditional" => nth(STEMS),
        "ideographZodiac" => nth(BRANCHES),
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).map(|letters| letters.to_uppercase()),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).map(|roman| roman.to_uppercase()),
        _ => None,
    };
    special.unwrap_or_else(|| number.to_string())
}

/// 一百零五; 十五, and not 一十五, unless it is written in the signs of cheques.
fn counted(number: u32, digits: &[char], units: [&str; 3]) -> Option<String> {
    if !(1..10_000).contains(&number) {
        return None;
    }
    let mut text = String::new();
    let mut skipped = false;
    for (power, unit) in [(1000, units[2]), (100, units[1]), (10, units[0]), (1, "")] {
        let digit = (number / power % 10) as usize;
        if digit == 0 {
            skipped = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            text.push(digits[0]);
        }
        if !(power == 10 && digit == 1 && text.is_empty() && unit == "十") {
            text.push(digits[digit]);
        }
        text.push_str(unit);
    }
    Some(text)
}

/// a … z, aa, bb …
fn letters(number: u32) -> Option<String> {
    let at = number.checked_sub(1).filter(|at| *at < 26 * 4)?;
    let letter = char::from_u32(u32::from('a') + at % 26)?;
    Some(std::iter::repeat_n(letter, at as usize / 26 + 1).collect())
}

fn roman(number: u32) -> Option<String> {
    let (mut rest, mut text) = (Some(number).filter(|number| (1..4000).contains(number))?, String::new());
    for (value, sign) in ROMAN {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let check = |format: &str, expected: &[(u32, &str)]| {
            for (number, text) in expected {
                assert_eq!(numeral(format, *number), *text, "{number} as {format}");
            }
        };
        check("decimal", &[(1, "1"), (12, "12")]);
        check("chineseCountingThousand", &[(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (105, "一百零五")]);
        check(
            "japaneseCounting",
            &[(110, "一百一十"), (1001, "一千零一"), (2000, "二千"), (10_000, "10000"), (0, "0")],
        );
        check("chineseLegalSimplified", &[(3, "叁"), (11, "壹拾壹")]);
        check("ideographDigital", &[(3, "三"), (10, "一〇")]);
        check("ideographTraditional", &[(3, "丙"), (11, "11")]);
        check("ideographZodiac", &[(12, "亥")]);
        check("decimalEnclosedCircleChinese", &[(1, "①"), (20, "⑳"), (21, "21")]);
        check("decimalFullWidth", &[(12, "１２")]);
        check("lowerLetter", &[(1, "a"), (26, "z"), (28, "bb"), (1000, "1000")]);
        check("upperRoman", &[(4, "IV"), (1994, "MCMXCIV")]);
        check("decimalZero", &[(3, "03")]);
        check("none", &[(3, "")]);
    }
}
