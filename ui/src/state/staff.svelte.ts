// Who is at the till, staff or customers, and what only the staff may do. Rust decides whether they may: it asks
// for the PIN.
import type { Role } from "../bindings/Role";
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

  begin({
    lock,
    staff,
    cashier,
    kiosk,
  }: Pick<Start, "lock" | "staff" | "cashier" | "kiosk">): void {
    this.#lock.update(lock);
    this.#lock.updateStaff(staff);
    this.cashier = cashier;
    this.kiosk = kiosk;
  }

  /** Signs off a cashier whom the shop no longer names. */
  cashiersChanged(cashiers: readonly string[]): void {
    const isProven = this.#lock.people.some(
      ({ name, pin, fob }) => name === this.cashier && (pin || fob),
    );
    if (this.cashier !== null && !isProven && !cashiers.includes(this.cashier)) this.cashier = null;
    void this.refresh();
  }

  signOn(name: string | null): Promise<boolean> {
    return this.#errors.attempt(async () => {
      const { cashier, lock } = await this.#ipc.signOn(name, null);
      this.cashier = cashier;
      this.#lock.update(lock);
    });
  }

  /** Asks Rust for the cashiers. */
  refresh(): Promise<boolean> {
    return this.#errors.attempt(async () => this.#lock.updateStaff(await this.#ipc.staff()));
  }

  /** `null` keeps a PIN or fob; an empty text takes it away. */
  changeCashier(
    name: string,
    role: Role,
    pin: string | null,
    fob: string | null,
  ): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.#lock.updateStaff(await this.#ipc.changeCashier(name, role, pin, fob, null));
      await this.#afterChange();
    });
  }

  /** Takes role, PIN and fob away. */
  removeCashier(name: string): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.#lock.updateStaff(await this.#ipc.removeCashier(name, null));
      await this.#afterChange();
    });
  }

  /** The first PIN signs its bearer on, and the last one that goes signs off. */
  async #afterChange(): Promise<void> {
    const { cashier, lock } = await this.#ipc.atTheTill();
    this.cashier = cashier;
    this.#lock.update(lock);
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
