//! The rules of a sale, by examples and by properties: any reports of any gateway in any order.

mod after;
mod basket;
mod cart;
mod flapping;
mod format;
mod refund;
mod tenders;
mod trading_day;
mod watch;

use proptest::prelude::*;

use super::*;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber, TapId, TillId};
use crate::money::{Currency, Money};

const FIRST: AttemptNumber = AttemptNumber(1);

/// A sale over 12.50 EUR that grows entry by entry; the entries are a second apart.
struct TestSale {
    sale: Sale,
    entries: Vec<Entry>,
}

impl TestSale {
    fn opened() -> Self {
        let id = SaleId::new();
        let entry = Entry {
            seq: 1,
            till: TillId::new(),
            at: UnixMs(0),
            by: None,
            approved_by: None,
            event: Event::SaleOpened {
                sale: id,
                number: SaleNumber(1),
                code: None,
                amount_minor: 1250,
                currency: Currency::Eur,
                note: None,
                language: None,
                tap: TapId::new(),
                breakdown: Breakdown::default(),
                cart: None,
                receipt_token: None,
            },
        };
        let mut test = Self {
            sale: Sale::open(&entry).expect("opens"),
            entries: vec![entry],
        };
        test.request_invoice();
        test
    }

    fn awaiting() -> Self {
        let mut test = Self::opened();
        test.open_invoice(FIRST, "i-1");
        test
    }

    fn append(&mut self, event: Event) -> Result<(), FoldError> {
        self.append_at(event, self.now())
    }

    fn append_at(&mut self, event: Event, at: UnixMs) -> Result<(), FoldError> {
        let so_far = u64::try_from(self.entries.len()).expect("few");
        let entry = Entry {
            seq: so_far + 1,
            till: self.entries[0].till,
            at,
            by: None,
            approved_by: None,
            event,
        };
        self.sale.apply(&entry)?;
        self.entries.push(entry);
        Ok(())
    }

    /// When the next entry is written.
    fn now(&self) -> UnixMs {
        UnixMs(i64::try_from(self.entries.len()).expect("few") * 1000)
    }

    fn request_invoice(&mut self) {
        let attempt = self.sale.next_attempt();
        self.append(Event::InvoiceRequested {
            sale: self.sale.id,
            attempt,
            gateway: "api.cru.cash".into(),
            lifetime_minutes: 15,
            amount_minor: None,
        })
        .expect("may be requested");
    }

    fn open_invoice(&mut self, attempt: AttemptNumber, id: &str) {
        self.append(Event::InvoiceOpened {
            sale: self.sale.id,
            attempt,
            invoice: Invoice {
                id: InvoiceId(id.into()),
                pay_url: format!("https://pay.cru.cash/invoice/{id}"),
                expires_at_unix: Some(900),
                test: false,
                clock_offset_ms: None,
            },
        })
        .expect("may be opened");
    }

    fn receive(&mut self, attempt: AttemptNumber, report: &Report) {
        for event in events_for_report(&self.sale, attempt, report, self.now()) {
            self.append(event).expect("the event follows");
        }
    }

    fn stop(&mut self) {
        self.append(Event::SaleStopped { sale: self.sale.id })
            .expect("may be stopped");
    }
}

fn unpaid(id: &str) -> Report {
    Report {
        id: InvoiceId(id.into()),
        pay_status: "not_paid".into(),
        is_paid: false,
        is_testing: Some(false),
        fiat_amount: Some("12.5".into()),
        fiat_currency: Some("EUR".into()),
        processing_status: Some("pending".into()),
        crypto: None,
        network: None,
        crypto_amount: None,
        network_fee: None,
        payload: None,
    }
}

fn paid(id: &str) -> Report {
    Report {
        pay_status: "paid".into(),
        is_paid: true,
        processing_status: Some("processing".into()),
        crypto: Some("USDT".into()),
        network: Some("TRC20".into()),
        ..unpaid(id)
    }
}

fn ended(id: &str) -> Report {
    Report {
        pay_status: "end".into(),
        ..unpaid(id)
    }
}

#[test]
fn a_sale_goes_from_request_to_settlement() {
    let mut test = TestSale::opened();
    assert_eq!(test.sale.state(), SaleState::Requesting);
    test.open_invoice(FIRST, "i-1");
    assert_eq!(test.sale.state(), SaleState::Awaiting);
    let chosen = Report {
        crypto: Some("TON".into()),
        ..unpaid("i-1")
    };
    test.receive(FIRST, &chosen);
    assert_eq!(test.sale.state(), SaleState::Chosen);
    test.receive(FIRST, &paid("i-1"));
    assert_eq!(test.sale.state(), SaleState::Paid);
    assert!(!test.sale.late() && !test.sale.settled());
    let processed = Report {
        processing_status: Some("processed".into()),
        ..paid("i-1")
    };
    test.receive(FIRST, &processed);
    assert!(test.sale.settled());
}

#[test]
fn amounts_are_compared_as_decimals() {
    for text in ["12.5", "12.50", "12.500", "012.5"] {
        let mut test = TestSale::awaiting();
        let report = Report {
            fiat_amount: Some(text.into()),
            ..paid("i-1")
        };
        test.receive(FIRST, &report);
        assert_eq!(test.sale.state(), SaleState::Paid, "{text}");
    }
}

#[test]
fn paid_of_anything_else_goes_to_review() {
    let cases = [
        (
            Report {
                id: InvoiceId("i-2".into()),
                ..paid("i-1")
            },
            Mismatch::Id,
        ),
        (
            Report {
                fiat_amount: Some("12.49".into()),
                ..paid("i-1")
            },
            Mismatch::Amount,
        ),
        (
            Report {
                fiat_amount: Some("1250".into()),
                ..paid("i-1")
            },
            Mismatch::Amount,
        ),
        (
            Report {
                fiat_amount: None,
                ..paid("i-1")
            },
            Mismatch::Amount,
        ),
        (
            Report {
                fiat_amount: Some("12,5 EUR".into()),
                ..paid("i-1")
            },
            Mismatch::Amount,
        ),
        (
            Report {
                fiat_currency: Some("USD".into()),
                ..paid("i-1")
            },
            Mismatch::Currency,
        ),
        (
            Report {
                fiat_currency: None,
                ..paid("i-1")
            },
            Mismatch::Currency,
        ),
        (
            Report {
                is_testing: Some(true),
                ..paid("i-1")
            },
            Mismatch::Test,
        ),
        (
            Report {
                is_testing: None,
                ..paid("i-1")
            },
            Mismatch::Test,
        ),
    ];
    for (report, mismatch) in cases {
        let mut test = TestSale::awaiting();
        test.receive(FIRST, &report);
        assert_eq!(test.sale.state(), SaleState::Review, "{report:?}");
        let attempt = test.sale.current().expect("one");
        assert_eq!(
            attempt.phase,
            Phase::Questioned {
                mismatches: vec![mismatch]
            }
        );
        assert!(!test.sale.may_try_again());
        assert_eq!(test.sale.paid_at(), None);
    }
}

#[test]
fn unknown_words_decide_nothing() {
    for word in [
        "",
        "END",
        "ended",
        "expired",
        "paid",
        "processed",
        "\u{202e}end",
    ] {
        let mut test = TestSale::awaiting();
        let report = Report {
            pay_status: word.into(),
            ..unpaid("i-1")
        };
        test.receive(FIRST, &report);
        assert_eq!(test.sale.state(), SaleState::Awaiting, "{word}");
        let attempt = test.sale.current().expect("one");
        assert_eq!(
            attempt
                .report
                .as_ref()
                .map(|report| report.pay_status.as_str()),
            Some(word)
        );
    }
}

#[test]
fn another_invoices_end_is_not_this_ones() {
    let mut test = TestSale::awaiting();
    test.receive(FIRST, &ended("i-2"));
    assert_eq!(test.sale.state(), SaleState::Awaiting);
    test.receive(FIRST, &ended("i-1"));
    assert_eq!(test.sale.state(), SaleState::Ended);
}

#[test]
fn money_after_the_end_or_after_stopping_is_late() {
    let mut test = TestSale::awaiting();
    test.receive(FIRST, &ended("i-1"));
    assert!(test.sale.may_try_again());
    test.receive(FIRST, &paid("i-1"));
    assert_eq!(
        (test.sale.state(), test.sale.late()),
        (SaleState::Paid, true)
    );

    let mut test = TestSale::awaiting();
    test.stop();
    assert_eq!(test.sale.state(), SaleState::Stopped);
    test.receive(FIRST, &paid("i-1"));
    assert_eq!(
        (test.sale.state(), test.sale.late()),
        (SaleState::Paid, true)
    );
}

#[test]
fn a_stale_answer_takes_nothing_back() {
    let mut test = TestSale::awaiting();
    test.receive(FIRST, &paid("i-1"));
    for report in [unpaid("i-1"), ended("i-1"), paid("i-9")] {
        test.receive(FIRST, &report);
        assert_eq!(test.sale.state(), SaleState::Paid);
        let view = SaleView::of(&test.sale, &crate::ids::TillCode::first());
        assert_eq!(view.crypto.as_deref(), Some("USDT"));
    }
}

#[test]
fn two_paid_attempts_are_paid_twice() {
    let mut test = TestSale::awaiting();
    test.receive(FIRST, &ended("i-1"));
    test.request_invoice();
    assert_eq!(test.sale.state(), SaleState::Requesting);
    test.open_invoice(AttemptNumber(2), "i-2");
    test.receive(AttemptNumber(2), &paid("i-2"));
    assert!(!test.sale.paid_twice());
    test.receive(FIRST, &paid("i-1"));
    assert!(test.sale.paid_twice());
    // The first paid attempt still decides the sale.
    assert_eq!(
        test.sale.current().map(|attempt| attempt.number),
        Some(AttemptNumber(2))
    );
}

#[test]
fn an_answer_that_was_given_up_on_still_counts() {
    let mut test = TestSale::opened();
    let failure = crate::sale::Failure::interrupted();
    let (sale, attempt) = (test.sale.id, FIRST);
    test.append(Event::InvoiceUncertain {
        sale,
        attempt,
        failure,
    })
    .expect("given up");
    assert!(test.sale.may_try_again());
    test.open_invoice(FIRST, "i-1");
    assert_eq!(test.sale.state(), SaleState::Awaiting);
}

#[test]
fn what_cannot_follow_is_refused() {
    let mut test = TestSale::opened();
    let (sale, attempt) = (test.sale.id, FIRST);
    let before = test.sale.clone();
    let wrong = [
        Event::InvoicePaid {
            sale,
            attempt,
            report: paid("i-1"),
        },
        Event::InvoiceEnded {
            sale,
            attempt,
            report: ended("i-1"),
        },
        Event::InvoiceReported {
            sale,
            attempt: AttemptNumber(2),
            report: unpaid("i-1"),
        },
        Event::InvoiceRequested {
            sale,
            attempt: AttemptNumber(3),
            gateway: "g".into(),
            lifetime_minutes: 3,
            amount_minor: None,
        },
        Event::SaleStopped {
            sale: SaleId::new(),
        },
    ];
    for event in wrong {
        assert!(test.append(event.clone()).is_err(), "{event:?}");
        assert_eq!(test.sale, before);
    }
}

fn reports() -> impl Strategy<Value = Report> {
    let words = prop::sample::select(vec!["not_paid", "paid", "end", "", "odd"]);
    let ids = prop::sample::select(vec!["i-1", "i-2"]);
    let amounts = prop::sample::select(vec![None, Some("12.5"), Some("12.50"), Some("1")]);
    let currencies = prop::sample::select(vec![None, Some("EUR"), Some("USD")]);
    let tests = prop::option::of(any::<bool>());
    (ids, words, any::<bool>(), amounts, currencies, tests).prop_map(
        |(id, word, is_paid, amount, currency, test)| Report {
            pay_status: word.into(),
            is_paid,
            fiat_amount: amount.map(str::to_owned),
            fiat_currency: currency.map(str::to_owned),
            is_testing: test,
            ..unpaid(id)
        },
    )
}

proptest! {
    #[test]
    fn whatever_a_gateway_says_only_the_rule_makes_a_sale_paid(
        received in prop::collection::vec((reports(), any::<bool>()), 0..20)
    ) {
        let mut test = TestSale::awaiting();
        let mut was_paid = false;
        for (report, stop) in &received {
            if *stop {
                test.stop();
            }
            test.receive(FIRST, report);
            let by_the_rule = report.is_paid
                && report.id.0 == "i-1"
                && matches!(report.fiat_amount.as_deref(), Some("12.5" | "12.50"))
                && report.fiat_currency.as_deref() == Some("EUR")
                && report.is_testing == Some(false);
            was_paid |= by_the_rule;
            prop_assert_eq!(test.sale.state() == SaleState::Paid, was_paid);
            prop_assert_eq!(test.sale.paid_at().is_some(), was_paid);
        }
        // Folded again from its entries, it is the same sale.
        prop_assert_eq!(Sale::fold(&test.entries), Ok(test.sale));
    }

    #[test]
    fn entries_read_back_as_they_were_written(report in reports()) {
        let mut test = TestSale::awaiting();
        test.receive(FIRST, &report);
        for entry in &test.entries {
            let text = serde_json::to_string(entry).expect("JSON");
            prop_assert_eq!(&serde_json::from_str::<Entry>(&text).expect("an entry"), entry);
        }
    }

    #[test]
    fn no_amount_but_its_own_pays_a_sale(minor in 0..10_000_i64) {
        let mut test = TestSale::awaiting();
        let text = Money::from_minor(minor, Currency::Eur).to_string();
        test.receive(FIRST, &Report { fiat_amount: Some(text), ..paid("i-1") });
        prop_assert_eq!(test.sale.state() == SaleState::Paid, minor == 1250);
    }
}
