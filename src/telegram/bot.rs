//! The bot as a whole: connects, handles updates until it is stopped, and ends in time.

use std::sync::Arc;

use anyhow::Context as _;
use teloxide::dptree;

use crate::config::Settings;
use crate::generation::Keeper;
use crate::journal::Journal;
use crate::operation::Reloads;

use super::api::Api;
use super::counters::Counters;
use super::edition::{Edition, Editions};
use super::handler::{Desk, KINDS, Office, Rehearsal, apologise, tree};
use super::intake::{Intake, Limits, apology, connect, schema};
use super::menu;
use super::quota::Quota;
use super::sender::{Pace, Sender};
use super::stop::Stop;

/// How a bot runs, beyond its settings. The default is how it runs for people.
#[derive(Clone, Default)]
pub struct Course {
    /// How fast it sends.
    pub pace: Pace,
    /// How long handlers may take, and so on.
    pub limits: Limits,
    /// Called with each question before it is answered; `None` outside of tests.
    pub rehearsal: Option<Rehearsal>,
}

/// What the bot answers from and remembers, made ready before it speaks to anybody.
#[derive(Clone)]
pub struct Footing {
    /// What questions and buttons are answered from.
    pub editions: Editions,
    /// How that is replaced.
    pub reloads: Reloads,
}

impl Footing {
    /// Serves what the keeper keeps, and opens the journal of the settings. Blocks.
    ///
    /// # Errors
    /// When the journal cannot be opened.
    pub fn open(settings: &Settings, keeper: Arc<Keeper>) -> anyhow::Result<Self> {
        let edition = Edition::new(keeper.current());
        Self::with_editions(settings, keeper, Editions::new(edition))
    }

    /// The same with editions that are there already.
    ///
    /// # Errors
    /// As [`Footing::open`].
    pub fn with_editions(settings: &Settings, keeper: Arc<Keeper>, editions: Editions) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&settings.data_dir)
            .with_context(|| format!("{}: cannot be made; set YUANWEN_DATA_DIR", settings.data_dir.display()))?;
        let opened = Journal::open(&settings.data_dir, &settings.secret()?)?;
        if let Some(aside) = &opened.set_aside {
            tracing::warn!("the journal was damaged and a new one begun; the old one is {}", aside.display());
        }
        let served = editions.clone();
        let serve = move |generation| served.serve(Edition::new(generation));
        Ok(Self { editions, reloads: Reloads::new(keeper, opened.journal, serve) })
    }
}

/// Runs the bot on the Bot API of the settings until the stop is requested.
///
/// # Errors
/// When the settings have no token, or going on makes no sense: the token was refused, another program receives the
/// messages.
pub async fn run(settings: &Settings, footing: Footing, course: Course, stop: Stop) -> anyhow::Result<()> {
    let token = settings.token.as_ref().context("TELOXIDE_TOKEN is not set")?;
    let api = Api::new(token, settings.api_url.as_ref())?;
    let Footing { editions, reloads } = footing;
    let journal = reloads.journal().clone();
    let Some(me) = connect(&api, &course.limits, stop.clone()).await? else { return Ok(()) };
    tracing::info!("connected as @{}", me.username());
    let counters = Arc::new(Counters::default());
    let sender = Sender::start(api.clone(), journal.clone(), counters.clone(), course.pace);
    let desk = Arc::new(Desk {
        journal: journal.clone(),
        editions,
        reloads,
        me,
        quota: Quota::new(settings.questions_per_minute),
        questions_per_minute: settings.questions_per_minute,
        retention_days: settings.retention_days,
        office: Office::new(settings, api.clone()),
        rehearsal: course.rehearsal,
    });
    let apologising = desk.clone();
    let intake = Intake {
        api: api.clone(),
        journal: journal.clone(),
        sender,
        handler: schema(tree(), dptree::deps![desk]),
        apology: apology(move |update, failure| apologise(apologising.clone(), update, failure)),
        kinds: KINDS.to_vec(),
        counters,
        limits: course.limits,
    };
    let retention_days = settings.retention_days;
    let beside = tokio::spawn(async move {
        menu::register(&api).await;
        journal.keep_retention(retention_days).await;
    });
    let result = intake.run(stop).await;
    beside.abort();
    Ok(result?)
}
