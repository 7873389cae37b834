// What Rust says about the till itself: its mode, its version, whether the network and the journal work.
import type { JournalState } from "../bindings/JournalState";
import type { Mode } from "../bindings/Mode";
import type { NetworkState } from "../bindings/NetworkState";
import type { Start } from "../bindings/Start";
import type { Ipc } from "../ipc";
import type { Errors } from "./errors.svelte";

export class TillStatus {
  mode = $state<Mode>("live");
  version = $state("");
  /** The host of the gateway. */
  gateway = $state("");
  network = $state<NetworkState>("online");
  /** While the journal fails nothing may be sold, because no sale could be recorded. */
  journal = $state<JournalState>("serving");

  #ipc: Ipc;
  #errors: Errors;

  constructor(ipc: Ipc, errors: Errors) {
    this.#ipc = ipc;
    this.#errors = errors;
  }

  begin({ mode, version, gateway, network, journal }: Start): void {
    this.mode = mode;
    this.version = version;
    this.gateway = gateway;
    this.network = network;
    this.journal = journal;
  }

  /** Tries to write the journal again. Why it still fails is shown as an error. */
  retryJournal(): Promise<boolean> {
    return this.#errors.attempt(async () => (this.journal = await this.#ipc.retryJournal()));
  }
}
