// Money crosses between the screens and Rust as `{ minor, currency }`. What does not is listed here with its reason.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const BINDINGS = join(import.meta.dirname, "../src/bindings");

const PARTS = "a part of one amount, in its currency; the journal keeps the same type";
const FILE = "as the shop's file has it";
const COIN = "of the customer's coin, as the gateway writes it";
const BARE: Record<string, string> = {
  "Basket.tip_minor": PARTS,
  "Discount.minor": PARTS,
  "Line.unit_minor": PARTS,
  "Piece.minor": "the value of a note or a coin; a list of them is one sum of one currency",
  "FixedOffer.amount": FILE,
  "LargeAmount.at_least_minor": FILE,
  "Weight.kilogram_minor": PARTS,
  "AttemptView.crypto_amount": COIN,
  "DisplaySale.crypto_amount": COIN,
  "SaleView.crypto_amount": COIN,
};

const NAMES = /amount|tip|total|price|gross|paid|refund|discount|sum|minimum|maximum|float|change/;

it("crosses as money, but for what is listed", () => {
  const bare: string[] = [];
  for (const file of readdirSync(BINDINGS)) {
    const type = file.replace(".ts", "");
    if (type === "Money" || type === "commands") continue;
    const text = readFileSync(join(BINDINGS, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    for (const [, name = "", of = ""] of text.matchAll(/(\w+)\??: ([^,{}]+|\{[^}]*\})/g)) {
      const minor = /(^|_)minor$/.test(name);
      const isText = NAMES.test(name) && /^string\b/.test(of);
      if (minor || isText) bare.push(`${type}.${name}`);
    }
  }
  expect(bare.sort()).toEqual(Object.keys(BARE).sort());
});
