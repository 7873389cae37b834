//! The program's log: one file a day in the data folder, kept for a fortnight. It contains neither the API key nor
//! a customer's address.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

const MAX_FILES: usize = 14;

/// Writes the log into `data_dir/logs` from now on. If that folder cannot be used there is no log: the till must
/// open all the same.
pub(crate) fn write_to(data_dir: &Path) {
    let folder = data_dir.join("logs");
    if ringup_core::make_private_folder(&folder).is_err() {
        return;
    }
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("ringup")
        .filename_suffix("log")
        .max_log_files(MAX_FILES)
        .build(folder);
    let Ok(appender) = appender else {
        return;
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // It fails only when a subscriber is already set.
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(appender)
        .try_init()
        .ok();
}
