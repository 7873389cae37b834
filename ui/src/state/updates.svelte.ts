// What is known of a newer version of the till. Rust looks, proves and decides; this keeps what it said last.
import type { UpdateState } from "../bindings/UpdateState";
import type { Ipc } from "../ipc";

export class Updates {
  state = $state.raw<UpdateState>({ status: "off" });

  #ipc: Ipc;

  constructor(ipc: Ipc) {
    this.#ipc = ipc;
  }

  /** Asks Rust, which looks nowhere for it: after other settings nothing is known yet. */
  async load(): Promise<void> {
    try {
      this.state = await this.#ipc.updateState();
    } catch {
      // What was known stays on the screen.
    }
  }
}
