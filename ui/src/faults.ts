// What the cashier can do about each fault. The words are in the message files, found by the fault's code.
import type { Code } from "./bindings/Code";
import type { Currency } from "./bindings/Currency";
import type { Fault } from "./bindings/Fault";
import type { Money } from "./bindings/Money";
import type { Arguments } from "./messages";
import { writtenAmount } from "./money";

/** `retry`: the same request may succeed later. `settings`: something in the settings must be changed. */
export type Cure = "none" | "retry" | "settings";

const CURES = {
  amount_empty: "none",
  amount_not_a_number: "none",
  amount_too_many_decimals: "none",
  amount_below_minimum: "none",
  amount_above_maximum: "none",
  amount_unusual: "none",
  currency_unknown: "none",
  note_too_long: "none",
  basket_mismatch: "none",
  items_invalid: "none",
  items_unreadable: "none",
  items_unwritable: "none",
  settings_invalid: "none",
  settings_unwritable: "retry",
  key_missing: "settings",
  key_invalid: "none",
  key_in_use: "none",
  key_refused: "settings",
  keychain_no_service: "retry",
  keychain_locked: "retry",
  keychain_hangs: "retry",
  keychain_failed: "retry",
  keychain_no_collection: "retry",
  keychain_ambiguous: "settings",
  keychain_not_a_key: "settings",
  gateway_unreachable: "retry",
  gateway_refused: "none",
  gateway_rate_limited: "retry",
  pay_url_refused: "none",
  invoice_taken: "none",
  gateway_timeout: "retry",
  gateway_failed: "retry",
  gateway_unreadable: "retry",
  gateway_broken_connection: "retry",
  tls_unavailable: "retry",
  clock_wrong: "retry",
  certificate_expired: "retry",
  interrupted: "retry",
  journal_unwritable: "retry",
  journal_newer: "none",
  journal_corrupt: "none",
  journal_unreadable: "retry",
  journal_in_use: "retry",
  journal_other_gateway: "none",
  journal_replaced: "none",
  backup_unwritable: "retry",
  backup_taken: "none",
  backup_damaged: "retry",
  backup_folder_missing: "retry",
  history_broken: "none",
  backup_unflushed: "none",
  restore_unusable: "none",
  restore_loses: "none",
  restore_other_till: "none",
  restore_other_gateway: "none",
  restore_none: "none",
  sale_unknown: "none",
  sale_not_retryable: "none",
  qr_none: "none",
  tender_off: "settings",
  drawer_off: "settings",
  count_wrong: "none",
  tender_too_much: "none",
  given_too_little: "none",
  tender_unknown: "none",
  tender_refunded: "none",
  tender_closed: "none",
  refund_too_much: "none",
  refund_unknown: "none",
  reason_missing: "none",
  cart_gone: "none",
  office_code_invalid: "none",
  office_none: "none",
  office_quarantined: "none",
  office_refused: "none",
  office_set_aside: "none",
  office_token_refused: "none",
  office_unreachable: "retry",
  cart_unnamed: "none",
  sale_not_in_review: "none",
  sale_not_to_write_off: "none",
  day_open_sales: "none",
  day_already_closed: "none",
  receipt_none: "none",
  printer_none: "settings",
  printer_unreachable: "retry",
  printer_out_of_paper: "retry",
  printer_not_ready: "retry",
  printer_failed: "retry",
  printer_unconfirmed: "retry",
  file_unwritable: "retry",
  file_protected: "none",
  accounts_missing: "settings",
  pin_needed: "none",
  pin_wrong: "none",
  pin_wait: "none",
  pin_invalid: "none",
  pin_missing: "none",
  pin_unreadable: "none",
  pin_unwritable: "retry",
  cashier_unknown: "none",
  right_needed: "none",
  owner_missing: "none",
  fob_invalid: "none",
  fob_taken: "none",
  staff_unreadable: "none",
  staff_unwritable: "retry",
  not_offered: "none",
  practice_only: "none",
  config_invalid: "none",
  settings_shared: "none",
  internal: "none",
} as const satisfies Record<Code, Cure>;

export const FAULT_CODES = Object.keys(CURES);

export function cureOf(fault: Fault): Cure {
  return Object.entries(CURES).find(([code]) => code === fault.code)?.[1] ?? "none";
}

/** The id of the fault's message: `fault-amount-below-minimum`. All unknown codes share one message. */
export function messageOf(fault: Fault): string {
  return FAULT_CODES.includes(fault.code)
    ? `fault-${fault.code.replaceAll("_", "-")}`
    : "fault-unknown";
}

/** The fault's details as arguments of its message: limits as money, counts as numbers, and none missing. */
export function argumentsOf(fault: Fault, money: (amount: Money) => string): Arguments {
  const detail: Partial<Record<string, string>> = fault.detail;
  const currency = detail["currency"];
  const limit = (amount: string | undefined) =>
    amount === undefined
      ? ""
      : isCurrency(currency)
        ? money(writtenAmount(amount, currency))
        : amount;
  return {
    code: fault.code,
    minimum: limit(detail["minimum"]),
    maximum: limit(detail["maximum"]),
    most: limit(detail["most"]),
    due: limit(detail["due"]),
    field: detail["field"] ?? "",
    limit: Number(detail["limit"] ?? 0),
    count: Number(detail["count"] ?? 0),
    z: detail["z"] ?? "",
    label: detail["label"] ?? "",
    place: Number(detail["place"] ?? 0),
    problem: detail["problem"] ?? "none",
    file: detail["file"] ?? "none",
    accounts: detail["accounts"] ?? "",
    status: detail["status"] ?? "none",
    seconds: Number(detail["retry_after_seconds"] ?? 0),
  };
}

function isCurrency(value: string | undefined): value is Currency {
  return value === "RUB" || value === "USD" || value === "EUR";
}
