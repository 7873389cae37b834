// The cart and its total, in whole minor units. Pure. Rust computes the same again and refuses to charge any other
// amount.
import type { Basket } from "./bindings/Basket";
import type { Currency } from "./bindings/Currency";
import type { Discount } from "./bindings/Discount";
import type { Item } from "./bindings/Item";
import type { Line } from "./bindings/Line";
import type { Tips } from "./bindings/Tips";
import type { Weight } from "./bindings/Weight";

/** 100 %, in basis points. */
const WHOLE_POINTS = 10_000;

/** Something as it is sold: what was chosen and weighed, and what one of it costs. */
export interface Goods {
  /** Null for an amount typed on the pad. */
  readonly item: Item | null;
  /** The price of one, with its options. */
  readonly unit_minor: number;
  /** The options that were chosen, by name. */
  readonly options?: readonly string[];
  /** What one of it weighs, when its price follows from that. */
  readonly weight?: Weight;
}

/** A line of the cart. */
export interface CartLine extends Goods {
  readonly quantity: number;
}

/** The sum of a line, without its deposit. */
export function lineMinor(line: CartLine): number {
  return line.unit_minor * line.quantity;
}

/** The deposit that comes with a line. */
export function depositMinor({ item, quantity }: CartLine): number {
  return (item?.deposit?.price.minor ?? 0) * quantity;
}

/** The total of the lines, before the discount. */
export function listedMinor(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + lineMinor(line) + depositMinor(line), 0);
}

/** What a discount may be taken off: everything but deposits. */
export function goodsMinor(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + lineMinor(line), 0);
}

/** Whether two are the same in every way, so that one line holds both. */
export function isSame(one: Goods, other: Goods): boolean {
  return (
    one.item?.id === other.item?.id &&
    one.unit_minor === other.unit_minor &&
    one.weight?.grams === other.weight?.grams &&
    (one.options ?? []).join("|") === (other.options ?? []).join("|")
  );
}

const GRAMS_PER_KILOGRAM = 1000;

/** The price of a weight in minor units, rounded half up; Rust computes the same again. */
export function weighedMinor({ grams, kilogram_minor }: Weight): number {
  const doubled = kilogram_minor * grams * 2 + GRAMS_PER_KILOGRAM;
  return (doubled - (doubled % (2 * GRAMS_PER_KILOGRAM))) / (2 * GRAMS_PER_KILOGRAM);
}

/** A percentage of an amount, rounded half up to the minor unit; `rate` is in basis points. */
export function shareOf(minor: number, rate: number): number {
  const doubled = minor * rate * 2 + WHOLE_POINTS;
  return (doubled - (doubled % (WHOLE_POINTS * 2))) / (WHOLE_POINTS * 2);
}

/** The amount that a discount takes off goods of this price; at most all of it. */
export function discountMinor(goods: number, discount: Discount | null): number {
  if (discount === null) return 0;
  return discount.kind === "percent"
    ? shareOf(goods, discount.rate)
    : Math.min(discount.minor, goods);
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
  const cart: CartLine[] = [];
  for (const line of lines) {
    const { name = null, unit_minor, quantity, tax = null } = line;
    const before = cart.at(-1);
    if (line.deposit && before?.item != null) {
      // A deposit stands after what it belongs to.
      const deposit = {
        price: { minor: unit_minor, currency },
        tax: { kind: "own" as const, rate: tax },
      };
      const same = before.item.deposit?.price.minor === unit_minor;
      if (!same) cart[cart.length - 1] = { ...before, item: { ...before.item, deposit } };
      continue;
    }
    const chosen = {
      ...(line.options === undefined ? {} : { options: line.options }),
      ...(line.weight == null ? {} : { weight: line.weight }),
    };
    cart.push({
      item: name === null ? null : heldItem(line, name),
      unit_minor,
      quantity,
      ...chosen,
    });
  }
  return cart;

  function heldItem(
    { unit_minor, tax = null, category, options, weight }: Line,
    name: string,
  ): Item {
    const plain = options === undefined && weight == null;
    const sold = items.find(
      (item) => plain && item.name === name && item.price.minor === unit_minor && item.tax === tax,
    );
    return (
      sold ?? {
        id: `held ${name} ${String(unit_minor)} ${String(tax)}`,
        name,
        price: { minor: unit_minor, currency },
        colour: "sand",
        tax,
        barcode: null,
        category: category ?? null,
        sold: "each",
        options: [],
        deposit: null,
        sold_out: false,
        warn_at: null,
      }
    );
  }
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
  const goods = goodsMinor(lines);
  return {
    lines: plain ? [] : lines.flatMap(soldLines),
    discount:
      discount?.kind === "fixed"
        ? { kind: "fixed", minor: discountMinor(goods, discount) }
        : discount,
    tip_minor,
  };
}

/** A line of the cart as Rust expects it, and after it the deposit that comes with it. */
function soldLines(line: CartLine): Line[] {
  const { item, unit_minor, quantity, options, weight } = line;
  const category = item?.category == null ? {} : { category: item.category };
  const sold: Line = {
    name: item?.name ?? null,
    quantity,
    unit_minor,
    tax: item?.tax ?? null,
    ...(item?.warn_at == null ? {} : { item: item.id }),
    ...category,
    ...(options === undefined || options.length === 0 ? {} : { options: [...options] }),
    ...(weight === undefined ? {} : { weight }),
  };
  if (item?.deposit == null) return [sold];
  const { price, tax } = item.deposit;
  const deposit: Line = {
    name: item.name,
    quantity,
    unit_minor: price.minor,
    tax: tax.kind === "own" ? tax.rate : item.tax,
    ...category,
    deposit: true,
  };
  return [sold, deposit];
}
