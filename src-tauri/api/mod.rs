//! The commands that the screens may call. Each is declared once, as a function: its name, its arguments, its
//! answer and who may call it. The handler of calls ([`mod@handler`]), the windows' permissions for Tauri
//! (`src-tauri/permissions`) and the TypeScript client (`ui/src/bindings/commands.ts`) are made from these
//! declarations; the tests of this module write the files.
//!
//! To add a command, write its function under one of the topics, run `cargo test -p ringup --lib`, and call it from
//! a screen.
//!
//! A command returns a [`Fault`] and never the API key.

mod arguments;
mod backup;
#[cfg(test)]
mod bindings;
mod book;
mod carts;
mod day;
mod display;
mod drawer;
mod file_dialog;
mod handler;
mod items;
mod kiosk;
mod lock;
mod office;
mod practice;
mod receipts;
mod sales;
mod settings;
mod staff;
mod start;
#[cfg(test)]
mod tests;

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tauri::WebviewWindow;

use ringup_core::error::Fault;
use ringup_core::journal::approval;
use ringup_core::staff::{Call, Passed, Right};
use ringup_core::{Till, TillError};

use crate::windows::AppState;
use crate::windows::cashier::CASHIER;
use crate::windows::display::DISPLAY;
use arguments::{Arguments, Secret};
use day::RunningExport;
pub(crate) use handler::handler;

/// What a command answers.
type Answer<T> = Result<T, Fault>;

/// An answer as JSON, once it is there.
type Running = Pin<Box<dyn Future<Output = Answer<String>> + Send>>;

/// A command as it was declared.
#[derive(Debug)]
pub struct Command {
    /// As it crosses from the page.
    pub name: &'static str,
    /// The only window that may call it.
    pub window: Window,
    /// The names of its arguments, as they cross from the page.
    pub arguments: &'static [&'static str],
    access: Access,
    run: fn(Context, Arguments) -> Running,
    /// Its name in TypeScript.
    #[cfg(test)]
    method: &'static str,
    #[cfg(test)]
    docs: &'static [&'static str],
    #[cfg(test)]
    signature: fn(&mut bindings::Signature),
}

/// A window of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// The cashier's.
    Cashier,
    /// The customer's display.
    Display,
}

impl Window {
    fn label(self) -> &'static str {
        match self {
            Self::Cashier => CASHIER,
            Self::Display => DISPLAY,
        }
    }
}

/// Who may call a command. The handler checks it before the command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Whoever is at the window.
    Anyone,
    /// Where cashiers have PINs of their own: one who is signed on. Otherwise as `Anyone`, and so are customers who serve
    /// themselves.
    SignedOn,
    /// Where cashiers have PINs of their own: whoever has this right, or is lent it for this call. Otherwise whoever has
    /// entered the shop's PIN, once it has one.
    Right(Right),
    /// As `Right`, proved for this call. The shop's PIN is one more argument, `typedPin`; a cashier's is lent. For what
    /// must not be done by somebody who finds the till unlocked.
    TypedPin(Right),
    /// In kiosk mode whoever has entered a PIN, otherwise as `Anyone`.
    PinInKiosk,
    /// Where customers serve themselves whoever has entered a PIN, otherwise as `Anyone`.
    Staff,
    /// As `Anyone`, in practice mode only.
    Practice,
}

impl Access {
    /// Checks a call before its command runs. `typed_pin` was taken out of its arguments.
    ///
    /// # Errors
    /// `pin_needed`, `right_needed`, `practice_only`; those of `ActiveTill::open` where it depends on the till, and those
    /// of a wrong PIN.
    async fn check(self, cx: &Context, typed_pin: Option<Secret>) -> Answer<()> {
        match self {
            Self::TypedPin(right) if cx.app.active_till.guard().in_force() => {
                cx.require_with(right, true)
            }
            Self::TypedPin(_) => {
                let typed = typed_pin.map(|pin| pin.0);
                cx.app.active_till.check_typed_pin(typed).await
            }
            _ => self.check_again(cx).await,
        }
    }

    /// The check of a command that has waited for somebody, at a file dialog. A PIN that belongs to the call was
    /// checked before.
    async fn check_again(self, cx: &Context) -> Answer<()> {
        let active_till = &cx.app.active_till;
        match self {
            Self::Anyone | Self::TypedPin(_) => Ok(()),
            Self::SignedOn => active_till.check_signed_on().await,
            Self::Right(right) => cx.require(right),
            Self::PinInKiosk if cx.app.kiosk.is_on() => Ok(active_till.guard().require_open()?),
            Self::PinInKiosk => Ok(()),
            Self::Staff => active_till.check_staff().await,
            Self::Practice => active_till.check_practice().await,
        }
    }
}

/// All commands, in the order of the client and of the permissions.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    [
        start::Commands::COMMANDS,
        sales::Commands::COMMANDS,
        carts::Commands::COMMANDS,
        book::Commands::COMMANDS,
        drawer::Commands::COMMANDS,
        day::Commands::COMMANDS,
        receipts::Commands::COMMANDS,
        items::Commands::COMMANDS,
        settings::Commands::COMMANDS,
        lock::Commands::COMMANDS,
        staff::Commands::COMMANDS,
        kiosk::Commands::COMMANDS,
        backup::Commands::COMMANDS,
        office::Commands::COMMANDS,
        practice::Commands::COMMANDS,
        display::Commands::COMMANDS,
        display::CustomerCommands::COMMANDS,
    ]
    .into_iter()
    .flatten()
}

/// What a command works with.
pub(crate) struct Context {
    app: Arc<AppState>,
    export: Arc<RunningExport>,
    /// Who may call the command.
    access: Access,
    call: Call,
    /// The right that was lent to this call, and when.
    lent: Mutex<Option<(Right, Instant)>>,
    /// `None` when the window has gone since the call, and in tests.
    window: Option<WebviewWindow>,
}

/// A lent right lasts as long as an unlocked till, for a call that waits for somebody at a file dialog.
const LENT_FOR: Duration = Duration::from_secs(5 * 60);

impl Context {
    /// The open till; opens it if it is not open.
    async fn till(&self) -> Answer<Till> {
        Ok(self.app.active_till.open().await?.till)
    }

    /// Lets the call pass if whoever is at the till has this right, or is lent it for this call.
    ///
    /// # Errors
    /// `right_needed`; `pin_needed` where the shop's PIN holds alone.
    fn require(&self, right: Right) -> Answer<()> {
        self.require_with(right, false)
    }

    /// The same where cashiers have PINs of their own. Where none has, everybody at the till may do it, without the shop's
    /// PIN too.
    ///
    /// # Errors
    /// `right_needed`.
    fn require_of_staff(&self, right: Right) -> Answer<()> {
        match self.app.active_till.guard().in_force() {
            true => self.require(right),
            false => Ok(()),
        }
    }

    fn require_with(&self, right: Right, typed: bool) -> Answer<()> {
        let mut lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        let is_lent = |(it, at): &(Right, Instant)| *it == right && at.elapsed() < LENT_FOR;
        if lent.as_ref().is_some_and(is_lent) {
            return Ok(());
        }
        if let Passed::Lent(by) = self.app.active_till.require(right, &self.call, typed)? {
            approval::lent_by(by);
            *lent = Some((right, Instant::now()));
        }
        Ok(())
    }

    /// The window that calls.
    fn window(&self) -> Answer<&WebviewWindow> {
        let gone = || internal("the window that called has gone");
        self.window.as_ref().ok_or_else(gone)
    }
}

/// An answer as it crosses to the page.
fn to_json(answer: &impl Serialize) -> Answer<String> {
    serde_json::to_string(answer).map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Fault {
    Fault::from(TillError::Internal(error.to_string()))
}
