//! Documents that are switched off: what would be wrong if they were not, and who counts on them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::answer::contradictions;
use crate::corpus::{Corpus, Disabled, Fault, Problem, disabled};

/// Adds what is wrong with documents that are switched off, and says of those that are served whether they name such.
pub(super) fn check(folder: &Path, served: &Corpus, problems: &mut Vec<Problem>) {
    let paths: BTreeSet<String> = served.documents.iter().map(|document| document.source.path.clone()).collect();
    let off = disabled(folder, &paths);
    if off.is_empty() {
        return;
    }
    // What names a disabled document was reported as naming none.
    let unaware = contradictions(served, &[]);
    problems.retain(|problem| !unaware.contains(problem));
    problems.extend(contradictions(served, &off));
    problems.extend(once_enabled(served, off));
}

/// What would be wrong with disabled documents among those that are served.
fn once_enabled(served: &Corpus, off: Vec<Disabled>) -> Vec<Problem> {
    let paths: BTreeSet<String> = off.iter().map(|off| off.document.source.path.clone()).collect();
    let (documents, mut found): (Vec<_>, Vec<_>) =
        off.into_iter().map(|off| (off.document.into(), off.problems)).unzip();
    let all = Corpus::of(served.documents.iter().cloned().chain(documents).collect(), Vec::new());
    found.push(contradictions(&all, &[]).into_iter().filter(|problem| paths.contains(&problem.path)).collect());
    let said = |problem: Problem| Problem { fault: Fault::OnceEnabled(Box::new(problem.fault)), ..problem };
    found.into_iter().flatten().map(said).collect()
}
