//! Everything that the cashier's page needs when it starts, in one answer.

use std::time::Duration;

use ringup_api_macros::commands;
use serde::Serialize;

use ringup_core::auto_backup::BackupState;
use ringup_core::error::{Code, Fault, FieldError};
use ringup_core::i18n::system_language;
use ringup_core::items::Item;
use ringup_core::money::{Currency, Money};
use ringup_core::office::OfficeState;
use ringup_core::pin::LockView;
use ringup_core::sale::SaleView;
use ringup_core::settings::{Settings, SettingsRules};
use ringup_core::staff::StaffView;
use ringup_core::updates::UpdateState;
use ringup_core::{CartView, JournalState, KeyStatus, LastPolled, NetworkState, SharedStatus};

use super::arguments::Listener;
use super::{Answer, Context};
use crate::active_till::{Mode, OpenTill};
use crate::windows::AppState;
use crate::windows::page::ScreenEvent;

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// The till as it is now; everything that happens from now on is sent to `events`.
    #[access(Anyone)]
    async fn start(cx: &Context, events: Listener<ScreenEvent>) -> Answer<Start> {
        // Connected first: what changes while this is answered must not be lost.
        cx.app.cashier_page.attach_page(events.connect(cx)?);
        let open = cx.app.active_till.open().await?;
        Start::of(&open, &cx.app).await
    }
}

/// A keychain that does not answer must not hold up the page, which is to be there within two seconds.
const KEY_WAIT: Duration = Duration::from_millis(600);

/// The till as the page finds it.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
pub(super) struct Start {
    /// Whose money the till handles.
    mode: Mode,
    /// The program's version.
    version: String,
    /// The till's short code.
    till: String,
    settings: Settings,
    /// Settings that could not be read and have their defaults; `settings.json` for the whole file.
    unread_settings: Vec<FieldError>,
    settings_rules: SettingsRules,
    /// The shop's items, in its order.
    items: Vec<Item>,
    /// `None`: the keychain has not answered.
    key: Option<KeyStatus>,
    /// Why it has not.
    key_fault: Option<Fault>,
    /// In practice mode, before the first sale: the page explains how to sell.
    first_sale: bool,
    open_sales: Vec<SaleView>,
    /// The carts that are held.
    held_carts: Vec<CartView>,
    /// Payments that nobody has acknowledged: these ring.
    unseen_sales: Vec<SaleView>,
    checked: Vec<LastPolled>,
    network: NetworkState,
    backup: BackupState,
    /// Whether the back office has what the till has written.
    office: OfficeState,
    /// What the till has of the shop's shared settings.
    shared: Option<SharedStatus>,
    /// What is known of a newer version.
    update: UpdateState,
    /// Unless it is serving, nothing can be sold.
    journal: JournalState,
    /// Why the journal does not go on from what is known of it.
    history_fault: Option<Fault>,
    /// The PIN's lock.
    lock: LockView,
    /// The shop's cashiers.
    staff: StaffView,
    /// Who is at the till.
    cashier: Option<String>,
    /// Whether kiosk mode is on.
    kiosk: bool,
    limits: Vec<Limits>,
    /// The gateway, as people name it.
    gateway: String,
    /// BCP 47.
    system_language: String,
}

/// The amounts that the gateway accepts in a currency.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
struct Limits {
    currency: Currency,
    minimum: Money,
    maximum: Money,
}

impl Start {
    /// The till as it is now.
    pub(super) async fn of(open: &OpenTill, app: &AppState) -> Answer<Self> {
        let till = &open.till;
        let (key, key_fault) = match tokio::time::timeout(KEY_WAIT, till.key_status()).await {
            Ok(Ok(status)) => (Some(status), None),
            Ok(Err(error)) => (None, Some(Fault::from(error))),
            Err(_) => {
                let fault = Fault::new(Code::KeychainHangs, "the keychain has not answered yet");
                (None, Some(fault))
            }
        };
        Ok(Self {
            mode: open.mode,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            till: till.code().to_string(),
            settings: till.settings(),
            unread_settings: till.unread_settings(),
            settings_rules: SettingsRules::current(),
            items: till.items(),
            key,
            key_fault,
            first_sale: open.mode == Mode::Practice && !till.has_sold().await?,
            open_sales: till.open_sales().await?,
            held_carts: till.held_carts().await?,
            unseen_sales: till.list_alarms().await?,
            checked: till.last_polled(),
            network: till.network(),
            backup: till.backup_state(),
            office: till.office_state(),
            shared: till.shared_settings(),
            update: till.update_state(),
            journal: till.journal_state(),
            history_fault: till.history_fault(),
            lock: app.active_till.guard().view(),
            staff: app.active_till.staff_view_of(till),
            cashier: till.cashier(),
            kiosk: app.kiosk.is_on(),
            limits: Currency::ALL
                .into_iter()
                .map(|currency| Limits {
                    currency,
                    minimum: currency.minimum(),
                    maximum: currency.maximum(),
                })
                .collect(),
            gateway: till.gateway_name().to_owned(),
            system_language: system_language(),
        })
    }
}
