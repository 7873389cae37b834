// Who is at the till, staff or customers, and what only the staff may do. Rust decides whether they may: it asks
// for the PIN.
import type { Start } from "../bindings/Start";
import type { Ipc } from "../ipc";
import type { Errors } from "./errors.svelte";
import type { Lock } from "./lock.svelte";
import type { SettingsStore } from "./settings-store.svelte";

export class Staff {
  /** The cashier who signed on; null when nobody did, or when the shop names no cashiers. */
  cashier = $state<string | null>(null);
  /** The window is full screen and locked. */
  kiosk = $state(false);

  #ipc: Ipc;
  #settings: SettingsStore;
  #lock: Lock;
  #errors: Errors;

  constructor(ipc: Ipc, settings: SettingsStore, lock: Lock, errors: Errors) {
    this.#ipc = ipc;
    this.#settings = settings;
    this.#lock = lock;
    this.#errors = errors;
  }

  /** Customers serve themselves: the staff has not typed the PIN. */
  get selfService(): boolean {
    if (!this.#settings.known) return false;
    return this.#settings.current.kiosk.self_service && this.#lock.set && !this.#lock.open;
  }

  begin({ lock, cashier, kiosk }: Pick<Start, "lock" | "cashier" | "kiosk">): void {
    this.#lock.update(lock);
    this.cashier = cashier;
    this.kiosk = kiosk;
  }

  /** Signs off a cashier whom the shop no longer names. */
  cashiersChanged(cashiers: readonly string[]): void {
    if (this.cashier !== null && !cashiers.includes(this.cashier)) this.cashier = null;
  }

  signOn(name: string | null): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.cashier = await this.#ipc.signOn(name);
    });
  }

  /** Null removes the PIN. */
  setPin(pin: string | null): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.#lock.update(
        await (pin === null ? this.#ipc.clearPin(null) : this.#ipc.setPin(pin, null)),
      );
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
      await this.#ipc.leaveKiosk(null);
      this.kiosk = false;
    });
  }

  quit(): Promise<boolean> {
    return this.#errors.attempt(() => this.#ipc.quit(null));
  }
}
