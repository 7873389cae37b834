// The PINs that protect what not everybody may do. Rust decides and refuses; this store asks for the shop's PIN, for a
// cashier to sign on, or for somebody who lends one act, and then repeats what was refused.
import type { AtTheTill } from "../bindings/AtTheTill";
import type { Fault } from "../bindings/Fault";
import type { LockView } from "../bindings/LockView";
import type { PersonView } from "../bindings/PersonView";
import type { StaffView } from "../bindings/StaffView";
import { asFault, type Ipc } from "../ipc";

/** The result of the last PIN that was typed. */
export type LastTry = "not-yet" | "wrong" | "waiting" | "failed";

/** What the PIN is asked for: to sign on, or to lend the act that needs this right. */
export type Purpose = { readonly kind: "sign-on" } | { readonly kind: "approve"; right: string };

const SIGN_ON: Purpose = { kind: "sign-on" };

export class Lock {
  /** The shop has a PIN, or its cashiers have. */
  set = $state(false);
  /** The PIN was typed a moment ago. */
  open = $state(true);
  /** No PIN is accepted before this time; Unix milliseconds. */
  wait_until_unix_ms = $state<number | null>(null);
  /** Cashiers have PINs or fobs of their own. */
  staff = $state(false);
  /** The shop's cashiers. */
  people = $state.raw<readonly PersonView[]>([]);
  /** The lock's screen is shown. */
  asking = $state(false);
  purpose = $state.raw<Purpose>(SIGN_ON);
  busy = $state(false);
  lastTry = $state<LastTry>("not-yet");
  fault = $state.raw<Fault | null>(null);

  #ipc: Ipc;
  #signedOn: (cashier: string | null) => void;
  #waiting: ((pin: string | null) => void)[] = [];

  /** `signedOn` is told who is at the till from now on. */
  constructor(ipc: Ipc, signedOn: (cashier: string | null) => void = () => undefined) {
    this.#ipc = ipc;
    this.#signedOn = signedOn;
  }

  update(view: LockView): void {
    this.set = view.set;
    this.open = view.open;
    this.wait_until_unix_ms = view.wait_until_unix_ms;
    this.staff = view.staff;
  }

  updateStaff({ people }: StaffView): void {
    this.people = people;
  }

  /** Rust has locked the till, and signed off whoever has a PIN; who is there by the name alone stays. */
  locked(view: LockView): void {
    this.update(view);
    if (view.staff) void this.#try(async () => this.#begin(await this.#ipc.atTheTill()));
  }

  /** Asks for the PIN; resolves to it when it is right, to null when the cashier goes back. */
  ask(): Promise<string | null> {
    return this.#ask(SIGN_ON);
  }

  /** Asks somebody who has this right to lend it; resolves to whether they did. */
  async askApproval(right: string): Promise<boolean> {
    return (await this.#ask({ kind: "approve", right })) !== null;
  }

  #ask(purpose: Purpose): Promise<string | null> {
    // Another question takes this one's place.
    if (this.asking && purpose.kind !== this.purpose.kind) this.#finish(null);
    this.lastTry = "not-yet";
    this.fault = null;
    this.purpose = purpose;
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

  /** The shop's PIN. */
  tryPin(pin: string): Promise<void> {
    return this.#try(async () => {
      if (this.purpose.kind === "approve") await this.#ipc.approve(null, pin);
      else await this.#unlock(pin);
      this.#finish(pin);
    });
  }

  /** A cashier's own PIN; `null` for one who has none. */
  tryCashier(name: string, pin: string | null): Promise<void> {
    return this.#try(async () => {
      if (this.purpose.kind === "approve") await this.#ipc.approve(name, pin ?? "");
      else this.#begin(await this.#ipc.signOn(name, pin));
      this.#finish(pin ?? "");
    });
  }

  /** A code that was scanned, as it may be read; resolves to whether it is a fob's. */
  async tryFob(codes: readonly string[]): Promise<boolean> {
    let known = false;
    await this.#try(async () => {
      for (const code of codes) {
        known = await this.#isFob(code);
        if (known) break;
      }
      if (known) this.#finish("");
    });
    return known;
  }

  async #isFob(code: string): Promise<boolean> {
    if (this.asking && this.purpose.kind === "approve") return this.#ipc.approveByFob(code);
    const signedOn = await this.#ipc.signOnByFob(code);
    if (signedOn !== null) this.#begin(signedOn);
    return signedOn !== null;
  }

  async signOff(): Promise<void> {
    await this.#try(async () => {
      this.#begin(await this.#ipc.signOn(null, null));
      this.#finish(null);
    });
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
      this.locked(await this.#ipc.lockNow());
    } catch {
      // Rust locks by itself a little later.
    }
  }

  async #unlock(pin: string): Promise<void> {
    this.update(await this.#ipc.unlock(pin));
    if (this.staff) this.#signedOn(null);
  }

  #begin({ cashier, lock }: AtTheTill): void {
    this.update(lock);
    this.#signedOn(cashier);
  }

  async #try(attempt: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await attempt();
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

  async #refresh(): Promise<void> {
    try {
      this.update(await this.#ipc.lockState());
      if (this.staff) this.updateStaff(await this.#ipc.staff());
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
 * The same commands; one that Rust refuses without the PIN, or without a right, asks for it and is then called once more
 * with the same arguments. Where the PIN belongs to the call itself, it is the last argument.
 */
export function withPinPrompt(ipc: Ipc, lock: Lock): Ipc {
  return new Proxy(ipc, {
    get(target, name) {
      const command: unknown = Reflect.get(target, name);
      if (typeof command !== "function") return command;
      const ask = async (args: readonly unknown[], reason: unknown): Promise<unknown> => {
        const fault = asFault(reason);
        if (fault.code === "right_needed") {
          if (!(await lock.askApproval(fault.detail["right"] ?? ""))) throw reason;
          return Reflect.apply(command, target, args);
        }
        const pin = fault.code === "pin_needed" ? await lock.ask() : null;
        if (pin === null) throw reason;
        if (fault.detail["typed"] !== undefined) {
          return Reflect.apply(command, target, [...args.slice(0, -1), pin]);
        }
        const again: unknown = Reflect.apply(command, target, args);
        // Whoever has signed on may still lack the right.
        return again instanceof Promise && lock.staff
          ? again.catch((refused: unknown) => ask(args, refused))
          : again;
      };
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(command, target, args);
        if (!(answer instanceof Promise)) return answer;
        return answer.catch((reason: unknown) => ask(args, reason));
      };
    },
  });
}
