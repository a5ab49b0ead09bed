//! Measures the bot over the local Telegram: how long an answer takes, and whether a minute of load leaves anything behind.
//!
//! ```text
//! cargo build --release && cargo run --release --example load -- target/release/yuanwen
//! ```
//! The program runs as it would on Telegram, as a process of its own with a journal on disk; the Telegram of this process
//! keeps to Telegram's limits on sending. The questions are `knowledge/questions.jsonl`.
//!
//! First 200 chats ask one question each, one after another: p50 and p99 of the time from the message to the answer, in
//! milliseconds. Then 300 chats ask 30 questions a second, which is all that Telegram lets a bot answer, for a minute:
//! every second the questions that wait for an answer and the resident memory of the program, from `/proc`. A number after
//! the program is another time than a minute, in seconds.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tokio::process::{Child, Command};
use tokio::time::{Instant, MissedTickBehavior, interval};
use yuanwen::config::Token;
use yuanwen::evaluation::read_set;
use yuanwen::local_telegram::{self, LocalTelegram, Person};

/// Chats that ask one question each.
const ALONE: usize = 200;
/// The time between two of those questions at least: below what Telegram lets a bot send.
const ALONE_EVERY: Duration = Duration::from_millis(50);
/// Chats that ask under load, in turn: each every ten seconds, which is what a person may.
const CHATS: usize = 300;
const A_SECOND: u32 = 30;
const A_MINUTE: usize = 60;
/// Longer than any answer takes.
const SOON: Duration = Duration::from_secs(20);

#[tokio::main]
async fn main() -> Result<()> {
    let program = std::env::args().nth(1).context("name the program: target/release/yuanwen")?;
    let seconds =
        std::env::args().nth(2).map_or(Ok(A_MINUTE), |seconds| seconds.parse()).context("seconds are a number")?;
    let questions = questions()?;
    let settings = local_telegram::Settings {
        token: Token::of_local_telegram().expose().to_owned(),
        ..local_telegram::Settings::default()
    };
    let telegram = LocalTelegram::start(settings).await?;
    let folder = tempfile::tempdir()?;
    let bot = start(program.as_ref(), &telegram, folder.path())?;
    ensure!(telegram.idle(SOON).await, "the program does not poll");
    alone(&telegram, &questions).await?;
    under_load(&telegram, &questions, bot.id().context("the program ended")?, seconds).await?;
    let refused = telegram.refusals();
    println!("refused requests: {}", refused.len());
    Ok(())
}

/// The golden questions that are one question each, so that each has one answer.
fn questions() -> Result<Vec<String>> {
    let is_one = |text: &String| !text.trim_end_matches(['？', '?', '。']).contains(['？', '?', '。', '\n']);
    let set = read_set(Path::new("knowledge/questions.jsonl"))?;
    Ok(set.into_iter().map(|item| item.question).filter(is_one).collect())
}

fn start(program: &Path, telegram: &LocalTelegram, data: &Path) -> Result<Child> {
    let mut command = Command::new(program);
    command.env_clear().env("TELOXIDE_TOKEN", telegram.token()).env("TELOXIDE_API_URL", telegram.api_url());
    command.env("YUANWEN_DATA_DIR", data).env("YUANWEN_LOG", "warn").stdin(Stdio::null()).kill_on_drop(true);
    command.spawn().with_context(|| format!("{}: cannot be started; build it first", program.display()))
}

/// New people with chats of their own, which remember nothing.
fn people(telegram: &LocalTelegram, first: i64, count: usize) -> Vec<i64> {
    (first..).take(count).map(|id| telegram.add_person(Person::new(id, "Load", "zh-hans"))).collect()
}

async fn alone(telegram: &LocalTelegram, questions: &[String]) -> Result<()> {
    let mut times = Vec::new();
    let mut turn = interval(ALONE_EVERY);
    turn.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for (chat, question) in people(telegram, 5_000_000, ALONE).into_iter().zip(questions.iter().cycle()) {
        turn.tick().await;
        let asked = Instant::now();
        telegram.send_text(chat, chat, question);
        telegram.next_message(chat, SOON).await.with_context(|| format!("no answer: {question}"))?;
        times.push(asked.elapsed());
    }
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("one after another, {ALONE} chats: p50 {:.1} ms, p99 {:.1} ms, most {:.1} ms", at(50), at(99), at(100));
    Ok(())
}

async fn under_load(telegram: &LocalTelegram, questions: &[String], process: u32, seconds: usize) -> Result<()> {
    let chats = people(telegram, 6_000_000, CHATS);
    let answered = || chats.iter().map(|&chat| telegram.bot_messages(chat).len()).sum::<usize>();
    let mut turn = interval(Duration::from_secs(1) / A_SECOND);
    // Never more than Telegram lets through: a queue that a burst leaves behind would stay for ever.
    turn.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut all = chats.iter().cycle().zip(questions.iter().cycle());
    let (mut asked, mut most) = (0, 0);
    println!("{A_SECOND} a second over {CHATS} chats:\nsecond  asked  waiting  memory KiB");
    for second in 1..=seconds {
        for (chat, question) in all.by_ref().take(A_SECOND as usize) {
            turn.tick().await;
            telegram.send_text(*chat, *chat, question);
            asked += 1;
        }
        let waiting = asked - answered();
        most = most.max(waiting);
        println!("{second:6}  {asked:5}  {waiting:7}  {:10}", memory(process)?);
    }
    let ended = Instant::now();
    while answered() < asked && ended.elapsed() < SOON {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("most waiting: {most}; all answered {:.1} s after the last question", ended.elapsed().as_secs_f64());
    ensure!(answered() >= asked, "{} questions have no answer", asked - answered());
    Ok(())
}

/// The resident memory of a process, in KiB.
fn memory(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).context("the program ended")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
