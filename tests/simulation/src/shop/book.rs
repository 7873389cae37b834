//! The oracle's own reading of a journal: rows of the file, hashed and folded by a few plain rules that are written here
//! anew, from docs/journal.md, and share no code with the till.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// A journal as the oracle reads it.
#[derive(Debug)]
pub struct Book {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// Its sales by number.
    pub sales: BTreeMap<u64, Sale>,
    /// What cannot be in a journal.
    pub wrong: Vec<String>,
}

/// An entry.
#[derive(Debug)]
pub struct Entry {
    /// Its number.
    pub seq: u64,
    /// Its kind.
    pub kind: String,
    /// All of it.
    pub body: Value,
}

/// A sale.
#[derive(Debug, Default)]
pub struct Sale {
    /// Its id.
    pub id: String,
    /// Its amount.
    pub amount_minor: i64,
    /// Its attempts by number.
    pub attempts: BTreeMap<u64, Attempt>,
    /// Its tenders by number.
    pub tenders: BTreeMap<u64, Tender>,
    /// Its refunds by number: amount, and whether it stands.
    pub refunds: BTreeMap<u64, (i64, bool)>,
    /// A review of it was closed.
    pub review_closed: bool,
}

/// An attempt.
#[derive(Debug, Default)]
pub struct Attempt {
    /// What it asks for.
    pub amount_minor: i64,
    /// How far it is: the kind of its last deciding entry.
    pub phase: String,
    /// Its invoice.
    pub invoice: Option<String>,
    /// Play money.
    pub test: bool,
    /// The entry of its payment.
    pub paid_seq: Option<u64>,
    /// The cashier stopped waiting for it.
    pub stopped: bool,
    /// Late.
    pub late: bool,
    /// The entry that doubts or questions it.
    pub doubted_seq: Option<u64>,
    /// When its end was written, by the till's clock.
    pub ended_at: Option<i64>,
    /// It is not watched any more.
    pub watch_ended: bool,
    /// Somebody acknowledged its payment, or that its money is in question.
    pub seen: bool,
}

/// A tender.
#[derive(Debug)]
pub struct Tender {
    /// Its word.
    pub way: String,
    /// What it settles.
    pub amount_minor: i64,
    /// What was kept.
    pub kept_minor: i64,
    /// It was handed over.
    pub given_minor: Option<i64>,
    /// It was not taken back.
    pub stands: bool,
    /// It settled the rest of its sale.
    pub settles: bool,
}

impl Book {
    /// Reads the file.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn read(path: &Path) -> Result<Self, String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let text = |error: rusqlite::Error| error.to_string();
        let connection = Connection::open_with_flags(path, flags).map_err(text)?;
        let mut statement = connection
            .prepare("SELECT seq, body, hash FROM entry ORDER BY seq")
            .map_err(text)?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, Vec<u8>>(2)?,
            ))
        });
        let mut book = Self {
            entries: Vec::new(),
            sales: BTreeMap::new(),
            wrong: Vec::new(),
        };
        let mut head = vec![0_u8; 32];
        for row in rows.map_err(text)? {
            let (seq, body, hash) = row.map_err(text)?;
            head = Sha256::new()
                .chain_update(&head)
                .chain_update(body.as_bytes())
                .finalize()
                .to_vec();
            if head != hash {
                book.wrong
                    .push(format!("chain: the hash of entry {seq} is another"));
                head = hash;
            }
            let expected = book.entries.len() + 1;
            if usize::try_from(seq) != Ok(expected) {
                book.wrong
                    .push(format!("chain: entry {seq} stands where {expected} should"));
            }
            let body: Value = serde_json::from_str(&body).map_err(|it| it.to_string())?;
            let kind = body["kind"].as_str().unwrap_or_default().to_owned();
            let seq = seq.unsigned_abs();
            book.entries.push(Entry { seq, kind, body });
        }
        book.fold();
        Ok(book)
    }

    fn fold(&mut self) {
        let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
        for entry in &self.entries {
            let id = entry.text("sale");
            if entry.kind == "sale_opened" {
                let number = entry.number("number");
                if number != u64::try_from(self.sales.len()).unwrap_or(0) + 1 {
                    self.wrong
                        .push(format!("numbers: sale {number} is not the next"));
                }
                numbers.insert(id.to_owned(), number);
                let sale = Sale {
                    id: id.to_owned(),
                    amount_minor: entry.minor("amount_minor"),
                    ..Sale::default()
                };
                self.sales.insert(number, sale);
                continue;
            }
            if id.is_empty() {
                continue;
            }
            let sale = numbers.get(id).and_then(|it| self.sales.get_mut(it));
            match sale {
                Some(sale) => {
                    if let Err(wrong) = sale.apply(entry) {
                        self.wrong
                            .push(format!("fold: entry {}: {wrong}", entry.seq));
                    }
                }
                None => self
                    .wrong
                    .push(format!("fold: entry {} is of no sale", entry.seq)),
            }
        }
    }

    /// A number that is the same whenever the same happened; ids are drawn anew each time.
    pub fn trace(&self) -> u64 {
        let mut hash = Sha256::new();
        for entry in &self.entries {
            let text = format!(
                "{}{}{}{}",
                entry.seq, entry.kind, entry.body["at_unix_ms"], entry.body["amount_minor"]
            );
            hash.update(text.as_bytes());
        }
        let bytes = hash.finalize();
        bytes
            .iter()
            .take(8)
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }
}

impl Entry {
    /// A field of text.
    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }

    /// A field that counts.
    pub fn number(&self, name: &str) -> u64 {
        self.body[name].as_u64().unwrap_or_default()
    }

    /// A field of minor units.
    pub fn minor(&self, name: &str) -> i64 {
        self.body[name].as_i64().unwrap_or_default()
    }

    /// When, by the till's clock.
    pub fn at(&self) -> i64 {
        self.minor("at_unix_ms")
    }
}

impl Sale {
    /// What is still to be paid.
    pub fn outstanding_minor(&self) -> i64 {
        let tendered: i64 = self.standing().map(|it| it.amount_minor).sum();
        let paid = self
            .attempts
            .values()
            .filter(|it| it.paid_seq.is_some() && (it.doubted_seq.is_none() || self.review_closed));
        let paid: i64 = paid.map(|it| it.amount_minor).sum();
        (self.amount_minor - tendered - paid).max(0)
    }

    /// The tenders that stand.
    pub fn standing(&self) -> impl Iterator<Item = &Tender> {
        self.tenders.values().filter(|it| it.stands)
    }

    /// All that came in.
    pub fn received_minor(&self) -> i64 {
        let paid = self.attempts.values().filter(|it| it.paid_seq.is_some());
        let paid: i64 = paid.map(|it| it.amount_minor).sum();
        paid + self.standing().map(|it| it.amount_minor).sum::<i64>()
    }

    /// All that went back.
    pub fn refunded_minor(&self) -> i64 {
        let standing = self.refunds.values().filter(|(_, stands)| *stands);
        standing.map(|(minor, _)| minor).sum()
    }

    fn apply(&mut self, entry: &Entry) -> Result<(), String> {
        let outstanding_minor = self.outstanding_minor();
        match entry.kind.as_str() {
            "invoice_requested" => {
                let asked = entry.body["amount_minor"].as_i64();
                let attempt = Attempt {
                    amount_minor: asked.unwrap_or(self.amount_minor),
                    phase: entry.kind.clone(),
                    ..Attempt::default()
                };
                if attempt.amount_minor != outstanding_minor {
                    return Err("a request of another amount than is outstanding".to_owned());
                }
                let number = entry.number("attempt");
                if self.attempts.insert(number, attempt).is_some() {
                    return Err(format!("attempt {number} is requested twice"));
                }
            }
            "sale_stopped" => {
                for attempt in self.attempts.values_mut() {
                    let waits = ["invoice_opened", "invoice_uncertain"];
                    attempt.stopped |= waits.contains(&attempt.phase.as_str());
                }
            }
            "tender_taken" => self.take(entry, outstanding_minor)?,
            "tender_taken_back" => {
                let tender = self.tenders.get_mut(&entry.number("tender"));
                let tender = tender.filter(|it| it.stands);
                tender
                    .ok_or("a tender is taken back that does not stand")?
                    .stands = false;
            }
            "sale_refunded" => {
                let minor = entry.minor("amount_minor");
                if minor > self.received_minor() - self.refunded_minor() {
                    return Err("more goes back than came in".to_owned());
                }
                self.refunds.insert(entry.number("refund"), (minor, true));
            }
            "refund_taken_back" => {
                let refund = self.refunds.get_mut(&entry.number("refund"));
                let refund = refund.filter(|(_, stands)| *stands);
                refund.ok_or("a refund is voided that does not stand")?.1 = false;
            }
            "payment_seen" => {
                let told = |it: &&mut Attempt| it.paid_seq.is_some() || it.in_question();
                for attempt in self.attempts.values_mut().filter(told) {
                    attempt.seen = true;
                }
            }
            "review_closed" => {
                self.review_closed = true;
                let questioned = |it: &&mut Attempt| it.in_question();
                for attempt in self.attempts.values_mut().filter(questioned) {
                    attempt.seen = true;
                }
            }
            kind if kind.starts_with("invoice_") || kind == "payment_doubted" => {
                let too_much = self.received_minor() > self.amount_minor;
                let too_much = too_much && self.standing().next().is_some();
                let attempt = self.attempts.get_mut(&entry.number("attempt"));
                let attempt = attempt.ok_or("an attempt that was not requested")?;
                let doubted = attempt.doubted_seq.is_some() && attempt.paid_seq.is_some();
                attempt.hear(entry);
                // Other money took its place meanwhile: it rings as any that is too much.
                if doubted && attempt.doubted_seq.is_none() && too_much {
                    attempt.seen = false;
                }
                if matches!(kind, "invoice_questioned" | "payment_doubted") {
                    self.review_closed = false;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take(&mut self, entry: &Entry, outstanding_minor: i64) -> Result<(), String> {
        let amount_minor = entry.minor("amount_minor");
        let tender = Tender {
            way: entry.text("way").to_owned(),
            amount_minor,
            kept_minor: amount_minor + entry.minor("rounding_minor"),
            given_minor: entry.body["given_minor"].as_i64(),
            stands: true,
            settles: amount_minor == outstanding_minor,
        };
        if amount_minor > outstanding_minor {
            return Err("a tender of more than is outstanding".to_owned());
        }
        if self
            .tenders
            .insert(entry.number("tender"), tender)
            .is_some()
        {
            return Err("the same tender twice".to_owned());
        }
        Ok(())
    }
}

impl Attempt {
    /// Its money is in question.
    pub fn in_question(&self) -> bool {
        self.doubted_seq.is_some()
    }

    fn hear(&mut self, entry: &Entry) {
        match entry.kind.as_str() {
            "invoice_opened" => {
                self.invoice = Some(entry.text("invoice_id").to_owned());
                self.test = entry.body["test"].as_bool().unwrap_or_default();
            }
            "invoice_paid" => {
                // One that was in question in between is not called late (docs/simulation.md, *Known limits*).
                self.late = self.stopped || self.phase == "invoice_ended";
                self.paid_seq = Some(entry.seq);
                self.doubted_seq = None;
            }
            "invoice_ended" => self.ended_at = Some(entry.at()),
            "invoice_questioned" | "payment_doubted" => {
                self.doubted_seq = Some(entry.seq);
                self.seen = false;
            }
            "invoice_watch_ended" => self.watch_ended = true,
            // A good answer ends a doubt.
            "invoice_reported" => {
                let good = entry.body["report"]["is_paid"].as_bool() == Some(true);
                if good && self.paid_seq.is_some() {
                    self.doubted_seq = None;
                }
            }
            _ => {}
        }
        let decides = ["invoice_reported", "invoice_watch_ended", "payment_doubted"];
        if !decides.contains(&entry.kind.as_str()) {
            self.phase.clone_from(&entry.kind);
        }
    }
}
