//! A cell of a spreadsheet as its number format shows it: 0.6 as 60%, a day as a day, 320 as 320元/月. The figures of a
//! number that is no percentage stay as they were typed. Knows nothing of rows.

use calamine::{Data, ExcelDateTime};

/// More digits behind the point are noise of the machine.
const MAX_DECIMALS: usize = 9;

/// The text of a cell. `format` is a code such as `0.0%` or `yyyy"年"m"月"`.
pub(super) fn shown(cell: &Data, format: &str) -> String {
    match cell {
        Data::DateTime(time) if time.is_datetime() => day(time, format),
        Data::DateTime(span) => elapsed(span.as_f64()),
        Data::DateTimeIso(text) => text.trim_end_matches("T00:00:00").replace('T', " "),
        Data::Float(number) => Format::of(format).number(*number),
        Data::Int(number) => Format::of(format).number(*number as f64),
        Data::Bool(is) => is.to_string().to_uppercase(),
        Data::Error(_) | Data::Empty => String::new(),
        cell => cell.to_string(),
    }
}

/// What a number format puts around a number, and how it shows its figures.
#[derive(Debug, Default)]
struct Format {
    before: String,
    after: String,
    is_percent: bool,
    /// Figures that stand before the point at least: house numbers such as 0302.
    figures: usize,
    /// Figures behind the point, at least and at most.
    decimals: (usize, usize),
    /// Whether the number is shown in thousands, in pieces, as a fraction or by conditions, so that what stands around it
    /// does not fit the number itself.
    is_other: bool,
}

impl Format {
    /// Reads the part for positive numbers.
    fn of(code: &str) -> Self {
        let mut format = Self::default();
        // 常规 of Excel in Chinese and in English.
        let code = code.replace("General", "#").replace("G/通用格式", "#");
        let mut chars = code.chars().peekable();
        let (mut begun, mut ended, mut behind_point) = (false, false, false);
        while let Some(c) = chars.next() {
            let literal: String = match c {
                ';' => break,
                '"' => chars.by_ref().take_while(|&c| c != '"').collect(),
                '\\' | '!' => chars.next().into_iter().collect(),
                // As wide as the next character, or filled up with it.
                '_' | '*' => {
                    chars.next();
                    continue;
                }
                '[' => {
                    let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                    format.is_other |= inside.starts_with(['<', '>', '=']);
                    let currency = inside.strip_prefix('$').and_then(|rest| rest.split('-').next());
                    currency.unwrap_or_default().to_owned()
                }
                '0' | '#' | '?' => {
                    format.is_other |= ended;
                    begun = true;
                    match (behind_point, c == '0') {
                        (true, must) => {
                            format.decimals.1 += 1;
                            format.decimals.0 += usize::from(must);
                        }
                        (false, must) => format.figures += usize::from(must),
                    }
                    continue;
                }
                '.' => {
                    (begun, behind_point) = (true, true);
                    continue;
                }
                // Between figures it parts thousands; behind them it leaves thousands out.
                ',' => {
                    format.is_other |= begun && !matches!(chars.peek(), Some('0' | '#' | '?'));
                    continue;
                }
                '%' => {
                    format.is_percent = true;
                    continue;
                }
                'E' | 'e' | '/' if begun && !ended => {
                    format.is_other = true;
                    continue;
                }
                // A bare dollar is the currency of the reader's own country.
                '@' | '$' => continue,
                c => c.to_string(),
            };
            if begun {
                ended |= !literal.trim().is_empty();
                format.after.push_str(&literal);
            } else {
                format.before.push_str(&literal);
            }
        }
        format
    }

    fn number(&self, number: f64) -> String {
        // 0.1 + 0.2 is shown as people wrote it.
        let tidy = |number: f64| (number * 1e9).round() / 1e9;
        if self.is_other {
            return tidy(number).to_string();
        }
        let size = number.abs();
        let figures = if self.is_percent {
            let (least, most) = (self.decimals.0.min(MAX_DECIMALS), self.decimals.1.min(MAX_DECIMALS));
            let tens = 10_f64.powi(most as i32);
            let mut text = format!("{:.most$}", (tidy(size * 100.0) * tens).round() / tens);
            for _ in least..most {
                text.truncate(text.trim_end_matches('0').len().max(text.len() - 1));
            }
            format!("{}%", text.trim_end_matches('.'))
        } else {
            let text = tidy(size).to_string();
            let whole = text.split('.').next().map_or(0, str::len);
            format!("{}{text}", "0".repeat(self.figures.saturating_sub(whole).min(MAX_DECIMALS)))
        };
        let sign = if number < 0.0 && figures.contains(|c| matches!(c, '1'..='9')) { "-" } else { "" };
        format!("{sign}{}{figures}{}", self.before.trim_start(), self.after.trim_end())
    }
}

/// A day, a month, a year or a time of the day, as far as the format shows it; the year is never left out.
fn day(time: &ExcelDateTime, format: &str) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let letters = date_letters(format);
    let has = |letter: char| letters.contains(letter);
    let is_timed = has('h') || has('s') || letters.is_empty();
    let clock = match (hour, minute, second) {
        (_, _, 1..) if has('s') => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}"),
    };
    let is_dated = has('y') || has('d') || has('m') && !is_timed;
    if (0.0..1.0).contains(&time.as_f64()) || !is_dated && !letters.is_empty() {
        return clock;
    }
    match (has('y') && !has('d'), has('m')) {
        (true, false) if !is_timed => format!("{year:04}"),
        (true, true) if !is_timed => format!("{year:04}-{month:02}"),
        _ if is_timed && (hour, minute, second) != (0, 0, 0) => format!("{year:04}-{month:02}-{day:02} {clock}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// The letters of a date format, without what it quotes.
fn date_letters(format: &str) -> String {
    let mut letters = String::new();
    let mut chars = format.replace("General", "").to_lowercase().chars().collect::<Vec<_>>().into_iter();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => chars.by_ref().take_while(|&c| c != '"').for_each(drop),
            '[' => chars.by_ref().take_while(|&c| c != ']').for_each(drop),
            '\\' | '!' | '_' | '*' => drop(chars.next()),
            'y' | 'm' | 'd' | 'h' | 's' => letters.push(c),
            // Years of other calendars.
            'e' => letters.push('y'),
            _ => {}
        }
    }
    letters
}

/// Hours and minutes of so many days, as `[h]:mm` shows them.
fn elapsed(days: f64) -> String {
    let minutes = (days.abs() * 1440.0).round() as u64;
    format!("{}{}:{:02}", if days < 0.0 { "-" } else { "" }, minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(number: f64, format: &str, expected: &str) {
        assert_eq!(shown(&Data::Float(number), format), expected, "{number} as {format}");
    }

    #[track_caller]
    fn check_day(number: f64, format: &str, expected: &str) {
        let time = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false);
        assert_eq!(shown(&Data::DateTime(time), format), expected, "{number} as {format}");
    }

    #[test]
    fn a_share_is_a_percentage() {
        check(0.6, "0%", "60%");
        check(0.285, "0.0%", "28.5%");
        check(0.285, "0%", "29%");
        check(0.5, "0.0#%", "50.0%");
        check(0.5, "0.##%", "50%");
        check(1.0 / 3.0, "0.00%", "33.33%");
        check(-0.05, "0%;[Red]-0%", "-5%");
        check(-0.000_1, "0%", "0%");
        check(20.0, "0%", "2000%");
    }

    #[test]
    fn a_number_keeps_its_figures_and_gets_its_unit() {
        check(1240.0, "#,##0", "1240");
        check(2.55, "0.0", "2.55");
        check(0.1 + 0.2, "General", "0.3");
        check(320.0, "0\"元/月\"", "320元/月");
        check(320.0, "General\"元\"", "320元");
        check(26.5, "\"¥\"#,##0.00_);(\"¥\"#,##0.00)", "¥26.5");
        check(-26.5, "[$¥-804]#,##0.00;[Red]\\-#,##0.00", "-¥26.5");
        check(302.0, "0000", "0302");
        check(26.5, "_($* #,##0.00_);_($* (#,##0.00)", "26.5");
        check(3.0, "0\\ \"间\"", "3 间");
    }

    #[test]
    fn what_the_format_counts_otherwise_stays_the_number() {
        check(12_000.0, "0!.0,\"万\"", "12000");
        check(12_000.0, "#,##0,\"千元\"", "12000");
        check(5_550_199.0, "000\"-\"0000", "5550199");
        check(0.5, "# ?/?\"吨\"", "0.5");
        check(1_200_000.0, "0.00E+00", "1200000");
        check(61.0, "[>=60]\"及格\";\"不及格\"", "61");
    }

    #[test]
    fn a_day_is_as_long_as_its_format() {
        check_day(45_566.0, "yyyy\\-mm\\-dd", "2024-10-01");
        check_day(45_566.0, "m\"月\"d\"日\"", "2024-10-01");
        check_day(45_566.0, "yyyy\"年\"m\"月\"", "2024-10");
        check_day(45_566.0, "[$-804]yyyy\"年\"", "2024");
        check_day(45_566.375, "yyyy/m/d", "2024-10-01");
        check_day(45_566.375, "yyyy/m/d h:mm", "2024-10-01 09:00");
        check_day(45_566.375, "General", "2024-10-01 09:00");
        check_day(0.375, "h:mm AM/PM", "09:00");
        check_day(45_566.375, "h\"时\"mm\"分\"", "09:00");
        assert_eq!(elapsed(1.5), "36:00");
    }

    proptest! {
        #[test]
        fn no_format_panics(format in "[-0#?.,%;\"\\[\\]$¥<>=!_*@EeyYmdhs元 ]{0,24}", number in proptest::num::f64::ANY) {
            let time = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false);
            shown(&Data::Float(number), &format);
            shown(&Data::DateTime(time), &format);
        }
    }
}
