//! Receipts on a printer that is ready, slow, cannot answer, says other things, is unreachable, breaks off or is out of
//! paper; in the network and behind a device file.

use std::time::Duration;

use ringup_core::error::{Code, Fault};
use ringup_core::money::BasisPoints;
use ringup_core::printer::{Abilities, PrintOutcome, PrinterError, PrinterLimits, PrinterPort};
use ringup_core::settings::Settings;
use ringup_core::settings::{Letters, Printing, TaxRate};
use ringup_core::{ReceiptFormat, TillEvent};

use ringup_testkit::{Printer, PrinterState, Shop, euros, free_port};

/// The printer's time-out in these tests.
const LIMITS: PrinterLimits = PrinterLimits {
    connect: Duration::from_millis(500),
    answer: Duration::from_millis(500),
    whole: Duration::from_millis(1500),
};

fn rate(rate: u32) -> TaxRate {
    TaxRate {
        name: "MwSt.".to_owned(),
        rate: BasisPoints(rate),
    }
}

/// A shop with a printer.
async fn shop(printer: u16, change: impl FnOnce(&mut Printing)) -> Shop {
    let shop = Shop::open().await;
    let mut printing = Printing {
        printer: Some(PrinterPort::Network {
            host: "127.0.0.1".to_owned(),
            port: printer,
        }),
        ..Printing::default()
    };
    change(&mut printing);
    let settings = Settings {
        language: Some("de".to_owned()),
        printing,
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    shop.till().set_printer_limits(LIMITS);
    shop
}

fn code(error: ringup_core::TillError) -> Code {
    Fault::from(error).code
}

fn receipts_made(shop: &Shop) -> usize {
    let kinds = shop.entry_kinds();
    kinds.iter().filter(|kind| *kind == "receipt_made").count()
}

#[tokio::test]
async fn the_first_opens_the_drawer_and_the_second_is_a_copy() {
    let printer = Printer::start(48, PrinterState::Ready);
    let shop = shop(printer.port, |printing| printing.drawer = true).await;
    let number = shop.sell().await;
    let till = shop.till();
    assert!(!till.receipt(number).await.unwrap().copy);
    assert_eq!(till.print_receipt(number).await.unwrap().sale.receipts, 1);
    assert_eq!(till.print_receipt(number).await.unwrap().sale.receipts, 2);
    let shown = till.receipt(number).await.unwrap();
    assert!(shown.copy && shown.text.contains("KOPIE"), "{shown:?}");
    assert!(shown.data_url.starts_with("data:image/png;base64,iVBOR"));

    let papers = printer.wait_for_papers(2);
    let [first, second] = &papers[..] else {
        panic!("{papers:?}")
    };
    assert_eq!((first.drawer_pulses, first.cuts), (1, 1));
    assert_eq!((second.drawer_pulses, second.cuts), (0, 1));
    assert!(!first.text().contains("KOPIE") && second.text().contains("KOPIE"));
    assert!(
        first.text().contains("es ist kein Geld geflossen"),
        "practice"
    );
    assert_eq!(receipts_made(&shop), 2);
    shop.assert_whole().await;
}

#[tokio::test]
async fn there_is_no_receipt_of_what_was_not_paid() {
    let printer = Printer::start(48, PrinterState::Ready);
    let shop = shop(printer.port, |_| {}).await;
    let (number, _) = shop.open_sale().await;
    let till = shop.till();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("receipt.png");
    let png = ReceiptFormat::Png;
    for error in [
        till.print_receipt(number).await.unwrap_err(),
        till.receipt_opened_in_dialog(number).await.unwrap_err(),
        till.save_receipt(number, png, &file).await.unwrap_err(),
        till.receipt(number).await.map(drop).unwrap_err(),
    ] {
        assert_eq!(code(error), Code::ReceiptNone);
    }
    assert!(!file.exists() && printer.papers().is_empty());
    let none = Settings::default();
    till.save_settings(none).unwrap();
    assert_eq!(
        code(till.printer_test().await.unwrap_err()),
        Code::PrinterNone
    );
}

/// What the book says of each receipt that was printed: `None` when it is there for sure.
fn outcomes(shop: &Shop) -> Vec<Option<String>> {
    let journal = rusqlite::Connection::open(shop.config.journal()).unwrap();
    let mut entries = journal
        .prepare("SELECT body ->> 'outcome' FROM entry WHERE body ->> 'kind' = 'receipt_made' ORDER BY seq")
        .unwrap();
    let outcomes = entries.query_map([], |row| row.get(0)).unwrap();
    outcomes.map(Result::unwrap).collect()
}

const UNCONFIRMED: Option<&str> = Some("unconfirmed");
const FAILED: Option<&str> = Some("failed");

fn assert_outcomes(shop: &Shop, expected: &[Option<&str>]) {
    let outcomes = outcomes(shop);
    let outcomes: Vec<_> = outcomes.iter().map(Option::as_deref).collect();
    assert_eq!(outcomes, expected);
}

#[tokio::test]
async fn a_printer_in_trouble_says_which_before_anything_is_printed() {
    let printer = Printer::start(48, PrinterState::NoPaper);
    let shop = shop(printer.port, |_| {}).await;
    let number = shop.sell().await;
    let fails = async || code(shop.till().print_receipt(number).await.unwrap_err());
    assert_eq!(fails().await, Code::PrinterOutOfPaper);
    printer.set_state(PrinterState::CoverOpen);
    assert_eq!(fails().await, Code::PrinterNotReady);
    assert!(printer.papers().is_empty(), "it is asked first");
    assert_eq!(receipts_made(&shop), 0);

    printer.set_state(PrinterState::Ready);
    let printed = shop.till().print_receipt(number).await.unwrap();
    assert_eq!(printed.sale.receipts, 1, "it can be tried again");

    // A printer that has answered before and does not answer now is unreachable.
    printer.set_state(PrinterState::Unresponsive);
    assert_eq!(fails().await, Code::PrinterUnreachable);
    assert_outcomes(&shop, &[None]);
}

#[tokio::test]
async fn a_job_that_failed_is_in_the_book_counts_for_nothing_and_opens_no_drawer_twice() {
    let printer = Printer::start(48, PrinterState::PaperEnds);
    let shop = shop(printer.port, |printing| printing.drawer = true).await;
    let number = shop.sell().await;
    let error = shop.till().print_receipt(number).await.unwrap_err();
    assert_eq!(code(error), Code::PrinterOutOfPaper);
    assert_outcomes(&shop, &[FAILED]);
    assert_eq!(shop.till().sale(number).await.unwrap().receipts, 0);

    printer.set_state(PrinterState::Ready);
    let printed = shop.till().print_receipt(number).await.unwrap();
    assert_eq!(printed.sale.receipts, 1);
    let papers = printer.wait_for_papers(2);
    let pulses: Vec<_> = papers.iter().map(|paper| paper.drawer_pulses).collect();
    assert_eq!(pulses, [1, 0]);
    assert!(!papers[1].text().contains("KOPIE"));
    assert_outcomes(&shop, &[FAILED, None]);
    shop.assert_whole().await;
}

#[tokio::test]
async fn what_was_printed_and_reset_afterwards_is_printed() {
    let printer = Printer::start(48, PrinterState::ResetsWhenDone);
    let shop = shop(printer.port, |printing| printing.drawer = true).await;
    let number = shop.sell().await;
    let printed = shop.till().print_receipt(number).await.unwrap();
    assert_eq!(printed.outcome, PrintOutcome::Confirmed);
    let again = shop.till().print_receipt(number).await.unwrap();
    assert_eq!(again.sale.receipts, 2);
    let papers = printer.wait_for_papers(2);
    assert_eq!((papers[0].drawer_pulses, papers[1].drawer_pulses), (1, 0));
    assert!(papers[1].text().contains("KOPIE"));
    assert_outcomes(&shop, &[None, None]);
}

#[tokio::test]
async fn a_job_that_is_never_confirmed_is_in_doubt_and_the_next_is_a_copy() {
    let printer = Printer::start(48, PrinterState::Ready);
    let shop = shop(printer.port, |printing| printing.drawer = true).await;
    shop.till().printer_test().await.unwrap();
    let number = shop.sell().await;
    // It has confirmed before, so its silence and its broken connection are told.
    for state in [PrinterState::NeverDone, PrinterState::Disconnects] {
        printer.set_state(state);
        let error = shop.till().print_receipt(number).await.unwrap_err();
        assert_eq!(code(error), Code::PrinterUnconfirmed, "{state:?}");
    }
    assert_outcomes(&shop, &[UNCONFIRMED; 2]);
    printer.set_state(PrinterState::Ready);
    let printed = shop.till().print_receipt(number).await.unwrap();
    assert_eq!(
        (printed.outcome, printed.sale.receipts),
        (PrintOutcome::Confirmed, 3)
    );
    let papers = printer.wait_for_papers(3);
    let last = papers.last().unwrap();
    assert!(last.text().contains("KOPIE") && last.drawer_pulses == 0);
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_printer_that_cannot_confirm_is_asked_once() {
    for state in [
        PrinterState::NeverDone,
        PrinterState::ReportsItselfAlone,
        PrinterState::ClosesWhenDone,
    ] {
        let printer = Printer::start(48, state);
        let mut shop = shop(printer.port, |_| {}).await;
        let number = shop.sell().await;
        let first = shop.till().print_receipt(number).await.unwrap();
        assert_eq!(first.outcome, PrintOutcome::Unconfirmed, "{state:?}");
        shop.reopen().await;
        let limits = PrinterLimits {
            whole: Duration::from_secs(60),
            ..LIMITS
        };
        shop.till().set_printer_limits(limits);
        let began = std::time::Instant::now();
        let second = shop.till().print_receipt(number).await.unwrap();
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "{state:?} was asked again"
        );
        assert_eq!(second.outcome, PrintOutcome::Unconfirmed);
        assert!(printer.wait_for_papers(2)[1].text().contains("KOPIE"));
        assert_outcomes(&shop, &[UNCONFIRMED; 2]);

        // The test page asks anew: this may be another printer by now.
        printer.set_state(PrinterState::Ready);
        shop.till().set_printer_limits(LIMITS);
        let tested = shop.till().printer_test().await.unwrap();
        assert_eq!(tested, PrintOutcome::Confirmed);
        let third = shop.till().print_receipt(number).await.unwrap();
        assert_eq!(third.outcome, PrintOutcome::Confirmed);
    }
}

#[tokio::test]
async fn status_reports_and_greetings_are_no_answers() {
    for state in [PrinterState::ReportsItself, PrinterState::Greets] {
        let printer = Printer::start(48, state);
        let shop = shop(printer.port, |_| {}).await;
        let number = shop.sell().await;
        for _ in 0..2 {
            let printed = shop.till().print_receipt(number).await;
            let printed = printed.unwrap_or_else(|error| panic!("{state:?}: {error}"));
            assert_eq!(printed.outcome, PrintOutcome::Confirmed, "{state:?}");
        }
        assert_outcomes(&shop, &[None, None]);
    }
}

#[tokio::test]
async fn a_printer_that_cannot_answer_prints_all_the_same() {
    let printer = Printer::start(48, PrinterState::CannotAnswer);
    let shop = shop(printer.port, |_| {}).await;
    let number = shop.sell().await;
    let printed = shop.till().print_receipt(number).await.unwrap();
    assert_eq!(
        (printed.sale.receipts, printer.wait_for_papers(1).len()),
        (1, 1)
    );
    assert_eq!(printed.outcome, PrintOutcome::Unconfirmed);
    assert_outcomes(&shop, &[UNCONFIRMED]);
    shop.till().printer_test().await.unwrap();
    let page = &printer.wait_for_papers(2)[1];
    let text = page.text().replace('\n', "");
    for letters in [
        "858",
        "ÇüéâäàåçêëèïîìÄÅÉæÆ",
        "€",
        "866",
        "АБВГДЕЖЗ",
        "ЁёЄєЇїЎў№",
        "852",
        "ŁčáíóúĄąŽžĘęź",
        "857",
        "ŞşáíóúñÑĞğ",
    ] {
        assert!(text.contains(letters), "{letters} in {text}");
    }
    assert!(page.picture_lines() > 100, "and letters as a picture");
}

#[tokio::test]
async fn a_printer_behind_a_device_file_prints_and_answers() {
    for (state, expected) in [
        (PrinterState::Ready, Ok(PrintOutcome::Confirmed)),
        (PrinterState::CannotAnswer, Ok(PrintOutcome::Unconfirmed)),
        (PrinterState::NoPaper, Err(PrinterError::OutOfPaper)),
    ] {
        let (printer, path) = Printer::on_device(48, state);
        let port = PrinterPort::Device {
            path: path.to_str().unwrap().to_owned(),
        };
        let job = b"\x1b@Receipt\n\x1dVA\0".to_vec();
        let report = ringup_core::printer::print(port, job, Abilities::default(), LIMITS).await;
        assert_eq!(report.result, expected, "{state:?}");
        assert_eq!(report.begun, expected.is_ok());
        if expected.is_ok() {
            assert!(printer.wait_for_papers(1)[0].text().contains("Receipt"));
        }
    }
    // A file that is no device is not written to.
    let file = tempfile::NamedTempFile::new().unwrap();
    let port = PrinterPort::Device {
        path: file.path().to_str().unwrap().to_owned(),
    };
    let report = ringup_core::printer::print(port, vec![0], Abilities::default(), LIMITS).await;
    assert!(
        matches!(report.result, Err(PrinterError::Unreachable(_))),
        "{report:?}"
    );
    assert_eq!(file.as_file().metadata().unwrap().len(), 0);
}

#[tokio::test]
async fn a_receipt_is_printed_as_a_picture_when_the_shop_says_so() {
    let printer = Printer::start(48, PrinterState::Ready);
    let shop = shop(printer.port, |printing| printing.letters = Letters::Picture).await;
    let number = shop.sell().await;
    let printed = shop.till().print_receipt(number).await.unwrap();
    assert_eq!(printed.outcome, PrintOutcome::Confirmed);
    let paper = &printer.wait_for_papers(1)[0];
    assert_eq!(paper.text(), "");
    assert!(
        paper.picture_lines() > 300 && paper.cuts == 1,
        "{}",
        paper.picture_lines()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sale_waits_for_a_printer() {
    let printer = Printer::start(48, PrinterState::NeverDone);
    let shop = shop(printer.port, |_| {}).await;
    let limits = PrinterLimits {
        whole: Duration::from_secs(60),
        ..LIMITS
    };
    shop.till().set_printer_limits(limits);
    let number = shop.sell().await;
    let till = shop.till().clone();
    let printing = tokio::spawn(async move { till.print_receipt(number).await });
    tokio::task::block_in_place(|| printer.wait_for_papers(1));
    let next = shop.sell().await;
    assert!(next > number && !printing.is_finished());
    printing.abort();

    let shop = self::shop(free_port(), |_| {}).await;
    let number = shop.sell().await;
    let error = shop.till().print_receipt(number).await.unwrap_err();
    assert_eq!(code(error), Code::PrinterUnreachable);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_is_printed_by_itself_once() {
    let printer = Printer::start(48, PrinterState::Ready);
    let mut shop = shop(printer.port, |printing| printing.auto_print = true).await;
    let printing = shop.till().clone().with_auto_print();
    let number = shop.sell().await;
    shop.wait_for_sale(number, |sale| sale.receipts == 1).await;
    shop.till().acknowledge(number).await.unwrap();
    let fault = |event| match event {
        TillEvent::Fault(fault) => Some(fault),
        _ => None,
    };
    printer.set_state(PrinterState::NoPaper);
    let second = shop.sell().await;
    let told = shop.wait_for_events(1, fault).await;
    assert_eq!(told[0].code, Code::PrinterOutOfPaper);
    assert_eq!(told[0].detail["number"], second.to_string());
    assert_eq!(printer.papers().len(), 1);

    // It is not printed again by itself when a later report comes.
    printer.set_state(PrinterState::Ready);
    let invoice = shop.till().sale(second).await.unwrap().invoice_id.unwrap();
    shop.control.process(&invoice).unwrap();
    shop.wait_for_sale(second, |sale| sale.settled).await;
    let third = shop.sell().await;
    shop.wait_for_sale(third, |sale| sale.receipts == 1).await;
    assert_eq!(printer.papers().len(), 2);
    drop(printing);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_printed_before_a_restart_is_not_printed_again() {
    let printer = Printer::start(48, PrinterState::Ready);
    let mut shop = shop(printer.port, |printing| printing.auto_print = true).await;
    let (number, invoice) = shop.open_sale().await;
    shop.pay(number, &invoice).await;
    shop.till().print_receipt(number).await.unwrap();
    shop.reopen().await;
    shop.till().set_printer_limits(LIMITS);
    let printing = shop.till().clone().with_auto_print();
    // A change of the sale that is no payment.
    shop.control.process(&invoice).unwrap();
    shop.wait_for_sale(number, |sale| sale.settled).await;
    let next = shop.sell().await;
    shop.wait_for_sale(next, |sale| sale.receipts == 1).await;
    assert_eq!(
        printer.papers().len(),
        2,
        "in the order in which they were paid"
    );
    assert_eq!(shop.till().sale(number).await.unwrap().receipts, 1);
    drop(printing);
}

#[tokio::test]
async fn a_saved_receipt_is_a_whole_file_and_counts() {
    let shop = Shop::open().await;
    let number = shop.sell().await;
    let folder = tempfile::tempdir().unwrap();
    let till = shop.till();
    let (picture, page) = (folder.path().join("r.png"), folder.path().join("r.pdf"));
    let sale = till
        .save_receipt(number, ReceiptFormat::Png, &picture)
        .await;
    assert_eq!(sale.unwrap().receipts, 1);
    let sale = till.save_receipt(number, ReceiptFormat::Pdf, &page).await;
    assert_eq!(sale.unwrap().receipts, 2);
    assert!(image::open(&picture).unwrap().width() > 500);
    assert!(std::fs::read(&page).unwrap().starts_with(b"%PDF"));
    let nowhere = picture.join("below-a-file.png");
    let error = till
        .save_receipt(number, ReceiptFormat::Png, &nowhere)
        .await;
    assert_eq!(code(error.unwrap_err()), Code::FileUnwritable);
    assert_eq!(receipts_made(&shop), 2);
}

#[tokio::test]
async fn a_sale_of_the_pad_bears_the_rate_of_its_day() {
    let shop = Shop::open().await;
    let settings = Settings {
        language: Some("de".to_owned()),
        tax_rates: vec![rate(1900), rate(700)],
        default_tax: Some(BasisPoints(700)),
        ..Settings::default()
    };
    shop.till().save_settings(settings.clone()).unwrap();
    let number = shop.sell().await;
    let later = Settings {
        default_tax: Some(BasisPoints(1900)),
        ..settings
    };
    shop.till().save_settings(later).unwrap();
    let text = shop.till().receipt_text(number).await.unwrap();
    assert!(text.contains("MwSt. 7 % aus 12,50 €"), "{text}");
    assert!(text.contains("0,82 €"), "{text}");
    shop.till().charge(euros("1.00")).await.unwrap();
}
