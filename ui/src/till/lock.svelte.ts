// Who may. Rust decides and refuses; here the PIN is asked for when it does, and what was refused is done
// after all.
import type { LockView } from "../bindings/LockView";
import type { Fault } from "../bindings/Fault";
import { asFault, type Ipc } from "../ipc";

/** What the lock's screen says of the last try. */
export type LastTry = "not-yet" | "wrong" | "waiting" | "failed";

export class Lock {
  /** There is a PIN. */
  set = $state(false);
  /** It was typed a moment ago. */
  open = $state(true);
  /** Until when nobody may try, Unix milliseconds. */
  wait_until_ms = $state<number | null>(null);
  asking = $state(false);
  busy = $state(false);
  tried = $state<LastTry>("not-yet");
  fault = $state.raw<Fault | null>(null);

  #ipc: Ipc;
  #answer: ((opened: boolean) => void)[] = [];

  constructor(ipc: Ipc) {
    this.#ipc = ipc;
  }

  update(view: LockView): void {
    this.set = view.set;
    this.open = view.open;
    this.wait_until_ms = view.wait_until_unix_ms;
  }

  /** Asks for the PIN; false when whoever stands there goes back. */
  ask(): Promise<boolean> {
    this.tried = "not-yet";
    this.fault = null;
    this.asking = true;
    void this.#refresh();
    return new Promise((resolve) => this.#answer.push(resolve));
  }

  /** Goes on at once when nothing is locked, else after the PIN. */
  async whenUnlocked(then: () => void): Promise<void> {
    if (!this.set) {
      then();
      return;
    }
    await this.#refresh();
    if (this.open || (await this.ask())) then();
  }

  async try(pin: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.update(await this.#ipc.unlock(pin));
      this.#close(true);
    } catch (reason) {
      const fault = asFault(reason);
      this.fault = fault;
      this.tried =
        fault.code === "pin_wrong" ? "wrong" : fault.code === "pin_wait" ? "waiting" : "failed";
      await this.#refresh();
    } finally {
      this.busy = false;
    }
  }

  back(): void {
    this.#close(false);
  }

  async lockNow(): Promise<void> {
    this.back();
    try {
      this.update(await this.#ipc.lockNow());
    } catch {
      // Then it locks by itself a little later.
    }
  }

  async #refresh(): Promise<void> {
    try {
      this.update(await this.#ipc.lockState());
    } catch {
      // What was known stays.
    }
  }

  #close(opened: boolean): void {
    this.asking = false;
    const waiting = this.#answer;
    this.#answer = [];
    for (const answer of waiting) answer(opened);
  }
}

/** The same door to the till: what it refuses for want of the PIN is asked again once it was typed. */
export function withPinPrompt(ipc: Ipc, lock: Lock): Ipc {
  return new Proxy(ipc, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== "function") return call;
      return (...args: unknown[]): unknown => {
        const ask = (): unknown => Reflect.apply(call, target, args);
        const answer = ask();
        if (!(answer instanceof Promise)) return answer;
        return answer.catch(async (reason: unknown) => {
          if (asFault(reason).code !== "pin_needed" || !(await lock.ask())) throw reason;
          return ask();
        });
      };
    },
  });
}
