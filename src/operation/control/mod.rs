//! How the command line speaks to the bot that runs: a socket in the data folder that only its own user may open, a line of
//! JSON for what is asked, a line for each step and one for the answer.

mod client;
mod server;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Gap, Status};
use crate::generation::{Progress, Report};

pub use client::ask;
pub use server::serve;

/// The longest folder whose sockets go by their own paths, in bytes.
#[cfg(target_os = "linux")]
const MAX_FOLDER_BYTES: usize = 60;
/// The longest line that is read, in bytes.
const MAX_REQUEST_BYTES: u64 = 4096;

/// What is asked of the bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum Request {
    /// Reload the knowledge.
    Reload {
        /// Publish it even if the gate holds it back.
        force: bool,
    },
    /// Say how it is doing.
    Status,
    /// List what the documents lack.
    Gaps {
        /// Of so many days.
        days: u32,
    },
}

/// A line of the bot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Response {
    /// How far it is; more follows.
    Progress(Progress),
    /// What the reload came to.
    Report(Box<Report>),
    /// How it is doing.
    Status(Box<Status>),
    /// What the documents lack.
    Gaps(Vec<Gap>),
    /// Why it was not done.
    Error(String),
}

/// Where the socket is.
fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("control.sock")
}

/// The data folder under a name that leaves room for the names of sockets, which may be of some hundred bytes with their
/// folder; it is good for as long as the file is open.
fn near(data_dir: &Path) -> io::Result<(File, PathBuf)> {
    let folder = File::open(data_dir)?;
    #[cfg(target_os = "linux")]
    if data_dir.as_os_str().len() > MAX_FOLDER_BYTES {
        use std::os::fd::AsRawFd as _;
        let near = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
        return Ok((folder, near));
    }
    Ok((folder, data_dir.to_owned()))
}
