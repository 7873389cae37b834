// The scenes of the cash drawer.
import type { Stores } from "../src/state/stores";
import { sampleClose } from "./book-samples";
import { sampleDrawer, sampleStart } from "./samples";
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
  "drawer-float": day(({ dialogs }) => dialogs.open({ kind: "count", purpose: "float" })),
  "drawer-count": day(({ dialogs }) => dialogs.open({ kind: "count", purpose: "count" })),
  "drawer-out": day(({ dialogs }) => dialogs.open({ kind: "move-cash", way: "out" })),
  "drawer-open": day(({ dialogs }) => dialogs.open({ kind: "open-drawer" })),
  "close-report-drawer": day(({ dialogs }) =>
    dialogs.open({ kind: "close-report", close: sampleClose({ drawer: { EUR: sampleDrawer } }) }),
  ),
};
