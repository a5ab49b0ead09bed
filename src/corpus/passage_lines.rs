//! `passages.jsonl`: passages that someone else has cut, served as they are. Knows nothing of formats or cleaning.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::document::{Block, BlockKind, Document, Section, Source};
use super::problem::{Fault, Problem};
use super::{Corpus, CorpusError, Passage};

#[derive(Deserialize)]
struct Record {
    id: String,
    title: String,
    text: String,
}

/// Reads a file of one `{"id","title","text"}` a line, each a document of exactly one passage.
///
/// # Errors
/// If the file cannot be read, or holds no passage.
pub fn read_passages(path: &Path) -> Result<Corpus, CorpusError> {
    let bytes = fs::read(path).map_err(|source| CorpusError::Unreadable { path: path.to_owned(), source })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let corpus = parse(&name, &bytes);
    if corpus.documents.is_empty() {
        return Err(CorpusError::Empty { path: path.to_owned(), problems: corpus.problems });
    }
    Ok(corpus)
}

/// In the order of the lines, which is the order in which they were cut; ids that come twice are problems.
fn parse(name: &str, bytes: &[u8]) -> Corpus {
    let mut corpus = Corpus::default();
    let mut ids = std::collections::HashSet::new();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (at, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let refused = match serde_json::from_slice::<Record>(line) {
            Err(error) => Fault::NotPassage { cause: error.to_string() },
            Ok(record) if record.id.is_empty() => Fault::PassageUnnamed,
            Ok(record) if record.text.trim().is_empty() => {
                Fault::PassageEmpty { id: record.id.escape_debug().to_string() }
            }
            Ok(record) if !ids.insert(record.id.clone()) => {
                Fault::PassageTwice { id: record.id.escape_debug().to_string() }
            }
            Ok(record) => {
                push(&mut corpus, record);
                continue;
            }
        };
        corpus.problems.push(Problem::on(name, at + 1, refused));
    }
    corpus
}

fn push(corpus: &mut Corpus, Record { id, title, text }: Record) {
    let range = 0..text.len();
    let block = Block { kind: BlockKind::Paragraph, range: range.clone() };
    let passage = Passage { document: corpus.documents.len(), headings: [].into(), range, answers_heading: false };
    let title = if title.trim().is_empty() { id.clone() } else { title };
    corpus.passages.push(passage);
    corpus.documents.push(Arc::new(Document {
        source: Source { path: id, title, ..Source::default() },
        text,
        sections: vec![Section { headings: Vec::new(), blocks: vec![block] }],
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_document_of_one_passage_word_for_word() {
        let text = format!("  一是园区。\\n\\n{}", "园区，".repeat(400));
        let line = format!(
            "{{\"id\":\"b\",\"title\":\"题\",\"text\":\"{text}\"}}\n{{\"id\":\"a\",\"title\":\"\",\"text\":\"甲\"}}\n\n"
        );
        let corpus = parse("passages.jsonl", line.as_bytes());
        assert_eq!(corpus.problems, []);
        let seen: Vec<_> =
            corpus.passages.iter().map(|p| (corpus.source(p).title.as_str(), corpus.text(p).to_owned())).collect();
        assert_eq!(seen, [("题", text.replace("\\n", "\n")), ("a", "甲".to_owned())]);
    }

    #[test]
    fn bad_lines_are_problems_and_the_rest_is_served() {
        let corpus = parse("p.jsonl", b"{\"id\":\"a\",\"title\":\"t\",\"text\":\"x\"}\n{\"id\":1}\n\xff\n{\"id\":\"a\",\"title\":\"\",\"text\":\"y\"}\n{\"id\":\"c\",\"title\":\"\",\"text\":\" \"}");
        assert_eq!(corpus.documents.len(), 1);
        assert_eq!(corpus.problems.iter().map(|p| p.line).collect::<Vec<_>>(), [Some(2), Some(3), Some(4), Some(5)]);
    }

    #[test]
    fn a_missing_file_names_its_path() {
        let error = read_passages(Path::new("nowhere/passages.jsonl")).expect_err("it is missing");
        assert!(error.to_string().contains("nowhere/passages.jsonl"), "{error}");
    }
}
