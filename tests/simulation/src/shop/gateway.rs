//! The gateway of a simulated shop, and what it truly knows: which invoices it made for whom, who saw their codes, and what
//! was paid. The till learns of it only through calls ([`super::wire`]); the oracle reads it as it is.

use std::collections::HashMap;

use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Builder;

use super::machine::Machine;
use super::plan::{HOUR_MS, MINUTE_MS, Pays, Sell, WeatherKind, pick};

/// How old a stale answer is, milliseconds.
const STALE_MS: u64 = 45_000;
/// What the gateway says of a part of the money: a word that its documentation has not.
const PART: &str = "underpaid";

/// The gateway.
#[derive(Debug)]
pub struct Gateway {
    begins_ms: i64,
    test: bool,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    rng: StdRng,
    invoices: Vec<Invoice>,
    by_id: HashMap<String, usize>,
    calls: Vec<Call>,
    broken: Vec<String>,
    paused_until_ms: u64,
}

/// An invoice as it truly is. Times are the world's.
#[derive(Debug, Clone)]
pub struct Invoice {
    /// Its id.
    pub id: String,
    /// The sale's id and attempt, from the payload.
    pub sale: String,
    /// See there.
    pub attempt: u32,
    /// The amount as the till asked for it.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    payload: String,
    /// Play money.
    pub test: bool,
    created_ms: u64,
    /// Its end.
    pub expires_ms: u64,
    /// Where it can be paid.
    pub pay_url: String,
    /// When its code was first seen by the customer.
    pub shown_ms: Option<u64>,
    chosen_ms: Option<u64>,
    part_ms: Option<u64>,
    /// When it is paid in full.
    pub paid_ms: Option<u64>,
    credited_ms: Option<u64>,
    /// When it was last asked about and answered.
    asked_ms: Option<u64>,
}

/// A call that left the till.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// When.
    pub at_ms: u64,
    /// It asks for a new invoice.
    pub creates: bool,
    /// Which start of the program made it.
    pub run: u32,
    /// The wall clock was set in this run or before it, so that its memory of the calls is not what the world knows.
    pub clock_set: bool,
}

/// What the gateway answers.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// Seconds to wait.
    pub retry_after_s: Option<u64>,
}

#[derive(Deserialize)]
struct Reference {
    sale: String,
    attempt: u32,
}

impl State {
    fn note_asked(&mut self, request: &Value, now_ms: u64) {
        let id = request["invoice_id"].as_str().unwrap_or_default();
        let index = self.by_id.get(id).copied();
        if let Some(invoice) = index.and_then(|index| self.invoices.get_mut(index)) {
            invoice.asked_ms = Some(now_ms);
        }
    }
}

impl Gateway {
    /// A gateway without invoices.
    pub fn new(seed: u64, begins_ms: i64, test: bool) -> Self {
        Self {
            begins_ms,
            test,
            state: Mutex::new(State {
                rng: StdRng::seed_from_u64(seed ^ 0x6761_7465),
                invoices: Vec::new(),
                by_id: HashMap::new(),
                calls: Vec::new(),
                broken: Vec::new(),
                paused_until_ms: 0,
            }),
        }
    }

    /// A call leaves the till. `person`: somebody at the till waits for it.
    pub fn note_call(&self, call: Call, person: bool) {
        let mut state = self.state.lock();
        if call.at_ms < state.paused_until_ms && !person {
            let text = format!(
                "retry_after: a call left at {} ms, though it was asked to wait until {} ms",
                call.at_ms, state.paused_until_ms
            );
            state.broken.push(text);
        }
        state.calls.push(call);
    }

    /// The till got an answer that asks it to wait.
    pub fn note_pause(&self, until_ms: u64) {
        let mut state = self.state.lock();
        state.paused_until_ms = state.paused_until_ms.max(until_ms);
    }

    /// The program has ended: what it was told to wait for is forgotten with it.
    pub fn note_restart(&self) {
        self.state.lock().paused_until_ms = 0;
    }

    /// What it answers to a call that arrives now.
    pub fn answer(&self, path: &str, body: &str, now_ms: u64, kind: WeatherKind) -> Answer {
        let mut state = self.state.lock();
        match kind {
            WeatherKind::TooMany | WeatherKind::TooManyFor(_) => {
                let mut answer = refusal(429, "too_many_requests");
                if let WeatherKind::TooManyFor(seconds) = kind {
                    answer.retry_after_s = Some(seconds);
                }
                return answer;
            }
            WeatherKind::Fails => {
                let status = pick(&mut state.rng, &[500, 502, 503]);
                return Answer {
                    status,
                    body: b"<html>nginx</html>".to_vec(),
                    retry_after_s: None,
                };
            }
            _ => {}
        }
        let request: Value = serde_json::from_str(body).unwrap_or_default();
        if let WeatherKind::Bad | WeatherKind::Refuses = kind {
            state.note_asked(&request, now_ms);
            return match kind {
                WeatherKind::Bad => refusal(400, "bad_request"),
                _ => refusal(403, "forbidden"),
            };
        }
        let mut answer = if path.ends_with("/create") {
            self.create(&mut state, &request, now_ms, kind)
        } else {
            self.info(&mut state, &request, now_ms, kind)
        };
        if kind == WeatherKind::Torn {
            let half = answer.body.len() / 2;
            answer.body.truncate(half);
        }
        answer
    }

    fn create(&self, state: &mut State, request: &Value, now_ms: u64, kind: WeatherKind) -> Answer {
        let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
        let payload = text("payload");
        let Ok(reference) = serde_json::from_str::<Reference>(&payload) else {
            state.broken.push(format!("payload: {payload}"));
            return refusal(400, "bad_request");
        };
        let same = |it: &Invoice| it.sale == reference.sale && it.attempt == reference.attempt;
        if state.invoices.iter().any(same) {
            let text = format!(
                "create_once: attempt {} of sale {} came twice",
                reference.attempt, reference.sale
            );
            state.broken.push(text);
        }
        self.check_asked(state, &reference, now_ms);
        let odd = (kind == WeatherKind::Odd).then(|| state.rng.random_range(0..3));
        // One that the till knows: it must not close two sales.
        let known = state.invoices.iter().rev().find(|it| it.shown_ms.is_some());
        if let (Some(0), Some(last)) = (odd, known) {
            return created(last, self.unix_s(last.expires_ms));
        }
        let id = Builder::from_random_bytes(state.rng.random()).into_uuid();
        let lifetime_ms = request["lifetime"].as_u64().unwrap_or(15) * MINUTE_MS;
        let host = match odd {
            Some(1) => "http://pay.cru.cash.example/invoice/",
            _ => pick(
                &mut state.rng,
                &[
                    "https://pay.cru.cash/invoice/",
                    "http://pay.cru.cash/invoice/",
                ],
            ),
        };
        let invoice = Invoice {
            pay_url: format!("{host}{id}"),
            id: id.to_string(),
            sale: reference.sale,
            attempt: reference.attempt,
            amount: text("amount"),
            currency: text("currency"),
            payload,
            test: self.test != (odd == Some(2)),
            created_ms: now_ms,
            expires_ms: now_ms + lifetime_ms,
            shown_ms: None,
            chosen_ms: None,
            part_ms: None,
            paid_ms: None,
            credited_ms: None,
            asked_ms: None,
        };
        let answer = created(&invoice, self.unix_s(invoice.expires_ms));
        let index = state.invoices.len();
        state.by_id.insert(invoice.id.clone(), index);
        state.invoices.push(invoice);
        answer
    }

    /// Before a new attempt every earlier one is asked about.
    fn check_asked(&self, state: &mut State, reference: &Reference, now_ms: u64) {
        let unasked = |it: &&Invoice| {
            let paid_before = it.paid_ms.is_some_and(|at| at + 3 * MINUTE_MS < now_ms);
            it.sale == reference.sale
                && it.shown_ms.is_some()
                && paid_before
                && it.asked_ms.is_none_or(|at| at + 3 * MINUTE_MS < now_ms)
        };
        if let Some(it) = state.invoices.iter().find(unasked) {
            let text = format!(
                "asked_before: a code was requested though {} was paid",
                it.id
            );
            state.broken.push(text);
        }
    }

    fn info(&self, state: &mut State, request: &Value, now_ms: u64, kind: WeatherKind) -> Answer {
        let id = request["invoice_id"].as_str().unwrap_or_default();
        state.note_asked(request, now_ms);
        if kind == WeatherKind::Unknown {
            return refusal(404, "not_found");
        }
        let Some(index) = state.by_id.get(id).copied() else {
            return refusal(404, "not_found");
        };
        let about = match kind {
            WeatherKind::Swapped => state.rng.random_range(0..state.invoices.len()),
            _ => index,
        };
        let seen_ms = match kind {
            WeatherKind::Stale => now_ms.saturating_sub(STALE_MS),
            _ => now_ms,
        };
        let Some(invoice) = state.invoices.get(about) else {
            return refusal(404, "not_found");
        };
        let body = report(invoice, seen_ms);
        Answer {
            status: 200,
            body: body.to_string().into_bytes(),
            retry_after_s: None,
        }
    }

    fn unix_s(&self, true_ms: u64) -> i64 {
        Machine::true_unix_ms(self.begins_ms, true_ms) / 1000
    }

    /// The customer sees the code of an invoice.
    pub fn shown(&self, id: &str, pay_url: &str, now_ms: u64, sell: &Sell) {
        let mut state = self.state.lock();
        let Some(index) = state.by_id.get(id).copied() else {
            let text = format!("shown: the code of {id} is of no invoice");
            state.broken.push(text);
            return;
        };
        let credit_ms = state.rng.random_range(2..90) * MINUTE_MS;
        let Some(invoice) = state.invoices.get_mut(index) else {
            return;
        };
        if !pay_url.starts_with("https://pay.cru.cash/invoice/") {
            let text = format!("pay_url: a code leads to {pay_url}");
            state.broken.push(text);
            return;
        }
        if invoice.shown_ms.is_some() {
            return;
        }
        invoice.shown_ms = Some(now_ms);
        let pays = match invoice.attempt {
            1 => sell.pays,
            _ => sell.pays_again,
        };
        invoice.chosen_ms = sell.chooses_ms.map(|after_ms| now_ms + after_ms);
        match pays {
            Pays::Never => {}
            Pays::After(ms) => invoice.paid_ms = Some(now_ms + ms),
            Pays::AfterEnd(ms) => {
                invoice.paid_ms = Some(invoice.expires_ms + ms.min(22 * HOUR_MS));
            }
            Pays::Part(ms) => invoice.part_ms = Some(now_ms + ms),
        }
        invoice.credited_ms = invoice.paid_ms.map(|at_ms| at_ms + credit_ms);
    }

    /// All invoices.
    pub fn invoices(&self) -> Vec<Invoice> {
        self.state.lock().invoices.clone()
    }

    /// All calls.
    pub fn calls(&self) -> Vec<Call> {
        self.state.lock().calls.clone()
    }

    /// Which rules were broken in front of it.
    pub fn broken(&self) -> Vec<String> {
        self.state.lock().broken.clone()
    }
}

fn refusal(status: u16, code: &str) -> Answer {
    Answer {
        status,
        body: json!({"error": {"code": code, "message": code}})
            .to_string()
            .into_bytes(),
        retry_after_s: None,
    }
}

fn created(invoice: &Invoice, expires_at: i64) -> Answer {
    let body = json!({
        "invoice": {"id": invoice.id, "expires_at": expires_at},
        "pay_url": invoice.pay_url,
        "test_mode": invoice.test,
    });
    Answer {
        status: 200,
        body: body.to_string().into_bytes(),
        retry_after_s: None,
    }
}

/// What is told about an invoice as it was then.
fn report(invoice: &Invoice, at_ms: u64) -> Value {
    let by = |moment: Option<u64>| moment.is_some_and(|moment_ms| moment_ms <= at_ms);
    let (paid, chosen) = (by(invoice.paid_ms), by(invoice.chosen_ms));
    let pay_status = match (paid, at_ms >= invoice.expires_ms, by(invoice.part_ms)) {
        (true, _, _) => "paid",
        (_, true, _) => "end",
        (_, _, true) => PART,
        _ => "not_paid",
    };
    let processing = match (paid, by(invoice.credited_ms)) {
        (true, true) => "processed",
        (true, false) => "processing",
        _ => "pending",
    };
    let coin = chosen || paid;
    json!({
        "id": invoice.id,
        "fiat_amount": invoice.amount,
        "fiat_currency": invoice.currency,
        "crypto_amount": if coin { "1.25" } else { "0" },
        "network_fee": "0",
        "crypto": if coin { "USDT" } else { "NONE" },
        "network": if coin { "TRC20" } else { "NONE" },
        "pay_status": pay_status,
        "processing_status": processing,
        "is_paid": paid,
        "created_at": "2026-03-16T19:01:11Z",
        "is_testing": invoice.test,
        "payload": invoice.payload,
    })
}

impl Invoice {
    /// When it was made.
    pub fn created_ms(&self) -> u64 {
        self.created_ms
    }
}
