// The customer's coin, in words.
import type { SaleView } from "./bindings/SaleView";
import { formatCoins } from "./money";

/** "USDT · TRC20"; empty before the customer has chosen. */
export function coinText({ crypto, network }: Pick<SaleView, "crypto" | "network">): string {
  return [crypto, network].filter((word) => word !== null).join(" · ");
}

/** "13.42 USDT"; null before the customer has chosen. */
export function coinsText(
  { crypto, crypto_amount }: Pick<SaleView, "crypto" | "crypto_amount">,
  locale: string,
): string | null {
  if (crypto === null || crypto_amount === null) return null;
  return `${formatCoins(crypto_amount, locale)} ${crypto}`;
}
