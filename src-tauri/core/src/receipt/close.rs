//! What stands on a printed Z report: the figures of the screen's report, with the same texts.

use super::charset::Charset;
use super::layout_builder::LayoutBuilder;
use super::row::{Row, TextStyle};
use crate::calendar::Zone;
use crate::i18n::Messages;
use crate::journal::{CartSum, CartSums};
use crate::money::Currency;
use crate::report::{CashierView, CloseView, DrawerMoveKind};
use crate::sale::CurrencyTotals;
use crate::settings::Settings;

/// Lays a Z report out in rows for the paper that the settings name.
pub fn layout_close(
    close: &CloseView,
    settings: &Settings,
    messages: &Messages,
    charset: Charset,
) -> Vec<Row> {
    let builder = LayoutBuilder::new(messages, settings.printing.paper, charset);
    let mut report = CloseLayout {
        messages,
        settings,
        builder,
    };
    report.head(close, settings);
    for (currency, totals) in &close.totals.0 {
        report.builder.rule();
        report
            .builder
            .centre(&currency.to_string(), TextStyle::Bold);
        report.day(*currency, totals);
    }
    report.cashiers(&close.cashiers);
    if close.totals.0.is_empty() {
        report.builder.rule();
        report.builder.left(&messages.text("close-nothing"));
    }
    report.builder.rule();
    report
        .builder
        .centre(&messages.text("grand"), TextStyle::Bold);
    for (currency, totals) in &close.grand.0 {
        report.payments(*currency, totals);
        report.tenders(*currency, totals);
        report.refunds(*currency, totals);
    }
    if !close.open.is_empty() {
        let carried = messages.text_counted("close-carried", close.open.len(), &[]);
        report.builder.left(&carried);
    }
    for (message, numbers) in [
        ("close-written-off", &close.written_off),
        ("close-reviews-closed", &close.reviews_closed),
    ] {
        if !numbers.is_empty() {
            let texts: Vec<_> = numbers.iter().map(ToString::to_string).collect();
            let text = messages.text_with(message, &[("numbers", &texts.join(", "))]);
            report.builder.left(&text);
        }
    }
    report.drawer(close);
    report.carts("close-carts-held", &close.held_carts);
    report.carts("close-carts-dropped", &close.dropped_carts);
    report.technical(close);
    report.builder.rule();
    report.builder.left(&messages.text("close-head"));
    report.builder.left(&close.head);
    if let Some(signed) = &close.signed {
        report.builder.signed_head(signed);
    }
    report.builder.rows()
}

struct CloseLayout<'a> {
    messages: &'a Messages,
    settings: &'a Settings,
    builder: LayoutBuilder<'a>,
}

impl CloseLayout<'_> {
    fn pair(&mut self, name: &str, minor: i64, currency: Currency) {
        let sum = self.builder.money(minor, currency);
        self.builder.pair(name, &sum, TextStyle::Plain);
    }

    fn head(&mut self, close: &CloseView, settings: &Settings) {
        let messages = self.messages;
        if let Some(name) = &settings.shop.name {
            self.builder.centre(name, TextStyle::Title);
        }
        if let Some(tax_id) = &settings.shop.tax_id {
            self.builder.centre(tax_id, TextStyle::Plain);
        }
        if close.practice {
            self.builder.rule();
            self.builder
                .centre(&messages.text("day-practice"), TextStyle::Bold);
            self.builder.rule();
        } else {
            let gateway = [("gateway", close.gateway.as_str())];
            let gateway = messages.text_with("slip-gateway", &gateway);
            self.builder.centre(&gateway, TextStyle::Plain);
        }
        let title = messages.text_with("close-z", &[("z", &close.z.to_string())]);
        self.builder.centre(&title, TextStyle::Title);
        // A zone that this till does not know, unlike the one that closed the day, is replaced by its own.
        let zone = Zone::named(&close.zone).unwrap_or_else(|| settings.zone());
        let at = self.builder.numbers.time(close.at_unix_ms, &zone);
        let at = messages.text_with("close-at", &[("at", &at), ("zone", zone.name())]);
        self.builder.left(&at);
        let till = messages.text_with("slip-till", &[("till", &close.till)]);
        self.builder.left(&till);
    }

    /// What is known of the drawer.
    fn drawer(&mut self, close: &CloseView) {
        let messages = self.messages;
        for (currency, view) in &close.drawer {
            self.builder.rule();
            let title = format!("{} · {currency}", messages.text("drawer"));
            self.builder.left(&title);
            for (word, sum) in view.figures() {
                let name = messages.text(&format!("drawer-{word}"));
                self.pair(&name, sum.minor(), *currency);
            }
        }
        for moved in &close.drawer_moves {
            let mut name = messages.text(match moved.what {
                DrawerMoveKind::In => "drawer-in",
                DrawerMoveKind::Out => "drawer-out",
                DrawerMoveKind::Drop => "drawer-drop",
                DrawerMoveKind::Float => "drawer-float",
                DrawerMoveKind::Count => "drawer-count",
                DrawerMoveKind::Open => "drawer-open",
            });
            for text in [&moved.reason, &moved.by, &moved.approved_by]
                .into_iter()
                .flatten()
            {
                name.push_str(" · ");
                name.push_str(text);
            }
            match moved.amount {
                Some(amount) => self.pair(&name, amount.minor(), amount.currency()),
                None => self.builder.left(&name),
            }
        }
    }

    /// What was sold of each category; nothing where none has a name.
    fn categories(&mut self, currency: Currency, totals: &CurrencyTotals) {
        let messages = self.messages;
        if totals.has_categories() {
            self.builder.left(&messages.text("totals-categories"));
        }
        for (name, sums) in totals.told_categories() {
            let none = messages.text("totals-category-none");
            let name = if name.is_empty() { &none } else { name };
            self.pair(name, sums.net_minor(), currency);
            if sums.refunded_minor != 0 {
                let refunded = sums.refunded_minor.saturating_neg();
                self.pair(
                    &messages.text("totals-category-refunded"),
                    refunded,
                    currency,
                );
            }
        }
    }

    /// What the day adds up to in one currency.
    fn day(&mut self, currency: Currency, totals: &CurrencyTotals) {
        let messages = self.messages;
        self.payments(currency, totals);
        self.tenders(currency, totals);
        if let Some(average) = totals.average_minor() {
            self.pair(&messages.text("totals-average"), average, currency);
        }
        if totals.tips_minor != 0 {
            self.pair(&messages.text("totals-tips"), totals.tips_minor, currency);
        }
        for (message, count, minor) in [
            ("totals-late", totals.late, totals.late_minor),
            ("totals-twice", totals.duplicate, totals.duplicate_minor),
        ] {
            if count != 0 {
                let name = messages.text_counted(message, count, &[]);
                self.pair(&name, minor, currency);
            }
        }
        self.refunds(currency, totals);
        if totals.refunds_minor != 0 {
            self.pair(&messages.text("totals-net"), totals.net_minor(), currency);
        }
        for (coin, sums) in &totals.coins {
            let name = messages.text_counted("totals-coin", sums.payments, &[("coin", coin)]);
            self.pair(&name, sums.paid_minor, currency);
        }
        for (rate, sums) in &totals.taxes {
            let rate = self.builder.numbers.rate(*rate);
            let mut tax = |message, rate: &str, gross, minor| {
                let gross = self.builder.money(gross, currency);
                let name = messages.text_with(message, &[("rate", rate), ("gross", &gross)]);
                self.pair(&name, minor, currency);
            };
            let (gross, net) = (sums.net_gross_minor(), sums.net_tax_minor());
            tax("totals-tax", &rate, gross, net);
            if sums.refunded_gross_minor != 0 {
                let gross = sums.refunded_gross_minor.saturating_neg();
                let refunded = sums.refunded_tax_minor.saturating_neg();
                tax("totals-tax-refunded", &rate, gross, refunded);
            }
        }
        self.categories(currency, totals);
    }

    fn carts(&mut self, message: &str, sums: &CartSums) {
        for (currency, CartSum { carts, sum }) in sums {
            let name = self.messages.text_counted(message, *carts, &[]);
            self.pair(&name, sum.minor(), *currency);
        }
    }

    fn cashiers(&mut self, cashiers: &[CashierView]) {
        let messages = self.messages;
        if !cashiers.is_empty() {
            self.builder.rule();
            let title = messages.text("totals-cashiers");
            self.builder.centre(&title, TextStyle::Bold);
        }
        for sums in cashiers {
            let currency = sums.currency;
            let nobody = messages.text("cashiers-nobody");
            let args = [("name", sums.cashier.as_ref().unwrap_or(&nobody).as_str())];
            let name = messages.text_counted("totals-cashier", sums.payments, &args);
            self.pair(&name, sums.paid.minor(), currency);
            if sums.refunds_count != 0 || sums.refunds.minor() != 0 {
                let name = messages.text_counted("totals-refunds", sums.refunds_count, &[]);
                self.pair(&name, sums.refunds.minor().saturating_neg(), currency);
            }
        }
    }

    /// What happened to the till itself, and with which program and key.
    fn technical(&mut self, close: &CloseView) {
        let messages = self.messages;
        if !close.events.is_empty() {
            self.builder.rule();
            self.builder
                .centre(&messages.text("close-events"), TextStyle::Bold);
        }
        for (kind, count) in &close.events {
            let name = messages.text_with("close-event", &[("kind", kind)]);
            self.builder
                .pair(&name, &count.to_string(), TextStyle::Plain);
        }
        let program = close.version.as_deref();
        let key = close.key.as_deref();
        for text in [
            program.map(|version| messages.text_with("close-program", &[("version", version)])),
            key.map(|key| messages.text_with("close-key", &[("key", key)])),
        ] {
            text.inspect(|text| self.builder.left(text));
        }
    }

    fn payments(&mut self, currency: Currency, totals: &CurrencyTotals) {
        let name = self
            .messages
            .text_counted("totals-paid", totals.payments, &[]);
        let sum = self.builder.money(totals.paid_minor, currency);
        self.builder.pair(&name, &sum, TextStyle::Bold);
    }

    /// What was paid by each tender, the rounding of cash, and what was taken back; nothing of it where crypto alone was
    /// taken.
    fn tenders(&mut self, currency: Currency, totals: &CurrencyTotals) {
        let messages = self.messages;
        if totals.took_tenders() {
            for (word, sums) in &totals.tenders {
                let tender = self.settings.tender_name(word);
                let args = [("tender", tender)];
                let name = messages.text_counted("totals-tender", sums.payments, &args);
                self.pair(&name, sums.paid_minor, currency);
                for (message, minor) in [
                    ("totals-tender-refunds", sums.refunds_minor.saturating_neg()),
                    ("totals-tender-tips", sums.tips_minor),
                ] {
                    if minor != 0 {
                        let name = messages.text_with(message, &args);
                        self.pair(&name, minor, currency);
                    }
                }
            }
        }
        if totals.rounding_minor != 0 {
            self.pair(
                &messages.text("totals-rounding"),
                totals.rounding_minor,
                currency,
            );
        }
        if totals.taken_back != 0 {
            let name = messages.text_counted("totals-taken-back", totals.taken_back, &[]);
            self.pair(&name, totals.taken_back_minor, currency);
        }
    }

    fn refunds(&mut self, currency: Currency, totals: &CurrencyTotals) {
        if totals.refunds != 0 || totals.refunds_minor != 0 {
            let name = self
                .messages
                .text_counted("totals-refunds", totals.refunds, &[]);
            self.pair(&name, totals.refunds_minor.saturating_neg(), currency);
        }
        for (way, sums) in &totals.refund_ways {
            let args = [("way", self.settings.tender_name(way))];
            let name = self
                .messages
                .text_counted("totals-refund-way", sums.refunds, &args);
            self.pair(&name, sums.refunds_minor.saturating_neg(), currency);
        }
    }
}
