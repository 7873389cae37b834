// Scenes of a newer version: the quiet line on the pad, and what the settings say of each outcome of a look.
import type { UpdateState } from "../src/bindings/UpdateState";
import type { Stores } from "../src/state/stores";
import { sampleCounter, sampleStart } from "./samples";
import type { Scene } from "./scenes";

const at_unix_ms = Date.UTC(2027, 1, 3, 8, 5);
const newer: UpdateState = {
  status: "newer",
  at_unix_ms,
  version: "1.4.0",
  released: "2027-02-01",
};

const settings = (update: UpdateState): Scene => {
  const start = sampleStart({ update });
  start.settings.updates = {
    address: "https://ringup.example/ringup.notice",
    key: "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
  };
  return { start, then: (stores: Stores) => showFields(stores) };
};

async function showFields(stores: Stores) {
  stores.navigation.toSettings("till");
  // The settings are read when they are first shown.
  await new Promise((resolve) => setTimeout(resolve, 500));
  document.querySelector("[data-testid=settings-updates-key]")?.scrollIntoView();
}

export const UPDATE_SCENES: Record<string, Scene> = {
  "update-pad": { start: sampleStart({ update: newer }) },
  "update-pad-items": { start: sampleStart({ update: newer, items: sampleCounter() }) },
  "update-settings": settings(newer),
  "update-settings-current": settings({ status: "current", at_unix_ms }),
  "update-settings-refused": settings({ status: "refused", at_unix_ms, trouble: "not-signed" }),
};
