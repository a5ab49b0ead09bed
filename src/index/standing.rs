//! In which segments a term stands, looked up once: a large index has hundreds of segments, and a question asks the same
//! of them several times. What is known of a segment is true for every index that has it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::Term;
use tantivy::postings::TermInfo;

use super::segment::Segment;

/// So many places are remembered at most, of 24 bytes each; then all are forgotten.
const MAX_PLACES: usize = 1 << 21;
/// What was known before is used where at most one in so many segments is new.
const MIN_SEGMENTS_OF_NEW: usize = 8;

/// Where a term stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// How many passages hold it.
    pub(super) passages: u64,
    /// In the order of segments.
    places: Vec<Place>,
}

/// Where a term stands in a segment that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// The number of the segment.
    segment: u32,
    /// How many of its passages hold the term.
    passages: u32,
    /// Where in its file of postings they are listed, in bytes.
    from: usize,
    bytes: u32,
}

impl Standing {
    /// Where it stands in a segment, by number; `None` if that does not hold it.
    pub(super) fn within(&self, segment: usize) -> Option<TermInfo> {
        let found = self.places.binary_search_by_key(&segment, |place| place.segment as usize);
        let place = found.ok().and_then(|at| self.places.get(at))?;
        let postings_range = place.from..place.from + place.bytes as usize;
        // Positions are not indexed.
        Some(TermInfo { doc_freq: place.passages, postings_range, positions_range: 0..0 })
    }

    /// Whether a segment holds it, by number.
    pub(super) fn is_within(&self, segment: usize) -> bool {
        self.places.binary_search_by_key(&segment, |place| place.segment as usize).is_ok()
    }

    fn of(places: Vec<Place>) -> Self {
        Self { passages: places.iter().map(|place| u64::from(place.passages)).sum(), places }
    }
}

/// Where a term stands in a segment, if it does.
fn place(term: &Term, number: usize, segment: &Segment) -> tantivy::Result<Option<Place>> {
    let Some(reader) = segment.reader() else { return Ok(None) };
    let info = reader.inverted_index(term.field())?.get_term_info(term)?;
    let place = |info: TermInfo| {
        let bytes = u32::try_from(info.postings_range.len()).ok()?;
        let segment = u32::try_from(number).ok()?;
        Some(Place { segment, passages: info.doc_freq, from: info.postings_range.start, bytes })
    };
    Ok(info.and_then(place))
}

/// The terms that were looked up in the segments of one index.
#[derive(Default)]
pub(super) struct Standings {
    own: Arc<Mutex<Remembered>>,
    before: Option<Before>,
}

/// What was looked up in the index before, most of whose segments this one has.
struct Before {
    terms: Arc<Mutex<Remembered>>,
    /// What number its segments have here, if they are here.
    numbers: Vec<Option<u32>>,
    /// The numbers of those that it does not have.
    new: Vec<usize>,
}

#[derive(Default)]
struct Remembered {
    terms: HashMap<Term, Arc<Standing>>,
    places: usize,
}

impl Standings {
    /// Of `segments`, where terms were looked up in others `before`.
    pub(super) fn after(before: &Self, others: &[Arc<Segment>], segments: &[Arc<Segment>]) -> Self {
        let address = |segment: &Arc<Segment>| Arc::as_ptr(segment).addr();
        let here: HashMap<usize, u32> = segments.iter().map(address).zip(0..).collect();
        let there: HashSet<usize> = others.iter().map(address).collect();
        let numbers = others.iter().map(|segment| here.get(&address(segment)).copied()).collect();
        let is_new = |number: &usize| !there.contains(&address(&segments[*number]));
        let new: Vec<usize> = (0..segments.len()).filter(is_new).collect();
        let most = new.len() * MIN_SEGMENTS_OF_NEW <= segments.len();
        let before = most.then(|| Before { terms: before.own.clone(), numbers, new });
        Self { own: Arc::default(), before }
    }

    /// Where a term stands. `segments` are always those of the one index.
    pub(super) fn of(&self, term: &Term, segments: &[Arc<Segment>]) -> tantivy::Result<Arc<Standing>> {
        if let Some(known) = lock(&self.own).terms.get(term) {
            return Ok(known.clone());
        }
        let known = self.before.as_ref().and_then(|before| {
            let known = lock(&before.terms).terms.get(term).cloned();
            Some((before, known?))
        });
        let within = |number: usize| place(term, number, &segments[number]).transpose();
        let mut places: Vec<Place>;
        if let Some((before, known)) = known {
            places = before.new.iter().filter_map(|number| within(*number)).collect::<tantivy::Result<_>>()?;
            places.extend(known.places.iter().filter_map(|place| {
                let segment = before.numbers.get(place.segment as usize).copied().flatten()?;
                Some(Place { segment, ..*place })
            }));
            places.sort_unstable_by_key(|place| place.segment);
        } else {
            places = (0..segments.len()).filter_map(within).collect::<tantivy::Result<_>>()?;
        }
        let standing = Arc::new(Standing::of(places));
        lock(&self.own).keep(term.clone(), standing.clone());
        Ok(standing)
    }
}

fn lock(terms: &Mutex<Remembered>) -> MutexGuard<'_, Remembered> {
    terms.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Remembered {
    fn keep(&mut self, term: Term, standing: Arc<Standing>) {
        if self.places > MAX_PLACES {
            *self = Self::default();
        }
        self.places += standing.places.len() + 1;
        self.terms.insert(term, standing);
    }
}
