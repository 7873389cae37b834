// The time left of an invoice, by the gateway's clock. It is only shown: zero means "the time is up", because only
// the gateway ends a sale.
import type { SaleView } from "./bindings/SaleView";

/** Milliseconds left, at least 0. `offset_ms` is the gateway's clock minus this computer's. */
export function remainingMs(
  expires_at_unix: number,
  offset_ms: number | null,
  now_ms: number,
): number {
  return Math.max(0, expires_at_unix * 1000 - (now_ms + (offset_ms ?? 0)));
}

/** Milliseconds left of a sale's invoice; null without an invoice. */
export function remainingOf(
  { expires_at, clock_offset_ms }: Pick<SaleView, "expires_at" | "clock_offset_ms">,
  now_ms: number,
): number | null {
  return expires_at === null ? null : remainingMs(expires_at, clock_offset_ms, now_ms);
}

/** "4:05", "1:00:00". Rounded up, so that 0:00 means that no time is left. */
export function clockText(remaining_ms: number): string {
  const seconds = Math.ceil(remaining_ms / 1000);
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** After so long without an answer of the gateway the screen says so: three times the usual interval of 5 s. */
export const STALE_AFTER_MS = 16_000;

export type Freshness = "never" | "fresh" | "stale";

export function freshness(checked_at_ms: number | undefined, now_ms: number): Freshness {
  if (checked_at_ms === undefined) return "never";
  return now_ms - checked_at_ms > STALE_AFTER_MS ? "stale" : "fresh";
}
