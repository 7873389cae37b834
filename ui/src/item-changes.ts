// What differs between an item and the same item after an import, field by field, for people to read.
import type { Colour } from "./bindings/Colour";
import type { Currency } from "./bindings/Currency";
import type { Item } from "./bindings/Item";
import { percentText } from "./money";

export type FieldValue =
  | { readonly kind: "money"; readonly minor: number; readonly currency: Currency }
  /** A percentage without its sign; null: none. */
  | { readonly kind: "rate"; readonly text: string | null }
  | { readonly kind: "colour"; readonly colour: Colour }
  /** null: none. */
  | { readonly kind: "text"; readonly text: string | null };

export interface ItemChange {
  readonly field: "name" | "price" | "tax" | "barcode" | "colour";
  readonly from: FieldValue;
  readonly to: FieldValue;
}

export function changesOf(from: Item, to: Item): ItemChange[] {
  const changes: ItemChange[] = [];
  const text = (field: "name" | "barcode") => {
    if (from[field] !== to[field]) {
      changes.push({
        field,
        from: { kind: "text", text: from[field] },
        to: { kind: "text", text: to[field] },
      });
    }
  };
  text("name");
  if (from.price_minor !== to.price_minor) {
    const price = ({ price_minor: minor, currency }: Item): FieldValue => ({
      kind: "money",
      minor,
      currency,
    });
    changes.push({ field: "price", from: price(from), to: price(to) });
  }
  if (from.tax !== to.tax) {
    const rate = ({ tax }: Item): FieldValue => ({
      kind: "rate",
      text: tax === null ? null : percentText(tax),
    });
    changes.push({ field: "tax", from: rate(from), to: rate(to) });
  }
  text("barcode");
  if (from.colour !== to.colour) {
    changes.push({
      field: "colour",
      from: { kind: "colour", colour: from.colour },
      to: { kind: "colour", colour: to.colour },
    });
  }
  return changes;
}
