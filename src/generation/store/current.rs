//! The file `CURRENT`: which generation is served, which was before it, and which one is not wanted back. It ends in a
//! checksum of itself.

use serde::{Deserialize, Serialize};

/// What `CURRENT` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::generation) struct Current {
    /// The generation that is served.
    pub(in crate::generation) served: Pointer,
    /// The one before it.
    pub(in crate::generation) previous: Option<Pointer>,
    /// The hash of the knowledge whose generation was rolled back: a start must not bring it back.
    pub(in crate::generation) refused: Option<String>,
    /// How many golden questions there were.
    #[serde(default)]
    pub(in crate::generation) golden: usize,
}

/// A generation on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::generation) struct Pointer {
    /// Its folder in the data folder.
    pub(in crate::generation) folder: String,
    /// The checksum of its manifest.
    pub(in crate::generation) manifest: String,
}

impl Current {
    pub(super) fn write(&self) -> String {
        let said = serde_json::to_string(self).expect("it is made of strings");
        format!("{said}\n{}\n", blake3::hash(said.as_bytes()).to_hex())
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (said, check) = text.strip_suffix('\n')?.split_once('\n')?;
        (blake3::hash(said.as_bytes()).to_hex().as_str() == check).then_some(())?;
        serde_json::from_str(said).ok()
    }
}
