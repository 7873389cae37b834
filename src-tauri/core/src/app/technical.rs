//! Technical events: what happened to the till itself, as fiscal rules want it kept (docs/journal.md, *Technical
//! events*). Each is written before what it tells of; where that cannot be, or must not wait for the journal, the place
//! says why.

use super::cashiers::CashierFile;
use super::open::register_presence;
use super::{Inner, Till, TillError};
use crate::calendar::{Day, bounds};
use crate::clock::UnixMs;
use crate::config::Config;
use crate::ids::VERSION;
use crate::journal::{JournalError, JournalFile};
use crate::sale::{Entry, Event, Purpose};
use crate::settings::Settings;

/// A command is written down again when a day has passed, milliseconds.
const BRIEF_START_EVERY_MS: u64 = 24 * 60 * 60 * 1000;

/// How long a program that starts will run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgramStart {
    /// Until somebody ends it: the window, a service. Each start is written down.
    Lasting,
    /// For one command. It is written down once a day, and when it is of another version than the start before: a
    /// script that calls it every second must not fill the journal.
    Brief,
}

impl ProgramStart {
    /// Whether it is written down, after the last start that was.
    fn is_recorded(self, last: Option<&(UnixMs, String)>, now: UnixMs) -> bool {
        match (self, last) {
            (Self::Lasting, _) | (_, None) => true,
            (Self::Brief, Some((at, version))) => {
                version != VERSION || now.0.abs_diff(at.0) >= BRIEF_START_EVERY_MS
            }
        }
    }
}

impl Till {
    /// Writes down that a program was started which may write into this journal, and that its settings are not those
    /// of the last time. A command that only reads does not call it.
    ///
    /// # Errors
    /// [`TillError::Journal`]. The caller goes on: a till that did not open could not tell that its journal fails, and
    /// sells nothing as long as it does.
    pub async fn record_start(&self, start: ProgramStart) -> Result<(), TillError> {
        let now = self.inner.clock.now();
        let settings = self.inner.settings().fingerprint(self.inner.till_id);
        let record = move |file: &mut JournalFile| {
            if file.last_settings()?.is_some_and(|last| last != settings) {
                let event = Event::SettingsChanged {
                    fields: Vec::new(),
                    settings: settings.clone(),
                    shared: None,
                };
                file.append_event(event, now)?;
            }
            if start.is_recorded(file.last_start()?.as_ref(), now) {
                let event = Event::ProgramStarted {
                    version: VERSION.to_owned(),
                    settings,
                };
                file.append_event(event, now)?;
            }
            Ok(())
        };
        Ok(self.inner.journal.call(record).await?)
    }

    /// Writes down a technical event.
    ///
    /// # Errors
    /// [`TillError::Journal`]; nothing was written then.
    pub async fn append_event(&self, event: Event) -> Result<(), TillError> {
        Ok(self.inner.append_event(event).await?)
    }

    /// The technical events of these days of the shop, oldest first; `None`: from the first, to the last.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn technical_events(
        &self,
        from: Option<Day>,
        to: Option<Day>,
    ) -> Result<Vec<Entry>, TillError> {
        let zone = self.zone();
        let from = from.map_or(UnixMs(i64::MIN), |day| bounds(day, &zone).0);
        let before = to.map_or(UnixMs(i64::MAX), |day| bounds(day, &zone).1);
        let read = move |file: &mut JournalFile| file.technical_entries(from, before);
        Ok(self.inner.journal.call(read).await?)
    }
}

impl Inner {
    pub(super) async fn append_event(&self, event: Event) -> Result<(), JournalError> {
        let now = self.clock.now();
        let append = move |file: &mut JournalFile| file.append_event(event, now);
        self.journal.call(append).await
    }

    /// Writes down which fields of the settings are about to change; nothing when none does.
    pub(super) fn record_settings(
        &self,
        before: &Settings,
        now: &Settings,
    ) -> Result<(), TillError> {
        let fields = now.changed_since(before);
        if fields.is_empty() {
            return Ok(());
        }
        let event = Event::SettingsChanged {
            fields: fields.into_iter().map(str::to_owned).collect(),
            settings: now.fingerprint(self.till_id),
            shared: None,
        };
        let at = self.clock.now();
        let append = move |file: &mut JournalFile| file.append_event(event, at);
        Ok(self.journal.call_blocking(append)?)
    }
}

/// Writes a technical event into the shop's journal while no till of this program has it open: from the command line,
/// or while the practice till is open.
///
/// # Errors
/// [`TillError::Journal`]; nothing was written then.
pub fn append_to_closed_journal(
    config: &Config,
    event: Event,
    now: UnixMs,
) -> Result<(), TillError> {
    let (_presence, _) = register_presence(config)?;
    let mut file = JournalFile::open(&config.book_journal(), Purpose::Live, now)?;
    let cashiers = Settings::load(&config.data_dir).cashiers;
    file.set_cashier(CashierFile::in_folder(&config.data_dir).read(&cashiers));
    Ok(file.append_event(event, now)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_written_down_once_a_day_and_for_each_version() {
        const DAY: i64 = 24 * 60 * 60 * 1000;
        let last = |at, version: &str| Some((UnixMs(at), version.to_owned()));
        for (last, now, recorded) in [
            (None, 0, true),
            (last(0, VERSION), 1, false),
            (last(0, VERSION), DAY - 1, false),
            (last(0, VERSION), DAY, true),
            (last(0, "0.0.9"), 1, true),
            // A clock that was far ahead must not silence the till for years.
            (last(9 * DAY, VERSION), 0, true),
        ] {
            let now = UnixMs(now);
            assert_eq!(
                ProgramStart::Brief.is_recorded(last.as_ref(), now),
                recorded
            );
            assert!(ProgramStart::Lasting.is_recorded(last.as_ref(), now));
        }
    }
}
