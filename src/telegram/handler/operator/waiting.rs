//! Imported files that wait for their operator to say yes or no. In memory: after a restart the file is sent again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::import::Imported;

use super::authority::Operator;

/// Files that wait at once; the oldest goes first.
const MAX_FILES: usize = 32;
/// Bytes of all of them; the oldest goes first.
const MAX_BYTES: usize = 64 << 20;

/// The files that wait, by the number of the update that brought them.
#[derive(Default)]
pub(super) struct Waiting(Mutex<BTreeMap<u64, (Operator, Arc<Imported>)>>);

impl Waiting {
    /// Lets a file wait for its operator.
    pub(super) fn add(&self, number: u64, operator: Operator, imported: Imported) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.insert(number, (operator, Arc::new(imported)));
        let bytes = |waiting: &BTreeMap<u64, (Operator, Arc<Imported>)>| -> usize {
            waiting.values().map(|(_, imported)| imported.markdown.len()).sum()
        };
        while waiting.len() > MAX_FILES || (waiting.len() > 1 && bytes(&waiting) > MAX_BYTES) {
            waiting.pop_first();
        }
    }

    /// A file that waits for this operator.
    pub(super) fn of(&self, number: u64, operator: Operator) -> Option<Arc<Imported>> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.get(&number).filter(|(whose, _)| *whose == operator).map(|(_, imported)| imported.clone())
    }

    /// Lets a file wait no more.
    pub(super) fn forget(&self, number: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }
}
