// The scenes of the ways to pay: the pad's row, the dialogs, a split, the change, the settings.
import type { Settings } from "../src/bindings/Settings";
import type { SaleView } from "../src/bindings/SaleView";
import type { Start } from "../src/bindings/Start";
import type { TenderChoice } from "../src/bindings/TenderChoice";
import { press, type PadKey } from "../src/pad";
import type { Stores } from "../src/state/stores";
import { sampleDetail } from "./book-samples";
import type { Scene } from "./scenes";
import { eur, sampleItems, sampleSale, sampleStart, sampleTender } from "./samples";

const CRYPTO: TenderChoice = { way: "crypto" };
const CASH: TenderChoice = { way: "cash" };
const CARD: TenderChoice = { way: "card" };
const VOUCHER: TenderChoice = { way: "own", id: "voucher", name: "Gutschein" };
const LONGEST: TenderChoice = { way: "own", id: "account", name: "Auf Rechnung, Vereinsheim" };

const shop = (tenders: TenderChoice[], more: Partial<Start> = {}, settings = {}): Start =>
  sampleStart({
    ...more,
    settings: { ...sampleStart().settings, tenders, ...settings } satisfies Settings,
  });

const type = (stores: Stores, keys: string) => {
  for (const key of keys.split(" ")) stores.draft.entry = press(stores.draft.entry, key as PadKey);
};

const later = () => new Promise((resolve) => setTimeout(resolve, 50));

const tap = async (...ids: string[]) => {
  for (const id of ids) {
    await later();
    document.querySelector<HTMLElement>(`[data-testid="${id}"]`)?.click();
  }
  await later();
};

/** The dialog of a tender for 13.40, after these taps. */
const dialog = (pay: string, ...taps: string[]): Scene => ({
  start: shop([CRYPTO, CASH, CARD]),
  then: async (stores) => {
    type(stores, "1 3 4 0");
    await tap(pay, ...taps);
  },
});

const front = (
  changes: Partial<SaleView>,
  tenders: TenderChoice[] = [CRYPTO, CASH, CARD],
): Scene => {
  const sale = sampleSale(changes);
  return {
    start: shop(tenders, { open_sales: [sale] }),
    then: (stores) => stores.currentSale.show(sale.number),
  };
};

const cash = sampleTender({ given: eur(1000), change: eur(500) });
const taken = sampleTender({
  tender: 2,
  way: "card",
  amount: eur(300),
  taken_back: { at_unix_ms: Date.now(), reason: "Entered by mistake" },
});
const voucher = sampleTender({
  tender: 3,
  way: "own",
  own: { id: "voucher", name: "Gutschein" },
  amount: eur(250),
});
const rounded = sampleTender({
  amount: eur(1248),
  given: eur(2000),
  change: eur(750),
  rounding: eur(2),
});

const page = (sale: Partial<SaleView>, then: (stores: Stores) => void): Scene => ({
  start: shop([CRYPTO, CASH, CARD, VOUCHER]),
  book: { detail: sampleDetail(sale) },
  then: async (stores) => {
    stores.navigation.toSales();
    await stores.book.open(42);
    then(stores);
  },
});

export const TENDER_SCENES: Record<string, Scene> = {
  "pad-tenders": {
    start: shop([CRYPTO, CASH, CARD]),
    then: (stores) => type(stores, "1 3 4 0"),
  },
  "pad-tenders-low": {
    start: shop([CASH, CRYPTO, CARD, VOUCHER], { items: sampleItems() }),
    then: (stores) => type(stores, "9 9"),
  },
  "pad-tenders-more": {
    start: shop([CASH, CARD, LONGEST, VOUCHER, CRYPTO], { key: "none", items: sampleItems() }),
    then: (stores) => type(stores, "1 3 4 0"),
  },
  "pad-tenders-offline": {
    start: shop([CRYPTO, CASH, CARD], { network: "offline" }),
    then: (stores) => type(stores, "1 3 4 0"),
  },
  "tenders-more": {
    start: shop([CASH, CARD, CRYPTO, VOUCHER, LONGEST]),
    then: async (stores) => {
      type(stores, "1 3 4 0");
      await tap("pay-more");
    },
  },
  cash: dialog("pay-cash"),
  "cash-change": dialog("pay-cash", "typed-2", "typed-0", "typed-00"),
  "cash-part": dialog("pay-cash", "typed-1", "typed-3", "typed-00"),
  "cash-rounded": {
    ...dialog("pay-cash", "typed-1", "typed-3", "typed-4", "typed-1"),
    book: { rounding_minor: 2 },
  },
  "card-part": dialog("pay-card", "typed-5", "typed-00"),
  card: dialog("pay-card"),
  "payment-part": front({
    state: "part_paid",
    outstanding: eur(500),
    tenders: [cash, taken, voucher],
    invoice_id: null,
    attempt: 0,
  }),
  "payment-part-watched": front(
    {
      state: "part_paid",
      outstanding: eur(60),
      amount: eur(560),
      tenders: [cash],
      note: "Table 4",
    },
    [CRYPTO, CASH, CARD, VOUCHER, LONGEST],
  ),
  "payment-part-code": front({ outstanding: eur(750), tenders: [cash] }),
  "payment-otherwise": {
    ...front({}),
    then: async (stores) => {
      stores.currentSale.show(42);
      await tap("payment-otherwise");
    },
  },
  "export-tenders": {
    start: shop([CRYPTO, CASH, CARD]),
    then: (stores) => {
      stores.navigation.toDay();
      stores.dialogs.open({ kind: "export" });
    },
  },
  "tender-back": {
    ...front({ state: "part_paid", outstanding: eur(750), tenders: [cash] }),
    then: async (stores) => {
      stores.currentSale.show(42);
      stores.dialogs.open({
        kind: "void-tender",
        sale: sampleSale({ tenders: [cash] }),
        tender: cash,
      });
      await later();
    },
  },
  "paid-change": front({
    state: "paid",
    amount: eur(1340),
    tenders: [sampleTender({ amount: eur(1340), given: eur(2000), change: eur(660) })],
    change: eur(660),
    attempt: 0,
    invoice_id: null,
  }),
  "paid-split": front({
    state: "paid",
    amount: eur(123_450),
    tenders: [
      sampleTender({ amount: eur(100_000) }),
      sampleTender({ tender: 2, amount: eur(23_450), given: eur(30_000), change: eur(6_550) }),
    ],
    change: eur(6_550),
  }),
  "sale-tenders": page(
    { state: "paid", amount: eur(1248), tenders: [rounded, taken] },
    () => undefined,
  ),
  "refund-tenders": page({ state: "paid", tenders: [voucher] }, (stores) =>
    stores.dialogs.open({
      kind: "refund",
      sale: sampleDetail({ state: "paid", tenders: [voucher] }).sale,
    }),
  ),
  "settings-tenders": {
    start: shop([CASH, CRYPTO, VOUCHER]),
    then: (stores) => stores.navigation.toSettings("tenders"),
  },
};
