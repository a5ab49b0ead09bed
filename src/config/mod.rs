//! Every setting, parsed once: flags first, then the environment, then `.env`. Secrets never print, and the process
//! environment is never changed. Knows nothing of what the settings are for.

mod dotenv;
mod names;
mod secret;
mod value;

use std::collections::{BTreeSet, HashMap};
use std::env::{self, VarError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tracing_subscriber::EnvFilter;
use url::Url;

pub use secret::{Secret, Token};

/// The folder of the documents where nobody names one.
const KNOWLEDGE: &str = "knowledge";

/// Settings that a command line may give; each outranks the variable of its name.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Flags {
    /// Folder of the documents [default: knowledge]
    #[arg(long, value_name = "FOLDER", global = true)]
    pub knowledge: Option<String>,
    /// Folder of what the bot keeps: journal, generations, secret [default: data]
    #[arg(long, value_name = "FOLDER", global = true)]
    pub data_dir: Option<String>,
    /// Address of the chat page [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT", global = true)]
    pub listen: Option<String>,
}

/// All settings, valid.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The bot's token; `None` means the chat page on this machine instead of Telegram.
    pub token: Option<Token>,
    /// Folder of the documents.
    pub knowledge: PathBuf,
    /// Folder of what the bot keeps.
    pub data_dir: PathBuf,
    /// Where the chat page listens.
    pub listen: SocketAddr,
    /// Telegram ids of the people who may change the knowledge; empty means nobody.
    pub operators: BTreeSet<u64>,
    /// Days after which questions are deleted.
    pub retention_days: u32,
    /// Questions that one person may ask in a minute.
    pub questions_per_minute: u32,
    /// The share of the golden questions, 0 to 1, that may fail newly before new knowledge is held back.
    pub allowed_new_failures: f64,
    /// Where the Bot API is; `None` means Telegram's own.
    pub api_url: Option<Url>,
    /// What is logged, as `tracing` filters it: `info`, `yuanwen=debug,warn`.
    pub log: String,
    /// Variables that look like settings and are none, each in a sentence.
    pub strangers: Vec<String>,
    /// The key of the hashes of person ids, if it was set; [`Settings::secret`] reads or makes one otherwise.
    secret: Option<Secret>,
}

/// What is wrong with a setting, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A setting has a value that means nothing.
    #[error("{name} {problem}; {remedy}")]
    Value {
        /// The variable.
        name: &'static str,
        /// What is wrong with it.
        problem: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// `.env` is there and cannot be read.
    #[error("{}: {problem}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why, and what to do about it.
        problem: String,
    },
    /// A line of `.env` is not `NAME=value`.
    #[error("{}:{line}: not a setting; write NAME=value, with quotes around a value that has spaces", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// The secret in the data folder cannot be read or made.
    #[error("{}: {problem}", path.display())]
    Secret {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do about it.
        problem: String,
    },
}

impl Settings {
    /// Reads the settings of this process: `flags`, the environment, `.env` in the working directory.
    ///
    /// # Errors
    /// The first setting that means nothing.
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        let dotenv = dotenv::read(Path::new(".env"))?;
        let mut settings = Self::parse(flags, |name| variable(&dotenv, name))?;
        let environment: Vec<String> = env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
        settings.strangers = names::strangers(environment.iter().chain(dotenv.keys()));
        Ok(settings)
    }

    /// The folder of the documents alone, for commands that need nothing else and should not fail of anything else.
    ///
    /// # Errors
    /// If it is not UTF-8, or `.env` cannot be read.
    pub fn knowledge(flags: &Flags) -> Result<PathBuf, ConfigError> {
        let dotenv = || dotenv::read(Path::new(".env"));
        let given = given(flags.knowledge.as_ref(), "YUANWEN_KNOWLEDGE", |name| variable(&dotenv()?, name))?;
        Ok(given.unwrap_or_else(|| KNOWLEDGE.to_owned()).into())
    }

    /// Parses what `variable` gives; a flag outranks it, and an empty value is no value (but for the token).
    fn parse(
        flags: &Flags,
        variable: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let optional = |flag, name| given(flag, name, &variable);
        let or = |flag, name, default: &str| Ok::<_, ConfigError>(optional(flag, name)?.unwrap_or(default.to_owned()));
        Ok(Self {
            token: variable("TELOXIDE_TOKEN")?.map(|text| value::token(&text)).transpose()?,
            knowledge: or(flags.knowledge.as_ref(), "YUANWEN_KNOWLEDGE", KNOWLEDGE)?.into(),
            data_dir: or(flags.data_dir.as_ref(), "YUANWEN_DATA_DIR", "data")?.into(),
            listen: value::listen(&or(flags.listen.as_ref(), "YUANWEN_LISTEN", "127.0.0.1:8080")?)?,
            operators: value::operators(&or(None, "YUANWEN_OPERATORS", "")?)?,
            retention_days: value::number(
                "YUANWEN_RETENTION_DAYS",
                &or(None, "YUANWEN_RETENTION_DAYS", "30")?,
                1..=3650,
                "write the days to keep questions, 1 to 3650",
            )?,
            questions_per_minute: value::number(
                "YUANWEN_QUESTIONS_PER_MINUTE",
                &or(None, "YUANWEN_QUESTIONS_PER_MINUTE", "10")?,
                1..=1000,
                "write how many questions a person may ask in a minute, 1 to 1000",
            )?,
            allowed_new_failures: value::share(
                "YUANWEN_ALLOWED_NEW_FAILURES",
                &or(None, "YUANWEN_ALLOWED_NEW_FAILURES", "0")?,
            )?,
            api_url: optional(None, "TELOXIDE_API_URL")?.map(|text| value::api_url(&text)).transpose()?,
            log: value::log(or(None, "YUANWEN_LOG", "info")?)?,
            strangers: Vec::new(),
            secret: optional(None, "YUANWEN_SECRET")?.map(|text| value::secret(&text)).transpose()?,
        })
    }

    /// The filter that [`Settings::log`] says, but for crates that write addresses of requests, which hold the token: of
    /// those nothing below warnings is logged.
    pub fn log_filter(&self) -> EnvFilter {
        const TALKATIVE: [&str; 7] = ["h2", "hyper", "hyper_util", "reqwest", "rustls", "teloxide", "teloxide_core"];
        TALKATIVE
            .iter()
            .filter_map(|name| format!("{name}=warn").parse().ok())
            .fold(EnvFilter::new(&self.log), EnvFilter::add_directive)
    }

    /// The key of the hashes of person ids: as set, or kept in the data folder, where the first start makes it.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is not a secret.
    pub fn secret(&self) -> Result<Secret, ConfigError> {
        self.secret.clone().map_or_else(|| secret::kept_in(&self.data_dir), Ok)
    }
}

/// A variable of the environment, or else of `.env`.
fn variable(dotenv: &HashMap<String, String>, name: &'static str) -> Result<Option<String>, ConfigError> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(dotenv.get(name).cloned()),
        Err(VarError::NotUnicode(_)) => Err(value::wrong(name, "is not UTF-8", "write it in plain characters")),
    }
}

/// What a flag says, or else a variable; `None` where both are empty or not there.
fn given(
    flag: Option<&String>,
    name: &'static str,
    variable: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
) -> Result<Option<String>, ConfigError> {
    let text = match flag {
        Some(text) => Some(text.clone()),
        None => variable(name)?,
    };
    Ok(text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::HashMap;

    use super::*;

    fn parse(variables: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        parse_with(&Flags::default(), variables)
    }

    fn parse_with(flags: &Flags, variables: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        let variables: HashMap<_, _> = variables.iter().copied().collect();
        Settings::parse(flags, |name| Ok(variables.get(name).map(|text| (*text).to_owned())))
    }

    #[track_caller]
    fn refused(name: &str, value: &str, expected: &str) {
        let error = parse(&[(name, value)]).expect_err("refused").to_string();
        assert_eq!(error, expected);
    }

    #[test]
    fn nothing_set_means_the_defaults() {
        let settings = parse(&[]).unwrap();
        assert!(settings.token.is_none());
        assert_eq!(settings.knowledge, Path::new("knowledge"));
        assert_eq!(settings.data_dir, Path::new("data"));
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert!(settings.operators.is_empty());
        assert_eq!((settings.retention_days, settings.questions_per_minute), (30, 10));
        assert_eq!(settings.log, "info");
        assert!(settings.api_url.is_none());
    }

    #[test]
    fn an_empty_value_means_the_default_too() {
        let settings = parse(&[("YUANWEN_LISTEN", ""), ("YUANWEN_OPERATORS", " "), ("YUANWEN_LOG", "")]).unwrap();
        assert_eq!(settings.listen.port(), 8080);
        assert_eq!(settings.log, "info");
    }

    #[test]
    fn a_flag_outranks_a_variable() {
        let flags = Flags { listen: Some("0.0.0.0:9".to_owned()), ..Flags::default() };
        let settings = parse_with(&flags, &[("YUANWEN_LISTEN", "127.0.0.1:1")]).unwrap();
        assert_eq!(settings.listen.to_string(), "0.0.0.0:9");
    }

    #[test]
    fn operators_are_ids() {
        let settings = parse(&[("YUANWEN_OPERATORS", "42, 7,,42")]).unwrap();
        assert_eq!(settings.operators, BTreeSet::from([7, 42]));
    }

    #[test]
    fn what_is_wrong_is_said_with_what_to_do() {
        refused("TELOXIDE_TOKEN", " ", "TELOXIDE_TOKEN is empty; get one from @BotFather and put it into .env");
        refused(
            "TELOXIDE_TOKEN",
            "hunter2",
            "TELOXIDE_TOKEN is not a token; copy it again from @BotFather, it looks like 123456789:AAF…",
        );
        for shared in ["1087968824", "777000", "136817688"] {
            refused(
                "YUANWEN_OPERATORS",
                &format!("42,{shared}"),
                &format!(
                    "YUANWEN_OPERATORS names {shared}, which many people share; name people by their own id, which @userinfobot tells"
                ),
            );
        }
        refused(
            "YUANWEN_OPERATORS",
            "@anna",
            "YUANWEN_OPERATORS has “@anna”, which is no id; name people by their own id, which @userinfobot tells",
        );
        refused(
            "YUANWEN_RETENTION_DAYS",
            "0",
            "YUANWEN_RETENTION_DAYS is “0”; write the days to keep questions, 1 to 3650",
        );
        refused(
            "YUANWEN_ALLOWED_NEW_FAILURES",
            "5%",
            "YUANWEN_ALLOWED_NEW_FAILURES is “5%”; write a share from 0 to 1, such as 0.05",
        );
        refused(
            "YUANWEN_LISTEN",
            "8080",
            "YUANWEN_LISTEN is “8080”; write an address and a port such as 127.0.0.1:8080",
        );
        refused(
            "TELOXIDE_API_URL",
            "ftp://example.com",
            "TELOXIDE_API_URL is no http address; leave it out for Telegram, or write one such as http://127.0.0.1:8081",
        );
        refused(
            "YUANWEN_LOG",
            "loud=1=2",
            "YUANWEN_LOG is “loud=1=2”; write error, warn, info, debug or trace, or filters such as yuanwen=debug,warn",
        );
        // As a filter it would mean: everything of a crate of that name, and nothing else.
        refused(
            "YUANWEN_LOG",
            "verbose",
            "YUANWEN_LOG is “verbose”; write error, warn, info, debug or trace, or filters such as yuanwen=debug,warn",
        );
        refused(
            "YUANWEN_SECRET",
            "abc",
            "YUANWEN_SECRET is not 64 hexadecimal digits; leave it out, or make one with `openssl rand -hex 32`",
        );
    }

    #[test]
    fn secrets_never_print() {
        let token = "123456:ABC-def_ghi";
        let secret = "ab".repeat(32);
        let settings = parse(&[("TELOXIDE_TOKEN", token), ("YUANWEN_SECRET", &secret)]).unwrap();
        let printed = format!("{settings:?} {:#?}", settings.token);
        assert!(!printed.contains("ABC-def") && !printed.contains("abab"), "{printed}");
        assert_eq!(settings.token.unwrap().expose(), token);
    }

    #[test]
    fn no_log_level_shows_addresses_of_requests() {
        let filter = parse(&[("YUANWEN_LOG", "trace,hyper=trace")]).unwrap().log_filter().to_string();
        assert!(filter.contains("hyper=warn") && filter.contains("reqwest=warn"), "{filter}");
        assert!(!filter.contains("hyper=trace") && filter.contains("trace"), "{filter}");
    }

    #[test]
    fn the_example_shows_every_setting_and_no_other() {
        let asked = RefCell::new(BTreeSet::new());
        let variable = |name| {
            asked.borrow_mut().insert(name);
            Ok(None)
        };
        Settings::parse(&Flags::default(), variable).unwrap();
        let example = include_str!("../../.env.example");
        let settings = |line: &'static str| line.strip_prefix("# ")?.split_once('=').map(|(name, _)| name);
        let is_name = |name: &&str| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        let shown: BTreeSet<&str> = example.lines().filter_map(settings).filter(is_name).collect();
        assert_eq!(asked.into_inner(), shown);
        let known: BTreeSet<&str> = names::NAMES.into_iter().collect();
        assert_eq!(known, shown);
    }
}
