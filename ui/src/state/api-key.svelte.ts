// The gateway's API key, as far as the screens may know it. The key is typed here and handed to Rust, which
// stores it and never gives it back, so only its status is kept.
import type { Fault } from "../bindings/Fault";
import type { KeyStatus } from "../bindings/KeyStatus";
import type { Start } from "../bindings/Start";
import { asFault, type Ipc } from "../ipc";
import type { Errors } from "./errors.svelte";

/** Whether the key is changed although codes can still be paid that the other key may not see. */
export interface KeyQuestion {
  /** How many codes. */
  readonly count: number;
  /** Changes the key all the same. */
  readonly confirmed: () => Promise<unknown>;
}

export class ApiKey {
  /** Null when the keychain did not answer. */
  status = $state<KeyStatus | null>(null);
  /** Why the keychain did not answer. */
  fault = $state.raw<Fault | null>(null);

  #ipc: Ipc;
  #errors: Errors;
  #ask: (question: KeyQuestion) => void;
  #onChange: () => void;

  constructor(
    ipc: Ipc,
    errors: Errors,
    ask: (question: KeyQuestion) => void,
    onChange: () => void,
  ) {
    this.#ipc = ipc;
    this.#errors = errors;
    this.#ask = ask;
    this.#onChange = onChange;
  }

  begin({ key, key_fault }: Pick<Start, "key" | "key_fault">): void {
    this.status = key;
    this.fault = key_fault;
  }

  /** Stores a key; calls `stored` once it is, which may be after a question. */
  set(key: string, stored: () => void): Promise<boolean> {
    return this.#change(async (loseOpen) => {
      const status = await this.#ipc.setKey(key, loseOpen, null);
      stored();
      return status;
    });
  }

  clear(): Promise<boolean> {
    return this.#change((loseOpen) => this.#ipc.clearKey(loseOpen, null));
  }

  /** Asks the keychain once more, after it did not answer. */
  checkStatus(): Promise<boolean> {
    return this.#run(() => this.#ipc.keyStatus());
  }

  /** Changes the key; asks first when Rust says that open invoices would be lost from sight. */
  #change(work: (loseOpen: boolean) => Promise<KeyStatus>): Promise<boolean> {
    return this.#run(async () => {
      try {
        return await work(false);
      } catch (reason) {
        const fault = asFault(reason);
        if (fault.code !== "key_in_use") throw reason;
        this.#ask({
          count: Number(fault.detail["count"]),
          confirmed: () => this.#run(() => work(true)),
        });
        return this.status;
      }
    });
  }

  #run(work: () => Promise<KeyStatus | null>): Promise<boolean> {
    return this.#errors.attempt(async () => {
      this.status = await work();
      this.fault = null;
      this.#onChange();
    });
  }
}
