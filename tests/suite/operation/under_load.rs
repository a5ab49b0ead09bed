//! Reloads while questions are answered, and reloads of many documents.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use yuanwen::answer::{Options, Question, answer};
use yuanwen::generation::{Generation, Keeper, Progress, Rules};
use yuanwen::telegram::{Edition, Editions};

use super::house::House;
use super::{alone, full};

/// Reloads; 1,000 at full size.
const RELOADS: usize = 20;
/// Questions a second.
const RATE: u32 = 200;
/// Documents of a large folder; as many as `YUANWEN_TEST_DOCUMENTS` says otherwise.
const DOCUMENTS: usize = 60;

/// Asks at a steady rate until it is told to stop; what took how long, and how many answers there were.
fn ask(editions: &Editions, areas: &HashMap<String, String>, stop: &AtomicBool) -> Vec<Duration> {
    let question = Question::new("星湖园占地多大").unwrap();
    let (begun, mut took) = (Instant::now(), Vec::new());
    while !stop.load(Ordering::Relaxed) {
        let due = Duration::from_secs(1) / RATE * u32::try_from(took.len()).unwrap();
        std::thread::sleep(due.saturating_sub(begun.elapsed()));
        let started = Instant::now();
        let edition = editions.current();
        let reply = answer(&edition.generation().knowledge, &question, &Options::default()).expect("no answer fails");
        took.push(started.elapsed());
        // The text is that of the generation which is said to have answered.
        assert!(reply.citations[0].excerpt.text.contains(&areas[edition.id()]), "{:?}", reply.citations[0]);
    }
    took
}

fn p99(took: &mut [Duration]) -> Duration {
    took.sort_unstable();
    took[took.len() * 99 / 100]
}

#[test]
fn no_question_fails_or_is_answered_from_two_generations_while_others_are_published() {
    let _alone = alone();
    let reloads = if full() { 1000 } else { RELOADS };
    let house = House::new();
    let areas: HashMap<String, String> = [3, 4]
        .into_iter()
        .map(|hectares| {
            house.grow(hectares);
            (Generation::read(&house.knowledge()).unwrap().id, format!("占地{hectares}平方公里"))
        })
        .collect();
    let (keeper, first) = Keeper::open(&house.knowledge(), &house.data(), Rules::default(), &|_| ()).unwrap();
    let editions = Editions::new(Edition::new(first));
    let ask = |for_as_long: &dyn Fn()| {
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let asking = scope.spawn(|| ask(&editions, &areas, &stop));
            for_as_long();
            stop.store(true, Ordering::Relaxed);
            asking.join().expect("no answer is wrong")
        })
    };
    let mut quiet = ask(&|| std::thread::sleep(Duration::from_secs(3)));
    let mut slowest = Duration::ZERO;
    let started = Instant::now();
    let mut busy = ask(&|| {
        for reload in 0..reloads {
            house.grow(3 + reload % 2);
            let candidate = keeper.prepare(&[], &|_| ()).unwrap();
            editions.serve(Edition::new(keeper.publish(candidate).unwrap()));
        }
    });
    slowest = slowest.max(started.elapsed() / u32::try_from(reloads).unwrap());
    let (count, quiet, busy) = (busy.len(), p99(&mut quiet), p99(&mut busy));
    println!("{reloads} reloads of {slowest:?}, {count} questions: p99 {quiet:?} without reloads, {busy:?} with them");
    assert!(count > 10);
    // Beside a hundred other tests, time says nothing.
    assert!(!full() || busy <= 2 * quiet + Duration::from_millis(1), "{busy:?} with reloads, {quiet:?} without");
}

#[test]
fn one_changed_document_of_many_is_reloaded_soon_and_the_rest_is_shared() {
    let _alone = alone();
    let documents = std::env::var("YUANWEN_TEST_DOCUMENTS").ok().and_then(|count| count.parse().ok());
    let documents: usize = documents.unwrap_or(DOCUMENTS);
    let house = House::new();
    let paragraph = |document: usize, number: usize| {
        let (a, b) = (document * 31 + number * 7, document * 17 + number * 13);
        format!(
            "第{number}条：{a}号楼的企业可以申请{b}万元的研发补贴，服务窗口在{}层，每周{}受理材料，由园区办公室在{}个工作日内答复；\
             对引进的高层次人才另给{a}元租房补助，连续发放{}个月。",
            a % 40,
            ["一", "二", "三", "四", "五"][b % 5],
            a % 30 + 1,
            b % 36 + 1
        )
    };
    for document in 0..documents {
        let body: Vec<String> = (0..28).map(|number| paragraph(document, number)).collect();
        let text =
            format!("---\ntitle: 第{document}号园区办法\npublisher: 园区\n---\n## 补贴\n{}\n", body.join("\n\n"));
        let folder = house.knowledge().join(format!("{:03}", document / 100));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{document:06}.md")), text).unwrap();
    }
    let steps = AtomicUsize::new(0);
    let progress = |_: Progress| {
        steps.fetch_add(1, Ordering::Relaxed);
    };
    let started = Instant::now();
    let (keeper, first) = Keeper::open(&house.knowledge(), &house.data(), Rules::default(), &progress).unwrap();
    let built = started.elapsed();
    assert!(steps.load(Ordering::Relaxed) > documents);
    house.grow(4);
    let started = Instant::now();
    let candidate = keeper.prepare(&[], &|_| ()).unwrap();
    let prepared = started.elapsed();
    assert_eq!((candidate.report.changed.len(), candidate.report.documents), (1, documents + 2));
    let second = keeper.publish(candidate).unwrap();
    let reloaded = started.elapsed();
    drop(keeper);
    let started = Instant::now();
    let (_, opened) = Keeper::open(&house.knowledge(), &house.data(), Rules::default(), &|_| ()).unwrap();
    let passages = opened.knowledge.corpus.passages.len();
    println!(
        "{documents} documents, {passages} passages: built in {built:?}, one changed: prepared in {prepared:?}, published in {reloaded:?}; opened in {:?}; {} of memory at most",
        started.elapsed(),
        peak()
    );
    assert_eq!(opened.id, second.id);
    let shared = |a: &Generation, b: &Generation| {
        let (a, b) = (&a.knowledge.corpus.documents, &b.knowledge.corpus.documents);
        a.iter().zip(b).filter(|(a, b)| Arc::ptr_eq(a, b)).count()
    };
    assert_eq!(shared(&first, &second), documents + 1);
}

/// The most memory that this process had, as Linux says it.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("?").trim().to_owned()
}
