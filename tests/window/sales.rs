//! The sales book: finding a sale, its page, a refund, a corrected note, a receipt.

use ringup_testkit::{Desktop, Window, newest_invoice, open_till, start_gateway};

const KEY: &str = "canary-key-6120";

/// The labels of the listed sales, from the top.
async fn listed(window: &Window) -> Vec<String> {
    let rows = window
        .script(
            "return [...document.querySelectorAll('[data-testid=sale-row]')]
               .map((row) => row.textContent.match(/[A-Z]-\\d{6}/)[0])",
        )
        .await;
    serde_json::from_value(rows).expect("labels")
}

/// Waits until exactly these sales are listed.
async fn lists(window: &Window, expected: &[&str]) {
    let began = std::time::Instant::now();
    loop {
        let now = listed(window).await;
        if now == expected {
            return;
        }
        assert!(began.elapsed().as_secs() < 20, "{now:?}, not {expected:?}");
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
}

async fn choose(window: &Window, filter: &str, value: &str) {
    let choose = format!(
        "const filter = document.querySelector('[data-testid={filter}]');
         filter.value = '{value}'; filter.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    );
    window.script(&choose).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_is_found_again_explained_and_put_right() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    for (currency, amount, note) in [
        ("EUR", "12.5", "Tisch 4, Kaffee & Kuchen"),
        ("USD", "8.", ""),
        ("EUR", "3.2", "<b>Заказ 77</b>"),
    ] {
        window.tap(&format!("pad-currency-{currency}")).await;
        window.type_text(amount).await;
        if !note.is_empty() {
            window.fill("pad-note", note).await;
        }
        window.tap("charge").await;
        window.wait_for_state("payment", "awaiting").await;
        let invoice = newest_invoice(&customer);
        if amount == "8." {
            customer.end(&invoice).expect("ended");
            window.wait_for_state("payment", "ended").await;
            window.tap("payment-next").await;
        } else {
            let chosen = customer.choose_coin(&invoice, "USDT", "TRC20");
            chosen.and_then(|_| customer.pay(&invoice)).expect("paid");
            window.tap("paid-done").await;
        }
        window.find("pad").await;
    }

    // Newest first; filtered by state and currency; searched by what a customer may know.
    window.tap("nav-sales").await;
    lists(&window, &["A-000003", "A-000002", "A-000001"]).await;
    window.screenshot("sales").await;
    choose(&window, "sales-state", "paid").await;
    lists(&window, &["A-000003", "A-000001"]).await;
    choose(&window, "sales-state", "any").await;
    choose(&window, "sales-currency", "USD").await;
    lists(&window, &["A-000002"]).await;
    choose(&window, "sales-currency", "").await;
    let invoice: String = customer.invoices()[0].id.chars().take(8).collect();
    for (search, found) in [
        ("kuchen", "A-000001"),
        ("3", "A-000003"),
        ("12,50", "A-000001"),
        ("заказ", "A-000003"),
        ("a-2", "A-000002"),
        (invoice.as_str(), "A-000001"),
    ] {
        window.fill("sales-search", search).await;
        lists(&window, &[found]).await;
    }
    window.fill("sales-search", "no such thing").await;
    window.find("sales-none").await;
    window.tap("sales-show-all").await;
    lists(&window, &["A-000003", "A-000002", "A-000001"]).await;

    // Its page tells what happened; a part is refunded, the note is corrected, a receipt is shown.
    window.fill("sales-search", "kuchen").await;
    lists(&window, &["A-000001"]).await;
    window.tap_to("sale-row", "sale-detail").await;
    window.tap("sale-refund").await;
    window.fill("refund-amount", "20").await;
    window.fill("refund-reason", "Kuchen war aus").await;
    window.tap_to("refund-save", "refund").await;
    assert_eq!(
        window
            .desktop
            .query_journal("SELECT max(refunded_minor) FROM sale"),
        "0\n"
    );
    window.fill("refund-amount", "4,20").await;
    window.screenshot("refund").await;
    window.tap("refund-save").await;
    window.wait_until_gone("refund").await;
    assert!(window.text("sale-refund-row").await.contains("4.20"));
    window.tap("sale-note").await;
    window.fill("note-text", "Tisch 5").await;
    window.tap("note-save").await;
    window.wait_until_gone("note").await;
    assert_eq!(window.text("sale-note-text").await, "Tisch 5");
    window.tap_to("sale-receipt", "receipt-picture").await;
    window.screenshot("receipt").await;
    window.keys(&[thirtyfour::Key::Escape]).await;
    window.wait_until_gone("receipt").await;
    window.screenshot("sale-page").await;
    let told = window.text("sale-detail").await;
    for fact in ["12.50", "USDT", "TRC20", "4.20", "Kuchen war aus"] {
        assert!(told.contains(fact), "{fact} in {told}");
    }
    window.resize(1024, 600).await;
    window.screenshot("sale-page-1024").await;

    let kinds =
        "SELECT group_concat(kind, ' ') FROM entry WHERE kind IN ('sale_refunded', 'sale_noted')";
    assert_eq!(
        window.desktop.query_journal(kinds),
        "sale_refunded sale_noted\n"
    );
    let verified = window.desktop.ringup().arg("verify").output();
    assert!(verified.expect("runs").status.success());
    window.close().await;
}

/// The rate and the tax of what a refund takes back, as the dialog shows it.
async fn taxes_shown(window: &Window) -> Vec<(String, String)> {
    let read = window
        .script(
            "return [...document.querySelectorAll('[data-testid=refund] [data-testid=refund-tax]')]
               .map((tax) => [tax.dataset.rate, tax.textContent.trim().split(' ').at(-1)])",
        )
        .await;
    serde_json::from_value(read).expect("rates and taxes")
}

/// Waits until the dialog shows these.
async fn shows_taxes(window: &Window, expected: &[(&str, &str)]) {
    let began = std::time::Instant::now();
    loop {
        let shown = taxes_shown(window).await;
        let same = |((a, b), (c, d)): (&(String, String), &(&str, &str))| a == c && b == d;
        if shown.len() == expected.len() && shown.iter().zip(expected).all(same) {
            return;
        }
        let waited = began.elapsed().as_secs();
        assert!(waited < 20, "{shown:?}, not {expected:?}");
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
}

/// Touches a line of the sale in the dialog.
async fn touch_line(window: &Window, line: u32) {
    let touch = format!(
        "document.querySelector('[data-testid=refund-line][data-line=\"{line}\"]').click()"
    );
    window.script(&touch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_come_back_and_the_tax_is_seen_before() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = open_till(crate::items::cafe(), &gateway, KEY).await;
    // Two coffees at 3.50 with 19 %, an apple cake at 4.20 with 7 %.
    window
        .tap_each(&["item-1", "item-1", "item-2", "charge"])
        .await;
    window.wait_for_state("payment", "awaiting").await;
    let invoice = newest_invoice(&customer);
    let chosen = customer.choose_coin(&invoice, "USDT", "TRC20");
    chosen.and_then(|_| customer.pay(&invoice)).expect("paid");
    window.tap("paid-done").await;
    window.tap("nav-sales").await;
    window.tap_to("sale-row", "sale-detail").await;

    // The whole amount is offered, with its taxes; goods that are picked say what they come to.
    window.tap("sale-refund").await;
    shows_taxes(&window, &[("700", "€0.27"), ("1900", "€1.12")]).await;
    touch_line(&window, 1).await;
    shows_taxes(&window, &[("1900", "€1.12")]).await;
    window.tap("refund-line-less").await;
    shows_taxes(&window, &[("1900", "€0.56")]).await;
    touch_line(&window, 2).await;
    shows_taxes(&window, &[("700", "€0.27"), ("1900", "€0.56")]).await;
    window.fill("refund-reason", "Cold").await;
    window.screenshot("refund-goods").await;
    window.resize(1024, 600).await;
    window.screenshot("refund-goods-1024").await;
    window.tap("refund-save").await;
    window.wait_until_gone("refund").await;
    let row = window.text("sale-refund-row").await;
    for told in ["7.70", "0.27", "0.56"] {
        assert!(row.contains(told), "{told} in {row}");
    }
    let entry =
        "SELECT body ->> '$.lines', body ->> '$.parts' FROM entry WHERE kind = 'sale_refunded'";
    let lines = r#"[{"line":1,"quantity":1},{"line":2,"quantity":1}]"#;
    let parts = r#"{"gross_by_rate":{"700":420,"1900":350}}"#;
    assert_eq!(
        window.desktop.query_journal(entry),
        format!("{lines}|{parts}\n")
    );

    // What is left of the goods is one coffee; X shows the tax that remains.
    window.tap("sale-refund").await;
    shows_taxes(&window, &[("1900", "€0.56")]).await;
    let line = "return document.querySelector('[data-testid=refund-line]').textContent";
    let line = window.script(line).await.to_string();
    assert!(line.contains("1 × Coffee"), "{line}");
    window.keys(&[thirtyfour::Key::Escape]).await;
    window.wait_until_gone("refund").await;
    window.tap_to("nav-day", "day-total").await;
    let day = window.text("day-total").await;
    for told in ["€0.56", "-€0.56", "-€0.27", "-€7.70"] {
        assert!(day.contains(told), "{told} in {day}");
    }
    window.screenshot("day-with-refunds").await;
    window.close().await;
}
