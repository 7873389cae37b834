// Errors stay on the screen until the cashier has read them.
import type { Fault } from "../bindings/Fault";
import { asFault } from "../ipc";

/** Makes the failed request once more. */
export type Retry = () => Promise<void>;

/** How a store reports that something failed. */
export type Fail = (fault: Fault, retry?: Retry | null) => void;

export interface ShownError {
  readonly id: number;
  readonly fault: Fault;
  /** Null when there is nothing to retry. */
  readonly retry: Retry | null;
}

export class Errors {
  /** Oldest first; the first is in front. */
  shown = $state.raw<readonly ShownError[]>([]);

  #playSound: () => void;
  #count = 0;

  constructor(playSound: () => void) {
    this.#playSound = playSound;
  }

  /** Shows an error, unless one with the same code is shown already. */
  readonly fail: Fail = (fault, retry = null) => {
    // The cashier was asked for the PIN and went back, so this is no news.
    if (fault.code === "pin_needed" || fault.code === "right_needed") return;
    if (this.shown.some((error) => error.fault.code === fault.code)) return;
    this.#playSound();
    this.#count += 1;
    this.shown = [...this.shown, { id: this.#count, fault, retry }];
  };

  /** Does the work and shows why it failed; true when it succeeded. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (reason) {
      this.fail(asFault(reason));
      return false;
    }
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((error) => error.id !== id);
  }

  dismissAll(): void {
    this.shown = [];
  }
}
