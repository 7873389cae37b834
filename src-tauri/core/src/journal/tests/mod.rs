//! The journal on real files. This module has the shop and the sales that the tests share.

mod carts;
mod day_close;
mod gateway;
mod opening;
#[cfg(unix)]
mod replaced;
mod sales_query;
mod stock;
mod technical;
mod till_code;
mod verifying;
mod writing;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::*;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId, SaleId, TapId};
use crate::money::{Currency, Money};
use crate::sale::{Breakdown, Event, Invoice, Purpose, RefundWay, Report, Sale, events_for_report};

pub(super) struct Shop {
    _folder: tempfile::TempDir,
    pub(super) path: PathBuf,
}

impl Shop {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data").join("journal.sqlite");
        Self {
            _folder: folder,
            path,
        }
    }

    pub(super) fn open(&self) -> JournalFile {
        self.try_open().expect("opens")
    }

    fn try_open(&self) -> Result<JournalFile, JournalError> {
        JournalFile::open(&self.path, Purpose::Live, UnixMs(1000))
    }

    /// A connection to the file without the triggers that protect entries.
    pub(super) fn raw(&self) -> Connection {
        let raw = Connection::open(&self.path).expect("opens");
        raw.execute_batch(
            "DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_deleted;",
        )
        .expect("no triggers");
        raw
    }
}

pub(super) fn new_sale(tap: TapId) -> NewSale {
    NewSale {
        tap,
        amount: Money::from_minor(1250, Currency::Eur),
        note: Some("Tisch 4; ёлка".into()),
        language: None,
        breakdown: Breakdown::default(),
        first: FirstPayment::Invoice {
            gateway: "api.cru.cash".into(),
            lifetime_minutes: 15,
        },
        receipt_token: None,
    }
}

pub(super) fn opened(opened: Opened) -> Sale {
    match opened {
        Opened::New(sale) | Opened::AlreadyOpened(sale) => sale,
    }
}

pub(super) fn sell(file: &mut JournalFile, paid: bool) -> Sale {
    let sale = opened(
        file.open_sale(new_sale(TapId::new()), UnixMs(2000))
            .expect("opened"),
    );
    let invoice_id = format!("i-{}", sale.number);
    if paid {
        pay(file, sale.id, &invoice_id)
    } else {
        open_invoice(file, sale.id, &invoice_id)
    }
}

/// The gateway creates an invoice.
pub(super) fn open_invoice(file: &mut JournalFile, id: SaleId, invoice_id: &str) -> Sale {
    let opened = Event::InvoiceOpened {
        sale: id,
        attempt: AttemptNumber(1),
        invoice: Invoice {
            id: InvoiceId(invoice_id.to_owned()),
            pay_url: "https://pay.cru.cash/invoice/i".into(),
            expires_at_unix: Some(900),
            test: false,
            clock_offset_ms: Some(-40),
        },
    };
    let recorded = file.record(id, UnixMs(3000), |_| vec![opened]);
    recorded.expect("recorded").0
}

/// The gateway creates an invoice and reports it as paid.
pub(super) fn pay(file: &mut JournalFile, id: SaleId, invoice_id: &str) -> Sale {
    open_invoice(file, id, invoice_id);
    let report = Report {
        id: InvoiceId(invoice_id.to_owned()),
        pay_status: "paid".into(),
        is_paid: true,
        is_testing: Some(false),
        fiat_amount: Some("12.5".into()),
        fiat_currency: Some("EUR".into()),
        processing_status: Some("processing".into()),
        crypto: Some("USDT".into()),
        network: Some("TRC20".into()),
        crypto_amount: Some("13.58".into()),
        network_fee: Some("1".into()),
        payload: None,
    };
    let recorded = file.record(id, UnixMs(4000), |sale| {
        events_for_report(sale, AttemptNumber(1), &report, UnixMs(0))
    });
    recorded.expect("recorded").0
}

pub(super) fn refund(file: &mut JournalFile, sale: &Sale, amount_minor: i64) {
    let refunded = Event::SaleRefunded {
        sale: sale.id,
        refund: sale.next_refund(),
        amount_minor,
        way: RefundWay::Cash,
        own: None,
        rounding_minor: 0,
        reason: "one was broken".into(),
        lines: Vec::new(),
        parts: Some(sale.parts_of_amount(amount_minor)),
    };
    file.record(sale.id, UnixMs(5000), |_| vec![refunded])
        .expect("recorded");
}

pub(super) fn failure(path: &Path) -> VerifyFailure {
    verify_file(path)
        .expect("readable")
        .expect_err("something is wrong")
}
