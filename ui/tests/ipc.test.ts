import type { Channel } from "@tauri-apps/api/core";
import { mockIPC, clearMocks } from "@tauri-apps/api/mocks";
import { afterEach, expect, it, vi } from "vitest";
import type { ScreenEvent } from "../src/bindings/ScreenEvent";
import { asFault, dispatch, ipc, type TillEvents } from "../src/ipc";
import { sampleFault } from "../dev/samples";

afterEach(() => clearMocks());

it("asks by the names that Rust has", async () => {
  const asked: [string, unknown][] = [];
  mockIPC((command, args) => {
    asked.push([command, args]);
    return null;
  });
  await ipc.takeBackRefund(42, 1, "typed twice");
  await ipc.closes(7);
  await ipc.cancelExport();
  expect(asked).toEqual([
    ["take_back_refund", { number: 42, refund: 1, reason: "typed twice" }],
    // Tauri's convention: the Rust argument is `before_seq`.
    ["closes", { beforeSeq: 7 }],
    ["cancel_export", {}],
  ]);
});

it("hands each message of a channel to the function that was passed", async () => {
  let channel: Channel<ScreenEvent> | undefined;
  mockIPC((_, args) => {
    channel = (args as { events: Channel<ScreenEvent> }).events;
    return null;
  });
  const heard: ScreenEvent[] = [];
  await ipc.start((event) => void heard.push(event));
  const event: ScreenEvent = { what: "network-changed", told: "offline" };
  channel?.onmessage(event);
  expect(heard).toEqual([event]);
});

it("passes an event to what is done with events of its name", () => {
  const events = Object.fromEntries(
    ["network-changed", "fault"].map((name) => [name, vi.fn()]),
  ) as unknown as TillEvents;
  dispatch(events, { what: "network-changed", told: "offline" });
  expect(events["network-changed"]).toHaveBeenCalledExactlyOnceWith("offline");
  expect(events["fault"]).not.toHaveBeenCalled();
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
