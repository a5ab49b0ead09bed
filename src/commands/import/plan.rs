//! Which files are imported, in which order, and which document each becomes: no two of one run the same.

use std::collections::HashSet;
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

/// The files that were named, and of folders those that can be read, in the order of their names.
pub(super) fn plan(named: &[PathBuf]) -> anyhow::Result<Vec<Original>> {
    let mut paths = Vec::new();
    for path in named {
        let metadata = fs::metadata(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        if metadata.is_dir() {
            let before = paths.len();
            below(path, 0, &mut paths)?;
            anyhow::ensure!(
                paths.len() > before,
                "{}: holds no file that can be read; txt, md, html, docx, pdf, csv and xlsx can",
                path.display()
            );
        } else {
            paths.push(path.clone());
        }
    }
    let mut taken = HashSet::new();
    Ok(paths.into_iter().map(|path| original(path, &mut taken)).collect())
}

/// A name that is taken in this run gets the kind of its file behind it, and then a number.
fn original(path: PathBuf, taken: &mut HashSet<String>) -> Original {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = file_name(&name);
    let stem = file.strip_suffix(".md").unwrap_or(&file);
    let kind = Kind::of_name(&name).map_or("file", Kind::name);
    let others =
        std::iter::once(format!("{stem}-{kind}.md")).chain((2..).map(|number| format!("{stem}-{kind}-{number}.md")));
    // Some file systems take names that differ in case for one.
    let file = std::iter::once(file.clone())
        .chain(others)
        .find(|file| taken.insert(file.to_lowercase()))
        .expect("numbers do not end");
    Original { path, name, file }
}

fn below(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> anyhow::Result<()> {
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
            below(&entry.path(), depth + 1, paths)?;
        } else if kind.is_file() && Kind::of_name(&name).is_some() {
            paths.push(entry.path());
        }
    }
    Ok(())
}
