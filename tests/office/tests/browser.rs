//! The owner's pages in a real browser, a phone's and a desk's: signing in, pairing a till, a page that keeps up with what
//! comes; in three languages, light and dark, judged by axe-core.

use ringup_core::clock::Clock;
use ringup_core::i18n::Language;
use ringup_core::office::{
    PairRequest, PairingCode, ReportedCopies, ReportedPrinter, SecretToken, TillReport,
};
use ringup_office::store::WordWay;
use ringup_office::word::{Outcome, WordKind};
use ringup_testkit::{Chromium, Screen};

use office_tests::{RunningOffice, TestTill};

use crate::pages_book::with_a_shop;

const ANNA: &str = "Anna";
const HERS: &str = "correct horse battery";

const PHONE: Screen = Screen {
    size: (390, 844),
    is_phone: true,
    is_dark: false,
    language: "en",
};
const DESK: Screen = Screen {
    size: (1280, 800),
    is_phone: false,
    is_dark: false,
    language: "en",
};

async fn sign_in(browser: &Chromium, office: &RunningOffice) {
    browser.goto(&format!("https://{}/", office.address)).await;
    browser.fill("name", ANNA).await;
    browser.fill("passphrase", HERS).await;
    browser.tap("sign-in-go").await;
    browser.find("tab-tills").await;
}

/// What is wrong with the page as it stands: rules of WCAG, and what is wider than the screen.
async fn faults(browser: &Chromium) -> Vec<String> {
    let mut faults = browser.breaches().await;
    let wide = browser
        .script("return document.documentElement.scrollWidth - innerWidth")
        .await;
    if wide.as_i64() != Some(0) {
        faults.push(format!("{wide} px wider than the screen"));
    }
    faults
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_signs_in_pairs_a_till_and_sees_it_live() {
    for screen in [PHONE, DESK] {
        let office = RunningOffice::start().await;
        office.add_owner(ANNA, HERS).await;
        let browser = Chromium::open(screen).await;
        sign_in(&browser, &office).await;
        browser.tap("tab-tills").await;
        browser.tap("pair").await;
        browser.fill("till-name", "Stall 3").await;
        browser.tap("pair-go").await;
        let code: PairingCode = browser.text("pair-code").await.parse().unwrap();
        browser.tap("pair-done").await;
        browser
            .wait_for(
                "the page is live",
                "return document.documentElement.dataset.line === 'open'",
            )
            .await;
        let mut till = TestTill::new();
        let request = PairRequest {
            secret: SecretToken(code.secret.clone()),
            till: till.id(),
        };
        let answer = office.client().pair(&request).await.unwrap();
        let (token, key) = (answer.token.0, answer.office);
        // Nobody loads the page again.
        browser
            .wait_for(
                "the new till is there",
                "window.same ??= true; return document.querySelector('[data-name=\"Stall 3\"]') !== null",
            )
            .await;
        till.sell(2);
        office
            .client()
            .send(&token, till.id(), &key, &till.batch(0))
            .await
            .unwrap();
        let came = format!(
            "return document.querySelector('[data-testid=till-head]')?.textContent === '{}'",
            till.entries()
        );
        browser.wait_for("its entries are counted", &came).await;
        assert_eq!(browser.script("return window.same").await, true);
        browser.tap("till-revoke").await;
        browser.tap("revoke-go").await;
        browser
            .wait_for(
                "it is revoked",
                "return document.querySelector('[data-state=till-revoked]') !== null",
            )
            .await;
    }
}

/// Every page, by a name and its path.
const PAGES: [(&str, &str); 23] = [
    ("day", "/day"),
    ("sales", "/sales"),
    ("closes", "/closes"),
    ("export", "/export"),
    ("tills", "/tills"),
    ("pair", "/tills/pair"),
    ("account", "/account"),
    ("code", "/account/code"),
    ("audit", "/audit"),
    ("drawers", "/drawers"),
    ("word", "/word"),
    ("word-add", "/word/add?way=hook"),
    ("nothing", "/nowhere"),
    ("settings", "/settings"),
    ("settings-items", "/settings/items"),
    ("settings-item-new", "/settings/items/new"),
    ("settings-import", "/settings/items/import"),
    ("settings-texts", "/settings/texts"),
    ("settings-taxes", "/settings/taxes"),
    ("settings-cashiers", "/settings/cashiers"),
    ("settings-cashier", "/settings/cashiers/Anna%20M%C3%BCller"),
    ("settings-history", "/settings/history"),
    ("settings-search", "/settings/items?search=tea"),
];

/// Addresses that get word, and messages of every state: the path of one of the addresses.
async fn with_word(office: &RunningOffice) -> String {
    let store = &office.store;
    let (now, all) = (Clock::system().now(), &WordKind::CHOSEN);
    let mut last = String::new();
    for (way, target) in [
        (
            WordWay::Mail,
            "anna.maria.von-und-zu-langenfeld@shop.example",
        ),
        (WordWay::Hook, "https://hooks.example/a/secret/path"),
    ] {
        let added = store.add_word_address(way, target, Language::En, all, now);
        last = added.await.unwrap().unwrap().id;
        for outcome in [
            Outcome::Delivered {
                answer: "250 2.0.0 taken".to_owned(),
            },
            Outcome::Never {
                answer: "permanent error (550): no such mailbox, and a long story about why there is none".to_owned(),
            },
            Outcome::Later {
                answer: "HTTP 503".to_owned(),
                asked: None,
            },
        ] {
            let id = store.try_word(&last, now).await.unwrap().unwrap();
            if let Some(taken) = store.take_delivery(&id, now).await.unwrap() {
                store.note_delivery(&taken, &outcome, now).await.unwrap();
            }
        }
    }
    format!("/word/addresses/{last}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_keeps_the_rules_of_wcag_and_fits_its_screen() {
    let (office, shop) = with_a_shop(7, 200).await;
    office.add_owner(ANNA, HERS).await;
    let mut till = TestTill::new();
    let (token, key) = office.pair(till.id()).await;
    let mut clone = till.cloned();
    till.sell(2);
    clone.sell(1);
    let mut client = office.client();
    client.report(&TillReport {
        version: "0.1.0".to_owned(),
        printer: ReportedPrinter::NoPaper,
        copies: ReportedCopies::Good,
        copied_at_unix_ms: Some(Clock::system().now()),
    });
    client
        .send(&token, till.id(), &key, &till.batch(0))
        .await
        .unwrap();
    client
        .send(&token, till.id(), &key, &clone.batch(0))
        .await
        .unwrap_err();
    office.pair(TestTill::new().id()).await;
    let revoked = TestTill::new().id();
    office.pair(revoked).await;
    office
        .store
        .revoke(revoked, ringup_core::clock::UnixMs(1))
        .await
        .unwrap();
    crate::shared::with_settings(&office).await;
    let until = ringup_core::clock::Clock::system().now().plus(600_000);
    office.store.offer_setup("a-link", until).await.unwrap();
    let word_address = with_word(&office).await;
    let mut found = Vec::new();
    for (look, screen) in [("phone", PHONE), ("desk", DESK)] {
        for (theme, is_dark) in [("light", false), ("dark", true)] {
            for language in ["en", "de", "ru"] {
                // Every language on the phone in the light; the rest once.
                if language != "en" && (is_dark || look == "desk") {
                    continue;
                }
                let screen = Screen {
                    is_dark,
                    language,
                    ..screen
                };
                let browser = Chromium::open(screen).await;
                let mut judge = async |name: &str| {
                    let name = format!("{name}-{look}-{theme}-{language}");
                    browser.picture(&name).await;
                    found.extend(
                        faults(&browser)
                            .await
                            .into_iter()
                            .map(|fault| format!("{name}: {fault}")),
                    );
                };
                browser
                    .goto(&format!("https://{}/setup/a-link", office.address))
                    .await;
                judge("setup").await;
                browser
                    .goto(&format!("https://{}/sign-in", office.address))
                    .await;
                let tag = browser.script("return document.documentElement.lang").await;
                assert_eq!(tag, language);
                let dark = browser
                    .script("return matchMedia('(prefers-color-scheme: dark)').matches")
                    .await;
                assert_eq!(dark, is_dark);
                judge("sign-in").await;
                sign_in(&browser, &office).await;
                for (name, path) in PAGES {
                    browser
                        .goto(&format!("https://{}{path}", office.address))
                        .await;
                    judge(name).await;
                    if name == "pair" {
                        browser.fill("till-name", "Stall 7").await;
                        browser.tap("pair-go").await;
                        browser.find("pairing").await;
                        judge("pairing").await;
                    }
                }
                for (list, link, there, name) in [
                    ("/sales", "sale", "sale-label", "sale"),
                    ("/closes", "close", "close-z", "close"),
                ] {
                    browser
                        .goto(&format!("https://{}{list}", office.address))
                        .await;
                    browser.tap(link).await;
                    browser.find(there).await;
                    judge(name).await;
                }
                let day = shop.days[1];
                browser
                    .goto(&format!("https://{}/day?day={day}", office.address))
                    .await;
                judge("other-day").await;
                browser
                    .goto(&format!(
                        "https://{}/tills/{}/revoke",
                        office.address,
                        till.id()
                    ))
                    .await;
                judge("revoke").await;
                let decide = format!("https://{}/tills/{}/decide", office.address, till.id());
                browser.goto(&decide).await;
                judge("decide").await;
                browser.tap("decide-follow").await;
                browser.find("decide-reason").await;
                judge("decide-sure").await;
                browser
                    .goto(&format!("https://{}{word_address}", office.address))
                    .await;
                judge("word-address").await;
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
