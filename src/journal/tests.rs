//! The journal on a real file.

use std::fs;

use super::*;
use crate::answer::Outcome;

fn open(folder: &Path) -> Journal {
    let opened = Journal::open(folder, &Secret::random()).unwrap();
    assert_eq!(opened.set_aside, None);
    opened.journal
}

fn incoming(update_id: u32, lane: i64) -> Incoming {
    Incoming { update_id, lane, raw: format!("{{\"update_id\":{update_id}}}") }
}

fn question(journal: &Journal, user: u64, text: &str) -> Question {
    Question {
        asked_at: now(),
        person: journal.person(user),
        chat: journal.chat(user.cast_signed()),
        message: Some(7),
        answer_message: None,
        text: text.to_owned(),
        about: None,
        script: "zh-Hans".to_owned(),
        outcome: Outcome::Answered,
        confidence: 0.9,
        generation: "g1".to_owned(),
        park: Some("大零号湾".to_owned()),
        missing: vec!["利率".to_owned()],
        micros: 412,
        citations: vec![
            Cited { document: "a.md".to_owned(), passage: 3 },
            Cited { document: "b.md".to_owned(), passage: 0 },
        ],
    }
}

#[tokio::test]
async fn an_update_is_taken_once_even_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    assert_eq!(journal.take(vec![incoming(5, 1), incoming(6, 2), incoming(5, 1)], 7).await.unwrap(), [1, 2]);
    assert_eq!(journal.begin(1).await.unwrap().unwrap().attempts, 1);
    journal.done(5).await.unwrap();
    drop(journal);

    let journal = open(folder.path());
    assert_eq!(journal.take(vec![incoming(5, 1), incoming(6, 2)], 7).await.unwrap(), [0_i64; 0]);
    assert_eq!(journal.next_offset(60).await.unwrap(), Some(7));
    assert_eq!(journal.next_offset(-1).await.unwrap(), None);
    assert_eq!(journal.lanes_in_work().await.unwrap(), [2]);
    assert_eq!(journal.begin(1).await.unwrap(), None);
}

#[tokio::test]
async fn a_lane_keeps_its_order_and_counts_attempts() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    journal.take(vec![incoming(9, 1), incoming(3, 1)], 10).await.unwrap();
    for attempts in 1..=3 {
        let begun = journal.begin(1).await.unwrap().unwrap();
        assert_eq!((begun.update_id, begun.attempts), (9, attempts));
    }
    journal.release(9).await.unwrap();
    assert_eq!(journal.begin(1).await.unwrap().unwrap().attempts, 3);
    journal.done(9).await.unwrap();
    assert_eq!(journal.begin(1).await.unwrap().unwrap().update_id, 3);
    assert_eq!(journal.updates_in_work().await.unwrap(), 1);
}

#[tokio::test]
async fn a_question_comes_back_whole_until_it_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let asked = question(&journal, 1, "大零号湾有哪些补贴");
    let id = journal.add_question(asked.clone()).await.unwrap();
    let other = journal.add_question(question(&journal, 2, "别人的问题")).await.unwrap();
    assert!(journal.set_answer_message(id, 8).await.unwrap());
    let stored = journal.question(id).await.unwrap().unwrap();
    assert_eq!(stored.question, Question { answer_message: Some(8), ..asked.clone() });
    assert_eq!(journal.questions_in(asked.chat, 7).await.unwrap().len(), 1);
    assert_eq!(journal.questions_answered_by(asked.chat, 8).await.unwrap()[0].id, id);
    assert_eq!(journal.quoted(0).await.unwrap(), [("a.md".to_owned(), 2), ("b.md".to_owned(), 2)]);

    let rating = Rating {
        question: other,
        person: journal.person(1),
        verdict: Verdict::Bad,
        generation: "g1".to_owned(),
        citation: None,
    };
    assert_eq!(journal.rate(rating.clone()).await.unwrap(), Rated::New);
    assert_eq!(journal.rate(rating.clone()).await.unwrap(), Rated::Same);
    assert_eq!(journal.gaps(0, 9).await.unwrap()[0].id, other);
    journal.set_park(asked.chat, asked.person, Some("大零号湾".to_owned())).await.unwrap();
    journal.set_language(asked.chat, asked.person, Some("en".to_owned())).await.unwrap();
    let remembered = journal.remembered(asked.chat, asked.person).await.unwrap();
    assert_eq!((remembered.language.as_deref(), remembered.park.unwrap().0.as_str()), (Some("en"), "大零号湾"));

    assert_eq!(journal.forget(1).await.unwrap(), Forgotten { questions: 1, ratings: 1, remembered: 1 });
    assert_eq!(journal.question(id).await.unwrap(), None);
    assert!(journal.question(other).await.unwrap().is_some());
    assert_eq!(journal.rate(Rating { question: id, ..rating }).await.unwrap(), Rated::QuestionGone);
    for file in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let found = bytes.windows("有哪些补贴".len()).any(|window| window == "有哪些补贴".as_bytes());
        assert!(!found, "a forgotten question is still in a file");
    }
}

#[tokio::test]
async fn the_question_before_is_the_last_that_was_answered_there() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let asked = Question { answer_message: Some(8), ..question(&journal, 1, "大零号湾有哪些补贴") };
    let id = journal.add_question(asked.clone()).await.unwrap();
    let leaning = Question { about: Some("补贴".to_owned()), ..question(&journal, 1, "金额多少") };
    let unanswered = journal.add_question(leaning).await.unwrap();
    journal.add_question(Question { answer_message: Some(9), ..question(&journal, 2, "别人的问题") }).await.unwrap();
    let before = async |since, first| {
        let found = journal.question_before(asked.chat, asked.person, since, first).await.unwrap();
        found.map(|found| found.question.text)
    };
    assert_eq!(before(0, None).await.as_deref(), Some("大零号湾有哪些补贴"));
    assert_eq!(before(0, Some(id)).await, None, "none came before the first");
    assert_eq!(before(asked.asked_at + 1, None).await, None, "too long ago");
    assert!(journal.set_answer_message(unanswered, 10).await.unwrap());
    assert_eq!(before(0, None).await.as_deref(), Some("金额多少"));
    let stored = journal.question(unanswered).await.unwrap().unwrap();
    assert_eq!(stored.question.about.as_deref(), Some("补贴"));
}

#[tokio::test]
async fn an_edited_question_takes_the_place_of_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let id = journal.add_question(question(&journal, 1, "一")).await.unwrap();
    let edited = Question { citations: Vec::new(), outcome: Outcome::Declined, ..question(&journal, 1, "二") };
    assert!(journal.replace_question(id, edited.clone()).await.unwrap());
    assert_eq!(journal.question(id).await.unwrap().unwrap().question, edited);
    assert!(!journal.replace_question(QuestionId(99), edited).await.unwrap());
    assert_eq!(journal.last_questions(9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn old_questions_go_and_new_ones_stay() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let at = now();
    journal.add_question(Question { asked_at: at - 31 * 86_400, ..question(&journal, 1, "旧") }).await.unwrap();
    journal.add_question(Question { asked_at: at - 29 * 86_400, ..question(&journal, 1, "新") }).await.unwrap();
    journal.take(vec![incoming(1, 1)], 2).await.unwrap();
    journal.done(1).await.unwrap();
    assert_eq!(journal.forget_old(30, at).await.unwrap(), 1);
    assert_eq!(journal.last_questions(9).await.unwrap()[0].question.text, "新");
    // Three days later the update is not known any more.
    journal.forget_old(30, at + 4 * 86_400).await.unwrap();
    assert_eq!(journal.take(vec![incoming(1, 1)], 2).await.unwrap(), [1]);
}

#[tokio::test]
async fn a_notice_is_given_once_until_it_is_due_again() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let chat = journal.chat(-5);
    assert!(journal.notice_due(chat, "missed", 60).await.unwrap());
    assert!(!journal.notice_due(chat, "missed", 60).await.unwrap());
    assert!(journal.notice_due(chat, "busy", 60).await.unwrap());
    assert!(journal.notice_due(chat, "missed", 0).await.unwrap());
}

#[tokio::test]
async fn a_group_that_moves_takes_its_questions_along() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let (from, to) = (journal.chat(-5), journal.chat(-1_005));
    journal.add_question(Question { chat: from, ..question(&journal, 1, "群里问") }).await.unwrap();
    journal.set_park(from, journal.person(1), Some("张江".to_owned())).await.unwrap();
    journal.move_chat(from, to).await.unwrap();
    assert_eq!(journal.questions_in(to, 7).await.unwrap().len(), 1);
    assert!(journal.remembered(to, journal.person(1)).await.unwrap().park.is_some());
}

#[tokio::test]
async fn today_begins_at_midnight_in_shanghai() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    // 2026-11-21 16:00 UTC is midnight of the 22nd in Shanghai.
    let midnight = 1_795_276_800;
    let before = Question { asked_at: midnight - 1, ..question(&journal, 1, "昨天") };
    let after = Question { asked_at: midnight, outcome: Outcome::Declined, ..question(&journal, 1, "今天") };
    journal.add_question(before).await.unwrap();
    journal.add_question(after).await.unwrap();
    let today = journal.today(midnight + 3600).await.unwrap();
    assert_eq!(today, Today { declined: 1, ..Today::default() });
}

#[tokio::test]
async fn errors_and_actions_are_listed_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for number in 0..120 {
        journal.add_error(format!("error {number}")).await.unwrap();
    }
    let errors = journal.last_errors(1000).await.unwrap();
    assert_eq!((errors.len(), errors[0].message.as_str()), (100, "error 119"));
    let action = |action: &str| Action {
        operator: 42,
        action: action.to_owned(),
        detail: String::new(),
        outcome: "done".to_owned(),
    };
    journal.add_action(action("reload")).await.unwrap();
    journal.add_action(action("rollback")).await.unwrap();
    assert_eq!(journal.last_actions(1).await.unwrap()[0].action, action("rollback"));
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_a_new_one_begun() {
    for damage in [b"this is not a database, but it is long enough to be one".repeat(40), vec![0xff; 5000]] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite3");
        fs::write(&path, &damage).unwrap();
        let opened = Journal::open(folder.path(), &Secret::random()).unwrap();
        let aside = opened.set_aside.expect("set aside");
        assert_eq!(fs::read(aside).unwrap(), damage);
        assert_eq!(opened.journal.take(vec![incoming(1, 1)], 2).await.unwrap(), [1]);
        let errors = opened.journal.last_errors(1).await.unwrap();
        assert!(errors[0].message.contains("set aside as"), "{errors:?}");
    }
}

#[tokio::test]
async fn damage_in_the_middle_is_found_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for number in 0..200 {
        journal.add_question(question(&journal, number, "问题")).await.unwrap();
    }
    journal.forget(0).await.unwrap();
    drop(journal);
    let path = folder.path().join("journal.sqlite3");
    let mut bytes = wait_until_closed(&path);
    let middle = bytes.len() / 2;
    bytes[middle - 4096..middle + 4096].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let opened = Journal::open(folder.path(), &Secret::random()).unwrap();
    assert!(opened.set_aside.is_some());
    assert!(opened.journal.last_questions(1).await.unwrap().is_empty());
}

/// The thread closes the file after the last journal is gone; then the write-ahead log is gone, too.
fn wait_until_closed(path: &Path) -> Vec<u8> {
    let log = path.with_file_name("journal.sqlite3-wal");
    while log.exists() {
        std::thread::yield_now();
    }
    fs::read(path).unwrap()
}

#[tokio::test]
async fn a_newer_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite3");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Journal::open(folder.path(), &Secret::random()).unwrap_err().to_string();
    assert!(error.contains("journal.sqlite3: a newer yuanwen wrote it (version 99)"), "{error}");
    assert!(path.exists());
}

#[tokio::test]
async fn a_job_that_fails_or_panics_spoils_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let good = journal.take(vec![incoming(1, 1)], 2);
    let fails = journal.run(|db| {
        db.execute("DELETE FROM updates", [])?;
        db.execute("NONSENSE", [])
    });
    let panics = journal.run(|db| -> rusqlite::Result<()> {
        db.execute("DELETE FROM updates", [])?;
        panic!("on purpose")
    });
    let (good, fails, panics) = tokio::join!(good, fails, panics);
    assert_eq!(good.unwrap(), [1]);
    assert!(matches!(fails, Err(JournalError::Sqlite { .. })));
    assert!(matches!(panics, Err(JournalError::Lost { .. })));
    assert_eq!(journal.updates_in_work().await.unwrap(), 1);
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    journal.take(vec![incoming(1, 1)], 2).await.unwrap();
    let pages = |count: u32| {
        journal.run(move |db| db.query_row(&format!("PRAGMA max_page_count = {count}"), [], |row| row.get::<_, u32>(0)))
    };
    pages(1).await.unwrap();
    let long = Incoming { update_id: 2, lane: 1, raw: "长".repeat(100_000) };
    let error = journal.take(vec![long.clone()], 3).await.unwrap_err().to_string();
    assert!(error.contains("journal.sqlite3: database or disk is full"), "{error}");
    assert_eq!(journal.next_offset(60).await.unwrap(), Some(2));
    pages(100_000).await.unwrap();
    assert_eq!(journal.take(vec![long], 3).await.unwrap(), [1]);
    assert_eq!(journal.begin(1).await.unwrap().unwrap().update_id, 1);
}

#[tokio::test]
async fn damage_that_shows_later_is_looked_into_and_work_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    journal.take(vec![incoming(1, 1)], 2).await.unwrap();
    let damage = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    let failed = journal.run(move |_| Err::<(), _>(rusqlite::Error::SqliteFailure(damage, None))).await;
    assert!(matches!(failed, Err(JournalError::Sqlite { .. })));
    assert_eq!(journal.updates_in_work().await.unwrap(), 1);
}

#[tokio::test]
async fn one_bot_at_a_time_has_the_claim() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (open(folder.path()), open(folder.path()));
    let claim = one.claim().unwrap().expect("claimed");
    assert!(other.claim().unwrap().is_none());
    drop(claim);
    assert!(other.claim().unwrap().is_some());
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_reads_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    journal.take(vec![incoming(1, 1)], 2).await.unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
    }
}

#[tokio::test]
async fn what_the_journal_cannot_write_down_is_told_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    journal.add_error("before".to_owned()).await.unwrap();
    let full = |db: &rusqlite::Connection| -> rusqlite::Result<()> {
        let pages: u32 = db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
    };
    journal.run(full).await.unwrap();
    let error = journal.add_error("x".repeat(1 << 20)).await.expect_err("there is no room");
    assert!(error.to_string().contains("full"), "{error}");
    let errors: Vec<String> = journal.last_errors(5).await.unwrap().into_iter().map(|error| error.message).collect();
    assert!(errors.len() == 2 && errors.iter().any(|error| error.starts_with("the journal failed: ")), "{errors:?}");
    assert_eq!(journal.last_errors(1).await.unwrap().len(), 1);
}
