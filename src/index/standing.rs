//! In which segments a term stands, looked up once: a large index has hundreds of segments, and a question asks the same
//! of them several times.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Term;
use tantivy::postings::TermInfo;

use super::segment::Segment;

/// So many places are remembered at most, of 40 bytes each; then all are forgotten.
const MAX_PLACES: usize = 1 << 19;

/// Where a term stands.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// How many passages hold it.
    pub(super) passages: u64,
    /// The numbers of the segments that hold it, in order, and where in them.
    places: Vec<(usize, TermInfo)>,
}

impl Standing {
    /// Where it stands in a segment, by number; `None` if that does not hold it.
    pub(super) fn within(&self, segment: usize) -> Option<&TermInfo> {
        let found = self.places.binary_search_by_key(&segment, |(segment, _)| *segment);
        found.ok().and_then(|at| self.places.get(at)).map(|(_, info)| info)
    }
}

/// The terms that were looked up in the segments of one index.
#[derive(Default)]
pub(super) struct Standings(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    terms: HashMap<Term, Arc<Standing>>,
    places: usize,
}

impl Standings {
    /// Where a term stands. `segments` are always those of the one index.
    pub(super) fn of(&self, term: &Term, segments: &[Arc<Segment>]) -> tantivy::Result<Arc<Standing>> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().terms.get(term) {
            return Ok(known.clone());
        }
        let mut standing = Standing::default();
        for (number, segment) in segments.iter().enumerate() {
            let Some(reader) = segment.reader() else { continue };
            if let Some(info) = reader.inverted_index(term.field())?.get_term_info(term)? {
                standing.passages += u64::from(info.doc_freq);
                standing.places.push((number, info));
            }
        }
        let standing = Arc::new(standing);
        let mut remembered = lock();
        if remembered.places > MAX_PLACES {
            *remembered = Remembered::default();
        }
        remembered.places += standing.places.len() + 1;
        remembered.terms.insert(term.clone(), standing.clone());
        Ok(standing)
    }
}
