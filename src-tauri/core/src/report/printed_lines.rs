//! X and Z as lines, the same on the command line and on paper. A line says what it is by a key; whoever
//! prints it has the words.

use super::day_report::{CloseView, DayReport};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::UnixMs;
    use crate::money::BasisPoints;
    use crate::report::{CoinTotals, TaxTotals};

    #[test]
    fn a_z_says_all_that_the_close_holds_and_ends_with_the_head() {
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
                },
            )]
            .into(),
            ..CurrencyTotals::default()
        };
        let totals = DayTotals([(Currency::Eur, euros)].into());
        let close = CloseView {
            z: 7,
            day: "2026-11-21".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            practice: true,
            till: "A".to_owned(),
            at_unix_ms: UnixMs(0),
            seq: 90,
            after_seq: 41,
            before: "00".to_owned(),
            head: "ab12".to_owned(),
            grand: totals.clone().and(&totals),
            totals,
            open: vec![12, 13],
        };
        let lines: Vec<_> = close
            .lines()
            .into_iter()
            .map(|line| (line.key, line.name.unwrap_or_default(), line.value))
            .collect();
        let expected = [
            (Key::Z, "7", "2026-11-21"),
            (Key::Practice, "", ""),
            (Key::Till, "", "A"),
            (Key::Zone, "", "Europe/Berlin"),
            (Key::Currency, "", "EUR"),
            (Key::Paid, "3", "30.01 EUR"),
            (Key::Refunds, "1", "-2.50 EUR"),
            (Key::Late, "1", "10.00 EUR"),
            (Key::Net, "", "27.51 EUR"),
            (Key::Average, "", "10.00 EUR"),
            (Key::Tips, "", "1.00 EUR"),
            (Key::Coin, "USDT TRC20, 3", "30.01 EUR"),
            (Key::Tax, "19.00 %, 29.01 EUR", "4.63 EUR"),
            (Key::Open, "", "2"),
            (Key::Grand, "6", "60.02 EUR"),
            (Key::GrandRefunds, "2", "-5.00 EUR"),
            (Key::CountedAfter, "", "41"),
            (Key::Head, "", "ab12"),
        ];
        let expected = expected.map(|(key, name, value)| (key, name.to_owned(), value.to_owned()));
        assert_eq!(lines, expected);
    }
}
