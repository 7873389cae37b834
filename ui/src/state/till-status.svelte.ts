// What Rust says about the till itself: its mode, its version, whether the network and the journal work.
import { otherGateway } from "../gateways";
import type { JournalState } from "../bindings/JournalState";
import type { Mode } from "../bindings/Mode";
import type { NetworkState } from "../bindings/NetworkState";
import type { Start } from "../bindings/Start";
import type { Ipc } from "../ipc";
import type { Errors } from "./errors.svelte";

export class TillStatus {
  mode = $state<Mode>("live");
  version = $state("");
  /** The till's short code when the page was loaded. */
  till = $state("");
  /** The host of the gateway. */
  gateway = $state("");
  /** The host of the gateway when it is not the real one: its money is not the shop's. */
  otherGateway = $derived(otherGateway(this.mode, this.gateway));
  network = $state<NetworkState>("online");
  /** While the journal fails nothing may be sold, because no sale could be recorded. */
  journal = $state<JournalState>("serving");

  #ipc: Ipc;
  #errors: Errors;

  constructor(ipc: Ipc, errors: Errors) {
    this.#ipc = ipc;
    this.#errors = errors;
  }

  begin({ mode, version, till, gateway, network, journal }: Start): void {
    this.mode = mode;
    this.version = version;
    this.till = till;
    this.gateway = gateway;
    this.network = network;
    this.journal = journal;
  }

  /** Tries to write the journal again. Why it still fails is shown as an error. */
  retryJournal(): Promise<boolean> {
    return this.#errors.attempt(async () => (this.journal = await this.#ipc.retryJournal()));
  }
}
