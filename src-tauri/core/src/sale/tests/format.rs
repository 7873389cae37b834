//! The journal's format, byte for byte: one entry of each kind, with every field that it can have, and the
//! facts that a sale's page shows of it.

use strum::VariantNames as _;

use super::super::sale_page::EntryView;
use super::*;

const UUID: &str = "01a1fdc6-7209-77d6-8712-209695450836";

/// What follows `seq`, `till` and `at_unix_ms` in the entry; and the facts of it.
const ENTRIES: [(&str, &str); 74] = [
    (
        r#""kind":"journal_opened","code":"A","purpose":"live""#,
        r#"{"code":"A"}"#,
    ),
    (
        r#""kind":"journal_opened","code":"A","purpose":"live","gateway":"api.cru.cash""#,
        r#"{"code":"A","gateway":"api.cru.cash"}"#,
    ),
    (
        r#""kind":"gateway_bound","gateway":"127.0.0.1:4141""#,
        r#"{"gateway":"127.0.0.1:4141"}"#,
    ),
    (
        r#""kind":"till_code_changed","code":"B7""#,
        r#"{"code":"B7"}"#,
    ),
    (
        r#""kind":"sale_opened","sale":"UUID","number":2,"code":"B7","amount_minor":100,"currency":"EUR","tap":"UUID""#,
        r#"{"amount":"1.00","code":"B7","currency":"EUR"}"#,
    ),
    (
        r#""by":"Ada","kind":"sale_opened","sale":"UUID","number":1,"amount_minor":730,"currency":"EUR","note":"Tisch 4","tap":"UUID","lines":[{"name":"Coffee","quantity":2,"unit_minor":350,"tax":1900},{"quantity":1,"unit_minor":5}],"discount_minor":75,"discount_rate":1064,"tip_minor":100,"tax":700"#,
        r#"{"amount":"7.30","currency":"EUR","note":"Tisch 4","tip":"1.00"}"#,
    ),
    (
        r#""kind":"sale_opened","sale":"UUID","number":3,"amount_minor":855,"currency":"EUR","tap":"UUID","lines":[{"name":"Coffee","quantity":1,"unit_minor":400,"tax":1900,"category":"Drinks","options":["large","oat"]},{"name":"Apples","quantity":2,"unit_minor":105,"weight":{"grams":350,"kilogram_minor":299}},{"name":"Cola","quantity":1,"unit_minor":220,"item":"UUID"},{"name":"Cola","quantity":1,"unit_minor":25,"deposit":true}]"#,
        r#"{"amount":"8.55","currency":"EUR"}"#,
    ),
    (
        r#""kind":"sale_opened","sale":"UUID","number":4,"amount_minor":100,"currency":"EUR","tap":"UUID","receipt_token":"AbCdEfGhIjKlMnOpQrStUg""#,
        r#"{"amount":"1.00","currency":"EUR"}"#,
    ),
    (
        r#""kind":"sale_opened","sale":"UUID","number":5,"amount_minor":100,"currency":"EUR","language":"kk","tap":"UUID""#,
        r#"{"amount":"1.00","currency":"EUR","language":"kk"}"#,
    ),
    (r#""kind":"stock_set","item":"UUID","count":24"#, r"{}"),
    (
        r#""kind":"sale_opened","sale":"UUID","number":4294967295,"amount_minor":100,"currency":"EUR","tap":"UUID""#,
        r#"{"amount":"1.00","currency":"EUR"}"#,
    ),
    (
        r#""kind":"sale_opened","sale":"UUID","number":3,"amount_minor":350,"currency":"EUR","tap":"UUID","lines":[{"name":"Coffee","quantity":1,"unit_minor":350,"tax":1900}],"cart":"UUID""#,
        r#"{"amount":"3.50","currency":"EUR"}"#,
    ),
    (
        r#""by":"Ada","kind":"cart_held","cart":"UUID","label":"Tisch 4","amount_minor":630,"lines":[{"name":"Coffee","quantity":2,"unit_minor":350,"tax":1900}],"discount_minor":70,"discount_rate":1000,"currency":"EUR","tap":"UUID""#,
        r#"{"amount":"6.30","currency":"EUR"}"#,
    ),
    (
        r#""kind":"cart_held","cart":"UUID","label":"Bar","amount_minor":5,"lines":[{"quantity":1,"unit_minor":5}],"currency":"EUR","tap":"UUID","from":["UUID"]"#,
        r#"{"amount":"0.05","currency":"EUR"}"#,
    ),
    (
        r#""kind":"cart_split","cart":"UUID","into":[{"cart":"UUID","label":"Tisch 4","amount_minor":350,"lines":[{"name":"Coffee","quantity":1,"unit_minor":350}]},{"cart":"UUID","label":"Tisch 4","amount_minor":315,"lines":[{"name":"Coffee","quantity":1,"unit_minor":350}],"discount_minor":35,"discount_rate":1000}]"#,
        r"{}",
    ),
    (
        r#""kind":"cart_dropped","cart":"UUID","reason":"they left""#,
        r#"{"reason":"they left"}"#,
    ),
    (
        r#""by":"Ada","kind":"cart_dropped","cart":"UUID","reason":"mistyped""#,
        r#"{"reason":"mistyped"}"#,
    ),
    (
        r#""kind":"invoice_requested","sale":"UUID","attempt":1,"gateway":"api.cru.cash","lifetime_minutes":15"#,
        r#"{"attempt":"1","gateway":"api.cru.cash","lifetime_minutes":"15"}"#,
    ),
    (
        r#""kind":"invoice_opened","sale":"UUID","attempt":1,"invoice_id":"i-1","pay_url":"https://pay.cru.cash/invoice/i-1","expires_at_unix":1773689470,"test":true,"clock_offset_ms":-40"#,
        r#"{"attempt":"1","invoice_id":"i-1","test":"true"}"#,
    ),
    (
        r#""kind":"invoice_opened","sale":"UUID","attempt":1,"invoice_id":"i-1","pay_url":"https://pay.cru.cash/invoice/i-1","test":false"#,
        r#"{"attempt":"1","invoice_id":"i-1","test":"false"}"#,
    ),
    (
        r#""kind":"invoice_refused","sale":"UUID","attempt":1,"code":"gateway_refused","message":"no","status":429,"invoice_id":"i-1","retry_after_s":30"#,
        r#"{"attempt":"1","code":"gateway_refused","invoice_id":"i-1","message":"no","status":"429"}"#,
    ),
    (
        r#""kind":"invoice_uncertain","sale":"UUID","attempt":1,"code":"gateway_timeout","message":"no answer""#,
        r#"{"attempt":"1","code":"gateway_timeout","message":"no answer"}"#,
    ),
    (
        r#""kind":"invoice_reported","sale":"UUID","attempt":1,"report":{"id":"i-1","pay_status":"not_paid","is_paid":false}"#,
        r#"{"attempt":"1","is_paid":"false","pay_status":"not_paid"}"#,
    ),
    (
        r#""kind":"invoice_paid","sale":"UUID","attempt":1,"report":{"id":"i-1","pay_status":"paid","is_paid":true,"is_testing":false,"fiat_amount":"7.3","fiat_currency":"EUR","processing_status":"processing","crypto":"USDT","network":"TRC20","crypto_amount":"8.1","network_fee":"1"}"#,
        r#"{"attempt":"1","crypto":"USDT","crypto_amount":"8.1","fiat_amount":"7.3","fiat_currency":"EUR","is_paid":"true","network":"TRC20","network_fee":"1","pay_status":"paid","processing_status":"processing"}"#,
    ),
    (
        r#""kind":"invoice_ended","sale":"UUID","attempt":1,"report":{"id":"i-1","pay_status":"end","is_paid":false}"#,
        r#"{"attempt":"1","is_paid":"false","pay_status":"end"}"#,
    ),
    (
        r#""kind":"invoice_questioned","sale":"UUID","attempt":1,"mismatches":["id","amount","currency","test"],"report":{"id":"i-2","pay_status":"paid","is_paid":true}"#,
        r#"{"attempt":"1","is_paid":"true","mismatches":"id, amount, currency, test","pay_status":"paid"}"#,
    ),
    (
        r#""kind":"invoice_requested","sale":"UUID","attempt":2,"gateway":"api.cru.cash","lifetime_minutes":15,"amount_minor":530"#,
        r#"{"amount":"5.30","attempt":"2","currency":"EUR","gateway":"api.cru.cash","lifetime_minutes":"15"}"#,
    ),
    (
        r#""kind":"tender_taken","sale":"UUID","tender":1,"way":"cash","amount_minor":1342,"given_minor":2000,"rounding_minor":-2"#,
        r#"{"amount":"13.42","currency":"EUR","given":"20.00","rounding":"-0.02","tender":"1","way":"cash"}"#,
    ),
    (
        r#""kind":"tender_taken","sale":"UUID","tender":2,"way":"card","amount_minor":500"#,
        r#"{"amount":"5.00","currency":"EUR","tender":"2","way":"card"}"#,
    ),
    (
        r#""kind":"tender_taken","sale":"UUID","tender":3,"way":"own","own":{"id":"voucher","name":"Gutschein"},"amount_minor":500"#,
        r#"{"amount":"5.00","currency":"EUR","own":"Gutschein","tender":"3","way":"own"}"#,
    ),
    (
        r#""kind":"tender_taken_back","sale":"UUID","tender":1,"reason":"it was the card""#,
        r#"{"reason":"it was the card","tender":"1"}"#,
    ),
    (
        r#""kind":"sale_refunded","sale":"UUID","refund":1,"amount_minor":250,"way":"own","own":{"id":"voucher","name":"Gutschein"},"reason":"broken""#,
        r#"{"amount":"2.50","currency":"EUR","own":"Gutschein","reason":"broken","refund":"1","way":"own"}"#,
    ),
    (
        r#""kind":"drawer_opened","why":"tender","number":12"#,
        r"{}",
    ),
    (
        r#""kind":"day_closed","z":4,"day":"2026-11-24","zone":"Europe/Berlin","after_seq":1,"head":"ab12","totals":{"EUR":{"payments":2,"paid_minor":1342,"tips_minor":0,"late":0,"late_minor":0,"twice":0,"twice_minor":0,"refunds":1,"refunds_minor":250,"coins":{},"taxes":{},"refund_ways":{"card":{"refunds":1,"refunds_minor":250}},"tenders":{"card":{"payments":0,"paid_minor":0,"refunds":1,"refunds_minor":250},"cash":{"payments":2,"paid_minor":1342,"tips_minor":100}},"rounding_minor":-2,"taken_back":1,"taken_back_minor":500}},"grand":{},"open":[],"sums_rule":3"#,
        r"{}",
    ),
    (r#""kind":"sale_stopped","sale":"UUID""#, r"{}"),
    (r#""kind":"payment_seen","sale":"UUID""#, r"{}"),
    (
        r#""kind":"sale_noted","sale":"UUID","note":"Tisch 5""#,
        r#"{"note":"Tisch 5"}"#,
    ),
    (r#""kind":"sale_noted","sale":"UUID""#, r"{}"),
    (
        r#""kind":"sale_noted","sale":"UUID","note":"Tisch 5","language":"pl""#,
        r#"{"language":"pl","note":"Tisch 5"}"#,
    ),
    (
        r#""kind":"sale_refunded","sale":"UUID","refund":1,"amount_minor":252,"way":"cash","rounding_minor":-2,"reason":"broken""#,
        r#"{"amount":"2.52","currency":"EUR","reason":"broken","refund":"1","rounding":"-0.02","way":"cash"}"#,
    ),
    (
        r#""kind":"sale_refunded","sale":"UUID","refund":1,"amount_minor":250,"way":"by_hand","reason":"broken""#,
        r#"{"amount":"2.50","currency":"EUR","reason":"broken","refund":"1","way":"by_hand"}"#,
    ),
    (
        r#""kind":"sale_refunded","sale":"UUID","refund":1,"amount_minor":250,"way":"cash","reason":"broken","lines":[{"line":2,"quantity":1}],"parts":{"gross_by_rate":{"700":100,"1900":50},"untaxed_minor":40,"tip_minor":30,"twice_minor":30}"#,
        r#"{"amount":"2.50","currency":"EUR","reason":"broken","refund":"1","way":"cash"}"#,
    ),
    (
        r#""kind":"refund_taken_back","sale":"UUID","refund":1,"reason":"mistyped""#,
        r#"{"reason":"mistyped","refund":"1"}"#,
    ),
    (
        r#""kind":"review_closed","sale":"UUID","reason":"paid in cash""#,
        r#"{"reason":"paid in cash"}"#,
    ),
    (
        r#""kind":"journal_restored","restored_head":"ab12","replaced_head":"cd34","lost_entries":7,"numbers_after":41,"z_after":2"#,
        r"{}",
    ),
    (
        r#""kind":"journal_restored","restored_head":"ab12","numbers_after":41,"z_after":2"#,
        r"{}",
    ),
    (
        r#""kind":"key_changed","fingerprint":"0123456789abcdef""#,
        r"{}",
    ),
    (
        r#""kind":"program_started","version":"0.1.0","settings":"0123456789abcdef""#,
        r"{}",
    ),
    (
        r#""by":"Ada","kind":"settings_changed","fields":["currency","kiosk.offers"],"settings":"0123456789abcdef""#,
        r"{}",
    ),
    (
        r#""kind":"settings_changed","settings":"0123456789abcdef""#,
        r"{}",
    ),
    (r#""kind":"pin_changed","set":true"#, r"{}"),
    (r#""kind":"pin_refused","count":3"#, r"{}"),
    (r#""kind":"pin_refused","count":3,"cashier":"Anna""#, r"{}"),
    (
        r#""by":"Ada","kind":"staff_changed","cashier":"Anna","change":"added","role":"supervisor","fields":["role","pin"]"#,
        r"{}",
    ),
    (
        r#""by":"Ada","approved_by":"PIN","kind":"staff_changed","cashier":"Anna","change":"removed""#,
        r"{}",
    ),
    (
        r#""kind":"signed_on","cashier":"Anna","proof":"fob""#,
        r"{}",
    ),
    (r#""by":"Anna","kind":"signed_on""#, r"{}"),
    (
        r#""by":"Anna","approved_by":"Boris","kind":"refund_taken_back","sale":"UUID","refund":1,"reason":"mistyped""#,
        r#"{"reason":"mistyped","refund":"1"}"#,
    ),
    (
        r#""kind":"drawer_opened","why":"receipt","number":12"#,
        r"{}",
    ),
    (r#""kind":"drawer_opened","why":"test""#, r"{}"),
    (r#""kind":"practice_reset","entries":40"#, r"{}"),
    (r#""kind":"practice_reset""#, r"{}"),
    (
        r#""kind":"invoice_watch_ended","sale":"UUID","attempt":1"#,
        r#"{"attempt":"1"}"#,
    ),
    (
        r#""kind":"payment_doubted","sale":"UUID","attempt":1,"report":{"id":"i-1","pay_status":"not_paid","is_paid":false,"payload":"order 17"}"#,
        r#"{"attempt":"1","is_paid":"false","pay_status":"not_paid","payload":"order 17"}"#,
    ),
    (
        r#""kind":"sale_written_off","sale":"UUID","reason":"unknown to the gateway""#,
        r#"{"reason":"unknown to the gateway"}"#,
    ),
    (
        r#""kind":"receipt_made","sale":"UUID","medium":"dialog""#,
        r#"{"medium":"dialog"}"#,
    ),
    (
        r#""kind":"receipt_made","sale":"UUID","medium":"printer","outcome":"unconfirmed""#,
        r#"{"medium":"printer","outcome":"unconfirmed"}"#,
    ),
    (
        r#""kind":"receipt_made","sale":"UUID","medium":"printer","outcome":"failed""#,
        r#"{"medium":"printer","outcome":"failed"}"#,
    ),
    (
        r#""kind":"cash_moved","way":"in","amount_minor":2000,"currency":"EUR","reason":"change""#,
        r#"{"amount":"20.00","currency":"EUR","reason":"change","way":"in"}"#,
    ),
    (
        r#""kind":"cash_counted","purpose":"float","currency":"EUR","counted_minor":15000,"left_minor":15000"#,
        r"{}",
    ),
    (
        r#""kind":"cash_counted","purpose":"count","currency":"EUR","expected_minor":7100,"counted_minor":7090,"pieces":[{"minor":5000,"count":1},{"minor":2000,"count":1},{"minor":10,"count":9}],"left_minor":5000"#,
        r"{}",
    ),
    (
        r#""kind":"day_closed","z":1,"day":"2026-11-21","zone":"Europe/Berlin","after_seq":1,"head":"ab12","totals":{"EUR":{"payments":2,"paid_minor":1460,"tips_minor":100,"late":1,"late_minor":730,"twice":1,"twice_minor":730,"refunds":1,"refunds_minor":250,"coins":{"USDT TRC20":{"payments":2,"paid_minor":1460}},"taxes":{"1900":{"gross_minor":630,"tax_minor":101}}}},"grand":{},"open":[3,7]"#,
        r"{}",
    ),
    (
        r#""kind":"day_closed","z":2,"day":"2026-11-22","zone":"Europe/Berlin","after_seq":9,"head":"ab12","totals":{"EUR":{"payments":0,"paid_minor":0,"tips_minor":0,"late":0,"late_minor":0,"twice":0,"twice_minor":0,"refunds":1,"refunds_minor":250,"coins":{},"taxes":{"1900":{"gross_minor":0,"tax_minor":0,"refunded_gross_minor":150,"refunded_tax_minor":24}},"refunded_tips_minor":100,"refund_ways":{"cash":{"refunds":1,"refunds_minor":250}}}},"grand":{},"open":[],"sums_rule":2"#,
        r"{}",
    ),
    (
        r#""kind":"day_closed","z":3,"day":"2026-11-23","zone":"Europe/Berlin","after_seq":1,"head":"ab12","totals":{},"grand":{},"open":[],"sums_rule":2,"version":"0.1.0","key":"0123456789abcdef""#,
        r"{}",
    ),
];

#[test]
fn each_kind_of_entry_is_written_as_it_always_was() {
    let mut kinds: Vec<_> = Event::VARIANTS.to_vec();
    let sale = TestSale::opened().sale;
    for (seq, (body, facts)) in (1..).zip(ENTRIES) {
        let text = format!(r#"{{"seq":{seq},"till":"UUID","at_unix_ms":-5,{body}}}"#);
        let text = text.replace("UUID", UUID);
        let entry: Entry = serde_json::from_str(&text).expect(&text);
        assert_eq!(serde_json::to_string(&entry).expect("JSON"), text);
        let shown = EntryView::of(&entry, &sale);
        assert!(body.contains(&format!(r#""kind":"{}""#, shown.kind)));
        kinds.retain(|kind| *kind != shown.kind);
        let shown = serde_json::to_string(&shown.facts).expect("JSON");
        assert_eq!(shown, facts, "{body}");
    }
    assert!(kinds.is_empty(), "{kinds:?} were not tried");
}

#[test]
fn the_words_in_columns_are_those_in_entries() {
    fn same<T: serde::Serialize>(value: T, word: &str) {
        assert_eq!(serde_json::to_value(value).expect("JSON"), word);
    }
    for state in SaleState::ALL {
        same(state, state.as_str());
        assert_eq!(state.as_str().parse(), Ok(*state));
    }
    for way in [
        RefundWay::Cash,
        RefundWay::ByHand,
        RefundWay::Card,
        RefundWay::Own,
    ] {
        same(way, way.as_str());
        assert_eq!(way.as_str().parse(), Ok(way));
    }
    use Mismatch::{Amount, Currency as CurrencyMismatch, Id, Payload, Test};
    for mismatch in [Id, Amount, CurrencyMismatch, Test, Payload] {
        same(mismatch, mismatch.as_str());
    }
    for currency in Currency::ALL {
        same(currency, currency.code());
    }
    assert_eq!("PAID".parse::<SaleState>(), Err(StateError));
}
