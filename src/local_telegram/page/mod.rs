//! The chat page. (Its parts follow.)

use super::LocalTelegram;
use axum::{Router, extract::Request, middleware::Next, response::Response};

pub(crate) fn router() -> Router<LocalTelegram> {
    Router::new()
}

pub(crate) async fn guard(request: Request, next: Next) -> Response {
    next.run(request).await
}
