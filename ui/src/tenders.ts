// The ways to pay: their names, their icons, and what of a sale was paid by which.
import type { Money } from "./bindings/Money";
import type { OwnTender } from "./bindings/OwnTender";
import type { SaleView } from "./bindings/SaleView";
import type { TenderChoice } from "./bindings/TenderChoice";
import type { TenderView } from "./bindings/TenderView";
import { t } from "./language.svelte";
import type { IconName } from "./parts/Icon.svelte";

/** A tender that the cashier takes; crypto is taken by the gateway. */
export type HandTender = Exclude<TenderChoice, { way: "crypto" }>;

/** `crypto`, `cash`, `card`, `own-<id>`. */
export function keyOf(choice: TenderChoice): string {
  return choice.way === "own" ? `own-${choice.id}` : choice.way;
}

export function isByHand(choice: TenderChoice): choice is HandTender {
  return choice.way !== "crypto";
}

const NAMES = { crypto: "tender-crypto", cash: "tender-cash", card: "tender-card" } as const;

export function nameOf(choice: { way: TenderChoice["way"]; name?: string }): string {
  return choice.way === "own" ? (choice.name ?? "") : t(NAMES[choice.way]);
}

const ICONS: Record<TenderChoice["way"], IconName> = {
  crypto: "scan",
  cash: "cash",
  card: "card",
  own: "receipt",
};

export function iconOf(way: TenderChoice["way"]): IconName {
  return ICONS[way];
}

/** Its name, as the shop called it then. */
export function nameOfTaken({ way, own }: { way: TenderView["way"]; own: OwnTender | null }) {
  return nameOf(own === null ? { way } : { way, name: own.name });
}

/** The name of a tender for its word in sums: of one of the shop's own its name, of any other the word itself. */
export function nameOfWord(word: string, tenders: readonly TenderChoice[]): string {
  if (!word.startsWith("own:")) return word;
  const id = word.slice("own:".length);
  const own = tenders.find((tender) => tender.way === "own" && tender.id === id);
  return own?.way === "own" ? own.name : id;
}

/** Those that were not taken back. */
export function standing(sale: SaleView): TenderView[] {
  return sale.tenders.filter((tender) => tender.taken_back === null);
}

/** What was paid in crypto: what is neither outstanding nor paid by another tender. */
export function paidInCrypto(sale: SaleView): Money {
  const others = standing(sale).reduce((sum, { amount }) => sum + amount.minor, 0);
  const received = sale.amount.minor - sale.outstanding.minor + (sale.overpaid?.minor ?? 0);
  return { ...sale.amount, minor: Math.max(0, received - others) };
}

/** A code was made for it that nobody has paid: it is watched until it is over. */
export function hasUnpaidCode(sale: SaleView): boolean {
  return sale.attempt > 0 && sale.invoice_id !== null && paidInCrypto(sale).minor === 0;
}

/** What was paid by what, in the order in which it came; crypto last. */
export function payments(sale: SaleView): { name: string; amount: Money }[] {
  const crypto = paidInCrypto(sale);
  return [
    ...standing(sale).map((tender) => ({ name: nameOfTaken(tender), amount: tender.amount })),
    ...(crypto.minor > 0 ? [{ name: nameOf({ way: "crypto" }), amount: crypto }] : []),
  ];
}
