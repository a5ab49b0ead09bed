//! The side of the command line. It waits as long as the bot takes.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;

use super::{Request, Response};
use crate::generation::Progress;

/// Asks the bot that keeps its things in a data folder; `None` when none runs.
///
/// # Errors
/// When the bot cannot be spoken to: it is another user's, or it ended meanwhile.
pub fn ask(data_dir: &Path, request: &Request, progress: &mut dyn FnMut(Progress)) -> io::Result<Option<Response>> {
    let connected =
        super::near(data_dir).and_then(|(_open, folder)| std::os::unix::net::UnixStream::connect(super::path(&folder)));
    let mut stream = match connected {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line?)? {
            Response::Progress(so_far) => progress(so_far),
            last => return Ok(Some(last)),
        }
    }
    Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the bot ended before it answered"))
}
