// The scenes of the sales book, a sale's page, its corrections, the day and the export.
import type { Dialog } from "../src/state/dialogs.svelte";
import type { Stores } from "../src/state/stores";
import { sampleClose, sampleDetail, sampleReport } from "./book-samples";
import { eur, openSales, sampleSale, sampleStart } from "./samples";
import type { Scene } from "./scenes";

const ask = (stores: Stores, dialog: Dialog) => stores.dialogs.open(dialog);

const openSale = (stores: Stores, number: number) => {
  stores.navigation.toSales();
  void stores.book.open(number);
};

const paidSale = sampleSale({ state: "paid", unseen: false, refundable: eur(1250) });
const refunded = sampleDetail(
  { state: "paid", unseen: false, refunded: eur(400), paid_twice: true },
  true,
);

const aroundTheClock = Array.from({ length: 24 }, (_, hour) => ({
  payments: 1 + (hour % 5),
  paid: eur(1_000 + ((hour * 7919) % 9_000)),
}));

export const BOOK_SCENES: Record<string, Scene> = {
  sales: { start: sampleStart(), then: (stores) => stores.navigation.toSales() },
  "sales-strip": {
    start: sampleStart({ open_sales: openSales }),
    then: (stores) => stores.navigation.toSales(),
  },
  "sales-none": {
    start: sampleStart(),
    then: (stores) => {
      stores.navigation.toSales();
      stores.book.setFilter({ search: "nothing", days: "day", day: "2026-11-20" });
    },
  },
  sale: { start: sampleStart(), then: (stores) => openSale(stores, 42) },
  "sale-refunded": {
    start: sampleStart(),
    book: { detail: refunded },
    then: (stores) => openSale(stores, 42),
  },
  "sale-review": {
    start: sampleStart(),
    book: { detail: { sale: sampleSale({ state: "review", review: ["amount"] }) } },
    then: (stores) => openSale(stores, 42),
  },
  note: {
    start: sampleStart(),
    then: (stores) => ask(stores, { kind: "note", sale: sampleSale({ note: "Table 4" }) }),
  },
  refund: {
    start: sampleStart(),
    then: (stores) => {
      openSale(stores, 42);
      stores.dialogs.open({ kind: "refund", sale: paidSale });
    },
  },
  review: {
    start: sampleStart(),
    then: (stores) => ask(stores, { kind: "review", sale: sampleSale({ state: "review" }) }),
  },
  "take-back": {
    start: sampleStart(),
    book: { detail: refunded },
    then: (stores) => {
      openSale(stores, 42);
      const refund = refunded.refunds?.[1];
      if (refund !== undefined)
        stores.dialogs.open({ kind: "void-refund", sale: refunded.sale, refund });
    },
  },
  receipt: {
    start: sampleStart(),
    then: (stores) => ask(stores, { kind: "receipt", sale: paidSale }),
  },
  day: {
    start: sampleStart(),
    book: { closes: [sampleClose({ z: 2, day: "2026-11-20" }), sampleClose()] },
    then: (stores) => stores.navigation.toDay(),
  },
  "day-currencies": {
    start: sampleStart({ open_sales: openSales }),
    book: { report: sampleReport({}, ["EUR", "USD", "RUB"]) },
    then: (stores) => stores.navigation.toDay(),
  },
  "day-and-night": {
    start: sampleStart(),
    book: { report: sampleReport({ hours: { EUR: aroundTheClock } }) },
    then: (stores) => stores.navigation.toDay(),
  },
  "day-none": {
    start: sampleStart(),
    book: { report: sampleReport({}, []) },
    then: (stores) => stores.navigation.toDay(),
  },
  "close-day": {
    start: sampleStart(),
    book: { report: sampleReport({ open: openSales }) },
    then: async (stores) => {
      stores.navigation.toDay();
      await stores.day.load();
      stores.dialogs.open({ kind: "close-day" });
    },
  },
  close: {
    start: sampleStart(),
    then: (stores) => {
      stores.navigation.toDay();
      stores.dialogs.open({ kind: "close-report", close: sampleClose({ open: [39, 40] }) });
    },
  },
  export: {
    start: sampleStart(),
    then: (stores) => {
      stores.navigation.toDay();
      stores.dialogs.open({ kind: "export" });
    },
  },
  exporting: {
    start: sampleStart(),
    then: (stores) => {
      stores.navigation.toDay();
      stores.dialogs.open({ kind: "export" });
      void stores.day.export({ format: "csv", rows: "sales", from: null, to: null });
    },
  },
};
