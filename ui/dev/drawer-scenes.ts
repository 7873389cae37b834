// The scenes of the cash drawer.
import type { Stores } from "../src/state/stores";
import type { DrawerMoveView } from "../src/bindings/DrawerMoveView";
import type { CurrencySums } from "../src/bindings/CurrencySums";
import { sampleClose, sampleReport, sampleTotals } from "./book-samples";
import { eur, sampleDrawer, sampleStart } from "./samples";
import type { Scene } from "./scenes";

const start = () => {
  const { settings } = sampleStart();
  return sampleStart({
    settings: {
      ...settings,
      drawer: { on: true, blind_count: false },
      printing: { ...settings.printing, drawer: true },
    },
  });
};

/** Each kind of thing that is done with a drawer. */
export const SAMPLE_MOVES: DrawerMoveView[] = (
  [
    ["float", 15_000, null],
    ["out", 550, "Milk and two bags of ice from the shop across the street"],
    ["open", null, "A customer needed change for the parking meter"],
    ["drop", 20_000, "To the safe"],
  ] as const
).map(([what, minor, reason], index) => ({
  seq: 500 + index,
  at_unix_ms: Date.parse("2026-11-21T09:00:00+01:00") + index * 3_600_000,
  what,
  amount: minor === null ? null : eur(minor),
  reason,
  by: "Maximilian-Alexander",
  approved_by: what === "open" ? "Anna" : null,
}));

const categorised = {
  EUR: sampleTotals({
    categories: {
      "": { sold: eur(12_450), refunded: eur(0) },
      "Hot drinks": { sold: eur(70_000), refunded: eur(4_500) },
      "Cakes and everything from the oven": { sold: eur(44_800), refunded: eur(0) },
    },
  }),
};

/** A day of every tender, one of them the shop's own, with rounded cash and a tender taken back. */
const byTender = (): CurrencySums => {
  const of = (payments: number, paid: number, refunds = 0) => ({
    payments,
    paid: eur(paid),
    tips: eur(0),
    refunds_count: refunds === 0 ? 0 : 1,
    refunds: eur(refunds),
  });
  return sampleTotals({
    payments: 68,
    paid: eur(118_300),
    tenders: {
      card: of(16, 23_986, 1_217),
      cash: of(35, 63_351, 1_205),
      crypto: of(14, 24_946, 3_216),
      "own:account": of(3, 6_017),
    },
    rounding: eur(-6),
    taken_back_count: 3,
    taken_back: eur(7_851),
  });
};

const tradedByTender = (): Scene => {
  const begun = start();
  const own = { way: "own", id: "account", name: "Auf Rechnung, Vereinsheim" } as const;
  const settings: typeof begun.settings = {
    ...begun.settings,
    tenders: [{ way: "cash" }, { way: "crypto" }, { way: "card" }, own],
  };
  const { cashiers } = sampleClose();
  return {
    start: { ...begun, settings },
    book: { report: sampleReport({ totals: { EUR: byTender() }, cashiers }) },
    then: (stores) => stores.navigation.toDay(),
  };
};

const day = (then: (stores: Stores) => void = () => undefined): Scene => ({
  start: start(),
  then: async (stores) => {
    stores.navigation.toDay();
    await Promise.resolve();
    then(stores);
  },
});

export const DRAWER_SCENES: Record<string, Scene> = {
  "day-drawer": day(),
  "day-tenders": tradedByTender(),
  "close-report-tenders": {
    ...tradedByTender(),
    then: (stores) =>
      stores.dialogs.open({
        kind: "close-report",
        close: sampleClose({ totals: { EUR: byTender() }, drawer: { EUR: sampleDrawer } }),
      }),
  },
  "drawer-float": day(({ dialogs }) => dialogs.open({ kind: "count", purpose: "float" })),
  "drawer-count": day(({ dialogs }) => dialogs.open({ kind: "count", purpose: "count" })),
  "drawer-out": day(({ dialogs }) => dialogs.open({ kind: "move-cash", way: "out" })),
  "drawer-open": day(({ dialogs }) => dialogs.open({ kind: "open-drawer" })),
  "day-categories": {
    ...day(),
    book: { report: sampleReport({ totals: categorised, drawer_moves: SAMPLE_MOVES }) },
  },
  "close-report-categories": day(({ dialogs }) =>
    dialogs.open({
      kind: "close-report",
      close: sampleClose({ totals: categorised, drawer_moves: SAMPLE_MOVES }),
    }),
  ),
  "close-report-drawer": day(({ dialogs }) =>
    dialogs.open({ kind: "close-report", close: sampleClose({ drawer: { EUR: sampleDrawer } }) }),
  ),
};
