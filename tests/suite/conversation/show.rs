//! A message as a person sees it, in plain characters: `> ` a quotation, `>> ` one that unfolds, `**bold**`, `_italic_`,
//! `[link](address)`, and the buttons in rows below.

use yuanwen::local_telegram::{Action, Entity, Message};

/// The text with its marks, and the buttons.
pub(super) fn show(message: &Message) -> String {
    let mut shown = text(message);
    for row in &message.keyboard {
        let labels: Vec<String> = row
            .iter()
            .map(|button| match &button.action {
                Action::Url(url) => format!("[{} → {url}]", button.text),
                _ => format!("[{}]", button.text),
            })
            .collect();
        shown.push('\n');
        shown.push_str(&labels.join(" "));
    }
    shown
}

/// The same without what is never twice the same: ids of generations, times and seconds.
pub(super) fn masked(message: &Message) -> String {
    let shown = show(message);
    let mut words: Vec<String> = Vec::new();
    for word in shown.split_inclusive([' ', '\n', '：', '。', '，']) {
        let bare: String = word.chars().take_while(char::is_ascii_alphanumeric).collect();
        let is_id = bare.len() == 16 && bare.chars().all(|c| c.is_ascii_hexdigit());
        words.push(if is_id { word.replace(&bare, "GENERATION") } else { word.to_owned() });
    }
    let lines: Vec<String> =
        words.concat().lines().map(|line| line.split("用时").next().unwrap_or("").to_owned()).collect();
    lines.join("\n")
}

fn text(message: &Message) -> String {
    let mut shown = String::new();
    let mut at = 0;
    let mut starts_line = true;
    for c in message.text.chars() {
        if starts_line {
            let mark = quotation(&message.entities, at);
            shown.push_str(if c == '\n' { mark.trim_end() } else { mark });
        }
        for entity in message.entities.iter().filter(|entity| entity.offset == at) {
            shown.push_str(opening(entity));
        }
        shown.push(c);
        at += c.len_utf16();
        for entity in message.entities.iter().rev().filter(|entity| entity.end() == at) {
            shown.push_str(&closing(entity));
        }
        starts_line = c == '\n';
    }
    shown
}

fn quotation(entities: &[Entity], at: usize) -> &'static str {
    let over =
        entities.iter().find(|entity| entity.kind.ends_with("blockquote") && entity.offset <= at && at < entity.end());
    match over.map(|entity| entity.kind.as_str()) {
        Some("blockquote") => "> ",
        Some(_) => ">> ",
        None => "",
    }
}

fn opening(entity: &Entity) -> &'static str {
    match entity.kind.as_str() {
        "bold" => "**",
        "italic" => "_",
        "text_link" => "[",
        _ => "",
    }
}

fn closing(entity: &Entity) -> String {
    match entity.kind.as_str() {
        "bold" => "**".to_owned(),
        "italic" => "_".to_owned(),
        "text_link" => format!("]({})", entity.extra.get("url").and_then(|url| url.as_str()).unwrap_or_default()),
        _ => String::new(),
    }
}
