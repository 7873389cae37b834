//! A missing, locked, empty or unresponsive keychain: each has its own error.

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
