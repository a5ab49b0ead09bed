//! Generations on disk: `gen-<id>/` with a manifest that holds the checksum of every other file, and `CURRENT`, which
//! names the one that is served and the checksum of its manifest. A folder is written once and never changed; what is read
//! is checked before it is believed. All of it can be made again from the knowledge folder.

mod current;
mod disk;
mod part;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::made::{Known, Made, Making};
use crate::answer::{Kept, OwnNames};
use crate::corpus::{Corpus, Problem, Stamp};
use crate::index::{Index, Segment};
pub(super) use current::{Current, Pointer};
pub(super) use disk::Disk;
#[cfg(test)]
pub(super) use disk::Fault;

const CURRENT: &str = "CURRENT";
const MANIFEST: &str = "manifest.json";
/// How the folder of a generation begins.
const FOLDER: &str = "gen-";
/// Parts that are remembered, far more than two generations have; the rest is read again.
const MAX_SEEN: usize = 1 << 16;
/// How the folder ends that is being written.
const UNFINISHED: &str = ".new";

/// The generations in a data folder.
pub(super) struct Store {
    data_dir: PathBuf,
    /// The folder of the documents, as the system calls it.
    knowledge: String,
    pub(super) disk: Disk,
    /// Parts that this process has read and found whole, by checksum.
    seen: Mutex<HashMap<String, Stamp>>,
}

/// What is wrong with a file of a generation, or why it could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct StoreError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub problem: String,
}

/// A generation that is on disk.
pub(super) struct Stored {
    pub(super) pointer: Pointer,
    parts: Vec<(Arc<Segment>, Part)>,
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    /// The program that made it; another one makes its own.
    program: String,
    /// The folder that it was made of.
    knowledge: String,
    id: String,
    inputs: String,
    /// The names that its words were cut with.
    names: Vec<String>,
    words: Option<String>,
    problems: Vec<Problem>,
    parts: Vec<Part>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Part {
    file: String,
    bytes: u64,
    blake3: String,
}

impl Store {
    pub(super) fn new(data_dir: &Path, knowledge: &Path, disk: Disk) -> Self {
        let knowledge = knowledge.canonicalize().unwrap_or_else(|_| knowledge.to_owned());
        Self {
            data_dir: data_dir.to_owned(),
            knowledge: knowledge.to_string_lossy().into_owned(),
            disk,
            seen: Mutex::default(),
        }
    }

    /// Keeps other processes from changing what is on disk until the file is dropped.
    pub(super) fn lock(&self) -> Result<File, StoreError> {
        let path = self.data_dir.join("CURRENT.lock");
        let failed = |error: io::Error| failed(&path, &error);
        self.disk.make_folder(&self.data_dir).map_err(failed)?;
        let file = File::create(&path).map_err(failed)?;
        match file.lock() {
            // Some network folders cannot lock: then there is nothing to wait for.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(failed(error)),
            _ => Ok(file),
        }
    }

    /// What `CURRENT` says; `None` before the first generation.
    pub(super) fn current(&self) -> Result<Option<Current>, StoreError> {
        let path = self.data_dir.join(CURRENT);
        match self.disk.read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&path, &error)),
            Ok(bytes) => Current::read(&bytes).map(Some).ok_or_else(|| damaged(&path, "is damaged")),
        }
    }

    /// Reads a generation and checks every byte of it. `None` if another program made it, or it is of another folder.
    pub(super) fn load(&self, pointer: &Pointer) -> Result<Option<(Made, Stored)>, StoreError> {
        let folder = self.data_dir.join(&pointer.folder);
        let path = folder.join(MANIFEST);
        let bytes = self.disk.read(&path).map_err(|error| failed(&path, &error))?;
        if blake3::hash(&bytes).to_hex().as_str() != pointer.manifest {
            return Err(damaged(&path, "is damaged"));
        }
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| damaged(&path, &error.to_string()))?;
        if manifest.program != program() || manifest.knowledge != self.knowledge {
            return Ok(None);
        }
        let read = |part: &Part| {
            let path = folder.join(&part.file);
            let now = SystemTime::now();
            let stamp = self.disk.stamp(&path);
            let bytes = self.disk.read(&path).map_err(|error| failed(&path, &error))?;
            if bytes.len() as u64 != part.bytes || blake3::hash(&bytes).to_hex().as_str() != part.blake3 {
                return Err(damaged(&path, "is damaged"));
            }
            self.saw(stamp, now, &part.blake3);
            part::read(&bytes).map_err(|problem| damaged(&path, &problem))
        };
        let read: Vec<_> = manifest.parts.par_iter().map(read).collect::<Result<_, _>>()?;
        let (mut known, mut own_names, mut segments) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (documents, segment) in read {
            for (document, names) in documents {
                own_names.extend(names.map(|names| (document.document.clone(), names)));
                known.insert(document.document.source.path.clone(), document);
            }
            segments.push(Arc::new(segment));
        }
        let parts = segments.iter().cloned().zip(manifest.parts).collect();
        let documents = segments.iter().flat_map(|segment| &segment.documents).cloned().collect();
        let corpus = Corpus::of(documents, Vec::new());
        let index = Index::of(segments, &Index::default());
        let kept = Kept { names: manifest.names.into_iter().collect(), analyzer: None, index, own_names };
        let making = Making { before: None, vocabulary: 1.0, disk: &self.disk, progress: &|_| () };
        let generation = making
            .assemble(&kept, corpus, manifest.words.as_deref(), &known, manifest.problems)
            .map_err(|error| damaged(&path, &error.to_string()))?;
        if generation.id != manifest.id {
            return Err(damaged(&path, "holds other documents than it says"));
        }
        let made = Made { generation: Arc::new(generation), words: manifest.words, inputs: manifest.inputs, known };
        Ok(Some((made, Stored { pointer: pointer.clone(), parts })))
    }

    /// Whether `CURRENT` says this, and every file that it names is as it was written.
    pub(super) fn says(&self, current: &Current) -> bool {
        let said = self.current().ok().flatten();
        said.as_ref() == Some(current)
            && std::iter::once(&current.served).chain(&current.previous).all(|p| self.is_whole(p))
    }

    /// Whether every file of a generation is as it was written. What this process has read and nobody has changed since is
    /// not read again.
    pub(super) fn is_whole(&self, pointer: &Pointer) -> bool {
        let folder = self.data_dir.join(&pointer.folder);
        let parts = || {
            let manifest = self.disk.read(&folder.join(MANIFEST)).ok()?;
            (blake3::hash(&manifest).to_hex().as_str() == pointer.manifest).then_some(())?;
            serde_json::from_slice::<Manifest>(&manifest).ok().map(|manifest| manifest.parts)
        };
        parts().is_some_and(|parts| parts.par_iter().all(|part| self.is_part_whole(&folder.join(&part.file), part)))
    }

    fn is_part_whole(&self, path: &Path, part: &Part) -> bool {
        let (now, stamp) = (SystemTime::now(), self.disk.stamp(path));
        let seen = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if stamp.is_some_and(|stamp| seen().get(&part.blake3) == Some(&stamp.of_contents())) {
            return true;
        }
        let whole = self.disk.read(path).is_ok_and(|bytes| blake3::hash(&bytes).to_hex().as_str() == part.blake3);
        if whole {
            self.saw(stamp, now, &part.blake3);
        }
        whole
    }

    /// Remembers a part whose checksum was right, read after `now`.
    fn saw(&self, stamp: Option<Stamp>, now: SystemTime, checksum: &str) {
        // Second names change a file and not what it holds.
        if let Some(stamp) = stamp.map(Stamp::of_contents).filter(|stamp| stamp.has_settled(now, self.disk.tick)) {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if seen.len() >= MAX_SEEN {
                seen.clear();
            }
            seen.insert(checksum.to_owned(), stamp);
        }
    }

    /// Writes a generation into a folder of its own; parts that another one has are linked. `CURRENT` stays as it is.
    pub(super) fn save(&self, made: &Made, other: Option<&Stored>) -> Result<Stored, StoreError> {
        let name = self.free_name(&made.generation.id);
        let unfinished = self.data_dir.join(format!("{name}{UNFINISHED}"));
        if unfinished.exists() {
            self.disk.remove_folder(&unfinished).map_err(|error| failed(&unfinished, &error))?;
        }
        self.disk.make_folder(&unfinished).map_err(|error| failed(&unfinished, &error))?;
        let parts = self.save_parts(&unfinished, made, other)?;
        let knowledge = &made.generation.knowledge;
        let manifest = Manifest {
            program: program().to_owned(),
            knowledge: self.knowledge.clone(),
            id: made.generation.id.clone(),
            inputs: made.inputs.clone(),
            names: knowledge.names.iter().cloned().collect(),
            words: made.words.clone(),
            problems: made.generation.problems.clone(),
            parts: parts.iter().map(|(_, part)| part.clone()).collect(),
        };
        let bytes = serde_json::to_vec_pretty(&manifest).expect("a manifest is made of strings and numbers");
        let path = unfinished.join(MANIFEST);
        self.disk.write(&path, &bytes).map_err(|error| failed(&path, &error))?;
        self.disk.sync_folder(&unfinished).map_err(|error| failed(&unfinished, &error))?;
        let folder = self.data_dir.join(&name);
        self.disk.rename(&unfinished, &folder).map_err(|error| failed(&folder, &error))?;
        self.disk.sync_folder(&self.data_dir).map_err(|error| failed(&self.data_dir, &error))?;
        let pointer = Pointer { folder: name, manifest: blake3::hash(&bytes).to_hex().to_string() };
        Ok(Stored { pointer, parts })
    }

    /// A name for the folder of a generation that no folder has.
    fn free_name(&self, id: &str) -> String {
        let name = format!("{FOLDER}{id}");
        let mut names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
        names.find(|name| !self.data_dir.join(name).exists()).unwrap_or(name)
    }

    /// Writes the parts of a generation into its folder, or links those that another one has.
    fn save_parts(
        &self,
        folder: &Path,
        made: &Made,
        other: Option<&Stored>,
    ) -> Result<Vec<(Arc<Segment>, Part)>, StoreError> {
        let knowledge = &made.generation.knowledge;
        let mut parts = Vec::new();
        let mut rest = knowledge.parks.own_names();
        for (number, segment) in knowledge.index.segments().iter().enumerate() {
            let (own_names, after) = rest.split_at_checked(segment.documents.len()).unwrap_or((rest, &[]));
            rest = after;
            if let Some(part) = other.and_then(|other| self.linked(folder, segment, other)) {
                parts.push((segment.clone(), part));
                continue;
            }
            let known: Vec<(&Known, Option<&OwnNames>)> = (segment.documents.iter().zip(own_names))
                .filter_map(|(document, names)| Some((made.known.get(&document.source.path)?, names.as_ref())))
                .collect();
            let bytes = part::write(segment, &known).map_err(|error| failed(folder, &error))?;
            let blake3 = blake3::hash(&bytes).to_hex().to_string();
            let file = format!("part-{number:04}-{}", blake3.chars().take(8).collect::<String>());
            let path = folder.join(&file);
            self.disk.write(&path, &bytes).map_err(|error| failed(&path, &error))?;
            parts.push((segment.clone(), Part { file, bytes: bytes.len() as u64, blake3 }));
        }
        Ok(parts)
    }

    /// Links the part of a segment that another generation has, too; `None` if it has none, or the file system does not
    /// link.
    fn linked(&self, folder: &Path, segment: &Arc<Segment>, other: &Stored) -> Option<Part> {
        let (_, part) = other.parts.iter().find(|(there, _)| Arc::ptr_eq(there, segment))?;
        let (from, to) = (self.data_dir.join(&other.pointer.folder).join(&part.file), folder.join(&part.file));
        self.disk.link(&from, &to).is_ok().then(|| part.clone())
    }

    /// Makes `CURRENT` say something else.
    pub(super) fn point(&self, current: &Current) -> Result<(), StoreError> {
        let (draft, path) = (self.data_dir.join(format!("{CURRENT}{UNFINISHED}")), self.data_dir.join(CURRENT));
        self.disk.write(&draft, current.write().as_bytes()).map_err(|error| failed(&draft, &error))?;
        self.disk.rename(&draft, &path).map_err(|error| failed(&path, &error))?;
        // It is done; only a power cut in the next seconds could undo it, and then the one before is served.
        if let Err(error) = self.disk.sync_folder(&self.data_dir) {
            tracing::warn!("{}: {error}", self.data_dir.display());
        }
        Ok(())
    }

    /// Removes the folders of generations that `CURRENT` does not name, and what was not finished.
    pub(super) fn sweep(&self, current: Option<&Current>) {
        let kept: Vec<&str> = current
            .iter()
            .flat_map(|current| [Some(&current.served), current.previous.as_ref()])
            .flatten()
            .map(|pointer| pointer.folder.as_str())
            .collect();
        let kept = |name: &str| kept.contains(&name);
        let names = self.disk.list(&self.data_dir).unwrap_or_default();
        for name in names.iter().filter(|name| name.starts_with(FOLDER) && !kept(name)) {
            // What stays in the way is removed next time.
            if let Err(error) = self.disk.remove_folder(&self.data_dir.join(name)) {
                tracing::warn!("{}: {error}", self.data_dir.join(name).display());
            }
        }
    }
}

/// What tells this program from one that may parse or index differently.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let bytes = std::env::current_exe().and_then(std::fs::read);
        let hash = bytes.map(|bytes| blake3::hash(&bytes).to_hex().to_string());
        hash.unwrap_or_else(|_| env!("CARGO_PKG_VERSION").to_owned())
    })
}

fn failed(path: &Path, error: &io::Error) -> StoreError {
    StoreError { path: path.to_owned(), problem: error.to_string() }
}

fn damaged(path: &Path, problem: &str) -> StoreError {
    StoreError { path: path.to_owned(), problem: problem.to_owned() }
}
