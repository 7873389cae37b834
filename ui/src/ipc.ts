// How the screens reach the program. What they may ask is written in Rust (src-tauri/api/), and the client in
// bindings/commands.ts is made from it; this file sends its calls. Nothing else imports @tauri-apps/api, so the
// screens can be tested, and looked at in a browser, with any object of the type `Ipc` in its place.
import { Channel, invoke } from "@tauri-apps/api/core";
import { cashierCommands, displayCommands, type CashierCommands } from "./bindings/commands";
import type { Fault } from "./bindings/Fault";
import type { FieldError } from "./bindings/FieldError";
import type { ScreenEvent } from "./bindings/ScreenEvent";

export type Ipc = CashierCommands;

/** The cashier's window asks by these. */
export const ipc: Ipc = cashierCommands(call);

/** The customer's display asks by these. */
export const displayIpc = displayCommands(call);

/** What is done with each event, by the event's name. */
export type TillEvents = {
  readonly [Event in ScreenEvent as Event["what"]]: (told: Event["told"]) => void;
};

export function dispatch(events: TillEvents, { what, told }: ScreenEvent): void {
  // Name and value are of the same event, which TypeScript cannot follow through the lookup.
  (events[what] as (told: ScreenEvent["told"]) => void)(told);
}

/** Sends a call. A function among its arguments becomes a channel, and is called with each message. */
async function call<T>(command: string, args: Record<string, unknown>): Promise<T> {
  const sent = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === "function" ? new Channel((message) => void value(message)) : value,
  ]);
  try {
    return await invoke<T>(command, Object.fromEntries(sent));
  } catch (reason) {
    throw asFault(reason);
  }
}

/** The program rejects with a `Fault`. Anything else, such as a permission that Tauri refuses, is an internal one. */
export function asFault(reason: unknown): Fault {
  if (typeof reason === "object" && reason !== null && "code" in reason && "message" in reason) {
    const { code, message } = reason;
    const detail = "detail" in reason && isRecord(reason.detail) ? reason.detail : {};
    if (typeof code === "string" && typeof message === "string") {
      const fields = "fields" in reason && Array.isArray(reason.fields) ? reason.fields : [];
      const fault = { code, message, detail: detail as Fault["detail"] };
      return fields.length === 0 ? fault : { ...fault, fields: fields as FieldError[] };
    }
  }
  return {
    code: "internal",
    message: reason instanceof Error ? reason.message : String(reason),
    detail: {},
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
