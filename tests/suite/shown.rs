//! Snapshots of what a person reads. `README.md` says how they are written anew.

use crate::program::{ask, parks, run};

#[test]
fn an_answer() {
    insta::assert_snapshot!(ask(&["星湖科创园占地多大", "--limit", "1"]).out);
}

#[test]
fn an_answer_in_traditional_characters_quotes_the_document_in_its_own_script() {
    insta::assert_snapshot!(ask(&["雲麓創新谷的實驗中心由誰管理", "--limit", "1"]).out);
}

#[test]
fn a_park_typed_with_a_wrong_character_is_named() {
    insta::assert_snapshot!(ask(&["云鹿创新谷哪年开业", "--limit", "1"]).out);
}

#[test]
fn a_stranger_is_declined_with_the_nearest_documents() {
    insta::assert_snapshot!(ask(&["火星上有恐龙吗"]).out);
}

#[test]
fn an_english_question_is_declined_in_english() {
    insta::assert_snapshot!(ask(&["quantum teleportation license"]).out);
}

#[test]
fn an_explanation_without_its_numbers() {
    let ended = run(&["explain", "云鹿有几台设备", "--knowledge", parks().to_str().unwrap()], b"");
    insta::assert_snapshot!(masked(&ended.out));
}

/// An explanation without what changes whenever weights are fitted anew.
fn masked(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.contains('×') {
            let indent: String = line.chars().take_while(|c| *c == ' ').collect();
            lines.push(format!("{indent}NAME VALUE×WEIGHT …"));
            continue;
        }
        let mut out = String::new();
        let mut number = String::new();
        for c in line.chars().chain(['\n']) {
            if c.is_ascii_digit() || (c == '.' && !number.is_empty()) || (c == '-' && number.is_empty()) {
                number.push(c);
            } else {
                let fraction = number.contains('.') && !number.ends_with('.');
                out.push_str(if fraction { "#.#" } else { &number });
                number.clear();
                out.push(c);
            }
        }
        lines.push(out.trim_end().to_owned());
    }
    // The first line ends in the generation's id, which changes with the version.
    let mut text = lines.join("\n");
    if let Some(rest) = text.strip_prefix("generation  ").and_then(|rest| rest.split_once(',')) {
        text = format!("generation  ID,{}", rest.1);
    }
    text
}
