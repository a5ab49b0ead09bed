//! Every operation on files that a reload makes, so that a test can make each of them fail.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::corpus::{Stamp, TICK};

/// Called before an operation, in tests only; what it returns is what the system says.
pub(in crate::generation) type Fault = Arc<dyn Fn() -> io::Result<()> + Send + Sync>;

/// The file system, or one that fails.
#[derive(Clone)]
pub(in crate::generation) struct Disk {
    fault: Option<Fault>,
    /// How seldom its clock ticks at worst.
    pub(in crate::generation) tick: Duration,
}

impl Default for Disk {
    fn default() -> Self {
        Self { fault: None, tick: TICK }
    }
}

impl Disk {
    #[cfg(test)]
    pub(in crate::generation) fn failing(fault: Fault) -> Self {
        Self { fault: Some(fault), tick: TICK }
    }

    fn step(&self) -> io::Result<()> {
        self.fault.as_ref().map_or(Ok(()), |fault| fault())
    }

    /// Fails where reading a file would.
    pub(in crate::generation) fn may_read(&self) -> io::Result<()> {
        self.step()
    }

    pub(in crate::generation) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step()?;
        fs::read(path)
    }

    /// The stamp of a file, if it can be told.
    pub(super) fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.step().ok()?;
        Stamp::of(&fs::metadata(path).ok()?)
    }

    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir_all(path)
    }

    /// Writes a new file, and returns when it is on disk.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        let mut file = File::create(path)?;
        // A full disk takes some of it.
        let (first, second) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        self.step()?;
        file.write_all(second)?;
        self.step()?;
        file.sync_all()
    }

    /// Gives a file that never changes a second name.
    pub(super) fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::hard_link(from, to)
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::rename(from, to)
    }

    /// Returns when the names in a folder are on disk.
    pub(super) fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        File::open(path)?.sync_all()
    }

    /// Names of what is in a folder.
    pub(super) fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        self.step()?;
        fs::read_dir(path)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    pub(super) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::remove_dir_all(path)
    }
}
