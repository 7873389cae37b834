// The back office that the till sends its journal to: which it is, and whether it has what was written.
import type { OfficeState } from "../bindings/OfficeState";
import type { OfficeStatus } from "../bindings/OfficeStatus";
import type { Ipc } from "../ipc";
import type { Fail } from "./errors.svelte";
import { OneAtATime } from "./one-at-a-time.svelte";

export class Office extends OneAtATime {
  /** Said by Rust whenever it changes. */
  state = $state<OfficeState>("none");
  /** Null when the till is not paired, or before it was asked. */
  status = $state.raw<OfficeStatus | null>(null);
  /** Somebody has to look: nothing has arrived there for long, or it refuses. */
  needsSomebody = $derived(this.state !== "none" && this.state !== "sending");

  #ipc: Ipc;

  constructor(ipc: Ipc, fail: Fail) {
    super(fail);
    this.#ipc = ipc;
  }

  /** Asks Rust anew. It is asked often, so that a failure is no news. */
  async load(): Promise<void> {
    try {
      this.#update(await this.#ipc.officeStatus());
    } catch {
      // What was known stays on the screen.
    }
  }

  pair(code: string): Promise<boolean> {
    return this.run(async () => this.#update(await this.#ipc.pairWithOffice(code)));
  }

  /** Resolves to true when the till is paired; to false as well when nobody picked a file. */
  async pairByFile(): Promise<boolean> {
    let paired = false;
    await this.run(async () => {
      const status = await this.#ipc.pairWithOfficeByFile();
      paired = status !== null;
      if (status !== null) this.#update(status);
    });
    return paired;
  }

  /** Sends nothing more. What has arrived stays at the office. */
  leave(): Promise<boolean> {
    return this.run(async () => {
      await this.#ipc.leaveOffice();
      this.#update(null);
    });
  }

  #update(status: OfficeStatus | null): void {
    this.status = status;
    this.state = status?.state ?? "none";
  }
}
