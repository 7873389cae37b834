// Tells a barcode scanner from a person at the keyboard, and reads the barcode. A scanner types like a keyboard, only
// faster than any person. Its digits must not become an amount and its Enter must not charge.

/** The longest gap between two keys of a scanner. People are slower. */
export const BURST_GAP_MS = 35;
/** A burst of at least this many keys is a scan. */
const BURST_PRESSES = 4;
/** Some scanners pause before their Enter: after a scan it is ignored for so long. */
export const TAIL_MS = 250;

export interface Burst<T> {
  /** When the last key was pressed, by a monotonic clock. */
  readonly last_ms: number;
  readonly presses: number;
  /** The barcode, without Enter or Tab. */
  readonly code: string;
  /** Enter or Tab was pressed. */
  readonly ended: boolean;
  /** What was there before the first key of the burst. */
  readonly before: T;
}

export type Verdict<T> =
  /** An ordinary key. */
  | { readonly kind: "key" }
  /** The burst has just become a scan: restore `before` and ignore this key. */
  | { readonly kind: "scan"; readonly before: T }
  /** Another key of a scan: ignore it. */
  | { readonly kind: "tail" };

export function isScan<T>(burst: Burst<T>): boolean {
  return burst.presses >= BURST_PRESSES;
}

/** Adds a key press at `now_ms`. `present` is what is there before the key takes effect; `key` is a character, or the
 * Enter or Tab with which scanners end. */
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
  // After the Enter of a scan, the next character belongs to another barcode.
  if (burst.ended && scanned) return false;
  return gap_ms < BURST_GAP_MS;
}

/** Keeps scans out of a dialog. It must listen before all others. `restore` undoes the keys that came before the burst
 * was recognised as a scan. */
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
