//! Sums as the pages show them: by currency, with tenders, coins, categories and taxes, and hour by hour.

use std::collections::BTreeMap;

use maud::{Markup, html};

use ringup_core::money::{Currency, Money};
use ringup_core::report::HourTotals;
use ringup_core::sale::{CurrencyTotals, DayTotals};

use crate::book::Hours;

use super::caller::Caller;

/// The hours that a chart always shows, and how many of them it labels (ui/src/hour-axis.ts).
const ALWAYS: std::ops::RangeInclusive<usize> = 8..=20;
const MAX_LABELS: usize = 8;
/// The sizes of a chart, in its own units.
const CHART: (i64, i64) = (320, 96);

/// The sums of each currency, as cards.
pub(super) fn cards(
    caller: &Caller,
    totals: &DayTotals,
    hours: Option<&Hours>,
    names: &TenderNames,
) -> Markup {
    html! {
        @for (currency, sums) in &totals.0 {
            section class="card stack-4" data-testid="totals" data-currency=(currency.code()) {
                div {
                    p class="figure" data-testid="totals-paid" { (caller.money(Money::from_minor(sums.paid_minor, *currency))) }
                    p class="soft" { (caller.t_counted("totals-paid", sums.payments.unsigned_abs())) }
                }
                @if let Some(hours) = hours.and_then(|hours| hours.get(currency)) { (chart(caller, hours, *currency)) }
                (figures(caller, sums, *currency, names))
            }
        }
    }
}

fn figures(
    caller: &Caller,
    sums: &CurrencyTotals,
    currency: Currency,
    names: &TenderNames,
) -> Markup {
    let money = |minor: i64| caller.money(Money::from_minor(minor, currency));
    let less = |minor: i64| caller.money(Money::from_minor(-minor, currency));
    let counted = |id: &str, count: i64| caller.t_counted(id, count.unsigned_abs());
    let row = |name: String, amount: String| {
        html! { div { dt class="break" { (name) } dd { (amount) } } }
    };
    html! {
        dl class="figures" {
            @if sums.payments > 0 { (row(caller.t("totals-average"), money(sums.paid_minor / sums.payments))) }
            @if sums.tips_minor != 0 { (row(caller.t("totals-tips"), money(sums.tips_minor))) }
            @if sums.late > 0 { (row(counted("totals-late", sums.late), money(sums.late_minor))) }
            @if sums.duplicate > 0 { (row(counted("totals-twice", sums.duplicate), money(sums.duplicate_minor))) }
            @if sums.refunds > 0 {
                (row(counted("totals-refunds", sums.refunds), less(sums.refunds_minor)))
                (row(caller.t("totals-net"), money(sums.paid_minor.saturating_sub(sums.refunds_minor))))
            }
            @if sums.rounding_minor != 0 { (row(caller.t("totals-rounding"), money(sums.rounding_minor))) }
        }
        @if !sums.tenders.is_empty() {
            dl class="figures" data-testid="totals-tenders" {
                @for (word, tender) in &sums.tenders {
                    (row(format!("{} ({})", tender_name(caller, word, names), tender.payments), money(tender.paid_minor)))
                }
            }
        }
        @if !sums.coins.is_empty() {
            dl class="figures" {
                @for (coin, sums) in &sums.coins { (row(format!("{coin} ({})", sums.payments), money(sums.paid_minor))) }
            }
        }
        @if sums.categories.keys().any(|name| !name.is_empty()) {
            dl class="figures" {
                @for (name, sums) in &sums.categories {
                    @let name = if name.is_empty() { caller.t("totals-category-none") } else { name.clone() };
                    (row(name, money(sums.sold_minor)))
                }
            }
        }
        @if !sums.taxes.is_empty() {
            dl class="figures" {
                @for (rate, tax) in &sums.taxes {
                    @let gross = money(tax.gross_minor);
                    @let name = caller.t_with("totals-tax", &[("rate", &caller.rate(*rate)), ("gross", &gross)]);
                    (row(name, money(tax.tax_minor)))
                }
            }
        }
    }
}

/// What the shop calls its own tenders, by their ids.
pub(super) type TenderNames = BTreeMap<String, String>;

/// What a tender is called, by its word in the sums.
pub(super) fn tender_name(caller: &Caller, word: &str, names: &TenderNames) -> String {
    match word {
        "crypto" => caller.t("tender-crypto"),
        "cash" => caller.t("tender-cash"),
        "card" => caller.t("tender-card"),
        own => {
            let id = own.strip_prefix("own:").unwrap_or(own);
            names.get(id).map_or(id, String::as_str).to_owned()
        }
    }
}

/// What came in, hour by hour: bars, and the same in words for a screen reader.
fn chart(caller: &Caller, hours: &[HourTotals], currency: Currency) -> Markup {
    let busy = |(_, hour): &(usize, &HourTotals)| hour.payments > 0;
    let first = hours.iter().enumerate().find(busy).map_or(24, |(at, _)| at);
    let last = hours.iter().enumerate().rfind(busy).map_or(0, |(at, _)| at);
    let (from, to) = (first.min(*ALWAYS.start()), last.max(*ALWAYS.end()));
    let shown: Vec<(usize, &HourTotals)> =
        (0..).zip(hours).skip(from).take(to - from + 1).collect();
    let most = shown
        .iter()
        .map(|(_, hour)| hour.paid.minor())
        .max()
        .unwrap_or(0)
        .max(1);
    let count = i64::try_from(shown.len()).unwrap_or(1).max(1);
    let step = shown.len().div_ceil(MAX_LABELS).max(1);
    let (width, height) = CHART;
    let left = |at: usize| i64::try_from(at).unwrap_or(0) * width / count;
    html! {
        figure class="chart" data-testid="hours" data-currency=(currency.code()) {
            figcaption class="visually-hidden" { (caller.t("hours-title")) }
            svg viewBox=(format!("0 0 {width} {}", height + 16)) aria-hidden="true" focusable="false" {
                @for (at, (hour, sums)) in shown.iter().enumerate() {
                    @let tall = (sums.paid.minor().max(0).saturating_mul(height) / most).clamp(2, height);
                    @let class = if sums.payments > 0 { "bar-of-hour" } else { "no-bar" };
                    rect class=(class) x=(left(at) + 1) y=(height - tall) width=((width / count - 2).max(1)) height=(tall) rx="2" {}
                    @if hour % step == 0 {
                        text x=(left(at) + width / count / 2) y=(height + 13) text-anchor="middle" { (hour) }
                    }
                }
            }
            ol class="visually-hidden" {
                @for (hour, sums) in shown.iter().filter(|(_, sums)| sums.payments > 0) {
                    li {
                        (hour_in_words(caller, *hour, sums))
                    }
                }
            }
        }
    }
}

fn hour_in_words(caller: &Caller, hour: usize, sums: &HourTotals) -> String {
    let (from, to) = (hour.to_string(), (hour + 1).to_string());
    let amount = caller.money(sums.paid);
    let count = sums.payments.unsigned_abs();
    caller.t_counted_with(
        "hours-hour",
        count,
        &[("from", &from), ("to", &to), ("amount", &amount)],
    )
}
