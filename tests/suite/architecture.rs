//! The house is what ARCHITECTURE.md says it is: this reads the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::root;

/// The folders of `src`, in the order in which each may use those before it.
const LINE: [&str; 13] = [
    "config",
    "analysis",
    "corpus",
    "index",
    "answer",
    "evaluation",
    "generation",
    "import",
    "journal",
    "operation",
    "local_telegram",
    "telegram",
    "commands",
];
/// Crates that one folder alone may name.
const KEPT_IN: [(&str, &str); 4] =
    [("tantivy", "index"), ("teloxide", "telegram"), ("rusqlite", "journal"), ("clap", "commands config main.rs")];
/// No file is longer, in lines.
const MAX_LINES: usize = 500;
/// Names that say nothing.
const EMPTY_NAMES: &[&str] =
    &["util", "utils", "helper", "helpers", "manager", "common", "misc", "shared", "engine", "service", "processor"];

/// Every Rust file below some folders of the repository.
fn files(folders: &[&str]) -> Vec<PathBuf> {
    let mut waiting: Vec<PathBuf> =
        folders.iter().map(|folder| root().join(folder)).filter(|path| path.exists()).collect();
    let mut files = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The code of a file without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The first folder below `src`, or the file there.
fn room(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).unwrap();
    below.iter().next().unwrap().to_str().unwrap().to_owned()
}

/// The folders that a piece of code names by `crate::`.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        // `use crate::{a, b::c}` names several, of which each starts at the outermost level of the braces.
        let names = match rest.strip_prefix('{') {
            None => vec![rest],
            Some(group) => {
                let mut depth = 0;
                let outer = |c: char| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    depth < 0 || (depth == 0 && c == ',')
                };
                group.split(outer).take_while(|part| !part.starts_with(';')).collect()
            }
        };
        let name =
            |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        used.extend(names.into_iter().map(name).filter(|name| LINE.contains(&name.as_str())));
    }
    used
}

#[test]
fn uses_are_found_in_every_form() {
    let names = |code| used(code).into_iter().collect::<Vec<_>>();
    assert_eq!(names("use crate::answer::Answer;"), ["answer"]);
    assert_eq!(
        names("use crate::{index::{Hit, telegram}, corpus::Source};\ncrate::journal::x()"),
        ["corpus", "index", "journal"]
    );
}

#[test]
fn folders_form_a_line() {
    let place = |room: &str| LINE.iter().position(|other| *other == room);
    for file in files(&["src"]) {
        let room = room(&file);
        if room == "lib.rs" || room == "main.rs" {
            continue;
        }
        let own = place(room.trim_end_matches(".rs"));
        assert!(own.is_some(), "{} is in no folder of the line {LINE:?}", file.display());
        for other in used(&code(&file)) {
            assert!(place(&other) <= own, "{} uses {other}, which comes after it; {LINE:?}", file.display());
        }
    }
}

#[test]
fn the_library_lists_its_folders_in_the_order_of_the_line() {
    let text = code(&root().join("src/lib.rs"));
    let listed: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let line: Vec<&str> = LINE.into_iter().filter(|room| listed.contains(room)).collect();
    assert_eq!(listed, line);
}

#[test]
fn a_crate_stays_in_its_folder() {
    for file in files(&["src"]) {
        let (room, code) = (room(&file), code(&file));
        for (name, folders) in KEPT_IN {
            let named = code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
            assert!(
                !named || folders.split(' ').any(|folder| folder == room),
                "{} names {name}, which only {folders} may",
                file.display()
            );
        }
    }
}

#[test]
fn every_file_is_short_and_says_what_it_is_for() {
    for file in files(&["src", "tests", "benches", "examples"]) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//!"), "{} does not begin with //! and what it is for", file.display());
        let lines = text.lines().count();
        assert!(lines < MAX_LINES, "{} has {lines} lines; split it", file.display());
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(
            !name.split('_').any(|part| EMPTY_NAMES.contains(&part)),
            "{} has a name that says nothing",
            file.display()
        );
    }
}

#[test]
fn the_architecture_names_every_folder() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for room in LINE {
        assert!(
            text.contains(&format!("`{room}`")) || text.contains(&format!("{room}/")),
            "ARCHITECTURE.md does not name {room}"
        );
    }
}
