//! The two files beside the documents, `words.toml` and `questions.jsonl`: in whatever encoding a document may be, and, like
//! a document, never behind a link that leads out of the folder. Knows nothing of what they say.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::store::Disk;
use crate::corpus::decoded;

/// The text of such a file; `None` where there is none, or only a link that leads elsewhere.
pub(super) fn read(disk: &Disk, folder: &Path, name: &str) -> io::Result<Option<String>> {
    let is_missing = |error: &io::Error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    let read = || {
        disk.may_read()?;
        let (root, file) = (folder.canonicalize()?, folder.join(name).canonicalize()?);
        if file.starts_with(root) { fs::read(&file).map(Some) } else { Ok(None) }
    };
    match read() {
        Ok(None) => Ok(None),
        Ok(Some(bytes)) if bytes.is_empty() => Ok(Some(String::new())),
        Ok(Some(bytes)) => decoded(&bytes).map(Some).map_err(|refused| io::Error::other(refused.located())),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_a_document_is_read_and_no_link_out_of_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let read = |name: &str| read(&Disk::default(), folder.path(), name).map_err(|error| error.to_string());
        let text = "[[same]]\nwords = [\"仪器\", \"设备\"] # 园区里常说的词\n";
        let (gb, ..) = encoding_rs::GB18030.encode(text);
        for (name, bytes) in [("utf", text.as_bytes()), ("gb", &gb), ("marked", format!("\u{feff}{text}").as_bytes())] {
            fs::write(folder.path().join(name), bytes).expect("write");
            assert_eq!(read(name), Ok(Some(text.to_owned())), "{name}");
        }
        fs::write(folder.path().join("empty"), "").expect("write");
        assert_eq!((read("empty"), read("none")), (Ok(Some(String::new())), Ok(None)));
        #[cfg(unix)]
        {
            let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).expect("link");
            link("/etc/hostname", "out");
            link("utf", "inside");
            assert_eq!((read("out"), read("inside")), (Ok(None), Ok(Some(text.to_owned()))));
        }
    }
}
