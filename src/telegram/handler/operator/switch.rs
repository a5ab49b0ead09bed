//! `enabled` in the front matter of a Markdown document, changed so that every other line stays as somebody wrote it.

/// The text of a document that is served, or is not.
pub(super) fn switched(text: &str, on: bool) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let is_fence = |line: &str| matches!(line.trim_end(), "---" | "...");
    let mut lines = text.split_inclusive('\n').peekable();
    let Some(first) = lines.next_if(|line| line.trim_start_matches('\u{feff}').trim_end() == "---") else {
        return if on { text.to_owned() } else { format!("---{end}enabled: false{end}---{end}{end}{text}") };
    };
    let mut written = first.to_owned();
    while let Some(line) = lines.next_if(|line| !is_fence(line)) {
        let is_switch = line.split_once(':').is_some_and(|(key, _)| key.trim_matches(['"', '\'']) == "enabled");
        if !is_switch {
            written.push_str(line);
        }
    }
    if !on {
        written.push_str("enabled: false");
        written.push_str(end);
    }
    written.extend(lines);
    written
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
    }
}
