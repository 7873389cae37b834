// What is being bought and what it comes to. Pure, in whole minor units; the till computes the same again
// and refuses to charge anything else.
import type { Basket } from "./bindings/Basket";
import type { Currency } from "./bindings/Currency";
import type { Discount } from "./bindings/Discount";
import type { Item } from "./bindings/Item";
import type { Tips } from "./bindings/Tips";

/** What is taken off or given on top: whole shares, in hundredths of a percent. */
const WHOLE = 10_000;

/** A line of the cart. */
export interface CartLine {
  /** None: a sum typed on the pad. */
  readonly item: Item | null;
  readonly unit_minor: number;
  readonly quantity: number;
}

export function lineMinor(line: CartLine): number {
  return line.unit_minor * line.quantity;
}

/** What the lines come to. */
export function listedMinor(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + lineMinor(line), 0);
}

/** A share of an amount, rounded half up to the minor unit. */
export function shareOf(minor: number, rate: number): number {
  const doubled = minor * rate * 2 + WHOLE;
  return (doubled - (doubled % (WHOLE * 2))) / (WHOLE * 2);
}

/** What a discount takes off; never more than there is. */
export function discountMinor(listed: number, discount: Discount | null): number {
  if (discount === null) return 0;
  return discount.kind === "percent"
    ? shareOf(listed, discount.rate)
    : Math.min(discount.minor, listed);
}

/** To what amounts are rounded up: coins that people leave. */
const ROUND_TO_MINOR: Record<Currency, number> = { EUR: 100, USD: 100, RUB: 5000 };

/** The next round amount; none when it is round already. */
export function roundedUp(minor: number, currency: Currency): number | null {
  const over = minor % ROUND_TO_MINOR[currency];
  return over === 0 ? null : minor - over + ROUND_TO_MINOR[currency];
}

/** A tip that the customer can take with one tap. */
export interface TipOffer {
  readonly rate: number;
  readonly minor: number;
}

/** The shares that the shop offers, of this amount; a share of less than a cent is none. */
export function tipOffers(minor: number, tips: Tips): TipOffer[] {
  return tips.percents
    .map((rate) => ({ rate, minor: shareOf(minor, rate) }))
    .filter((offer) => offer.minor > 0);
}

/** As the till wants it: without lines when one sum was typed and nothing else. */
export function basketOf(
  lines: readonly CartLine[],
  discount: Discount | null,
  tip_minor: number,
): Basket {
  const first = lines[0];
  const plain =
    discount === null && lines.length <= 1 && first?.item == null && (first?.quantity ?? 1) === 1;
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
