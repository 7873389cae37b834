// Who stands at the till and what only they may do. Whether they may is Rust's to say: it asks for the PIN.
import type { Errors } from "./errors.svelte";
import type { Start } from "../bindings/Start";
import type { Ipc } from "../ipc";
import type { Lock } from "./lock.svelte";

export class Staff {
  /** Who is at the till, when the shop names its cashiers. */
  cashier = $state<string | null>(null);
  /** Full screen and locked. */
  kiosk = $state(false);

  #ipc: Ipc;
  #lock: Lock;
  #errors: Errors;

  constructor(ipc: Ipc, lock: Lock, errors: Errors) {
    this.#ipc = ipc;
    this.#lock = lock;
    this.#errors = errors;
  }

  begin({ lock, cashier, kiosk }: Pick<Start, "lock" | "cashier" | "kiosk">): void {
    this.#lock.update(lock);
    this.cashier = cashier;
    this.kiosk = kiosk;
  }

  /** The shop names these from now on. */
  cashiersChanged(cashiers: readonly string[]): void {
    if (this.cashier !== null && !cashiers.includes(this.cashier)) this.cashier = null;
  }

  signOn(name: string | null): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.cashier = await this.#ipc.signOn(name);
    });
  }

  /** Null: there is none from now on. */
  setPin(pin: string | null): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.#lock.update(await (pin === null ? this.#ipc.clearPin() : this.#ipc.setPin(pin)));
    });
  }

  enterKiosk(): Promise<boolean> {
    return this.#errors.attempt(async () => {
      await this.#ipc.enterKiosk();
      this.kiosk = true;
    });
  }

  leaveKiosk(): Promise<boolean> {
    return this.#errors.attempt(async () => {
      await this.#ipc.leaveKiosk();
      this.kiosk = false;
    });
  }

  quit(): Promise<boolean> {
    return this.#errors.attempt(() => this.#ipc.quit());
  }
}
