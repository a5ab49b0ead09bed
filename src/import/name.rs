//! Names of documents: from a file's own name, safe on every system, whatever that name holds. Knows no folders.

/// Long enough for any title; with `.md` and a number below what file systems allow, in bytes.
const MAX_BYTES: usize = 180;
/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3"];
/// Names that the knowledge folder keeps for other things.
const KEPT: &[&str] = &["readme"];

/// The name of the document that an original becomes: its own, with what may stand in no path replaced, and `.md`.
pub fn file_name(original: &str) -> String {
    let last = original.rsplit(['/', '\\']).next().unwrap_or(original);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let mut name = String::new();
    for c in stem.chars() {
        let fits =
            c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '（' | '）' | '“' | '”' | '《' | '》' | '—' | '·');
        let c = if fits { c } else { '-' };
        if name.len() + c.len_utf8() > MAX_BYTES {
            break;
        }
        // Several in a row are one.
        if !matches!(c, '-' | '.') || !name.ends_with(c) {
            name.push(c);
        }
    }
    let name = name.trim_matches(['-', '.']);
    let lower = name.to_lowercase();
    let taken = name.is_empty() || DEVICES.contains(&lower.as_str()) || KEPT.contains(&lower.as_str());
    if taken { format!("document-{name}").trim_end_matches('-').to_owned() + ".md" } else { format!("{name}.md") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_safe_and_stay_readable() {
        for (original, expected) in [
            ("云禾园 扶持办法（2024）.docx", "云禾园-扶持办法（2024）.md"),
            ("000_b127.txt", "000_b127.md"),
            ("../../etc/passwd", "passwd.md"),
            ("..\\..\\boot.ini", "boot.md"),
            ("/absolute.pdf", "absolute.md"),
            (".htaccess", "document.md"),
            ("..", "document.md"),
            ("", "document.md"),
            ("con.txt", "document-con.md"),
            ("README.md", "document-README.md"),
            ("a\u{202e}b\0c\n.txt", "a-b-c.md"),
            ("a:b|c?.html", "a-b-c.md"),
        ] {
            assert_eq!(file_name(original), expected, "{original:?}");
        }
    }

    proptest! {
        #[test]
        fn no_name_leads_anywhere(original in "\\PC{0,300}") {
            let name = file_name(&original);
            prop_assert!(name.strip_suffix(".md").is_some_and(|stem| !stem.is_empty()) && name.len() < 200);
            prop_assert!(!name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']) && !name.contains(".."));
        }
    }
}
