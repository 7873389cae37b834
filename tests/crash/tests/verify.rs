//! Verifying a long journal takes long, and sales do not wait for it. This test is a program of its own because an armed
//! failpoint acts on its whole process.

use std::sync::mpsc::channel;

use ringup_core::failpoints::{Failpoint, arm};
use ringup_testkit::{Shop, TIMEOUT};

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_is_charged_while_the_journal_is_verified() {
    let shop = Shop::without_polling().await;
    shop.open_sale().await;

    let (passed, arrived) = channel();
    let (go_on, may_go_on) = channel::<()>();
    arm(Failpoint::ChainVerified, 0, move || {
        passed.send(()).expect("awaited");
        may_go_on.recv().ok();
    });
    let verifying = tokio::spawn({
        let till = shop.till().clone();
        async move { till.verify().await }
    });
    tokio::task::block_in_place(|| arrived.recv_timeout(TIMEOUT)).expect("under way");

    let second = tokio::time::timeout(TIMEOUT, shop.charge()).await;
    assert_eq!(second.expect("no waiting").number, 2);
    assert!(!verifying.is_finished());
    go_on.send(()).expect("it waits");
    let verified = verifying.await.expect("ended").expect("readable");
    // It verifies the journal as it was when it began.
    assert_eq!(verified.expect("whole").sales, 1);
    let verified = shop.till().verify().await.expect("readable");
    assert_eq!(verified.expect("whole").sales, 2);
}
