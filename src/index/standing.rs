//! In which segments a term stands, looked up once: a large index has hundreds of segments, and a question asks the same
//! of them several times. What is known of a segment is true for every index that has it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Term;
use tantivy::postings::TermInfo;

use super::segment::Segment;

/// So many places are remembered at most, of 24 bytes each; then all are forgotten.
const MAX_PLACES: usize = 1 << 21;
/// Places are taken over where at most this share of the segments is new, as one in so many: else they are as well
/// looked up when they are asked for.
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
pub(super) struct Standings(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    terms: HashMap<Term, Arc<Standing>>,
    places: usize,
}

impl Standings {
    /// What `before` knows of these segments, of which it knows most.
    pub(super) fn after(before: &Self, known: &[Arc<Segment>], segments: &[Arc<Segment>]) -> Self {
        let address = |segment: &Arc<Segment>| Arc::as_ptr(segment).addr();
        let numbers: HashMap<usize, u32> = segments.iter().map(address).zip(0..).collect();
        let moved: Vec<Option<u32>> = known.iter().map(|segment| numbers.get(&address(segment)).copied()).collect();
        let mut new: Vec<bool> = vec![true; segments.len()];
        moved.iter().flatten().for_each(|number| new[*number as usize] = false);
        let new: Vec<usize> = (0..segments.len()).filter(|number| new[*number]).collect();
        if new.len() * MIN_SEGMENTS_OF_NEW > segments.len() {
            return Self::default();
        }
        let terms: Vec<(Term, Arc<Standing>)> =
            before.lock().terms.iter().map(|(term, standing)| (term.clone(), standing.clone())).collect();
        let mut remembered = Remembered::default();
        for (term, standing) in terms {
            let old = standing.places.iter().filter_map(|place| {
                let segment = (*moved.get(place.segment as usize)?)?;
                Some(Place { segment, ..*place })
            });
            let added: tantivy::Result<Vec<Place>> =
                new.iter().filter_map(|number| place(&term, *number, &segments[*number]).transpose()).collect();
            // What cannot be read now is looked up when it is asked for.
            let Ok(added) = added else { continue };
            let mut places: Vec<Place> = old.chain(added).collect();
            places.sort_unstable_by_key(|place| place.segment);
            remembered.keep(term, Arc::new(Standing::of(places)));
        }
        Self(Mutex::new(remembered))
    }

    /// Where a term stands. `segments` are always those of the one index.
    pub(super) fn of(&self, term: &Term, segments: &[Arc<Segment>]) -> tantivy::Result<Arc<Standing>> {
        if let Some(known) = self.lock().terms.get(term) {
            return Ok(known.clone());
        }
        let places =
            segments.iter().enumerate().filter_map(|(number, segment)| place(term, number, segment).transpose());
        let standing = Arc::new(Standing::of(places.collect::<tantivy::Result<_>>()?));
        self.lock().keep(term.clone(), standing.clone());
        Ok(standing)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
