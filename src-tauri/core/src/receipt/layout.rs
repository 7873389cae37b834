//! What stands on a receipt, from top to bottom.

use super::charset::Charset;
use super::layout_builder::LayoutBuilder;
use super::receipt_data::ReceiptData;
use super::row::{Line, Row, TextStyle};
use crate::i18n::Messages;
use crate::money::BasisPoints;
use crate::sale::{Attempt, Phase, RefundWay, Tender, TenderWay};

/// Lays a receipt out in rows for the paper that the settings name.
pub fn layout(data: &ReceiptData, messages: &Messages, charset: Charset) -> Vec<Row> {
    written(data, messages, charset).rows()
}

/// What stands on a receipt, for a page that lays it out by itself.
pub fn lines(data: &ReceiptData, messages: &Messages) -> Vec<Line> {
    written(data, messages, Charset::Font).lines()
}

fn written<'a>(
    data: &'a ReceiptData,
    messages: &'a Messages,
    charset: Charset,
) -> LayoutBuilder<'a> {
    let mut receipt = ReceiptLayout {
        data,
        messages,
        builder: LayoutBuilder::new(messages, data.settings.printing.paper, charset),
    };
    receipt.head();
    receipt.lines();
    receipt.total();
    receipt.payments();
    receipt.refunds();
    receipt.foot();
    receipt.builder
}

struct ReceiptLayout<'a> {
    data: &'a ReceiptData,
    messages: &'a Messages,
    builder: LayoutBuilder<'a>,
}

impl ReceiptLayout<'_> {
    fn money(&self, minor: i64) -> String {
        self.builder.money(minor, self.data.sale.amount.currency())
    }

    fn time(&self, at: crate::clock::UnixMs) -> String {
        self.builder.numbers.time(at, &self.data.zone)
    }

    fn pair(&mut self, name: &str, amount: &str) {
        self.builder.pair(name, amount, TextStyle::Plain);
    }

    fn head(&mut self) {
        let (shop, sale) = (&self.data.settings.shop, &self.data.sale);
        if let Some(name) = &shop.name {
            self.builder.centre(name, TextStyle::Title);
        }
        for text in [&shop.address, &shop.tax_id].into_iter().flatten() {
            self.builder.centre(text, TextStyle::Plain);
        }
        if shop.name.is_some() || shop.address.is_some() || shop.tax_id.is_some() {
            self.builder.blank();
        }
        self.no_money();
        if self.data.copy {
            let copy = self.messages.text("slip-copy");
            self.builder.centre(&copy, TextStyle::Title);
        }
        let number = [("number", self.data.label.as_str())];
        let title = self.messages.text_with("slip-title", &number);
        let at = self.time(sale.paid_at().unwrap_or(sale.opened_at));
        self.pair(&title, &at);
        if let Some(note) = &sale.note {
            let note = self.messages.text_with("slip-note", &[("note", note)]);
            self.builder.left(&note);
        }
        self.builder.rule();
    }

    /// A receipt of practice or of test money says at its head and at its foot that it is worth nothing; one of another
    /// gateway than cru.cash, whose money it is.
    fn no_money(&mut self) {
        if let Some(gateway) = &self.data.gateway {
            self.builder.rule();
            let text = self
                .messages
                .text_with("slip-gateway", &[("gateway", gateway)]);
            self.builder.centre(&text, TextStyle::Bold);
        }

        let message = if self.data.practice {
            "slip-practice"
        } else if self.data.sale.test() {
            "slip-test"
        } else {
            if self.data.gateway.is_some() {
                self.builder.rule();
            }
            return;
        };
        self.builder.rule();
        let message = self.messages.text(message);
        self.builder.centre(&message, TextStyle::Bold);
        self.builder.rule();
    }

    /// What was sold, the discount, the tip.
    fn lines(&mut self) {
        let (messages, sale) = (self.messages, &self.data.sale);
        let sold = &sale.breakdown;
        for line in &sold.lines {
            let sum = self.money(line.sum_minor().unwrap_or(i64::MAX));
            let name = match &line.name {
                Some(name) if line.deposit => messages.text_with("slip-deposit", &[("name", name)]),
                Some(name) => name.replace('\n', " "),
                None => messages.text("slip-goods"),
            };
            if line.quantity == 1 && line.options.is_empty() && line.weight.is_none() {
                self.pair(&name, &sum);
                continue;
            }
            self.builder.left(&name);
            if !line.options.is_empty() {
                self.builder.left(&format!("  {}", line.options.join(", ")));
            }
            let mut each = String::from("  ");
            if line.quantity != 1 || line.weight.is_none() {
                each.push_str(&format!("{} × ", line.quantity));
            }
            match line.weight {
                Some(weight) => each.push_str(&messages.text_with(
                    "slip-weight",
                    &[
                        ("weight", &self.builder.numbers.kilograms(weight.grams)),
                        ("price", &self.money(weight.kilogram_minor)),
                    ],
                )),
                None => each.push_str(&self.money(line.unit_minor)),
            }
            self.pair(&each, &sum);
        }
        if sold.lines.is_empty() && sold.tip_minor > 0 {
            let goods = self.money(sale.amount.minor().saturating_sub(sold.tip_minor));
            self.pair(&messages.text("slip-goods"), &goods);
        }
        if sold.discount_minor > 0 {
            let discount = self.money(sold.discount_minor.saturating_neg());
            let name = match sold.discount_rate {
                Some(rate) => {
                    let rate = self.builder.numbers.rate(rate);
                    messages.text_with("slip-discount-rate", &[("rate", &rate)])
                }
                None => messages.text("slip-discount"),
            };
            self.pair(&name, &discount);
        }
        if sold.tip_minor > 0 {
            let tip = self.money(sold.tip_minor);
            self.pair(&messages.text("slip-tip"), &tip);
        }
        if !sold.lines.is_empty() || sold.tip_minor > 0 {
            self.builder.rule();
        }
    }

    /// The total and the taxes contained in it.
    fn total(&mut self) {
        let (messages, sale) = (self.messages, &self.data.sale);
        let total = self.money(sale.amount.minor());
        let name = messages.text("slip-total");
        self.builder.pair(&name, &total, TextStyle::Title);
        for (rate, gross_minor) in sale.gross_by_rate() {
            self.tax(rate, gross_minor, rate.contained_in(gross_minor));
        }
        self.builder.rule();
    }

    /// The tax in something; both are negative when it went back.
    fn tax(&mut self, rate: BasisPoints, gross_minor: i64, tax_minor: i64) {
        let name = self.messages.text_with(
            "slip-tax",
            &[
                ("name", &self.tax_name(rate)),
                ("rate", &self.builder.numbers.rate(rate)),
                ("gross", &self.money(gross_minor)),
            ],
        );
        let tax = self.money(tax_minor);
        self.pair(&name, &tax);
    }

    /// The tax's name as the settings have it now, because the sale keeps the rate alone.
    fn tax_name(&self, rate: BasisPoints) -> String {
        let mut rates = self.data.settings.tax_rates.iter();
        rates.find(|known| known.rate == rate).map_or_else(
            || self.messages.text("slip-tax-any"),
            |known| known.name.clone(),
        )
    }

    fn payments(&mut self) {
        let sale = &self.data.sale;
        for attempt in &sale.attempts {
            self.payment(attempt);
        }
        for tender in sale.standing_tenders() {
            self.tender(tender);
        }
        let outstanding = sale.outstanding().minor();
        if outstanding > 0 {
            let outstanding = self.money(outstanding);
            let name = self.messages.text("slip-outstanding");
            self.builder.pair(&name, &outstanding, TextStyle::Bold);
        }
    }

    /// A tender besides crypto: what it settles; of cash, the rounding, what was handed over, and the change. A sum that is
    /// rounded is never the one above, so what was handed over stands below it also when there was no change.
    fn tender(&mut self, tender: &Tender) {
        let messages = self.messages;
        let name = match (&tender.own, tender.way) {
            (Some(own), _) => own.name.clone(),
            (None, TenderWay::Card) => messages.text("slip-card"),
            (None, _) => messages.text("slip-cash"),
        };
        let amount = self.money(tender.amount_minor);
        self.pair(&name, &amount);
        let given = tender.given_minor.filter(|it| *it != tender.amount_minor);
        let rounded = (tender.rounding_minor != 0).then(|| tender.kept_minor());
        for (message, minor) in [
            ("slip-rounding", Some(tender.rounding_minor)),
            ("slip-given", given.or(rounded)),
            ("slip-change", Some(tender.change_minor())),
        ] {
            if let Some(minor) = minor.filter(|minor| *minor != 0) {
                let sum = self.money(minor);
                self.pair(&format!("  {}", messages.text(message)), &sum);
            }
        }
    }

    fn payment(&mut self, attempt: &Attempt) {
        let messages = self.messages;
        let Phase::Paid { duplicate, at, .. } = attempt.phase else {
            return;
        };
        if duplicate {
            let name = messages.text_with("slip-again", &[("time", &self.time(at))]);
            let amount = self.money(attempt.amount.minor());
            self.pair(&name, &amount);
        } else if attempt.amount != self.data.sale.amount {
            let amount = self.money(attempt.amount.minor());
            self.pair(&messages.text("slip-crypto"), &amount);
        }
        if let Some(report) = &attempt.report
            && let Some(coin) = &report.crypto
        {
            let coin = match &report.network {
                Some(network) => format!("{coin} ({network})"),
                None => coin.clone(),
            };
            let name = messages.text_with("slip-paid", &[("coin", &coin)]);
            let amount = report.crypto_amount.as_deref().unwrap_or_default();
            let amount = self.builder.numbers.coins(amount);
            self.pair(&name, &amount);
        }
        if let Some(invoice) = &attempt.invoice {
            let id = messages.text_with("slip-invoice", &[("id", &invoice.id.0)]);
            self.builder.left(&id);
        }
    }

    /// What was paid back, the tax in it, and what is left of the payment.
    fn refunds(&mut self) {
        let sale = &self.data.sale;
        let mut refunds = sale.standing_refunds().peekable();
        if refunds.peek().is_none() {
            return;
        }
        self.builder.rule();
        for refund in refunds {
            let message = match refund.way {
                RefundWay::Cash => "slip-refund-cash",
                RefundWay::ByHand => "slip-refund-by-hand",
                RefundWay::Card => "slip-refund-card",
                RefundWay::Own => "slip-refund-own",
            };
            let time = self.time(refund.at);
            let own = refund.own.as_ref().map_or("", |own| own.name.as_str());
            let args = [("time", time.as_str()), ("own", own)];
            let name = self.messages.text_with(message, &args);
            let amount = self.money(refund.amount_minor.saturating_neg());
            self.pair(&name, &amount);
            if refund.rounding_minor != 0 {
                let back = refund.given_back_minor().saturating_neg();
                for (message, minor) in [
                    ("slip-rounding", refund.rounding_minor.saturating_neg()),
                    ("slip-given-back", back),
                ] {
                    let sum = self.money(minor);
                    self.pair(&format!("  {}", self.messages.text(message)), &sum);
                }
            }
        }
        // What is left of each tax is what the receipt of the rest would say.
        let taxes_left = sale.taxes_left();
        for (rate, sold_minor) in sale.gross_by_rate() {
            let left = taxes_left.get(&rate).copied().unwrap_or_default();
            let tax = left.tax_minor.saturating_sub(rate.contained_in(sold_minor));
            if left.gross_minor != sold_minor {
                self.tax(rate, left.gross_minor.saturating_sub(sold_minor), tax);
            }
        }
        let left = self.money(sale.refundable().minor());
        let name = self.messages.text("slip-left");
        self.builder.pair(&name, &left, TextStyle::Bold);
    }

    fn foot(&mut self) {
        let head = [("head", self.data.head.as_str())];
        let journal = self.messages.text_with("slip-journal", &head);
        self.builder.left(&journal);
        if let Some(signed) = &self.data.signed {
            self.builder.signed_head(signed);
        }
        self.no_money();
        if let Some(footer) = &self.data.settings.shop.footer {
            self.builder.blank();
            self.builder.centre(footer, TextStyle::Plain);
        }
    }
}
