// The back office that the till sends its journal to: which it is, and whether it has what was written.
import type { OfficeState } from "../bindings/OfficeState";
import type { OfficeStatus } from "../bindings/OfficeStatus";
import type { SharedSection } from "../bindings/SharedSection";
import type { SharedSectionView } from "../bindings/SharedSectionView";
import type { SharedStatus } from "../bindings/SharedStatus";
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

  /** What the till has of the settings that the office shares; null when it shares none with it. */
  shared = $state.raw<SharedStatus | null>(null);
  /** This till's settings were offered to the office, since the window was opened. */
  offered = $state(false);

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

  /** A section as it is shared; null when it is not. */
  sectionOf(section: SharedSection): SharedSectionView | null {
    return this.shared?.sections.find((shared) => shared.section === section) ?? null;
  }

  /** Whether only the office may change it. */
  isLocked(section: SharedSection): boolean {
    return this.sectionOf(section)?.locked ?? false;
  }

  /** Offers this till's settings to the office, whose owner may make them the shop's. */
  offer(): Promise<boolean> {
    return this.run(async () => {
      await this.#ipc.offerSettings();
      this.offered = true;
    });
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
