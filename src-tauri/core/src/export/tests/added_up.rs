//! Adds up the exported text as a bookkeeper's script would: columns by their names, decimals as cents, and nothing of the
//! till's own sums.

use std::collections::{BTreeMap, BTreeSet};

use crate::drawer::Balance;
use crate::sale::CurrencyTotals;

/// A row by the names of its columns.
pub(super) type Row = BTreeMap<String, String>;

/// A CSV that is read.
pub(super) struct Table(Vec<Row>);

impl Table {
    pub(super) fn of(text: &str) -> Self {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let head: Vec<_> = reader
            .headers()
            .expect("a head")
            .iter()
            .map(str::to_owned)
            .collect();
        let row = |row: csv::StringRecord| {
            let cells = row.iter().map(str::to_owned);
            head.iter().cloned().zip(cells).collect::<Row>()
        };
        Self(
            reader
                .records()
                .map(|it| row(it.expect("readable")))
                .collect(),
        )
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Row> {
        self.0.iter().cloned()
    }

    pub(super) fn rows(&self, column: &str, value: &str) -> impl Iterator<Item = Row> {
        self.0
            .iter()
            .filter(move |row| row[column] == value)
            .cloned()
    }
}

/// `-12.50` is -1250, nothing is 0.
pub(super) fn cents(text: &str) -> i64 {
    if text.is_empty() {
        return 0;
    }
    let digits: i64 = text.replace(['.', '-'], "").parse().expect(text);
    if text.starts_with('-') {
        -digits
    } else {
        digits
    }
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct OfTender {
    payments: i64,
    paid: i64,
    tips: i64,
    refunds: i64,
    refunded: i64,
}

/// The sums of rows.
#[derive(Debug, Default)]
pub(super) struct Sums {
    payments: i64,
    paid: i64,
    refunds: i64,
    refunded: i64,
    tips: i64,
    refunded_tips: i64,
    late: (i64, i64),
    twice: i64,
    taken_back: (i64, i64),
    rounding: i64,
    beyond: i64,
    /// Gross and tax sold, gross and tax refunded.
    taxes: BTreeMap<String, [i64; 4]>,
    /// Sold and refunded.
    categories: BTreeMap<String, [i64; 2]>,
    /// The entries of the rows of sales that tell no category.
    untold: BTreeSet<String>,
    coins: BTreeMap<String, [i64; 2]>,
    tenders: BTreeMap<String, OfTender>,
    cash: BTreeMap<String, i64>,
    counts: u32,
    expected: Option<i64>,
    first_count: Option<i64>,
}

impl Sums {
    pub(super) fn add_sale_row(&mut self, row: &Row) {
        if row["test"] == "true" || row["kind"] == "unpaid" {
            return;
        }
        let goes_back = row["kind"].starts_with("refund");
        match row["kind"].as_str() {
            "paid" | "tendered" => self.payments += 1,
            "tender_taken_back" => {
                self.payments -= 1;
                self.taken_back.0 += 1;
                self.taken_back.1 -= cents(&row["received"]);
            }
            "refunded" => self.refunds += 1,
            "refund_taken_back" => self.refunds -= 1,
            other => panic!("{other}"),
        }
        self.paid += cents(&row["received"]);
        self.refunded += cents(&row["refunded"]);
        match goes_back {
            true => self.refunded_tips -= cents(&row["tip"]),
            false => self.tips += cents(&row["tip"]),
        }
        if row["late"] == "true" {
            self.late.0 += 1;
            self.late.1 += cents(&row["received"]);
        }
        self.twice += i64::from(row["twice"] == "true" && row["kind"] == "paid");
        for part in row["taxes"].split("; ").filter(|part| !part.is_empty()) {
            let words: Vec<_> = part.split(' ').collect();
            let rate = words[0].trim_end_matches('%').to_owned();
            let (tax, gross) = (cents(words[1]), cents(words[3]));
            let sums = self.taxes.entry(rate).or_default();
            match goes_back {
                true => (sums[2], sums[3]) = (sums[2] - gross, sums[3] - tax),
                false => (sums[0], sums[1]) = (sums[0] + gross, sums[1] + tax),
            }
        }
        for part in row["categories"]
            .split("; ")
            .filter(|part| !part.is_empty())
        {
            let (name, sum) = part.rsplit_once(' ').expect("a name and a sum");
            self.category(name, goes_back, cents(sum));
        }
        if row["categories"].is_empty() {
            self.untold.insert(row["entry"].clone());
            let moved = cents(&row["received"]) - cents(&row["refunded"]);
            self.category("*", goes_back, moved - cents(&row["tip"]));
        }
        if row["kind"] == "paid" {
            let coin = self.coins.entry(row["coin"].clone()).or_default();
            *coin = [coin[0] + 1, coin[1] + cents(&row["received"])];
        }
    }

    fn category(&mut self, name: &str, goes_back: bool, minor: i64) {
        let sums = self.categories.entry(name.to_owned()).or_default();
        match goes_back {
            true => sums[1] -= minor,
            false => sums[0] += minor,
        }
    }

    pub(super) fn add_tender_row(&mut self, row: &Row) {
        if row["test"] == "true" {
            return;
        }
        let amount = cents(&row["amount"]);
        let tender = self.tenders.entry(row["way"].clone()).or_default();
        match row["kind"].as_str() {
            "paid" | "tendered" => tender.payments += 1,
            "tender_taken_back" => tender.payments -= 1,
            "refunded" => tender.refunds += 1,
            _ => tender.refunds -= 1,
        }
        let goes_back = row["kind"].starts_with("refund");
        match goes_back {
            true => tender.refunded -= amount,
            false => {
                tender.paid += amount;
                tender.tips += cents(&row["tip"]);
            }
        }
        self.rounding += cents(&row["rounding"]);
        // What is too much of a payment in crypto is told.
        if row["kind"] == "paid" {
            self.beyond += cents(&row["beyond"]);
        }
        // What is beyond a sale is of no category: a row of sales that tells none does not tell it apart.
        if self.untold.contains(&row["entry"]) {
            self.category("*", goes_back, -cents(&row["beyond"]));
        }
        if !row["given"].is_empty() {
            assert_eq!(
                cents(&row["given"]) - cents(&row["change"]),
                cents(&row["kept"])
            );
        }
        assert_eq!(amount + cents(&row["rounding"]), cents(&row["kept"]));
    }

    pub(super) fn add_cash_row(&mut self, row: &Row) {
        if row["expected"].is_empty() {
            return;
        }
        let amount = cents(&row["amount"]);
        self.expected = Some(cents(&row["expected"]));
        match row["kind"].as_str() {
            "float" => {
                self.first_count = Some(amount);
                self.counts += 1;
            }
            kind => {
                self.counts += u32::from(kind == "count");
                *self.cash.entry(kind.to_owned()).or_default() += amount;
            }
        }
    }

    pub(super) fn are(&self, totals: &CurrencyTotals, what: &str) {
        assert_eq!(
            (self.payments, self.paid),
            (totals.payments, totals.paid_minor),
            "{what}"
        );
        assert_eq!(
            (self.refunds, self.refunded),
            (totals.refunds, totals.refunds_minor),
            "{what}"
        );
        let tips = (totals.tips_minor, totals.refunded_tips_minor);
        assert_eq!((self.tips, self.refunded_tips), tips, "{what}: tips");
        assert_eq!(self.late, (totals.late, totals.late_minor), "{what}");
        assert_eq!(
            (self.twice, self.beyond),
            (totals.duplicate, totals.duplicate_minor),
            "{what}"
        );
        assert_eq!(
            self.taken_back,
            (totals.taken_back, totals.taken_back_minor),
            "{what}"
        );
        assert_eq!(self.rounding, totals.rounding_minor, "{what}: rounding");
        let taxes = totals.taxes.iter().map(|(rate, it)| {
            let sold = [it.gross_minor, it.tax_minor];
            let refunded = [it.refunded_gross_minor, it.refunded_tax_minor];
            (
                rate.to_string(),
                [sold[0], sold[1], refunded[0], refunded[1]],
            )
        });
        let some = |sums: &[i64]| sums.iter().any(|sum| *sum != 0);
        let is = |sums: &BTreeMap<String, [i64; 4]>| {
            sums.iter()
                .filter(|(_, it)| some(*it))
                .map(|(k, v)| (k.clone(), *v))
                .collect::<BTreeMap<_, _>>()
        };
        assert_eq!(is(&self.taxes), is(&taxes.collect()), "{what}: taxes");
        let name = |name: &String| match name.as_str() {
            "" => "*".to_owned(),
            name => name.replace(';', ","),
        };
        let told: BTreeMap<_, _> = totals
            .categories
            .iter()
            .map(|(key, it)| (name(key), [it.sold_minor, it.refunded_minor]))
            .filter(|(_, it)| some(it))
            .collect();
        let mut categories = self.categories.clone();
        categories.retain(|_, sums| some(&*sums));
        // A close without a named category tells none.
        if totals.has_categories() || !told.is_empty() {
            assert_eq!(categories, told, "{what}: categories");
        } else {
            assert!(
                categories.keys().all(|name| name == "*"),
                "{what}: {categories:?}"
            );
        }
        let coins: BTreeMap<_, _> = totals
            .coins
            .iter()
            .map(|(k, it)| (k.clone(), [it.payments, it.paid_minor]))
            .collect();
        assert_eq!(self.coins, coins, "{what}: coins");
        self.tenders_are(totals, what);
        let ways: BTreeMap<_, _> = totals
            .refund_ways
            .iter()
            .map(|(way, it)| {
                (
                    if way == "by_hand" { "crypto" } else { way },
                    (it.refunds, it.refunds_minor),
                )
            })
            .filter(|(_, it)| *it != (0, 0))
            .collect();
        let by_tender = self
            .tenders
            .iter()
            .map(|(way, it)| (way.as_str(), (it.refunds, it.refunded)));
        assert_eq!(
            by_tender
                .filter(|(_, it)| *it != (0, 0))
                .collect::<BTreeMap<_, _>>(),
            ways,
            "{what}"
        );
    }

    pub(super) fn tenders_are(&self, totals: &CurrencyTotals, what: &str) {
        let told: BTreeMap<_, _> = totals
            .tenders
            .iter()
            .map(|(way, it)| {
                let of = OfTender {
                    payments: it.payments,
                    paid: it.paid_minor,
                    tips: it.tips_minor,
                    refunds: it.refunds,
                    refunded: it.refunds_minor,
                };
                (way.clone(), of)
            })
            .collect();
        assert_eq!(self.tenders, told, "{what}: tenders");
    }

    pub(super) fn drawer_is(&self, drawer: &Balance) {
        let of = |kinds: [&str; 2]| {
            kinds
                .map(|kind| self.cash.get(kind).copied().unwrap_or_default())
                .iter()
                .sum::<i64>()
        };
        assert_eq!(of(["tendered", "tender_taken_back"]), drawer.taken_minor);
        assert_eq!(
            -of(["refunded", "refund_taken_back"]),
            drawer.refunded_minor
        );
        assert_eq!(of(["in", ""]), drawer.in_minor);
        assert_eq!(-of(["out", ""]), drawer.out_minor);
        assert_eq!(-of(["drop", ""]), drawer.dropped_minor);
        assert_eq!(of(["count", ""]), drawer.difference_minor);
        assert_eq!(-of(["removed", ""]), drawer.removed_minor);
        assert_eq!(self.counts, drawer.counts);
        if let Some(first) = self.first_count {
            assert_eq!(drawer.start_minor, Some(first));
        }
        if self.expected.is_some() {
            assert_eq!(self.expected, drawer.expected_minor);
        }
    }
}
