//! A file that somebody sent, streamed to disk, and never more of it than is taken. Knows not what is in it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use teloxide::payloads::GetFile;
use teloxide::types::FileId;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::api::{Api, CallError};

/// The most that Telegram lets a bot have, in bytes.
pub(crate) const MAX_DOWNLOAD_BYTES: u64 = 20 << 20;
/// How long Telegram may take to say where the file is.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long all of it may take: 20 MB over a slow line.
const WITHIN: Duration = Duration::from_mins(2);

/// Why a file was not had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DownloadError {
    /// It is longer than it said, or than is taken.
    #[error("the file is over {} MB", MAX_DOWNLOAD_BYTES >> 20)]
    TooLarge,
    /// Telegram does not give it.
    #[error("Telegram does not give the file: {0}")]
    Refused(#[from] CallError),
    /// The connection broke, or took too long.
    #[error("the download broke off: {0}")]
    Broke(String),
    /// It cannot be kept.
    #[error("{path}: cannot be written: {cause}", path = .path.display())]
    Unwritable {
        /// Where it was to be kept.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// Downloads a file to a path; what was begun there is removed when it fails.
pub(crate) async fn download(api: &Api, id: FileId, to: &Path) -> Result<(), DownloadError> {
    let downloaded = stream(api, id, to).await;
    if downloaded.is_err() {
        let _ = tokio::fs::remove_file(to).await;
    }
    downloaded
}

async fn stream(api: &Api, id: FileId, to: &Path) -> Result<(), DownloadError> {
    let found = api.call(&GetFile::new(id), PATIENCE).await?;
    if u64::from(found.size) > MAX_DOWNLOAD_BYTES {
        return Err(DownloadError::TooLarge);
    }
    let bot = api.bot();
    let mut url = bot.api_url();
    url.path_segments_mut()
        .map_err(|()| DownloadError::Broke("TELOXIDE_API_URL cannot have a path".to_owned()))?
        .pop_if_empty()
        .extend(["file", &format!("bot{}", bot.token())])
        .extend(found.path.split('/'));
    // Without its address, which holds the token.
    let broke = DownloadError::Broke;
    let mut answer =
        bot.client().get(url).timeout(WITHIN).send().await.map_err(|error| broke(error.without_url().to_string()))?;
    if !answer.status().is_success() {
        return Err(broke(format!("Telegram answered {}", answer.status().as_u16())));
    }
    let unwritable = |cause| DownloadError::Unwritable { path: to.to_owned(), cause };
    let mut file = File::create(to).await.map_err(unwritable)?;
    let mut bytes = 0;
    while let Some(chunk) = answer.chunk().await.map_err(|error| broke(error.without_url().to_string()))? {
        bytes += chunk.len() as u64;
        if bytes > MAX_DOWNLOAD_BYTES {
            return Err(DownloadError::TooLarge);
        }
        file.write_all(&chunk).await.map_err(unwritable)?;
    }
    file.flush().await.map_err(unwritable)
}
