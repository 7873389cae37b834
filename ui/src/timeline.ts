// The entries of a sale in plain words: which message each kind is, and what it says of its facts. Words are
// in the message files; here stands only which fact goes where.
import type { EntryView } from "./bindings/EntryView";
import type { Currency } from "./bindings/Currency";
import type { IconName } from "./parts/Icon.svelte";
import type { Arguments } from "./messages";
import { formatCoins } from "./money";

export interface EntryText {
  readonly icon: IconName;
  readonly id: string;
  readonly args: Arguments;
  /** What somebody wrote, as they wrote it. */
  readonly words: string | null;
}

type Facts = Partial<Record<string, string>>;

const KINDS: Partial<Record<string, readonly [string, IconName]>> = {
  sale_opened: ["entry-sale-opened", "pad"],
  invoice_requested: ["entry-invoice-requested", "waiting"],
  invoice_opened: ["entry-invoice-opened", "scan"],
  invoice_refused: ["entry-invoice-refused", "refused"],
  invoice_uncertain: ["entry-invoice-uncertain", "unknown"],
  invoice_reported: ["entry-invoice-reported", "retry"],
  invoice_paid: ["entry-invoice-paid", "tick"],
  invoice_ended: ["entry-invoice-ended", "over"],
  invoice_questioned: ["entry-invoice-questioned", "warning"],
  sale_stopped: ["entry-sale-stopped", "pause"],
  payment_seen: ["entry-payment-seen", "bell"],
  sale_noted: ["entry-sale-noted", "note"],
  sale_refunded: ["entry-sale-refunded", "refund"],
  refund_taken_back: ["entry-refund-taken-back", "retry"],
  review_closed: ["entry-review-closed", "tick"],
  receipt_made: ["entry-receipt-made", "receipt"],
};

/** What an entry says. `money` tells an amount, `locale` is that of its figures. */
export function describeEntry(
  entry: EntryView,
  currency: Currency,
  locale: string,
  money: (amount: string, currency: Currency) => string,
): EntryText {
  const facts: Facts = entry.facts;
  const [id, icon] = KINDS[entry.kind] ?? ["entry-other", "unknown" as const];
  const amount = facts["amount"];
  const coins = facts["crypto_amount"];
  const crypto = facts["crypto"] ?? "";
  return {
    icon: entry.kind === "invoice_reported" ? reportedIcon(facts) : icon,
    id: entry.kind === "invoice_reported" ? reported(facts) : id,
    args: {
      kind: entry.kind,
      amount: amount === undefined ? "" : money(amount, currency),
      attempt: Number(facts["attempt"] ?? 1),
      minutes: Number(facts["lifetime_minutes"] ?? 0),
      code: facts["code"] ?? "",
      coin: [crypto, facts["network"] ?? ""].filter((word) => word !== "").join(" · "),
      coins: coins === undefined ? "none" : `${formatCoins(coins, locale)} ${crypto}`,
      status: facts["processing_status"] ?? facts["pay_status"] ?? "",
      way: facts["way"] ?? "",
      medium: facts["medium"] ?? "",
    },
    words: facts["reason"] ?? facts["note"] ?? null,
  };
}

/** A report that decides nothing says one of three things. */
function reported(facts: Facts): string {
  if (facts["processing_status"] === "processed") return "entry-invoice-settled";
  if (facts["crypto"] !== undefined && facts["is_paid"] !== "true") return "entry-invoice-chosen";
  return "entry-invoice-reported";
}

function reportedIcon(facts: Facts): IconName {
  switch (reported(facts)) {
    case "entry-invoice-settled":
      return "tick";
    case "entry-invoice-chosen":
      return "coin";
    default:
      return "retry";
  }
}
