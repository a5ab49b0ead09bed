//! What tells, without reading a file, that it is as it was: its number, size and times. Knows nothing of what it holds.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// Clocks of file systems tick this seldom at worst: what was written within one tick bears the same time.
pub const TICK: Duration = Duration::from_secs(2);

/// A file at a moment. Equal stamps are the same contents, if the stamp had settled when the file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    file: (u64, u64),
    bytes: u64,
    modified: SystemTime,
    /// When anything of it changed, in seconds and nanoseconds; nobody can set it back.
    changed: (i64, i64),
}

impl Stamp {
    /// The stamp of a file; `None` on systems that do not say enough.
    #[cfg(unix)]
    pub fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            file: (metadata.dev(), metadata.ino()),
            bytes: metadata.len(),
            modified: metadata.modified().ok()?,
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    /// The stamp of a file; `None` on systems that do not say enough.
    #[cfg(not(unix))]
    pub fn of(_metadata: &Metadata) -> Option<Self> {
        None
    }

    /// The same for a file that is given further names, which changes it and not what it holds.
    #[must_use]
    pub fn of_contents(self) -> Self {
        Self { changed: (0, 0), ..self }
    }

    /// Whether a change from `now` on gives another stamp: not if the file changed so recently that the next change may
    /// fall within the same tick of the clock, nor if it says that it changes in the future.
    pub fn has_settled(&self, now: SystemTime, tick: Duration) -> bool {
        let seconds = Duration::from_secs(u64::try_from(self.changed.0).unwrap_or(0));
        let last = self.modified.max(SystemTime::UNIX_EPOCH + seconds + Duration::from_nanos(self.changed.1 as u64));
        last.checked_add(tick).is_some_and(|settled| settled <= now)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_change_of_the_same_size_and_time_is_another_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        let stamp = || Stamp::of(&fs::metadata(&path).expect("it is there")).expect("a stamp");
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let write = |text: &str| {
            fs::write(&path, text).expect("write");
            fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(noon)).expect("set the time");
        };
        write("3");
        let first = stamp();
        assert_eq!(first, stamp());
        // Another file in its place, as editors save.
        fs::rename(&path, folder.path().join("b")).expect("rename");
        write("4");
        assert_ne!(first, stamp());
        assert_ne!(first.of_contents(), stamp().of_contents());
    }

    #[test]
    fn what_has_just_changed_has_not_settled() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "3").expect("write");
        let stamp = Stamp::of(&fs::metadata(&path).expect("it is there")).expect("a stamp");
        let now = stamp.modified;
        assert!(!stamp.has_settled(now, TICK) && stamp.has_settled(now + 2 * TICK, TICK));
        // A time that was set back does not help: the change itself has a time.
        let file = fs::File::options().write(true).open(&path).expect("open");
        file.set_modified(now - 100 * TICK).expect("set the time");
        let stamp = Stamp::of(&fs::metadata(&path).expect("it is there")).expect("a stamp");
        assert!(!stamp.has_settled(now, TICK));
        file.set_modified(now + 100 * TICK).expect("set the time");
        let stamp = Stamp::of(&fs::metadata(&path).expect("it is there")).expect("a stamp");
        assert!(!stamp.has_settled(now + 50 * TICK, TICK));
    }
}
