import { mockIPC, clearMocks } from "@tauri-apps/api/mocks";
import { afterEach, expect, it } from "vitest";
import { asFault, ipc } from "../src/ipc";
import { sampleFault } from "../dev/samples";

afterEach(() => clearMocks());

it("asks by the names that Rust has", async () => {
  const asked: [string, unknown][] = [];
  mockIPC((command, args) => {
    asked.push([command, args]);
    return null;
  });
  await ipc.charge({ amount: "12.50", currency: "EUR", note: null, basket: null, tap: "t" });
  await ipc.qr(42);
  await ipc.stopWaiting(42);
  await ipc.practiceAct(42, "choose-coin");
  await ipc.setKey("k");
  expect(asked).toEqual([
    ["charge", { amount: "12.50", currency: "EUR", note: null, basket: null, tap: "t" }],
    // Tauri hands `boxPx` to the Rust argument `box_px`.
    ["qr", { number: 42 }],
    ["stop_waiting", { number: 42 }],
    ["practice_act", { number: 42, act: "choose-coin" }],
    ["set_key", { key: "k" }],
  ]);
});

it("rejects with a fault, whatever was thrown", async () => {
  mockIPC(() => {
    throw sampleFault("key_missing");
  });
  await expect(ipc.keyStatus()).rejects.toEqual(sampleFault("key_missing"));
  expect(asFault("command start not found")).toMatchObject({
    code: "internal",
    message: "command start not found",
  });
  expect(asFault(new Error("no"))).toMatchObject({ code: "internal", message: "no" });
  expect(asFault({ code: "x", message: "y" })).toEqual({ code: "x", message: "y", detail: {} });
});
