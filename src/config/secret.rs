//! What must never be printed: the bot's token and the key of the hashes. Knows no settings.

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::ConfigError;

/// The bot's token. Printing it prints stars.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// `123456789:AAF…`: digits, a colon, and letters, digits, `-` or `_`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (id, key) = text.split_once(':')?;
        let id_is_good = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
        let key_is_good = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        (id_is_good && key_is_good).then(|| Self(text.to_owned()))
    }

    /// A token for the Bot API on this machine, which lets every token in.
    ///
    /// # Panics
    /// Never: the text is a token.
    pub fn of_local_telegram() -> Self {
        Self::parse("1:local").expect("digits, a colon and letters are a token")
    }

    /// The token itself, for the address of a request and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The key under which ids of people and chats are hashed. Printing it prints stars.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// 64 hexadecimal digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().as_bytes();
        let mut key = [0; 32];
        if text.len() != 2 * key.len() {
            return None;
        }
        for (byte, pair) in key.iter_mut().zip(text.chunks_exact(2)) {
            let digit = |b: u8| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(key))
    }

    /// A new one, as good as the system's randomness.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// The key itself.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The secret in `data_dir/secret`, made when it is not there; nobody else on the machine may read it.
pub(super) fn kept_in(data_dir: &Path) -> Result<Secret, ConfigError> {
    let path = data_dir.join("secret");
    let failed = |what: &str, error: &io::Error| ConfigError::Secret {
        path: path.clone(),
        problem: format!("{what}: {error}; make the data folder writable or set YUANWEN_DATA_DIR"),
    };
    match fs::read_to_string(&path) {
        Ok(text) => return parse_kept(&path, &text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed("cannot be read", &error)),
    }
    fs::create_dir_all(data_dir).map_err(|error| failed("its folder cannot be made", &error))?;
    let draft = data_dir.join(format!("secret.{}.new", std::process::id()));
    let digits = blake3::Hash::from_bytes(Secret::random().0).to_hex();
    // A link fails when the file is there by now: of two starts at once, one makes the secret and both read it.
    let made = write_private(&draft, &digits).and_then(|()| match fs::hard_link(&draft, &path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => fs::rename(&draft, &path),
        _ => Ok(()),
    });
    let _ = fs::remove_file(&draft);
    made.map_err(|error| failed("cannot be written", &error))?;
    let text = fs::read_to_string(&path).map_err(|error| failed("cannot be read", &error))?;
    parse_kept(&path, &text)
}

fn parse_kept(path: &Path, text: &str) -> Result<Secret, ConfigError> {
    Secret::parse(text).ok_or_else(|| ConfigError::Secret {
        path: path.to_owned(),
        problem: "is not 64 hexadecimal digits; restore it from a backup, or delete it: \
                  then /forgetme no longer finds questions asked before"
            .to_owned(),
    })
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let _ = fs::remove_file(path);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_start_makes_a_secret_and_the_next_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let made = kept_in(&data).unwrap();
        assert!(kept_in(&data).unwrap() == made);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(data.join("secret")).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_secret_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), "abc").unwrap();
        let error = kept_in(folder.path()).unwrap_err().to_string();
        assert!(error.contains("secret: is not 64 hexadecimal digits"), "{error}");
    }

    #[test]
    fn a_folder_that_cannot_be_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("data"), "a file").unwrap();
        assert!(kept_in(&folder.path().join("data")).is_err());
    }
}
