// The cart and its total, in whole minor units. Pure. Rust computes the same again and refuses to charge any other
// amount.
import type { Basket } from "./bindings/Basket";
import type { Currency } from "./bindings/Currency";
import type { Discount } from "./bindings/Discount";
import type { Item } from "./bindings/Item";
import type { Line } from "./bindings/Line";
import type { Tips } from "./bindings/Tips";

/** 100 %, in basis points. */
const WHOLE_POINTS = 10_000;

/** A line of the cart. */
export interface CartLine {
  /** Null for an amount typed on the pad. */
  readonly item: Item | null;
  readonly unit_minor: number;
  readonly quantity: number;
}

export function lineMinor(line: CartLine): number {
  return line.unit_minor * line.quantity;
}

/** The total of the lines, before the discount. */
export function listedMinor(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + lineMinor(line), 0);
}

/** A percentage of an amount, rounded half up to the minor unit; `rate` is in basis points. */
export function shareOf(minor: number, rate: number): number {
  const doubled = minor * rate * 2 + WHOLE_POINTS;
  return (doubled - (doubled % (WHOLE_POINTS * 2))) / (WHOLE_POINTS * 2);
}

/** The amount that a discount takes off; at most the whole total. */
export function discountMinor(listed: number, discount: Discount | null): number {
  if (discount === null) return 0;
  return discount.kind === "percent"
    ? shareOf(listed, discount.rate)
    : Math.min(discount.minor, listed);
}

/** Totals are rounded up to a multiple of this: what people leave as a tip. */
const ROUND_TO_MINOR: Record<Currency, number> = { EUR: 100, USD: 100, RUB: 5000 };

/** The next round amount; null when the amount is round already. */
export function roundedUp(minor: number, currency: Currency): number | null {
  const over = minor % ROUND_TO_MINOR[currency];
  return over === 0 ? null : minor - over + ROUND_TO_MINOR[currency];
}

/** A tip that the customer can choose with one tap. */
export interface TipOffer {
  readonly rate: number;
  readonly minor: number;
}

/** The shop's tip percentages of this amount. A tip below one minor unit is not offered. */
export function tipOffers(minor: number, tips: Tips): TipOffer[] {
  return tips.percents
    .map((rate) => ({ rate, minor: shareOf(minor, rate) }))
    .filter((offer) => offer.minor > 0);
}

/** The lines of a held cart, at the prices that they were held at. One that an item still sells at that price is that
 * item's, so that another of it joins the line. */
export function heldLines(
  lines: readonly Line[],
  currency: Currency,
  items: readonly Item[],
): CartLine[] {
  return lines.map(({ name = null, unit_minor, quantity, tax = null }) => {
    if (name === null) return { item: null, unit_minor, quantity };
    const sold = items.find(
      (item) => item.name === name && item.price_minor === unit_minor && item.tax === tax,
    );
    const id = `held ${name} ${String(unit_minor)} ${String(tax)}`;
    const held: Item = {
      id,
      name,
      price_minor: unit_minor,
      currency,
      colour: "sand",
      tax,
      barcode: null,
    };
    return { item: sold ?? held, unit_minor, quantity };
  });
}

/** The basket as Rust expects it: without lines for a single typed amount, unless it is `held` or was. */
export function basketOf(
  lines: readonly CartLine[],
  discount: Discount | null,
  tip_minor: number,
  held = false,
): Basket {
  const first = lines[0];
  const plain =
    !held &&
    discount === null &&
    lines.length <= 1 &&
    first?.item == null &&
    (first?.quantity ?? 1) === 1;
  const listed = listedMinor(lines);
  return {
    lines: plain
      ? []
      : lines.map(({ item, unit_minor, quantity }) => ({
          name: item?.name ?? null,
          quantity,
          unit_minor,
          tax: item?.tax ?? null,
        })),
    discount:
      discount?.kind === "fixed"
        ? { kind: "fixed", minor: discountMinor(listed, discount) }
        : discount,
    tip_minor,
  };
}
