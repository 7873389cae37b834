// Money as people read it. Amounts arrive as exact decimal text and are handed to Intl as text, so
// no float stands between the till and the screen.
import type { Currency } from "./bindings/Currency";

/** What can be charged in, in the order that screens show them. */
export const CURRENCIES: readonly Currency[] = ["EUR", "USD", "RUB"];

export interface MoneyPart {
  readonly kind: "figures" | "point" | "decimals" | "sign";
  readonly text: string;
}

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

// Intl takes decimal text exactly (ECMA-402, Intl.NumberFormat v3); TypeScript asks for a template type.
type DecimalText = `${number}`;

/** "12.50" EUR is "€12.50" in English, "12,50 €" in German. */
export function formatMoney(amount: string, currency: Currency, locale: string): string {
  return formatOf(currency, locale).format(amount as DecimalText);
}

/** Exact decimal text of minor units, which may be below zero: -1250 is "-12.50". */
export function minorText(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Minor units of exact decimal text: "12.50" is 1250. */
export function minorOf(amount: string): number {
  return Number(amount.replace(".", ""));
}

/** An amount typed as people do, with a point or a comma, as exact decimal text; null when it is none. */
export function typedAmount(text: string): string | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  const found = /^(\d{1,8})(?:\.(\d{0,2}))?$/.exec(plain);
  if (found === null) return null;
  const [, whole = "", fraction = ""] = found;
  return `${Number(whole)}.${fraction.padEnd(2, "0")}`;
}

/** Decimal text as it is typed in this locale: "12.50" is "12,50" in German. */
export function asTyped(amount: string, locale: string): string {
  return formatCoins(amount, locale);
}

/** The same in parts, so that the sign and the decimals can be set smaller than the figures. */
export function moneyParts(amount: string, currency: Currency, locale: string): MoneyPart[] {
  const parts: MoneyPart[] = [];
  for (const { type, value } of formatOf(currency, locale).formatToParts(amount as DecimalText)) {
    const kind = kindOf(type);
    const last = parts.at(-1);
    if (last?.kind === kind) {
      parts[parts.length - 1] = { kind, text: last.text + value };
    } else {
      parts.push({ kind, text: value });
    }
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

/** The currency's own sign, alone. */
export function currencySign(currency: Currency, locale: string): string {
  const sign = formatOf(currency, locale)
    .formatToParts("0")
    .find((part) => part.type === "currency");
  return sign?.value ?? currency;
}

/** An amount of crypto with the locale's decimal sign and every digit it came with. */
export function formatCoins(amount: string, locale: string): string {
  const decimal = new Intl.NumberFormat(locale).formatToParts("1.1" as DecimalText);
  const sign = decimal.find((part) => part.type === "decimal")?.value ?? ".";
  return amount.replace(".", sign);
}
