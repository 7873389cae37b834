//! Stopping, and what is still there afterwards.

use std::time::Duration;

use ringup_practice::{CallFault, Endpoint, Options, StartError, Target, start};

use crate::support::{KEY, shop, shop_with};

#[tokio::test]
async fn invoices_and_the_port_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        key: Some(KEY.into()),
        state_file: Some(folder.path().join("practice.json")),
        ..Options::default()
    };
    let first = shop_with(options.clone()).await;
    let (port, id) = (first.gateway.port(), first.created().await);
    first.control.choose_coin(&id, "TON", "TON").unwrap();
    let before = first.control.invoices();
    first.gateway.stop().await;
    let second = shop_with(options).await;
    assert_eq!(second.gateway.port(), port);
    assert_eq!(second.control.invoices(), before);
    second.control.pay(&id).unwrap();
    assert_eq!(second.info(&id).await["crypto"], "TON");
}

#[tokio::test]
async fn each_answer_is_kept_before_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("practice.json");
    let options = Options {
        state_file: Some(file.clone()),
        ..Options::default()
    };
    let shop = shop_with(options).await;
    let id = shop.created().await;
    assert!(std::fs::read_to_string(&file).unwrap().contains(&id));
    shop.control.pay(&id).unwrap();
    assert!(std::fs::read_to_string(&file).unwrap().contains("\"paid\""));
    shop.control.reset();
    assert!(!std::fs::read_to_string(&file).unwrap().contains(&id));
}

#[tokio::test]
async fn without_a_file_nothing_is_kept() {
    let first = shop().await;
    let id = first.created().await;
    first.gateway.stop().await;
    let second = shop().await;
    assert_eq!(second.ask(&id).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_an_error_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let state_file = Some(folder.path().join("no such folder/practice.json"));
    let error = start(Options {
        state_file,
        ..Options::default()
    })
    .await
    .unwrap_err();
    assert!(matches!(error, StartError::StateFile { .. }), "{error}");
}

#[tokio::test]
async fn stopping_cuts_off_what_hangs_and_frees_the_port() {
    let shop = shop().await;
    let port = shop.gateway.port();
    shop.spoil(Target::Create, CallFault::Hang);
    let call = tokio::spawn(shop.call("create", &crate::support::order()).send());
    shop.called(Endpoint::Create, 1).await;
    tokio::time::timeout(Duration::from_secs(1), shop.gateway.stop())
        .await
        .unwrap();
    assert!(call.await.unwrap().is_err());
    let again = start(Options {
        port,
        ..Options::default()
    })
    .await
    .unwrap();
    assert_eq!(again.port(), port);
}

#[tokio::test]
async fn dropping_the_gateway_stops_it() {
    let shop = shop().await;
    let (port, id) = (shop.gateway.port(), shop.created().await);
    let request = shop.ask(&id);
    drop(shop.gateway);
    let stopped = async {
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), stopped)
        .await
        .unwrap();
    assert!(request.send().await.is_err());
}
