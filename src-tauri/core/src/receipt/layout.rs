//! What stands on a receipt, from top to bottom.

use super::charset::Charset;
use super::layout_builder::LayoutBuilder;
use super::receipt_data::ReceiptData;
use super::row::Row;
use crate::i18n::Messages;
use crate::money::BasisPoints;
use crate::sale::{Phase, RefundWay, Sale};

/// Lays a receipt out in rows for the paper that the settings name.
pub fn layout(facts: &ReceiptData, words: &Messages, ink: Charset) -> Vec<Row> {
    let mut slip = Slip {
        facts,
        sheet: LayoutBuilder::new(words, facts.settings.printing.paper, ink),
    };
    slip.head();
    slip.goods();
    slip.total();
    slip.payment();
    slip.refunds();
    slip.foot();
    slip.sheet.rows()
}

struct Slip<'a> {
    facts: &'a ReceiptData,
    sheet: LayoutBuilder<'a>,
}

impl Slip<'_> {
    fn sale(&self) -> &Sale {
        &self.facts.sale
    }

    fn money(&self, minor: i64) -> String {
        self.sheet.money(minor, self.sale().amount.currency())
    }

    fn head(&mut self) {
        let shop = &self.facts.settings.shop;
        if let Some(name) = &shop.name {
            self.sheet.centre(name, true, true);
        }
        for text in [&shop.address, &shop.tax_id].into_iter().flatten() {
            self.sheet.centre(text, false, false);
        }
        if [&shop.name, &shop.address, &shop.tax_id]
            .iter()
            .any(|text| text.is_some())
        {
            self.sheet.blank();
        }
        self.no_money();
        if self.facts.copy {
            self.sheet
                .centre(&self.sheet.words.say("slip-copy"), true, true);
        }
        let title = self
            .sheet
            .words
            .say_of("slip-title", &[("number", &self.facts.label)]);
        let at = self.sale().paid_at().unwrap_or(self.sale().opened_at);
        let at = self.sheet.figures.time(at, &self.facts.zone);
        self.sheet.pair(&title, &at);
        if let Some(note) = &self.sale().note {
            let note = self.sheet.words.say_of("slip-note", &[("note", note)]);
            self.sheet.left(&note);
        }
        self.sheet.rule();
    }

    /// A receipt that is worth nothing says so, at its head and at its foot.
    fn no_money(&mut self) {
        let message = if self.facts.practice {
            "slip-practice"
        } else if self.sale().test() {
            "slip-test"
        } else {
            return;
        };
        self.sheet.rule();
        self.sheet
            .centre(&self.sheet.words.say(message), true, false);
        self.sheet.rule();
    }

    fn goods(&mut self) {
        let sale = self.sale().clone();
        for line in &sale.breakdown.lines {
            let sum = self.money(line.sum_minor().unwrap_or(i64::MAX));
            let typed = || self.sheet.words.say("slip-goods");
            let name = line.name.clone().unwrap_or_else(typed);
            if line.quantity == 1 {
                self.sheet.pair(&name, &sum);
            } else {
                self.sheet.left(&name.replace('\n', " "));
                let each = format!("  {} × {}", line.quantity, self.money(line.unit_minor));
                self.sheet.pair(&each, &sum);
            }
        }
        if sale.breakdown.lines.is_empty() && sale.breakdown.tip_minor > 0 {
            let goods = self.money(sale.amount.minor().saturating_sub(sale.breakdown.tip_minor));
            self.sheet.pair(&self.sheet.words.say("slip-goods"), &goods);
        }
        if sale.breakdown.discount_minor > 0 {
            let off = self.money(sale.breakdown.discount_minor.saturating_neg());
            let name = match sale.breakdown.discount_rate {
                Some(rate) => {
                    let rate = self.sheet.figures.rate(rate);
                    self.sheet
                        .words
                        .say_of("slip-discount-rate", &[("rate", &rate)])
                }
                None => self.sheet.words.say("slip-discount"),
            };
            self.sheet.pair(&name, &off);
        }
        if sale.breakdown.tip_minor > 0 {
            let tip = self.money(sale.breakdown.tip_minor);
            self.sheet.pair(&self.sheet.words.say("slip-tip"), &tip);
        }
        if !sale.breakdown.lines.is_empty() || sale.breakdown.tip_minor > 0 {
            self.sheet.rule();
        }
    }

    fn total(&mut self) {
        let total = self.money(self.sale().amount.minor());
        self.sheet
            .pair_in(&self.sheet.words.say("slip-total"), &total, true, true);
        for (rate, gross_minor) in self.sale().gross_by_rate() {
            let message = self.sheet.words.say_of(
                "slip-tax",
                &[
                    ("name", &self.name_of(rate)),
                    ("rate", &self.sheet.figures.rate(rate)),
                    ("gross", &self.money(gross_minor)),
                ],
            );
            let tax = self.money(rate.contained_in(gross_minor));
            self.sheet.pair(&message, &tax);
        }
        self.sheet.rule();
    }

    /// The tax's name as the settings have it now: the sale keeps the rate alone.
    fn name_of(&self, rate: BasisPoints) -> String {
        let mut rates = self.facts.settings.tax_rates.iter();
        rates.find(|known| known.rate == rate).map_or_else(
            || self.sheet.words.say("slip-tax-any"),
            |known| known.name.clone(),
        )
    }

    fn payment(&mut self) {
        let sale = self.sale().clone();
        for attempt in &sale.attempts {
            let Phase::Paid { duplicate, at, .. } = attempt.phase else {
                continue;
            };
            if duplicate {
                let at = self.sheet.figures.time(at, &self.facts.zone);
                let line = self.sheet.words.say_of("slip-again", &[("time", &at)]);
                let sum = self.money(sale.amount.minor());
                self.sheet.pair(&line, &sum);
            }
            if let Some(report) = &attempt.report
                && let Some(coin) = &report.crypto
            {
                let coin = match &report.network {
                    Some(network) => format!("{coin} ({network})"),
                    None => coin.clone(),
                };
                let paid = self.sheet.words.say_of("slip-paid", &[("coin", &coin)]);
                let coins = report.crypto_amount.as_deref().unwrap_or_default();
                let coins = self.sheet.figures.coins(coins);
                self.sheet.pair(&paid, &coins);
            }
            if let Some(invoice) = &attempt.invoice {
                let id = self
                    .sheet
                    .words
                    .say_of("slip-invoice", &[("id", &invoice.id.0)]);
                self.sheet.left(&id);
            }
        }
    }

    fn refunds(&mut self) {
        let sale = self.sale().clone();
        let mut any = false;
        for refund in sale.refunds.iter().filter(|refund| refund.voided.is_none()) {
            if !any {
                self.sheet.rule();
            }
            any = true;
            let message = match refund.way {
                RefundWay::Cash => "slip-refund-cash",
                RefundWay::ByHand => "slip-refund-by-hand",
            };
            let at = self.sheet.figures.time(refund.at, &self.facts.zone);
            let message = self.sheet.words.say_of(message, &[("time", &at)]);
            let back = self.money(refund.amount_minor.saturating_neg());
            self.sheet.pair(&message, &back);
        }
        if any {
            let left = self.money(sale.refundable().minor());
            self.sheet
                .pair_in(&self.sheet.words.say("slip-left"), &left, true, false);
        }
    }

    fn foot(&mut self) {
        self.no_money();
        if let Some(footer) = &self.facts.settings.shop.footer {
            self.sheet.blank();
            self.sheet.centre(footer, false, false);
        }
    }
}
