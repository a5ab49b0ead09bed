//! A knowledge folder, a data folder, and the bot that runs on them.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use yuanwen::operation::Status;
use yuanwen::operation::control::{self, Request, Response};

/// Longer than anything takes that does happen, also on a busy machine.
const SOON: Duration = Duration::from_mins(1);

/// Two small documents, one of which changes.
pub(super) struct House {
    folder: tempfile::TempDir,
    /// The name of the data folder.
    data: String,
}

impl House {
    pub(super) fn new() -> Self {
        Self::named("data".to_owned())
    }

    /// The same with a data folder of a name that no socket may have.
    pub(super) fn with_long_name() -> Self {
        Self::named("d".repeat(120))
    }

    fn named(data: String) -> Self {
        let house = Self { folder: tempfile::tempdir().unwrap(), data };
        fs::create_dir(house.knowledge()).unwrap();
        fs::create_dir(house.data()).unwrap();
        house.grow(3);
        let text = "---\ntitle: 云麓谷方案\npark: 云麓谷\n---\n## 交通\n云麓谷有两个地铁站，公交线路五条。\n";
        fs::write(house.knowledge().join("yunlu.md"), text).unwrap();
        house
    }

    pub(super) fn knowledge(&self) -> PathBuf {
        self.folder.path().join("knowledge")
    }

    pub(super) fn data(&self) -> PathBuf {
        self.folder.path().join(&self.data)
    }

    /// Changes a document.
    pub(super) fn grow(&self, hectares: usize) {
        let text = format!(
            "---\ntitle: 星湖园方案\npark: 星湖园\n---\n## 规模\n星湖园占地{hectares}平方公里，入驻企业40家。\n"
        );
        fs::write(self.knowledge().join("xinghu.md"), text).unwrap();
    }

    /// The program with these arguments, on these folders and with no other settings.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yuanwen"));
        command.args(arguments).arg("--knowledge").arg(self.knowledge()).arg("--data-dir").arg(self.data());
        command.current_dir(self.folder.path()).env_clear();
        command
    }

    /// What the program prints, and its exit code.
    pub(super) fn run(&self, arguments: &[&str]) -> (String, i32) {
        let output = self.command(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (text, output.status.code().unwrap())
    }

    /// Starts the bot and waits until it answers.
    pub(super) fn start(&self, arguments: &[&str]) -> Bot<'_> {
        let started = Instant::now();
        let mut command = self.command(&[arguments, &["--listen", "127.0.0.1:0"]].concat());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        // Read, so that the bot never waits for somebody to read its log.
        std::thread::spawn(move || log.lines().map_while(Result::ok).for_each(drop));
        let mut bot = Bot { child, house: self, ready_after: Duration::ZERO };
        while bot.try_status().is_none() {
            assert!(started.elapsed() < SOON, "the bot does not answer");
            assert!(bot.child.try_wait().unwrap().is_none(), "the bot ended");
            std::thread::sleep(Duration::from_millis(10));
        }
        bot.ready_after = started.elapsed();
        bot
    }
}

/// A bot that runs.
pub(super) struct Bot<'a> {
    child: Child,
    house: &'a House,
    /// How long it took to answer the command line.
    pub(super) ready_after: Duration,
}

impl Bot<'_> {
    fn try_status(&self) -> Option<Status> {
        match control::ask(&self.house.data(), &Request::Status, &mut |_| ()) {
            Ok(Some(Response::Status(status))) => Some(*status),
            _ => None,
        }
    }

    pub(super) fn status(&self) -> Status {
        self.try_status().expect("the bot says how it is doing")
    }

    /// Waits until another generation is served.
    pub(super) fn other_than(&self, id: &str) -> String {
        let started = Instant::now();
        loop {
            let now = self.status().generation;
            if now != id {
                return now;
            }
            assert!(started.elapsed() < SOON, "{id} is still served");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Sends a signal, such as `HUP`.
    pub(super) fn signal(&self, name: &str) {
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.child.id())).status().unwrap();
        assert!(sent.success());
    }

    /// Ends it, by SIGTERM or however it was told to, and waits for it.
    pub(super) fn ended(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Bot<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
