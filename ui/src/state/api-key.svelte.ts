// The gateway's API key, as far as the screens may know it. The key is typed here and handed to Rust, which
// stores it and never gives it back, so only its status is kept.
import type { Fault } from "../bindings/Fault";
import type { KeyStatus } from "../bindings/KeyStatus";
import type { Start } from "../bindings/Start";
import type { Ipc } from "../ipc";
import type { Errors } from "./errors.svelte";

export class ApiKey {
  /** Null when the keychain did not answer. */
  status = $state<KeyStatus | null>(null);
  /** Why the keychain did not answer. */
  fault = $state.raw<Fault | null>(null);

  #ipc: Ipc;
  #errors: Errors;
  #onChange: () => void;

  constructor(ipc: Ipc, errors: Errors, onChange: () => void) {
    this.#ipc = ipc;
    this.#errors = errors;
    this.#onChange = onChange;
  }

  begin({ key, key_fault }: Pick<Start, "key" | "key_fault">): void {
    this.status = key;
    this.fault = key_fault;
  }

  set(key: string): Promise<boolean> {
    return this.#run(() => this.#ipc.setKey(key, null));
  }

  clear(): Promise<boolean> {
    return this.#run(() => this.#ipc.clearKey(null));
  }

  /** Asks the keychain once more, after it did not answer. */
  checkStatus(): Promise<boolean> {
    return this.#run(() => this.#ipc.keyStatus());
  }

  #run(work: () => Promise<KeyStatus>): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.status = await work();
      this.fault = null;
      this.#onChange();
    });
  }
}
