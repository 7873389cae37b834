// How fast the cashier usually types, of the keys that were no scan. It is known for this window only and begins anew
// with another cashier.
import { median, type Run } from "./evidence";

/** The pauses that are kept: some ten amounts. */
const KEPT = 40;
/** Fewer say little about a person. */
const ENOUGH = 12;
/** A longer pause was a thought, not typing. */
const LONGEST_MS = 1000;
/** Longer runs are not believed to be a person's. */
const LONGEST_RUN = 7;

export class CashierPace {
  #gaps_ms: readonly number[] = [];

  /** The usual pause between two keys, milliseconds; null until enough was typed. */
  get gap_ms(): number | null {
    return this.#gaps_ms.length < ENOUGH ? null : median(this.#gaps_ms);
  }

  /** Takes in the pause between a run that was no scan and the key after it, and the pauses within the run. */
  add<T>(run: Run<T>, next_ms: number): void {
    if (run.scan_from !== null || run.presses.length > LONGEST_RUN) return;
    const times = run.presses.map(({ at_ms }) => at_ms);
    if (!run.ended) times.push(next_ms);
    const gaps = times.slice(1).map((at_ms, index) => at_ms - (times[index] ?? at_ms));
    const typed = gaps.filter((gap) => gap > 0 && gap < LONGEST_MS);
    this.#gaps_ms = [...this.#gaps_ms, ...typed].slice(-KEPT);
  }

  forget(): void {
    this.#gaps_ms = [];
  }
}
