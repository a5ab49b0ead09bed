//! The real program, killed, stopped and started again, with a Telegram that stays.

use std::collections::BTreeMap;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use yuanwen::config::Token;
use yuanwen::local_telegram::{self, ChatKind, Draft, LocalTelegram, Pace, XIAOLIN};

use super::harness::{KNOWLEDGE, SOON};

const QUESTION: &str = "南汀有几台大科学装置";
const ANSWER: &str = "南汀科学城已有两台大科学装置";

/// The program with these variables, none of ours, and its standard output to read.
fn program(folder: &tempfile::TempDir, variables: &[(&str, &str)]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yuanwen"));
    command.args(["--knowledge", KNOWLEDGE, "--listen", "127.0.0.1:0", "--data-dir"]).arg(folder.path().join("data"));
    command.current_dir(folder.path()).env_clear().envs(variables.iter().copied());
    command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    command.spawn().expect("the program starts")
}

/// A Telegram on this machine, and the program on it.
struct World {
    telegram: LocalTelegram,
    folder: tempfile::TempDir,
    token: String,
    url: String,
}

impl World {
    async fn new() -> Self {
        let token = Token::of_local_telegram().expose().to_owned();
        let settings = local_telegram::Settings {
            token: token.clone(),
            pace: Pace::Unlimited,
            ..local_telegram::Settings::default()
        };
        let telegram = LocalTelegram::start(settings).await.expect("a free port");
        let url = telegram.api_url();
        Self { telegram, folder: tempfile::tempdir().expect("a folder"), token, url }
    }

    fn start(&self) -> Child {
        let variables = [
            ("TELOXIDE_TOKEN", self.token.as_str()),
            ("TELOXIDE_API_URL", &self.url),
            ("YUANWEN_QUESTIONS_PER_MINUTE", "1000"),
        ];
        program(&self.folder, &variables)
    }
}

/// Sends a signal by its name.
async fn signal(child: &Child, name: &str) {
    let id = child.id().expect("the program runs").to_string();
    let sent = Command::new("kill").args(["-s", name, &id]).status().await.expect("kill is there");
    assert!(sent.success());
}

async fn ended(child: &mut Child) -> ExitStatus {
    tokio::time::timeout(Duration::from_secs(10), child.wait())
        .await
        .expect("the program ends in time")
        .expect("its status")
}

/// Four groups, and how often each of their questions was answered. In a group an answer says to what it replies.
struct Asked {
    chats: Vec<i64>,
    questions: BTreeMap<(i64, i64), usize>,
}

impl Asked {
    fn in_four_chats(telegram: &LocalTelegram) -> Self {
        let chat =
            |number: i64| telegram.add_chat(-1_009_000_000_000 - number, ChatKind::Supergroup, "园区", &[XIAOLIN]);
        Self { chats: (1..=4).map(chat).collect(), questions: BTreeMap::new() }
    }

    /// Asks until twenty questions wait, five in each chat.
    fn top_up(&mut self, telegram: &LocalTelegram) {
        for &chat in &self.chats {
            let waiting = self.questions.iter().filter(|((of, _), count)| *of == chat && **count == 0).count();
            for _ in waiting..5 {
                let asked = telegram.send(chat, XIAOLIN, Draft::text(format!("@yuanwen_bot {QUESTION}")));
                self.questions.insert((chat, asked), 0);
            }
        }
    }

    fn all_answered(&self, chat: i64) -> bool {
        self.questions.iter().all(|((of, _), count)| *of != chat || *count > 0)
    }

    /// Counts the answers that are there; returns for each chat how many there are too many.
    fn count(&mut self, telegram: &LocalTelegram) -> BTreeMap<i64, usize> {
        self.questions.values_mut().for_each(|count| *count = 0);
        for &chat in &self.chats {
            for answer in telegram.bot_messages(chat) {
                assert!(answer.text.starts_with(ANSWER), "an answer of another kind: {}", answer.text);
                let asked = answer.reply_to.expect("an answer in a group is a reply").message_id;
                *self.questions.get_mut(&(chat, asked)).expect("it answers a question") += 1;
            }
        }
        let of = |chat: i64| self.questions.iter().filter(move |((of, _), _)| *of == chat).map(|(_, count)| *count);
        self.chats.iter().map(|&chat| (chat, of(chat).map(|count| count.saturating_sub(1)).sum())).collect()
    }
}

#[tokio::test]
async fn twenty_kills_in_the_middle_of_twenty_questions_lose_none_and_double_at_most_one_a_chat() {
    let world = World::new().await;
    let telegram = &world.telegram;
    let mut asked = Asked::in_four_chats(telegram);
    let mut before = asked.count(telegram);
    for kill in 0..20 {
        asked.top_up(telegram);
        let mut program = world.start();
        // Killed after two answers in every chat and some more, so that what was begun at the last kill is done: an update
        // whose handling ends the process three times is given up, and that is not what is tested here.
        let beginning: BTreeMap<i64, usize> =
            asked.chats.iter().map(|&chat| (chat, telegram.bot_messages(chat).len())).collect();
        for &chat in &asked.chats {
            for _ in 0..2 {
                telegram.next_message(chat, SOON).await.expect("an answer");
            }
        }
        let enough = 8 + kill % 8;
        let answers =
            || asked.chats.iter().map(|chat| telegram.bot_messages(*chat).len() - beginning[chat]).sum::<usize>();
        while answers() < enough {
            let next = asked.chats.iter().map(|&chat| Box::pin(telegram.next_message(chat, SOON)));
            futures::future::select_all(next).await.0.expect("another answer");
        }
        program.kill().await.expect("the program is killed");
        telegram.read_all();
        let now = asked.count(telegram);
        for (chat, doubled) in &now {
            let new = doubled - before[chat];
            assert!(new <= 1, "kill {kill} doubled {new} answers in a chat");
        }
        before = now;
    }
    let mut program = world.start();
    for chat in asked.chats.clone() {
        while !asked.all_answered(chat) {
            telegram.next_message(chat, SOON).await.expect("every question is answered");
            asked.count(telegram);
        }
    }
    signal(&program, "TERM").await;
    assert_eq!(ended(&mut program).await.code(), Some(0));
    telegram.read_all();
    assert!(telegram.loose_ends().is_empty(), "{:#?}", telegram.loose_ends());
}

#[tokio::test]
async fn sigterm_and_sigint_end_the_program_well() {
    let world = World::new().await;
    for name in ["TERM", "INT"] {
        let mut program = world.start();
        world.telegram.send_text(XIAOLIN, XIAOLIN, QUESTION);
        let answer = world.telegram.next_message(XIAOLIN, SOON).await.expect("an answer");
        assert!(answer.text.starts_with(ANSWER));
        signal(&program, name).await;
        assert_eq!(ended(&mut program).await.code(), Some(0), "{name}");
    }
    assert!(world.telegram.loose_ends().is_empty());
}

#[tokio::test]
async fn without_a_token_the_program_is_its_own_telegram_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    // The second start finds what the first one left.
    for _ in 0..2 {
        let mut program = program(&folder, &[]);
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("a line");
        let (said, url) = line.split_at(line.find("http://").expect("an address"));
        assert_eq!(said, "TELOXIDE_TOKEN is not set, so the bot runs on this machine only: ");

        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let page = client.get(url).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("<!doctype html>") || page.contains("<!DOCTYPE html>"));
        let mut events = client.get(format!("{url}/chat/events")).send().await.unwrap();
        let deed = json!({"person": XIAOLIN, "text": QUESTION});
        let sent = client.post(format!("{url}/chat/{XIAOLIN}/send")).json(&deed).send().await.unwrap();
        assert!(sent.status().is_success());
        let mut heard = String::new();
        let answered = async {
            while !heard.contains(ANSWER) {
                heard.push_str(&String::from_utf8_lossy(&events.chunk().await.unwrap().expect("another event")));
            }
        };
        tokio::time::timeout(SOON, answered).await.expect("an answer on the page");
        let shown: Value =
            client.get(format!("{url}/chat/{XIAOLIN}/messages")).send().await.unwrap().json().await.unwrap();
        assert!(shown.to_string().contains("callback_data"), "{shown}");
        signal(&program, "TERM").await;
        assert_eq!(ended(&mut program).await.code(), Some(0));
    }
}
