//! The back office of this till: which it is, what has arrived there, pairing and leaving.

use ringup_api_macros::commands;
use ringup_core::error::{Code, Fault};
use ringup_core::items::Item;
use ringup_core::pin::LockView;
use ringup_core::settings::Settings;
use ringup_core::staff::StaffView;
use ringup_core::{OfficeStatus, SharedStatus};
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::arguments::Secret;
use super::{Answer, Context, file_dialog};

/// Far longer than any pairing code.
const MAX_FILE_BYTES: u64 = 4096;

pub(super) struct Commands;

/// What an office shares, as the till has it.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
pub(super) struct TakenOver {
    settings: Settings,
    items: Vec<Item>,
    staff: StaffView,
    lock: LockView,
    cashier: Option<String>,
    /// `None`: nothing is shared with this till.
    shared: Option<SharedStatus>,
}

#[commands(Cashier)]
impl Commands {
    /// What is known of the back office; `null`: the till is not paired with one.
    #[access(Anyone)]
    async fn office_status(cx: &Context) -> Answer<Option<OfficeStatus>> {
        Ok(cx.till().await?.office_status().await?)
    }

    /// Pairs the till with the office that shows this code. It holds a secret, which works once.
    #[access(Right(Settings))]
    async fn pair_with_office(cx: &Context, code: Secret) -> Answer<OfficeStatus> {
        let till = cx.till().await?;
        Ok(till.pair_with_office(code.0.expose_secret()).await?)
    }

    /// The same with the code in a file that somebody picks; `null` when no file was picked.
    #[access(Right(Settings))]
    async fn pair_with_office_by_file(cx: &Context) -> Answer<Option<OfficeStatus>> {
        let till = cx.till().await?;
        let Some(file) = file_dialog::file(cx).await? else {
            return Ok(None);
        };
        let unreadable =
            |error: std::io::Error| Fault::new(Code::OfficeCodeInvalid, error.to_string());
        let code = read_code(&file).map_err(unreadable)?;
        Ok(Some(till.pair_with_office(&code).await?))
    }

    /// What the till has now of all that its office may have changed.
    #[access(Anyone)]
    async fn taken_over(cx: &Context) -> Answer<TakenOver> {
        let till = cx.till().await?;
        Ok(TakenOver {
            settings: till.settings(),
            items: till.items(),
            staff: cx.app.active_till.staff_view_of(&till),
            lock: cx.app.active_till.guard().view(),
            cashier: till.cashier(),
            shared: till.shared_settings(),
        })
    }

    /// Offers this till's items, taxes, cashiers and texts to the office, whose owner may make them the shop's.
    #[access(Right(Settings))]
    async fn offer_settings(cx: &Context) -> Answer<()> {
        Ok(cx.till().await?.offer_settings().await?)
    }

    /// Leaves the office: nothing more is sent there.
    #[access(Right(Settings))]
    async fn leave_office(cx: &Context) -> Answer<()> {
        Ok(cx.till().await?.leave_office().await?)
    }
}

/// The beginning of a file, which may be any.
fn read_code(file: &std::path::Path) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut code = String::new();
    let file = std::fs::File::open(file)?;
    file.take(MAX_FILE_BYTES).read_to_string(&mut code)?;
    Ok(code)
}
