//! The X and Z reports as lines, in the same order on the command line and on paper. A line says what it is by
//! its kind; the texts belong to whoever prints it.

use std::collections::BTreeMap;

use super::cashiers::CashierView;
use super::day_report::{CloseView, DayReport};
use super::drawer_view::{DrawerMoveView, DrawerView};
use crate::journal::{CartSum, CartSums};
use crate::money::{Currency, Money};
use crate::sale::{CurrencyTotals, DayTotals};
use crate::settings::Settings;

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// What it is.
    pub kind: LineKind,
    /// Which one of several (a coin, a rate in percent), or how many.
    pub name: Option<String>,
    /// An amount, a number, a hash.
    pub value: String,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the totals' fields")]
pub enum LineKind {
    X,
    Z,
    Practice,
    Gateway,
    Till,
    Zone,
    Currency,
    Paid,
    Tender,
    Rounding,
    TakenBack,
    Refunds,
    RefundWay,
    Net,
    Average,
    Tips,
    Late,
    Duplicate,
    Coin,
    Tax,
    TaxRefunded,
    Category,
    CategoryRefunded,
    Cashier,
    CashierRefunds,
    Settled,
    Unsettled,
    Open,
    WrittenOff,
    ReviewsClosed,
    HeldCarts,
    DroppedCarts,
    Program,
    Key,
    TechnicalEvent,
    SinceClose,
    Drawer,
    DrawerMove,
    Grand,
    GrandTender,
    GrandRefunds,
    CountedAfter,
    Head,
    SignedHead,
}

impl DayReport {
    /// The X report line by line, in a shop with these settings: they name its tenders.
    pub fn lines(&self, settings: &Settings) -> Vec<ReportLine> {
        let mut lines = vec![line(LineKind::X, self.day.to_string())];
        header(
            &mut lines,
            self.practice,
            &self.gateway,
            &self.till,
            &self.zone,
        );
        for (currency, sums) in &self.totals.0 {
            currency_lines(&mut lines, *currency, sums, settings);
            for (kind, sums) in [
                (LineKind::Settled, &self.settled),
                (LineKind::Unsettled, &self.unsettled),
            ] {
                let minor = sums.get(currency).map_or(0, |sum| sum.minor());
                lines.push(line(kind, money(minor, *currency)));
            }
        }
        for (currency, sum) in &self.open_sum {
            lines.push(line(LineKind::Open, money(sum.minor(), *currency)));
        }
        by_hand_lines(&mut lines, &self.written_off, &self.reviews_closed);
        drawer_lines(&mut lines, &self.drawer, &self.drawer_moves);
        cart_lines(&mut lines, &self.held_carts, &self.dropped_carts);
        for (currency, sums) in &self.since_close.0 {
            lines.push(line(
                LineKind::SinceClose,
                money(sums.net_minor(), *currency),
            ));
        }
        grand_lines(&mut lines, &self.grand, settings);
        lines
    }
}

impl CloseView {
    /// The Z report line by line, in a shop with these settings.
    pub fn lines(&self, settings: &Settings) -> Vec<ReportLine> {
        let mut lines = vec![named(LineKind::Z, self.z, self.day.clone())];
        header(
            &mut lines,
            self.practice,
            &self.gateway,
            &self.till,
            &self.zone,
        );
        for (currency, sums) in &self.totals.0 {
            currency_lines(&mut lines, *currency, sums, settings);
        }
        cashier_lines(&mut lines, &self.cashiers);
        if !self.open.is_empty() {
            lines.push(line(LineKind::Open, self.open.len().to_string()));
        }
        by_hand_lines(&mut lines, &self.written_off, &self.reviews_closed);
        drawer_lines(&mut lines, &self.drawer, &self.drawer_moves);
        cart_lines(&mut lines, &self.held_carts, &self.dropped_carts);
        grand_lines(&mut lines, &self.grand, settings);
        for (kind, value) in [
            (LineKind::Program, &self.version),
            (LineKind::Key, &self.key),
        ] {
            lines.extend(value.iter().map(|value| line(kind, value.clone())));
        }
        for (kind, count) in &self.events {
            lines.push(named(LineKind::TechnicalEvent, kind, count.to_string()));
        }
        lines.push(line(LineKind::CountedAfter, self.after_seq.to_string()));
        lines.push(line(LineKind::Head, self.head.clone()));
        lines.extend(self.signed.iter().map(|signed| {
            let value = format!("{} {} {}", signed.office, signed.hash, signed.signature);
            named(LineKind::SignedHead, signed.seq, value)
        }));
        lines
    }
}

fn header(lines: &mut Vec<ReportLine>, practice: bool, gateway: &str, till: &str, zone: &str) {
    lines.push(if practice {
        line(LineKind::Practice, String::new())
    } else {
        line(LineKind::Gateway, gateway.to_owned())
    });
    lines.push(line(LineKind::Till, till.to_owned()));
    lines.push(line(LineKind::Zone, zone.to_owned()));
}

fn currency_lines(
    lines: &mut Vec<ReportLine>,
    currency: Currency,
    sums: &CurrencyTotals,
    settings: &Settings,
) {
    let money = |minor| money(minor, currency);
    lines.push(line(LineKind::Currency, currency.to_string()));
    lines.push(named(LineKind::Paid, sums.payments, money(sums.paid_minor)));
    if sums.took_tenders() {
        lines.extend(tender_lines(LineKind::Tender, currency, sums, settings));
    }
    if sums.rounding_minor != 0 {
        lines.push(line(LineKind::Rounding, money(sums.rounding_minor)));
    }
    if sums.taken_back != 0 {
        let taken_back = money(sums.taken_back_minor);
        lines.push(named(LineKind::TakenBack, sums.taken_back, taken_back));
    }
    let if_any = [
        (LineKind::Refunds, sums.refunds, -sums.refunds_minor),
        (LineKind::Late, sums.late, sums.late_minor),
        (LineKind::Duplicate, sums.duplicate, sums.duplicate_minor),
    ];
    for (kind, count, minor) in if_any {
        if count != 0 || minor != 0 {
            lines.push(named(kind, count, money(minor)));
        }
        if kind == LineKind::Refunds {
            for (way, sums) in &sums.refund_ways {
                let name = format!("{}, {}", settings.tender_name(way), sums.refunds);
                let refunded = money(sums.refunds_minor.saturating_neg());
                lines.push(named(LineKind::RefundWay, name, refunded));
            }
        }
    }
    lines.push(line(LineKind::Net, money(sums.net_minor())));
    if let Some(average) = sums.average_minor() {
        lines.push(line(LineKind::Average, money(average)));
    }
    if sums.tips_minor != 0 {
        lines.push(line(LineKind::Tips, money(sums.tips_minor)));
    }
    for (coin, sums) in &sums.coins {
        lines.push(named(
            LineKind::Coin,
            format!("{coin}, {}", sums.payments),
            money(sums.paid_minor),
        ));
    }
    for (rate, sums) in &sums.taxes {
        let (gross, tax) = (sums.net_gross_minor(), sums.net_tax_minor());
        let contained = format!("{rate} %, {}", money(gross));
        lines.push(named(LineKind::Tax, contained, money(tax)));
        if sums.refunded_gross_minor != 0 {
            let gross = sums.refunded_gross_minor.saturating_neg();
            let tax = sums.refunded_tax_minor.saturating_neg();
            let refunded = format!("{rate} %, {}", money(gross));
            lines.push(named(LineKind::TaxRefunded, refunded, money(tax)));
        }
    }
    category_lines(lines, currency, sums);
}

/// What was sold of each category; nothing where none has a name.
fn category_lines(lines: &mut Vec<ReportLine>, currency: Currency, sums: &CurrencyTotals) {
    for (name, sums) in sums.told_categories() {
        let name = if name.is_empty() { "-" } else { name };
        let net = money(sums.net_minor(), currency);
        lines.push(named(LineKind::Category, name, net));
        if sums.refunded_minor != 0 {
            let refunded = money(sums.refunded_minor.saturating_neg(), currency);
            lines.push(named(LineKind::CategoryRefunded, name, refunded));
        }
    }
}

/// What was paid by each tender; in the name also its refunds and tips, if there are any.
fn tender_lines<'t>(
    kind: LineKind,
    currency: Currency,
    sums: &'t CurrencyTotals,
    settings: &'t Settings,
) -> impl Iterator<Item = ReportLine> + 't {
    sums.tenders.iter().map(move |(word, sums)| {
        let mut name = format!("{}, {}", settings.tender_name(word), sums.payments);
        for (what, minor) in [
            ("refunds", sums.refunds_minor.saturating_neg()),
            ("tips", sums.tips_minor),
        ] {
            if minor != 0 {
                name.push_str(&format!(", {what} {}", money(minor, currency)));
            }
        }
        named(kind, name, money(sums.paid_minor, currency))
    })
}

fn cashier_lines(lines: &mut Vec<ReportLine>, cashiers: &[CashierView]) {
    for sums in cashiers {
        let name = sums.cashier.as_deref().unwrap_or("-");
        let currency = sums.paid.currency();
        let paid = money(sums.paid.minor(), currency);
        let counted = format!("{name}, {}", sums.payments);
        lines.push(named(LineKind::Cashier, counted, paid));
        if sums.refunds_count != 0 || sums.refunds.minor() != 0 {
            let refunds = money(sums.refunds.minor().saturating_neg(), currency);
            let counted = format!("{name}, {}", sums.refunds_count);
            lines.push(named(LineKind::CashierRefunds, counted, refunds));
        }
    }
}

fn by_hand_lines(lines: &mut Vec<ReportLine>, written_off: &[u32], reviews_closed: &[u32]) {
    for (kind, numbers) in [
        (LineKind::WrittenOff, written_off),
        (LineKind::ReviewsClosed, reviews_closed),
    ] {
        if !numbers.is_empty() {
            let texts: Vec<_> = numbers.iter().map(ToString::to_string).collect();
            lines.push(named(kind, numbers.len(), texts.join(", ")));
        }
    }
}

fn drawer_lines(
    lines: &mut Vec<ReportLine>,
    drawer: &BTreeMap<Currency, DrawerView>,
    moves: &[DrawerMoveView],
) {
    let figures = drawer.values().flat_map(DrawerView::figures);
    lines.extend(
        figures
            .map(|(word, sum)| named(LineKind::Drawer, word, money(sum.minor(), sum.currency()))),
    );
    lines.extend(moves.iter().map(|moved| {
        let amount = moved.amount.map(|sum| money(sum.minor(), sum.currency()));
        named(
            LineKind::DrawerMove,
            moved.name(),
            amount.unwrap_or_default(),
        )
    }));
}

fn cart_lines(lines: &mut Vec<ReportLine>, held: &CartSums, dropped: &CartSums) {
    for (kind, sums) in [
        (LineKind::HeldCarts, held),
        (LineKind::DroppedCarts, dropped),
    ] {
        for (currency, CartSum { carts, sum }) in sums {
            lines.push(named(kind, carts, money(sum.minor(), *currency)));
        }
    }
}

fn grand_lines(lines: &mut Vec<ReportLine>, grand: &DayTotals, settings: &Settings) {
    for (currency, sums) in &grand.0 {
        let money = |minor| money(minor, *currency);
        lines.push(named(
            LineKind::Grand,
            sums.payments,
            money(sums.paid_minor),
        ));
        if sums.took_tenders() {
            lines.extend(tender_lines(
                LineKind::GrandTender,
                *currency,
                sums,
                settings,
            ));
        }
        if sums.refunds_minor != 0 {
            let refunded = money(-sums.refunds_minor);
            lines.push(named(LineKind::GrandRefunds, sums.refunds, refunded));
        }
    }
}

fn money(minor: i64, currency: Currency) -> String {
    format!("{} {currency}", Money::from_minor(minor, currency))
}

fn line(kind: LineKind, value: String) -> ReportLine {
    ReportLine {
        kind,
        name: None,
        value,
    }
}

fn named(kind: LineKind, name: impl ToString, value: String) -> ReportLine {
    ReportLine {
        kind,
        name: Some(name.to_string()),
        value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::UnixMs;
    use crate::money::BasisPoints;
    use crate::report::DrawerMoveKind;
    use crate::sale::{
        CategoryTotals, CoinTotals, OwnTender, RefundWayTotals, TaxTotals, TenderTotals,
    };
    use crate::settings::TenderChoice;

    #[test]
    fn a_z_report_shows_everything_that_the_close_holds_and_ends_with_the_head() {
        let euros = CurrencyTotals {
            payments: 3,
            paid_minor: 3001,
            tips_minor: 100,
            late: 1,
            late_minor: 1000,
            refunds: 1,
            refunds_minor: 250,
            coins: [(
                "USDT TRC20".to_owned(),
                CoinTotals {
                    payments: 3,
                    paid_minor: 3001,
                },
            )]
            .into(),
            taxes: [(
                BasisPoints(1900),
                TaxTotals {
                    gross_minor: 2901,
                    tax_minor: 463,
                    refunded_gross_minor: 250,
                    refunded_tax_minor: 40,
                },
            )]
            .into(),
            categories: [
                (
                    "Drinks".to_owned(),
                    CategoryTotals {
                        sold_minor: 2000,
                        refunded_minor: 250,
                    },
                ),
                (
                    String::new(),
                    CategoryTotals {
                        sold_minor: 901,
                        refunded_minor: 0,
                    },
                ),
            ]
            .into(),
            tenders: [(
                "own:voucher".to_owned(),
                TenderTotals {
                    payments: 3,
                    paid_minor: 3001,
                    ..TenderTotals::default()
                },
            )]
            .into(),
            refund_ways: [(
                "own:voucher".to_owned(),
                RefundWayTotals {
                    refunds: 1,
                    refunds_minor: 250,
                },
            )]
            .into(),
            ..CurrencyTotals::default()
        };
        let totals = DayTotals([(Currency::Eur, euros)].into());
        let carts = |carts, minor| {
            let sum = Money::from_minor(minor, Currency::Eur);
            CartSums::from([(Currency::Eur, CartSum { carts, sum })])
        };
        let close = CloseView {
            z: 7,
            day: "2026-11-21".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            practice: true,
            till: "A".to_owned(),
            gateway: "practice".to_owned(),
            at_unix_ms: UnixMs(0),
            seq: 90,
            after_seq: 41,
            before: "00".to_owned(),
            head: "ab12".to_owned(),
            grand: totals.clone().plus(&totals),
            totals,
            drawer: BTreeMap::new(),
            drawer_moves: vec![DrawerMoveView {
                seq: 44,
                at_unix_ms: UnixMs(0),
                what: DrawerMoveKind::Out,
                amount: Some(Money::from_minor(550, Currency::Eur)),
                reason: Some("milk".to_owned()),
                by: Some("Anna".to_owned()),
                approved_by: None,
            }],
            open: vec![12, 13],
            written_off: vec![9],
            reviews_closed: vec![8, 11],
            held_carts: carts(2, 3450),
            dropped_carts: carts(1, 700),
            version: Some("0.1.0".to_owned()),
            key: Some("01ab".to_owned()),
            events: [("pin_refused".to_owned(), 3)].into(),
            cashiers: vec![CashierView {
                cashier: Some("Anna".to_owned()),
                currency: Currency::Eur,
                payments: 3,
                paid: Money::from_minor(3001, Currency::Eur),
                refunds_count: 1,
                refunds: Money::from_minor(250, Currency::Eur),
            }],
            signed: None,
        };
        let settings = Settings {
            tenders: vec![TenderChoice::Own(OwnTender {
                id: "voucher".to_owned(),
                name: "Gutschein".to_owned(),
            })],
            ..Settings::default()
        };
        let lines: Vec<_> = close
            .lines(&settings)
            .into_iter()
            .map(|line| (line.kind, line.name.unwrap_or_default(), line.value))
            .collect();
        let expected = [
            (LineKind::Z, "7", "2026-11-21"),
            (LineKind::Practice, "", ""),
            (LineKind::Till, "", "A"),
            (LineKind::Zone, "", "Europe/Berlin"),
            (LineKind::Currency, "", "EUR"),
            (LineKind::Paid, "3", "30.01 EUR"),
            (LineKind::Tender, "Gutschein, 3", "30.01 EUR"),
            (LineKind::Refunds, "1", "-2.50 EUR"),
            (LineKind::RefundWay, "Gutschein, 1", "-2.50 EUR"),
            (LineKind::Late, "1", "10.00 EUR"),
            (LineKind::Net, "", "27.51 EUR"),
            (LineKind::Average, "", "10.00 EUR"),
            (LineKind::Tips, "", "1.00 EUR"),
            (LineKind::Coin, "USDT TRC20, 3", "30.01 EUR"),
            (LineKind::Tax, "19.00 %, 26.51 EUR", "4.23 EUR"),
            (LineKind::TaxRefunded, "19.00 %, -2.50 EUR", "-0.40 EUR"),
            (LineKind::Category, "-", "9.01 EUR"),
            (LineKind::Category, "Drinks", "17.50 EUR"),
            (LineKind::CategoryRefunded, "Drinks", "-2.50 EUR"),
            (LineKind::Cashier, "Anna, 3", "30.01 EUR"),
            (LineKind::CashierRefunds, "Anna, 1", "-2.50 EUR"),
            (LineKind::Open, "", "2"),
            (LineKind::WrittenOff, "1", "9"),
            (LineKind::ReviewsClosed, "2", "8, 11"),
            (LineKind::DrawerMove, "out, milk, by Anna", "5.50 EUR"),
            (LineKind::HeldCarts, "2", "34.50 EUR"),
            (LineKind::DroppedCarts, "1", "7.00 EUR"),
            (LineKind::Grand, "6", "60.02 EUR"),
            (LineKind::GrandTender, "Gutschein, 6", "60.02 EUR"),
            (LineKind::GrandRefunds, "2", "-5.00 EUR"),
            (LineKind::Program, "", "0.1.0"),
            (LineKind::Key, "", "01ab"),
            (LineKind::TechnicalEvent, "pin_refused", "3"),
            (LineKind::CountedAfter, "", "41"),
            (LineKind::Head, "", "ab12"),
        ];
        let expected =
            expected.map(|(kind, name, value)| (kind, name.to_owned(), value.to_owned()));
        assert_eq!(lines, expected);
    }
}
