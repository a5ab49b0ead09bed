//! Which files are imported, in which order, and which document each becomes: no two of one run the same.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::corpus::Kind;
use crate::import::file_name;

/// Deeper folders are a mistake, such as a copied disk.
const MAX_DEPTH: usize = 32;

/// A file to be imported.
pub(super) struct Original {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its own name.
    pub(super) name: String,
    /// The name of the document that it becomes.
    pub(super) file: String,
}

/// What is imported of what was named.
pub(super) struct Plan {
    /// The files that were named, and of folders those that can be read, in the order of their names.
    pub(super) originals: Vec<Original>,
    /// The other files of folders.
    pub(super) skipped: Vec<PathBuf>,
}

/// Looks what was named, and what folders hold.
pub(super) fn plan(named: &[PathBuf]) -> anyhow::Result<Plan> {
    let (mut paths, mut skipped) = (Vec::new(), Vec::new());
    for path in named {
        let metadata = fs::metadata(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        if metadata.is_dir() {
            let before = paths.len();
            below(path, 0, &mut paths, &mut skipped)?;
            anyhow::ensure!(
                paths.len() > before,
                "{}: holds no file that can be read; txt, md, html, docx, pdf, csv and xlsx can",
                path.display()
            );
        } else {
            paths.push(path.clone());
        }
    }
    let mut names = Names::default();
    let originals = paths.into_iter().map(|path| original(path, &mut names)).collect();
    Ok(Plan { originals, skipped })
}

/// The names of documents that are taken in this run.
#[derive(Default)]
struct Names {
    /// In lower case: some file systems take names that differ in case for one.
    taken: HashSet<String>,
    /// The last number that was given behind a name.
    numbers: HashMap<String, usize>,
}

impl Names {
    fn take(&mut self, file: &str) -> bool {
        self.taken.insert(file.to_lowercase())
    }
}

/// A name that is taken in this run gets the kind of its file behind it, and then a number.
fn original(path: PathBuf, names: &mut Names) -> Original {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = file_name(&name);
    let stem = file.strip_suffix(".md").unwrap_or(&file);
    let kind = Kind::of_name(&name).map_or("file", Kind::name);
    let mut free = file.clone();
    if !names.take(&free) {
        free = format!("{stem}-{kind}.md");
        while !names.take(&free) {
            // A hundred thousand pages called index.html are counted once each.
            let number = names.numbers.entry(format!("{stem}-{kind}").to_lowercase()).or_insert(1);
            *number += 1;
            free = format!("{stem}-{kind}-{number}.md");
        }
    }
    Original { path, name, file: free }
}

fn below(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>, skipped: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let unreadable = || format!("{}: cannot be read", folder.display());
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).and_then(Iterator::collect);
    let mut entries = entries.with_context(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Hidden files, and those that Office keeps beside an open one. Links may lead anywhere and are not followed.
        let kind = entry.file_type().with_context(unreadable)?;
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        if kind.is_dir() && depth < MAX_DEPTH {
            below(&entry.path(), depth + 1, paths, skipped)?;
        } else if kind.is_file() {
            if Kind::of_name(&name).is_some() { &mut *paths } else { &mut *skipped }.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_folder_every_other_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.md", "旧.doc", "表.xls", ".hidden.doc", "~$a.docx"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let plan = plan(&[folder.path().to_owned()]).unwrap();
        let skipped: Vec<_> = plan.skipped.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!((plan.originals.len(), skipped), (1, vec!["旧.doc", "表.xls"]));
    }

    #[test]
    fn files_of_one_name_become_documents_of_their_own() {
        let mut names = Names::default();
        let mut file = |path: &str| original(PathBuf::from(path), &mut names).file;
        let files =
            ["a/index.html", "b/index.html", "c/Index.html", "d/index.html", "e/index.txt", "f/index-html-2.html"];
        let files = files.map(&mut file);
        let lower: HashSet<String> = files.iter().map(|file| file.to_lowercase()).collect();
        assert_eq!(lower.len(), files.len(), "{files:?}");
        assert_eq!(files[..2], ["index.md", "index-html.md"]);
        let many: HashSet<String> = (0..50_000).map(|n| file(&format!("{n}/index.html"))).collect();
        assert_eq!(many.len(), 50_000);
    }
}
