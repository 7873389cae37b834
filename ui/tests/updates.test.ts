import { fireEvent } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { openSales, sampleStart } from "../dev/samples";
import type { UpdateState } from "../src/bindings/UpdateState";
import { versionToTell } from "../src/newer-version";
import { key, open, settle } from "./screen-harness";

const newer = {
  status: "newer",
  at_unix_ms: 1_800_000_000_000,
  version: "1.4.0",
  released: "2027-02-01",
} as const satisfies UpdateState;
const quiet = { typed_minor: 0, lines: 0, charging: false, openSales: 0 };

describe("a newer version", () => {
  it("is told only while nothing is under way", () => {
    expect(versionToTell(newer, quiet)).toBe(newer);
    for (const busy of [{ typed_minor: 1 }, { lines: 1 }, { charging: true }, { openSales: 1 }]) {
      expect(versionToTell(newer, { ...quiet, ...busy })).toBeNull();
    }
    const at_unix_ms = newer.at_unix_ms;
    const others: UpdateState[] = [
      { status: "off" },
      { status: "waiting" },
      { status: "current", at_unix_ms },
      { status: "refused", at_unix_ms, trouble: "not-signed" },
    ];
    for (const other of others) expect(versionToTell(other, quiet)).toBeNull();
  });

  it("is a line on the pad that goes at the first key", async () => {
    const { find, get } = await open(sampleStart({ update: newer }));
    expect(get("pad-update").textContent).toContain("1.4.0");
    await key("5");
    expect(find("pad-update")).toBeNull();
    await key("Escape");
    expect(get("pad-update")).toBeTruthy();
  });

  it("is no news while somebody may still pay", async () => {
    const { find } = await open(sampleStart({ update: newer, open_sales: openSales }));
    expect(find("pad-update")).toBeNull();
  });

  it("is told as soon as it is known, and no alarm", async () => {
    const { find, get, send } = await open();
    expect(find("pad-update")).toBeNull();
    send({ what: "update-changed", told: newer });
    await settle();
    expect(get("pad-update")).toBeTruthy();
    for (const id of ["error", "alarm"]) expect(find(id)).toBeNull();
  });
});

describe("the settings of newer versions", () => {
  it("say what came of the last look, and save where to look", async () => {
    const { ipc, get, stores } = await open(sampleStart({ update: newer }));
    ipc.updateState.mockResolvedValue({
      status: "refused",
      at_unix_ms: newer.at_unix_ms,
      trouble: "not-signed",
    });
    stores.navigation.toSettings("till");
    await settle();
    expect(get("update-state").dataset["status"]).toBe("refused");
    expect(get("update-state").textContent).toContain("not signed");
    await fireEvent.input(get("settings-updates-address"), {
      target: { value: " https://shop.example/ringup.notice " },
    });
    await fireEvent.input(get("settings-updates-key"), { target: { value: "RWQ" } });
    const form = get("settings-updates-key").closest("form");
    if (form === null) throw new Error("no form");
    await fireEvent.submit(form);
    await settle();
    expect(ipc.saveSettings.mock.lastCall?.[0]["updates"]).toEqual({
      address: "https://shop.example/ringup.notice",
      key: "RWQ",
    });
  });

  it("show each wrong field beside it", async () => {
    const { get, stores } = await open();
    stores.navigation.toSettings("till");
    stores.settings.wrong = [{ field: "updates.key", problem: "must be given with the address" }];
    await settle();
    expect(get("settings-updates-key").getAttribute("aria-invalid")).toBe("true");
  });
});
