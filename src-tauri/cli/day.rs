//! `ringup report` and `ringup close-day`: the X report and the Z report in the terminal.

use ringup_core::calendar::Day;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::report::{LineKind, ReportLine};
use ringup_core::{ProgramStart, Till};

use super::Outcome;
use super::output::{Output, print_history_fault};

/// The width of the labels, characters.
const LABEL_WIDTH: usize = 28;

pub(super) async fn report(
    day: Option<Day>,
    out: Output,
    config: &Config,
) -> Result<Outcome, Fault> {
    let till = Till::open_to_read(config, Clock::system()).await?;
    let report = till.report(day).await?;
    out.print(&report, |report| {
        format_lines(&report.lines(&till.settings()))
    });
    Ok(Outcome::Done)
}

pub(super) async fn close(carry: bool, out: Output, config: &Config) -> Result<Outcome, Fault> {
    let till = Till::open_book(config, Clock::system()).await?;
    till.record_start(ProgramStart::Brief).await?;
    print_history_fault(&till);
    let close = till.close_day(carry).await?;
    out.print(&close, |close| format_lines(&close.lines(&till.settings())));
    Ok(Outcome::Done)
}

fn format_lines(lines: &[ReportLine]) -> String {
    let lines: Vec<_> = lines
        .iter()
        .map(|line| {
            let label = match &line.name {
                Some(name) => format!("{} ({name})", label(line.kind)),
                None => label(line.kind).to_owned(),
            };
            let text = format!("{label:<LABEL_WIDTH$}  {}", line.value);
            text.trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

fn label(kind: LineKind) -> &'static str {
    match kind {
        LineKind::X => "X report",
        LineKind::Z => "Z report",
        LineKind::Practice => "PRACTICE: no real money",
        LineKind::Gateway => "Gateway",
        LineKind::Till => "Till",
        LineKind::Zone => "Time zone",
        LineKind::Currency => "Currency",
        LineKind::Paid => "Payments",
        LineKind::Tender => "By tender",
        LineKind::Rounding => "Rounding of cash, in no sum",
        LineKind::TakenBack => "Tenders taken back, in no sum",
        LineKind::Refunds => "Refunds",
        LineKind::RefundWay => "Refunds, of them",
        LineKind::Net => "Remains",
        LineKind::Average => "Average payment",
        LineKind::Tips => "Tips, of it",
        LineKind::Late => "Late, of it",
        LineKind::Duplicate => "Paid twice, of it",
        LineKind::Coin => "Coin",
        LineKind::Tax => "Tax contained",
        LineKind::TaxRefunded => "Refunds, already off it",
        LineKind::Category => "Category",
        LineKind::CategoryRefunded => "Refunds, already off it",
        LineKind::Cashier => "Cashier",
        LineKind::CashierRefunds => "Refunds by",
        LineKind::Settled => "Credited",
        LineKind::Unsettled => "Not yet credited",
        LineKind::Open => "Open now",
        LineKind::WrittenOff => "Written off",
        LineKind::ReviewsClosed => "Reviews settled by hand",
        LineKind::HeldCarts => "Held carts",
        LineKind::DroppedCarts => "Carts dropped, unsold",
        LineKind::Program => "Program version",
        LineKind::Key => "Fingerprint of the key",
        LineKind::TechnicalEvent => "Technical events",
        LineKind::SinceClose => "Since the last close",
        LineKind::Drawer => "Drawer",
        LineKind::DrawerMove => "Drawer, one by one",
        LineKind::Grand => "Grand total",
        LineKind::GrandTender => "Grand total by tender",
        LineKind::GrandRefunds => "Grand total of refunds",
        LineKind::CountedAfter => "Counted after entry",
        LineKind::Head => "Head of the journal",
        LineKind::SignedHead => "Signed by the back office, entry",
    }
}
