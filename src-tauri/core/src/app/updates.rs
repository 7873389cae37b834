//! The till looks for a newer version of itself, where the settings say so ([`crate::updates`]). A practice till never
//! does: it has no settings of the shop's.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

use super::{Inner, Till, TillError, TillEvent};
use crate::journal::JournalError;
use crate::sale::{Purpose, SaleState};
use crate::settings::{UpdateSettings, UpdateSource};
use crate::updates::{
    Decision, KeptLook, LookFile, LookLimits, UpdateState, UpdateTrouble, Version, decide,
    fetch_notice,
};

/// A machine that has just been switched on is not on the network yet, and its till has better to do.
const FIRST_AFTER: Duration = Duration::from_secs(5 * 60);
/// How soon a quiet moment, another day or other settings are noticed.
const CHECK_EVERY: Duration = Duration::from_secs(60);

/// What this till knows of a newer version.
#[derive(Debug)]
pub(super) struct UpdateWatch {
    file: LookFile,
    last: Mutex<Option<KeptLook>>,
    /// The state that was sent as an event last.
    sent: Mutex<Option<UpdateState>>,
}

impl UpdateWatch {
    pub(super) fn in_folder(data_dir: &std::path::Path) -> Self {
        let file = LookFile::in_folder(data_dir);
        Self {
            last: Mutex::new(file.read()),
            file,
            sent: Mutex::default(),
        }
    }
}

impl Till {
    /// The same till, which also looks for a newer version. Of all programs that have a journal open, only the window
    /// does.
    #[must_use]
    pub fn with_update_watch(self) -> Self {
        let inner = Arc::clone(&self.inner);
        self.with_task(run(inner))
    }

    /// What is known of a newer version. Whether it may be shown now, the screen knows, which knows what is being typed.
    pub fn update_state(&self) -> UpdateState {
        self.inner.update_state()
    }

    /// Looks for a newer version if the settings say where, no sale is under way and the last look is a day old.
    ///
    /// # Errors
    /// [`TillError::Journal`] when it cannot be read whether a sale is under way; nothing was asked then.
    pub async fn look_for_update(&self, limits: LookLimits) -> Result<UpdateState, TillError> {
        Ok(self.inner.look_for_update(limits).await?)
    }
}

async fn run(till: Arc<Inner>) {
    tokio::time::sleep(FIRST_AFTER).await;
    loop {
        if let Err(error) = till.look_for_update(LookLimits::default()).await {
            tracing::warn!(%error, "no look for a newer version");
        }
        tokio::time::sleep(CHECK_EVERY).await;
    }
}

impl Inner {
    async fn look_for_update(&self, limits: LookLimits) -> Result<UpdateState, JournalError> {
        if let Some((settings, source)) = self.update_source()
            && self.decide_update(&settings, &source, false).look
            && self
                .decide_update(&settings, &source, self.is_sale_under_way().await?)
                .look
            // Before the request, so that a program that dies of it does not ask again at once.
            && self.keep_look(&settings, Err(UpdateTrouble::Unreachable))
        {
            let found = fetch_notice(&source, limits).await;
            if let Err(trouble) = found {
                tracing::info!(trouble = trouble.as_str(), "no notice of a newer version");
            }
            self.keep_look(&settings, found);
        }
        let state = self.update_state();
        if self.updates.sent.lock().replace(state) != Some(state) {
            self.emit(TillEvent::UpdateChanged(state));
        }
        Ok(state)
    }

    fn update_state(&self) -> UpdateState {
        self.update_source()
            .map_or(UpdateState::Off, |(settings, source)| {
                self.decide_update(&settings, &source, false).state
            })
    }

    fn update_source(&self) -> Option<(UpdateSettings, UpdateSource)> {
        let settings = self.settings.get(|settings| settings.updates.clone());
        let source = settings
            .source()
            .filter(|_| self.purpose == Purpose::Live)?;
        Some((settings, source))
    }

    fn decide_update(
        &self,
        settings: &UpdateSettings,
        source: &UpdateSource,
        sale_under_way: bool,
    ) -> Decision {
        let last = self.updates.last.lock();
        let last = last.as_ref().and_then(|last| last.proved(settings, source));
        decide(
            Version::of_this_program(),
            last,
            sale_under_way,
            self.clock.now(),
        )
    }

    /// Whether a customer stands at the till. What is over, or waits for a person to decide, is no sale under way.
    async fn is_sale_under_way(&self) -> Result<bool, JournalError> {
        use SaleState::{Awaiting, Chosen, PartPaid, Requesting};
        let open = self.journal.call(|file| file.open_sales()).await?;
        let state = |sale: &crate::sale::Sale| sale.state();
        Ok(open
            .iter()
            .any(|sale| matches!(state(sale), Requesting | Awaiting | Chosen | PartPaid)))
    }

    /// Keeps what came of a look; says whether it is on the disk.
    fn keep_look(&self, settings: &UpdateSettings, found: Result<Vec<u8>, UpdateTrouble>) -> bool {
        let look = KeptLook::new(self.clock.now(), settings, found);
        let written = self.updates.file.write(&look);
        *self.updates.last.lock() = Some(look);
        written
            .inspect_err(|error| tracing::warn!(%error, "the look for a newer version is not kept"))
            .is_ok()
    }
}
