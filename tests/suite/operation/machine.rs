//! `yuanwen reload`, `status`, `gaps`, SIGHUP and `--watch`, with a bot and without.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::alone;
use super::house::House;

#[test]
fn without_a_bot_the_command_line_works_on_the_folder() {
    let _alone = alone();
    let house = House::new();
    let (said, code) = house.run(&["status"]);
    assert!(code == 0 && said.contains("not running") && said.contains("2 documents"), "{said}");
    let (said, code) = house.run(&["reload"]);
    assert!(code == 0 && said.contains("unchanged"), "{said}");
    house.grow(4);
    let (said, code) = house.run(&["reload"]);
    assert!(code == 0 && said.contains("changed:\n  xinghu.md (星湖园方案)") && said.contains("published"), "{said}");
    let (said, code) = house.run(&["gaps", "--days", "3"]);
    assert!(code == 0 && said.contains("no question of the last 3 days"), "{said}");
    let (said, code) = house.run(&["gaps", "--csv"]);
    assert!(code == 0 && said.starts_with("\u{feff}question,asked"), "{said}");
    // The bot begins with what was published.
    let before = house.run(&["status"]).0;
    let bot = house.start(&[]);
    assert!(before.contains(&bot.status().generation), "{before}");
}

#[test]
fn a_data_folder_that_is_not_there_is_said_and_not_made() {
    let house = House::new();
    fs::remove_dir(house.data()).unwrap();
    for order in ["status", "gaps", "reload"] {
        let (said, code) = house.run(&[order]);
        assert!(code == 1 && said.contains("there is no such data folder"), "{said}");
        assert!(!house.data().exists(), "{order}");
    }
    fs::write(house.data(), "a file").unwrap();
    let (said, code) = house.run(&["status"]);
    assert!(code == 1 && said.contains("is no folder"), "{said}");
}

#[test]
fn a_bot_is_spoken_to_however_long_its_data_folder_is_called_and_no_second_one_starts() {
    let _alone = alone();
    let house = House::with_long_name();
    assert!(house.run(&["status"]).0.contains("not running"));
    let _bot = house.start(&[]);
    assert!(house.run(&["status"]).0.contains("running for"));
    let (said, code) = house.run(&["--listen", "127.0.0.1:0"]);
    assert!(code == 1 && said.contains("another yuanwen uses this data folder"), "{said}");
    assert!(house.run(&["status"]).0.contains("running for"));
}

#[test]
fn the_command_line_speaks_to_the_bot_and_the_gate_answers() {
    let _alone = alone();
    let house = House::new();
    fs::write(
        house.knowledge().join("questions.jsonl"),
        "{\"id\":\"1\",\"question\":\"星湖园占地多大\",\"docs\":[\"xinghu\"],\"answers\":[\"占地3平方公里\"]}\n",
    )
    .unwrap();
    let bot = house.start(&[]);
    let first = bot.status().generation;
    let mode = fs::metadata(house.data().join("control.sock")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let (said, code) = house.run(&["status"]);
    assert!(code == 0 && said.contains("running for 0 min") && said.contains(&first), "{said}");
    house.grow(4);
    let (said, code) = house.run(&["reload"]);
    assert!(code == 1 && said.contains("golden questions that fail now:\n  星湖园占地多大"), "{said}");
    assert!(said.contains("before: 星湖园占地3平方公里") && said.contains("after:  星湖园占地4平方公里"), "{said}");
    assert_eq!(bot.status().generation, first);
    assert!(house.run(&["status"]).0.contains("the gate holds a generation back"));
    let (said, code) = house.run(&["reload", "--force"]);
    assert!(code == 0 && said.contains("published"), "{said}");
    let second = bot.other_than(&first);
    let (said, code) = house.run(&["gaps"]);
    assert!(code == 0 && said.contains("no question"), "{said}");
    fs::write(house.knowledge().join("xinghu.md"), " ").unwrap();
    fs::write(house.knowledge().join("yunlu.md"), " ").unwrap();
    let (said, code) = house.run(&["reload"]);
    assert!(code == 1 && said.contains("holds no document"), "{said}");
    assert_eq!(bot.status().generation, second);
    bot.signal("TERM");
    assert_eq!(bot.ended(), Some(0));
    assert!(!house.data().join("control.sock").exists());
}

#[test]
fn a_hangup_reloads_and_so_does_a_change_in_a_watched_folder() {
    let _alone = alone();
    let house = House::new();
    let bot = house.start(&["--watch"]);
    let first = bot.status().generation;
    house.grow(4);
    let second = bot.other_than(&first);
    drop(bot);
    let bot = house.start(&[]);
    assert_eq!(bot.status().generation, second);
    house.grow(5);
    bot.signal("HUP");
    bot.other_than(&second);
}
