//! A missing, locked, empty or unresponsive keychain, one without a place for the key, with several keys or with what is
//! no key: each has its own error, and a way out.

use std::io::Write as _;
use std::process::Stdio;

use zbus::blocking::connection::Builder;

use ringup_testkit::gateway::KEY;
use ringup_testkit::{Desktop, GatewayProgram, KeychainState, error_code, key_set, run};

/// Runs each command that needs the key; returns their exit codes and error codes.
fn every_way(desktop: &Desktop, remote: &GatewayProgram) -> Vec<(i32, String)> {
    let charge = run(remote.ringup(desktop).args(["charge", "12.50", "EUR"]));
    let status = run(remote.ringup(desktop).args(["key", "status"]));
    let clear = run(remote.ringup(desktop).args(["key", "clear"]));
    let set = key_set(remote.ringup(desktop), KEY);
    [charge, status, clear, set]
        .into_iter()
        .map(|(code, out, errors)| {
            assert_eq!(out, "", "nothing is claimed");
            (code, error_code(&errors).to_owned())
        })
        .collect()
}

/// Checks that the gateway was not called.
fn nothing_was_asked(remote: &GatewayProgram) {
    assert_eq!((remote.count("create"), remote.count("info")), (0, 0));
}

#[test]
fn no_service_is_told() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let remote = GatewayProgram::start(&desktop);
    for (code, told) in every_way(&desktop, &remote) {
        assert_eq!((code, told.as_str()), (1, "keychain_no_service"));
    }
    nothing_was_asked(&remote);
}

#[test]
fn no_session_bus_is_no_service() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let remote = GatewayProgram::start(&desktop);
    let nowhere = format!("unix:path={}", desktop.folder().join("no-bus").display());
    let mut status = remote.ringup(&desktop);
    status.env("DBUS_SESSION_BUS_ADDRESS", nowhere);
    let (code, _, errors) = run(status.args(["key", "status"]));
    assert_eq!((code, error_code(&errors)), (1, "keychain_no_service"));
}

#[test]
fn a_locked_keychain_is_told_and_not_waited_for() {
    let desktop = Desktop::without_screen(KeychainState::Locked);
    let remote = GatewayProgram::start(&desktop);
    // If the till waited for it, the error would be `keychain_hangs`.
    for (code, told) in every_way(&desktop, &remote) {
        assert_eq!((code, told.as_str()), (1, "keychain_locked"));
    }
    nothing_was_asked(&remote);
}

#[test]
fn no_key_yet_is_an_answer() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let remote = GatewayProgram::start(&desktop);
    let (code, out, _) = run(remote.ringup(&desktop).args(["key", "status"]));
    assert_eq!((code, out.as_str()), (0, "none\n"));
    let (code, out, errors) = run(remote.ringup(&desktop).args(["charge", "12.50", "EUR"]));
    assert_eq!(
        (code, out.as_str(), error_code(&errors)),
        (1, "", "key_missing")
    );
    nothing_was_asked(&remote);
}

#[test]
fn a_silent_keychain_is_given_up_on() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    // This service owns the keychain's name and answers nothing.
    let _silent = Builder::address(desktop.bus_address())
        .and_then(|builder| builder.name("org.freedesktop.secrets"))
        .and_then(Builder::build)
        .unwrap();
    let (code, out, errors) = run(desktop.ringup().args(["key", "status"]));
    assert_eq!(
        (code, out.as_str(), error_code(&errors)),
        (1, "", "keychain_hangs")
    );
}

/// Stores a secret as another program would, beside those that are there: each has a mark of its own.
fn store_by_hand(desktop: &Desktop, remote: &GatewayProgram, mark: &str, secret: &str) {
    let host = remote.ringup(desktop);
    let url = host
        .get_envs()
        .find_map(|(name, value)| (name == "RINGUP_API_URL").then_some(value?))
        .unwrap();
    let user = url.to_str().unwrap();
    let user = user
        .strip_prefix("http://")
        .unwrap()
        .strip_suffix("/v1")
        .unwrap();
    let mut store = desktop
        .command("secret-tool")
        .args([
            "store",
            "--label",
            mark,
            "service",
            "app.ringup.till",
            "username",
        ])
        .args([format!("api-key@{user}").as_str(), "mark", mark])
        .stdin(Stdio::piped())
        .spawn()
        .expect("libsecret-tools is installed");
    store
        .stdin
        .take()
        .unwrap()
        .write_all(secret.as_bytes())
        .unwrap();
    assert!(store.wait().unwrap().success());
}

fn charges(desktop: &Desktop, remote: &GatewayProgram) -> (i32, String) {
    let mut charge = remote.ringup(desktop);
    let (code, _, errors) = run(charge.args(["charge", "12.50", "EUR", "--no-wait"]));
    (code, error_code(&errors).to_owned())
}

#[test]
fn several_different_keys_are_told_and_a_new_one_replaces_them_all() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let remote = GatewayProgram::start(&desktop);
    store_by_hand(&desktop, &remote, "one", KEY);
    store_by_hand(&desktop, &remote, "two", "another-key");
    assert_eq!(
        charges(&desktop, &remote),
        (1, "keychain_ambiguous".to_owned())
    );
    nothing_was_asked(&remote);
    assert_eq!(key_set(remote.ringup(&desktop), KEY).0, 0);
    assert_eq!(charges(&desktop, &remote).0, 0);

    store_by_hand(&desktop, &remote, "three", "a-third-key");
    let (code, out, _) = run(remote
        .ringup(&desktop)
        .args(["key", "clear", "--lose-open"]));
    assert_eq!(code, 0, "{out}");
    let (code, out, _) = run(remote.ringup(&desktop).args(["key", "status"]));
    assert_eq!((code, out.as_str()), (0, "none\n"), "all of them are gone");
}

#[test]
fn the_same_key_twice_and_a_newline_after_it_are_a_key() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let remote = GatewayProgram::start(&desktop);
    store_by_hand(&desktop, &remote, "one", &format!("{KEY}\n"));
    assert_eq!(charges(&desktop, &remote).0, 0);
    store_by_hand(&desktop, &remote, "two", KEY);
    assert_eq!(charges(&desktop, &remote).0, 0);
}

#[test]
fn what_cannot_be_a_key_is_told_and_replaced() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let remote = GatewayProgram::start(&desktop);
    for secret in ["two words", "line\nline", "\n", "ключ"] {
        store_by_hand(&desktop, &remote, "one", secret);
        let told = charges(&desktop, &remote);
        assert_eq!(told, (1, "keychain_not_a_key".to_owned()), "{secret:?}");
    }
    nothing_was_asked(&remote);
    assert_eq!(key_set(remote.ringup(&desktop), KEY).0, 0);
    assert_eq!(charges(&desktop, &remote).0, 0);
}

#[test]
fn a_keychain_without_a_place_for_the_key_says_so() {
    let desktop = Desktop::without_screen(KeychainState::NoCollection);
    let remote = GatewayProgram::start(&desktop);
    let (code, out, _) = run(remote.ringup(&desktop).args(["key", "status"]));
    assert_eq!((code, out.as_str()), (0, "none\n"));
    let (code, out, errors) = key_set(remote.ringup(&desktop), KEY);
    assert_eq!(
        (code, out.as_str(), error_code(&errors)),
        (1, "", "keychain_no_collection")
    );
}
