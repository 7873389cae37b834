//! The pencil ledger of the market day: what a person would note on paper beside each sale, and the sums of it. It knows
//! none of the till's code. The same figures are added up a second time from the exported book.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::book::minor;

/// Figures by name: minor units, or counts. What is 0 is left out, as on the Z.
pub(super) type Figures = BTreeMap<String, i64>;

/// What was sold, by the rate of tax in hundredths of a percent, tax included, minor units.
pub(super) type Goods = BTreeMap<i64, i64>;

/// The tax contained in a gross sum, rounded half up.
fn tax(gross: i64, rate: i64) -> i64 {
    (2 * gross * rate + 10_000 + rate) / (2 * (10_000 + rate))
}

/// What a cent more or less makes of a sum in cash, to the nearest five cents.
pub(super) fn rounding(minor: i64) -> i64 {
    [0, -1, -2, 2, 1][usize::try_from(minor % 5).expect("a sum")]
}

/// The notes of a day.
#[derive(Debug, Default)]
pub(super) struct Pencil {
    figures: Figures,
}

impl Pencil {
    pub(super) fn add(&mut self, name: &str, minor: i64) {
        *self.figures.entry(name.to_owned()).or_default() += minor;
    }

    /// Money that came in by a tender, as `by` wrote it down; `sign`: -1 when it is taken back.
    fn moves(&mut self, by: &str, tender: &str, minor: i64, sign: i64) {
        for name in ["paid", &format!("tender {tender}"), &format!("by {by}")] {
            self.add(name, sign * minor);
            self.add(&format!("{name} count"), sign);
        }
        self.add("net", sign * minor);
        if tender == "crypto" {
            self.add("coin", minor);
        }
    }

    pub(super) fn takes(&mut self, by: &str, tender: &str, minor: i64) {
        self.moves(by, tender, minor, 1);
        if tender == "cash" {
            self.add("drawer taken", minor);
        }
    }

    /// Cash that settles what is left: it is rounded.
    pub(super) fn takes_last_cash(&mut self, by: &str, minor: i64) {
        self.takes(by, "cash", minor);
        self.add("rounding", rounding(minor));
        self.add("drawer taken", rounding(minor));
    }

    pub(super) fn takes_back(&mut self, by: &str, tender: &str, minor: i64) {
        self.moves(by, tender, minor, -1);
        self.add("taken-back", minor);
        self.add("taken-back count", 1);
    }

    /// What was sold, once all of it is paid.
    pub(super) fn sells(&mut self, goods: &Goods) {
        for (rate, gross) in goods {
            self.add(&format!("tax {rate}"), tax(*gross, *rate));
        }
    }

    /// Money that went back, and the goods that it was for.
    pub(super) fn refunds(&mut self, by: &str, way: &str, minor: i64, goods: &Goods) {
        for name in [
            "refunds",
            &format!("refund-way {way}"),
            &format!("refunds by {by}"),
        ] {
            self.add(name, -minor);
            self.add(&format!("{name} count"), 1);
        }
        let tender = if way == "by_hand" { "crypto" } else { way };
        self.add(&format!("tender-refunds {tender}"), -minor);
        self.add("net", -minor);
        if way == "cash" {
            self.add("drawer refunded", minor + rounding(minor));
            self.add("rounding", -rounding(minor));
        }
        for (rate, gross) in goods {
            let tax = tax(*gross, *rate);
            self.add(&format!("tax {rate}"), -tax);
            self.add(&format!("tax-refunded {rate}"), -tax);
        }
    }

    /// What should be in the drawer.
    pub(super) fn in_drawer(&self) -> i64 {
        let of = |name: &str| self.figures.get(name).copied().unwrap_or(0);
        of("drawer start") + of("drawer taken") + of("drawer in")
            - of("drawer refunded")
            - of("drawer out")
            - of("drawer drop")
    }

    /// A count, and what stays of it.
    pub(super) fn counts(&mut self, counted: i64, left: i64) {
        let difference = counted - self.in_drawer();
        self.add("drawer counted", counted);
        self.add("drawer difference", difference);
        self.add("drawer removed", counted - left);
        self.add("drawer expected", left);
    }

    /// What the Z must say.
    pub(super) fn figures(mut self) -> Figures {
        self.figures.retain(|_, figure| *figure != 0);
        self.figures
    }
}

/// The same figures from the exported book (docs/export.md), and from those entries of the journal that say who signed on
/// and what moved the drawer without a sale.
pub(super) fn added_up(rows: &[BTreeMap<String, String>], events: &[Value]) -> Figures {
    let mut day = Pencil::default();
    // What came in for each sale so far.
    let mut received = BTreeMap::<&str, i64>::new();
    for row in rows {
        let kind = row["kind"].as_str();
        if kind == "unpaid" {
            continue;
        }
        let entry: u64 = row["entry"].parse().expect("a number");
        let by = at_the_till(events, entry);
        for tax in row["taxes"].split("; ").filter(|tax| !tax.is_empty()) {
            // `19.00% 1.60 of 10.00`
            let mut words = tax.split(' ');
            let mut next = || words.next().map(minor).expect("a figure");
            let (rate, tax) = (next(), next());
            day.add(&format!("tax {rate}"), tax);
            if kind == "refunded" {
                day.add(&format!("tax-refunded {rate}"), tax);
            }
        }
        match kind {
            "refunded" => {
                day.refunds(by, &row["way"], minor(&row["refunded"]), &Goods::new());
            }
            "tender_taken_back" => {
                let sum = -minor(&row["received"]);
                *received.entry(&row["sale"]).or_default() -= sum;
                day.takes_back(by, &row["way"], sum);
            }
            "paid" | "tendered" => {
                let sum = minor(&row["received"]);
                let before = received.entry(&row["sale"]).or_default();
                let outstanding = (minor(&row["charged"]) - *before).max(0);
                *before += sum;
                match row["way"].as_str() {
                    "" => day.takes(by, "crypto", sum),
                    "cash" if sum == outstanding => day.takes_last_cash(by, sum),
                    tender => day.takes(by, tender, sum),
                }
                if row["twice"] == "true" {
                    day.add("twice", sum - outstanding);
                    day.add("twice count", 1);
                }
            }
            other => panic!("a row of the kind {other}"),
        }
    }
    drawer(&mut day, events);
    day.figures()
}

/// Who was signed on when an entry was written.
fn at_the_till(events: &[Value], entry: u64) -> &str {
    let before =
        |event: &&Value| event["kind"] == "signed_on" && event["seq"].as_u64() < Some(entry);
    let last = events.iter().rfind(before);
    last.and_then(|event| event["cashier"].as_str())
        .unwrap_or("nobody")
}

/// What moved the drawer without a sale.
fn drawer(day: &mut Pencil, events: &[Value]) {
    for event in events {
        let sum = |name: &str| event[name].as_i64().expect("minor units");
        match event["kind"].as_str() {
            Some("cash_moved") => {
                let way = event["way"].as_str().expect("a way");
                day.add(&format!("drawer {way}"), sum("amount_minor"));
            }
            Some("cash_counted") if event["purpose"] == "float" => {
                day.add("drawer start", sum("counted_minor"));
            }
            Some("cash_counted") => day.counts(sum("counted_minor"), sum("left_minor")),
            _ => {}
        }
    }
}
