import { describe, expect, it } from "vitest";
import type { EntryView } from "../src/bindings/EntryView";
import { format, SCREEN_LANGUAGES, type ScreenLanguage } from "../src/messages";
import { formatMoney } from "../src/money";
import { describeEntry } from "../src/timeline";

const KINDS = [
  "sale_opened",
  "invoice_requested",
  "invoice_opened",
  "invoice_refused",
  "invoice_uncertain",
  "invoice_reported",
  "invoice_paid",
  "invoice_ended",
  "invoice_questioned",
  "sale_stopped",
  "payment_seen",
  "sale_noted",
  "sale_refunded",
  "refund_taken_back",
  "review_closed",
  "receipt_made",
];

const entry = (kind: string, facts: Record<string, string> = {}): EntryView => ({
  seq: 1,
  at_unix_ms: 0,
  by: null,
  kind,
  facts,
});
const said = (kind: string, facts?: Record<string, string>, language: ScreenLanguage = "en") => {
  const { id, args } = describeEntry(entry(kind, facts), "EUR", language, (amount) =>
    formatMoney(amount, "en"),
  );
  return format(language, language, id, args);
};

describe("an entry of a sale", () => {
  it.each(SCREEN_LANGUAGES)(
    "of every kind has words in %s, with its facts or without",
    (language) => {
      for (const kind of KINDS) {
        for (const facts of [{}, { amount: "12.50", attempt: "2", code: "x", way: "cash" }]) {
          const text = said(kind, facts, language);
          expect(text, kind).not.toMatch(/[{}]|entry-|undefined|NaN/);
          expect(describeEntry(entry(kind, facts), "EUR", language, String).id).not.toBe(
            "entry-other",
          );
        }
      }
    },
  );

  it("says which language the customer chose, and not the note again", () => {
    const facts = { note: "Table 4", language: "kk" };
    expect(said("sale_noted", facts)).toContain("Қазақша");
    expect(describeEntry(entry("sale_noted", facts), "EUR", "en", String).words).toBeNull();
    expect(said("sale_noted", { note: "Table 4" })).toBe("Note");
  });

  it("says whether a receipt was printed, sent or failed", () => {
    const printed = { medium: "printer" };
    expect(said("receipt_made", printed)).toBe("Receipt printed");
    expect(said("receipt_made", { ...printed, outcome: "unconfirmed" })).toContain("not confirm");
    expect(said("receipt_made", { ...printed, outcome: "failed" })).toContain("failed");
  });

  it("of a kind nobody knows yet is shown all the same", () => {
    expect(said("of_the_future")).toContain("of_the_future");
  });

  it("tells a report by what is new in it", () => {
    const coin = { crypto: "USDT", network: "TRC20", crypto_amount: "13.42" };
    expect(said("invoice_reported", { pay_status: "in_process", is_paid: "false", ...coin })).toBe(
      "The customer picked USDT · TRC20: 13.42 USDT",
    );
    expect(
      said("invoice_reported", { is_paid: "true", processing_status: "processed", ...coin }),
    ).toBe("Credited to your account");
    expect(
      said("invoice_reported", { is_paid: "true", processing_status: "processing", ...coin }),
    ).toBe("Paid, the credit is on its way");
    expect(said("invoice_reported", { pay_status: "paid_over" })).toContain("paid_over");
  });

  it("says money as money, and people's words as they are", () => {
    expect(said("sale_refunded", { amount: "4.00", way: "cash" })).toBe("Refunded €4.00 in cash");
    expect(said("sale_refunded", { amount: "4.00", way: "by_hand" })).toBe(
      "Refunded €4.00 by hand",
    );
    const told = describeEntry(
      entry("refund_taken_back", { reason: "by <b>mistake" }),
      "EUR",
      "en",
      String,
    );
    expect(told.words).toBe("by <b>mistake");
  });
});
