//! A question without the park that it names: what people ask who believe that it is clear.

use crate::answer::{Question, Reading};

/// The question without the names of parks that were recognised in it; `None` if it names none, or little is left.
pub fn unnamed(question: &Question, reading: &Reading) -> Option<Question> {
    const LEAST_CHARS: usize = 4;
    let named = |at: &usize| reading.named.iter().any(|named| named.range.contains(at));
    let left: String = question.text().chars().enumerate().filter(|(at, _)| !named(at)).map(|(_, c)| c).collect();
    let enough = left.chars().filter(|c| c.is_alphanumeric()).count() >= LEAST_CHARS;
    Question::new(&left).ok().filter(|_| enough && !reading.named.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::Words;
    use crate::answer::Knowledge;
    use crate::corpus::{Corpus, Document, Source};

    #[test]
    fn the_name_is_left_out() {
        let source = Source { title: "规划".into(), park: Some("大零号湾".into()), ..Source::default() };
        let document = Document { source, text: String::new(), sections: Vec::new() };
        let corpus = Corpus { documents: vec![document.into()], ..Corpus::default() };
        let knowledge = Knowledge::new(corpus, &Words::default()).unwrap();
        let without = |text: &str| {
            let question = Question::new(text).unwrap();
            unnamed(&question, &Reading::of(text, &knowledge)).map(|question| question.text().to_owned())
        };
        assert_eq!(without("大零号湾有多少家高新企业").as_deref(), Some("有多少家高新企业"));
        assert_eq!(without("有多少家高新企业"), None);
        assert_eq!(without("大零号湾呢"), None);
    }
}
