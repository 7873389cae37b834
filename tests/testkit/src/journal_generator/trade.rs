//! What becomes of a sale: what the gateway reports, what the cashier does, and when. The till's own rule of what is paid
//! decides which entries are written.

use rand::RngExt as _;
use rand::rngs::StdRng;
use ringup_core::clock::UnixMs;
use ringup_core::ids::{AttemptNumber, InvoiceId, RefundNumber, SaleId};
use ringup_core::journal::{Batch, JournalError, NewSale};
use ringup_core::money::Money;
use ringup_core::sale::{Event, Failure, Invoice, ReceiptMedium, RefundWay, Report};
use uuid::Builder;

use super::cashier::{GATEWAY, LIFETIME_MINUTES, chance, new_sale, note, one, reason};

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

const COINS: [(&str, &str); 6] = [
    ("USDT", "TRC20"),
    ("USDT", "TON"),
    ("BTC", "BTC"),
    ("TON", "TON"),
    ("ETH", "ERC20"),
    ("LTC", "LTC"),
];

/// Something that happens to a sale.
#[derive(Debug, Clone)]
pub enum Act {
    /// An event of the till or its cashier.
    Done(Event),
    /// A report of the gateway about an attempt.
    Reported(AttemptNumber, Report),
}

impl Act {
    pub(super) fn record(
        self,
        id: SaleId,
        at: UnixMs,
        batch: &mut Batch<'_>,
    ) -> Result<(), JournalError> {
        match self {
            Self::Done(event) => batch.add(event, at),
            Self::Reported(attempt, report) => batch.add_report(id, attempt, &report, at),
        }
    }
}

/// How a sale goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Paid,
    Ended,
    PaidLate,
    PaidAfterStop,
    PaidAtSecondTry,
    PaidTwice,
    Stopped,
    Refused,
    Uncertain,
    Questioned,
}

/// A new sale.
#[derive(Debug)]
pub struct Trade {
    /// Its id.
    pub id: SaleId,
    /// What the cashier charges.
    pub new: NewSale,
}

impl Trade {
    /// A random sale that is opened at this time.
    pub fn begin(rng: &mut StdRng, at: UnixMs) -> Self {
        let (ms, random) = (at.0.unsigned_abs(), rng.random());
        Self {
            id: SaleId::from(Builder::from_unix_timestamp_millis(ms, &random).into_uuid()),
            new: new_sale(rng),
        }
    }

    /// What follows, each with its time after the opening of the sale, milliseconds.
    pub fn acts(&self, rng: &mut StdRng) -> Vec<(i64, Act)> {
        let way = match rng.random_range(0..1000) {
            0..860 => Way::Paid,
            860..905 => Way::Ended,
            905..925 => Way::PaidLate,
            925..930 => Way::PaidAfterStop,
            930..960 => Way::PaidAtSecondTry,
            960..962 => Way::PaidTwice,
            962..985 => Way::Stopped,
            985..992 => Way::Refused,
            992..997 => Way::Uncertain,
            _ => Way::Questioned,
        };
        let mut story = Story {
            sale: self.id,
            amount: self.new.amount,
            test: chance(rng, 15),
            now_ms: 0,
            acts: Vec::new(),
        };
        story.play(way, rng);
        story.acts
    }
}

struct Story {
    sale: SaleId,
    amount: Money,
    test: bool,
    now_ms: i64,
    acts: Vec<(i64, Act)>,
}

/// An invoice, and the coin that the customer chooses.
struct Bill {
    attempt: AttemptNumber,
    id: InvoiceId,
    coin: (&'static str, &'static str),
    coin_amount: String,
    opened_ms: i64,
}

impl Story {
    fn play(&mut self, way: Way, rng: &mut StdRng) {
        match way {
            Way::Refused => self.failed(rng, 422),
            Way::Uncertain => {
                self.failed(rng, 502);
                self.wait(rng, 10 * SECOND_MS, 5 * MINUTE_MS);
                if chance(rng, 500) {
                    self.done(Event::SaleStopped { sale: self.sale });
                } else {
                    let again = self.try_again(rng);
                    self.pay(&again, rng);
                }
            }
            Way::Paid => {
                let bill = self.bill(1, rng);
                self.pay(&bill, rng);
            }
            Way::Ended => {
                let bill = self.bill(1, rng);
                self.end(&bill);
            }
            Way::PaidLate => {
                let bill = self.bill(1, rng);
                self.end(&bill);
                self.wait(rng, MINUTE_MS, 5 * HOUR_MS);
                self.pay(&bill, rng);
            }
            Way::PaidAfterStop => {
                let bill = self.bill(1, rng);
                self.wait(rng, 5 * SECOND_MS, MINUTE_MS);
                self.done(Event::SaleStopped { sale: self.sale });
                self.pay(&bill, rng);
            }
            Way::PaidAtSecondTry | Way::PaidTwice => {
                let first = self.bill(1, rng);
                self.end(&first);
                self.wait(rng, SECOND_MS, MINUTE_MS);
                let second = self.try_again(rng);
                self.pay(&second, rng);
                if way == Way::PaidTwice {
                    self.wait(rng, MINUTE_MS, 2 * HOUR_MS);
                    self.pay(&first, rng);
                }
            }
            Way::Stopped => {
                let bill = self.bill(1, rng);
                self.wait(rng, 10 * SECOND_MS, 10 * MINUTE_MS);
                self.done(Event::SaleStopped { sale: self.sale });
                self.end(&bill);
            }
            Way::Questioned => self.question(rng),
        }
        if chance(rng, 10) {
            self.wait(rng, MINUTE_MS, HOUR_MS);
            let note = Some(note(rng));
            let sale = self.sale;
            self.done(Event::SaleNoted {
                sale,
                note,
                language: None,
            });
        }
    }

    fn wait(&mut self, rng: &mut StdRng, from_ms: i64, to_ms: i64) {
        self.now_ms += rng.random_range(from_ms..to_ms);
    }

    fn done(&mut self, event: Event) {
        self.acts.push((self.now_ms, Act::Done(event)));
    }

    fn report_now(&mut self, bill: &Bill, report: Report) {
        let act = Act::Reported(bill.attempt, report);
        self.acts.push((self.now_ms, act));
    }

    fn failed(&mut self, rng: &mut StdRng, status: u16) {
        self.wait(rng, 200, 3 * SECOND_MS);
        let (sale, attempt) = (self.sale, AttemptNumber(1));
        let failure = |code: &str, message: &str| Failure {
            code: code.to_owned(),
            message: message.to_owned(),
            status: Some(status),
            invoice_id: None,
            retry_after_s: None,
        };
        self.done(if status == 422 {
            Event::InvoiceRefused {
                sale,
                attempt,
                failure: failure("gateway_refused", "the gateway made no invoice"),
            }
        } else {
            Event::InvoiceUncertain {
                sale,
                attempt,
                failure: failure("gateway_failed", "the gateway answered 502"),
            }
        });
    }

    /// The gateway makes an invoice.
    fn bill(&mut self, attempt: u32, rng: &mut StdRng) -> Bill {
        self.wait(rng, 150, 900);
        let id = Builder::from_random_bytes(rng.random()).into_uuid();
        let attempt = AttemptNumber(attempt);
        self.done(Event::InvoiceOpened {
            sale: self.sale,
            attempt,
            invoice: Invoice {
                id: InvoiceId(id.to_string()),
                pay_url: format!("https://pay.cru.cash/invoice/{id}"),
                expires_at_unix: None,
                test: self.test,
                clock_offset_ms: Some(rng.random_range(-400..400)),
            },
        });
        Bill {
            attempt,
            id: InvoiceId(id.to_string()),
            coin: one(rng, &COINS, ("BTC", "BTC")),
            coin_amount: format!("0.{:08}", rng.random_range(1000..90_000_000)),
            opened_ms: self.now_ms,
        }
    }

    fn try_again(&mut self, rng: &mut StdRng) -> Bill {
        self.done(Event::InvoiceRequested {
            sale: self.sale,
            attempt: AttemptNumber(2),
            gateway: GATEWAY.to_owned(),
            lifetime_minutes: LIFETIME_MINUTES,
            amount_minor: None,
        });
        self.bill(2, rng)
    }

    fn plain_report(&self, bill: &Bill, pay_status: &str) -> Report {
        Report {
            id: bill.id.clone(),
            pay_status: pay_status.to_owned(),
            is_paid: pay_status == "paid",
            is_testing: Some(self.test),
            fiat_amount: Some(self.amount.to_string()),
            fiat_currency: Some(self.amount.currency().code().to_owned()),
            processing_status: None,
            crypto: None,
            network: None,
            crypto_amount: None,
            network_fee: None,

            payload: None,
        }
    }

    /// The same after the customer has chosen a coin.
    fn report_with_coin(&self, bill: &Bill, pay_status: &str) -> Report {
        let (crypto, network) = bill.coin;
        Report {
            crypto: Some(crypto.to_owned()),
            network: Some(network.to_owned()),
            crypto_amount: Some(bill.coin_amount.clone()),
            network_fee: Some("0.00001".to_owned()),
            ..self.plain_report(bill, pay_status)
        }
    }

    /// The customer chooses a coin and pays, the cashier sees the payment and may print a receipt, the money is credited,
    /// and some is refunded.
    fn pay(&mut self, bill: &Bill, rng: &mut StdRng) {
        let sale = self.sale;
        self.wait(rng, 5 * SECOND_MS, 60 * SECOND_MS);
        self.report_now(bill, self.report_with_coin(bill, "process"));
        self.wait(rng, 10 * SECOND_MS, 3 * MINUTE_MS);
        let paid = Report {
            processing_status: Some("processing".to_owned()),
            ..self.report_with_coin(bill, "paid")
        };
        self.report_now(bill, paid.clone());
        self.wait(rng, SECOND_MS, 20 * SECOND_MS);
        self.done(Event::PaymentSeen { sale });
        if chance(rng, 200) {
            self.wait(rng, SECOND_MS, 5 * SECOND_MS);
            let medium = ReceiptMedium::Printer;
            self.done(Event::ReceiptMade {
                sale,
                medium,
                outcome: None,
            });
        }
        if chance(rng, 980) {
            self.wait(rng, MINUTE_MS, 20 * MINUTE_MS);
            let credited = Report {
                processing_status: Some("processed".to_owned()),
                ..paid
            };
            self.report_now(bill, credited);
        }
        // Of two payments only the first is refunded: a sale can be refunded up to its amount.
        let gives_back = bill.attempt == AttemptNumber(1) && chance(rng, 35);
        if gives_back {
            self.refund(rng);
        }
    }

    fn refund(&mut self, rng: &mut StdRng) {
        let whole = chance(rng, 500);
        if chance(rng, 600) {
            self.wait(rng, MINUTE_MS, 2 * HOUR_MS);
        } else {
            self.wait(rng, HOUR_MS, 14 * DAY_MS);
        }
        let (sale, refund) = (self.sale, RefundNumber(1));
        self.done(Event::SaleRefunded {
            sale,
            refund,
            amount_minor: if whole {
                self.amount.minor()
            } else {
                (self.amount.minor() / 3).max(1)
            },
            way: if chance(rng, 700) {
                RefundWay::Cash
            } else {
                RefundWay::ByHand
            },
            own: None,
            rounding_minor: 0,
            reason: reason(rng),
            lines: Vec::new(),
            parts: None,
        });
        if chance(rng, 50) {
            self.wait(rng, MINUTE_MS, HOUR_MS);
            self.done(Event::RefundTakenBack {
                sale,
                refund,
                reason: "entered twice".to_owned(),
            });
        }
    }

    /// The invoice ends unpaid.
    fn end(&mut self, bill: &Bill) {
        let ends_ms = bill.opened_ms + i64::from(LIFETIME_MINUTES) * MINUTE_MS;
        self.now_ms = self.now_ms.max(ends_ms);
        self.report_now(bill, self.plain_report(bill, "end"));
    }

    /// The gateway reports that another amount was paid.
    fn question(&mut self, rng: &mut StdRng) {
        let bill = self.bill(1, rng);
        self.wait(rng, 20 * SECOND_MS, 3 * MINUTE_MS);
        let other = Report {
            fiat_amount: Some("1".to_owned()),
            ..self.report_with_coin(&bill, "paid")
        };
        self.report_now(&bill, other);
        self.wait(rng, MINUTE_MS, 2 * DAY_MS);
        self.done(Event::ReviewClosed {
            sale: self.sale,
            reason: "the rest was paid in cash".to_owned(),
        });
    }
}
