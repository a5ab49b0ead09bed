//! Passages in tantivy, in memory: what holds a term, how often, and how well a query fits. The only folder that names
//! tantivy; neither its types nor its errors leave it except inside [`IndexError`].
//!
//! There is one segment, written by one thread, so a document number is the number of its passage and the same corpus
//! always gives the same index.

use std::ops::Range;

use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, EnableScoring, Occur, Query as _, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{DocSet, IndexSettings, Searcher, TERMINATED, TantivyDocument};

use crate::analysis::script::{fold, is_han};
use crate::analysis::terms::{Analyzer, Kind};
use crate::corpus::{Corpus, Passage};

/// Memory that the writer may use before it must finish, in bytes.
const WRITER_BYTES: usize = 1 << 30;
/// What the BM25 of each kind of term counts in the sum, in the order of [`Kind::ALL`].
const KIND_WEIGHTS: [f32; 3] = [0.6, 1.0, 1.0];

/// Why an index could not be built or asked.
#[derive(Debug, thiserror::Error)]
#[error("the index failed: {0}")]
pub struct IndexError(#[from] tantivy::TantivyError);

/// The searchable form of a corpus.
pub struct Index {
    searcher: Searcher,
    fields: [Field; 3],
    passages: usize,
}

/// What the index is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Parts that add up.
    pub clauses: Vec<Clause>,
}

/// A part of a query: ways to satisfy it, of which the best counts.
#[derive(Debug, Clone)]
pub struct Clause {
    /// The kind of its terms.
    pub kind: Kind,
    /// Each way is a group of terms that add up, and what it counts.
    pub ways: Vec<(Vec<String>, f32)>,
}

/// A passage that the index found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Number of the passage in the corpus.
    pub passage: usize,
    /// BM25 (k1 1.2, b .75) of each kind of term, in the order of [`Kind::ALL`].
    pub by_kind: [f32; 3],
    /// Their weighted sum.
    pub score: f32,
}

impl Index {
    /// Builds the index of a corpus. A passage is indexed with its headings and its document's title.
    ///
    /// # Errors
    /// If tantivy fails, which in memory means that memory ran out.
    pub fn build(corpus: &Corpus, analyzer: &Analyzer) -> Result<Self, IndexError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = ["unigram", "bigram", "word"].map(|name| schema.add_text_field(name, options.clone()));
        let mut writer = tantivy::Index::builder()
            .schema(schema.build())
            .settings(IndexSettings::default())
            .single_segment_index_writer(RamDirectory::create(), WRITER_BYTES)?;
        for passage in &corpus.passages {
            writer.add_document(document(&indexed_text(corpus, passage), fields, analyzer))?;
        }
        let searcher = writer.finalize()?.reader()?.searcher();
        Ok(Self { searcher, fields, passages: corpus.passages.len() })
    }

    /// How many passages it holds.
    pub fn len(&self) -> usize {
        self.passages
    }

    /// Whether it holds no passage.
    pub fn is_empty(&self) -> bool {
        self.passages == 0
    }

    /// How many passages hold a folded term.
    pub fn document_frequency(&self, kind: Kind, text: &str) -> usize {
        // A term that cannot be read is a term that nothing holds: the index lives in memory.
        self.searcher.doc_freq(&self.term(kind, text)).map_or(0, |count| count as usize)
    }

    /// The best passages for a query, best first, ties in the corpus' order. Only passages within `scope`, sorted
    /// ranges of passage numbers, are looked at; an empty scope means all.
    ///
    /// # Errors
    /// If tantivy fails.
    pub fn search(&self, query: &Query, scope: &[Range<usize>], limit: usize) -> Result<Vec<Hit>, IndexError> {
        let mut scores = vec![[0.0f32; 3]; self.passages];
        for (number, &kind) in Kind::ALL.iter().enumerate() {
            let clauses = query.clauses.iter().filter(|clause| clause.kind == kind);
            let parts = clauses.map(|clause| (Occur::Should, self.clause(clause))).collect();
            let query = BooleanQuery::new(parts);
            let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
            for segment in self.searcher.segment_readers() {
                let mut scorer = weight.scorer(segment, 1.0)?;
                while scorer.doc() != TERMINATED {
                    scores[scorer.doc() as usize][number] = scorer.score();
                    scorer.advance();
                }
            }
        }
        let hit = |passage: usize| {
            let by_kind = scores[passage];
            let score = by_kind.iter().zip(KIND_WEIGHTS).map(|(score, weight)| score * weight).sum();
            Hit { passage, by_kind, score }
        };
        let inside = |passage: &usize| scope.is_empty() || scope.iter().any(|range| range.contains(passage));
        let mut hits: Vec<Hit> = (0..self.passages).filter(inside).map(hit).filter(|hit| hit.score > 0.0).collect();
        let order = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage));
        if hits.len() > limit && limit > 0 {
            hits.select_nth_unstable_by(limit - 1, order);
            hits.truncate(limit);
        }
        hits.sort_by(order);
        Ok(hits)
    }

    /// The passages within `scope` (all if it is empty) that hold every one of some terms, in the corpus' order, at most
    /// `limit`. No terms are held by nothing.
    pub fn holding(&self, kind: Kind, terms: &[String], scope: &[Range<usize>], limit: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for segment in self.searcher.segment_readers() {
            let Ok(inverted) = segment.inverted_index(self.fields[kind as usize]) else { continue };
            let read = |text: &String| inverted.read_postings(&self.term(kind, text), IndexRecordOption::Basic);
            let Some(mut postings) = terms.iter().map(|text| read(text).ok().flatten()).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            postings.sort_by_key(DocSet::size_hint);
            let Some((rarest, rest)) = postings.split_first_mut() else { continue };
            while rarest.doc() != TERMINATED && found.len() < limit {
                let doc = rarest.doc();
                let passage = doc as usize;
                let inside = scope.is_empty() || scope.iter().any(|range| range.contains(&passage));
                if inside
                    && rest.iter_mut().all(|other| other.doc() == doc || (other.doc() < doc && other.seek(doc) == doc))
                {
                    found.push(passage);
                }
                rarest.advance();
            }
        }
        found
    }

    /// Every pair of Han characters that some passage holds, sorted.
    pub fn pairs(&self) -> Vec<[char; 2]> {
        let mut pairs = Vec::new();
        for segment in self.searcher.segment_readers() {
            let Ok(inverted) = segment.inverted_index(self.fields[Kind::Bigram as usize]) else { continue };
            let Ok(mut terms) = inverted.terms().stream() else { continue };
            while terms.advance() {
                let Ok(text) = std::str::from_utf8(terms.key()) else { continue };
                let mut chars = text.chars();
                if let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next())
                    && is_han(first)
                {
                    pairs.push([first, second]);
                }
            }
        }
        pairs
    }

    fn term(&self, kind: Kind, text: &str) -> tantivy::Term {
        tantivy::Term::from_field_text(self.fields[kind as usize], text)
    }

    fn clause(&self, clause: &Clause) -> Box<dyn tantivy::query::Query> {
        let way = |(terms, weight): &(Vec<String>, f32)| -> Box<dyn tantivy::query::Query> {
            let query = |text: &String| -> Box<dyn tantivy::query::Query> {
                Box::new(TermQuery::new(self.term(clause.kind, text), IndexRecordOption::WithFreqs))
            };
            let sum: Box<dyn tantivy::query::Query> = match terms.as_slice() {
                [only] => query(only),
                several => Box::new(BooleanQuery::new(several.iter().map(|t| (Occur::Should, query(t))).collect())),
            };
            Box::new(BoostQuery::new(sum, *weight))
        };
        match clause.ways.as_slice() {
            [only] => way(only),
            several => Box::new(DisjunctionMaxQuery::new(several.iter().map(way).collect())),
        }
    }
}

/// What of a passage is searched: title, headings and text, on lines of their own.
fn indexed_text(corpus: &Corpus, passage: &Passage) -> String {
    let title = corpus.source(passage).title.as_str();
    let headings = passage.headings.iter().map(String::as_str);
    std::iter::once(title).chain(headings).chain([corpus.text(passage)]).collect::<Vec<_>>().join("\n")
}

fn document(text: &str, fields: [Field; 3], analyzer: &Analyzer) -> TantivyDocument {
    let mut tokens: [Vec<Token>; 3] = Default::default();
    for term in analyzer.terms(&fold(text).chars) {
        let list = &mut tokens[term.kind as usize];
        list.push(Token { position: list.len(), text: term.text, ..Token::default() });
    }
    let mut document = TantivyDocument::default();
    for (field, tokens) in fields.into_iter().zip(tokens) {
        document.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Document, Source};

    fn corpus(texts: &[&str]) -> Corpus {
        let mut corpus = Corpus::default();
        for (number, text) in texts.iter().enumerate() {
            let source = Source { path: number.to_string(), title: "园区".into(), ..Source::default() };
            corpus.documents.push(Document { source, text: (*text).into(), sections: Vec::new() });
            corpus.passages.push(Passage {
                document: number,
                headings: vec!["总则".into()],
                range: 0..text.len(),
                answers_heading: false,
            });
        }
        corpus
    }

    fn ask(texts: &[&str], terms: &[&str], scope: &[Range<usize>]) -> Vec<usize> {
        let index = Index::build(&corpus(texts), &Analyzer::new([])).unwrap();
        let clause = |term: &&str| Clause { kind: Kind::Bigram, ways: vec![(vec![(*term).to_owned()], 1.0)] };
        let query = Query { clauses: terms.iter().map(clause).collect() };
        index.search(&query, scope, 10).unwrap().into_iter().map(|hit| hit.passage).collect()
    }

    #[test]
    fn finds_the_passage_that_holds_more_of_the_query() {
        assert_eq!(ask(&["人才公寓", "人才政策", "交通"], &["人才", "公寓"], &[]), [0, 1]);
    }

    #[test]
    fn headings_and_title_count() {
        assert_eq!(ask(&["人才公寓"], &["总则"], &[]), [0]);
        assert_eq!(ask(&["人才公寓"], &["园区"], &[]), [0]);
    }

    #[test]
    fn a_scope_hides_the_rest() {
        assert_eq!(ask(&["人才公寓", "人才公寓"], &["人才"], std::slice::from_ref(&(1..2))), [1]);
    }

    #[test]
    fn the_best_of_several_ways_counts() {
        let index = Index::build(&corpus(&["贷款", "借款", "交通"]), &Analyzer::new([])).unwrap();
        let ways = vec![(vec!["借款".to_owned()], 1.0), (vec!["贷款".to_owned()], 0.8)];
        let query = Query { clauses: vec![Clause { kind: Kind::Bigram, ways }] };
        let hits = index.search(&query, &[], 10).unwrap();
        assert_eq!(hits.iter().map(|hit| hit.passage).collect::<Vec<_>>(), [1, 0]);
        assert!((hits[1].score / hits[0].score - 0.8).abs() < 0.01);
    }

    #[test]
    fn an_empty_corpus_answers_nothing() {
        assert!(ask(&[], &["人才"], &[]).is_empty());
    }
}
