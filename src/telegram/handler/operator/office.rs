//! What operators work with, one for the whole bot.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;

use crate::config::Settings;
use crate::telegram::api::Api;
use crate::telegram::menu;

use super::authority::Operator;

/// What operators work with.
pub(crate) struct Office {
    /// The ids of the operators.
    pub(super) operators: BTreeSet<u64>,
    /// The folder of the documents.
    pub(super) knowledge: PathBuf,
    /// For what is not paced: files and menus.
    pub(super) api: Api,
    /// Held while a file of the folder is read, changed and written: two operators do not undo each other's work.
    pub(super) changing: tokio::sync::Mutex<()>,
    /// Where files stay while they are read.
    incoming: PathBuf,
    /// The operators whose menu is registered.
    menus: Mutex<BTreeSet<u64>>,
}

impl Office {
    /// The office of a bot with these settings.
    pub(crate) fn new(settings: &Settings, api: Api) -> Self {
        Self {
            operators: settings.operators.clone(),
            knowledge: settings.knowledge.clone(),
            api,
            changing: tokio::sync::Mutex::default(),
            incoming: settings.data_dir.join("incoming"),
            menus: Mutex::default(),
        }
    }

    /// Where the file of an update stays while it is read: under a name of our own.
    pub(super) fn incoming(&self, number: u32) -> anyhow::Result<PathBuf> {
        let folder = &self.incoming;
        std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
        Ok(folder.join(number.to_string()))
    }

    /// Registers the menu of an operator who writes for the first time since the start: before that Telegram may know no
    /// chat to register it in.
    pub(super) fn greet(&self, operator: Operator) {
        let is_new = self.menus.lock().unwrap_or_else(PoisonError::into_inner).insert(operator.id());
        if is_new {
            let api = self.api.clone();
            tokio::spawn(async move { menu::register_operator(&api, operator.id()).await });
        }
    }
}
