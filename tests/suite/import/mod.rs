//! Originals of every kind become documents: real files of real writers in `tests/originals`, hostile ones made here.

mod files;
mod hostile;
mod pages;
mod seeds;
mod writing;

use std::path::{Path, PathBuf};

use yuanwen::import::{Facts, ImportError, Imported, child, import};

use crate::program::root;

/// A file of `tests/originals`.
fn original(name: &str) -> PathBuf {
    root().join("tests/originals").join(name)
}

/// Imports a file as the operators' chat does, with the real program as the child.
fn imported(path: &Path) -> Result<Imported, ImportError> {
    child::use_program(PathBuf::from(env!("CARGO_BIN_EXE_yuanwen")));
    let name = path.file_name().unwrap().to_str().unwrap();
    import(path, name, &Facts::default())
}

/// The document that a file of `tests/originals` becomes, after checking that it is served without a problem.
#[track_caller]
fn document(name: &str) -> Imported {
    let imported = imported(&original(name)).unwrap();
    let (document, problems) = yuanwen::corpus::read_document(&imported.file, imported.markdown.as_bytes());
    assert_eq!(problems, [], "{}", imported.markdown);
    assert!(document.is_some());
    imported
}

/// Every one of the texts is in the document, and none of the others.
#[track_caller]
fn holds(imported: &Imported, texts: &[&str], others: &[&str]) {
    for text in texts {
        assert!(imported.markdown.contains(text), "{text} is missing:\n{}", imported.markdown);
    }
    for text in others {
        assert!(!imported.markdown.contains(text), "{text} is there:\n{}", imported.markdown);
    }
}
