//! The API key is in the keychain and nowhere else, whatever is logged and whatever fails.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use ringup_testkit::{Desktop, GatewayProgram, KeychainState, Program, key_set, run};

const CANARY: &str = "canary-5f1c9e0d7b3a4826";
/// The canary in base64 at each of the three alignments, without the letters at its ends that depend on neighbours.
const ENCODED: [&str; 3] = [
    "Y2FuYXJ5LTVmMWM5ZTBkN2IzYTQ4Mj",
    "NhbmFyeS01ZjFjOWUwZDdiM2E0ODI2",
    "jYW5hcnktNWYxYzllMGQ3YjNhNDgyN",
];

fn assert_clean(place: &str, bytes: &[u8]) {
    // Bytes that are no text are replaced; the canary would remain.
    let text = String::from_utf8_lossy(bytes);
    for canary in [&[CANARY][..], &ENCODED].concat() {
        assert!(!text.contains(canary), "the key is in {place}");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| match path.symlink_metadata().unwrap() {
            it if it.is_dir() => files(&path),
            it if it.is_file() => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

#[test]
fn the_key_is_in_no_file_and_no_line() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let mut command = desktop.ringup();
    let remote = GatewayProgram::start_as(command.arg("practice-gateway").env("RUST_LOG", "trace"));
    let ringup = || {
        let mut ringup = remote.ringup(&desktop);
        ringup
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full");
        ringup
    };
    let mut told = Vec::new();
    let mut tell = |what: &str, (code, out, errors): (i32, String, String)| {
        told.push((format!("{what} (exit {code})"), out + errors.as_str()));
        code
    };
    let charge = ["charge", "12.50", "EUR", "--json"];

    assert_eq!(tell("set", key_set(ringup(), CANARY)), 0);
    assert_eq!(tell("status", run(ringup().args(["key", "status"]))), 0);
    for act in [
        json!({"status": {"code": 401}}),
        json!({"status": {"code": 422, "body": {"text": "<h1>No</h1>"}}}),
        json!({"status": {"code": 502}}),
        json!("reset_before_work"),
        json!("close_after_work"),
        json!({"body": {"text": "{"}}),
        json!({"edit": {"set": {"/pay_url": "https://evil.example/"}}}),
    ] {
        remote.add_fault(&json!({"endpoint": "create", "act": act}));
        assert_eq!(tell("a charge that fails", run(ringup().args(charge))), 4);
    }
    let no_wait = run(ringup().args(charge).arg("--no-wait"));
    let sale: Value = serde_json::from_str(no_wait.1.lines().last().unwrap()).unwrap();
    assert_eq!(tell("a charge", no_wait), 0);

    remote.add_fault(&json!({"endpoint": "info", "act": {"status": {"code": 403}}}));
    assert_eq!(
        tell("a watch refused", run(ringup().args(["watch", "--json"]))),
        1
    );
    remote.act(&sale, "pay");
    assert_eq!(tell("a watch", run(ringup().args(["watch", "--json"]))), 0);
    let mut killed = Program::start(ringup().args(charge));
    killed.sale_in_state("awaiting");
    killed.kill();
    tell("doctor", run(ringup().args(["doctor", "--json"])));
    assert_eq!(tell("verify", run(ringup().args(["verify", "--json"]))), 0);
    // A key pasted with other text is refused, and the error does not repeat it.
    let twice = format!("{CANARY} {CANARY}");
    assert_eq!(tell("a key that is none", key_set(ringup(), &twice)), 1);
    let clear = ["key", "clear", "--lose-open"];
    assert_eq!(tell("clear", run(ringup().args(clear))), 0);

    for (what, text) in &told {
        assert_clean(what, text.as_bytes());
    }
    let mut logged = String::new();
    for path in files(desktop.folder()) {
        let bytes = fs::read(&path).unwrap();
        assert_clean(&path.display().to_string(), &bytes);
        if path.extension().is_some_and(|kind| kind == "log") {
            logged.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    // If nothing were logged, the search would prove nothing.
    assert!(logged.contains("TRACE") && logged.contains("hyper"));
}

/// With a terminal, which `script` (util-linux) provides.
#[test]
fn a_key_that_is_typed_is_not_shown() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let ringup = desktop.ringup();
    let program = ringup.get_program().to_str().unwrap();
    let mut terminal = Command::new("script");
    terminal.args(["--quiet", "--return", "--command"]);
    terminal.args([&format!("'{program}' key set"), "/dev/null"]);
    for (name, value) in ringup.get_envs() {
        match value {
            Some(value) => terminal.env(name, value),
            None => terminal.env_remove(name),
        };
    }
    let piped = terminal.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    let (mut keyboard, mut screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (mut shown, mut byte) = (Vec::new(), [0]);
    while !shown.ends_with(b"Key: ") {
        screen.read_exact(&mut byte).unwrap();
        shown.extend(byte);
    }
    // The program writes the prompt a moment before it turns the terminal's echo off.
    std::thread::sleep(Duration::from_millis(300));
    writeln!(keyboard, "{CANARY}").unwrap();
    screen.read_to_end(&mut shown).unwrap();
    assert!(child.wait().unwrap().success());
    let shown = String::from_utf8(shown).unwrap();
    assert_eq!(
        shown.trim_end().rsplit("Key: ").next().unwrap().trim(),
        "stored"
    );
    assert_clean("the terminal", shown.as_bytes());
}
