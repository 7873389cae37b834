// The gateway's key. It is typed here and goes to Rust, which keeps it; what comes back is whether there is one.
import type { Fault } from "../bindings/Fault";
import type { KeyStatus } from "../bindings/KeyStatus";
import type { Start } from "../bindings/Start";
import type { Errors } from "./errors.svelte";
import type { Ipc } from "../ipc";

export class ApiKey {
  /** Null: nobody could say. */
  status = $state<KeyStatus | null>(null);
  /** Why nobody could. */
  fault = $state.raw<Fault | null>(null);

  #ipc: Ipc;
  #errors: Errors;
  #changed: () => void;

  constructor(ipc: Ipc, errors: Errors, changed: () => void) {
    this.#ipc = ipc;
    this.#errors = errors;
    this.#changed = changed;
  }

  begin({ key, key_fault }: Pick<Start, "key" | "key_fault">): void {
    this.status = key;
    this.fault = key_fault;
  }

  set(key: string): Promise<boolean> {
    return this.#do(() => this.#ipc.setKey(key));
  }

  clear(): Promise<boolean> {
    return this.#do(() => this.#ipc.clearKey());
  }

  ask(): Promise<boolean> {
    return this.#do(() => this.#ipc.keyStatus());
  }

  #do(work: () => Promise<KeyStatus>): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.status = await work();
      this.fault = null;
      this.#changed();
    });
  }
}
