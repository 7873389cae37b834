//! A day in the window, and the next: thirty sales of all kinds, refunds, the report, the close. Every sum on the screen
//! is made a second time from the exported book.

use crate::book::{added_up, exported, minor, shown};
use ringup_testkit::{Desktop, Window, newest_invoice};

const KEY: &str = "canary-key-5520";

/// With this poll interval, the half hour after which settlement is polled becomes some seconds.
const POLL_MS: u32 = 20;

/// What becomes of a sale.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Paid,
    Settled,
    Ended,
    Late,
    /// After the end a new QR is paid, and then the old one too.
    Twice,
    Refunded,
    LeftOpen,
}

use Fate::{Ended, Late, LeftOpen, Paid, Refunded, Settled, Twice};

/// The day: the amounts, and what becomes of each sale.
const DAY: [(&str, &str, Fate); 28] = [
    ("EUR", "12.50", Paid),
    ("EUR", "3.05", Settled),
    ("USD", "8.99", Paid),
    ("RUB", "150.25", Settled),
    ("EUR", "7.77", Ended),
    ("EUR", "41.00", Refunded),
    ("USD", "19.90", Late),
    ("EUR", "2.20", Paid),
    ("RUB", "999.99", Paid),
    ("EUR", "5.00", LeftOpen),
    ("EUR", "6.66", Late),
    ("USD", "100.01", Refunded),
    ("EUR", "1.01", Settled),
    ("RUB", "2500.00", Ended),
    ("EUR", "33.33", Paid),
    ("USD", "4.20", Settled),
    ("EUR", "64.10", Refunded),
    ("RUB", "480.40", Late),
    ("EUR", "9.95", Paid),
    ("EUR", "15.15", Settled),
    ("USD", "55.00", Ended),
    ("EUR", "28.00", Twice),
    ("RUB", "700.07", Refunded),
    ("EUR", "1.99", Late),
    ("USD", "3.33", Paid),
    ("EUR", "11.11", LeftOpen),
    ("EUR", "80.80", Settled),
    ("EUR", "4.04", Paid),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_a_mixed_day_is_what_the_exported_book_adds_up_to() {
    // Two sales are in test mode; then the same gateway takes real money.
    let gateway = ringup_practice::start(options(0, true))
        .await
        .expect("it starts");
    let url = gateway.base_url();
    let desktop = Desktop::with_screen(1280, 800);
    let window = Window::open_with(desktop, &url, &[], POLL_MS).await;
    window.first_run(KEY).await;
    for amount in ["5.00", "7.00"] {
        charge(&window, "EUR", amount).await;
        pay(&window, &gateway.control()).await;
    }
    let port = gateway.port();
    gateway.stop().await;
    let gateway = ringup_practice::start(options(port, false)).await;
    let gateway = gateway.expect("it starts on the same port");
    let customer = gateway.control();
    let mut left_open = Vec::new();
    for (index, (currency, amount, fate)) in DAY.into_iter().enumerate() {
        // The test sales came first, and numbers begin at one.
        let number = index + 3;
        charge(&window, currency, amount).await;
        let invoice = newest_invoice(&customer);
        if fate == LeftOpen {
            window.tap("payment-next").await;
            left_open.push(invoice);
        } else {
            play(&window, &customer, &invoice, number, fate).await;
        }
        window.find("pad").await;
    }

    // The X report.
    let settled = DAY.iter().filter(|(_, _, fate)| *fate == Settled).count();
    until_settled(&window.desktop, settled);
    window.tap("nav-day").await;
    let day = shown(&window, "day-total").await;
    window.screenshot("day").await;
    let book = exported(&window.desktop);
    assert_eq!(book.iter().filter(|row| row["test"] == "true").count(), 2);
    assert_eq!(day, added_up(&book), "the day, and the book");
    assert_eq!(day.len(), 3, "of three currencies");
    assert_eq!(
        window.text("day-open-sums").await,
        "If they are paid €16.11"
    );
    let open: i64 = book
        .iter()
        .filter(|row| row["open"] == "true")
        .map(|row| minor(&row["charged"]))
        .sum();
    assert_eq!(open, 1611);

    // The Z report asks about open sales, has the same sums, and shows the journal's head.
    window.tap_to("day-close", "close-open").await;
    window.screenshot("day-close").await;
    window.tap("close-day-confirm").await;
    let head = window.text("close-head").await;
    window.screenshot("day-z").await;
    for (currency, figures) in shown(&window, "close-total").await {
        for (name, figure) in figures {
            assert_eq!(
                day[&currency].get(&name),
                Some(&figure),
                "{currency} {name}"
            );
        }
    }
    window.tap("close-done").await;
    window.wait_until_gone("close-report").await;
    let closed = "SELECT lower(hex(hash)) FROM entry WHERE kind = 'day_closed'";
    assert_eq!(window.desktop.query_journal(closed).trim(), head);

    // The next day begins with the carried sales. The day before stays as it was.
    let mut desktop = window.close().await;
    desktop.set_clock("+1d");
    let window = Window::open_with(desktop, &url, &[], POLL_MS).await;
    window.find("pad").await;
    customer.pay(&left_open[0]).expect("paid");
    window.find("alarm").await;
    window.tap("alarm-dismiss").await;
    charge(&window, "USD", "17.00").await;
    pay(&window, &customer).await;
    window.tap("nav-day").await;
    let next = shown(&window, "day-total").await;
    window.screenshot("day-next").await;
    let book = exported(&window.desktop);
    let today = window.attribute("day", "data-day").await;
    let (of_today, before): (Vec<_>, Vec<_>) =
        book.into_iter().partition(|row| row["day"] == today);
    assert_eq!(next, added_up(&of_today));
    assert_eq!((next["EUR"]["paid"], next["USD"]["paid"]), (500, 1700));
    window.tap("day-earlier").await;
    window.wait_for_attribute("day", "aria-busy", "false").await;
    assert_eq!(shown(&window, "day-total").await, day);
    assert_eq!(added_up(&before), day);

    window.tap("day-later").await;
    window.tap("day-close").await;
    window.tap_to("close-day-confirm", "close-report").await;
    assert!(window.text("close-report").await.contains("Z 2"));
    for (currency, figures) in shown(&window, "close-total").await {
        for (name, figure) in figures {
            assert_eq!(
                next[&currency].get(&name),
                Some(&figure),
                "{currency} {name}"
            );
        }
    }
    let verified = window.desktop.ringup().arg("verify").output();
    assert!(verified.expect("runs").status.success());
    window.close().await;
}

/// Lets the customer do this with the sale on the screen, and goes back to the pad.
async fn play(
    window: &Window,
    customer: &ringup_practice::Control,
    invoice: &str,
    number: usize,
    fate: Fate,
) {
    match fate {
        Paid | Settled | Refunded => {
            pay(window, customer).await;
            if fate == Settled {
                customer.process(invoice).expect("processed");
            }
            if fate == Refunded {
                refund(window, number).await;
            }
        }
        Ended | LeftOpen => {
            end(window, customer, invoice).await;
            window.tap("payment-next").await;
        }
        Late => {
            end(window, customer, invoice).await;
            customer.pay_late(invoice).expect("paid");
            put_away(window).await;
            window.wait_until_gone("alarm").await;
        }
        Twice => {
            end(window, customer, invoice).await;
            window.tap("payment-retry").await;
            window.wait_for_state("payment", "awaiting").await;
            pay(window, customer).await;
            customer.pay_late(invoice).expect("paid");
            window.wait_for_alarm("twice").await;
            window.tap("alarm-dismiss").await;
            window.wait_until_gone("alarm").await;
        }
    }
}

fn options(port: u16, test_mode: bool) -> ringup_practice::Options {
    ringup_practice::Options {
        port,
        key: Some(KEY.to_owned()),
        test_mode,
        ..ringup_practice::Options::default()
    }
}

async fn charge(window: &Window, currency: &str, amount: &str) {
    window.tap(&format!("pad-currency-{currency}")).await;
    window.open_sale(amount).await;
}

async fn pay(window: &Window, customer: &ringup_practice::Control) {
    let invoice = newest_invoice(customer);
    customer
        .choose_coin(&invoice, "USDT", "TRC20")
        .expect("chosen");
    customer.pay(&invoice).expect("paid");
    put_away(window).await;
}

async fn put_away(window: &Window) {
    window.find("paid").await;
    window.tap_to("paid-done", "pad").await;
}

async fn end(window: &Window, customer: &ringup_practice::Control, invoice: &str) {
    customer.end(invoice).expect("ended");
    window.wait_for_state("payment", "ended").await;
}

/// Refunds one euro, dollar or rouble of a sale.
async fn refund(window: &Window, number: usize) {
    window.tap_to("nav-sales", "sale-row").await;
    window
        .script(&format!(
            "document.querySelector('[data-testid=sale-row][data-number=\"{number}\"]').click()"
        ))
        .await;
    window.tap("sale-refund").await;
    window.fill("refund-amount", "1.00").await;
    window.fill("refund-reason", "Ein Teil kam zurück").await;
    window.tap("refund-save").await;
    window.wait_until_gone("refund").await;
    window.find("sale-refund-row").await;
    window.tap_to("nav-pad", "pad").await;
}

/// Waits until this many sales are settled, which the till polls slowly.
fn until_settled(desktop: &Desktop, count: usize) {
    let sql = "SELECT count(*) FROM sale WHERE settled";
    ringup_testkit::wait_until("every settled sale is known", || {
        desktop.query_journal(sql) == format!("{count}\n")
    });
}
