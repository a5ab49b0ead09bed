//! What a reload takes over from the generation before: as much as can be, and never more.

use std::fs::{self, File};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use super::{House, reload, says};
use crate::answer::{Options, Question, answer};
use crate::generation::Generation;
use crate::generation::store::{Disk, Fault, Store};

/// A disk that counts what is asked of it, and whose clock ticks so often that nothing is too recent.
fn counting() -> (Disk, Arc<AtomicUsize>) {
    let operations = Arc::new(AtomicUsize::new(0));
    let counted = operations.clone();
    let fault: Fault = Arc::new(move || {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok(())
    });
    let mut disk = Disk::failing(fault);
    disk.tick = Duration::ZERO;
    (disk, operations)
}

#[cfg(unix)]
#[test]
fn a_file_that_is_as_it_was_is_not_read_again() {
    let house = House::new();
    let (disk, operations) = counting();
    let keeper = house.open_on(disk);
    let read = |change: &dyn Fn()| {
        // What the start read at the same moment as it was written is read once more.
        reload(&keeper).expect("it can be built");
        change();
        let before = operations.load(Ordering::SeqCst);
        let candidate = keeper.prepare(&[], &|_| ()).expect("it can be built");
        // `words.toml` is always looked for.
        (operations.load(Ordering::SeqCst) - before - 1, candidate.report.changed.len())
    };
    assert_eq!(read(&|| ()), (0, 0));
    // As many bytes, and the time that the file had.
    let replaced = || {
        let path = house.knowledge().join("xinghu.md");
        let (text, time) = (fs::read_to_string(&path).expect("read"), modified(&path));
        fs::write(house.knowledge().join(".aside"), text.replace('3', "4")).expect("write");
        fs::rename(house.knowledge().join(".aside"), &path).expect("rename");
        File::options().write(true).open(&path).and_then(|file| file.set_modified(time)).expect("set the time");
        assert_eq!(modified(&path), time);
    };
    assert_eq!(read(&replaced), (1, 1));
    // The same text in another file is read and is no change.
    let copied = || {
        let path = house.knowledge().join("yunlu.md");
        fs::copy(&path, house.knowledge().join(".aside")).expect("copy");
        fs::rename(house.knowledge().join(".aside"), &path).expect("rename");
    };
    assert_eq!(read(&copied), (1, 0));
    assert_eq!(read(&|| ()), (0, 0));
}

fn modified(path: &std::path::Path) -> SystemTime {
    fs::metadata(path).and_then(|metadata| metadata.modified()).expect("it has a time")
}

#[test]
fn what_was_written_a_moment_ago_is_read_again() {
    let house = House::new();
    let keeper = house.open();
    for hectares in 4..9 {
        // Every time of the same size, and within one tick of the clock.
        house.grow(hectares);
        let generation = reload(&keeper).expect("it can be built");
        assert!(says(&generation, "星湖园占地多大").contains(&format!("{hectares}平方公里")));
    }
}

#[cfg(unix)]
#[test]
fn a_part_that_was_found_whole_is_read_again_when_its_file_has_changed() {
    let house = House::new();
    house.open();
    let part = house.files().into_iter().find(|path| path.to_string_lossy().contains("part-")).expect("a part");
    let back = |seconds: u64| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds);
        File::options().write(true).open(&part).and_then(|file| file.set_modified(time)).expect("set the time");
    };
    back(0);
    let (disk, operations) = counting();
    let store = Store::new(&house.data(), &house.knowledge(), disk);
    let current = store.current().expect("it can be read").expect("there is one");
    let asked = || {
        let before = operations.load(Ordering::SeqCst);
        (store.says(&current), operations.load(Ordering::SeqCst) - before)
    };
    // `CURRENT`, the manifest, the stamp of the part, the part; and the second time not the part.
    assert_eq!((asked(), asked()), ((true, 4), (true, 3)));
    // A second name is no change.
    fs::hard_link(&part, house.data().join("other")).expect("link");
    assert_eq!(asked(), (true, 3));
    let mut bytes = fs::read(&part).expect("read");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&part, &bytes).expect("write");
    back(1);
    assert_eq!(asked(), (false, 4));
    // What is read to be served is always checked.
    back(0);
    assert!(store.load(&current.served).is_err());
}

/// A folder of more than one segment.
fn large(house: &House) {
    for number in 0..60 {
        house.put(&format!("doc-{number:02}.md"), &text(number, "初版"));
    }
}

fn text(number: usize, version: &str) -> String {
    let park = ["霖海港", "云麓谷", "星湖园"][number % 3];
    let front = if number.is_multiple_of(2) { format!("park: {park}\n") } else { String::new() };
    let mut text = format!("---\ntitle: {park}方案{number}\n{front}---\n");
    for item in 0..150 {
        let line =
            format!("{park}第{}项，{version}安排企业{}家，人才公寓{}套。", number * 150 + item, item * 7, item * 3);
        text.extend(["## 事项", &item.to_string(), "\n", &line, "\n"]);
    }
    text
}

#[test]
fn a_reload_of_one_changed_document_is_what_a_full_build_is() {
    let house = House::new();
    large(&house);
    let keeper = house.open();
    let first = keeper.current();
    house.put("doc-31.md", &text(31, "修订版"));
    house.put("new.md", "---\ntitle: 青溪园\n---\n青溪园在东边。\n");
    let next = reload(&keeper).expect("it can be built");
    let built = Generation::read(&house.knowledge()).expect("documents");
    let reopened = house.open().current();
    let of = |generation: &Generation| {
        let knowledge = &generation.knowledge;
        let questions =
            ["霖海港第4700项安排企业多少家", "云麓谷人才公寓", "星湖圆第3项", "青溪园在哪", "修订版安排什么"];
        let answers = questions.map(|question| {
            let question = Question::new(question).expect("a question");
            format!("{:?}", answer(knowledge, &question, &Options::default()).expect("an index"))
        });
        (
            generation.id.clone(),
            knowledge.corpus.clone(),
            knowledge.parks.clone(),
            knowledge.index.pairs().clone(),
            answers,
        )
    };
    assert!(first.knowledge.index.segments().len() > 1);
    let full = of(&built);
    assert!(of(&next) == full && of(&reopened) == full);
    let shared = first.knowledge.index.segments().iter();
    let shared = shared.filter(|old| next.knowledge.index.segments().iter().any(|new| Arc::ptr_eq(old, new))).count();
    assert!(shared > 0, "nothing was taken over");
}
