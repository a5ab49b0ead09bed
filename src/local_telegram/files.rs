//! Files that people and the bot sent, by id, bounded in bytes. Knows not what is in them.

use super::limits::MAX_DOWNLOAD_BYTES;
use axum::body::Bytes;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Bytes kept in all; the oldest files go first.
const MAX_STORED_BYTES: u64 = 256 * 1024 * 1024;

/// A stored file.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: Bytes,
    /// The size that Telegram tells; a test may claim more than there is.
    pub(crate) size: u64,
}

/// All stored files.
#[derive(Debug, Default)]
pub(crate) struct Files {
    stored: BTreeMap<u64, Stored>,
    next: u64,
}

impl Files {
    /// Stores a file and gives its id.
    pub(crate) fn store(&mut self, file: Stored) -> String {
        self.next += 1;
        self.stored.insert(self.next, file);
        while self.stored.values().map(|file| file.bytes.len() as u64).sum::<u64>() > MAX_STORED_BYTES {
            self.stored.pop_first();
        }
        format!("BQAC-local-{}", self.next)
    }

    /// The file of an id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Stored> {
        self.stored.get(&number(id)?)
    }

    /// The file at a path that `getFile` gave.
    pub(crate) fn by_path(&self, path: &str) -> Option<&Stored> {
        let name = path.strip_prefix("documents/file_")?;
        self.stored.get(&name.split('.').next()?.parse().ok()?)
    }

    /// The Bot API's File of an id; with its path if it may be downloaded.
    pub(crate) fn json(&self, id: &str) -> Option<Value> {
        let file = self.by_id(id)?;
        let number = number(id)?;
        let mut json = json!({"file_id": id, "file_unique_id": format!("local{number}"), "file_size": file.size});
        if file.size <= MAX_DOWNLOAD_BYTES {
            let ending = file.name.rsplit_once('.').map_or("bin", |(_, ending)| ending);
            let plain: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
            json["file_path"] = json!(format!("documents/file_{number}.{plain}"));
        }
        Some(json)
    }

    /// The Bot API's Document of an id.
    pub(crate) fn document_json(&self, id: &str) -> Option<Value> {
        let (file, mut json) = (self.by_id(id)?, self.json(id)?);
        json["file_name"] = json!(file.name);
        json["mime_type"] = json!(file.media_type);
        if let Some(fields) = json.as_object_mut() {
            fields.remove("file_path");
        }
        Some(json)
    }
}

fn number(id: &str) -> Option<u64> {
    id.strip_prefix("BQAC-local-")?.parse().ok()
}
