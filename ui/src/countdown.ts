// How long an invoice still has, by the gateway's clock. For show only: the till never ends a sale
// by a clock, so zero means "the time is up", not "it is over".

/** Milliseconds left, never below zero. `expires_at_unix` is the gateway's, `offset_ms` its clock minus ours. */
export function remainingMs(
  expires_at_unix: number,
  offset_ms: number | null,
  now_ms: number,
): number {
  return Math.max(0, expires_at_unix * 1000 - (now_ms + (offset_ms ?? 0)));
}

/** "4:05", "1:00:00". A begun second counts, so that it says 0:00 only when nothing is left. */
export function clockText(remaining_ms: number): string {
  const seconds = Math.ceil(remaining_ms / 1000);
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** Milliseconds without a word from the gateway after which the screen says so. Three turns of the usual 5 s pace. */
export const STALE_AFTER_MS = 16_000;

export type Freshness = "never" | "fresh" | "stale";

export function freshness(checked_at_ms: number | undefined, now_ms: number): Freshness {
  if (checked_at_ms === undefined) return "never";
  return now_ms - checked_at_ms > STALE_AFTER_MS ? "stale" : "fresh";
}
