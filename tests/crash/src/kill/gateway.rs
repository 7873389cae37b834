//! The loop's side of the practice gateway: its customers, its faults, and what it was asked for.

use std::collections::BTreeMap;

use ringup_practice::{
    Act, Control, Endpoint, FaultRule, PracticeGateway, Stage, StatusAct, Target,
};

use super::plan::{CustomerAct, Spoilt};

/// What the gateway knows.
#[derive(Debug, Default)]
pub(crate) struct GatewaySide {
    /// How often each (sale, attempt) was requested, by the reference in `payload`.
    pub(crate) requested: BTreeMap<(String, u64), u32>,
    /// Invoices that were paid.
    pub(crate) paid: Vec<String>,
}

/// The gateway that all tills of a run sell to.
pub(super) struct Gateway {
    control: Control,
    base: String,
    requested: BTreeMap<(String, u64), u32>,
    /// The requests up to this one are counted.
    seen_requests: u64,
}

impl Gateway {
    pub(super) fn new(gateway: &PracticeGateway) -> Self {
        Self {
            control: gateway.control(),
            base: gateway.base_url(),
            requested: BTreeMap::new(),
            seen_requests: 0,
        }
    }

    /// Where the till finds it.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// It forgets everything: another journal begins.
    pub(super) fn reset(&mut self) {
        self.control.reset();
        self.requested.clear();
        self.seen_requests = 0;
    }

    /// From now on it answers as it should.
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
        // What cannot happen to the invoice as it stands does not happen.
        done.ok();
    }

    /// The next request for an invoice goes wrong.
    pub(super) fn spoil(&self, spoilt: Spoilt) {
        let act = match spoilt {
            Spoilt::Lost => Act::ResetAfterWork,
            Spoilt::Failed => Act::Status(StatusAct::new(502)),
            Spoilt::Refused => Act::Status(StatusAct::new(422)),
            Spoilt::Slow { ms } => Act::DelayMs(ms),
        };
        // A rule without headers is never refused.
        self.control
            .add_fault(FaultRule::next(Target::Create, act))
            .ok();
    }

    /// What it knows by now. Requests are counted by the reference that the till put into `payload`.
    pub(super) fn side(&mut self) -> GatewaySide {
        self.count_requests();
        let invoices = self.control.invoices().into_iter();
        GatewaySide {
            requested: self.requested.clone(),
            paid: invoices
                .filter(|invoice| matches!(invoice.stage, Stage::Paid { .. }))
                .map(|invoice| invoice.id)
                .collect(),
        }
    }

    fn count_requests(&mut self) {
        for request in self.control.requests() {
            if request.number <= self.seen_requests {
                continue;
            }
            self.seen_requests = request.number;
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
