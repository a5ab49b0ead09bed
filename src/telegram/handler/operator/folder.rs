//! The files of the knowledge folder as operators change them: found by path, never outside of the folder, and written
//! whole or not at all. Everything here blocks.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};

use super::switch::switched_bytes;
use crate::corpus::{Fault, Problem, decoded, read_document};

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

/// A text of the folder.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Its characters, without a mark of the byte order.
    pub(super) text: String,
    /// How it is encoded.
    pub(super) encoding: Encoding,
}

/// How a text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-8 with a mark in front.
    MarkedUtf8,
    /// GB18030, Big5 or UTF-16.
    Other,
}

/// A file that cannot be worked with as it is.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unusable(pub(super) Problem);

/// Reads a text of the folder, encoded as a document may be; `None` where there is no such file.
pub(super) fn read_text(folder: &Path, path: &str) -> anyhow::Result<Option<Text>> {
    if !folder.join(path).try_exists().with_context(|| path.to_owned())? {
        return Ok(None);
    }
    let bytes = read(folder, path)?;
    let encoding = match str::from_utf8(&bytes) {
        Ok(text) if text.starts_with('\u{feff}') => Encoding::MarkedUtf8,
        Ok(_) => Encoding::Utf8,
        Err(_) => Encoding::Other,
    };
    let text = decoded(&bytes).map_err(|refusal| {
        Unusable(Problem { path: path.to_owned(), line: refusal.line(), fault: Fault::Refused(refusal) })
    })?;
    Ok(Some(Text { text, encoding }))
}

/// Puts another text into its place, in UTF-8: every character can be written so, and is read again as what it is.
pub(super) fn write_text(folder: &Path, path: &str, text: &Text) -> anyhow::Result<()> {
    let mark = if text.encoding == Encoding::MarkedUtf8 { "\u{feff}" } else { "" };
    // Where a link stands, what it leads to is changed.
    let place = file(folder, path).unwrap_or_else(|_| folder.join(path));
    write(&place, format!("{mark}{}", text.text).as_bytes())
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
        if let Some(problem) = problems.into_iter().next() {
            return Err(Unusable(problem).into());
        }
        bail!("{path}: cannot be switched by its front matter, change it by hand");
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
    fn a_text_is_read_in_any_encoding_and_written_in_utf_8() {
        let folder = tempfile::tempdir().unwrap();
        let said = "[[same]]\nwords = [\"儀器\", \"設備\"] # 園區裡的人常說的詞，資料裡不一定這樣寫\n";
        let wide: Vec<u8> = "\u{feff}".chars().chain(said.chars()).flat_map(|c| (c as u16).to_le_bytes()).collect();
        for (bytes, encoding, mark) in [
            (said.as_bytes().to_vec(), Encoding::Utf8, ""),
            (format!("\u{feff}{said}").into_bytes(), Encoding::MarkedUtf8, "\u{feff}"),
            (encoding_rs::BIG5.encode(said).0.into_owned(), Encoding::Other, ""),
            (wide, Encoding::Other, ""),
            (Vec::new(), Encoding::Utf8, ""),
        ] {
            fs::write(folder.path().join("words.toml"), &bytes).unwrap();
            let read = read_text(folder.path(), "words.toml").unwrap().expect("it is there");
            assert_eq!(read.encoding, encoding, "{bytes:?}");
            assert_eq!(read.text, if bytes.is_empty() { "" } else { said });
            let new = Text { text: format!("{}# 晶片\n", read.text), ..read };
            write_text(folder.path(), "words.toml", &new).unwrap();
            let written = fs::read_to_string(folder.path().join("words.toml")).unwrap();
            assert_eq!(written, format!("{mark}{}", new.text));
        }
        assert!(read_text(folder.path(), "gone.toml").unwrap().is_none());
        fs::write(
            folder.path().join("words.toml"),
            b"same = []\n# \xe5\x9b\xad\xff\n# "
                .iter()
                .copied()
                .chain("园区里的人常说的词".bytes())
                .collect::<Vec<u8>>(),
        )
        .unwrap();
        let error = read_text(folder.path(), "words.toml").unwrap_err();
        assert!(error.to_string().starts_with("words.toml:2: "), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_text_behind_a_link_is_changed_where_it_is_and_never_outside_of_the_folder() {
        use std::os::unix::fs::symlink;
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(folder.path().join("real.toml"), "a").unwrap();
        symlink("real.toml", folder.path().join("words.toml")).unwrap();
        let text = Text { text: "b".to_owned(), ..Text::default() };
        write_text(folder.path(), "words.toml", &text).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("real.toml")).unwrap(), "b");
        assert!(folder.path().join("words.toml").is_symlink());
        fs::write(outside.path().join("other.toml"), "c").unwrap();
        symlink(outside.path().join("other.toml"), folder.path().join("out.toml")).unwrap();
        assert!(read_text(folder.path(), "out.toml").is_err());
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
