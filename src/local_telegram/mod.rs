//! A local Telegram: the Bot API on this machine, strict about every limit, with a chat page to try a bot out and
//! faults to inject in tests. Whatever Telegram would refuse is refused here, in Telegram's words. It speaks JSON to
//! any bot and knows nothing of questions, answers or the library the bot is made with.
//!
//! ```text
//! a bot      HTTP ─ gate ─ api (fault ─ method ─ limits ─ rate) ─ state ─ updates / webhook ─ the bot
//! a person   page, or a test through LocalTelegram ─ person ─ state ─ watch
//! ```

mod refusal;
mod clock;
mod entities;
mod message;
mod limits;
mod request;
mod chats;
mod updates;
mod rate;
mod fault;
mod files;
mod profile;
mod queries;
mod sample;
mod state;
mod gate;
mod webhook;
mod api;
mod draft;
mod person;
mod watch;
mod page;
#[cfg(test)]
mod tests;

pub use chats::{CHANNEL_BOT, Chat, ChatKind, GROUP_ANONYMOUS_BOT, Person, Standing, TELEGRAM};
pub use draft::Draft;
pub use entities::{Entity, utf16_len, utf16_slice};
pub use fault::{Fault, Rule};
pub use message::{Action, Author, Button, Message, ReplyTo};
pub use queries::{Callback, CallbackAnswer, Inline};
pub use refusal::Refusal;
pub use sample::{ALICE, CHANNEL, FORUM, GROUP, OPERATOR, XIAOLIN, YATING};
pub use state::{Logged, Pace, Settings};

use axum::{Router, extract::DefaultBodyLimit, middleware};
use gate::{Connection, Doors, Gate};
use state::State;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};
use tokio::{
    net::TcpListener,
    sync::watch::{Receiver, Sender},
    time::Instant,
};

/// A local Telegram: its state, and the hands of the people in it. Clones are the same Telegram.
#[derive(Debug, Clone)]
pub struct LocalTelegram(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    state: Mutex<State>,
    changes: Sender<u64>,
    doors: Arc<Doors>,
    address: OnceLock<SocketAddr>,
}

impl LocalTelegram {
    /// A fresh one with the sample people and chats; it is not served yet.
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Inner {
            state: Mutex::new(State::new(settings)),
            changes: Sender::new(0),
            doors: Arc::default(),
            address: OnceLock::new(),
        }))
    }

    /// A fresh one, served on a free port of this machine until the runtime ends.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        let telegram = Self::new(settings);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        telegram
            .0
            .address
            .get_or_init(|| listener.local_addr().unwrap_or_else(|_| SocketAddr::from(([127, 0, 0, 1], 0))));
        tokio::spawn(serve(listener, telegram.clone(), std::future::pending()));
        Ok(telegram)
    }

    /// The address a bot is given in place of `https://api.telegram.org`, for example `http://127.0.0.1:4711`. The
    /// chat page is there too. Empty while it is not served.
    pub fn api_url(&self) -> String {
        self.0.address.get().map(|address| format!("http://{address}")).unwrap_or_default()
    }

    /// The token that the bot must show.
    pub fn token(&self) -> String {
        self.lock().settings.token.clone()
    }

    /// Has a fault strike the bot's requests from now on.
    pub fn inject(&self, rule: impl Into<Rule>) {
        self.lock().faults.inject(rule.into(), Instant::now());
    }

    /// Lifts every injected fault. Requests that hang already stay hanging.
    pub fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// Shuts the port and cuts every connection; returns when connections are refused. Only while it is served.
    pub async fn refuse_connections(&self) {
        self.0.doors.shut().await;
    }

    /// Opens the port again; returns when it listens.
    pub async fn accept_connections(&self) {
        self.0.doors.open().await;
    }

    /// Has the last updates that the bot confirmed delivered once more, with their old ids. Gives how many.
    pub fn repeat_updates(&self, count: usize) -> usize {
        self.change(|state| state.updates.repeat(count))
    }

    /// How many updates wait for the bot.
    pub fn pending_updates(&self) -> usize {
        self.lock().updates.waiting()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic of one test's closure leaves the state whole: nothing here is half done over an await.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes whoever waits for a change.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.0.changes.send_modify(|version| *version += 1);
        result
    }

    fn changes(&self) -> Receiver<u64> {
        self.0.changes.subscribe()
    }
}

/// A text with entities, as the Bot API writes them, as it would stand in a chat.
///
/// # Errors
/// When Telegram would refuse it.
pub fn check_message(text: &str, entities: &serde_json::Value) -> Result<(String, Vec<Entity>), Refusal> {
    api::message_of(&serde_json::json!({"message_text": text, "entities": entities}))
}

/// Serves the Bot API and the chat page until `stop` is ready; then every connection is cut.
///
/// # Errors
/// When the listener has no address.
pub async fn serve(
    listener: TcpListener,
    telegram: LocalTelegram,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    telegram.0.address.get_or_init(|| address);
    let doors = Arc::clone(&telegram.0.doors);
    let gate = Gate::new(listener, Arc::clone(&doors))?;
    let app = Router::new()
        .merge(page::router())
        .fallback(api::answer)
        .layer(DefaultBodyLimit::max(limits::MAX_UPLOAD_BYTES + 1024 * 1024))
        .layer(middleware::from_fn(page::guard))
        .with_state(telegram.clone());
    let server = axum::serve(gate, app.into_make_service_with_connect_info::<Connection>());
    tokio::select! {
        result = server => result?,
        () = webhook::deliver(telegram) => {}
        () = stop => {}
    }
    doors.cut_all();
    Ok(())
}
