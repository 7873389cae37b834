//! A market day in the real window, of sixty sales: cash, cards, vouchers, crypto and what is paid by two of them, changed
//! minds, refunds, held carts, two cashiers, and no network for a third of it; from the float over the count to the Z.
//! Every figure of the Z is what the test's own pencil noted, and what is added up from the exported book.

mod pencil;
mod stall;

use std::collections::BTreeMap;

use ringup_testkit::{
    Desktop, Paper, Printer, PrinterState, Window, key_set, repository, run_with, start_gateway,
    wait_until,
};
use serde_json::{Value, json};

use crate::book::{exported, minor};
use crate::items::cafe;
use pencil::{Figures, Goods, added_up};
use stall::{Chance, Sold, Stall, VOUCHER, euros};

const KEY: &str = "canary-key-4760";
/// Another seed is another day.
const SEED: u64 = 20_261_127;

/// What a customer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Customer {
    /// Pays in cash: exactly (0), by a note (1), by what is typed (2).
    Cash(usize),
    Card,
    Voucher,
    Crypto,
    /// The cashiers change while the code stands.
    CryptoInTwoHands,
    /// Leaves, and pays the code while there is no network.
    CryptoLater,
    /// A part in cash, the rest in crypto.
    CashAndCrypto,
    /// A part by card, the rest in cash.
    CardAndCash,
    /// Two cards.
    TwoCards,
    /// The code stands, and it is paid in cash.
    ChangedMind,
    /// The same, and the code is paid as well.
    PaysTwice,
    /// The card was a mistake of the cashier's: it is taken back, and paid in cash.
    WrongCard,
}
use Customer::{
    Card, CardAndCash, Cash, CashAndCrypto, ChangedMind, Crypto, CryptoInTwoHands, CryptoLater,
    PaysTwice, TwoCards, Voucher, WrongCard,
};

const MORNING: [Customer; 20] = [
    Cash(0),
    Cash(0),
    Cash(1),
    Cash(1),
    Cash(2),
    Card,
    Card,
    Card,
    Crypto,
    Crypto,
    Crypto,
    CryptoInTwoHands,
    CashAndCrypto,
    CashAndCrypto,
    TwoCards,
    Voucher,
    ChangedMind,
    PaysTwice,
    WrongCard,
    CryptoLater,
];
const WITHOUT_NETWORK: [Customer; 20] = [
    Cash(0),
    Cash(0),
    Cash(0),
    Cash(0),
    Cash(1),
    Cash(1),
    Cash(1),
    Cash(1),
    Cash(2),
    Cash(2),
    Card,
    Card,
    Card,
    Card,
    Card,
    Voucher,
    Voucher,
    CardAndCash,
    CardAndCash,
    WrongCard,
];
/// Four more are tables, and one is left open.
const AFTERNOON: [Customer; 15] = [
    Cash(0),
    Cash(0),
    Cash(1),
    Cash(1),
    Cash(2),
    Card,
    Card,
    Crypto,
    Crypto,
    Crypto,
    CashAndCrypto,
    CardAndCash,
    ChangedMind,
    PaysTwice,
    WrongCard,
];

fn pin_of(name: &str) -> &'static str {
    match name {
        "Carl" => "3333",
        "Susi" => "2222",
        _ => "1111",
    }
}

/// All ways to pay, a counted drawer behind a printer, held carts.
fn settings(printer: &Printer) -> Value {
    json!({
        "language": "en", "currency": "EUR", "hold_carts": true,
        "shop": { "name": "Marktstand Öztürk", "address": "Wochenmarkt\n10997 Berlin", "footer": "Danke!" },
        "tax_rates": [{ "name": "A", "rate": 1900 }, { "name": "B", "rate": 700 }], "default_tax": 1900,
        "tenders": [{ "way": "cash" }, { "way": "crypto" }, { "way": "card" },
                    { "way": "own", "id": "voucher", "name": "Voucher" }],
        "cash_rounding": { "EUR": "five" },
        "drawer": { "on": true },
        "printing": { "printer": { "kind": "network", "host": "127.0.0.1", "port": printer.port },
                      "auto_print": true, "drawer": true },
        "cashiers": ["Olga", "Susi", "Carl"],
    })
}

/// A stall with items, all ways to pay, a counted drawer behind a printer, held carts, and cashiers with PINs.
fn shop(printer: &Printer) -> Desktop {
    let desktop = cafe();
    write_settings(&desktop, &settings(printer));
    for (name, role) in [
        ("Olga", "owner"),
        ("Susi", "supervisor"),
        ("Carl", "cashier"),
    ] {
        let mut add = desktop.ringup();
        add.args(["staff", "add", name, "--role", role]);
        let (status, _, errors) = run_with(&mut add, pin_of(name));
        assert_eq!(status, 0, "{errors}");
    }
    desktop
}

fn write_settings(desktop: &Desktop, settings: &Value) {
    let file = desktop.data_dir().join("settings.json");
    std::fs::write(file, settings.to_string()).expect("written");
}

impl Stall {
    async fn serve(&mut self, customer: Customer) {
        let (minor, goods) = self.ring_up().await;
        let part = 200 + 100 * i64::try_from(self.chance.below(2)).expect("small");
        let mut tender = match customer {
            CashAndCrypto => "split",
            CardAndCash | TwoCards => "parts",
            Cash(2) => "note",
            PaysTwice => "twice",
            WrongCard => "wrong",
            _ => "cash",
        };
        match customer {
            Cash(how) => self.cash(minor, how).await,
            Card | Voucher => {
                tender = if customer == Card { "card" } else { VOUCHER };
                self.tender(tender, minor).await;
            }
            Crypto | CryptoInTwoHands | CryptoLater => {
                tender = "crypto";
                let invoice = self.code(minor).await;
                if customer == CryptoLater {
                    self.window.tap_to("payment-next", "pad").await;
                    self.later = Some((invoice, minor, goods));
                    return;
                }
                if customer == CryptoInTwoHands {
                    self.hands_over_to(self.other()).await;
                }
                self.pay(&invoice, minor);
            }
            CashAndCrypto => {
                self.part("cash", part, minor - part).await;
                let invoice = self.code(minor - part).await;
                self.pay(&invoice, minor - part);
            }
            CardAndCash => {
                self.part("card", part, minor - part).await;
                self.cash(minor - part, 0).await;
            }
            TwoCards => {
                self.part("card", part, minor - part).await;
                self.tender("card", minor - part).await;
            }
            ChangedMind | PaysTwice => {
                let invoice = self.code(minor).await;
                self.window
                    .tap_to("payment-otherwise", "choose-tender-code")
                    .await;
                self.cash(minor, 0).await;
                self.window.find("paid-code-watched").await;
                if customer == PaysTwice {
                    self.paid(minor, &goods, tender).await;
                    self.pay(&invoice, minor);
                    self.pencil.add("twice", minor);
                    self.pencil.add("twice count", 1);
                    self.rings("twice").await;
                    return;
                }
                self.customer.end(&invoice).expect("ended");
            }
            WrongCard => {
                self.tender("card", minor).await;
                let number = self.window.attribute("paid", "data-number").await;
                self.window.tap_to("paid-done", "pad").await;
                self.look_up(number.parse().expect("a number")).await;
                self.window.tap("tender-take-back").await;
                self.window.fill("tender-back-reason", "It was cash").await;
                self.window.tap("tender-back-save").await;
                self.is_lent().await;
                self.window.wait_until_gone("tender-back").await;
                self.pencil.takes_back(self.at, "card", minor);
                self.window.tap_to("sale-show", "payment").await;
                self.cash(minor, 0).await;
            }
        }
        self.paid(minor, &goods, tender).await;
    }

    /// Serves these customers in any order; after so many, the cashiers change.
    async fn serve_all(&mut self, customers: &[Customer], change_after: usize) {
        let mut customers = customers.to_vec();
        self.chance.shuffle(&mut customers);
        for (place, customer) in customers.into_iter().enumerate() {
            if place % change_after == change_after - 1 {
                self.hands_over_to(self.other()).await;
            }
            self.serve(customer).await;
        }
    }

    /// The tables of the afternoon: one pays in part, its rest is joined with another; one is given up.
    async fn tables(&mut self) {
        self.take_up("Table 1").await;
        self.window.tap_to("cart-line", "cart-less").await;
        self.window.tap("cart-less").await;
        let goods = Goods::from([(1900, 350), (700, 420)]);
        self.cash(770, 0).await;
        self.paid(770, &goods, "cash").await;
        self.take_up("Table 1").await;
        self.take_up("Table 2").await;
        let goods = Goods::from([(1900, 350 + 390), (700, 250)]);
        self.tender("card", 990).await;
        self.paid(990, &goods, "card").await;
        self.take_up("Bar").await;
        let invoice = self.code(320).await;
        self.pay(&invoice, 320);
        self.paid(320, &Goods::from([(1900, 320)]), "crypto").await;
        self.take_up("Gone").await;
        self.window.tap_to("cart-hold", "hold-drop").await;
        self.window.tap("hold-drop").await;
        self.window.fill("drop-cart-reason", "They left").await;
        self.window.tap("drop-cart-save").await;
        self.window.wait_until_gone("drop-cart").await;
    }

    /// Customers who come back, each with a sale of another kind.
    async fn refunds(&mut self) {
        let of = |tender: &str| {
            let mut sold = self.sold.iter().filter(|sold| sold.tender == tender);
            // Cash that was rounded when it came, and is when it goes.
            sold.find(|sold| sold.minor % 5 != 0 || tender != "cash")
                .cloned()
        };
        let [cash, card, crypto, twice] =
            ["cash", "card", "crypto", "twice"].map(|it| of(it).expect("one"));
        if self.at == "Susi" {
            self.hands_over_to("Carl").await;
        }
        // All of it, taxes and all; the supervisor lends it.
        self.refund(&cash, "cash", cash.minor, &cash.goods).await;
        self.refund(&card, "card", card.minor, &card.goods).await;
        self.refund(&crypto, "by_hand", crypto.minor, &crypto.goods)
            .await;
        self.hands_over_to("Susi").await;
        // What was paid twice was for no goods.
        self.refund(&twice, "by_hand", twice.minor, &Goods::new())
            .await;
    }

    /// Counts the drawer: what should be there, less a coin or two.
    async fn count(&mut self) {
        let counted = self.pencil.in_drawer() - 35;
        self.window.tap("nav-day").await;
        self.window.tap("drawer-count").await;
        let mut left = counted;
        for piece in [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5] {
            let pieces = left / piece;
            left %= piece;
            if pieces > 0 {
                self.window
                    .fill(&format!("count-{piece}"), &pieces.to_string())
                    .await;
            }
        }
        assert_eq!(left, 0, "rounded cash needs no small coins");
        self.window
            .wait_for_text("count-sum", &euros(counted))
            .await;
        self.window.fill("count-left", "150").await;
        self.window.screenshot("market-count").await;
        self.window.tap("count-save").await;
        self.window.wait_for_text("count-difference", "0.35").await;
        self.window.tap("count-done").await;
        self.pencil.counts(counted, 15_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_a_market_day_is_what_the_pencil_and_the_exported_book_say() {
    let began = std::time::Instant::now();
    let gateway = start_gateway(KEY).await;
    let printer = Printer::start(48, PrinterState::Ready);
    let desktop = shop(&printer);
    let mut key = desktop.ringup();
    key.env("RINGUP_API_URL", gateway.base_url());
    assert_eq!(key_set(key, KEY).0, 0);
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.find("pad").await;
    let mut stall = Stall::new(window, gateway.control(), Chance(SEED));
    stall.hands_over_to("Carl").await;

    stall.float(15_000).await;
    stall.hold("Table 1", &["item-1", "item-1", "item-2"]).await;
    stall.hold("Table 2", &["item-3", "item-8"]).await;
    stall.serve_all(&MORNING, 7).await;
    stall.move_cash("out", 1_250).await;

    stall.network(false).await;
    stall.hold("Bar", &["item-5"]).await;
    stall.hold("Gone", &["item-9"]).await;
    stall.serve_all(&WITHOUT_NETWORK, 9).await;
    stall.window.screenshot("market-no-network").await;
    let (invoice, minor, goods) = stall.later.take().expect("one left");
    stall.pay(&invoice, minor);
    stall.network(true).await;
    stall.rings("paid").await;
    stall.pencil.sells(&goods);

    stall.serve_all(&AFTERNOON, 6).await;
    stall.tables().await;
    stall.refunds().await;
    stall.serve(Cash(1)).await;
    // One is left open, and carried over.
    let (minor, _) = stall.ring_up().await;
    stall.code(minor).await;
    stall.window.tap_to("payment-next", "pad").await;
    stall.move_cash("drop", 5_000).await;
    stall.count().await;

    let Stall {
        window,
        pencil,
        pulses,
        sold,
        ..
    } = stall;
    let pencil = pencil.figures();
    close_and_compare(&window, &pencil).await;
    let desktop = window.close().await;
    assert_eq!(desktop.query_journal("SELECT count(*) FROM sale"), "60\n");

    // The drawer opened with cash alone, once each time, and each sale that was paid has one receipt.
    wait_until("all is printed", || {
        let papers = printer.papers();
        let pulsed: usize = papers.iter().map(|paper| paper.drawer_pulses).sum();
        let receipts = papers.iter().filter(|paper| paper.cuts == 1).count();
        (pulsed, receipts) == (pulses, 59)
    });
    let desktop = on_paper(desktop, &gateway.base_url(), &printer, &sold, &pencil).await;
    println!("the market day took {:?}", began.elapsed());
    let verified = desktop.ringup().arg("verify").output().expect("runs");
    assert!(verified.status.success(), "{verified:?}");
    gateway.stop().await;
}

/// Closes the day, and compares the Z with the pencil and with the exported book.
async fn close_and_compare(window: &Window, pencil: &Figures) {
    window.tap("nav-day").await;
    window.tap_to("day-close", "close-open").await;
    window.tap_to("close-day-confirm", "close-report").await;
    window.screenshot("market-z").await;
    window.wait_for_text("close-report", "Voucher (3)").await;
    let z = on_the_screen(window).await;
    assert_eq!(&z, pencil, "the Z, and the pencil");
    let book = exported(&window.desktop);
    // Who signed on and what moved the drawer without a sale is in no export; it is read from the journal.
    let events = window.desktop.query_journal(
        "SELECT json_patch(body, json_object('seq', seq, 'kind', kind)) FROM entry
         WHERE kind IN ('signed_on', 'cash_moved', 'cash_counted') ORDER BY seq",
    );
    let events: Vec<Value> = events
        .lines()
        .map(|line| serde_json::from_str(line).expect("an entry"))
        .collect();
    assert_eq!(
        &added_up(&book, &events),
        pencil,
        "the exported book, and the pencil"
    );
}

/// Prints receipts of four kinds and the Z in every language, keeps pictures of them, and compares the sums on the Z.
async fn on_paper(
    mut desktop: Desktop,
    url: &str,
    printer: &Printer,
    sold: &[Sold],
    pencil: &Figures,
) -> Desktop {
    let mut settings = settings(printer);
    for language in ["en", "de", "ru"] {
        settings["language"] = json!(language);
        settings["printing"]["auto_print"] = json!(false);
        write_settings(&desktop, &settings);
        let save = |paper: &Paper, what: &str| {
            let path = repository().join(format!("target/window/paper-{language}-{what}.png"));
            paper.image().save(path).expect("saved");
        };
        for what in ["note", "split", "twice"] {
            let cents = |sold: &&Sold| sold.tender == what && sold.minor % 5 != 0;
            let number = sold.iter().find(cents).expect("one").number.to_string();
            let mut print = desktop.ringup();
            print.env("RINGUP_API_URL", url);
            print.args(["receipt", &number, "--print"]);
            let (status, _, errors) = run_with(&mut print, "");
            assert_eq!(status, 0, "{errors}");
            let paper = printer.papers().pop().expect("paper");
            assert_eq!(paper.drawer_pulses, 0, "a copy opens nothing");
            save(&paper, what);
        }
        let papers = printer.papers().len();
        let window = Window::open(desktop, url).await;
        window.tap_to("nav-day", "day-z").await;
        // The list of closes is far down beside the drawer's, in a column that scrolls by itself.
        window
            .script("document.querySelector('[data-testid=day-z]').click()")
            .await;
        window.find("close-print").await;
        window.tap("close-print").await;
        let is_printed = |paper: &Paper| paper.cuts == 1;
        wait_until("the Z is printed", || {
            printer.papers().iter().skip(papers).any(is_printed)
        });
        let paper = printer.papers().pop().expect("paper");
        save(&paper, "z");
        let text = paper.text();
        let sums: Vec<i64> = text.lines().filter_map(sum_of_line).collect();
        for (name, sum) in pencil.iter().filter(|(name, _)| !name.ends_with("count")) {
            assert!(
                sums.contains(&sum.abs()),
                "{language}: {name} {sum} is not on\n{text}"
            );
        }
        desktop = window.close().await;
    }
    desktop
}

/// The amount at the end of a printed line, without its sign.
fn sum_of_line(line: &str) -> Option<i64> {
    let (_, end) = line.rsplit_once("  ")?;
    let digits: String = end.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The figures of the Z by the pencil's names.
async fn on_the_screen(window: &Window) -> Figures {
    let read = window
        .script(
            "const report = document.querySelector('[data-testid=close-report]');
             const figures = (part, name) => [...report.querySelectorAll(part + ' [data-figure]')].map((sum) =>
               [name(sum.dataset), sum.previousElementSibling.textContent, sum.textContent]);
             const of = (it) => [it.figure, it.tender ?? it.way ?? it.rate].filter(Boolean).join(' ');
             const by = (sum) => (sum.dataset.figure === 'paid' ? 'by ' : 'refunds by ') + sum.parentElement.dataset.cashier;
             return [
               ...figures('[data-testid=close-total]', of),
               ...figures('[data-testid=close-drawer]', (it) => it.figure.replace('-', ' ')),
               ...[...report.querySelectorAll('[data-testid=cashier-sums] [data-figure]')].map((sum) =>
                 [by(sum), sum.previousElementSibling.textContent, sum.textContent])];",
        )
        .await;
    let mut figures: BTreeMap<String, i64> = BTreeMap::new();
    for figure in read.as_array().expect("a list") {
        let [name, words, sum] = [0, 1, 2].map(|at| figure[at].as_str().expect("text"));
        let counted = ["tax", "coin", "drawer"]
            .iter()
            .all(|other| !name.starts_with(other));
        if counted && words.contains(|letter: char| letter.is_ascii_digit()) {
            figures.insert(format!("{name} count"), minor(words));
        }
        figures.insert(name.to_owned(), minor(sum));
    }
    // The pencil knows no categories.
    figures.retain(|name, figure| *figure != 0 && !name.starts_with("category"));
    figures
}
