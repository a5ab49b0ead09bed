//! `enabled` in the front matter of a document, changed so that every other line stays as somebody wrote it.

/// The text of a document that is served, or is not.
pub(super) fn switched(text: &str, on: bool) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let is_fence = |line: &str| matches!(line.trim_end(), "---" | "...");
    let mut lines = text.split_inclusive('\n').peekable();
    let Some(first) = lines.next_if(|line| line.trim_start_matches('\u{feff}').trim_end() == "---") else {
        if on {
            return text.to_owned();
        }
        // A mark of the byte order stays in front.
        let (mark, text) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
        return format!("{mark}---{end}enabled: false{end}---{end}{end}{text}");
    };
    let (mut written, mut was_off) = (first.to_owned(), false);
    while let Some(line) = lines.next_if(|line| !is_fence(line)) {
        let is_switch = line.split_once(':').is_some_and(|(key, _)| key.trim_matches(['"', '\'']) == "enabled");
        was_off |= is_switch;
        if !is_switch {
            written.push_str(line);
        }
    }
    if !on {
        written.push_str("enabled: false");
        written.push_str(end);
    }
    // Front matter that said nothing else goes, with the blank line below it.
    if on && was_off && written == first {
        lines.next();
        lines.next_if(|line| line.trim().is_empty());
        written.truncate(written.find("---").unwrap_or_default());
    }
    written.extend(lines);
    written
}

/// The bytes of a document in whichever encoding it is. `None` for UTF-16, in which no line is what it looks like.
pub(super) fn switched_bytes(bytes: Vec<u8>, on: bool) -> Option<Vec<u8>> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return None;
    }
    Some(match String::from_utf8(bytes) {
        Ok(text) => switched(&text, on).into_bytes(),
        // In GB18030 and Big5 the signs of front matter are those of ASCII: each byte stands for itself.
        Err(other) => {
            let text: String = other.as_bytes().iter().copied().map(char::from).collect();
            switched(&text, on).chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, off: &str) {
        assert_eq!(switched(text, false), off);
        assert_eq!(switched(off, false), off);
    }

    #[test]
    fn every_other_line_stays() {
        let text = "---\n# 谁写的\ntitle: 甲\npark: 乙 # 园\n---\n\n正文 enabled: 不算\n";
        check(text, "---\n# 谁写的\ntitle: 甲\npark: 乙 # 园\nenabled: false\n---\n\n正文 enabled: 不算\n");
        assert_eq!(switched(&switched(text, false), true), text);
        assert_eq!(switched("---\ntitle: 甲\nenabled: true\n---\n", true), "---\ntitle: 甲\n---\n");
        check("---\r\ntitle: 甲\r\n---\r\n文", "---\r\ntitle: 甲\r\nenabled: false\r\n---\r\n文");
        check("# 甲\n文", "---\nenabled: false\n---\n\n# 甲\n文");
        assert_eq!(switched("# 甲\n文", true), "# 甲\n文");
        for text in ["# 甲\n文", "\u{feff}甲\r\n\r\n文\r\n", "\n\n文", "文"] {
            assert_eq!(switched(&switched(text, false), true), text);
        }
    }

    #[test]
    fn a_text_in_another_encoding_keeps_its_bytes() {
        for encoding in [encoding_rs::GB18030, encoding_rs::BIG5] {
            let (bytes, ..) = encoding.encode("園區在東邊。\n二期：很大。\n");
            let off = switched_bytes(bytes.to_vec(), false).expect("it can be switched");
            assert!(off.starts_with(b"---\nenabled: false\n---\n\n") && off.ends_with(&bytes), "{off:?}");
            assert_eq!(switched_bytes(off, true).as_deref(), Some(&*bytes));
        }
        assert_eq!(switched_bytes(vec![0xff, 0xfe, b'-', 0], false), None);
    }
}
