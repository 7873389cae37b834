//! The cashier: taps what the plan says, at any moment, whatever the till is doing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use parking_lot::Mutex;
use ringup_core::drawer::{CashWay, CountPurpose};
use ringup_core::error::Fault;
use ringup_core::ids::TapId;
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::sale::{Basket, Line, RefundWay, SaleState, SaleView, TenderWay};
use ringup_core::{
    Charge, Hold, NewCashCount, NewCashMove, NewRefund, NewTender, Till, TillError, TillEvent,
};
use tokio::sync::broadcast;
use uuid::Uuid;

use super::gateway::Gateway;
use super::machine::Machine;
use super::plan::{CounterAct, First, SaleAct, Sell};
use super::record::{Outcome, Record, Shown, Wrote, mark};

/// The currency of all sales.
pub const CURRENCY: Currency = Currency::Eur;

/// The people and what they have before them, while one start of the program lives.
#[derive(Clone)]
pub struct Counter {
    /// The till.
    pub till: Till,
    /// What they remember.
    pub record: Arc<Mutex<Record>>,
    /// The customers' phones.
    pub gateway: Arc<Gateway>,
    /// The computer.
    pub machine: Arc<Machine>,
    /// Acts under way.
    pub people: Arc<AtomicU32>,
    /// The seed, for taps.
    pub seed: u64,
}

fn euros(minor: i64) -> Money {
    Money::from_minor(minor, CURRENCY)
}

/// What the till's answer says of the book.
fn outcome_of<T>(result: &Result<T, TillError>) -> Outcome {
    match result {
        Ok(_) => Outcome::Done,
        Err(error) => {
            let text = error.to_string();
            match error {
                TillError::Journal(error) if !is_refusal(error) => Outcome::Failed(text),
                TillError::Internal(_) => Outcome::Failed(text),
                _ => Outcome::Refused(text),
            }
        }
    }
}

/// The journal refused what was asked of it, and works.
fn is_refusal(error: &ringup_core::journal::JournalError) -> bool {
    use ringup_core::journal::JournalError as E;
    matches!(error, E::Cart(_) | E::Count(_) | E::DayClosedSince)
}

impl Counter {
    fn tap(&self, id: u32) -> TapId {
        TapId(Uuid::from_u64_pair(self.seed, u64::from(id)))
    }

    fn begin(&self, id: u32, wrote: Wrote) {
        self.record.lock().begin(id, wrote);
    }

    fn end<T>(&self, id: u32, result: &Result<T, TillError>) {
        self.record.lock().end(id, outcome_of(result));
    }

    /// A screen shows a sale.
    fn see(&self, view: &SaleView) {
        let mut record = self.record.lock();
        record.saw(view.number);
        let payable = matches!(view.state, SaleState::Awaiting | SaleState::Chosen);
        let (Some(id), Some(url)) = (&view.invoice_id, &view.pay_url) else {
            return;
        };
        if !payable {
            return;
        }
        let shown = Shown {
            invoice: id.clone(),
            number: view.number,
        };
        if !record.shown.contains(&shown) {
            record.shown.push(shown);
        }
        let event = view.note.as_deref().and_then(event_of);
        let sell = event.and_then(|event| record.sells.get(&event).copied());
        drop(record);
        if let Some(sell) = sell {
            let now_ms = self.machine.true_ms();
            self.gateway.shown(id, url, now_ms, &sell);
        }
    }

    /// What every screen hears.
    pub async fn watch_screen(self, mut events: broadcast::Receiver<TillEvent>) {
        loop {
            match events.recv().await {
                Ok(TillEvent::SaleChanged(view)) => self.see(&view),
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return,
            }
        }
    }

    /// A customer comes.
    pub async fn sell(self, id: u32, sell: Sell) {
        let _person = Person::at(&self.people);
        let amount = euros(sell.amount_minor);
        let tender = |way, amount: Option<i64>, given: Option<i64>| NewTender {
            way,
            own: None,
            amount: amount.map(euros),
            given: given.map(euros),
            tender: Some(1),
        };
        let charge = Charge {
            amount,
            note: Some(format!("sale {}", mark(id))),
            lifetime_minutes: None,
            language: None,
            basket: basket(&sell),
            confirmed: true,
            carts: Vec::new(),
            tap: self.tap(id),
            tender: match sell.first {
                First::Crypto => None,
                // More than enough, however it is rounded.
                First::Cash(more) => Some(tender(
                    TenderWay::Cash,
                    None,
                    Some(sell.amount_minor + 5 + more),
                )),
                First::Card => Some(tender(TenderWay::Card, None, None)),
                First::Part(minor) => Some(tender(TenderWay::Cash, Some(minor), None)),
            },
        };
        let amount_minor = sell.amount_minor;
        {
            let mut record = self.record.lock();
            let tender = sell.first != First::Crypto;
            record.begin(
                id,
                Wrote::Sale {
                    amount_minor,
                    tender,
                },
            );
            record.sells.insert(id, sell);
        }
        let taps = (0..sell.taps).map(|_| self.till.charge(charge.clone()));
        let answers = futures_util::future::join_all(taps).await;
        let mut numbers = Vec::new();
        for view in answers.iter().flatten() {
            numbers.push(view.number);
            self.see(view);
            if sell.on_screen {
                self.till.set_on_screen(Some(view.number));
            }
        }
        let mut record = self.record.lock();
        numbers.dedup();
        if numbers.len() > 1 {
            record
                .broken
                .push(format!("tap: {} became the sales {numbers:?}", mark(id)));
        }
        let best = answers.iter().find(|it| it.is_ok()).or(answers.first());
        if let Some(answer) = best {
            let outcome = outcome_of(answer);
            record.end(id, outcome);
        }
    }

    /// Something about a sale.
    pub async fn about_sale(self, id: u32, back: usize, act: SaleAct) {
        let Some(number) = self.record.lock().number(back) else {
            return;
        };
        let _person = Person::at(&self.people);
        let till = &self.till;
        let reason = format!("because {}", mark(id));
        let by_reason = |kind| Wrote::Reason {
            kind,
            amount_minor: None,
        };
        match act {
            SaleAct::Show => till.set_on_screen(Some(number)),
            SaleAct::Check => {
                if let Ok(view) = till.check_now(number).await {
                    self.see(&view);
                }
            }
            SaleAct::Again => {
                if let Ok(view) = till.try_again(number).await {
                    self.see(&view);
                }
            }
            SaleAct::Stop => {
                let result = till.stop_waiting(number).await;
                let wrote = Wrote::Stop { number };
                if result.is_ok_and(|view| view.state == SaleState::Stopped) {
                    self.begin(id, wrote);
                    self.record.lock().end(id, Outcome::Done);
                }
            }
            SaleAct::Note => {
                self.begin(id, by_reason("sale_noted"));
                let view = till.sale(number).await;
                let note = view.ok().and_then(|view| view.note).unwrap_or_default();
                let note = note.chars().take(400).collect::<String>();
                let result = till
                    .set_note(number, Some(format!("{note} {}", mark(id))))
                    .await;
                self.end(id, &result);
            }
            SaleAct::WriteOff => {
                self.begin(id, by_reason("sale_written_off"));
                let result = till.write_off(number, &reason).await;
                self.end(id, &result);
            }
            SaleAct::CloseReview => {
                self.begin(id, by_reason("review_closed"));
                let result = till.close_review(number, &reason).await;
                self.end(id, &result);
            }
            SaleAct::Acknowledge => {
                let unseen = till.list_alarms().await;
                let rings = unseen.is_ok_and(|all| all.iter().any(|it| it.number == number));
                if rings {
                    self.begin(id, Wrote::Seen { number });
                    let result = till.acknowledge(number).await;
                    self.end(id, &result);
                }
            }
            SaleAct::Refund(percent) => self.refund(id, number, percent, reason).await,
            SaleAct::Void => {
                let Ok(detail) = till.sale_detail(number).await else {
                    return;
                };
                let Some(last) = detail.refunds.last() else {
                    return;
                };
                self.begin(id, by_reason("refund_taken_back"));
                let result = till.void_refund(number, last.refund, &reason).await;
                self.end(id, &result);
            }
            SaleAct::TakeBack => {
                let Ok(view) = till.sale(number).await else {
                    return;
                };
                let Some(last) = view.tenders.last() else {
                    return;
                };
                self.begin(id, by_reason("tender_taken_back"));
                let result = till.take_back_tender(number, last.tender, &reason).await;
                self.end(id, &result);
            }
            SaleAct::Cash(taps) => self.tender(id, number, TenderWay::Cash, taps).await,
            SaleAct::Card => self.tender(id, number, TenderWay::Card, 1).await,
        }
    }

    async fn refund(&self, id: u32, number: u32, percent: i64, reason: String) {
        let Ok(view) = self.till.sale(number).await else {
            return;
        };
        let most = view.refundable.map_or(0, Money::minor);
        // Now and then more than there is.
        let minor = match percent {
            100 => most,
            13 => view.amount.minor() + 1,
            percent => (most * percent / 100).max(1),
        };
        let way = match (id % 3, view.tenders.is_empty()) {
            (0 | 1, _) => RefundWay::Cash,
            (_, true) => RefundWay::ByHand,
            (_, false) => RefundWay::Card,
        };
        let refund = NewRefund {
            amount: euros(minor),
            lines: Vec::new(),
            way,
            own: None,
            reason,
        };
        let kind = "sale_refunded";
        let amount_minor = Some(minor);
        self.begin(id, Wrote::Reason { kind, amount_minor });
        let result = self.till.refund(number, refund).await;
        self.end(id, &result);
    }

    async fn tender(&self, id: u32, number: u32, way: TenderWay, taps: u32) {
        let Ok(view) = self.till.sale(number).await else {
            return;
        };
        let tender = view.tenders.last().map_or(0, |last| last.tender) + 1;
        let outstanding_minor = view.outstanding.minor();
        self.begin(
            id,
            Wrote::Tender {
                number,
                tender,
                outstanding_minor,
                way: way.as_str(),
            },
        );
        let new = NewTender {
            way,
            own: None,
            // Tapped twice, half of it is taken: the second tap must not take the other half.
            amount: (taps > 1).then(|| euros((outstanding_minor / 2).max(1))),
            given: (way == TenderWay::Cash).then(|| euros(outstanding_minor + 700)),
            tender: Some(tender),
        };
        let taps = (0..taps).map(|_| self.till.take_tender(number, new.clone()));
        let answers = futures_util::future::join_all(taps).await;
        let best = answers.iter().find(|it| it.is_ok()).or(answers.first());
        if let Some(answer) = best {
            self.end(id, answer);
        }
    }

    /// Something at the counter.
    pub async fn at_counter(self, id: u32, act: CounterAct) {
        let _person = Person::at(&self.people);
        let till = &self.till;
        let reason = format!("because {}", mark(id));
        let moved = |way, minor| NewCashMove {
            way,
            amount: euros(minor),
            reason: reason.clone(),
        };
        match act {
            CounterAct::Pad => till.set_on_screen(None),
            CounterAct::In(minor) => self.move_cash(id, moved(CashWay::In, minor)).await,
            CounterAct::Out(minor) => self.move_cash(id, moved(CashWay::Out, minor)).await,
            CounterAct::Drop(minor) => self.move_cash(id, moved(CashWay::Drop, minor)).await,
            CounterAct::Count(off_by) => self.count(id, off_by).await,
            CounterAct::Report => drop(till.report(None).await),
            CounterAct::Close(carry) => {
                self.begin(id, Wrote::Close { carry });
                let result = till.close_day(carry).await;
                if result
                    .as_ref()
                    .is_ok_and(|it| !carry && !it.open.is_empty())
                {
                    let text = "close_unasked: a day was closed over open sales".to_owned();
                    self.record.lock().broken.push(text);
                }
                self.end(id, &result);
            }
            CounterAct::Hold(minor) => {
                let hold = Hold {
                    label: mark(id),
                    currency: CURRENCY,
                    basket: Basket {
                        lines: vec![line("Tea", 2, minor / 2)],
                        ..Basket::default()
                    },
                    carts: Vec::new(),
                    tap: self.tap(id),
                };
                let kind = "cart_held";
                let amount_minor = None;
                self.begin(id, Wrote::Reason { kind, amount_minor });
                let result = till.hold_cart(hold).await;
                self.end(id, &result);
            }
            CounterAct::ChargeCart => self.charge_cart(id).await,
            CounterAct::DropCart => {
                let Some(cart) = till.held_carts().await.ok().and_then(|all| first(&all)) else {
                    return;
                };
                let kind = "cart_dropped";
                let amount_minor = None;
                self.begin(id, Wrote::Reason { kind, amount_minor });
                let result = till.drop_cart(cart, &reason).await;
                self.end(id, &result);
            }
            CounterAct::Settings(which) => {
                let mut settings = till.settings();
                match which {
                    0 => settings.zone = Some("Europe/Berlin".to_owned()),
                    1 => settings.zone = Some("Asia/Yekaterinburg".to_owned()),
                    2 => settings.zone = Some("America/Los_Angeles".to_owned()),
                    3 => settings.lifetime_minutes = 5,
                    4 => settings.lifetime_minutes = 60,
                    _ => settings.till_code = Some("B".to_owned()),
                }
                drop(till.save_settings(settings));
            }
        }
    }

    async fn move_cash(&self, id: u32, moved: NewCashMove) {
        let kind = "cash_moved";
        let amount_minor = Some(moved.amount.minor());
        self.begin(id, Wrote::Reason { kind, amount_minor });
        let result = self.till.move_cash(moved).await;
        self.end(id, &result);
    }

    async fn count(&self, id: u32, off_by: i64) {
        let Ok(drawer) = self.till.drawer().await else {
            return;
        };
        let expected = drawer.get(&CURRENCY).and_then(|view| view.expected);
        let counted_minor = (expected.map_or(15_000, Money::minor) + off_by).max(0);
        self.begin(id, Wrote::Count { counted_minor });
        let left = (off_by > 0).then(|| euros(counted_minor / 2));
        let result = self.till.count_cash(NewCashCount {
            purpose: match off_by {
                0 => CountPurpose::Float,
                _ => CountPurpose::Count,
            },
            counted: euros(counted_minor),
            pieces: Vec::new(),
            left,
        });
        let result = result.await;
        self.end(id, &result);
    }

    async fn charge_cart(&self, id: u32) {
        let Some(cart) = self
            .till
            .held_carts()
            .await
            .ok()
            .and_then(|all| first(&all))
        else {
            return;
        };
        let Ok(taken) = self.till.take_up_cart(cart).await else {
            return;
        };
        let lines = taken.lines.iter();
        let amount_minor = lines.filter_map(Line::sum_minor).sum();
        let charge = Charge {
            amount: euros(amount_minor),
            note: Some(format!("cart {}", mark(id))),
            lifetime_minutes: None,
            language: None,
            basket: Basket {
                lines: taken.lines,
                discount: taken.discount,
                tip_minor: 0,
            },
            confirmed: true,
            carts: vec![cart],
            tap: self.tap(id),
            tender: Some(NewTender {
                way: TenderWay::Card,
                own: None,
                amount: None,
                given: None,
                tender: None,
            }),
        };
        let tender = true;
        self.begin(
            id,
            Wrote::Sale {
                amount_minor,
                tender,
            },
        );
        let result = self.till.charge(charge).await;
        if let Ok(view) = &result {
            self.see(view);
        }
        self.end(id, &result);
    }
}

fn first(carts: &[ringup_core::CartView]) -> Option<ringup_core::ids::CartId> {
    carts.first().map(|cart| cart.id)
}

fn line(name: &str, quantity: u32, unit_minor: i64) -> Line {
    Line {
        name: Some(name.to_owned()),
        quantity,
        unit_minor,
        tax: Some(BasisPoints(700)),
        ..Line::default()
    }
}

fn basket(sell: &Sell) -> Basket {
    let goods = sell.amount_minor - sell.tip_minor;
    let lines = match sell.lines {
        true => vec![
            line("Bread", 1, goods / 2),
            Line {
                tax: Some(BasisPoints(1900)),
                ..line("Wine", 1, goods - goods / 2)
            },
        ],
        false if sell.tip_minor > 0 => vec![Line {
            name: None,
            tax: None,
            ..line("", 1, goods)
        }],
        false => Vec::new(),
    };
    Basket {
        lines,
        discount: None,
        tip_minor: sell.tip_minor,
    }
}

/// The event that a note names: the first mark in it.
pub fn event_of(text: &str) -> Option<u32> {
    let after = text.split_once('#')?.1;
    after.split_once('.')?.0.parse().ok()
}

/// Counts an act that is under way.
struct Person(Arc<AtomicU32>);

impl Person {
    fn at(people: &Arc<AtomicU32>) -> Self {
        people.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(people))
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a fault says, for the report.
pub fn fault_text(error: TillError) -> String {
    let fault = Fault::from(error);
    format!("{fault:?}")
}
