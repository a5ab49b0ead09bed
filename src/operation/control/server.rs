//! The side of the bot.

use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};

use super::{MAX_REQUEST_BYTES, Request, Response};
use crate::operation::{Actor, Reloads, gaps};

/// Whoever connects says at once what they want.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// Listens until it is dropped. Without the socket the bot runs as well, and the log says why there is none.
pub async fn serve(data_dir: &Path, reloads: Reloads) {
    let (listener, owner) = match listen(data_dir) {
        Ok(listening) => listening,
        Err(error) => {
            tracing::warn!("{}: {error}; the command line cannot speak to this bot", super::path(data_dir).display());
            return;
        }
    };
    let _removed = Removed(data_dir);
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let user = stream.peer_cred().map(|peer| peer.uid());
                if user.is_ok_and(|user| user == owner || user == 0) {
                    tokio::spawn(converse(stream, reloads.clone()));
                }
            }
            Err(error) => {
                tracing::warn!("the control socket: {error}");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Binds the socket and tells whose it is. It is made in a folder that nobody else can enter, so that at no moment anybody
/// else can connect.
fn listen(data_dir: &Path) -> io::Result<(UnixListener, u32)> {
    std::fs::create_dir_all(data_dir)?;
    let (_open, data_dir) = super::near(data_dir)?;
    let path = super::path(&data_dir);
    if std::os::unix::net::UnixStream::connect(&path).is_ok() {
        return Err(io::Error::new(io::ErrorKind::AddrInUse, "another bot uses this data folder"));
    }
    let private = data_dir.join(format!("control.{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&private);
    std::fs::DirBuilder::new().mode(0o700).create(&private)?;
    let bound = (|| {
        let draft = private.join("sock");
        let listener = UnixListener::bind(&draft)?;
        std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(0o600))?;
        let owner = std::fs::metadata(&draft)?.uid();
        std::fs::rename(&draft, &path)?;
        Ok((listener, owner))
    })();
    let _ = std::fs::remove_dir_all(&private);
    bound
}

/// Removes the socket when the bot ends.
struct Removed<'a>(&'a Path);

impl Drop for Removed<'_> {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(super::path(self.0));
    }
}

async fn converse(stream: UnixStream, reloads: Reloads) {
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(reader.take(MAX_REQUEST_BYTES));
    let read = tokio::time::timeout(REQUEST_TIMEOUT, reader.read_line(&mut line)).await;
    let response = match (read, serde_json::from_str(&line)) {
        (Ok(Ok(_)), Ok(request)) => obey(request, &reloads, &mut writer).await,
        (Ok(Ok(_)), Err(error)) => Response::Error(format!("this is no request: {error}")),
        _ => return,
    };
    // Whoever asked may be gone.
    let _ = send(&mut writer, &response).await;
}

async fn obey(request: Request, reloads: &Reloads, writer: &mut OwnedWriteHalf) -> Response {
    match request {
        Request::Reload { force } => {
            let mut progress = reloads.progress();
            let reload = reloads.reload(force, Actor::CommandLine);
            tokio::pin!(reload);
            loop {
                tokio::select! {
                    biased;
                    ended = &mut reload => {
                        return ended.map_or_else(
                            |error| Response::Error(error.to_string()),
                            |report| Response::Report(Box::new(report.as_ref().clone())),
                        );
                    }
                    Ok(()) = progress.changed() => {
                        let so_far = *progress.borrow_and_update();
                        if let Some(so_far) = so_far {
                            let _ = send(writer, &Response::Progress(so_far)).await;
                        }
                        // Ten lines a second are enough to see that it goes on.
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
            }
        }
        Request::Status => reloads
            .status()
            .await
            .map_or_else(|error| Response::Error(error.to_string()), |status| Response::Status(Box::new(status))),
        Request::Gaps { days } => {
            gaps(reloads.journal(), days).await.map_or_else(|error| Response::Error(error.to_string()), Response::Gaps)
        }
    }
}

async fn send(writer: &mut OwnedWriteHalf, response: &Response) -> io::Result<()> {
    let mut line = serde_json::to_vec(response)?;
    line.push(b'\n');
    writer.write_all(&line).await
}
