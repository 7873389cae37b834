//! The till's window. It shows the program's own screens and goes nowhere else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Emitter as _, Manager as _, Url, WebviewWindowBuilder};
use tokio::sync::broadcast::error::RecvError;

use till::config::Config;
use till::{Till, TillEvent};

use crate::commands;
use crate::counter::{Counter, Mode, OpenTill};

/// The cashier's window, as `tauri.conf.json` calls it.
pub(crate) const TILL: &str = "till";

/// Opens the window and stays until it is closed.
pub(crate) fn run(config: Config, mode: Mode) -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    let _bus = crate::portal::keep_out_of_the_way();
    tauri::Builder::default()
        // First of all plugins: a second program must end before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            to_front(app)
        }))
        .plugin(tauri_plugin_dialog::init())
        .manage(commands::day::Exporting::default())
        .invoke_handler(tauri::generate_handler![
            commands::start,
            commands::switch_mode,
            commands::charge,
            commands::try_again,
            commands::stop_waiting,
            commands::check_now,
            commands::look_at,
            commands::sale,
            commands::book::sales,
            commands::book::sale_detail,
            commands::book::payment_seen,
            commands::book::set_note,
            commands::book::refund,
            commands::book::take_back_refund,
            commands::book::close_review,
            commands::day::report,
            commands::day::close_day,
            commands::day::closes,
            commands::day::print_close,
            commands::day::export,
            commands::day::cancel_export,
            commands::open_sales,
            commands::qr,
            commands::save_settings,
            commands::set_key,
            commands::clear_key,
            commands::key_status,
            commands::practice_act,
            commands::receipt::receipt,
            commands::receipt::print_receipt,
            commands::receipt::save_receipt,
            commands::receipt::receipt_opened_in_dialog,
            commands::receipt::printer_test,
            commands::backup::backup_state,
            commands::backup::back_up_now,
            commands::backup::choose_backup_folder,
            commands::backup::clear_backup_folder,
            commands::backup::restore_offer,
            commands::backup::choose_restore_file,
            commands::backup::restore_from_offer,
        ])
        .setup(move |app| {
            let handle = app.handle().clone();
            let turn = Arc::new(AtomicU64::new(0));
            let counter = Counter::new(config, mode, move |open| {
                let mine = turn.fetch_add(1, Ordering::Relaxed) + 1;
                forward(handle.clone(), open, mine, Arc::clone(&turn));
            });
            app.manage(counter);
            // The till opens while the screen loads.
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                if let Err(fault) = handle.state::<Counter>().open().await {
                    tracing::error!(%fault, "the till cannot be opened");
                }
            });
            open_window(app.handle())?;
            Ok(())
        })
        .run(tauri::generate_context!())
}

fn open_window(app: &AppHandle) -> tauri::Result<()> {
    for config in &app.config().app.windows {
        let window = WebviewWindowBuilder::from_config(app, config)?
            .on_navigation(is_ours)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .build()?;
        #[cfg(target_os = "linux")]
        window.with_webview(|webview| {
            use webkit2gtk::WebViewExt as _;
            // The engine's own menu would offer *reload* and *back*.
            webview.inner().connect_context_menu(|_, _, _, _| true);
            // A page that crashed comes back where it was: nothing that matters lived in it.
            webview.inner().connect_web_process_terminated(|view, how| {
                tracing::error!(?how, "the screen's process ended; loading it anew");
                view.reload();
            });
        })?;
        #[cfg(target_os = "linux")]
        crate::colours::follow(window);
        #[cfg(not(target_os = "linux"))]
        drop(window);
    }
    Ok(())
}

/// Someone started the program again: here it is.
fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(TILL) {
        for step in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(error) = step {
                tracing::warn!(%error, "the window cannot be brought to the front");
            }
        }
    }
}

/// Whether an address is one of the program's own pages.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Where a webview knows no schemes of an app's own.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Tells the screen what happens at a till, until another one stands on the counter.
fn forward(app: AppHandle, open: &OpenTill, mine: u64, turn: Arc<AtomicU64>) {
    let mut events = open.till.events();
    let mode = open.mode;
    tauri::async_runtime::spawn(async move {
        loop {
            let event = events.recv().await;
            if turn.load(Ordering::Relaxed) != mine {
                return;
            }
            match event {
                Ok(event) => tell(&app, event),
                Err(RecvError::Lagged(_)) => {
                    // The till is asked anew rather than held here: it must be able to close.
                    if let Ok(open) = app.state::<Counter>().open().await
                        && open.mode == mode
                    {
                        tell_all(&app, &open.till).await;
                    }
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

async fn tell_all(app: &AppHandle, till: &Till) {
    for sale in till.open_sales().await.unwrap_or_default() {
        tell(app, TillEvent::SaleChanged(Box::new(sale)));
    }
}

fn tell(app: &AppHandle, event: TillEvent) {
    let sent = match event {
        TillEvent::SaleChanged(sale) => app.emit_to(TILL, "sale-changed", sale),
        TillEvent::NetworkChanged(network) => app.emit_to(TILL, "network-changed", network),
        TillEvent::Checked(checked) => app.emit_to(TILL, "checked", checked),
        TillEvent::BackupChanged(state) => app.emit_to(TILL, "backup-state", state),
        TillEvent::JournalChanged(state) => app.emit_to(TILL, "journal-changed", state),
        TillEvent::Fault(fault) => app.emit_to(TILL, "till-fault", fault),
    };
    if let Err(error) = sent {
        tracing::warn!(%error, "the screen was not told");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_nothing_but_the_programs_own_pages() {
        let ours = |text| is_ours(&Url::parse(text).expect("a URL"));
        assert!(ours("tauri://localhost/index.html"));
        for text in [
            "https://pay.cru.cash/invoice/1",
            "http://127.0.0.1:4141/invoice/1",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!ours(text), "{text}");
        }
    }
}
