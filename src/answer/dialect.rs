//! Words of Cantonese, of Taiwan and of Shanghai by which people ask, written as everybody reads them: 边度 as 哪里. Each is as
//! long as what is written for it, so that every range of the question stays.

use std::ops::Range;

use super::grammar::GRAMMAR;
use crate::analysis::stretch::places_of;
use crate::analysis::terms::Analyzer;

/// Writes the words of a folded question that ask in a dialect as everybody reads them. One must begin where a word
/// does: 周边度假村 does not ask where.
pub(super) fn write_commonly(question: &mut [char], analyzer: &Analyzer) {
    let asking: Vec<(Range<usize>, &str)> = (GRAMMAR.dialect.iter())
        .flat_map(|(said, common)| {
            let said: Vec<char> = said.chars().collect();
            places_of(question, &said).into_iter().map(move |range| (range, common.as_str()))
        })
        .collect();
    if asking.is_empty() {
        return;
    }
    let words = analyzer.words(question);
    for (range, common) in asking {
        if words.iter().any(|word| word.start == range.start) {
            for (c, written) in question[range].iter_mut().zip(common.chars()) {
                *c = written;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::script::fold;

    #[test]
    fn what_is_written_is_as_long_as_what_is_said() {
        for (said, common) in &GRAMMAR.dialect {
            assert_eq!(said.chars().count(), common.chars().count(), "{said} {common}");
        }
    }

    #[test]
    fn what_begins_inside_a_word_asks_nothing() {
        for (typed, read) in [
            ("大零號灣喺邊度", "大零号湾在哪里"),
            ("棟樓有幾多層", "栋楼有多少层"),
            ("點樣申請", "怎样申请"),
            ("周边度假村多少钱", "周边度假村多少钱"),
            ("路边间隔多远", "路边间隔多远"),
            ("这点解决不了", "这点解决不了"),
        ] {
            let mut question = fold(typed).chars;
            write_commonly(&mut question, &Analyzer::new([]));
            assert_eq!(question.iter().collect::<String>(), read);
        }
    }
}
