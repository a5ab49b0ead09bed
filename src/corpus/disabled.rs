//! The documents of a folder that are switched off: what they would be if they were not. Knows nothing of those that are
//! served.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::document::Document;
use super::folder::{Parsed, Reader, read_by};
use super::format::read_disabled;
use super::problem::Problem;
use super::stamp::Stamp;

/// A document that is switched off.
#[derive(Debug)]
pub struct Disabled {
    /// What it would be.
    pub document: Document,
    /// What would be wrong with it.
    pub problems: Vec<Problem>,
}

/// The documents of a folder that are switched off, by path; the paths that are `served` are not looked into.
pub fn disabled(folder: &Path, served: &BTreeSet<String>) -> Vec<Disabled> {
    let off = Off { served, found: Mutex::default() };
    // A folder without a document that is served is no mistake here.
    let _ = read_by(folder, &off);
    let mut found = off.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by(|a, b| a.document.source.path.cmp(&b.document.source.path));
    found
}

struct Off<'a> {
    served: &'a BTreeSet<String>,
    found: Mutex<Vec<Disabled>>,
}

impl Reader for Off<'_> {
    fn known(&self, path: &str, _metadata: &Metadata) -> Option<Parsed> {
        self.served.contains(path).then(Parsed::default)
    }

    fn parse(&self, path: &str, bytes: &[u8], _stamp: Option<Stamp>) -> Parsed {
        let read = read_disabled(path, bytes).map(|(document, problems)| Disabled { document, problems });
        self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(read);
        (None, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_switched_off_is_read_as_if_it_were_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        for (name, text) in [
            ("on.md", "---\ntitle: 甲\n---\n园区在东边。"),
            ("a/off.md", "---\ntitle: 乙\nvalid_until: 2020\nenabled: false\n---\n园区在西边。"),
            ("untitled.txt", "---\nenabled: false\n---\n园区在南边。"),
            ("empty.md", "---\ntitle: 丙\nenabled: false\n---\n## 概况\n"),
            ("broken.md", "---\nenabled: false\nvalid_until: 昨天\n---\n园区在北边。"),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let found = disabled(folder.path(), &BTreeSet::new());
        let seen: Vec<(&str, &str, usize)> = found
            .iter()
            .map(|off| (off.document.source.path.as_str(), off.document.source.title.as_str(), off.problems.len()))
            .collect();
        assert_eq!(seen, [("a/off.md", "乙", 0), ("empty.md", "丙", 1), ("untitled.txt", "untitled", 1)]);
        assert!(disabled(folder.path(), &seen.iter().map(|(path, ..)| (*path).to_owned()).collect()).is_empty());
    }
}
