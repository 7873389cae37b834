// The scenes with held carts.
import type { Start } from "../src/bindings/Start";
import type { Stores } from "../src/state/stores";
import { sampleClose, sampleReport } from "./book-samples";
import { eur, openSales, sampleCart, sampleItems, sampleStart } from "./samples";
import type { Scene } from "./scenes";

const table = sampleCart("Table 4", eur(3_851));
const carts = [
  table,
  sampleCart("Bar", eur(901)),
  sampleCart("Familie Oberndorfer-Schäfer", eur(12_250)),
];

const holding = (more: Partial<Start> = {}): Start =>
  sampleStart({
    items: sampleItems(),
    held_carts: carts,
    ...more,
    settings: {
      ...sampleStart().settings,
      hold_carts: true,
      discounts: { offered: true, percents: [1000] },
    },
  });

const takeUp = async (stores: Stores) => {
  for (const cart of carts.slice(0, 2)) await stores.heldCarts.takeUp(cart);
};

const sums = {
  held_carts: {
    EUR: { carts: 3, sum: eur(17_002) },
    RUB: { carts: 1, sum: { minor: 45_000, currency: "RUB" } },
  },
  dropped_carts: { EUR: { carts: 1, sum: eur(700) } },
} as const;

export const CART_SCENES: Record<string, Scene> = {
  "carts-held": { start: holding({ open_sales: openSales.slice(0, 1) }) },
  "carts-held-plain": {
    start: holding({ items: [] }),
    then: (stores) => stores.heldCarts.takeUp(table),
  },
  "cart-taken-up": { start: holding({ open_sales: openSales.slice(0, 1) }), then: takeUp },
  hold: {
    start: holding(),
    then: async (stores) => {
      await takeUp(stores);
      stores.dialogs.open({ kind: "hold" });
    },
  },
  "drop-cart": {
    start: holding(),
    then: async (stores) => {
      await takeUp(stores);
      stores.dialogs.open({ kind: "drop-cart" });
    },
  },
  "day-carts": {
    start: holding(),
    book: { report: sampleReport(sums) },
    then: (stores) => stores.navigation.toDay(),
  },
  "close-carts": {
    start: holding(),
    then: (stores) => {
      stores.navigation.toDay();
      stores.dialogs.open({ kind: "close-report", close: sampleClose(sums) });
    },
  },
};
