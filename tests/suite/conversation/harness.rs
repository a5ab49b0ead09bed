//! A bot beside a local Telegram. A test that leaves a message unread, a button unanswered or a request refused fails.

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::task::JoinHandle;
use yuanwen::config::{Flags, Settings, Token};
use yuanwen::generation::{Generation, Keeper, Rules};
use yuanwen::journal::Journal;
use yuanwen::local_telegram::{self, Draft, LocalTelegram, Message, Pace};
use yuanwen::telegram::{self, Course, Edition, Editions, Footing, Stop, Stopper};

use super::show::show;

/// Longer than anything takes that does happen, also on a busy machine.
pub(super) const SOON: Duration = Duration::from_secs(20);

/// The invented documents.
pub(super) const KNOWLEDGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/conversation/knowledge");

/// Read once for all tests.
static GENERATION: LazyLock<Arc<Generation>> = LazyLock::new(|| generation(Path::new(KNOWLEDGE)));
static EDITION: LazyLock<Edition> = LazyLock::new(|| Edition::new(GENERATION.clone()));

fn generation(folder: &Path) -> Arc<Generation> {
    Arc::new(Generation::read(folder).expect("the documents can be read"))
}

/// The edition of a folder.
pub(super) fn edition(folder: &Path) -> Edition {
    Edition::new(generation(folder))
}

/// A bot that talks.
pub(super) struct Talk {
    /// The Telegram around it.
    pub(super) telegram: LocalTelegram,
    /// What it answers from.
    pub(super) editions: Editions,
    settings: Settings,
    course: Course,
    folder: tempfile::TempDir,
    running: Option<(Stopper, JoinHandle<anyhow::Result<()>>)>,
    ended: bool,
}

impl Talk {
    /// A bot without limits on speed.
    pub(super) async fn start() -> Self {
        let pace = telegram::Pace {
            chat_burst: 1000,
            per_second: 10_000,
            group_per_minute: 1000,
            ..telegram::Pace::default()
        };
        Self::start_with(Course { pace, ..Course::default() }, Pace::Unlimited, |_| {}).await
    }

    /// A bot on another course, with other settings.
    pub(super) async fn start_with(course: Course, pace: Pace, change: impl FnOnce(&mut Settings)) -> Self {
        let token = Token::of_local_telegram();
        let local =
            local_telegram::Settings { token: token.expose().to_owned(), pace, ..local_telegram::Settings::default() };
        let telegram = LocalTelegram::start(local).await.expect("a free port");
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = Settings::load(&Flags::default()).expect("no settings are wrong");
        settings.token = Some(token);
        settings.api_url = Some(telegram.api_url().parse().expect("an address"));
        settings.knowledge = KNOWLEDGE.into();
        settings.data_dir = folder.path().to_owned();
        change(&mut settings);
        let editions = Editions::new(EDITION.clone());
        let mut talk = Self { telegram, editions, settings, course, folder, running: None, ended: false };
        talk.run().await;
        talk
    }

    /// Starts the bot, and waits until it listens.
    pub(super) async fn run(&mut self) {
        let (stopper, stop) = Stop::new();
        let (settings, course) = (self.settings.clone(), self.course.clone());
        let (knowledge, data_dir) = (&settings.knowledge, &settings.data_dir);
        let keeper = Arc::new(Keeper::serving(knowledge, data_dir, Rules::default(), GENERATION.clone()));
        let footing = Footing::with_editions(&settings, keeper, self.editions.clone()).expect("a journal");
        let running = tokio::spawn(async move { telegram::run(&settings, footing, course, stop).await });
        self.running = Some((stopper, running));
        assert!(self.telegram.idle(SOON).await, "the bot does not poll");
    }

    /// Stops the bot as SIGTERM does.
    pub(super) async fn stop(&mut self) {
        let Some((stopper, running)) = self.running.take() else { return };
        stopper.stop();
        let ended = tokio::time::timeout(SOON, running).await.expect("the bot ends in time");
        ended.expect("the bot does not panic").expect("the bot ends well");
    }

    /// The folder of its documents.
    pub(super) fn knowledge(&self) -> &Path {
        &self.settings.knowledge
    }

    /// The folder of what it keeps.
    pub(super) fn data_dir(&self) -> &Path {
        &self.settings.data_dir
    }

    /// The journal of the bot, which may run.
    pub(super) fn journal(&self) -> Journal {
        Journal::open(self.folder.path(), &self.settings.secret().expect("a secret")).expect("a journal").journal
    }

    /// A person writes in their private chat and reads the answer.
    pub(super) async fn ask(&self, person: i64, text: &str) -> Message {
        self.send(person, person, Draft::text(text)).await
    }

    /// A person sends something to a chat and reads the answer.
    pub(super) async fn send(&self, chat: i64, person: i64, draft: Draft) -> Message {
        self.telegram.send(chat, person, draft);
        self.read(chat).await
    }

    /// The next message of the bot in a chat.
    pub(super) async fn read(&self, chat: i64) -> Message {
        self.telegram.next_message(chat, SOON).await.expect("the bot answers")
    }

    /// A person presses a button under a message, which changes.
    pub(super) async fn press(&self, person: i64, message: &Message, label: &str) -> Message {
        let query = self.telegram.press(message.chat, person, message.id, label);
        let query = query.unwrap_or_else(|| panic!("no button {label} under\n{}", show(message)));
        let changed = self.telegram.revision(message.chat, message.id, message.revisions + 1, SOON).await;
        self.telegram.callback_answer(&query, SOON).await.expect("the press is answered");
        changed.expect("the message changes")
    }

    /// A person presses a button and reads what shows for a moment.
    pub(super) async fn toast(&self, person: i64, message: &Message, label: &str) -> String {
        let query = self.telegram.press(message.chat, person, message.id, label);
        let query = query.unwrap_or_else(|| panic!("no button {label} under\n{}", show(message)));
        self.telegram.callback_answer(&query, SOON).await.expect("the press is answered").text
    }

    /// Waits until everything that was sent to the bot is handled. A question asked now is answered after all before it
    /// in its chat, so the answer to it is a sign that nothing else comes; it is read here.
    pub(super) async fn nothing_more(&self, chat: i64, person: i64) {
        let sign = self.send(chat, person, Draft::text("/privacy@yuanwen_bot")).await;
        assert!(sign.text.contains("/forgetme"), "something else was said:\n{}", show(&sign));
    }

    /// Ends the bot; nothing may be left over.
    pub(super) async fn end(mut self) {
        self.stop().await;
        self.ended = true;
        let ends = self.telegram.loose_ends();
        assert!(ends.is_empty(), "left over: {ends:#?}");
    }
}

impl Talk {
    /// Ends the bot where requests were refused that the test expects to be; nothing else may be left over.
    pub(super) async fn end_with_refusals(mut self) {
        self.stop().await;
        self.ended = true;
        let ends: Vec<String> =
            self.telegram.loose_ends().into_iter().filter(|end| !end.contains(" refused: ")).collect();
        assert!(ends.is_empty(), "left over: {ends:#?}");
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        assert!(self.ended || std::thread::panicking(), "a conversation must be ended with `end`");
    }
}
