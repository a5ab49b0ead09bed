//! What happens, told to the page as it happens: server-sent events. A page that fell behind is told to read
//! everything again.

use crate::local_telegram::LocalTelegram;
use axum::{
    extract::State as Extract,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::stream::{self, Stream};
use serde_json::{Value, json};
use std::convert::Infallible;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Every event from now on, after a `hello` that says the line stands.
pub(super) async fn listen(
    Extract(telegram): Extract<LocalTelegram>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let receiver = telegram.lock().events.subscribe();
    let hello = json!({"kind": "hello"});
    let events = stream::unfold((Some(hello), receiver), next);
    Sse::new(events).keep_alive(KeepAlive::default())
}

type Line = (Option<Value>, Receiver<Value>);

async fn next((first, mut receiver): Line) -> Option<(Result<Event, Infallible>, Line)> {
    let event = match first {
        Some(event) => event,
        None => match receiver.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => json!({"kind": "hello"}),
            Err(RecvError::Closed) => return None,
        },
    };
    Some((Ok(Event::default().data(event.to_string())), (None, receiver)))
}
