//! A document into the knowledge folder: whole or not at all, and never over what a person changed.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::{ImportError, file_name};

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was not there.
    New,
    /// It was there, the same to the last byte.
    Unchanged,
    /// It was there and differed, and was to be written over.
    Replaced,
}

/// Writes a document, of this name, below a folder, which is made if it is not there. With `force` one of the same name is replaced.
///
/// # Errors
/// If one of the same name is there and differs, or nothing can be written.
pub fn write(folder: &Path, file: &str, markdown: &str, force: bool) -> Result<Written, ImportError> {
    // Made again from its last part, so that no caller can lead out of the folder.
    let file = file_name(file);
    let path = folder.join(&file);
    let unwritable = |cause| ImportError::Unwritable { path: path.clone(), cause };
    let there = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unwritable(error)),
    };
    match &there {
        Some(bytes) if bytes == markdown.as_bytes() => return Ok(Written::Unchanged),
        Some(_) if !force => return Err(ImportError::Differs { file }),
        _ => {}
    }
    fs::create_dir_all(folder).map_err(unwritable)?;
    // Hidden from the walk over the folder until it is whole.
    let aside = folder.join(format!(".{file}.{}", std::process::id()));
    let written = fill(&aside, markdown.as_bytes()).and_then(|()| fs::rename(&aside, &path));
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written.map_err(unwritable)?;
    Ok(if there.is_some() { Written::Replaced } else { Written::New })
}

fn fill(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
