//! What is done with one update: the shapes of handlers, and a dptree tree as one of them.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use teloxide::dispatching::UpdateHandler;
use teloxide::dptree::{self, Type, di::DependencyMap};
use teloxide::types::{Update, UpdateKind};

use super::super::sender::{Request, Sender};
use crate::journal::now;

/// What is done with an update. An error costs its asker an apology and stands in the log.
pub type Handler = Arc<dyn Fn(Update, Context) -> BoxFuture<'static, anyhow::Result<()>> + Send + Sync>;

/// What a person is told whose update could not be handled; `None` says nothing.
pub type Apology = Arc<dyn Fn(Update, Failure) -> BoxFuture<'static, Option<Request>> + Send + Sync>;

/// Why an update could not be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The handler returned an error.
    Failed,
    /// The handler panicked.
    Panicked,
    /// The handler ran out of time.
    TimedOut,
    /// Handling it ended the process, several times.
    GivenUp,
}

/// What a handler knows beside the update.
#[derive(Debug, Clone)]
pub struct Context {
    /// Telegram's number of the update.
    pub update_id: u32,
    /// How often it was begun, this time included; from 2 on an operator's command must not be carried out.
    pub attempt: u32,
    /// How old what the person did is; zero where Telegram does not say, as for a press on a button.
    pub age: Duration,
    /// Whether it is still worth an answer of its own.
    pub freshness: Freshness,
    /// The sender to answer through: waiting for it does not count as thinking.
    pub sender: Sender,
}

/// Whether a question is worth an answer of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It is.
    Fresh,
    /// It waited too long, as after downtime: the chat is told once that it was missed.
    Late,
}

/// A function as a handler.
pub fn handler<F, Fut>(handle: F) -> Handler
where
    F: Fn(Update, Context) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    Arc::new(move |update, context| handle(update, context).boxed())
}

/// A function as an apology.
pub fn apology<F, Fut>(apologise: F) -> Apology
where
    F: Fn(Update, Failure) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Option<Request>> + Send + 'static,
{
    Arc::new(move |update, failure| apologise(update, failure).boxed())
}

/// A dptree tree as a handler. Its endpoints may take what is in `dependencies`, and of every update the [`Update`], the
/// [`Context`], the [`Sender`] and what the tree's filters extract. What no branch takes is passed over in silence.
///
/// # Panics
/// When an endpoint takes something that is not there, so that a test which builds the tree finds it.
pub fn schema(tree: UpdateHandler<anyhow::Error>, dependencies: DependencyMap) -> Handler {
    let given = [Type::of::<Update>(), Type::of::<Context>(), Type::of::<Sender>()];
    dptree::type_check(tree.sig(), &dependencies, &given);
    Arc::new(move |update, context| {
        let mut dependencies = dependencies.clone();
        dependencies.insert(context.sender.clone());
        dependencies.insert(context);
        dependencies.insert(update);
        let tree = tree.clone();
        async move {
            match tree.dispatch(dependencies).await {
                ControlFlow::Break(result) => result,
                ControlFlow::Continue(_) => Ok(()),
            }
        }
        .boxed()
    })
}

/// How old what the person did is.
pub(super) fn age(update: &Update) -> Duration {
    let date = match &update.kind {
        UpdateKind::Message(message) | UpdateKind::ChannelPost(message) => Some(message.date),
        UpdateKind::EditedMessage(message) | UpdateKind::EditedChannelPost(message) => {
            Some(message.edit_date().copied().unwrap_or(message.date))
        }
        _ => None,
    };
    let seconds = date.map_or(0, |date| now() - date.timestamp());
    Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}
