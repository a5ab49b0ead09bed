//! Sets of questions → figures. Knows how answers are judged, not how they are made.

mod set;
mod judge;
mod figures;
mod floor;
mod calibration;
mod compare;
mod typos;
mod unnamed;

use std::collections::BTreeMap;

pub use calibration::{Bin, Calibration, calibration};
pub use compare::{Changes, changes};
pub use figures::{Figures, Share, figures};
pub use floor::{Floor, FloorError};
pub use judge::{Asking, Judgement, bare, judge};
pub use set::{Item, SetError, items, read_set};
pub use typos::mistyped;
pub use unnamed::unnamed;

use crate::answer::Knowledge;
use crate::index::IndexError;

/// Asks and judges all questions of a set, in order, telling each that is done.
///
/// # Errors
/// If the index fails.
#[expect(clippy::missing_panics_doc, reason = "a thread that judges does not panic")]
pub fn evaluate(
    knowledge: &Knowledge,
    items: &[Item],
    asking: &Asking,
    done: impl Fn() + Sync,
) -> Result<Vec<Judgement>, IndexError> {
    let documents = knowledge.corpus.documents.iter();
    let passages: BTreeMap<String, usize> = documents.enumerate().map(|(at, d)| (d.source.path.clone(), at)).collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let part = items.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let (passages, done) = (&passages, &done);
        let threads: Vec<_> = (items.chunks(part))
            .map(|items| {
                scope.spawn(move || {
                    let judged = items.iter().map(|item| {
                        let judgement = judge(knowledge, item, asking, passages);
                        done();
                        judgement
                    });
                    judged.collect::<Result<Vec<_>, _>>()
                })
            })
            .collect();
        let parts = threads.into_iter().map(|thread| thread.join().expect("judging does not panic"));
        let parts: Vec<Vec<Judgement>> = parts.collect::<Result<_, _>>()?;
        Ok(parts.into_iter().flatten().collect())
    })
}
