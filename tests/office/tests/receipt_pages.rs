//! Receipts as customers open them: over HTTPS, by whatever address somebody may try, and in a phone's browser.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::i18n::{Language, Messages};
use ringup_core::office::{PublicKey, ReceiptTexts};
use ringup_core::receipt::{self, Charset, ReceiptData};
use ringup_core::sale::{ReceiptToken, Sale};
use ringup_core::settings::{Paper, Shop};
use ringup_testkit::{Chromium, Screen};
use secrecy::SecretString;
use strum::VariantArray as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use office_tests::visitor::{Answer, connect};
use office_tests::{RunningOffice, TestTill, Visitor};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const NOW: UnixMs = UnixMs(1_700_000_000_000);

/// An office with a till, at a time that the test sets.
struct OpenShop {
    office: RunningOffice,
    now: Arc<AtomicI64>,
    till: TestTill,
    token: SecretString,
    key: PublicKey,
}

impl OpenShop {
    async fn open() -> Self {
        let now = Arc::new(AtomicI64::new(NOW.0));
        let clock = {
            let now = Arc::clone(&now);
            Clock::from_fn(move || UnixMs(now.load(Ordering::SeqCst)))
        };
        let office = RunningOffice::start_at(clock).await;
        let till = TestTill::new();
        let (token, key) = office.pair(till.id()).await;
        Self {
            office,
            now,
            till,
            token,
            key,
        }
    }

    fn wait(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    /// Sends all that the till has, and waits until it is folded.
    async fn send(&mut self) {
        let id = self.till.id();
        let held = self.office.store.head(id).await.unwrap().seq;
        let batch = self.till.batch(held);
        let client = self.office.client();
        client
            .send(&self.token, id, &self.key, &batch)
            .await
            .unwrap();
        self.office.store.fold_all(NOW).await.unwrap();
    }

    async fn tell(&self, texts: &ReceiptTexts) {
        let client = self.office.client();
        client.send_receipt_texts(&self.token, texts).await.unwrap();
    }

    /// What somebody is answered who keeps nothing. Each comes from an address of its own as far as limits go: a minute later.
    async fn get(&self, path: &str) -> Answer {
        Visitor::new(self.office.address).get(path).await
    }
}

fn texts() -> ReceiptTexts {
    ReceiptTexts {
        shop: Shop {
            name: Some("Café <Erna> & Söhne".to_owned()),
            address: Some("Hauptstr. 1\n10115 Berlin".to_owned()),
            tax_id: Some("USt-IdNr. DE123456789".to_owned()),
            footer: Some("Danke!".to_owned()),
        },
        paper: Paper::Mm80,
        zone: Some("Europe/Berlin".to_owned()),
        ..ReceiptTexts::default()
    }
}

fn path(sale: &Sale) -> String {
    let token = sale.receipt_token.unwrap();
    token.path()
}

/// All of an answer but when it was given.
fn timeless(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| name != "date");
    (
        answer.status,
        headers.cloned().collect(),
        answer.body.clone(),
    )
}

/// The body of a file, byte for byte.
async fn bytes(office: &RunningOffice, path: &str) -> Vec<u8> {
    let mut stream = connect(office.address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: office\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut whole = Vec::new();
    stream.read_to_end(&mut whole).await.ok();
    let begin = whole.windows(4).position(|four| four == b"\r\n\r\n");
    whole.split_off(begin.unwrap() + 4)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_comes_when_it_is_paid_and_says_what_became_of_it() {
    let mut shop = OpenShop::open().await;
    let sale = shop.till.open_with_receipt(NOW);
    let address = path(&sale);
    let none = shop.get(&address).await;
    assert_eq!(none.status, 404);
    assert!(none.body.contains("on its way"), "{}", none.body);
    assert_eq!(none.header("refresh"), "5; url=?lang=en&look=1");
    shop.send().await;
    assert_eq!(timeless(&shop.get(&address).await), timeless(&none));
    shop.till.pay(&sale, false, true);
    shop.send().await;
    let page = shop.get(&address).await;
    assert_eq!(page.status, 200, "{}", page.body);
    for part in [
        "€12.50",
        "A-000001",
        "table 4",
        "13.42",
        "USDT (TRC20)",
        "came after its time",
    ] {
        assert!(page.body.contains(part), "{part} in {}", page.body);
    }
    assert!(page.body.contains("data-state=\"receipt-paid\""));
    assert!(!page.body.contains("Erna"));
    shop.tell(&texts()).await;
    shop.till.refund(&sale, 250);
    shop.send().await;
    let page = shop.get(&format!("{address}?lang=de")).await;
    for part in [
        "lang=\"de\"",
        "Café &lt;Erna&gt; &amp; Söhne",
        "10115 Berlin",
        "DE123456789",
        "Danke!",
        "12,50\u{a0}€",
        "2,50\u{a0}€ gingen an Sie zurück",
        "data-state=\"receipt-refunded-part\"",
    ] {
        assert!(page.body.contains(part), "{part} in {}", page.body);
    }
    shop.till.refund(&sale, 1000);
    shop.send().await;
    let page = shop.get(&address).await;
    assert!(page.body.contains("data-state=\"receipt-refunded\""));
    let test = shop.till.open_with_receipt(NOW);
    shop.till.pay(&test, true, false);
    shop.send().await;
    let page = shop.get(&path(&test)).await;
    assert!(page.body.contains("worth nothing"), "{}", page.body);
    assert!(page.body.contains("Test: no money was paid"));
    assert!(page.body.contains("data-state=\"receipt-of-test\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_else_is_reached_and_all_that_is_none_is_answered_alike() {
    let mut shop = OpenShop::open().await;
    let unpaid = shop.till.open_with_receipt(NOW);
    let old = shop.till.open_with_receipt(NOW.plus(-91 * DAY_MS));
    shop.till.pay(&old, false, false);
    let paid = shop.till.open_with_receipt(NOW);
    shop.till.pay(&paid, false, false);
    shop.send().await;
    let real = path(&paid);
    assert_eq!(shop.get(&real).await.status, 200);
    let unknown = ReceiptToken::draw().unwrap().path();
    let till = shop.till.id();
    let nothing = timeless(&shop.get(&unknown).await);
    assert_eq!(nothing.0, 404);
    let tried = [
        path(&unpaid),
        path(&old),
        "/r".to_owned(),
        "/r/".to_owned(),
        "/r/x".to_owned(),
        format!("/r/{till}"),
        format!("/r/{till}/1"),
        "/r/A-000003".to_owned(),
        "/r/3".to_owned(),
        format!("{real}/"),
        format!("{real}="),
        format!("{real}/receipt.exe"),
        format!("{real}/../1"),
        format!("/r/../sales/{till}/1"),
        format!("/r/..%2fsales%2f{till}%2f1"),
        "/r/%2e%2e/tills".to_owned(),
        "/r/%00".to_owned(),
        "/r/%ff%fe".to_owned(),
        "/r//".to_owned(),
        real.to_lowercase(),
        format!("/r/{}", "x".repeat(6000)),
        format!("{unknown}/receipt.pdf"),
        format!("{}/receipt.png", path(&old)),
    ];
    for (count, path) in (1..).zip(&tried) {
        if count % 8 == 0 {
            shop.wait(61_000);
        }
        let answer = timeless(&shop.get(path).await);
        assert_eq!(answer, nothing, "{path}");
    }
    // The day before the last is one on which it may be opened.
    let good = shop
        .office
        .store
        .receipt(old.receipt_token.unwrap().hash(), UnixMs(0));
    assert!(good.await.unwrap().is_some());
    shop.now.store(NOW.0 - DAY_MS - 1, Ordering::SeqCst);
    assert_eq!(shop.get(&path(&old)).await.status, 200);
    shop.now.store(NOW.0, Ordering::SeqCst);
    // A page leads nowhere but to its own files and languages.
    shop.wait(61_000);
    let page = shop.get(&real).await.body;
    let links: BTreeSet<&str> = page
        .split("href=\"")
        .skip(1)
        .map(|part| part.split(['"', '?']).next().unwrap())
        .collect();
    let (pdf, png) = (format!("{real}/receipt.pdf"), format!("{real}/receipt.png"));
    let own = BTreeSet::from(["", "/assets/icon.svg", "/assets/pages.css", &*pdf, &*png]);
    assert_eq!(links, own);
    assert!(
        !page.contains(&till.to_string()) && !page.contains("<script") && !page.contains("<form")
    );
    // Nothing but looking is possible.
    let visitor = Visitor::new(shop.office.address);
    assert_eq!(visitor.post_body(&real, "x=y").await.status, 405);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browsers_keep_nothing_tell_nobody_and_run_nothing() {
    let mut shop = OpenShop::open().await;
    let sale = shop.till.open_with_receipt(NOW);
    shop.till.pay(&sale, false, false);
    shop.send().await;
    let real = path(&sale);
    let unknown = ReceiptToken::draw().unwrap().path();
    for path in [
        real.clone(),
        format!("{real}/receipt.pdf"),
        format!("{real}/receipt.png"),
        unknown,
    ] {
        let answer = shop.get(&path).await;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-robots-tag", "noindex, nofollow, noarchive"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'"),
            "{policy}"
        );
        assert!(!policy.contains("script") && policy.contains("form-action 'none'"));
        assert_eq!(answer.cookies(), [""; 0], "{path}");
    }
    let style = shop.get(&real).await;
    let style = style.after("rel=\"stylesheet\" href=\"").to_owned();
    let style = shop.get(&style).await;
    assert_eq!((style.status, style.cookies().len()), (200, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_files_are_the_tills_own_receipt_in_the_customers_language() {
    let mut shop = OpenShop::open().await;
    shop.tell(&texts()).await;
    let sale = shop.till.open_with_receipt(NOW);
    shop.till.pay(&sale, false, false);
    shop.send().await;
    let address = path(&sale);
    // What the till itself would make of its settings and this sale, at the sale's last entry.
    let own = shop.till.journal.sale(sale.number).unwrap().unwrap();
    let settings = texts().settings().unwrap();
    let data = ReceiptData {
        label: "A-000001".to_owned(),
        zone: settings.zone(),
        settings,
        practice: false,
        gateway: None,
        copy: false,
        head: shop.till.journal.head().unwrap().short(),
        signed: None,
        sale: own,
    };
    for language in Language::VARIANTS.iter().copied() {
        let messages = Messages::of(language);
        let rows = receipt::layout(&data, &messages, Charset::Font);
        let title = messages.text_with("slip-title", &[("number", "A-000001")]);
        let pdf = receipt::pdf(&rows, Paper::Mm80, &title, language.tag()).unwrap();
        let png = receipt::png(&rows, Paper::Mm80).unwrap();
        for (form, own) in [("pdf", pdf), ("png", png)] {
            let file = format!("{address}/receipt.{form}?lang={}", language.tag());
            assert!(bytes(&shop.office, &file).await == own, "{file}");
        }
    }
    shop.wait(61_000);
    let file = format!("{address}/receipt.pdf");
    let answer = shop.get(&file).await;
    assert_eq!(answer.header("content-type"), "application/pdf");
    let name = answer.header("content-disposition");
    assert_eq!(name, "inline; filename=\"A-000001.pdf\"");
    let english = bytes(&shop.office, &format!("{address}/receipt.png?lang=en")).await;
    // The same receipt is the same file: what else is sold does not show in it.
    shop.till.sell(2);
    shop.send().await;
    shop.wait(61_000);
    let again = bytes(&shop.office, &format!("{address}/receipt.png?lang=en")).await;
    assert_eq!(english, again);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_too_often_waits_and_no_till_does() {
    let mut shop = OpenShop::open().await;
    let sale = shop.till.open_with_receipt(NOW);
    shop.till.pay(&sale, false, false);
    shop.send().await;
    let mut statuses = Vec::new();
    for _ in 0..250 {
        let guess = ReceiptToken::draw().unwrap().path();
        statuses.push(shop.get(&guess).await.status);
    }
    let refused = statuses.iter().filter(|status| **status == 429).count();
    assert_eq!(refused, 10);
    assert!(statuses.iter().all(|status| matches!(status, 404 | 429)));
    let waits = shop.get(&path(&sale)).await;
    assert_eq!((waits.status, waits.header("retry-after")), (429, "60"));
    assert!(waits.body.contains("receipt-problem"));
    // Tills and owners are counted apart.
    shop.till.sell(1);
    shop.send().await;
    assert_eq!(shop.get("/sign-in").await.status, 200);
    shop.wait(60_000);
    assert_eq!(shop.get(&path(&sale)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_tells_no_words_that_settings_could_not_hold() {
    let shop = OpenShop::open().await;
    let client = shop.office.client();
    let mut long = texts();
    long.shop.footer = Some("x".repeat(401));
    let refused = client.send_receipt_texts(&shop.token, &long).await;
    assert!(refused.unwrap_err().to_string().contains("shop.footer"));
    let stranger = SecretString::from("nobody");
    client
        .send_receipt_texts(&stranger, &texts())
        .await
        .unwrap_err();
    client
        .send_receipt_texts(&shop.token, &texts())
        .await
        .unwrap();
}

const PHONE: Screen = Screen {
    size: (390, 844),
    is_phone: true,
    is_dark: false,
    language: "en",
};

/// What is wrong with the page as it stands: rules of WCAG, and what is wider than the screen.
async fn faults(browser: &Chromium) -> Vec<String> {
    let mut faults = browser.breaches().await;
    let wide = "return document.documentElement.scrollWidth - innerWidth";
    let wide = browser.script(wide).await;
    if wide.as_i64() != Some(0) {
        faults.push(format!("{wide} px wider than the screen"));
    }
    faults
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_phone_it_keeps_the_rules_of_wcag_in_every_language_and_looks_again_by_itself() {
    let mut shop = OpenShop::open().await;
    shop.tell(&texts()).await;
    let [paid, back, test, late] = [(); 4].map(|()| shop.till.open_with_receipt(NOW));
    shop.till.pay(&paid, false, false);
    shop.till.pay(&back, false, false);
    shop.till.refund(&back, 1250);
    shop.till.pay(&test, true, false);
    shop.send().await;
    let host = format!("https://{}", shop.office.address);
    let mut found = Vec::new();
    for (language, is_dark) in [("en", false), ("de", false), ("ru", false), ("en", true)] {
        let browser = Chromium::open(Screen {
            language,
            is_dark,
            ..PHONE
        })
        .await;
        let none = ReceiptToken::draw().unwrap().path();
        let pages = [
            ("paid", path(&paid)),
            ("back", path(&back)),
            ("test", path(&test)),
            ("none", none),
        ];
        for (name, path) in pages {
            shop.wait(61_000);
            browser.goto(&format!("{host}{path}")).await;
            let tag = browser.script("return document.documentElement.lang").await;
            assert_eq!(tag, language);
            let theme = if is_dark { "dark" } else { "light" };
            let name = format!("receipt-{name}-{theme}-{language}");
            browser.picture(&name).await;
            let wrong = faults(&browser).await;
            found.extend(wrong.into_iter().map(|fault| format!("{name}: {fault}")));
        }
        if language == "de" {
            browser.goto(&format!("{host}{}", path(&paid))).await;
            let change = "document.querySelector('[hreflang=ru]').click()";
            browser.script(change).await;
            let russian = "return document.documentElement.lang === 'ru'";
            browser.wait_for("it is Russian", russian).await;
        }
        if language == "en" && !is_dark {
            // Opened before the till has sent that it is paid; nobody touches the phone.
            browser.goto(&format!("{host}{}", path(&late))).await;
            browser.find("receipt-none").await;
            shop.till.pay(&late, false, true);
            shop.send().await;
            browser.find("receipt-amount").await;
            browser.picture("receipt-late-light-en").await;
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
