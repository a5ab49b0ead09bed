//! The files of the knowledge folder as operators change them: found by path, never outside of the folder, and written
//! whole or not at all. Everything here blocks.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};

use super::switch::switched_bytes;
use crate::corpus::read_document;

/// The file of a document, by its path below the folder.
pub(super) fn file(folder: &Path, path: &str) -> anyhow::Result<PathBuf> {
    ensure!(folder.is_dir(), "{}: is no folder of documents; name one with YUANWEN_KNOWLEDGE", folder.display());
    let root = folder.canonicalize().with_context(|| folder.display().to_string())?;
    let file = root.join(path).canonicalize().with_context(|| path.to_owned())?;
    ensure!(file.starts_with(&root) && file.is_file(), "{path}: is no file of the folder");
    Ok(file)
}

/// Reads a file of the folder.
pub(super) fn read(folder: &Path, path: &str) -> anyhow::Result<Vec<u8>> {
    fs::read(file(folder, path)?).with_context(|| format!("{path}: cannot be read"))
}

/// Reads a text of the folder; `None` where there is no such file.
pub(super) fn read_text(folder: &Path, path: &str) -> anyhow::Result<Option<String>> {
    match fs::read_to_string(folder.join(path)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{path}: cannot be read")),
    }
}

/// Puts text into the place of a file: a reader sees the old one or the new one, whatever happens meanwhile.
pub(super) fn write(file: &Path, text: &[u8]) -> anyhow::Result<()> {
    let shown = || format!("{}: cannot be written", file.display());
    let name = file.file_name().with_context(shown)?.to_string_lossy();
    // Hidden, so that it is no document.
    let aside = file.with_file_name(format!(".{name}.new"));
    let written = || -> std::io::Result<()> {
        let mut new = File::create(&aside)?;
        new.write_all(text)?;
        if let Ok(old) = fs::metadata(file) {
            new.set_permissions(old.permissions())?;
        }
        new.sync_all()?;
        fs::rename(&aside, file)
    };
    written().inspect_err(|_| drop(fs::remove_file(&aside))).with_context(shown)
}

/// Switches a document on or off by its front matter.
pub(super) fn switch(folder: &Path, path: &str, on: bool) -> anyhow::Result<()> {
    ensure!(has_front_matter(path), "{path}: is no file that can be switched; take it out of the folder instead");
    let file = file(folder, path)?;
    let bytes = fs::read(&file).with_context(|| format!("{path}: cannot be read"))?;
    let new = switched_bytes(bytes, on).with_context(|| format!("{path}: is UTF-16; save it as UTF-8 first"))?;
    let (document, problems) = read_document(path, &new);
    if document.is_some() != on || (document.is_none() && !problems.is_empty()) {
        let cause = problems.first().map_or_else(|| "its front matter".to_owned(), ToString::to_string);
        bail!("{path}: cannot be switched by its front matter, change it by hand ({cause})");
    }
    write(&file, &new)
}

/// Whether a document can have front matter, by its path.
pub(super) fn has_front_matter(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "markdown", "txt"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::corpus::disabled;

    fn off(folder: &Path) -> Vec<String> {
        disabled(folder, &BTreeSet::new()).into_iter().map(|off| off.document.source.title).collect()
    }

    #[test]
    fn a_document_is_switched_off_and_on_again() {
        let folder = tempfile::tempdir().unwrap();
        let text = "---\ntitle: 云禾园\n---\n\n园区在东边。\n";
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/1.md"), text).unwrap();
        fs::write(folder.path().join("broken.md"), "---\ntitle: [\n---\n").unwrap();
        assert_eq!(off(folder.path()), [""; 0]);
        switch(folder.path(), "a/1.md", false).unwrap();
        assert_eq!(off(folder.path()), ["云禾园"]);
        switch(folder.path(), "a/1.md", true).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("a/1.md")).unwrap(), text);
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_text_is_switched_off_and_on_again_whatever_its_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let text = "星湖园停车办法\n访客每小时四元，前两小时免费，员工凭证停车。\n";
        let (encoded, ..) = encoding_rs::GB18030.encode(text);
        for bytes in [text.as_bytes(), &encoded] {
            let file = folder.path().join("a.txt");
            fs::write(&file, bytes).unwrap();
            switch(folder.path(), "a.txt", false).unwrap();
            assert_eq!(off(folder.path()), ["星湖园停车办法"]);
            switch(folder.path(), "a.txt", true).unwrap();
            assert_eq!(fs::read(&file).unwrap(), bytes);
        }
    }

    #[test]
    fn what_cannot_be_switched_says_why() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.pdf"), "园区在东边。").unwrap();
        fs::write(folder.path().join("wide.txt"), b"\xff\xfe\x2d\x4e").unwrap();
        fs::write(folder.path().join("flow.md"), "---\n{title: 甲, enabled: false}\n---\n园区在东边。").unwrap();
        let refused = |path: &str| format!("{:#}", switch(folder.path(), path, true).unwrap_err());
        assert!(refused("a.pdf").contains("no file that can be switched"), "{}", refused("a.pdf"));
        assert!(refused("wide.txt").contains("save it as UTF-8"), "{}", refused("wide.txt"));
        assert!(refused("flow.md").contains("by hand"), "{}", refused("flow.md"));
        assert!(refused("../../etc/passwd.md").contains("passwd.md"));
        assert!(refused("gone.md").starts_with("gone.md"));
    }
}
