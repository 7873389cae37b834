//! X and Z as lines, the same on the command line and on paper. A line says what it is by a key; whoever
//! prints it has the words.

use super::day::{CloseView, DayReport};
use super::totals::{CurrencyTotals, DayTotals};
use crate::money::{Currency, Money};

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// What it is.
    pub key: Key,
    /// Which one of several: a coin, a rate in percent. How many.
    pub name: Option<String>,
    /// An amount, a number, a hash.
    pub value: String,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the totals' fields")]
pub enum Key {
    X,
    Z,
    Practice,
    Till,
    Zone,
    Currency,
    Paid,
    Refunds,
    Net,
    Average,
    Tips,
    Late,
    Twice,
    Coin,
    Tax,
    Settled,
    Unsettled,
    Open,
    SinceClose,
    Grand,
    GrandRefunds,
    CountedAfter,
    Head,
}

impl DayReport {
    /// The X report line by line.
    pub fn lines(&self) -> Vec<ReportLine> {
        let mut lines = vec![line(Key::X, self.day.to_string())];
        head(&mut lines, self.practice, &self.till, &self.zone);
        for (currency, sums) in &self.totals.0 {
            of_currency(&mut lines, *currency, sums);
            for (key, sums) in [
                (Key::Settled, &self.settled_minor),
                (Key::Unsettled, &self.unsettled_minor),
            ] {
                let minor = sums.get(currency).copied().unwrap_or_default();
                lines.push(line(key, money(minor, *currency)));
            }
        }
        for (currency, minor) in &self.open_minor {
            lines.push(line(Key::Open, money(*minor, *currency)));
        }
        for (currency, sums) in &self.since_close.0 {
            lines.push(line(Key::SinceClose, money(sums.net_minor(), *currency)));
        }
        grand(&mut lines, &self.grand);
        lines
    }
}

impl CloseView {
    /// The Z report line by line.
    pub fn lines(&self) -> Vec<ReportLine> {
        let mut lines = vec![counted(Key::Z, self.z, self.day.clone())];
        head(&mut lines, self.practice, &self.till, &self.zone);
        for (currency, sums) in &self.totals.0 {
            of_currency(&mut lines, *currency, sums);
        }
        if !self.open.is_empty() {
            lines.push(line(Key::Open, self.open.len().to_string()));
        }
        grand(&mut lines, &self.grand);
        lines.push(line(Key::CountedAfter, self.after_seq.to_string()));
        lines.push(line(Key::Head, self.head.clone()));
        lines
    }
}

fn head(lines: &mut Vec<ReportLine>, practice: bool, till: &str, zone: &str) {
    if practice {
        lines.push(line(Key::Practice, String::new()));
    }
    lines.push(line(Key::Till, till.to_owned()));
    lines.push(line(Key::Zone, zone.to_owned()));
}

fn of_currency(lines: &mut Vec<ReportLine>, currency: Currency, sums: &CurrencyTotals) {
    let money = |minor| money(minor, currency);
    lines.push(line(Key::Currency, currency.to_string()));
    lines.push(counted(Key::Paid, sums.payments, money(sums.paid_minor)));
    let sometimes = [
        (Key::Refunds, sums.refunds, -sums.refunds_minor),
        (Key::Late, sums.late, sums.late_minor),
        (Key::Twice, sums.twice, sums.twice_minor),
    ];
    for (key, count, minor) in sometimes {
        if count != 0 || minor != 0 {
            lines.push(counted(key, count, money(minor)));
        }
    }
    lines.push(line(Key::Net, money(sums.net_minor())));
    if let Some(average) = sums.average_minor() {
        lines.push(line(Key::Average, money(average)));
    }
    if sums.tips_minor != 0 {
        lines.push(line(Key::Tips, money(sums.tips_minor)));
    }
    for (coin, sums) in &sums.coins {
        lines.push(counted(
            Key::Coin,
            format!("{coin}, {}", sums.payments),
            money(sums.paid_minor),
        ));
    }
    for (rate, sums) in &sums.taxes {
        let contained = format!("{rate} %, {}", money(sums.gross_minor));
        lines.push(counted(Key::Tax, contained, money(sums.tax_minor)));
    }
}

fn grand(lines: &mut Vec<ReportLine>, grand: &DayTotals) {
    for (currency, sums) in &grand.0 {
        let money = |minor| money(minor, *currency);
        lines.push(counted(Key::Grand, sums.payments, money(sums.paid_minor)));
        if sums.refunds_minor != 0 {
            let went_back = money(-sums.refunds_minor);
            lines.push(counted(Key::GrandRefunds, sums.refunds, went_back));
        }
    }
}

fn money(minor: i64, currency: Currency) -> String {
    format!("{} {currency}", Money::from_minor(minor, currency))
}

fn line(key: Key, value: String) -> ReportLine {
    ReportLine {
        key,
        name: None,
        value,
    }
}

fn counted(key: Key, name: impl ToString, value: String) -> ReportLine {
    ReportLine {
        key,
        name: Some(name.to_string()),
        value,
    }
}
