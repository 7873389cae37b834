//! The oracle: knows what customers truly paid and what people at the till were told, reads the book by its own rules
//! ([`super::book`], [`super::sums`]), and names each promise that was broken. It decides nothing by the till's code but one
//! thing: whether `ringup verify` agrees.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ringup_core::Till;
use ringup_core::journal::verify_file;
use serde_json::Value;

use super::book::{Book, Sale};
use super::cashier::CURRENCY;
use super::gateway::{Call, Invoice};
use super::plan::{MINUTE_MS, Plan};
use super::process::{KEY, Shop};
use super::record::{Act, Outcome, Record, Wrote, mark};
use super::sums::{Drawer, Sums, check_closes, counts_and_drawer};

/// A promise that was broken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Which.
    pub rule: String,
    /// How.
    pub text: String,
}

impl Violation {
    /// A violation of this rule.
    pub fn new(rule: &str, text: impl Into<String>) -> Self {
        Self {
            rule: rule.to_owned(),
            text: text.into(),
        }
    }
}

/// All that is known after a run.
pub struct Evidence<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its file.
    pub path: &'a Path,
    /// What people were told.
    pub record: &'a Record,
    /// What was paid.
    pub invoices: &'a [Invoice],
    /// What was asked.
    pub calls: &'a [Call],
    /// The shop.
    pub shop: &'a Shop<'a>,
}

/// What the till itself says at the end.
#[derive(Debug)]
pub struct TillView {
    since_close: Value,
    grand: Value,
    drawer_expected: Option<i64>,
    rings: BTreeSet<u32>,
    held: usize,
}

impl TillView {
    /// Asks the till.
    ///
    /// # Errors
    /// What it says when it cannot.
    pub async fn of(till: &Till) -> Result<Self, String> {
        let text = |error: ringup_core::TillError| error.to_string();
        let report = till.report(None).await.map_err(text)?;
        let drawer = till.drawer().await.map_err(text)?;
        let json = |totals| serde_json::to_value(totals).unwrap_or_default();
        let rings = till.list_alarms().await.map_err(text)?;
        Ok(Self {
            since_close: json(&report.since_close),
            grand: json(&report.grand),
            drawer_expected: drawer
                .get(&CURRENCY)
                .and_then(|it| it.expected)
                .map(ringup_core::money::Money::minor),
            rings: rings.iter().map(|it| it.number).collect(),
            held: till.held_carts().await.map_err(text)?.len(),
        })
    }

    /// Compares it with the book.
    pub(super) fn judge(&self, shop: &Shop<'_>) -> Vec<Violation> {
        let path = shop.machine.data_dir().join("journal.sqlite");
        let Ok(book) = Book::read(&path) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let after_seq = book.entries.iter().rev().find(|it| it.kind == "day_closed");
        let after_seq = after_seq.map_or(1, |it| it.seq);
        let own = Sums::of(&book, after_seq, u64::MAX);
        if let Some(wrong) = own.differs(&self.since_close) {
            found.push(Violation::new(
                "report",
                format!("since the close: {wrong}"),
            ));
        }
        if let Some(wrong) = Sums::of(&book, 1, u64::MAX).differs(&self.grand) {
            found.push(Violation::new("report", format!("grand total: {wrong}")));
        }
        let drawer: Drawer = counts_and_drawer(&book, &mut Vec::new());
        if drawer.expected_minor != self.drawer_expected {
            found.push(Violation::new(
                "drawer",
                format!(
                    "the till expects {:?}, there is {:?}",
                    self.drawer_expected, drawer.expected_minor
                ),
            ));
        }
        let rings: BTreeSet<u32> = book
            .sales
            .iter()
            .filter(|(_, it)| rings(it))
            .map(number)
            .collect();
        if rings != self.rings {
            found.push(Violation::new(
                "rings",
                format!("{:?} ring, and should: {rings:?}", self.rings),
            ));
        }
        let held = held_carts(&book);
        if held != self.held {
            found.push(Violation::new(
                "carts",
                format!("{} carts are held, and should be: {held}", self.held),
            ));
        }
        found
    }
}

fn number((number, _): (&u64, &Sale)) -> u32 {
    u32::try_from(*number).unwrap_or(0)
}

/// A payment, or money in question, that nobody has acknowledged.
fn rings(sale: &Sale) -> bool {
    let mut attempts = sale.attempts.values();
    attempts.any(|it| (it.paid_seq.is_some() || it.in_question()) && !it.seen)
}

fn held_carts(book: &Book) -> usize {
    let mut held = BTreeSet::new();
    for entry in &book.entries {
        match entry.kind.as_str() {
            "cart_held" => {
                held.insert(entry.text("cart"));
            }
            "cart_dropped" | "sale_opened" => {
                held.remove(entry.text("cart"));
            }
            _ => {}
        }
    }
    held.len()
}

/// All promises.
pub fn judge(evidence: &Evidence<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    let Evidence { book, .. } = evidence;
    for wrong in &book.wrong {
        let (rule, text) = wrong.split_once(": ").unwrap_or(("book", wrong));
        found.push(Violation::new(rule, text));
    }
    match verify_file(evidence.path) {
        Ok(Ok(_)) => {}
        Ok(Err(failure)) => found.push(Violation::new("verify", failure.to_string())),
        Err(error) => found.push(Violation::new("verify", error.to_string())),
    }
    money_seen(evidence, &mut found);
    codes_written(evidence, &mut found);
    requests_written(evidence, &mut found);
    requests_answered(evidence, &mut found);
    acts_written(evidence, &mut found);
    cash_rounded(evidence, &mut found);
    late_said(evidence, &mut found);
    let mut wrong = Vec::new();
    counts_and_drawer(book, &mut wrong);
    check_closes(book, &mut wrong);
    found.extend(wrong);
    within_budget(evidence, &mut found);
    key_kept(evidence, &mut found);
    found
}

impl Evidence<'_> {
    fn plan(&self) -> &Plan {
        self.shop.plan()
    }

    fn invoice(&self, id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|it| it.id == id)
    }
}

/// Nothing paid unseen, and nothing seen that was not paid.
fn money_seen(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    let ends_ms = evidence.plan().ends_ms();
    for (number, sale) in &evidence.book.sales {
        for attempt in sale.attempts.values() {
            let Some(invoice) = attempt
                .invoice
                .as_deref()
                .and_then(|id| evidence.invoice(id))
            else {
                continue;
            };
            let paid = invoice.paid_ms.is_some_and(|at_ms| at_ms <= ends_ms);
            let known = attempt.paid_seq.is_some();
            let seen_at = format!("sale {number}, invoice {}", invoice.id);
            if paid && !known {
                let how = format!(
                    "{seen_at} was paid at {:?} ms and is {}{}",
                    invoice.paid_ms,
                    attempt.phase,
                    if attempt.watch_ended {
                        ", unwatched"
                    } else {
                        ""
                    }
                );
                found.push(Violation::new("paid_unseen", how));
            }
            if attempt.paid_seq.is_some() && invoice.paid_ms.is_none() {
                found.push(Violation::new("seen_unpaid", seen_at.clone()));
            }
            // The gateway denied nothing for long.
            if paid && attempt.paid_seq.is_some() && attempt.doubted_seq.is_some() {
                found.push(Violation::new("doubted", seen_at.clone()));
            }
            let over = invoice.expires_ms + 2 * MINUTE_MS < ends_ms && !paid;
            if over && attempt.phase == "invoice_opened" {
                found.push(Violation::new("end_unheard", seen_at));
            }
        }
    }
}

/// A code is in the journal before anybody sees it.
fn codes_written(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    for shown in &evidence.record.shown {
        let sale = evidence.book.sales.get(&u64::from(shown.number));
        let written = sale.is_some_and(|sale| {
            let mut attempts = sale.attempts.values();
            attempts.any(|it| it.invoice.as_deref() == Some(&shown.invoice))
        });
        if !written {
            let text = format!("the code of sale {} is in no entry", shown.number);
            found.push(Violation::new("shown_unwritten", text));
        }
    }
}

/// A request is in the journal before it leaves.
fn requests_written(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    for invoice in evidence.invoices {
        let sale = evidence
            .book
            .sales
            .values()
            .find(|it| it.id == invoice.sale);
        let attempt = sale.and_then(|it| it.attempts.get(&u64::from(invoice.attempt)));
        if attempt.is_none() {
            let text = format!("the request for {} is in no entry", invoice.id);
            found.push(Violation::new("sent_unwritten", text));
        }
    }
}

/// No request is waited for by nobody.
fn requests_answered(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    for (number, sale) in &evidence.book.sales {
        let mut attempts = sale.attempts.values();
        if attempts.any(|it| it.phase == "invoice_requested") {
            let text = format!("sale {number} is being requested for ever");
            found.push(Violation::new("request_stuck", text));
        }
    }
}

/// What was done is in the book once, what was refused is not, and what was cut off at most once.
fn acts_written(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    let mut marks: BTreeMap<(&str, u32), Vec<&Value>> = BTreeMap::new();
    for entry in &evidence.book.entries {
        // A note keeps the marks of the notes before it: the last is its own.
        let named = ["reason", "note", "label"].map(|field| entry.text(field));
        let ids = named.iter().flat_map(|text| text.split('#').skip(1));
        let ids = ids.filter_map(|text| text.split_once('.')?.0.parse().ok());
        if let Some(id) = ids.last() {
            marks
                .entry((&entry.kind, id))
                .or_default()
                .push(&entry.body);
        }
    }
    for (id, act) in &evidence.record.acts {
        let entries = match &act.wrote {
            Wrote::Sale { .. } => marks.get(&("sale_opened", *id)),
            Wrote::Reason { kind, .. } => marks.get(&(*kind, *id)),
            _ => None,
        };
        let count = match &act.wrote {
            Wrote::Sale { .. } | Wrote::Reason { .. } => entries.map_or(0, Vec::len),
            Wrote::Tender {
                number,
                tender,
                way,
                ..
            } => {
                let sale = evidence.book.sales.get(&u64::from(*number));
                let taken = sale.and_then(|it| it.tenders.get(&u64::from(*tender)));
                usize::from(taken.is_some_and(|it| it.way == *way))
            }
            Wrote::Stop { number } => usize::from(has(evidence, "sale_stopped", *number)),
            Wrote::Seen { number } => usize::from(has(evidence, "payment_seen", *number)),
            Wrote::Count { counted_minor } => {
                let minor = |it: &&super::book::Entry| it.minor("counted_minor") == *counted_minor;
                let counts = evidence
                    .book
                    .entries
                    .iter()
                    .filter(|it| it.kind == "cash_counted");
                counts.filter(minor).count().min(1)
            }
            Wrote::Close { .. } => continue,
        };
        check_count(*id, act, count, found);
        let amount = match &act.wrote {
            Wrote::Sale { amount_minor, .. } => Some(*amount_minor),
            Wrote::Reason { amount_minor, .. } => *amount_minor,
            _ => None,
        };
        let body = entries.and_then(|it| it.first());
        let written = body.map(|body| body["amount_minor"].as_i64().unwrap_or_default());
        if let (Some(amount), Some(written)) = (amount, written)
            && amount != written
        {
            let text = format!("{} was {amount}, and {written} is written", mark(*id));
            found.push(Violation::new("act_amount", text));
        }
    }
    tenders_asked_for(evidence, found);
    closes_done(evidence, found);
}

/// No more tenders than were tapped.
fn tenders_asked_for(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    let taken = evidence
        .book
        .entries
        .iter()
        .filter(|it| it.kind == "tender_taken")
        .count();
    let takes = |act: &&Act| {
        let tender = matches!(
            act.wrote,
            Wrote::Tender { .. } | Wrote::Sale { tender: true, .. }
        );
        tender && !matches!(act.outcome, Some(Outcome::Refused(_)))
    };
    let most = evidence.record.acts.values().filter(takes).count();
    if taken > most {
        let text = format!("{taken} tenders are written, {most} were tapped");
        found.push(Violation::new("tender_twice", text));
    }
}

fn has(evidence: &Evidence<'_>, kind: &str, number: u32) -> bool {
    let Some(sale) = evidence.book.sales.get(&u64::from(number)) else {
        return false;
    };
    let mut entries = evidence.book.entries.iter();
    entries.any(|it| it.kind == kind && it.text("sale") == sale.id)
}

fn check_count(id: u32, act: &Act, count: usize, found: &mut Vec<Violation>) {
    let right = match &act.outcome {
        Some(Outcome::Done) => count == 1,
        // Whoever taps *cash* on a sale that somebody else has paid in the meantime finds that tender there.
        Some(Outcome::Refused(_)) if matches!(act.wrote, Wrote::Tender { .. }) => true,
        Some(Outcome::Refused(_)) => count == 0,
        Some(Outcome::Failed(_)) | None => count <= 1,
    };
    if !right {
        let text = format!("{} {act:?} is there {count} times", mark(id));
        let rule = match count {
            0 => "done_unwritten",
            1 => "refused_written",
            _ => "done_twice",
        };
        found.push(Violation::new(rule, text));
    }
}

/// As many closes as were told; none over open sales that was not told to.
fn closes_done(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    let closes: Vec<_> = evidence
        .book
        .entries
        .iter()
        .filter(|it| it.kind == "day_closed")
        .collect();
    let of = |carry: bool, done: bool| {
        let mut acts = Vec::new();
        for act in evidence.record.acts.values() {
            let told = matches!(act.outcome, Some(Outcome::Done));
            let cut_off = matches!(act.outcome, None | Some(Outcome::Failed(_)));
            if act.wrote == (Wrote::Close { carry }) && (done && told || !done && cut_off) {
                acts.push(act);
            }
        }
        acts.len()
    };
    let done = of(true, true) + of(false, true);
    let most = done + of(true, false) + of(false, false);
    if closes.len() < done || closes.len() > most {
        let text = format!(
            "{} closes are written, {done} to {most} were told",
            closes.len()
        );
        found.push(Violation::new("closes", text));
    }
    let over_open = closes.iter().filter(|it| {
        it.body["open"]
            .as_array()
            .is_some_and(|open| !open.is_empty())
    });
    let may = of(true, true) + of(true, false);
    if over_open.count() > may {
        found.push(Violation::new(
            "close_unasked",
            "a day was closed over open sales",
        ));
    }
}

/// Cash that settles a sale is rounded by the shop's rule.
fn cash_rounded(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    let rule = evidence.plan().shop.rounding;
    for (number, sale) in &evidence.book.sales {
        for tender in sale.tenders.values().filter(|it| it.way == "cash") {
            let due = tender.amount_minor;
            let rounded = match rule {
                0 => due,
                1 => (due + 2).div_euclid(5) * 5,
                _ => due.div_euclid(100) * 100,
            };
            let kept = match tender.settles && rounded > 0 {
                true => rounded,
                false => due,
            };
            let given_enough = tender.given_minor.is_none_or(|given| given >= kept);
            if tender.kept_minor != kept || !given_enough {
                let text = format!("sale {number}: {} is kept of {due}", tender.kept_minor);
                found.push(Violation::new("rounding", text));
            }
        }
    }
}

/// Late money is told as late, in the sales book.
fn late_said(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    let flags = rusqlite::Connection::open(evidence.path).and_then(|connection| {
        let mut statement = connection.prepare("SELECT sale, attempt, late FROM invoice")?;
        let rows = statement.query_map([], |row| {
            Ok((
                (row.get::<_, u32>(0)?, row.get::<_, u32>(1)?),
                row.get::<_, bool>(2)?,
            ))
        })?;
        rows.collect::<Result<BTreeMap<_, _>, _>>()
    });
    let flags = match flags {
        Ok(flags) => flags,
        Err(error) => return found.push(Violation::new("late", error.to_string())),
    };
    for (number, sale) in &evidence.book.sales {
        for (attempt, it) in sale.attempts.iter().filter(|(_, it)| it.paid_seq.is_some()) {
            let key = (u32::try_from(*number), u32::try_from(*attempt));
            let said = match key {
                (Ok(number), Ok(attempt)) => flags.get(&(number, attempt)).copied(),
                _ => None,
            };
            if said != Some(it.late) {
                let text = format!(
                    "sale {number}: late is {:?}, the till says {said:?}",
                    it.late
                );
                found.push(Violation::new("late", text));
            }
        }
    }
}

/// Never more calls in sixty seconds than the budget; only a new invoice may be beyond it. What two starts of the program
/// asked together counts too, unless the clock by which they remember it was set.
fn within_budget(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    let budget = usize::from(evidence.plan().shop.calls_per_minute);
    let mut window: Vec<&Call> = Vec::new();
    for call in evidence.calls {
        window.retain(|it| {
            it.at_ms + MINUTE_MS > call.at_ms + 1000 && (it.run == call.run || !call.clock_set)
        });
        window.push(call);
        let creates = window.iter().filter(|it| it.creates).count();
        // A new invoice takes two calls that are left for people; more of them may be beyond the budget.
        if window.len() > budget + creates.saturating_sub(2) {
            let text = format!(
                "{} calls, {creates} of them for new invoices, within a minute before {} ms",
                window.len(),
                call.at_ms
            );
            found.push(Violation::new("budget", text));
            return;
        }
    }
}

/// The key is in no file.
fn key_kept(evidence: &Evidence<'_>, found: &mut Vec<Violation>) {
    let Ok(files) = std::fs::read_dir(evidence.shop.machine.data_dir()) else {
        return;
    };
    for file in files.flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        if bytes.windows(KEY.len()).any(|it| it == KEY.as_bytes()) {
            let text = format!("{} holds the key", file.path().display());
            found.push(Violation::new("key", text));
        }
    }
}
