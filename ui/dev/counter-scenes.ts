// Scenes of a real counter: tabs over the items, the search, and what is asked before an item is sold.
import type { Stores } from "../src/state/stores";
import { sampleCounter, sampleImport, sampleItem, sampleStart } from "./samples";
import type { Scene } from "./scenes";

const start = sampleStart({ items: sampleCounter() });
const named = (stores: Stores, name: string) =>
  stores.items.list.find((item) => item.name === name) ?? sampleItem(name);
const sell = (stores: Stores, name: string) => stores.draft.add(named(stores, name));

function search(stores: Stores, text: string) {
  stores.draft.search = text;
}

async function touch(...testids: string[]) {
  for (const testid of testids) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.querySelector<HTMLElement>(`[data-testid=${testid}]`)?.click();
  }
}

export const COUNTER_SCENES: Record<string, Scene> = {
  "counter-pad": { start },
  "counter-cart": {
    start,
    then: (stores) => {
      for (const name of ["Elderflower lemonade", "Elderflower lemonade", "Apple cake"]) {
        sell(stores, name);
      }
      const cheese = named(stores, "Mountain cheese");
      const weight = { grams: 350, kilogram_minor: cheese.price.minor };
      stores.draft.addGoods({ item: cheese, unit_minor: 872, weight });
      const coffee = named(stores, "Coffee");
      stores.draft.addGoods({ item: coffee, unit_minor: 470, options: ["large", "oat milk"] });
    },
  },
  "counter-search": { start, then: (stores) => search(stores, "che") },
  "counter-search-none": { start, then: (stores) => search(stores, "pizza") },
  "counter-sold-out-scanned": {
    start,
    then: (stores) => {
      sell(stores, "Apple cake");
      stores.draft.soldOut = "Croissant";
    },
  },
  "sell-options": { start, then: (stores) => sell(stores, "Coffee") },
  "sell-weight": {
    start,
    then: async (stores) => {
      sell(stores, "Mountain cheese");
      await touch("key-3", "key-5", "key-0");
    },
  },
  "sell-open": { start, then: (stores) => sell(stores, "Gift card") },
  "sell-sold-out": { start, then: (stores) => sell(stores, "Croissant") },
  "settings-items-sorted": {
    start,
    then: (stores) => {
      stores.navigation.toSettings("items");
    },
  },
  "item-options": {
    start,
    then: (stores) => {
      stores.navigation.toSettings("items");
      stores.dialogs.open({ kind: "item", item: named(stores, "Coffee") });
    },
  },
  "import-counter": {
    start,
    then: (stores) => {
      stores.navigation.toSettings("items");
      const preview = sampleImport(stores.items.list);
      const coffee = named(stores, "Coffee");
      const to = { ...coffee, category: "Drinks", options: [], sold_out: true, warn_at: 5 };
      const line = { line: 7, outcome: { kind: "changed", from: coffee, to }, notes: [] } as const;
      preview.lines = [{ ...line, notes: [] }, ...preview.lines];
      stores.dialogs.open({ kind: "import", preview });
    },
  },
};
