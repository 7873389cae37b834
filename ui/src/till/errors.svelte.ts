// What went wrong, kept on the screen until the cashier has read it.
import type { Fault } from "../bindings/Fault";
import { asFault } from "../ipc";

/** What "Try again" does, where that makes sense. */
export type Retry = () => Promise<void>;

/** How a part of the till says that something went wrong. */
export type Fail = (fault: Fault, retry?: Retry | null) => void;

export interface ShownError {
  readonly id: number;
  readonly fault: Fault;
  readonly retry: Retry | null;
}

export class Errors {
  /** The first is in front. */
  shown = $state.raw<readonly ShownError[]>([]);

  #sound: () => void;
  #count = 0;

  constructor(sound: () => void) {
    this.#sound = sound;
  }

  /** Once for each code: what fails again is read once. */
  readonly fail: Fail = (fault, retry = null) => {
    // The PIN was asked for, and whoever stood there went back: they know.
    if (fault.code === "pin_needed") return;
    if (this.shown.some((error) => error.fault.code === fault.code)) return;
    this.#sound();
    this.#count += 1;
    this.shown = [...this.shown, { id: this.#count, fault, retry }];
  };

  /** Does it, and shows what went wrong; true: nothing did. */
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
