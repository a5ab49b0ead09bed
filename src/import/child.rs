//! Parsing in a process of its own: the same program again, with limits of memory, time and output, no environment and
//! no right to write a file. What it is killed for is a reason to refuse a file, not a crash of the bot.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use rlimit::Resource;

use super::MAX_ORIGINAL_BYTES;
use crate::corpus::{Draft, Kind, Refusal, read_draft};

/// The hidden command that is the child.
const COMMAND: &str = "read-original";
/// Address space of the child, in bytes.
const MAX_MEMORY_BYTES: u64 = 512 << 20;
/// How long the child may take, in wall-clock and processor seconds.
const MAX_SECONDS: u64 = 10;
/// What the child may answer: far above any document.
const MAX_ANSWER_BYTES: u64 = 32 << 20;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Names the program that is started as the child where that is not the running one, as in tests. The first call counts.
pub fn use_program(path: PathBuf) {
    let _ = PROGRAM.set(path);
}

/// Parses a file in a child.
pub(super) fn read(kind: Kind, file: File) -> Result<Draft, Refusal> {
    let program = match PROGRAM.get() {
        Some(path) => Ok(path.clone()),
        None => std::env::current_exe(),
    };
    let child = program.and_then(|program| {
        Command::new(program)
            .args([COMMAND, kind.name()])
            // No token, no proxy; and one arena, since every further one claims address space.
            .env_clear()
            .envs([("MALLOC_ARENA_MAX", "1"), ("RAYON_NUM_THREADS", "1")])
            .stdin(Stdio::from(file))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    let (status, answer) = child.map_err(|error| not_parsed(format!("no child process: {error}"))).and_then(wait)?;
    if !status.success() {
        return Err(Refusal::Limits);
    }
    serde_json::from_slice::<Result<Draft, Refusal>>(&answer).map_err(|_| not_parsed(String::new()))?
}

/// Waits for the child's answer, and ends it if it takes too long or says too much.
fn wait(mut child: Child) -> Result<(ExitStatus, Vec<u8>), Refusal> {
    let stdout = child.stdout.take().ok_or_else(|| not_parsed("no pipe".to_owned()))?;
    let (send, answers) = channel();
    std::thread::spawn(move || {
        let mut answer = Vec::new();
        let read = stdout.take(MAX_ANSWER_BYTES + 1).read_to_end(&mut answer);
        // Nobody waits any more once the time is over.
        let _ = send.send(read.map(|_| answer));
    });
    let answer = answers.recv_timeout(Duration::from_secs(MAX_SECONDS));
    let over = !matches!(&answer, Ok(Ok(answer)) if answer.len() as u64 <= MAX_ANSWER_BYTES);
    if over {
        let _ = child.kill();
    }
    let status = child.wait().map_err(|error| not_parsed(error.to_string()))?;
    match answer {
        Ok(Ok(answer)) if !over => Ok((status, answer)),
        Ok(Ok(_)) => Err(Refusal::LongText),
        Ok(Err(error)) => Err(not_parsed(error.to_string())),
        Err(RecvTimeoutError::Timeout) => Err(Refusal::Slow),
        Err(RecvTimeoutError::Disconnected) => Err(not_parsed(String::new())),
    }
}

fn not_parsed(cause: String) -> Refusal {
    Refusal::NotParsed { cause }
}

/// What the child does: limits itself, reads the original from standard input and answers on standard output.
///
/// # Errors
/// If a limit cannot be set, or a stream fails.
pub fn run(kind: Kind) -> io::Result<()> {
    limit()?;
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_ORIGINAL_BYTES + 1).read_to_end(&mut bytes)?;
    let draft = if bytes.len() as u64 > MAX_ORIGINAL_BYTES { Err(Refusal::Large) } else { read_draft(kind, &bytes) };
    drop(bytes);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &draft)?;
    out.flush()
}

fn limit() -> io::Result<()> {
    for (resource, most) in
        [(Resource::AS, MAX_MEMORY_BYTES), (Resource::CPU, MAX_SECONDS), (Resource::FSIZE, 0), (Resource::CORE, 0)]
    {
        // macOS has no limit of address space that it keeps; the others hold there.
        let set = resource.set(most, most);
        if cfg!(target_os = "linux") {
            set?;
        }
    }
    Ok(())
}
