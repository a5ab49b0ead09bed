//! Passages in tantivy, in memory: what holds a term, how often, and how well a query fits. The only folder that names
//! tantivy; neither its types nor its errors leave it except inside [`IndexError`].
//!
//! A segment is written by one thread in the order of the corpus, and segments follow each other in that order, so a
//! document number after those of the segments before it is the number of its passage, and the same corpus always gives
//! the same index.

mod cut;
mod runs;
mod segment;
mod standing;
mod search;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use crate::analysis::pairs::Pairs;
use crate::analysis::script::is_han;
use crate::analysis::terms::{Analyzer, Kind};
use crate::corpus::{Corpus, Document};
use runs::{Run, runs};
pub use search::Prepared;
use segment::FIELDS;
pub use segment::Segment;
use standing::{Standing, Standings};

/// Why an index could not be built or asked.
#[derive(Debug, thiserror::Error)]
#[error("the index failed: {0}")]
pub struct IndexError(#[from] tantivy::TantivyError);

/// The searchable form of a corpus.
#[derive(Clone, Default)]
pub struct Index {
    segments: Vec<Arc<Segment>>,
    passages: usize,
    /// How many terms of each kind its passages have together.
    tokens: [u64; 3],
    pairs: Arc<Pairs>,
    standings: Arc<Standings>,
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
    /// Builds the index of a corpus. A passage is indexed with its headings and its document's title. Segments of `kept`
    /// that hold the very same documents are not built again: they must come from the same analyzer. `done` hears how many
    /// passages are indexed; the rest is there already.
    ///
    /// # Errors
    /// If tantivy fails, which in memory means that memory ran out.
    pub fn build(
        corpus: &Corpus,
        analyzer: &Analyzer,
        kept: &Self,
        done: &(dyn Fn(usize) + Sync),
    ) -> Result<Self, IndexError> {
        let path = |documents: &[Arc<Document>]| documents.first().map(|first| first.source.path.clone());
        let there: HashMap<_, _> = kept.segments.iter().map(|segment| (path(&segment.documents), segment)).collect();
        let indexed = AtomicUsize::new(0);
        let segment = |run: &Run| {
            let documents = &corpus.documents[run.documents.clone()];
            let same = |segment: &&&Arc<Segment>| {
                let pairs = || segment.documents.iter().zip(documents);
                segment.documents.len() == documents.len() && pairs().all(|(a, b)| Arc::ptr_eq(a, b))
            };
            let segment = match there.get(&path(documents)).filter(same) {
                Some(segment) => Arc::clone(segment),
                None => Arc::new(Segment::build(corpus, documents, &corpus.passages[run.passages.clone()], analyzer)?),
            };
            done(indexed.fetch_add(segment.passages, Ordering::Relaxed) + segment.passages);
            Ok(segment)
        };
        let segments: Vec<Arc<Segment>> = runs(corpus).par_iter().map(segment).collect::<Result<_, IndexError>>()?;
        Ok(Self::of(segments, kept))
    }

    /// The index of segments that follow each other; pairs of segments that `kept` has are not counted again.
    pub fn of(segments: Vec<Arc<Segment>>, kept: &Self) -> Self {
        let passages = segments.iter().map(|segment| segment.passages).sum();
        let pairs = kept.pairs_with(&segments);
        // The index lives in memory: what cannot be read is not there.
        let of_one = |field, segment: &Arc<Segment>| {
            segment.reader().and_then(|reader| reader.inverted_index(field).ok()).map_or(0, |i| i.total_num_tokens())
        };
        let tokens = FIELDS.map(|field| segments.iter().map(|segment| of_one(field, segment)).sum());
        let standings = Arc::new(Standings::after(&kept.standings, &kept.segments, &segments));
        Self { segments, passages, tokens, pairs, standings }
    }

    /// The pairs of these segments, from those that are known.
    fn pairs_with(&self, segments: &[Arc<Segment>]) -> Arc<Pairs> {
        let beside = |of: &[Arc<Segment>], other: &[Arc<Segment>]| -> Vec<Arc<Segment>> {
            let others: HashSet<usize> = other.iter().map(|other| Arc::as_ptr(other).addr()).collect();
            of.iter().filter(|segment| !others.contains(&Arc::as_ptr(segment).addr())).cloned().collect()
        };
        let (new, gone) = (beside(segments, &self.segments), beside(&self.segments, segments));
        let all = |segments: &[Arc<Segment>]| {
            segments.par_iter().map(|segment| segment.pairs()).reduce(Pairs::default, |a, b| a.and(&b))
        };
        match (new.len(), gone.len()) {
            (0, 0) => self.pairs.clone(),
            (new_ones, gone_ones) if new_ones + gone_ones < segments.len() => {
                Arc::new(self.pairs.and(&all(&new)).without(&all(&gone)))
            }
            _ => Arc::new(all(segments)),
        }
    }

    /// What it is made of, in the order of the corpus.
    pub fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
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
        match pair(text).filter(|_| kind == Kind::Bigram) {
            Some(pair) => self.pairs.holding(pair),
            // A term that cannot be read is a term that nothing holds: the index lives in memory.
            None => self.standing(&term(kind, text)).map_or(0, |standing| standing.passages as usize),
        }
    }

    /// Looks up the terms of a query and weighs them.
    ///
    /// # Errors
    /// If tantivy fails.
    pub fn prepare(&self, query: &Query) -> Result<Prepared<'_>, IndexError> {
        Prepared::new(self, query)
    }

    /// The best passages for a query, best first, ties in the corpus' order. Only passages within `scope`, sorted
    /// ranges of passage numbers, are looked at; an empty scope means all.
    ///
    /// # Errors
    /// If tantivy fails.
    pub fn search(&self, query: &Query, scope: &[Range<usize>], limit: usize) -> Result<Vec<Hit>, IndexError> {
        self.prepare(query)?.search(scope, limit)
    }

    /// The passages within `scope` (all if it is empty) that hold every one of some terms, in the corpus' order, at most
    /// `limit`. No terms are held by nothing.
    pub fn holding(&self, kind: Kind, terms: &[String], scope: &[Range<usize>], limit: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let unheld = |text: &String| self.document_frequency(kind, text) == 0;
        if terms.iter().any(unheld) {
            return found;
        }
        // A term that cannot be read is a term that nothing holds: the index lives in memory.
        let standings: Option<Vec<Arc<Standing>>> =
            terms.iter().map(|text| self.standing(&term(kind, text)).ok()).collect();
        let Some(standings) = standings.filter(|_| !terms.is_empty()) else { return found };
        for (number, first, segment) in self.segments_within(scope) {
            if found.len() == limit {
                break;
            }
            let infos: Option<Vec<TermInfo>> = standings.iter().map(|standing| standing.within(number)).collect();
            let Some(infos) = infos else { continue };
            let Some(Ok(inverted)) = segment.reader().map(|reader| reader.inverted_index(FIELDS[kind as usize])) else {
                continue;
            };
            let read = |info: &TermInfo| inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic);
            let Ok(mut postings) = infos.iter().map(read).collect::<Result<Vec<_>, _>>() else { continue };
            postings.sort_by_key(DocSet::size_hint);
            let Some((rarest, rest)) = postings.split_first_mut() else { continue };
            while rarest.doc() != TERMINATED && found.len() < limit {
                let doc = rarest.doc();
                let passage = first + doc as usize;
                let inside = is_inside(scope, passage);
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

    /// Every pair of Han characters that some passage holds.
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// The segments that hold passages within `scope`, each with its number and that of its first passage.
    fn segments_within(&self, scope: &[Range<usize>]) -> impl Iterator<Item = (usize, usize, &Arc<Segment>)> {
        let numbered = self.segments.iter().enumerate().scan(0, |first, (number, segment)| {
            let own = *first;
            *first += segment.passages;
            Some((number, own..*first, segment))
        });
        let inside = |own: &Range<usize>| {
            let from = scope.partition_point(|range| range.end <= own.start);
            scope.is_empty() || scope.get(from).is_some_and(|range| range.start < own.end)
        };
        numbered.filter(move |(_, own, _)| inside(own)).map(|(number, own, segment)| (number, own.start, segment))
    }

    /// Where a term stands.
    fn standing(&self, term: &Term) -> Result<Arc<Standing>, IndexError> {
        Ok(self.standings.of(term, &self.segments)?)
    }
}

/// The two Han characters that a text consists of, if it does.
fn pair(text: &str) -> Option<[char; 2]> {
    let mut chars = text.chars();
    let pair = [chars.next()?, chars.next()?];
    (chars.next().is_none() && is_han(pair[0])).then_some(pair)
}

/// Whether a passage is within sorted ranges; all are within none.
fn is_inside(scope: &[Range<usize>], passage: usize) -> bool {
    let at = scope.partition_point(|range| range.end <= passage);
    scope.is_empty() || scope.get(at).is_some_and(|range| range.contains(&passage))
}

fn term(kind: Kind, text: &str) -> Term {
    Term::from_field_text(FIELDS[kind as usize], text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    fn corpus(texts: &[&str]) -> Corpus {
        let source = |path: usize| Source { path: path.to_string(), title: "园区".into(), ..Source::default() };
        let passages = texts.iter().enumerate().map(|(number, text)| (source(number), (*text).to_owned()));
        let mut corpus = Corpus::of_passages(passages);
        corpus.passages.iter_mut().for_each(|passage| passage.headings = ["总则".to_owned()].into());
        corpus
    }

    fn ask(texts: &[&str], terms: &[&str], scope: &[Range<usize>]) -> Vec<usize> {
        let index = Index::build(&corpus(texts), &Analyzer::new([]), &Index::default(), &|_| ()).unwrap();
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
        let index =
            Index::build(&corpus(&["贷款", "借款", "交通"]), &Analyzer::new([]), &Index::default(), &|_| ()).unwrap();
        let ways = vec![(vec!["借款".to_owned()], 1.0), (vec!["贷款".to_owned()], 0.8)];
        let query = Query { clauses: vec![Clause { kind: Kind::Bigram, ways }] };
        let hits = index.search(&query, &[], 10).unwrap();
        assert_eq!(hits.iter().map(|hit| hit.passage).collect::<Vec<_>>(), [1, 0]);
        assert!((hits[1].score / hits[0].score - 0.8).abs() < 0.01);
    }

    #[test]
    fn segments_answer_as_one_and_are_shared_where_nothing_changed() {
        let texts: Vec<String> = (0..9000)
            .map(|n| format!("人才{}公寓第{n}号租金{}元", if n % 7 == 0 { "政策" } else { "" }, n % 13))
            .collect();
        let mut all = corpus(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let analyzer = Analyzer::new([]);
        let parts = Index::build(&all, &analyzer, &Index::default(), &|_| ()).unwrap();
        assert!(parts.segments.len() > 1);
        let one = Segment::build(&all, &all.documents, &all.passages, &analyzer).unwrap();
        let one = Index::of(vec![Arc::new(one)], &Index::default());
        for (word, scope) in
            [("政策", vec![]), ("公寓", vec![4000..4100, 8990..9000]), ("租金", vec![]), ("号租", vec![])]
        {
            let clause = Clause { kind: Kind::Bigram, ways: vec![(vec![word.to_owned(), "第8".to_owned()], 1.0)] };
            let query = Query { clauses: vec![clause] };
            let hits = |index: &Index| index.search(&query, &scope, 50).unwrap();
            let (parts, one) = (hits(&parts), hits(&one));
            assert!(!one.is_empty());
            assert!(parts.iter().zip(&one).all(|(a, b)| a.passage == b.passage && (a.score - b.score).abs() < 1e-4));
        }
        let terms = ["政策".to_owned(), "租金".to_owned()];
        assert_eq!(parts.holding(Kind::Bigram, &terms, &[], 2000), one.holding(Kind::Bigram, &terms, &[], 2000));
        assert_eq!(parts.pairs(), one.pairs());
        assert_eq!(parts.document_frequency(Kind::Bigram, "公寓"), 9000);
        let last = all.documents.last_mut().unwrap();
        *last = Arc::new(Document::clone(last));
        let next = Index::build(&all, &analyzer, &parts, &|_| ()).unwrap();
        let shared = parts.segments.iter().zip(&next.segments).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        assert_eq!(shared + 1, parts.segments.len());
        assert_eq!(next.pairs(), parts.pairs());
        let afresh = Index::build(&all, &analyzer, &Index::default(), &|_| ()).unwrap();
        for word in ["政策", "公寓", "租金", "没有"] {
            let standing = |index: &Index| index.standing(&term(Kind::Bigram, word)).unwrap();
            assert_eq!(standing(&next), standing(&afresh), "{word}");
        }
    }

    #[test]
    fn an_empty_corpus_answers_nothing() {
        assert!(ask(&[], &["人才"], &[]).is_empty());
    }
}
