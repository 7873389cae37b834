// Tells a barcode scanner from fingers, and reads what it typed. A scanner types like a keyboard, only
// faster than anyone: what it types must not become an amount, and its Enter must not charge.

/** Fingers never follow each other this fast; scanners always do. */
export const BURST_GAP_MS = 35;
/** So many presses in a burst make it a scan. */
const BURST_PRESSES = 4;
/** Some scanners pause before their Enter: after a scan it is swallowed this long. */
export const TAIL_MS = 250;

export interface Burst<T> {
  /** When the last key went down, in milliseconds of a clock that only runs forward. */
  readonly last_ms: number;
  readonly presses: number;
  /** What it typed, without its end. */
  readonly code: string;
  /** Its Enter or Tab has come. */
  readonly ended: boolean;
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

/** Whether this burst is a scanner's. */
export function isScan<T>(burst: Burst<T>): boolean {
  return burst.presses >= BURST_PRESSES;
}

/**
 * One more press at `now_ms`, with `present` being what stands before it takes effect. `key` is the sign
 * that was typed, or Enter or Tab, with which scanners end.
 */
export function addPress<T>(
  burst: Burst<T> | null,
  now_ms: number,
  present: T,
  key: string,
): { burst: Burst<T>; verdict: Verdict<T> } {
  const ends = key === "Enter" || key === "Tab";
  const typed = ends ? "" : key;
  if (burst !== null && belongs(burst, now_ms - burst.last_ms, ends)) {
    const next = {
      last_ms: now_ms,
      presses: burst.presses + 1,
      code: burst.code + typed,
      ended: burst.ended || ends,
      before: burst.before,
    };
    if (!isScan(next)) return { burst: next, verdict: { kind: "key" } };
    if (isScan(burst)) return { burst: next, verdict: { kind: "tail" } };
    return { burst: next, verdict: { kind: "scan", before: burst.before } };
  }
  return {
    burst: { last_ms: now_ms, presses: 1, code: typed, ended: ends, before: present },
    verdict: { kind: "key" },
  };
}

function belongs<T>(burst: Burst<T>, gap_ms: number, ends: boolean): boolean {
  const scanned = isScan(burst);
  if (ends && scanned && gap_ms < TAIL_MS) return true;
  // After the end of a scan only more of its end may come; the next sign is another code's first.
  if (burst.ended && scanned) return false;
  return gap_ms < BURST_GAP_MS;
}

/**
 * Keeps a scanner out of a dialog: listens before anything else and lets no scan through. What was taken of
 * it before it was known is put back.
 */
export function scanGuard<T>(
  present: () => T,
  restore: (before: T) => void,
): (event: KeyboardEvent) => void {
  let burst: Burst<T> | null = null;
  return (event) => {
    const counts = event.key === "Enter" || event.key === "Tab" || event.key.length === 1;
    if (event.repeat || !counts) return;
    const seen = addPress(burst, event.timeStamp, present(), event.key);
    burst = seen.burst;
    if (seen.verdict.kind === "key") return;
    if (seen.verdict.kind === "scan") restore(seen.verdict.before);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
}
