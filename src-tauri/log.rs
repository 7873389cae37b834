//! The program's log: a file a day in the data folder, a fortnight of them. It holds no key and no
//! customer's address.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

const DAYS_KEPT: usize = 14;

/// Logs into `data_dir/logs` from now on; without a log if that cannot be.
pub(crate) fn to_folder(data_dir: &Path) {
    let folder = data_dir.join("logs");
    if ringup_core::make_private_folder(&folder).is_err() {
        return;
    }
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("ringup")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(folder);
    let Ok(appender) = appender else {
        return;
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A second call (there is none) would be refused and change nothing.
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(appender)
        .try_init()
        .ok();
}
