//! The best passages for a query. Every passage gets the score that it would get if all were scored, but where the rarer
//! terms of a query are missing, what is left cannot reach the best, and such passages are passed over.

use std::ops::Range;
use std::sync::Arc;

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED};

use super::segment::FIELDS;
use super::standing::Standing;
use super::{Hit, Index, IndexError, Query, is_inside, term};
use crate::analysis::terms::Kind;

/// What the BM25 of each kind of term counts in the sum, in the order of [`Kind::ALL`].
const KIND_WEIGHTS: [f32; 3] = [0.6, 1.0, 1.0];
/// Sums of 32-bit floats in another order differ by less than this share.
const ROUNDING: f32 = 1e-4;

/// A term of the query, where it stands, and what it weighs.
struct Weighed {
    standing: Arc<Standing>,
    bm25: Bm25Weight,
}

/// A clause of the query: ways, each a group of terms that add up.
struct Part {
    kind: Kind,
    ways: Vec<Vec<Weighed>>,
}

/// A clause in a segment that holds some of its terms: its number, and the most that it adds to a score there.
struct Present {
    part: usize,
    most: f32,
}

/// A query whose terms are looked up and weighed: it can be searched for in one scope after the other.
pub struct Prepared<'a> {
    index: &'a Index,
    parts: Vec<Part>,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(index: &'a Index, query: &Query) -> Result<Self, IndexError> {
        Ok(Self { index, parts: parts(index, query)? })
    }

    /// The best passages, best first, ties in the corpus' order. Only passages within `scope`, sorted ranges of passage
    /// numbers, are looked at; an empty scope means all. A limit of 0 means no limit.
    ///
    /// # Errors
    /// If tantivy fails.
    pub fn search(&self, scope: &[Range<usize>], limit: usize) -> Result<Vec<Hit>, IndexError> {
        let most = |number: usize| self.parts.iter().map(|part| part.most_within(number)).sum::<f32>();
        let inside = self.index.segments_within(scope);
        let inside = inside.map(|(number, first, segment)| (most(number), number, first, segment));
        let mut inside: Vec<_> = inside.filter(|(most, ..)| *most > 0.0).collect();
        // Where most can be found first: what comes later has to be better.
        inside.sort_by(|(a, first, ..), (b, second, ..)| b.total_cmp(a).then(first.cmp(second)));
        let mut hits: Vec<Hit> = Vec::new();
        let mut least = 0.0;
        let mut table = Table::default();
        for (most, number, first, segment) in inside {
            if most * (1.0 + ROUNDING) < least {
                break;
            }
            let Some(reader) = segment.reader() else { continue };
            let is_inside = |doc: usize| is_inside(scope, first + doc);
            let found = table.fill(&self.parts, number, reader, least, &is_inside)?;
            let found = found.iter().map(|doc| table.hit(&self.parts, *doc as usize, first));
            hits.extend(found.filter(|hit| hit.score > 0.0));
            hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage)));
            if limit > 0 {
                hits.truncate(limit);
                least = hits.get(limit - 1).map_or(0.0, |last| last.score);
            }
        }
        Ok(hits)
    }
}

/// The clauses of a query with what their terms weigh in the whole index, whichever segment they stand in.
fn parts(index: &Index, query: &Query) -> Result<Vec<Part>, IndexError> {
    let weighed = |kind: Kind, text: &str, boost: f32| -> Result<Weighed, IndexError> {
        let standing = index.standing(&term(kind, text))?;
        let average = index.tokens[kind as usize] as f32 / index.passages as f32;
        let bm25 = Bm25Weight::for_one_term_without_explain(standing.passages, index.passages as u64, average);
        Ok(Weighed { standing, bm25: bm25.boost_by(boost) })
    };
    let way = |kind: Kind, (terms, boost): &(Vec<String>, f32)| {
        terms.iter().map(|text| weighed(kind, text, *boost)).collect::<Result<Vec<_>, _>>()
    };
    let part = |clause: &super::Clause| {
        let ways = clause.ways.iter().map(|terms| way(clause.kind, terms)).collect::<Result<_, _>>()?;
        Ok(Part { kind: clause.kind, ways })
    };
    query.clauses.iter().map(part).collect()
}

impl Weighed {
    /// The most that it gives a passage.
    fn most(&self) -> f32 {
        self.bm25.score(0, u32::MAX)
    }
}

impl Part {
    /// The most that it adds to a score in a segment.
    fn most_within(&self, segment: usize) -> f32 {
        let of_way = |way: &Vec<Weighed>| -> f32 {
            way.iter().filter(|term| term.standing.is_within(segment)).map(Weighed::most).sum()
        };
        KIND_WEIGHTS[self.kind as usize] * self.ways.iter().map(of_way).fold(0.0, f32::max)
    }
}

/// What each clause gives the passages of one segment, a row for each clause.
#[derive(Default)]
struct Table {
    passages: usize,
    scores: Vec<f32>,
    /// What is known of the score of each passage.
    known: Vec<f32>,
    of_way: Vec<f32>,
}

impl Table {
    /// Fills it with what the clauses give the passages of a segment, and returns those passages that may reach `least`,
    /// in order; only their columns are whole.
    fn fill(
        &mut self,
        parts: &[Part],
        number: usize,
        reader: &SegmentReader,
        least: f32,
        is_inside: &dyn Fn(usize) -> bool,
    ) -> Result<Vec<DocId>, IndexError> {
        self.passages = reader.max_doc() as usize;
        self.scores.clear();
        self.scores.resize(parts.len() * self.passages, 0.0);
        self.known.clear();
        self.known.resize(self.passages, 0.0);
        let present = parts.iter().enumerate().map(|(part, of)| Present { part, most: of.most_within(number) });
        let mut present: Vec<Present> = present.filter(|present| present.most > 0.0).collect();
        present.sort_by(|a, b| b.most.total_cmp(&a.most).then(a.part.cmp(&b.part)));
        let mut rest: f32 = present.iter().map(|present| present.most).sum();
        let reaches = |score: f32| score * (1.0 + ROUNDING) >= least;
        let mut present = present.into_iter().peekable();
        // As long as the rest alone may reach it, any passage may.
        while let Some(next) = present.next_if(|_| reaches(rest)) {
            self.row(next.part, &parts[next.part], number, reader, None)?;
            rest -= next.most;
        }
        let mut docs: Vec<DocId> = (0..reader.max_doc())
            .filter(|doc| {
                let known = self.known[*doc as usize];
                known > 0.0 && reaches(known + rest.max(0.0)) && is_inside(*doc as usize)
            })
            .collect();
        for next in present.take_while(|_| !docs.is_empty()).collect::<Vec<_>>() {
            self.row(next.part, &parts[next.part], number, reader, Some(&docs))?;
            rest -= next.most;
            docs.retain(|doc| reaches(self.known[*doc as usize] + rest.max(0.0)));
        }
        Ok(docs)
    }

    /// Fills the row of a clause for some passages, or for all.
    fn row(
        &mut self,
        part: usize,
        clause: &Part,
        number: usize,
        reader: &SegmentReader,
        docs: Option<&[DocId]>,
    ) -> Result<(), IndexError> {
        let field = FIELDS[clause.kind as usize];
        let inverted = reader.inverted_index(field)?;
        let norms = reader.get_fieldnorms_reader(field)?;
        let row = &mut self.scores[part * self.passages..(part + 1) * self.passages];
        for way in &clause.ways {
            self.of_way.clear();
            self.of_way.resize(self.passages, 0.0);
            for (term, info) in way.iter().filter_map(|term| Some((term, term.standing.within(number)?))) {
                let postings = inverted
                    .read_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)
                    .map_err(tantivy::TantivyError::from)?;
                each(postings, docs, |doc, frequency| {
                    self.of_way[doc as usize] += term.bm25.score(norms.fieldnorm_id(doc), frequency);
                });
            }
            for (score, of_way) in row.iter_mut().zip(&self.of_way) {
                *score = score.max(*of_way);
            }
        }
        for (known, score) in self.known.iter_mut().zip(row) {
            *known += KIND_WEIGHTS[clause.kind as usize] * *score;
        }
        Ok(())
    }

    /// A passage whose column is whole; `first` is the number of the first of the segment.
    fn hit(&self, parts: &[Part], doc: usize, first: usize) -> Hit {
        let mut by_kind = [0.0f32; 3];
        for (part, clause) in parts.iter().enumerate() {
            by_kind[clause.kind as usize] += self.scores[part * self.passages + doc];
        }
        let score = by_kind.iter().zip(KIND_WEIGHTS).map(|(score, weight)| score * weight).sum();
        Hit { passage: first + doc, by_kind, score }
    }
}

/// Hears of every passage that holds a term, in order, and how often; of `docs` alone if they are given, which are sorted.
fn each(mut postings: SegmentPostings, docs: Option<&[DocId]>, mut hear: impl FnMut(DocId, u32)) {
    let Some(docs) = docs else {
        while postings.doc() != TERMINATED {
            hear(postings.doc(), postings.term_freq());
            postings.advance();
        }
        return;
    };
    for doc in docs {
        if postings.doc() < *doc {
            postings.seek(*doc);
        }
        if postings.doc() == *doc {
            hear(*doc, postings.term_freq());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::terms::Analyzer;
    use crate::corpus::{Corpus, Source};
    use crate::index::Clause;

    /// Passages of common words, of which some hold a rare one, in several segments.
    fn index() -> Index {
        let passage = |number: usize| {
            let rare = match (number % 997, number % 401) {
                (0, _) => "云麓谷",
                (_, 0) => "星湖园",
                _ => "",
            };
            let text = format!("{rare}{}企业的租金补贴{}", "人才公寓".repeat(number % 5), "政策".repeat(number % 3));
            (Source { path: number.to_string(), ..Source::default() }, text)
        };
        let corpus = Corpus::of_passages((0..12_000).map(passage));
        Index::build(&corpus, &Analyzer::new([]), &Index::default(), &|_| ()).unwrap()
    }

    fn check(index: &Index, ways: &[&[(&[&str], f32)]], scope: &[Range<usize>]) {
        let clause = |ways: &&[(&[&str], f32)]| {
            let owned = |terms: &[&str]| terms.iter().map(|term| (*term).to_owned()).collect();
            Clause { kind: Kind::Bigram, ways: ways.iter().map(|(terms, weight)| (owned(terms), *weight)).collect() }
        };
        let query = Query { clauses: ways.iter().map(clause).collect() };
        let all = index.search(&query, scope, 0).unwrap();
        assert!(all.len() > 12, "{}", all.len());
        for limit in [1, 12, 100] {
            let best = index.search(&query, scope, limit).unwrap();
            assert_eq!(best, all[..limit.min(all.len())], "{ways:?} {limit}");
        }
    }

    #[test]
    fn what_is_passed_over_is_not_among_the_best() {
        let index = index();
        assert!(index.segments.len() > 3);
        let common: [&[(&[&str], f32)]; 3] = [&[(&["企业"], 1.0)], &[(&["租金"], 1.0)], &[(&["人才"], 1.0)]];
        check(&index, &common, &[]);
        check(&index, &[common.as_slice(), &[&[(&["云麓"], 1.0)]]].concat(), &[]);
        check(&index, &[common.as_slice(), &[&[(&["星湖"], 0.3), (&["云麓", "麓谷"], 0.8)]]].concat(), &[]);
        check(
            &index,
            &[&[(&["湖园"], 1.0)], common[0], &[(&["没有"], 1.0), (&["政策"], 0.8)]],
            &[100..9000, 11_000..11_900],
        );
    }

    #[test]
    fn rare_terms_leave_most_passages_unread() {
        let index = index();
        let clause = |term: &str| Clause { kind: Kind::Bigram, ways: vec![(vec![term.to_owned()], 1.0)] };
        let parts = parts(&index, &Query { clauses: vec![clause("企业"), clause("云麓")] }).unwrap();
        let least = parts[0].most_within(0) * 1.5;
        let reader = index.segments[0].reader().unwrap();
        let docs = Table::default().fill(&parts, 0, reader, least, &|_| true).unwrap();
        let holding = index.holding(Kind::Bigram, &["云麓".to_owned()], &[], usize::MAX);
        let first: Vec<usize> = holding.into_iter().filter(|number| *number < index.segments[0].passages).collect();
        assert!(!first.is_empty());
        assert_eq!(docs.into_iter().map(|doc| doc as usize).collect::<Vec<_>>(), first);
    }
}
