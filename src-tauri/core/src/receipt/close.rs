//! What stands on a printed Z report: what the screen shows of it, in the same words.

use super::charset::Charset;
use super::layout_builder::LayoutBuilder;
use super::row::Row;
use crate::calendar::Zone;
use crate::i18n::Messages;
use crate::money::Currency;
use crate::report::CloseView;
use crate::sale::CurrencyTotals;
use crate::settings::Settings;

/// Lays a Z report out in rows for the paper that the settings name.
pub fn layout_close(
    close: &CloseView,
    settings: &Settings,
    words: &Messages,
    ink: Charset,
) -> Vec<Row> {
    let mut sheet = LayoutBuilder::new(words, settings.printing.paper, ink);
    head(&mut sheet, close, settings);
    for (currency, totals) in &close.totals.0 {
        sheet.rule();
        sheet.centre(&currency.to_string(), true, false);
        sums(&mut sheet, *currency, totals);
    }
    if close.totals.0.is_empty() {
        sheet.rule();
        sheet.left(&words.say("close-nothing"));
    }
    sheet.rule();
    sheet.centre(&words.say("grand"), true, false);
    for (currency, totals) in &close.grand.0 {
        received(&mut sheet, *currency, totals);
        refunded(&mut sheet, *currency, totals);
    }
    if !close.open.is_empty() {
        sheet.left(&words.say_counted("close-carried", close.open.len(), &[]));
    }
    sheet.rule();
    sheet.left(&words.say("close-head"));
    sheet.left(&close.head);
    sheet.rows()
}

fn head(sheet: &mut LayoutBuilder<'_>, close: &CloseView, settings: &Settings) {
    let words = sheet.words;
    if let Some(name) = &settings.shop.name {
        sheet.centre(name, true, true);
    }
    if let Some(tax_id) = &settings.shop.tax_id {
        sheet.centre(tax_id, false, false);
    }
    if close.practice {
        sheet.rule();
        sheet.centre(&words.say("day-practice"), true, false);
        sheet.rule();
    }
    let title = words.say_of("close-z", &[("z", &close.z.to_string())]);
    sheet.centre(&title, true, true);
    // The zone was known to the till that closed; a till that does not know it says the moment in its own.
    let zone = Zone::named(&close.zone).unwrap_or_else(|| settings.zone());
    let at = sheet.figures.time(close.at_unix_ms, &zone);
    let at = words.say_of("close-at", &[("at", &at), ("zone", zone.name())]);
    sheet.left(&at);
    sheet.left(&words.say_of("slip-till", &[("till", &close.till)]));
}

fn sums(sheet: &mut LayoutBuilder<'_>, currency: Currency, totals: &CurrencyTotals) {
    let words = sheet.words;
    received(sheet, currency, totals);
    if let Some(average) = totals.average_minor() {
        pair(sheet, &words.say("totals-average"), average, currency);
    }
    if totals.tips_minor != 0 {
        pair(
            sheet,
            &words.say("totals-tips"),
            totals.tips_minor,
            currency,
        );
    }
    for (message, count, minor) in [
        ("totals-late", totals.late, totals.late_minor),
        ("totals-twice", totals.duplicate, totals.duplicate_minor),
    ] {
        if count != 0 {
            pair(
                sheet,
                &words.say_counted(message, count, &[]),
                minor,
                currency,
            );
        }
    }
    refunded(sheet, currency, totals);
    if totals.refunds_minor != 0 {
        pair(
            sheet,
            &words.say("totals-net"),
            totals.net_minor(),
            currency,
        );
    }
    for (coin, sums) in &totals.coins {
        let coin = words.say_counted("totals-coin", sums.payments, &[("coin", coin)]);
        pair(sheet, &coin, sums.paid_minor, currency);
    }
    for (rate, sums) in &totals.taxes {
        let (rate, gross) = (
            sheet.figures.rate(*rate),
            sheet.money(sums.gross_minor, currency),
        );
        let tax = words.say_of("totals-tax", &[("rate", &rate), ("gross", &gross)]);
        pair(sheet, &tax, sums.tax_minor, currency);
    }
}

fn received(sheet: &mut LayoutBuilder<'_>, currency: Currency, totals: &CurrencyTotals) {
    let payments = sheet.words.say_counted("totals-paid", totals.payments, &[]);
    let sum = sheet.money(totals.paid_minor, currency);
    sheet.pair_in(&payments, &sum, true, false);
}

fn refunded(sheet: &mut LayoutBuilder<'_>, currency: Currency, totals: &CurrencyTotals) {
    if totals.refunds != 0 || totals.refunds_minor != 0 {
        let refunds = sheet
            .words
            .say_counted("totals-refunds", totals.refunds, &[]);
        pair(
            sheet,
            &refunds,
            totals.refunds_minor.saturating_neg(),
            currency,
        );
    }
}

fn pair(sheet: &mut LayoutBuilder<'_>, name: &str, minor: i64, currency: Currency) {
    let sum = sheet.money(minor, currency);
    sheet.pair(name, &sum);
}
