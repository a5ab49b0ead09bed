//! The real program: what it prints, how it ends, what it says when something is wrong.

use std::fs;

use serde_json::Value;

use crate::program::{ask, parks, run, run_with};

const KEYS: [&str; 8] =
    ["question", "status", "confidence", "understood", "missing", "micros", "generation", "citations"];
const CITATION_KEYS: [&str; 7] = ["document", "title", "headings", "excerpt", "start", "end", "confidence"];

/// One question a line through `ask -`, with the small parks.
fn stream(input: &[u8]) -> Vec<Value> {
    let ended = run(&["ask", "--json", "-", "--knowledge", parks().to_str().unwrap()], input);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{ended:?}");
    ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The output without what no two runs share: how long each answer took.
fn timeless(out: &str) -> String {
    let mut text = String::new();
    let mut parts = out.split("\"micros\":");
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    text
}

#[test]
fn an_answer_is_quoted_with_its_source() {
    let ended = ask(&["星湖科创园占地多大"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert!(ended.out.contains("占地3.2平方公里"), "{}", ended.out);
    assert!(ended.out.contains("星湖科创园建设方案 › 一、范围"), "{}", ended.out);
    assert!(ended.out.contains("临川市科学技术局 · 2024-03-05 · https://example.org/xinghu"), "{}", ended.out);
}

#[test]
fn a_pipe_is_plain_and_colour_can_be_forced_or_forbidden() {
    let coloured = |variables: &[(&str, &str)]| {
        let parks = parks();
        let arguments = ["ask", "星湖科创园占地多大", "--knowledge", parks.to_str().unwrap()];
        run_with(&arguments, b"", variables).out.contains('\u{1b}')
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("NO_COLOR", "1")]));
}

#[test]
fn json_has_exactly_the_described_shape() {
    let ended = ask(&["--json", "星湖科创园占地多大"]);
    let line = ended.out.strip_suffix('\n').unwrap();
    assert!(!line.contains('\n'));
    let value: Value = serde_json::from_str(line).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(keys(&value), KEYS.map(str::to_owned).into());
    let places: Vec<usize> = KEYS.iter().map(|key| line.find(&format!("\"{key}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "the keys stand in the described order: {line}");
    assert_eq!(value["question"], "星湖科创园占地多大");
    assert!(["answered", "unsure", "declined"].contains(&value["status"].as_str().unwrap()));
    assert!((0.0..=1.0).contains(&value["confidence"].as_f64().unwrap()) && value["micros"].is_u64());
    assert_eq!(value["generation"].as_str().unwrap().len(), 16);
    let citations = value["citations"].as_array().unwrap();
    assert!((1..=3).contains(&citations.len()));
    let text = yuanwen::generation::Generation::read(&parks()).unwrap().knowledge.corpus.documents[0].text.clone();
    for citation in citations {
        assert_eq!(keys(citation), CITATION_KEYS.map(str::to_owned).into());
        let range = citation["start"].as_u64().unwrap() as usize..citation["end"].as_u64().unwrap() as usize;
        assert_eq!(text.get(range), citation["excerpt"].as_str());
    }
}

#[test]
fn a_question_a_line_is_answered_in_order_and_nothing_stops_it() {
    let long = "园".repeat(350_000);
    let mut input = "星湖占地多大\r\n\n".as_bytes().to_vec();
    input.extend(b"\xff\xfe\n");
    input.extend(format!("{long}\n  \n\0\u{202e}\n云麓有多少家企业").as_bytes());
    let lines = stream(&input);
    assert_eq!(lines.len(), 7);
    assert_eq!(lines[0]["question"], "星湖占地多大");
    assert_eq!(lines[1], serde_json::json!({"question": "", "error": "the question is empty"}));
    assert_eq!(lines[2]["error"], "the line is not UTF-8");
    assert_eq!(lines[3]["question"], long.as_str());
    assert!(lines[3]["status"].is_string());
    assert_eq!(lines[4]["error"], "the question is empty");
    assert_eq!(lines[5]["error"], "the question is empty");
    assert_eq!(lines[6]["question"], "云麓有多少家企业");
    assert!(stream(b"").is_empty());
}

#[test]
fn an_answer_is_flushed_before_the_next_question_is_read() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_yuanwen"))
        .args(["ask", "--json", "-", "--knowledge", parks().to_str().unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut questions, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for question in ["星湖占地多大", "云麓在哪里"] {
        writeln!(questions, "{question}").unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"question\":\"{question}\"")), "{line}");
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_document_that_lapsed_is_quoted_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, front: &str, text: &str| {
        fs::write(folder.path().join(name), format!("---\n{front}\n---\n## 补贴\n{text}\n")).unwrap();
    };
    put("old.md", "title: 旧办法\npark: 星湖园\nvalid_until: 2020-06", "星湖园的房租补贴标准为每月800元，按季度发放。");
    put("new.md", "title: 新办法\npark: 星湖园\nsupersedes: old.md", "星湖园的房租补贴标准为每月900元，按季度发放。");
    put("off.md", "title: 草案\npark: 星湖园\nenabled: false", "星湖园的房租补贴标准为每月700元，按季度发放。");
    let knowledge = folder.path().to_str().unwrap();
    let ask = |arguments: &[&str]| {
        run(&[&["ask", "星湖园的房租补贴标准是多少", "--knowledge", knowledge], arguments].concat(), b"").out
    };
    let text = ask(&[]);
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    assert!(place("900元") < place("800元") && place("800元") < place("⚠ 已于2020-06失效，以《新办法》为准"));
    assert!(!text.contains("700元"), "{text}");
    let value: Value = serde_json::from_str(&ask(&["--json"])).unwrap();
    assert_eq!(value["citations"][0]["document"], "new.md");
    assert_eq!(value["citations"][0].get("lapsed"), None);
    assert_eq!(value["citations"][1]["lapsed"], serde_json::json!({"expired": "2020-06", "replaced_by": "新办法"}));
    put("odd.md", "title: 某\nsupersedes: 没有\nvalid_from: 2021\nvalid_until: 2020", "园区在东边。");
    let ended = run(&["check", "--knowledge", knowledge], b"");
    assert!(ended.code == 1 && ended.out.contains("odd.md: `supersedes` names “没有”"), "{ended:?}");
    assert!(ended.out.contains("odd.md: `valid_until` 2020 is before `valid_from` 2021"), "{ended:?}");
    // What is switched off is looked at as well: by itself, and where somebody counts on it.
    put("odd.md", "title: 某\nsupersedes: 停", "园区在东边。");
    put("off.md", "title: 停\nenabled: false\nsupersedes: 没有\nvalid_from: 2021\nvalid_until: 2020", "园区在西边。");
    let ended = run(&["check", "--knowledge", knowledge], b"");
    for line in [
        "odd.md: `supersedes` names “停”, which is disabled (off.md); enable it",
        "off.md: `supersedes` names “没有”, which no document that is served is called; write its path or title (it is disabled)",
        "off.md: `valid_until` 2020 is before `valid_from` 2021; put them right (it is disabled)",
    ] {
        assert!(ended.out.contains(line), "{}", ended.out);
    }
}

#[test]
fn limits_are_kept() {
    let value: Value =
        serde_json::from_str(&ask(&["--json", "--limit", "1", "--excerpt-chars", "20", "星湖占地多大"]).out).unwrap();
    let citations = value["citations"].as_array().unwrap();
    assert!(citations.len() <= 1);
    assert!(citations.iter().all(|citation| citation["excerpt"].as_str().unwrap().chars().count() <= 20));
}

#[test]
fn exit_codes_and_errors_say_what_happened() {
    let check = |arguments: &[&str], code: i32, said: &str| {
        let ended = run(arguments, b"");
        assert!(ended.code == code && ended.err.contains(said), "{arguments:?}: {ended:?}");
    };
    check(&["ask"], 2, "QUESTION");
    check(&["ask", "园", "--limit", "0"], 2, "--limit");
    check(&["ask", "园", "--limit", "21"], 2, "--limit");
    check(&["ask", "园", "--excerpt-chars", "19"], 2, "--excerpt-chars");
    check(&["ask", "园", "--excerpt-chars", "1001"], 2, "--excerpt-chars");
    check(&["bogus"], 2, "bogus");
    check(&["ask", " "], 1, "the question is empty");
    check(&["ask", "园", "--knowledge", "nowhere"], 1, "nowhere: cannot be read; name the folder with --knowledge");
    let empty = tempfile::tempdir().unwrap();
    check(&["ask", "园", "--knowledge", empty.path().to_str().unwrap()], 1, "holds no document");
    check(&["check", "--knowledge", "nowhere"], 1, "nowhere");
    check(&["eval", "nowhere.jsonl"], 1, "nowhere.jsonl");
    check(&["import"], 2, "FILE|FOLDER");
    check(&["import", "nowhere.docx"], 1, "nowhere.docx: cannot be read");
    check(&["import", "README.md", "LICENSE", "--title", "a"], 1, "--title and --url are for one file; 2 were named");
    check(&["read-original", "tea"], 1, "no such kind of file");
    check(&["eval"], 2, "QUESTIONS.jsonl");
    check(&["eval", "--at-least", "speed=1", "x"], 2, "excerpt1");
}

#[test]
fn help_teaches_with_examples() {
    for arguments in [
        &["--help"] as &[&str],
        &["ask", "--help"],
        &["explain", "--help"],
        &["check", "--help"],
        &["import", "--help"],
        &["eval", "--help"],
        &["reload", "--help"],
        &["status", "--help"],
        &["gaps", "--help"],
    ] {
        let ended = run(arguments, b"");
        assert!(ended.code == 0 && ended.out.contains("Examples:\n  yuanwen"), "{ended:?}");
    }
}

#[test]
fn the_environment_names_the_knowledge_and_a_flag_outranks_it() {
    let parks = parks();
    let parks = parks.to_str().unwrap();
    let ended = run_with(&["check"], b"", &[("YUANWEN_KNOWLEDGE", parks)]);
    assert!(ended.out.starts_with("2 documents"), "{ended:?}");
    let ended = run_with(&["check", "--knowledge", parks], b"", &[("YUANWEN_KNOWLEDGE", "nowhere")]);
    assert_eq!(ended.code, 0);
}

#[test]
fn the_same_question_gives_the_same_bytes_whatever_the_order_of_files() {
    let questions =
        "星湖占地多大\n雲麓創新谷有多少家企業\n专利有奖励吗\n火星上有水吗\n星湖和云麓的企业数量\n".as_bytes();
    let copied = |names: [&str; 3]| {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            fs::copy(parks().join(name), folder.path().join(name)).unwrap();
        }
        let ended = run(&["ask", "--json", "-", "--knowledge", folder.path().to_str().unwrap()], questions);
        timeless(&ended.out)
    };
    let first = copied(["words.toml", "xinghu.md", "yunlu.txt"]);
    assert_eq!(first.lines().count(), 5);
    assert_eq!(first, copied(["words.toml", "xinghu.md", "yunlu.txt"]));
    assert_eq!(first, copied(["yunlu.txt", "xinghu.md", "words.toml"]));
}

#[test]
fn eval_prints_figures_and_fails_below_a_floor() {
    let (parks, set) = (parks(), parks().join("questions.jsonl"));
    let eval = |arguments: &[&str]| {
        let own = ["eval", "--knowledge", parks.to_str().unwrap(), set.to_str().unwrap()];
        run(&[&own, arguments].concat(), b"")
    };
    let ended = eval(&["--calibration", "--at-least", "excerpt1=0.5", "--at-most", "false=0.9"]);
    assert!(ended.code == 0 && ended.out.contains("excerpt1") && ended.out.contains("calibration"), "{ended:?}");
    let ended = eval(&["--at-most", "excerpt3=0.1"]);
    assert!(ended.code == 1 && ended.err.contains("excerpt3 is 1.0000, not at most 0.1"), "{ended:?}");
    let ended = eval(&["--at-least", "auroc=0.5"]);
    assert!(ended.code == 1 && ended.err.contains("auroc was not measured"), "{ended:?}");
    let json = eval(&["--json"]);
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), &json.out).unwrap();
    let ended = eval(&["--against", file.path().to_str().unwrap()]);
    assert!(ended.out.contains("0 won, 0 lost"), "{ended:?}");
    let strangers = run(&["eval", set.to_str().unwrap()], b"");
    assert!(strangers.code == 1 && strangers.err.contains("none of the documents"), "{strangers:?}");
}

#[test]
fn passages_and_sets_with_lone_surrogates_are_problems_not_panics() {
    let folder = tempfile::tempdir().unwrap();
    let passages = folder.path().join("passages.jsonl");
    fs::write(&passages, "{\"id\":\"a\",\"title\":\"t\",\"text\":\"\\ud800\"}\n{\"id\":\"b\",\"title\":\"园\",\"text\":\"园区有三家企业。\"}\n").unwrap();
    let ended = run(&["check", "--knowledge", passages.to_str().unwrap()], b"");
    assert!(ended.code == 1 && ended.out.contains("passages.jsonl:1: "), "{ended:?}");
    let value: Value = serde_json::from_str(
        &run(&["ask", "--json", "园区有几家企业", "--knowledge", passages.to_str().unwrap()], b"").out,
    )
    .unwrap();
    assert_eq!(value["citations"][0]["document"], "b");
    let set = folder.path().join("questions.jsonl");
    fs::write(&set, "{\"id\":\"1\",\"question\":\"\\udc00\",\"passage\":\"b\",\"answers\":[\"三家\"]}\n").unwrap();
    let ended = run(&["eval", set.to_str().unwrap(), "--knowledge", passages.to_str().unwrap()], b"");
    assert!(ended.code == 1 && ended.err.contains("questions.jsonl:1: "), "{ended:?}");
}
