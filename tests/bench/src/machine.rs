//! One line about the machine, so that results of two machines are not compared by mistake.

use std::path::Path;
use std::process::Command;

pub(crate) fn describe(folder: &Path) -> String {
    let cpu =
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory_kib: u64 = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .unwrap_or(0);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("?").to_owned();
    let disk = said("df", &["--output=fstype", &folder.to_string_lossy()]);
    let disk = disk.lines().last().unwrap_or("?").trim().to_owned();
    let sqlite = said("sqlite3", &["--version"]);
    let sqlite = sqlite
        .split_whitespace()
        .next()
        .unwrap_or("none")
        .to_owned();
    format!(
        "{cpu}, {cores} cores, {} GiB, Linux {}, {disk}, load {load} at the start; sqlite3 {sqlite}",
        memory_kib / 1024 / 1024,
        kernel.trim(),
    )
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':')
        .map(|(_, value)| value.trim().to_owned())
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(
        |_| String::new(),
        |output| String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}
