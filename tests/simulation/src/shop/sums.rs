//! The oracle's own sums: what a day took and gave back, by tender, and what is in the drawer.

use std::collections::BTreeMap;

use serde_json::Value;

use super::book::Book;
use super::oracle::Violation;

/// What moved between two entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    payments: i64,
    paid_minor: i64,
    refunds: i64,
    refunds_minor: i64,
    late: i64,
    rounding_minor: i64,
    taken_back_minor: i64,
    /// By tender: what was paid, and what went back.
    tenders: BTreeMap<String, (i64, i64)>,
}

/// A movement of real money.
#[derive(Debug, Clone)]
struct Move {
    seq: u64,
    tender: String,
    paid_minor: i64,
    back_minor: i64,
    kept_minor: i64,
    count: i64,
    refunds: i64,
    late: bool,
    taken_back_minor: i64,
}

/// All movements of a book in their order.
fn moves(book: &Book) -> Vec<Move> {
    let ids: BTreeMap<&str, u64> = book
        .sales
        .iter()
        .map(|(number, sale)| (sale.id.as_str(), *number))
        .collect();
    let mut moves = Vec::new();
    // What refunds and tenders were, for those that are taken back later.
    let mut before: BTreeMap<(u64, &str, u64), Move> = BTreeMap::new();
    for entry in &book.entries {
        let Some(number) = ids.get(entry.text("sale")).copied() else {
            continue;
        };
        let Some(sale) = book.sales.get(&number) else {
            continue;
        };
        let minor = entry.minor("amount_minor");
        let kept_minor = minor + entry.minor("rounding_minor");
        let empty = Move {
            seq: entry.seq,
            tender: entry.text("way").to_owned(),
            paid_minor: 0,
            back_minor: 0,
            kept_minor: 0,
            count: 0,
            refunds: 0,
            late: false,
            taken_back_minor: 0,
        };
        match entry.kind.as_str() {
            "invoice_paid" => {
                let Some(attempt) = sale.attempts.get(&entry.number("attempt")) else {
                    continue;
                };
                if !attempt.test {
                    moves.push(Move {
                        tender: "crypto".to_owned(),
                        paid_minor: attempt.amount_minor,
                        kept_minor: attempt.amount_minor,
                        count: 1,
                        late: attempt.late,
                        ..empty
                    });
                }
            }
            "tender_taken" => {
                let taken = Move {
                    paid_minor: minor,
                    kept_minor,
                    count: 1,
                    ..empty
                };
                before.insert((number, "tender", entry.number("tender")), taken.clone());
                moves.push(taken);
            }
            "tender_taken_back" => {
                let key = (number, "tender", entry.number("tender"));
                if let Some(taken) = before.get(&key) {
                    moves.push(Move {
                        tender: taken.tender.clone(),
                        paid_minor: -taken.paid_minor,
                        kept_minor: -taken.kept_minor,
                        count: -1,
                        taken_back_minor: taken.paid_minor,
                        ..empty
                    });
                }
            }
            "sale_refunded" => {
                let only_test = !moves_real(book, number, entry.seq);
                let refunded = Move {
                    tender: match entry.text("way") {
                        "by_hand" => "crypto".to_owned(),
                        way => way.to_owned(),
                    },
                    back_minor: minor,
                    kept_minor: -kept_minor,
                    refunds: 1,
                    ..empty
                };
                if !only_test {
                    before.insert((number, "refund", entry.number("refund")), refunded.clone());
                    moves.push(refunded);
                }
            }
            "refund_taken_back" => {
                let key = (number, "refund", entry.number("refund"));
                if let Some(refunded) = before.get(&key) {
                    moves.push(Move {
                        tender: refunded.tender.clone(),
                        back_minor: -refunded.back_minor,
                        kept_minor: -refunded.kept_minor,
                        refunds: -1,
                        ..empty
                    });
                }
            }
            _ => {}
        }
    }
    moves
}

/// Whether real money had come for a sale before this entry.
fn moves_real(book: &Book, number: u64, before_seq: u64) -> bool {
    let Some(sale) = book.sales.get(&number) else {
        return false;
    };
    let paid =
        |it: &super::book::Attempt| it.paid_seq.is_some_and(|seq| seq < before_seq) && !it.test;
    let taken = |it: &super::book::Entry| {
        it.kind == "tender_taken" && it.seq < before_seq && it.text("sale") == sale.id
    };
    sale.attempts.values().any(paid) || book.entries.iter().any(taken)
}

impl Sums {
    /// The sums of what comes after one entry and before another.
    pub fn of(book: &Book, after_seq: u64, before_seq: u64) -> Self {
        Self::of_moves(&moves(book), after_seq, before_seq)
    }

    fn of_moves(moves: &[Move], after_seq: u64, before_seq: u64) -> Self {
        let mut sums = Self::default();
        let within = |it: &&Move| it.seq > after_seq && it.seq < before_seq;
        for it in moves.iter().filter(within) {
            sums.payments += it.count;
            sums.paid_minor += it.paid_minor;
            sums.refunds += it.refunds;
            sums.refunds_minor += it.back_minor;
            sums.late += i64::from(it.late);
            sums.rounding_minor += it.kept_minor - it.paid_minor + it.back_minor;
            sums.taken_back_minor += it.taken_back_minor;
            let tender = sums.tenders.entry(it.tender.clone()).or_default();
            tender.0 += it.paid_minor;
            tender.1 += it.back_minor;
        }
        sums
    }

    /// In what the till's totals differ.
    pub fn differs(&self, totals: &Value) -> Option<String> {
        let of = |value: &Value, name: &str| value[name].as_i64().unwrap_or_default();
        let euros = &totals["EUR"];
        let fields = [
            ("payments", self.payments),
            ("paid_minor", self.paid_minor),
            ("refunds", self.refunds),
            ("refunds_minor", self.refunds_minor),
            ("late", self.late),
            ("rounding_minor", self.rounding_minor),
            ("taken_back_minor", self.taken_back_minor),
        ];
        for (name, own) in fields {
            let told = of(euros, name);
            if told != own {
                return Some(format!("{name} is {told}, and should be {own}"));
            }
        }
        for (name, (paid, back)) in &self.tenders {
            let told = &euros["tenders"][name];
            if (of(told, "paid_minor"), of(told, "refunds_minor")) != (*paid, *back) {
                return Some(format!("{name} is {told}, and should be {paid} and {back}"));
            }
        }
        None
    }
}

/// The drawer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drawer {
    /// What should be in it; `None`: never counted.
    pub expected_minor: Option<i64>,
}

/// Walks through all that moves cash, and compares each count and each close with it.
pub fn counts_and_drawer(book: &Book, found: &mut Vec<Violation>) -> Drawer {
    let moves = moves(book);
    let mut cash = moves.iter().filter(|it| it.tender == "cash").peekable();
    let mut drawer = Drawer::default();
    for entry in &book.entries {
        while let Some(moved) = cash.next_if(|it| it.seq <= entry.seq) {
            if let Some(expected) = &mut drawer.expected_minor {
                *expected += moved.kept_minor;
            }
        }
        match (entry.kind.as_str(), &mut drawer.expected_minor) {
            ("cash_moved", Some(expected)) => {
                let minor = entry.minor("amount_minor");
                *expected += match entry.text("way") {
                    "in" => minor,
                    _ => -minor,
                };
            }
            ("cash_counted", expected) => {
                let told = entry.body["expected_minor"].as_i64();
                if told != *expected {
                    let text = format!(
                        "the count of entry {} expects {told:?}, and should {expected:?}",
                        entry.seq
                    );
                    found.push(Violation::new("drawer", text));
                }
                *expected = Some(entry.minor("left_minor"));
            }
            ("day_closed", expected) => {
                let told = entry.body["drawer"]["EUR"]["expected_minor"].as_i64();
                if told != *expected {
                    let text = format!(
                        "the close of entry {} has {told:?} in the drawer, and should have {expected:?}",
                        entry.seq
                    );
                    found.push(Violation::new("drawer", text));
                }
            }
            _ => {}
        }
    }
    drawer
}

/// Compares each close with what moved since the one before.
pub fn check_closes(book: &Book, found: &mut Vec<Violation>) {
    let moves = moves(book);
    let (mut after_seq, mut z) = (1, 0);
    for entry in book.entries.iter().filter(|it| it.kind == "day_closed") {
        z += 1;
        if entry.number("z") != z {
            let text = format!("Z {} stands where {z} should", entry.number("z"));
            found.push(Violation::new("z_number", text));
        }
        let own = Sums::of_moves(&moves, after_seq, entry.seq);
        if let Some(wrong) = own.differs(&entry.body["totals"]) {
            found.push(Violation::new("z_totals", format!("Z {z}: {wrong}")));
        }
        let grand = Sums::of_moves(&moves, 1, entry.seq);
        if let Some(wrong) = grand.differs(&entry.body["grand"]) {
            found.push(Violation::new("z_grand", format!("Z {z}: {wrong}")));
        }
        if let Some(wrong) = taxes_wrong(&entry.body["totals"]["EUR"]) {
            found.push(Violation::new("z_taxes", format!("Z {z}: {wrong}")));
        }
        after_seq = entry.seq;
    }
}

/// A tax is what its gross contains, but for a cent that each movement may round.
fn taxes_wrong(totals: &Value) -> Option<String> {
    let moved = totals["payments"].as_i64().unwrap_or_default().abs()
        + totals["refunds"].as_i64().unwrap_or_default().abs();
    let back = totals["taken_back"].as_i64().unwrap_or_default().abs();
    for (rate, sums) in totals["taxes"].as_object()? {
        let rate: i64 = rate.parse().ok()?;
        let of = |name: &str| sums[name].as_i64().unwrap_or_default();
        for (gross, tax) in [
            (of("gross_minor"), of("tax_minor")),
            (of("refunded_gross_minor"), of("refunded_tax_minor")),
        ] {
            let contained = gross * rate / (10_000 + rate);
            if (contained - tax).abs() > moved + 2 * back + 1 {
                return Some(format!("{tax} of tax in {gross} at {rate}"));
            }
        }
    }
    None
}
