// Which message and which icon each journal entry of a sale has, and which of its facts the message shows.
import type { EntryView } from "./bindings/EntryView";
import type { Currency } from "./bindings/Currency";
import type { Money } from "./bindings/Money";
import type { IconName } from "./parts/Icon.svelte";
import { LANGUAGE_NAMES, LANGUAGES, type Arguments, type Language } from "./messages";
import { coinAmountText, coinText, writtenAmount } from "./money";

export interface EntryText {
  readonly icon: IconName;
  readonly id: string;
  readonly args: Arguments;
  /** A reason or note, exactly as it was written. */
  readonly words: string | null;
}

type Facts = Partial<Record<string, string>>;

const KINDS: Partial<Record<string, readonly [string, IconName]>> = {
  sale_opened: ["entry-sale-opened", "pad"],
  invoice_requested: ["entry-invoice-requested", "waiting"],
  invoice_opened: ["entry-invoice-opened", "scan"],
  invoice_refused: ["entry-invoice-refused", "refused"],
  invoice_uncertain: ["entry-invoice-uncertain", "unknown"],
  invoice_paid: ["entry-invoice-paid", "tick"],
  invoice_ended: ["entry-invoice-ended", "over"],
  invoice_questioned: ["entry-invoice-questioned", "warning"],
  sale_stopped: ["entry-sale-stopped", "pause"],
  payment_seen: ["entry-payment-seen", "bell"],
  sale_noted: ["entry-sale-noted", "note"],
  sale_refunded: ["entry-sale-refunded", "refund"],
  refund_taken_back: ["entry-refund-taken-back", "retry"],
  review_closed: ["entry-review-closed", "tick"],
  invoice_watch_ended: ["entry-invoice-watch-ended", "over"],
  payment_doubted: ["entry-payment-doubted", "warning"],
  sale_written_off: ["entry-sale-written-off", "over"],
  tender_taken: ["entry-tender-taken", "coin"],
  tender_taken_back: ["entry-tender-taken-back", "retry"],
  receipt_made: ["entry-receipt-made", "receipt"],
};

/** The text of an entry; `money` formats an amount. */
export function describeEntry(
  entry: EntryView,
  currency: Currency,
  locale: string,
  money: (amount: Money) => string,
): EntryText {
  const facts: Facts = entry.facts;
  const [id, icon] =
    entry.kind === "invoice_reported"
      ? reported(facts)
      : entry.kind === "sale_noted" && facts["language"] !== undefined
        ? (["entry-language-chosen", "language"] as const)
        : (KINDS[entry.kind] ?? (["entry-other", "unknown"] as const));
  const crypto = facts["crypto"] ?? null;
  const network = facts["network"] ?? null;
  const crypto_amount = facts["crypto_amount"] ?? null;
  const amount = facts["amount"];
  return {
    icon,
    id,
    args: {
      kind: entry.kind,
      amount: amount === undefined ? "" : money(writtenAmount(amount, currency)),
      attempt: Number(facts["attempt"] ?? 1),
      minutes: Number(facts["lifetime_minutes"] ?? 0),
      code: facts["code"] ?? "",
      coin: coinText({ crypto, network }),
      coins: coinAmountText({ crypto, crypto_amount }, locale) ?? "none",
      status: facts["processing_status"] ?? facts["pay_status"] ?? "",
      way: facts["own"] ?? facts["way"] ?? "",
      tender: Number(facts["tender"] ?? 1),
      medium: facts["medium"] ?? "",
      outcome: facts["outcome"] ?? "printed",
      language: LANGUAGES.find((it) => it === facts["language"])
        ? LANGUAGE_NAMES[facts["language"] as Language]
        : (facts["language"] ?? ""),
    },
    words: facts["reason"] ?? (id === "entry-language-chosen" ? null : (facts["note"] ?? null)),
  };
}

/** A report of the gateway that does not change the sale's state. */
function reported(facts: Facts): readonly [string, IconName] {
  if (facts["processing_status"] === "processed") return ["entry-invoice-settled", "tick"];
  if (facts["crypto"] !== undefined && facts["is_paid"] !== "true") {
    return ["entry-invoice-chosen", "coin"];
  }
  return ["entry-invoice-reported", "retry"];
}
