//! The export of a long sales book: cancelled, disturbed by sales, stopped by a full disk.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ringup_core::clock::UnixMs;
use ringup_core::export::{ExportFormat, ExportProgress, ExportRows};
use ringup_core::ids::{AttemptNumber, InvoiceId, RefundNumber, TapId};
use ringup_core::journal::{FirstPayment, JournalFile, NewSale, Opened};
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{Breakdown, Event, Invoice, Purpose, RefundWay, Report};
use ringup_core::{Export, ExportTo};

use ringup_testkit::{Desktop, KeychainState, Shop, error_code, run};

/// More rows than one step of the progress.
const REFUNDS: u32 = 700;
/// One payment and its refunds, cent by cent.
const ROWS: u64 = 1 + REFUNDS as u64;

const EVERYTHING: Export = Export {
    format: ExportFormat::Csv,
    rows: ExportRows::Sales,
    from: None,
    to: None,
};

/// Writes a sale with many rows, in one transaction.
fn long_book(journal: &Path, purpose: Purpose) {
    let mut file = JournalFile::open(journal, purpose, UnixMs(1)).unwrap();
    let new = NewSale {
        tap: TapId::new(),
        amount: Money::from_minor(100_000, Currency::Eur),
        note: None,
        language: None,
        breakdown: Breakdown::default(),
        // Not the till's gateway, so that the till does not poll it.
        first: FirstPayment::Invoice {
            gateway: "elsewhere".to_owned(),
            lifetime_minutes: 15,
        },
        receipt_token: None,
    };
    let Opened::New(sale) = file.open_sale(new, UnixMs(2)).unwrap() else {
        panic!("a new tap")
    };
    let (sale, attempt) = (sale.id, AttemptNumber(1));
    let invoice_id = InvoiceId(sale.to_string());
    let report = Report {
        id: invoice_id.clone(),
        pay_status: "paid".to_owned(),
        is_paid: true,
        is_testing: Some(false),
        fiat_amount: None,
        fiat_currency: None,
        processing_status: None,
        crypto: None,
        network: None,
        crypto_amount: None,
        network_fee: None,
        payload: None,
    };
    let mut events = vec![
        Event::InvoiceOpened {
            sale,
            attempt,
            invoice: Invoice {
                id: invoice_id,
                pay_url: "https://pay.cru.cash/invoice/i".to_owned(),
                expires_at_unix: None,
                test: false,
                clock_offset_ms: None,
            },
        },
        Event::InvoicePaid {
            sale,
            attempt,
            report,
        },
    ];
    events.extend((1..=REFUNDS).map(|refund| Event::SaleRefunded {
        sale,
        refund: RefundNumber(refund),
        amount_minor: 1,
        way: RefundWay::Cash,
        own: None,
        rounding_minor: 0,
        reason: "one by one ".repeat(20),
        lines: Vec::new(),
        parts: None,
    }));
    file.record(sale, UnixMs(3), |_| events).unwrap();
}

async fn shop() -> Shop {
    let mut shop = Shop::without_polling().await;
    shop.close();
    long_book(&shop.config.journal(), Purpose::Practice);
    shop.reopen().await;
    shop
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn an_export_called_off_on_its_way_leaves_nothing_behind() {
    let shop = shop().await;
    let folder = tempfile::tempdir().unwrap();
    let cancelled = Arc::new(AtomicBool::new(false));
    let tap = Arc::clone(&cancelled);
    let progress = move |progress: ExportProgress| {
        assert!(progress.done < progress.total, "it goes on to its end");
        tap.store(true, Ordering::Relaxed);
    };
    let to = ExportTo::File(folder.path().join("book.csv"));
    let rows = shop.till().export(EVERYTHING, to, progress, cancelled);
    assert_eq!(rows.await.unwrap(), None);
    assert_eq!(files(folder.path()), 0);
}

#[tokio::test]
async fn what_is_sold_on_the_way_is_not_in_it() {
    let shop = shop().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.csv");
    let journal = shop.config.journal();
    let progress = move |progress: ExportProgress| {
        assert_eq!(progress.total, ROWS);
        if progress.done < progress.total {
            long_book(&journal, Purpose::Practice);
        }
    };
    let to = ExportTo::File(path.clone());
    let export = shop.till().export(EVERYTHING, to, progress, Arc::default());
    assert_eq!(export.await.unwrap(), Some(ROWS));
    let book = std::fs::read_to_string(path).unwrap();
    assert_eq!(book.lines().count() as u64, 1 + ROWS);
    let to = ExportTo::Writer(Box::new(std::io::sink()));
    let again = shop.till().export(EVERYTHING, to, |_| (), Arc::default());
    assert_eq!(again.await.unwrap(), Some(2 * ROWS));
}

#[test]
fn a_disk_that_fills_up_under_an_export_keeps_the_file_before_it() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    long_book(&desktop.data_dir().join("journal.sqlite"), Purpose::Live);
    let folder = desktop.folder().join("books");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("book.csv");
    std::fs::write(&file, "last year's").unwrap();
    let command = |script: &str| {
        let mut shell = desktop.command("sh");
        shell.args(["-c", script, "sh", env!("CARGO_BIN_EXE_ringup")]);
        shell.args(["export", "--format", "csv"]);
        shell
    };
    let fails = |command: &mut Command| {
        let (code, out, errors) = run(command);
        assert_eq!((code, out.as_str()), (1, ""), "{errors}");
        error_code(&errors).to_owned()
    };
    // With the signal ignored, a write beyond the limit of file size fails as on a full disk.
    let mut limited = command("trap '' XFSZ; ulimit -f 100; exec \"$@\"");
    assert_eq!(fails(limited.arg(&file)), "file_unwritable");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "last year's");
    assert_eq!(files(&folder), 1, "nothing half-written stays");
    let mut piped = command("exec \"$@\" > /dev/full");
    assert_eq!(fails(&mut piped), "file_unwritable");
    assert_eq!(run(command("exec \"$@\"").arg(&file)).0, 0);
    assert!(std::fs::metadata(&file).unwrap().len() > 100_000);
}
