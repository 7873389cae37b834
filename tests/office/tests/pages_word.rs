//! The pages of word to the owner, of drawer differences, and of a till in quarantine; what tills say of themselves; and a
//! stop that waits for no open page.

use std::time::{Duration, Instant};

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::office::{ReportedCopies, ReportedPrinter, TillReport};
use ringup_testkit::MailServer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::pages_book::with_a_shop;
use office_tests::visitor::{Answer, connect};
use office_tests::{HookReceiver, RunningOffice, TestTill, Visitor};

const ANNA: &str = "Anna";
const HERS: &str = "correct horse battery";

fn has(answer: &Answer, id: &str) -> bool {
    answer.body.contains(&format!("data-testid=\"{id}\""))
}

/// The text of the element with this test id.
fn text_of<'a>(answer: &'a Answer, id: &str) -> &'a str {
    let rest = answer.body.split_once(&format!("data-testid=\"{id}\">"));
    rest.map_or("", |(_, rest)| rest.split('<').next().unwrap_or_default())
}

async fn wait_for(visitor: &mut Visitor, path: &str, text: &str) -> Answer {
    let began = Instant::now();
    loop {
        let page = visitor.get(path).await;
        if page.body.contains(text) {
            return page;
        }
        assert!(began.elapsed() < Duration::from_secs(15), "{}", page.body);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_chooses_tries_and_removes_an_address() {
    let mails = MailServer::start();
    let receiver = HookReceiver::start();
    let office = RunningOffice::start_telling(Clock::system(), mails.port).await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    assert!(has(&visitor.get("/word").await, "word-none"));
    for (way, target, wrong) in [
        ("mail", "nobody", "wrong-word-mail"),
        ("mail", "a@b.example\r\nBcc: c@d.example", "wrong-word-mail"),
        ("hook", "http://hooks.example/", "wrong-word-url"),
        ("hook", "https://192.168.1.1/", "wrong-word-private"),
        ("hook", "https://user:word@hooks.example/", "wrong-word-url"),
    ] {
        let fields = [("way", way), ("target", target), ("event-closed", "on")];
        let answer = visitor.post("/word/add", &fields).await;
        assert_eq!(
            (answer.status, answer.after("data-code=\"")),
            (422, wrong),
            "{target}"
        );
    }
    let fields = [("way", "mail"), ("target", "anna@shop.example")];
    let answer = visitor.post("/word/add", &fields).await;
    assert_eq!(answer.after("data-code=\""), "wrong-word-events");
    assert!(office.store.word_addresses().await.unwrap().is_empty());
    // An e-mail address, tried.
    let fields = [
        ("way", "mail"),
        ("target", "anna@shop.example"),
        ("language", "de"),
        ("event-closed", "on"),
        ("event-silent", "on"),
    ];
    assert_eq!(visitor.post("/word/add", &fields).await.status, 303);
    let page = visitor.get("/word").await;
    let path = page.after("href=\"/word/addresses/").to_owned();
    let path = format!("/word/addresses/{path}");
    let own = visitor.get(&path).await;
    assert!(
        own.body
            .contains("name=\"event-closed\" value=\"on\" checked"),
        "{}",
        own.body
    );
    assert!(
        !own.body
            .contains("name=\"event-review\" value=\"on\" checked")
    );
    assert_eq!(visitor.post(&format!("{path}/test"), &[]).await.status, 303);
    let page = wait_for(&mut visitor, "/word", "data-state=\"delivered\"").await;
    assert!(page.body.contains("anna@shop.example") && page.body.contains("250 2.0.0 taken"));
    assert!(
        mails
            .mails()
            .remove(0)
            .header("Subject")
            .contains("Ein Test von Ringup")
    );
    // A webhook: its secret is shown once, its URL never.
    let url = receiver.url();
    let fields = [
        ("way", "hook"),
        ("target", url.as_str()),
        ("event-review", "on"),
    ];
    let shown = visitor.post("/word/add", &fields).await;
    let secret = text_of(&shown, "word-secret").to_owned();
    assert!(secret.starts_with("whsec_"), "{}", shown.body);
    let page = visitor.get("/word").await;
    let hooks = page.body.split("data-way=\"hook\"").nth(1).unwrap();
    let hook = hooks
        .split("/word/addresses/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let hook = format!("/word/addresses/{hook}");
    let own = visitor.get(&hook).await;
    for page in [&page, &own] {
        assert!(!page.body.contains("key=secret") && !page.body.contains("whsec_"));
        assert!(
            page.body
                .contains(&format!("http://127.0.0.1:{}/…", receiver.port))
        );
    }
    visitor.post(&format!("{hook}/test"), &[]).await;
    let began = Instant::now();
    while receiver.came().is_empty() {
        assert!(began.elapsed() < Duration::from_secs(15));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(receiver.came()[0].is_signed_with(&secret));
    let renewed = visitor.post(&format!("{hook}/secret"), &[]).await;
    let other = text_of(&renewed, "word-secret").to_owned();
    assert!(other.starts_with("whsec_") && other != secret);
    // What it gets is changed, it is sent again, and taken away.
    let fields = [("language", "ru"), ("event-drawer", "on")];
    assert_eq!(visitor.post(&hook, &fields).await.status, 303);
    wait_for(&mut visitor, "/word", "data-testid=\"word-resend\"").await;
    let deliveries = office.store.deliveries(None).await.unwrap();
    let again = format!("/word/deliveries/{}/resend", deliveries[0].id);
    assert_eq!(visitor.post(&again, &[]).await.status, 303);
    assert_eq!(
        visitor
            .post("/word/deliveries/none/resend", &[])
            .await
            .status,
        404
    );
    let began = Instant::now();
    while receiver.came().len() < 2 {
        assert!(began.elapsed() < Duration::from_secs(15));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let came = receiver.came();
    assert_eq!(came[0].header("webhook-id"), came[1].header("webhook-id"));
    assert_eq!(
        visitor.post(&format!("{hook}/remove"), &[]).await.status,
        303
    );
    assert_eq!(visitor.get(&hook).await.status, 404);
    assert_eq!(office.store.word_addresses().await.unwrap().len(), 1);
    let audit = visitor.get("/audit").await;
    for act in [
        "word_added",
        "word_changed",
        "word_tried",
        "word_secret_renewed",
        "word_resent",
        "word_removed",
    ] {
        assert!(audit.body.contains(&format!("data-act=\"{act}\"")), "{act}");
    }
    assert!(!audit.body.contains("key=secret"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_are_set_and_crooked_ones_refused() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    assert!(has(&visitor.get("/word").await, "word-no-mail"));
    for (eur, silent) in [
        ("", "2"),
        ("1e9", "2"),
        ("-1", "2"),
        ("20", "0"),
        ("20", "721"),
        ("20", "x"),
        ("99999999999", "2"),
    ] {
        let fields = [
            ("above-EUR", eur),
            ("above-USD", "20"),
            ("above-RUB", "20"),
            ("silent", silent),
        ];
        let answer = visitor.post("/word/limits", &fields).await;
        assert_eq!(
            (answer.status, answer.after("data-code=\"")),
            (422, "wrong-word-limits"),
            "{eur} {silent}"
        );
    }
    let fields = [
        ("above-EUR", "20,5"),
        ("above-USD", "0"),
        ("above-RUB", "1000"),
        ("silent", "48"),
    ];
    assert_eq!(visitor.post("/word/limits", &fields).await.status, 303);
    let limits = office.store.word_limits().await.unwrap();
    assert_eq!(limits.silent_minutes, 48 * 60);
    let above: Vec<i64> = limits.refund_above_minor.values().copied().collect();
    assert!(
        above.contains(&2050) && above.contains(&0) && above.contains(&100_000),
        "{above:?}"
    );
    assert!(visitor.get("/word").await.body.contains("value=\"20.50\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn differences_are_listed_by_days_and_own_tenders_have_their_names() {
    let (office, shop) = with_a_shop(7, 300).await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    let (mut rows, mut next) = (0, "/drawers".to_owned());
    while !next.is_empty() {
        let page = visitor.get(&next).await;
        assert_eq!(page.status, 200, "{next}");
        rows += page.body.matches("data-testid=\"difference\"").count();
        let more = page
            .body
            .split("<a ")
            .find(|tag| tag.contains("drawers-more\""));
        let more = more.and_then(|tag| tag.split("href=\"").nth(1)?.split('"').next());
        next = more.unwrap_or_default().replace("&amp;", "&");
    }
    let query = ringup_office::book::EventsQuery {
        limit: 200,
        ..Default::default()
    };
    let all = office
        .store
        .drawer_differences(&query)
        .await
        .unwrap()
        .differences;
    assert!(rows > 3 && rows == all.len(), "{rows} {}", all.len());
    let mut by_day = 0;
    for day in &shop.days {
        let page = visitor
            .get(&format!("/drawers?first={day}&last={day}"))
            .await;
        by_day += page.body.matches("data-testid=\"difference\"").count();
    }
    assert_eq!(by_day, rows);
    let none = visitor
        .get("/drawers?first=1999-01-01&last=1999-01-02")
        .await;
    assert!(has(&none, "drawers-none"));
    // The shop's own tender, which the sums know by its id.
    let mut named = 0;
    for day in &shop.days {
        let page = visitor.get(&format!("/day?day={day}")).await;
        named += page.body.matches(">Gutschein (").count();
        assert!(!page.body.contains(">voucher ("), "{day}");
    }
    assert!(named > 0);
    let page = visitor.get("/sales?tender=own%3Avoucher").await;
    assert!(
        page.body.contains(" · Gutschein")
            && page
                .body
                .contains("<option value=\"own:voucher\" selected>Gutschein")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_till_says_of_itself_is_on_its_card() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    let mut till = TestTill::new();
    till.sell(1);
    let (token, key) = office.pair(till.id()).await;
    let mut client = office.client();
    let mut report = TillReport {
        version: "1.2.3".to_owned(),
        printer: ReportedPrinter::NoPaper,
        copies: ReportedCopies::FolderMissing,
        copied_at_unix_ms: Some(UnixMs(1_800_000_000_000)),
    };
    client.report(&report);
    client.head(&token, till.id(), &key).await.unwrap();
    let page = visitor.get("/tills").await;
    assert_eq!(text_of(&page, "till-version"), "1.2.3");
    assert!(
        page.body
            .contains("data-testid=\"till-printer\" data-state=\"no_paper\""),
        "{}",
        page.body
    );
    assert!(
        page.body
            .contains("data-testid=\"till-copies\" data-state=\"folder_missing\"")
    );
    // What has changed is there at once; a till that says nothing takes nothing back.
    report.printer = ReportedPrinter::Ready;
    client.report(&report);
    client
        .send(&token, till.id(), &key, &till.batch(0))
        .await
        .unwrap();
    office.client().head(&token, till.id(), &key).await.unwrap();
    let page = visitor.get("/tills").await;
    assert!(
        page.body
            .contains("data-testid=\"till-printer\" data-state=\"ready\"")
    );
    assert_eq!(text_of(&page, "till-version"), "1.2.3");
    let states = office.store.till_states().await.unwrap();
    assert_eq!(states[0].said.as_ref(), Some(&report));
    assert!(states[0].heard_at_unix_ms.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_in_quarantine_is_decided_about_on_its_page_and_the_decision_taken_back() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    let mut till = TestTill::new();
    let (token, key) = office.pair(till.id()).await;
    till.sell_for_cash(1);
    let mut clone = till.cloned();
    till.sell_for_cash(2);
    clone.sell_for_cash(5);
    let client = office.client();
    client
        .send(&token, till.id(), &key, &till.batch(0))
        .await
        .unwrap();
    client
        .send(&token, till.id(), &key, &clone.batch(0))
        .await
        .unwrap_err();
    let list = visitor.get("/tills").await;
    assert!(has(&list, "till-decide"));
    let path = format!("/tills/{}/decide", till.id());
    let page = visitor.get(&path).await;
    // Each side's money from the first entry on that differs.
    let side = |page: &Answer, id: &str| {
        let rest = page
            .body
            .split_once(&format!("data-testid=\"{id}\""))
            .unwrap()
            .1;
        let money = rest.split_once("class=\"strong\">").unwrap().1;
        money.split('<').next().unwrap().to_owned()
    };
    assert!(
        side(&page, "side-branch").contains("15.50"),
        "{}",
        page.body
    );
    assert!(side(&page, "side-book").contains("6.20"), "{}", page.body);
    let branch = page.after("data-branch=\"").to_owned();
    let follow = format!("{path}/follow/{branch}");
    let refuse = format!("{path}/refuse/{branch}");
    assert!(has(&visitor.get(&follow).await, "decide"));
    // Looking decides nothing, and a reason is needed.
    assert!(office.store.decisions(till.id()).await.unwrap().is_empty());
    assert_eq!(visitor.post(&follow, &[("reason", " ")]).await.status, 422);
    assert_eq!(
        visitor
            .post(&format!("{path}/burn/{branch}"), &[("reason", "x")])
            .await
            .status,
        404
    );
    assert_eq!(
        visitor
            .post(
                &format!("{path}/follow/{}", "0".repeat(12)),
                &[("reason", "x")]
            )
            .await
            .status,
        404
    );
    assert_eq!(
        visitor
            .post(&refuse, &[("reason", "copied <for> the fair")])
            .await
            .status,
        303
    );
    let page = visitor.get(&path).await;
    assert!(
        page.body.contains("copied &lt;for&gt; the fair")
            && page.body.contains("data-verdict=\"refuse\"")
    );
    assert!(
        visitor
            .get("/tills")
            .await
            .body
            .contains("data-state=\"till-paired\"")
    );
    // Twice is once.
    assert_eq!(
        visitor.post(&refuse, &[("reason", "again")]).await.status,
        409
    );
    // Taken back: the book follows what was refused, and then its own past again.
    visitor.get(&path).await;
    assert_eq!(
        visitor
            .post(&follow, &[("reason", "it was the till")])
            .await
            .status,
        303
    );
    let head = office.store.head(till.id()).await.unwrap();
    assert_eq!(head.seq, clone.entries());
    let page = visitor.get(&path).await;
    let own = page.after("data-branch=\"").to_owned();
    assert_ne!(own, branch);
    visitor.get(&format!("{path}/follow/{own}")).await;
    assert_eq!(
        visitor
            .post(
                &format!("{path}/follow/{own}"),
                &[("reason", "no, it was not")]
            )
            .await
            .status,
        303
    );
    assert_eq!(
        office.store.head(till.id()).await.unwrap().seq,
        till.entries()
    );
    let decisions = office.store.decisions(till.id()).await.unwrap();
    let by: Vec<_> = decisions
        .iter()
        .map(|it| (it.number, it.decided_by.as_str()))
        .collect();
    assert_eq!(by, [(1, ANNA), (2, ANNA), (3, ANNA)]);
    let audit = visitor.get("/audit").await;
    assert!(audit.body.matches("data-act=\"till_decided\"").count() >= 3);
    assert_eq!(office.store.verify(UnixMs(1)).await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_that_stops_waits_for_no_open_page() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let visitor = office.signed_in(ANNA, HERS).await;
    let mut streams = Vec::new();
    for _ in 0..5 {
        let mut stream = connect(office.address).await.unwrap();
        let request = format!("GET /events HTTP/1.1\r\n{}\r\n", visitor.head());
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut piece = [0; 4096];
        let read = stream.read(&mut piece).await.unwrap();
        assert!(read > 0);
        streams.push(stream);
    }
    let began = Instant::now();
    office.stop();
    office.stopped().await;
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "{:?}",
        began.elapsed()
    );
}
