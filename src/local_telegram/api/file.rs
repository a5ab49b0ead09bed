//! Files that people sent: where they are, and their bytes.

use super::{Answer, LocalTelegram, Parameters, Refusal, State, refused};
use crate::local_telegram::limits::MAX_DOWNLOAD_BYTES;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// The path of a file, up to 20 MiB.
pub(super) fn get_file(state: &mut State, parameters: &Parameters) -> Answer {
    let id = parameters.text("file_id").unwrap_or_default();
    let file = state.files.by_id(&id).ok_or_else(|| Refusal::bad("invalid file_id"))?;
    if file.size > MAX_DOWNLOAD_BYTES {
        return Err(Refusal::bad("file is too big"));
    }
    state.files.json(&id).ok_or_else(|| Refusal::bad("invalid file_id"))
}

/// The bytes of a file; `rest` is `<TOKEN>/<path>`.
pub(super) fn download(telegram: &LocalTelegram, rest: &str) -> Response {
    let Some((token, path)) = rest.split_once('/') else { return refused(&Refusal::not_found("file")) };
    if token != telegram.token() {
        return refused(&Refusal::unauthorized());
    }
    match telegram.lock().files.by_path(path).filter(|file| file.size <= MAX_DOWNLOAD_BYTES) {
        Some(file) => ([(header::CONTENT_TYPE, "application/octet-stream")], file.bytes.clone()).into_response(),
        None => refused(&Refusal::not_found("file")),
    }
}
