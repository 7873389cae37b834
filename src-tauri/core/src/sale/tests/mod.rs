//! The rules of a sale, by example and by properties: any order of answers from any gateway.

mod after;
mod basket;
mod format;

use proptest::prelude::*;

use super::*;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber, TapId, TillId};
use crate::money::{Currency, Money};

const FIRST: AttemptNumber = AttemptNumber(1);

/// A sale over 12.50 EUR in the making, its entries numbered and a second apart.
struct Story {
    sale: Sale,
    entries: Vec<Entry>,
}

impl Story {
    fn opened() -> Self {
        let id = SaleId::new();
        let entry = Entry {
            seq: 1,
            till: TillId::new(),
            at: UnixMs(0),
            by: None,
            event: Event::SaleOpened {
                sale: id,
                number: SaleNumber(1),
                amount_minor: 1250,
                currency: Currency::Eur,
                note: None,
                tap: TapId::new(),
                lines: Vec::new(),
                discount_minor: 0,
                discount_rate: None,
                tip_minor: 0,
                tax: None,
            },
        };
        let mut story = Self {
            sale: Sale::open(&entry).expect("opens"),
            entries: vec![entry],
        };
        story.request();
        story
    }

    fn awaiting() -> Self {
        let mut story = Self::opened();
        story.give_invoice(FIRST, "i-1");
        story
    }

    fn emit(&mut self, event: Event) -> Result<(), FoldError> {
        let so_far = u32::try_from(self.entries.len()).expect("few");
        let entry = Entry {
            seq: u64::from(so_far) + 1,
            till: self.entries[0].till,
            at: UnixMs(i64::from(so_far) * 1000),
            by: None,
            event,
        };
        self.sale.apply(&entry)?;
        self.entries.push(entry);
        Ok(())
    }

    fn request(&mut self) {
        let attempt = self.sale.next_attempt();
        self.emit(Event::InvoiceRequested {
            sale: self.sale.id,
            attempt,
            gateway: "api.cru.cash".into(),
            lifetime_minutes: 15,
        })
        .expect("may be requested");
    }

    fn give_invoice(&mut self, attempt: AttemptNumber, id: &str) {
        self.emit(Event::InvoiceOpened {
            sale: self.sale.id,
            attempt,
            invoice_id: InvoiceId(id.into()),
            pay_url: format!("https://pay.cru.cash/invoice/{id}"),
            expires_at_unix: Some(900),
            test: false,
            clock_offset_ms: None,
        })
        .expect("may be given");
    }

    fn hear(&mut self, attempt: AttemptNumber, report: &Report) {
        for event in hear(&self.sale, attempt, report) {
            self.emit(event).expect("what is heard can be told");
        }
    }

    fn stop(&mut self) {
        self.emit(Event::SaleStopped { sale: self.sale.id })
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
fn the_way_of_a_sale() {
    let mut story = Story::opened();
    assert_eq!(story.sale.state(), SaleState::Requesting);
    story.give_invoice(FIRST, "i-1");
    assert_eq!(story.sale.state(), SaleState::Awaiting);
    let chosen = Report {
        crypto: Some("TON".into()),
        ..unpaid("i-1")
    };
    story.hear(FIRST, &chosen);
    assert_eq!(story.sale.state(), SaleState::Chosen);
    story.hear(FIRST, &paid("i-1"));
    assert_eq!(story.sale.state(), SaleState::Paid);
    assert!(!story.sale.late() && !story.sale.settled());
    let processed = Report {
        processing_status: Some("processed".into()),
        ..paid("i-1")
    };
    story.hear(FIRST, &processed);
    assert!(story.sale.settled());
}

#[test]
fn amounts_are_compared_as_decimals() {
    for text in ["12.5", "12.50", "12.500", "012.5"] {
        let mut story = Story::awaiting();
        let report = Report {
            fiat_amount: Some(text.into()),
            ..paid("i-1")
        };
        story.hear(FIRST, &report);
        assert_eq!(story.sale.state(), SaleState::Paid, "{text}");
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
        let mut story = Story::awaiting();
        story.hear(FIRST, &report);
        assert_eq!(story.sale.state(), SaleState::Review, "{report:?}");
        let attempt = story.sale.current().expect("one");
        assert_eq!(
            attempt.phase,
            Phase::Questioned {
                mismatches: vec![mismatch]
            }
        );
        assert!(!story.sale.may_try_again());
        assert_eq!(story.sale.paid_at(), None);
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
        let mut story = Story::awaiting();
        let report = Report {
            pay_status: word.into(),
            ..unpaid("i-1")
        };
        story.hear(FIRST, &report);
        assert_eq!(story.sale.state(), SaleState::Awaiting, "{word}");
        let attempt = story.sale.current().expect("one");
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
    let mut story = Story::awaiting();
    story.hear(FIRST, &ended("i-2"));
    assert_eq!(story.sale.state(), SaleState::Awaiting);
    story.hear(FIRST, &ended("i-1"));
    assert_eq!(story.sale.state(), SaleState::Ended);
}

#[test]
fn money_after_the_end_or_after_stopping_is_late() {
    let mut story = Story::awaiting();
    story.hear(FIRST, &ended("i-1"));
    assert!(story.sale.may_try_again());
    story.hear(FIRST, &paid("i-1"));
    assert_eq!(
        (story.sale.state(), story.sale.late()),
        (SaleState::Paid, true)
    );

    let mut story = Story::awaiting();
    story.stop();
    assert_eq!(story.sale.state(), SaleState::Stopped);
    story.hear(FIRST, &paid("i-1"));
    assert_eq!(
        (story.sale.state(), story.sale.late()),
        (SaleState::Paid, true)
    );
}

#[test]
fn a_stale_answer_takes_nothing_back() {
    let mut story = Story::awaiting();
    story.hear(FIRST, &paid("i-1"));
    for report in [unpaid("i-1"), ended("i-1"), paid("i-9")] {
        story.hear(FIRST, &report);
        assert_eq!(story.sale.state(), SaleState::Paid);
        let view = SaleView::of(&story.sale, &crate::ids::TillCode::first());
        assert_eq!(view.crypto.as_deref(), Some("USDT"));
    }
}

#[test]
fn two_paid_attempts_are_paid_twice() {
    let mut story = Story::awaiting();
    story.hear(FIRST, &ended("i-1"));
    story.request();
    assert_eq!(story.sale.state(), SaleState::Requesting);
    story.give_invoice(AttemptNumber(2), "i-2");
    story.hear(AttemptNumber(2), &paid("i-2"));
    assert!(!story.sale.paid_twice());
    story.hear(FIRST, &paid("i-1"));
    assert!(story.sale.paid_twice());
    // The one that closed the sale still speaks for it.
    assert_eq!(
        story.sale.current().map(|attempt| attempt.number),
        Some(AttemptNumber(2))
    );
}

#[test]
fn an_answer_that_was_given_up_on_still_counts() {
    let mut story = Story::opened();
    let failure = crate::error::interrupted();
    let (sale, attempt) = (story.sale.id, FIRST);
    story
        .emit(Event::InvoiceUncertain {
            sale,
            attempt,
            failure,
        })
        .expect("given up");
    assert!(story.sale.may_try_again());
    story.give_invoice(FIRST, "i-1");
    assert_eq!(story.sale.state(), SaleState::Awaiting);
}

#[test]
fn what_cannot_follow_is_refused() {
    let mut story = Story::opened();
    let (sale, attempt) = (story.sale.id, FIRST);
    let before = story.sale.clone();
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
        },
        Event::SaleStopped {
            sale: SaleId::new(),
        },
    ];
    for event in wrong {
        assert!(story.emit(event.clone()).is_err(), "{event:?}");
        assert_eq!(story.sale, before);
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
        told in prop::collection::vec((reports(), any::<bool>()), 0..20)
    ) {
        let mut story = Story::awaiting();
        let mut was_paid = false;
        for (report, stop) in &told {
            if *stop {
                story.stop();
            }
            story.hear(FIRST, report);
            let by_the_rule = report.is_paid
                && report.id.0 == "i-1"
                && matches!(report.fiat_amount.as_deref(), Some("12.5" | "12.50"))
                && report.fiat_currency.as_deref() == Some("EUR")
                && report.is_testing == Some(false);
            was_paid |= by_the_rule;
            prop_assert_eq!(story.sale.state() == SaleState::Paid, was_paid);
            prop_assert_eq!(story.sale.paid_at().is_some(), was_paid);
        }
        // Told again from the entries, it is the same sale.
        prop_assert_eq!(Sale::fold(&story.entries), Ok(story.sale));
    }

    #[test]
    fn entries_read_back_as_they_were_written(report in reports()) {
        let mut story = Story::awaiting();
        story.hear(FIRST, &report);
        for entry in &story.entries {
            let text = serde_json::to_string(entry).expect("JSON");
            prop_assert_eq!(&serde_json::from_str::<Entry>(&text).expect("an entry"), entry);
        }
    }

    #[test]
    fn no_amount_but_its_own_pays_a_sale(minor in 0..10_000_i64) {
        let mut story = Story::awaiting();
        let text = Money::from_minor(minor, Currency::Eur).to_string();
        story.hear(FIRST, &Report { fiat_amount: Some(text), ..paid("i-1") });
        prop_assert_eq!(story.sale.state() == SaleState::Paid, minor == 1250);
    }
}
