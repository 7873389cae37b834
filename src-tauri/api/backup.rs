//! Backups of the journal, and what can be done when the journal fails: try again, or restore a backup.

use ringup_api_macros::commands;
use ringup_core::JournalState;
use ringup_core::auto_backup::{BackupState, RestoreOffer};
use ringup_core::error::{Code, Fault};

use super::start::Start;
use super::{Answer, Context, Right, file_dialog};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Where the backups go, and how the last one went.
    #[access(Anyone)]
    async fn backup_state(cx: &Context) -> Answer<BackupState> {
        Ok(cx.till().await?.backup_state())
    }

    /// Makes a backup now. Without a folder for backups it asks for one first, which needs the PIN.
    #[access(Anyone)]
    async fn back_up_now(cx: &Context) -> Answer<BackupState> {
        let till = cx.till().await?;
        if till.settings().backup_folder.is_none() {
            cx.require(Right::Settings)?;
            match file_dialog::folder(cx).await? {
                Some(folder) => {
                    cx.require(Right::Settings)?;
                    till.set_backup_folder(Some(&folder))?;
                }
                None => return Ok(till.backup_state()),
            }
        }
        Ok(till.back_up_now().await?)
    }

    /// Has the cashier pick the folder for backups; nothing changes when none is picked.
    #[access(Right(Settings))]
    async fn choose_backup_folder(cx: &Context) -> Answer<BackupState> {
        let till = cx.till().await?;
        match file_dialog::folder(cx).await? {
            Some(folder) => Ok(till.set_backup_folder(Some(&folder))?),
            None => Ok(till.backup_state()),
        }
    }

    /// Makes no more backups.
    #[access(Right(Settings))]
    async fn clear_backup_folder(cx: &Context) -> Answer<BackupState> {
        Ok(cx.till().await?.set_backup_folder(None)?)
    }

    /// Tries a journal that failed once more, without waiting for the till to do it. Selling goes on when it works.
    #[access(Anyone)]
    async fn retry_journal(cx: &Context) -> Answer<JournalState> {
        let till = cx.till().await?;
        // Any call opens the file again, or returns the reason why it cannot be opened.
        till.has_sold().await?;
        match till.journal_state() {
            JournalState::Serving => Ok(JournalState::Serving),
            JournalState::Failing | JournalState::Replaced => Err(Fault::new(
                Code::JournalUnwritable,
                "the journal can be read and not written",
            )),
        }
    }

    /// The newest usable backup of a journal that cannot be opened.
    #[access(Anyone)]
    async fn restore_offer(cx: &Context) -> Answer<Option<RestoreOffer>> {
        cx.app.active_till.newest_offer().await
    }

    /// The backup in a file that somebody picks; `null` when no file was picked.
    #[access(Right(Settings))]
    async fn choose_restore_file(cx: &Context) -> Answer<Option<RestoreOffer>> {
        match file_dialog::file(cx).await? {
            Some(file) => cx.app.active_till.offer_of(file).await.map(Some),
            None => Ok(None),
        }
    }

    /// Restores the backup that was offered, by the hash of its last entry, and opens the till.
    #[access(TypedPin(Settings))]
    async fn restore_from_offer(cx: &Context, head: String) -> Answer<Start> {
        let open = cx.app.active_till.restore(&head).await?;
        Start::of(&open, &cx.app).await
    }
}
