//! An operator at work: documents of their own, and what they do in one breath.

use std::fs;
use std::path::PathBuf;

use yuanwen::local_telegram::{Message, OPERATOR, Pace};
use yuanwen::telegram::{self, Course};

use super::harness::{KNOWLEDGE, SOON, Talk};

impl Talk {
    /// A bot with an operator, and documents of their own that they may change; see [`Talk::knowledge`].
    pub(super) async fn start_with_operator() -> Self {
        let pace = telegram::Pace { chat_burst: 1000, per_second: 10_000, ..telegram::Pace::default() };
        Self::start_with(Course { pace, ..Course::default() }, Pace::Unlimited, |settings| {
            settings.operators.insert(OPERATOR.unsigned_abs());
            settings.knowledge = settings.data_dir.join("knowledge");
            fs::create_dir(&settings.knowledge).expect("a folder");
            for entry in fs::read_dir(KNOWLEDGE).expect("the documents") {
                let path = entry.expect("a document").path();
                let copy = settings.knowledge.join(path.file_name().expect("a name"));
                fs::copy(&path, copy).expect("a copy");
            }
        })
        .await
    }

    /// A file of the folder, by its name.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.knowledge().join(name)
    }

    /// The text of a file of the folder.
    pub(super) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).expect("a text")
    }

    /// Writes a file of the folder.
    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).expect("it is written");
    }

    /// The operator gives an order and reads the answer.
    pub(super) async fn order(&self, text: &str) -> Message {
        self.ask(OPERATOR, text).await
    }

    /// The operator opens a document of the list, by its number there.
    pub(super) async fn document(&self, number: &str) -> Message {
        let list = self.order("/docs").await;
        self.press(OPERATOR, &list, number).await
    }

    /// The operator presses a button whose work is told by another message, and reads that.
    pub(super) async fn told(&self, message: &Message, label: &str) -> Message {
        assert_eq!(self.toast(OPERATOR, message, label).await, "");
        self.read(OPERATOR).await
    }

    /// The operator reloads by the button under a message and reads the report.
    pub(super) async fn reload(&self, message: &Message) -> Message {
        self.told(message, "🔄 重新载入").await
    }

    /// Somebody presses what a button under a message would carry, and reads what shows for a moment.
    pub(super) async fn press_as(&self, chat: i64, person: i64, message: i64, data: &str) -> String {
        let query = self.telegram.press_data(chat, person, message, data).expect("there is such a message");
        self.telegram.callback_answer(&query, SOON).await.expect("the press is answered").text
    }

    /// What operators did, oldest first: what, to what, and how it ended.
    pub(super) async fn actions(&self) -> Vec<(String, String, String)> {
        let mut actions = self.journal().last_actions(99).await.expect("the journal can be read");
        actions.reverse();
        assert!(actions.iter().all(|stored| stored.action.operator == OPERATOR.unsigned_abs()), "{actions:?}");
        actions.into_iter().map(|stored| (stored.action.action, stored.action.detail, stored.action.outcome)).collect()
    }

    /// The same in lines.
    pub(super) async fn action_lines(&self) -> Vec<String> {
        let line = |(action, detail, outcome)| format!("{action} | {detail} | {outcome}");
        self.actions().await.into_iter().map(line).collect()
    }

    /// Only what they did.
    pub(super) async fn action_names(&self) -> Vec<String> {
        self.actions().await.into_iter().map(|(action, ..)| action).collect()
    }
}
