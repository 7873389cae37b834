//! A missing, locked, empty or unresponsive keychain, one without a place for the key, with several keys or with what is
//! no key: each has its own error, and a way out.

use std::io::Write as _;
use std::process::Stdio;

use zbus::blocking::connection::Builder;

use ringup_testkit::gateway::KEY;
use ringup_testkit::{Counter, Desktop, KeychainState, error_code, refused};

/// Runs each command that needs the key; returns their exit codes and error codes.
fn every_way(counter: &Counter) -> Vec<(i32, String)> {
    let charge = counter.run(["charge", "12.50", "EUR"]);
    let status = counter.run(["key", "status"]);
    let clear = counter.run(["key", "clear"]);
    let set = counter.set_key(KEY);
    [charge, status, clear, set]
        .into_iter()
        .map(|(code, out, errors)| {
            assert_eq!(out, "", "nothing is claimed");
            (code, error_code(&errors).to_owned())
        })
        .collect()
}

/// Checks that the gateway was not called.
fn nothing_was_asked(counter: &Counter) {
    let remote = &counter.remote;
    assert_eq!((remote.count("create"), remote.count("info")), (0, 0));
}

#[test]
fn no_service_is_told() {
    let counter = Counter::without_key(KeychainState::Missing);
    for (code, told) in every_way(&counter) {
        assert_eq!((code, told.as_str()), (1, "keychain_no_service"));
    }
    nothing_was_asked(&counter);
}

#[test]
fn no_session_bus_is_no_service() {
    let counter = Counter::without_key(KeychainState::Missing);
    let nowhere = format!("unix:path={}", counter.file("no-bus").display());
    let mut status = counter.ringup();
    status.env("DBUS_SESSION_BUS_ADDRESS", nowhere);
    refused(status.args(["key", "status"]), 1, "keychain_no_service");
}

#[test]
fn a_locked_keychain_is_told_and_not_waited_for() {
    let counter = Counter::without_key(KeychainState::Locked);
    // If the till waited for it, the error would be `keychain_hangs`.
    for (code, told) in every_way(&counter) {
        assert_eq!((code, told.as_str()), (1, "keychain_locked"));
    }
    nothing_was_asked(&counter);
}

#[test]
fn no_key_yet_is_an_answer() {
    let counter = Counter::without_key(KeychainState::Open);
    let (code, out, _) = counter.run(["key", "status"]);
    assert_eq!((code, out.as_str()), (0, "none\n"));
    counter.refuses(["charge", "12.50", "EUR"], 1, "key_missing");
    nothing_was_asked(&counter);
}

#[test]
fn a_silent_keychain_is_given_up_on() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    // This service owns the keychain's name and answers nothing.
    let _silent = Builder::address(desktop.bus_address())
        .and_then(|builder| builder.name("org.freedesktop.secrets"))
        .and_then(Builder::build)
        .unwrap();
    refused(
        desktop.ringup().args(["key", "status"]),
        1,
        "keychain_hangs",
    );
}

/// Stores a secret as another program would, beside those that are there: each has a mark of its own.
fn store_by_hand(counter: &Counter, mark: &str, secret: &str) {
    let user = counter.remote.url.strip_prefix("http://").unwrap();
    let user = user.strip_suffix("/v1").unwrap();
    let mut store = counter
        .desktop
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

fn charges(counter: &Counter) -> (i32, String) {
    let (code, _, errors) = counter.run(["charge", "12.50", "EUR", "--no-wait"]);
    (code, error_code(&errors).to_owned())
}

#[test]
fn several_different_keys_are_told_and_a_new_one_replaces_them_all() {
    let counter = Counter::without_key(KeychainState::Open);
    store_by_hand(&counter, "one", KEY);
    store_by_hand(&counter, "two", "another-key");
    assert_eq!(charges(&counter), (1, "keychain_ambiguous".to_owned()));
    nothing_was_asked(&counter);
    counter.take_key();
    assert_eq!(charges(&counter).0, 0);

    store_by_hand(&counter, "three", "a-third-key");
    let (code, out, _) = counter.run(["key", "clear", "--lose-open"]);
    assert_eq!(code, 0, "{out}");
    let (code, out, _) = counter.run(["key", "status"]);
    assert_eq!((code, out.as_str()), (0, "none\n"), "all of them are gone");
}

#[test]
fn the_same_key_twice_and_a_newline_after_it_are_a_key() {
    let counter = Counter::without_key(KeychainState::Open);
    store_by_hand(&counter, "one", &format!("{KEY}\n"));
    assert_eq!(charges(&counter).0, 0);
    store_by_hand(&counter, "two", KEY);
    assert_eq!(charges(&counter).0, 0);
}

#[test]
fn what_cannot_be_a_key_is_told_and_replaced() {
    let counter = Counter::without_key(KeychainState::Open);
    for secret in ["two words", "line\nline", "\n", "ключ"] {
        store_by_hand(&counter, "one", secret);
        let told = charges(&counter);
        assert_eq!(told, (1, "keychain_not_a_key".to_owned()), "{secret:?}");
    }
    nothing_was_asked(&counter);
    counter.take_key();
    assert_eq!(charges(&counter).0, 0);
}

#[test]
fn a_keychain_without_a_place_for_the_key_says_so() {
    let counter = Counter::without_key(KeychainState::NoCollection);
    let (code, out, _) = counter.run(["key", "status"]);
    assert_eq!((code, out.as_str()), (0, "none\n"));
    let (code, out, errors) = counter.set_key(KEY);
    assert_eq!(
        (code, out.as_str(), error_code(&errors)),
        (1, "", "keychain_no_collection")
    );
}
