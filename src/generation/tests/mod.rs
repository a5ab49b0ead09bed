//! Generations on a disk that fails, loses bits and is full, and the gate before them.

mod incremental;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, Ordering};

use super::store::{Disk, Fault, Store};
use super::{Generation, Keeper, ReloadError, Rules};
use crate::answer::{Options, Outcome, Question, answer};

/// A knowledge folder and a data folder.
struct House {
    folder: tempfile::TempDir,
}

impl House {
    fn new() -> Self {
        let house = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(house.knowledge()).expect("a folder");
        house.put(
            "xinghu.md",
            "---\ntitle: 星湖园方案\npark: 星湖园\n---\n## 规模\n星湖园占地3平方公里，入驻企业40家。\n",
        );
        house.put(
            "yunlu.md",
            "---\ntitle: 云麓谷方案\npark: 云麓谷\n---\n## 交通\n云麓谷有两个地铁站，公交线路五条。\n",
        );
        house
    }

    fn knowledge(&self) -> PathBuf {
        self.folder.path().join("knowledge")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.knowledge().join(name), text).expect("write");
    }

    fn grow(&self, hectares: u32) {
        self.put(
            "xinghu.md",
            &format!(
                "---\ntitle: 星湖园方案\npark: 星湖园\n---\n## 规模\n星湖园占地{hectares}平方公里，入驻企业40家。\n"
            ),
        );
    }

    fn open(&self) -> Keeper {
        self.open_on(Disk::default())
    }

    fn open_on(&self, disk: Disk) -> Keeper {
        Keeper::open_on(disk, &self.knowledge(), &self.data(), Rules::default(), &|_| ()).expect("documents").0
    }

    /// The files of the data folder but the lock.
    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut waiting = vec![self.data()];
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                waiting.extend(fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()));
            } else if !path.ends_with("CURRENT.lock") {
                files.push(path);
            }
        }
        files.sort();
        files
    }

    fn folders(&self) -> usize {
        let entries = fs::read_dir(self.data()).expect("a folder");
        entries.filter(|entry| entry.as_ref().expect("an entry").path().is_dir()).count()
    }
}

fn reload(keeper: &Keeper) -> Result<Arc<Generation>, ReloadError> {
    keeper.publish(keeper.prepare(&[], &|_| ())?)
}

fn says(generation: &Generation, question: &str) -> String {
    let question = Question::new(question).expect("a question");
    let answer = answer(&generation.knowledge, &question, &Options::default()).expect("an index");
    answer.citations.first().map_or_else(String::new, |first| first.excerpt.text.clone())
}

fn area(generation: &Generation) -> String {
    says(generation, "星湖园占地多大")
}

#[test]
fn a_start_with_unchanged_knowledge_opens_the_last_generation() {
    let house = House::new();
    let id = house.open().current().id.clone();
    let before = house.files();
    let again = house.open();
    assert_eq!((again.current().id.as_str(), house.files()), (id.as_str(), before));
    assert!(area(&again.current()).contains("3平方公里"));
    // An opened generation answers with the same bytes as one that was built.
    let built = Generation::read(&house.knowledge()).expect("documents");
    assert_eq!(built.id, id);
    for question in ["星湖园占地多大", "云麓谷有几个地铁站", "火星上有水吗", "企业有多少家"]
    {
        let question = Question::new(question).expect("a question");
        let of = |generation: &Generation| {
            format!("{:?}", answer(&generation.knowledge, &question, &Options::default()).expect("an index"))
        };
        assert_eq!(of(&built), of(&again.current()));
    }
}

#[test]
fn a_reload_reports_what_it_changes_and_a_rollback_undoes_it() {
    let house = House::new();
    let keeper = house.open();
    let first = keeper.current();
    house.grow(4);
    house.put("new.md", "---\ntitle: 新园\n---\n新园在东边，面积不大。\n");
    fs::remove_file(house.knowledge().join("yunlu.md")).expect("remove");
    let recent = ["星湖园占地多大".to_owned(), "星湖园有多少企业".to_owned()];
    let candidate = keeper.prepare(&recent, &|_| ()).expect("it can be built");
    assert_eq!(keeper.current().id, first.id);
    let report = candidate.report.clone();
    let paths = |listed: &[super::Listed]| listed.iter().map(|l| l.path.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!(
        (paths(&report.added), paths(&report.changed), paths(&report.removed)),
        ("new.md".into(), "xinghu.md".into(), "yunlu.md".into())
    );
    assert_eq!((report.documents, report.unchanged, report.held_back, report.recent), (2, false, false, 2));
    assert!(report.answers_changed.iter().any(|change| change.question == recent[0]
        && change.old.excerpt.contains("3平方公里")
        && change.new.excerpt.contains("4平方公里")));
    let second = keeper.publish(candidate).expect("it can be written");
    assert!(area(&second).contains("4平方公里"));
    // Rolled back, also after a restart, until somebody reloads.
    assert_eq!(keeper.rollback().expect("there is one before").generation.id, first.id);
    let restarted = house.open();
    assert_eq!(restarted.current().id, first.id);
    let forth = restarted.rollback().expect("there is one before");
    assert_eq!((forth.generation.id.as_str(), forth.is_newer), (second.id.as_str(), true));
    let back = restarted.rollback().expect("there is one before");
    assert_eq!((back.generation.id.as_str(), back.is_newer), (first.id.as_str(), false));
    assert_eq!(reload(&restarted).expect("it can be built").id, second.id);
    assert_eq!(house.folders(), 2);
    assert!(matches!(House::new().open().rollback(), Err(ReloadError::NoPrevious)));
}

#[test]
fn the_gate_holds_back_what_fails_newly_and_a_start_keeps_the_last_generation() {
    let house = House::new();
    house.put(
        "questions.jsonl",
        "{\"id\":\"1\",\"question\":\"星湖园占地多大\",\"docs\":[\"xinghu\"],\"answers\":[\"占地3平方公里\"]}\nbroken\n",
    );
    let keeper = house.open();
    let first = keeper.current();
    house.grow(4);
    let report = keeper.prepare(&[], &|_| ()).expect("it can be built").report;
    assert!(report.held_back && report.golden == 1 && report.newly_passing.is_empty(), "{report:?}");
    assert!(report.problems.iter().any(|problem| problem.path == "questions.jsonl" && problem.line == Some(2)));
    let [failing] = report.newly_failing.as_slice() else { panic!("{report:?}") };
    assert!(
        failing.old.excerpt.contains('3')
            && failing.new.excerpt.contains('4')
            && failing.new.outcome != Outcome::Declined
    );
    assert_eq!(house.open().current().id, first.id);
    let rules = Rules { allowed_new_failures: 1.0 };
    let (lenient, served) = Keeper::open(&house.knowledge(), &house.data(), rules, &|_| ()).expect("documents");
    assert_ne!(served.id, first.id);
    house.grow(3);
    let back = lenient.prepare(&[], &|_| ()).expect("it can be built").report;
    assert_eq!((back.newly_passing.len(), back.held_back), (1, false));
}

#[test]
fn golden_questions_that_are_gone_hold_a_generation_back() {
    let house = House::new();
    let one = |number: u32| {
        format!(
            "{{\"id\":\"{number}\",\"question\":\"云麓谷有几个地铁站\",\"docs\":[\"yunlu\"],\"answers\":[\"两个\"]}}\n"
        )
    };
    house.put("questions.jsonl", &format!("{}{}", one(1), one(2)));
    let keeper = house.open();
    fs::remove_file(house.knowledge().join("questions.jsonl")).expect("remove");
    let report = keeper.prepare(&[], &|_| ()).expect("it can be built").report;
    assert_eq!((report.unchanged, report.golden, report.golden_before), (true, 0, 2));
    house.grow(4);
    let held = keeper.prepare(&[], &|_| ()).expect("it can be built");
    assert!(held.report.held_back && held.report.golden_gone() == 2 && held.report.newly_failing.is_empty());
    assert!(held.report.summary().ends_with("2 of 2 gone"), "{}", held.report.summary());
    // A start is held back as well, and what is published by hand is the measure from then on.
    assert!(area(&house.open().current()).contains("3平方公里"));
    keeper.publish(held).expect("it can be written");
    house.grow(5);
    assert!(!house.open().prepare(&[], &|_| ()).expect("it can be built").report.held_back);
    assert!(area(&house.open().current()).contains("5平方公里"));
}

#[test]
fn words_that_cannot_be_understood_keep_the_last_good_ones() {
    let house = House::new();
    let good = "[[same]]\nwords = [\"企业\", \"行号\"]\n";
    house.put("words.toml", good);
    let keeper = house.open();
    let id = keeper.current().id.clone();
    let broken = format!("{good}\n[[same]\nwords = [\"园区\"]\n");
    house.put("words.toml", &broken);
    house.grow(4);
    let error = reload(&keeper).map(drop).expect_err("the words are broken").to_string();
    assert!(error.starts_with("words.toml:4: ") && error.ends_with("what was served before is served on"), "{error}");
    let restarted = house.open();
    assert_eq!((keeper.current().id.as_str(), restarted.current().id.as_str()), (id.as_str(), id.as_str()));
    // What an operator sees meanwhile names the line.
    let problems = super::problems(&house.knowledge(), &keeper.current());
    assert!(problems.iter().any(|problem| problem.path == "words.toml" && problem.line == Some(4)), "{problems:?}");
    house.put("words.toml", good);
    assert!(area(&reload(&restarted).expect("the words are mended")).contains("4平方公里"));
    // A first start has no better ones.
    house.put("words.toml", &broken);
    fs::remove_dir_all(house.data()).expect("remove");
    assert!(area(&house.open().current()).contains("4平方公里"));
}

#[test]
fn a_reload_and_the_status_list_what_a_check_lists() {
    let house = House::new();
    house.put("words.toml", "[[same]]\nwords = [\"恐龙\", \"霸王龙\"]\n");
    house.put(
        "questions.jsonl",
        "{\"id\":\"1\",\"question\":\"云麓谷有几个地铁站\",\"docs\":[\"gone\"],\"answers\":[\"两个\"]}\n{\n",
    );
    house.put("off.md", "---\nenabled: false\n---\n");
    house.put("bad.md", "---\ntitle: 甲\npublished: 昨天\n---\n园区在东边。\n");
    let keeper = house.open();
    let all = super::check(&house.knowledge(), &|_| ()).expect("documents").problems;
    assert!(all.len() >= 4, "{all:?}");
    assert_eq!(super::problems(&house.knowledge(), &keeper.current()), all);
    house.grow(4);
    assert_eq!(keeper.prepare(&[], &|_| ()).expect("it can be built").report.problems, all);
    let broken: Vec<_> =
        all.iter().filter(|problem| problem.line == Some(2) && problem.path == "questions.jsonl").collect();
    assert!(matches!(broken.as_slice(), [one] if one.fault.to_string().ends_with("(column 1)")), "{broken:?}");
}

#[test]
fn the_gate_asks_a_generation_each_question_once() {
    let house = House::new();
    house.put(
        "questions.jsonl",
        "{\"id\":\"1\",\"question\":\"云麓谷有几个地铁站\",\"docs\":[\"yunlu\"],\"answers\":[\"两个\"]}\n",
    );
    let keeper = house.open();
    let recent = |questions: &[&str]| questions.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    house.grow(4);
    let first =
        keeper.prepare(&recent(&["星湖园占地多大", "？", "星湖园有多少企业"]), &|_| ()).expect("it can be built");
    let remembered = |generation: &Generation| generation.asked.len();
    assert_eq!((remembered(&keeper.current()), remembered(&first.generation)), (4, 4));
    assert_eq!(first.report.answers_changed.len(), 2, "{:?}", first.report);
    let served = keeper.publish(first).expect("it can be written");
    house.grow(5);
    let next = keeper.prepare(&recent(&["星湖园占地多大"]), &|_| ()).expect("it can be built");
    let again = &next.report;
    // What is remembered is not asked again, not even of knowledge that says something else.
    let said = served.asked.ask(&next.generation.knowledge, "星湖园占地多大").expect("an index");
    assert!(said.first.is_some_and(|first| first.excerpt.contains('4')));
    // What nobody asked again is forgotten; what was remembered is what the served generation says.
    assert_eq!(remembered(&served), 2);
    let [changed] = again.answers_changed.as_slice() else { panic!("{again:?}") };
    assert!(changed.old.excerpt.contains('4') && changed.new.excerpt.contains('5'), "{changed:?}");
}

#[test]
fn a_reload_that_cannot_be_changes_nothing_and_says_why() {
    let house = House::new();
    let keeper = house.open();
    let id = keeper.current().id.clone();
    house.put("xinghu.md", " ");
    house.put("yunlu.md", "\0");
    let error = reload(&keeper).map(drop).expect_err("no document is left").to_string();
    assert!(error.contains("holds no document"), "{error}");
    assert_eq!((keeper.current().id.as_str(), house.open().current().id.as_str()), (id.as_str(), id.as_str()));
    #[cfg(unix)]
    {
        house.grow(5);
        fs::remove_file(house.knowledge().join("yunlu.md")).expect("remove");
        std::os::unix::fs::symlink("nowhere", house.knowledge().join("yunlu.md")).expect("link");
        let error = reload(&keeper).map(drop).expect_err("a served document cannot be read").to_string();
        assert!(error.starts_with("yunlu.md: is served and cannot be read"), "{error}");
    }
    fs::remove_dir_all(house.knowledge()).expect("remove");
    assert!(reload(&keeper).map(drop).expect_err("the folder is gone").to_string().contains("cannot be read"));
    assert!(Keeper::open(&house.knowledge(), &house.data(), Rules::default(), &|_| ()).is_err());
    assert_eq!(keeper.current().id, id);
}

/// A disk on which one operation fails: the one after as many as the number says; none while it is below zero.
fn failing_once(left: Arc<AtomicIsize>, error: fn() -> io::Error) -> Disk {
    let fault: Fault = Arc::new(move || if left.fetch_sub(1, Ordering::SeqCst) == 0 { Err(error()) } else { Ok(()) });
    Disk::failing(fault)
}

#[test]
fn whichever_operation_fails_a_whole_generation_is_served() {
    let errors: [fn() -> io::Error; 2] =
        [|| io::Error::other("the disk does not answer"), || io::ErrorKind::StorageFull.into()];
    let mut failed_reloads = 0;
    // Each operation fails in one way; with YUANWEN_TEST_FULL in both.
    let full = std::env::var_os("YUANWEN_TEST_FULL").is_some();
    'operations: for n in 0.. {
        for error in errors.into_iter().skip(if full { 0 } else { n as usize % 2 }).take(if full { 2 } else { 1 }) {
            let house = House::new();
            let left = Arc::new(AtomicIsize::new(-1));
            let keeper = house.open_on(failing_once(left.clone(), error));
            let first = keeper.current();
            house.grow(4);
            left.store(n, Ordering::SeqCst);
            let reloaded = reload(&keeper);
            let all_tried = left.swap(-1, Ordering::SeqCst) >= 0;
            match reloaded {
                Ok(next) => assert!(area(&next).contains("4平方公里")),
                Err(failed) => {
                    failed_reloads += 1;
                    assert!(!failed.to_string().is_empty() && !all_tried);
                    assert_eq!(keeper.current().id, first.id, "operation {n}");
                    assert!(area(&keeper.current()).contains("3平方公里"));
                }
            }
            // Whatever is on disk, a start finds a whole generation, and the next reload succeeds.
            assert!(area(&house.open().current()).contains("4平方公里"), "operation {n}");
            let next = reload(&keeper).expect("the disk is well again");
            assert!(area(&next).contains("4平方公里"), "operation {n}");
            assert_eq!(sound(&house), Ok(()), "operation {n}");
            assert!(house.folders() <= 2, "operation {n}");
            if all_tried {
                break 'operations;
            }
        }
    }
    assert!(failed_reloads >= 10, "{failed_reloads}");
}

/// Whether all that is on disk is whole.
fn sound(house: &House) -> Result<(), String> {
    let store = Store::new(&house.data(), &house.knowledge(), Disk::default());
    let current = store.current().map_err(|error| error.to_string())?.ok_or("there is none")?;
    for pointer in std::iter::once(&current.served).chain(&current.previous) {
        store.load(pointer).map_err(|error| error.to_string())?.ok_or("it is another program's")?;
    }
    Ok(())
}

#[test]
fn one_flipped_bit_or_a_missing_end_is_found_in_every_file_and_healed() {
    let house = House::new();
    let keeper = house.open();
    house.grow(4);
    let served = reload(&keeper).expect("it can be built");
    let whole: Vec<(PathBuf, Vec<u8>)> =
        house.files().into_iter().map(|path| (path.clone(), fs::read(path).expect("read"))).collect();
    assert_eq!(sound(&house), Ok(()));
    assert!(whole.len() >= 5, "{whole:?}");
    for (path, bytes) in &whole {
        let step = (bytes.len() / 10).max(1);
        for at in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            fs::write(path, &damaged).expect("write");
            assert!(sound(&house).is_err(), "{} byte {at}", path.display());
        }
        for length in [0, bytes.len() / 2, bytes.len() - 1] {
            fs::write(path, &bytes[..length]).expect("write");
            assert!(sound(&house).is_err(), "{} cut at {length}", path.display());
        }
        fs::remove_file(path).expect("remove");
        assert!(sound(&house).is_err(), "{} removed", path.display());
        let healed = house.open().current();
        assert_eq!((healed.id.as_str(), area(&healed)), (served.id.as_str(), area(&served)));
        // A reload heals as well, even where the knowledge is the same.
        restore(&house, &whole);
        fs::write(path, b"").expect("write");
        reload(&keeper).expect("it is written again");
        assert_eq!(sound(&house), Ok(()), "{}", path.display());
        restore(&house, &whole);
        assert_eq!(sound(&house), Ok(()), "{}", path.display());
    }
}

fn restore(house: &House, files: &[(PathBuf, Vec<u8>)]) {
    fs::remove_dir_all(house.data()).expect("remove");
    for (path, bytes) in files {
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        fs::write(path, bytes).expect("write");
    }
}
