// Scenes of the back office as the till shows it: in its settings, in the bar at the side, on a Z report.
import type { OfficeState } from "../src/bindings/OfficeState";
import type { OfficeStatus } from "../src/bindings/OfficeStatus";
import type { Stores } from "../src/state/stores";
import { sampleClose } from "./book-samples";
import { sampleFault, sampleItems, sampleOffice, sampleShared, sampleStart } from "./samples";
import type { Scene } from "./scenes";

const look = async (stores: Stores) => {
  stores.navigation.toSettings("backup");
  await stores.office.load();
};

const settings = (changes: Partial<OfficeStatus>): Scene => {
  const office = sampleOffice(changes);
  return { start: sampleStart({ office: office.state }), book: { office }, then: look };
};

/** A state in which somebody has to do something, with the error that says what. */
const trouble = (state: OfficeState, code: string): Scene =>
  settings({ state, fault: sampleFault(code), entries: 4_861 });

export const OFFICE_SCENES: Record<string, Scene> = {
  "office-none": { start: sampleStart(), then: look },
  "office-arrived": settings({}),
  "office-waiting": settings({ entries: 4_819 }),
  "office-new": settings({ sent: 0, head: null, answered_at_unix_ms: null, fingerprint: null }),
  "office-late": trouble("late", "office_unreachable"),
  "office-quarantined": trouble("quarantined", "office_quarantined"),
  "office-set-aside": trouble("set-aside", "office_set_aside"),
  "office-token-refused": trouble("token-refused", "office_token_refused"),
  "office-refused": trouble("refused", "office_refused"),
  "office-pair": {
    start: sampleStart(),
    then: async (stores) => {
      await look(stores);
      stores.dialogs.open({ kind: "pair-office" });
    },
  },
  "office-leave": {
    ...settings({ entries: 4_861 }),
    then: async (stores) => {
      await look(stores);
      stores.dialogs.open({ kind: "leave-office" });
    },
  },
  "office-shared": {
    ...settings({}),
    start: sampleStart({ office: "sending", shared: sampleShared() }),
  },
  "shared-items": {
    start: sampleStart({ office: "sending", shared: sampleShared(), items: sampleItems() }),
    then: (stores) => stores.navigation.toSettings("items"),
  },
  "shared-shop": {
    start: sampleStart({ office: "sending", shared: sampleShared() }),
    then: (stores) => stores.navigation.toSettings("shop"),
  },
  "shared-cashiers": {
    start: sampleStart({ office: "sending", shared: sampleShared() }),
    then: (stores) => stores.navigation.toSettings("counter"),
  },
  "office-sign-late": { start: sampleStart({ office: "late" }) },
  "office-sign-quarantined": { start: sampleStart({ office: "quarantined" }) },
  "close-signed": {
    start: sampleStart(),
    then: (stores) => {
      const { head } = sampleOffice();
      stores.dialogs.open({ kind: "close-report", close: sampleClose({ signed: head }) });
    },
  },
};
