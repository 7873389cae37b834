//! The practice gateway of a run: its customers, its faults, and what it was asked for.

use std::collections::BTreeMap;

use ringup_practice::{
    CallFault, Control, Endpoint, FaultRule, InvoiceState, PracticeGateway, StatusFault, Target,
};

use super::plan::{CreateFault, CustomerAct};

/// What the gateway knows.
#[derive(Debug, Default)]
pub(crate) struct GatewayState {
    /// How often each (sale, attempt) was requested, by the reference in `payload`.
    pub(crate) requested: BTreeMap<(String, u64), u32>,
    /// Invoices that were paid.
    pub(crate) paid: Vec<String>,
}

/// The gateway that all tills of a run use.
pub(super) struct Gateway {
    control: Control,
    base: String,
    requested: BTreeMap<(String, u64), u32>,
    /// The last request that is counted.
    counted_requests: u64,
}

impl Gateway {
    pub(super) fn new(gateway: &PracticeGateway) -> Self {
        Self {
            control: gateway.control(),
            base: gateway.base_url(),
            requested: BTreeMap::new(),
            counted_requests: 0,
        }
    }

    /// Its API base.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Forgets everything, because another journal begins.
    pub(super) fn reset(&mut self) {
        self.control.reset();
        self.requested.clear();
        self.counted_requests = 0;
    }

    /// Answers correctly from now on.
    pub(super) fn clear_faults(&self) {
        self.control.clear_faults();
    }

    pub(super) fn customer(&self, invoice: &str, act: CustomerAct) {
        let done = match act {
            CustomerAct::Choose => self.control.choose_coin(invoice, "TON", "TON"),
            CustomerAct::Pay => self.control.pay(invoice),
            CustomerAct::End => self.control.end(invoice),
            CustomerAct::PayLate => self.control.pay_late(invoice),
            CustomerAct::Settle => self.control.process(invoice),
        };
        // An error means that this cannot happen to the invoice in its state; then nothing happens.
        done.ok();
    }

    /// Makes the next request for an invoice fail so.
    pub(super) fn fail_next_create(&self, fault: CreateFault) {
        let act = match fault {
            CreateFault::Lost => CallFault::ResetAfterWork,
            CreateFault::Failed => CallFault::Status(StatusFault::new(502)),
            CreateFault::Refused => CallFault::Status(StatusFault::new(422)),
            CreateFault::Slow { ms } => CallFault::DelayMs(ms),
        };
        // Only a rule with a bad header is refused.
        self.control
            .add_fault(FaultRule::next(Target::Create, act))
            .ok();
    }

    /// What it knows by now. Requests are told apart by the reference that the till puts into `payload`.
    pub(super) fn state(&mut self) -> GatewayState {
        self.count_requests();
        let invoices = self.control.invoices().into_iter();
        GatewayState {
            requested: self.requested.clone(),
            paid: invoices
                .filter(|invoice| matches!(invoice.state, InvoiceState::Paid { .. }))
                .map(|invoice| invoice.id)
                .collect(),
        }
    }

    fn count_requests(&mut self) {
        for request in self.control.requests() {
            if request.number <= self.counted_requests {
                continue;
            }
            self.counted_requests = request.number;
            if request.endpoint != Endpoint::Create {
                continue;
            }
            let payload = request
                .body
                .as_ref()
                .and_then(|body| body.get("payload")?.as_str());
            let reference = payload.and_then(|text| serde_json::from_str::<Reference>(text).ok());
            if let Some(Reference { sale, attempt }) = reference {
                *self.requested.entry((sale, attempt)).or_default() += 1;
            }
        }
    }
}

/// The part of `payload` that names an attempt.
#[derive(serde::Deserialize)]
struct Reference {
    sale: String,
    attempt: u64,
}
