// Whether the pad tells of a newer version now. It is news for whoever looks after the till, never for a customer who waits:
// it is there while nothing is typed, charged or open, and goes at the first key.
import type { UpdateState } from "./bindings/UpdateState";

export type NewerVersion = Extract<UpdateState, { status: "newer" }>;

/** What is under way at the till. */
export interface UnderWay {
  readonly typed_minor: number;
  readonly lines: number;
  readonly charging: boolean;
  readonly openSales: number;
}

/** The version to tell of; null: nothing is told. */
export function versionToTell(state: UpdateState, now: UnderWay): NewerVersion | null {
  const quiet = now.typed_minor === 0 && now.lines === 0 && !now.charging && now.openSales === 0;
  return quiet && state.status === "newer" ? state : null;
}
