// The PIN that protects what only the staff may do. Rust decides and refuses; this store asks for the PIN when it
// does, and then repeats what was refused.
import type { Fault } from "../bindings/Fault";
import type { LockView } from "../bindings/LockView";
import { asFault, type Ipc } from "../ipc";

/** The result of the last PIN that was typed. */
export type LastTry = "not-yet" | "wrong" | "waiting" | "failed";

export class Lock {
  /** The shop has a PIN. */
  set = $state(false);
  /** The PIN was typed a moment ago. */
  open = $state(true);
  /** No PIN is accepted before this time; Unix milliseconds. */
  wait_until_unix_ms = $state<number | null>(null);
  /** The lock's screen is shown. */
  asking = $state(false);
  busy = $state(false);
  lastTry = $state<LastTry>("not-yet");
  fault = $state.raw<Fault | null>(null);

  #ipc: Ipc;
  #waiting: ((pin: string | null) => void)[] = [];

  constructor(ipc: Ipc) {
    this.#ipc = ipc;
  }

  update(view: LockView): void {
    this.set = view.set;
    this.open = view.open;
    this.wait_until_unix_ms = view.wait_until_unix_ms;
  }

  /** Asks for the PIN; resolves to it when it is right, to null when the cashier goes back. */
  ask(): Promise<string | null> {
    this.lastTry = "not-yet";
    this.fault = null;
    this.asking = true;
    void this.#refresh();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Calls `then` at once when nothing is locked, else after the PIN. */
  async whenUnlocked(then: () => void): Promise<void> {
    if (!this.set) {
      then();
      return;
    }
    await this.#refresh();
    if (this.open || (await this.ask()) !== null) then();
  }

  async tryPin(pin: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.update(await this.#ipc.unlock(pin));
      this.#finish(pin);
    } catch (reason) {
      const fault = asFault(reason);
      this.fault = fault;
      this.lastTry =
        fault.code === "pin_wrong" ? "wrong" : fault.code === "pin_wait" ? "waiting" : "failed";
      await this.#refresh();
    } finally {
      this.busy = false;
    }
  }

  /** Says that somebody touched the screen, while that keeps the till unlocked. */
  touched(): void {
    // Without the message the till only locks sooner.
    if (this.set && this.open) this.#ipc.touched().catch(() => undefined);
  }

  cancel(): void {
    this.#finish(null);
  }

  async lockNow(): Promise<void> {
    this.cancel();
    try {
      this.update(await this.#ipc.lockNow());
    } catch {
      // Rust locks by itself a little later.
    }
  }

  async #refresh(): Promise<void> {
    try {
      this.update(await this.#ipc.lockState());
    } catch {
      // The state known so far stays.
    }
  }

  #finish(pin: string | null): void {
    this.asking = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(pin);
  }
}

/**
 * The same commands; one that Rust refuses without the PIN asks for it and is then called once more. Where the PIN belongs
 * to the call itself, it is the last argument.
 */
export function withPinPrompt(ipc: Ipc, lock: Lock): Ipc {
  return new Proxy(ipc, {
    get(target, name) {
      const command: unknown = Reflect.get(target, name);
      if (typeof command !== "function") return command;
      return (...args: unknown[]): unknown => {
        const call = (): unknown => Reflect.apply(command, target, args);
        const answer = call();
        if (!(answer instanceof Promise)) return answer;
        return answer.catch(async (reason: unknown) => {
          const fault = asFault(reason);
          const pin = fault.code === "pin_needed" ? await lock.ask() : null;
          if (pin === null) throw reason;
          if (fault.detail["typed"] === undefined) return call();
          return Reflect.apply(command, target, [...args.slice(0, -1), pin]);
        });
      };
    },
  });
}
