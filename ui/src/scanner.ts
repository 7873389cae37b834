// Tells a barcode scanner from fingers. A scanner types like a keyboard, only faster than anyone:
// what it types must not become an amount, and its Enter must not charge.

/** Fingers never follow each other this fast; scanners always do. */
export const BURST_GAP_MS = 35;
/** So many presses in a burst make it a scan. */
export const BURST_PRESSES = 4;
/** Some scanners pause before their Enter: after a scan it is swallowed this long. */
export const TAIL_MS = 250;

export interface Burst<T> {
  /** When the last key went down, in milliseconds of a clock that only runs forward. */
  readonly last_ms: number;
  readonly presses: number;
  /** What stood before the burst's first press. */
  readonly before: T;
}

export type Verdict<T> =
  /** A key like any other. */
  | { readonly kind: "key" }
  /** The burst has just become a scan: put back what stood before it, and take no part of it. */
  | { readonly kind: "scan"; readonly before: T }
  /** More of a scan already known: take no part of it. */
  | { readonly kind: "tail" };

/**
 * One more press at `now_ms`, with `present` being what stands before it takes effect.
 * `ends` is true of Enter and Tab, with which scanners end.
 */
export function pressed<T>(
  burst: Burst<T> | null,
  now_ms: number,
  present: T,
  ends: boolean,
): { burst: Burst<T>; verdict: Verdict<T> } {
  const gap_ms = burst === null ? Infinity : now_ms - burst.last_ms;
  const scanning = burst !== null && burst.presses >= BURST_PRESSES;
  if (burst !== null && (gap_ms < BURST_GAP_MS || (scanning && ends && gap_ms < TAIL_MS))) {
    const next = { last_ms: now_ms, presses: burst.presses + 1, before: burst.before };
    if (next.presses < BURST_PRESSES) return { burst: next, verdict: { kind: "key" } };
    if (scanning) return { burst: next, verdict: { kind: "tail" } };
    return { burst: next, verdict: { kind: "scan", before: burst.before } };
  }
  return {
    burst: { last_ms: now_ms, presses: 1, before: present },
    verdict: { kind: "key" },
  };
}
