//! From a page's call to its answer. Tauri has checked the window's permissions before; everything is checked
//! here once more, against the declaration of the command itself.

use std::sync::{Arc, Mutex};

use ringup_core::journal::approval;
use ringup_core::staff;
use tauri::ipc::{Invoke, InvokeBody, InvokeError, InvokeResponseBody};
use tauri::{Manager as _, WebviewWindow, Wry};

use super::arguments::Arguments;
use super::day::RunningExport;
use super::{Access, Answer, Command, Context, commands, internal};
use crate::windows::{AppState, state};

/// A page's call.
pub(super) struct Call {
    /// The label of the page's window.
    pub(super) window: String,
    pub(super) command: String,
    pub(super) body: InvokeBody,
}

/// What a call comes with, whatever it asks.
pub(super) struct Caller {
    pub(super) app: Arc<AppState>,
    pub(super) export: Arc<RunningExport>,
    /// `None` when the window has gone since the call, and in tests.
    pub(super) window: Option<WebviewWindow>,
}

/// The handler of all calls, for Tauri's builder.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    let export = Arc::<RunningExport>::default();
    move |invoke| {
        let webview = invoke.message.webview_ref();
        let call = Call {
            window: webview.label().to_owned(),
            command: invoke.message.command().to_owned(),
            body: invoke.message.payload().clone(),
        };
        let caller = Caller {
            app: state(webview),
            export: Arc::clone(&export),
            window: webview.get_webview_window(&call.window),
        };
        invoke.resolver.respond_async_serialized(async move {
            match answer(caller, call).await {
                Ok(json) => Ok(InvokeResponseBody::Json(json)),
                Err(fault) => Err(InvokeError::from(fault)),
            }
        });
        true
    }
}

/// Answers a call in JSON.
///
/// # Errors
/// `internal` for a command that does not exist or is another window's, and for arguments of the wrong type;
/// those of [`super::Access::check`]; those of the command.
pub(super) async fn answer(caller: Caller, call: Call) -> Answer<String> {
    let command = find(&call)?;
    let Caller {
        app,
        export,
        window,
    } = caller;
    let mut arguments = Arguments::new(call.body);
    let typed_pin = match command.access {
        Access::TypedPin(_) => arguments.take("typedPin")?,
        _ => None,
    };
    let cx = Context {
        app,
        export,
        access: command.access,
        call: staff::Call::new(command.name, &arguments.to_bytes()),
        lent: Mutex::default(),
        window,
    };
    approval::with_approvals(async {
        command.access.check(&cx, typed_pin).await?;
        (command.run)(cx, arguments).await
    })
    .await
}

fn find(call: &Call) -> Answer<&'static Command> {
    let Call {
        window,
        command: name,
        ..
    } = call;
    let declared = commands().find(|command| command.name == name);
    let command = declared.ok_or_else(|| internal(format!("there is no command `{name}`")))?;
    if command.window.label() != window {
        return Err(internal(format!(
            "the window `{window}` may not call `{name}`"
        )));
    }
    Ok(command)
}
