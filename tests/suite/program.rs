//! The program under test, and where its knowledge lies.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use yuanwen::generation::Generation;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of three small invented files.
pub(crate) fn parks() -> PathBuf {
    root().join("tests/suite/parks")
}

/// Something in the folder beside the repository that only its developers have; `None`, and a word about it, elsewhere.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(path);
    if !path.exists() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

/// The knowledge that ships, read once.
pub(crate) static SHIPPED: LazyLock<Generation> =
    LazyLock::new(|| Generation::read(&root().join("knowledge")).expect("the shipped knowledge is readable"));

/// What the program printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

/// Runs the program in the root of the repository, with this standard input and none of the settings of whoever tests.
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> Ended {
    run_with(arguments, input, &[])
}

/// The same with variables of the environment.
pub(crate) fn run_with(arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yuanwen"));
    command.args(arguments).current_dir(root()).env_clear().envs(variables.iter().copied());
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.to_vec();
    // Written aside, since a program that answers while it reads would wait for us as we wait for it.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
    // A program that refuses its arguments never reads.
    let _ = writer.join().expect("writing does not panic");
    let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
    Ended { out: text(stdout), err: text(stderr), code: status.code().expect("the program is not killed") }
}

/// Asks the small invented parks.
pub(crate) fn ask(arguments: &[&str]) -> Ended {
    let parks = parks();
    let knowledge = ["--knowledge", parks.to_str().expect("the path is UTF-8")];
    run(&[&["ask"], arguments, &knowledge].concat(), b"")
}
