// Decimal, percent and currency text, as people type and read it. Amounts are whole minor units (cents, kopecks). Intl
// formats their exact decimal text, so that no float ever holds an amount.
import type { Currency } from "./bindings/Currency";
import type { Money } from "./bindings/Money";
import type { SaleView } from "./bindings/SaleView";

/** In the order that screens show them. */
export const CURRENCIES: readonly Currency[] = ["EUR", "USD", "RUB"];

export interface MoneyPart {
  readonly kind: "figures" | "point" | "decimals" | "sign";
  readonly text: string;
}

// Intl takes exact decimal text (ECMA-402, Intl.NumberFormat v3); TypeScript wants it as a template type.
type DecimalText = `${number}`;

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: Currency, locale: string): Intl.NumberFormat {
  const name = `${locale} ${currency}`;
  let format = formats.get(name);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    formats.set(name, format);
  }
  return format;
}

/** 1250 cents are "€12.50" in English, "12,50 €" in German. */
export function formatMoney({ minor, currency }: Money, locale: string): string {
  return formatOf(currency, locale).format(minorText(minor) as DecimalText);
}

/** The same in parts, so that the sign and the decimals can be smaller than the figures. */
export function moneyParts({ minor, currency }: Money, locale: string): MoneyPart[] {
  const parts: MoneyPart[] = [];
  const text = minorText(minor) as DecimalText;
  for (const { type, value } of formatOf(currency, locale).formatToParts(text)) {
    const kind = kindOf(type);
    const last = parts.at(-1);
    if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + value };
    else parts.push({ kind, text: value });
  }
  return parts;
}

function kindOf(type: string): MoneyPart["kind"] {
  switch (type) {
    case "integer":
    case "group":
    case "minusSign":
      return "figures";
    case "decimal":
      return "point";
    case "fraction":
      return "decimals";
    default:
      return "sign";
  }
}

/** "€" */
export function currencySign(currency: Currency, locale: string): string {
  return partOf(formatOf(currency, locale), "currency") ?? currency;
}

/** "." in English, "," in German. */
export function decimalSign(locale: string): string {
  return partOf(new Intl.NumberFormat(locale), "decimal") ?? ".";
}

function partOf(format: Intl.NumberFormat, type: Intl.NumberFormatPartTypes): string | undefined {
  return format.formatToParts("1.1" as DecimalText).find((part) => part.type === type)?.value;
}

/** Decimal text with the locale's decimal sign and all its digits: "12.50" is "12,50" in German. */
export function formatDecimal(text: string, locale: string): string {
  return text.replace(".", decimalSign(locale));
}

/** Exact decimal text of minor units: 1250 is "12.50", -5 is "-0.05". */
export function minorText(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** An amount that Rust has written as exact decimal text: in an error's details, in the facts of an entry. */
export function writtenAmount(text: string, currency: Currency): Money {
  return { minor: Number(text.replace(".", "")), currency };
}

/**
 * A typed amount: digits with at most one point or comma, as `Money::parse` reads it in Rust; both are tried with the
 * same texts. Null when it is none.
 */
export function parseAmount(text: string, currency: Currency): Money | null {
  const found = /^(?=[.,]?\d)(\d*)(?:[.,](\d{0,2}))?$/.exec(text.trim());
  if (found === null) return null;
  const minor = Number((found[1] ?? "") + (found[2] ?? "").padEnd(2, "0"));
  return Number.isSafeInteger(minor) ? { minor, currency } : null;
}

/** A typed percentage in basis points: "19" is 1900, "5,5" is 550. Null when it is none, or above 100. */
export function parsePercent(text: string): number | null {
  const found = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.replace("%", "").trim());
  if (found === null) return null;
  const points = Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
  return points > 10_000 ? null : points;
}

/** The percentage of basis points, without its sign: 1900 is "19", 550 is "5.5". */
export function percentText(points: number): string {
  return minorText(points).replace(/\.?0+$/, "");
}

/** The coin that the customer chose: "USDT · TRC20". Empty before that. */
export function coinText({ crypto, network }: Pick<SaleView, "crypto" | "network">): string {
  return [crypto, network].filter((word) => word !== null).join(" · ");
}

/** The amount in the customer's coin: "13.42 USDT". Null before the customer has chosen one. */
export function coinAmountText(
  { crypto, crypto_amount }: Pick<SaleView, "crypto" | "crypto_amount">,
  locale: string,
): string | null {
  if (crypto === null || crypto_amount === null) return null;
  return `${formatDecimal(crypto_amount, locale)} ${crypto}`;
}
