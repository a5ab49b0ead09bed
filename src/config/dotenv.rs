//! `.env` as a map. Changes nothing, and prints no line of it: a line may be the token.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use super::ConfigError;

/// The settings in the file; none when there is no file.
pub(super) fn read(path: &Path) -> Result<HashMap<String, String>, ConfigError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(HashMap::new()),
        Err(error) => {
            let problem = match error.kind() {
                io::ErrorKind::InvalidData => "is not UTF-8; save it as UTF-8".to_owned(),
                _ => format!("cannot be read: {error}; make it readable or remove it"),
            };
            return Err(ConfigError::Unreadable { path: path.to_owned(), problem });
        }
    };
    // Windows editors begin a file with a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    dotenvy::from_read_iter(text.as_bytes())
        .map(|line| line.map_err(|error| unreadable_line(path, text, &error)))
        .collect()
}

fn unreadable_line(path: &Path, text: &str, error: &dotenvy::Error) -> ConfigError {
    let line = match error {
        dotenvy::Error::LineParse(wrong, _) => {
            let first = wrong.lines().next().unwrap_or_default().trim();
            text.lines().position(|line| line.trim() == first)
        }
        _ => None,
    };
    ConfigError::Line { path: path.to_owned(), line: line.map_or(1, |line| line + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_no_settings() {
        assert!(read(Path::new("/nowhere/.env")).unwrap().is_empty());
    }

    #[test]
    fn comments_quotes_and_a_byte_order_mark_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, "\u{feff}A=1\n# B=2\nC='three # four'\n").unwrap();
        let map = read(&path).unwrap();
        assert_eq!(map.get("A").map(String::as_str), Some("1"));
        assert_eq!(map.get("C").map(String::as_str), Some("three # four"));
        assert_eq!(map.len(), 2);
        assert!(std::env::var("C").is_err());
    }

    #[test]
    fn another_encoding_is_said_once_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, b"\xff\xfeA\0=\x001\0").unwrap();
        let error = anyhow::Error::from(read(&path).unwrap_err());
        assert!(format!("{error:#}").ends_with(".env: is not UTF-8; save it as UTF-8"), "{error:#}");
    }

    #[test]
    fn a_broken_line_is_named_by_number_and_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, "A=1\n\nTELOXIDE_TOKEN 123456:secret\n").unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains(".env:3: not a setting") && !error.contains("secret"), "{error}");
    }
}
