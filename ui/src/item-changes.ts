// What differs between an item and the same item after an import, field by field, for people to read.
import type { Colour } from "./bindings/Colour";
import type { Currency } from "./bindings/Currency";
import type { Deposit } from "./bindings/Deposit";
import type { Item } from "./bindings/Item";
import type { OptionGroup } from "./bindings/OptionGroup";
import type { SoldBy } from "./bindings/SoldBy";
import { minorText, percentText } from "./money";

export type FieldValue =
  | { readonly kind: "money"; readonly minor: number; readonly currency: Currency }
  /** A percentage without its sign; null: none. */
  | { readonly kind: "rate"; readonly text: string | null }
  | { readonly kind: "colour"; readonly colour: Colour }
  | { readonly kind: "sold"; readonly sold: SoldBy }
  | { readonly kind: "yes"; readonly yes: boolean }
  /** null: none. */
  | { readonly kind: "text"; readonly text: string | null };

export interface ItemChange {
  readonly field:
    | "name"
    | "price"
    | "tax"
    | "barcode"
    | "colour"
    | "category"
    | "sold"
    | "options"
    | "deposit"
    | "sold-out"
    | "warn-at";
  readonly from: FieldValue;
  readonly to: FieldValue;
}

export function changesOf(from: Item, to: Item): ItemChange[] {
  const changes: ItemChange[] = [];
  const differ = (field: ItemChange["field"], one: FieldValue, other: FieldValue) => {
    if (JSON.stringify(one) !== JSON.stringify(other)) {
      changes.push({ field, from: one, to: other });
    }
  };
  const text = (field: "name" | "barcode") => {
    differ(field, { kind: "text", text: from[field] }, { kind: "text", text: to[field] });
  };
  text("name");
  differ("price", { kind: "money", ...from.price }, { kind: "money", ...to.price });
  const rate = ({ tax }: Item): FieldValue => ({
    kind: "rate",
    text: tax === null ? null : percentText(tax),
  });
  differ("tax", rate(from), rate(to));
  text("barcode");
  differ("colour", { kind: "colour", colour: from.colour }, { kind: "colour", colour: to.colour });
  const plain = (text: string | null): FieldValue => ({ kind: "text", text });
  differ("category", plain(from.category), plain(to.category));
  differ("sold", { kind: "sold", sold: from.sold }, { kind: "sold", sold: to.sold });
  differ("options", plain(optionsText(from.options)), plain(optionsText(to.options)));
  differ("deposit", plain(depositText(from.deposit)), plain(depositText(to.deposit)));
  differ("sold-out", { kind: "yes", yes: from.sold_out }, { kind: "yes", yes: to.sold_out });
  const count = ({ warn_at }: Item) => plain(warn_at === null ? null : String(warn_at));
  differ("warn-at", count(from), count(to));
  return changes;
}

/** Groups of options as an items' file has them; null: none. */
function optionsText(groups: readonly OptionGroup[]): string | null {
  const texts = groups.map(({ choose, name, options }) => {
    const each = options.map(
      ({ name, difference: { minor } }) =>
        `${name} ${minor < 0 ? "-" : "+"}${minorText(Math.abs(minor))}`,
    );
    return `${choose} ${name}: ${each.join(" | ")}`;
  });
  return texts.length === 0 ? null : texts.join("; ");
}

function depositText(deposit: Deposit | null): string | null {
  if (deposit === null) return null;
  const { price, tax } = deposit;
  if (tax.kind === "item") return minorText(price.minor);
  return `${minorText(price.minor)} (${tax.rate === null ? "-" : `${percentText(tax.rate)} %`})`;
}
