// The cash drawer since the last close: what moved its money, and counts. Rust computes every sum.
import type { CountResult } from "../bindings/CountResult";
import type { CountStart } from "../bindings/CountStart";
import type { Currency } from "../bindings/Currency";
import type { DrawerView } from "../bindings/DrawerView";
import type { NewCashCount } from "../bindings/NewCashCount";
import type { NewCashMove } from "../bindings/NewCashMove";
import { asFault, type Ipc } from "../ipc";
import type { Fail } from "./errors.svelte";
import { OneAtATime } from "./one-at-a-time.svelte";

export class Drawer extends OneAtATime {
  views = $state.raw<{ readonly [currency in Currency]?: DrawerView }>({});

  #ipc: Ipc;

  constructor(ipc: Ipc, fail: Fail) {
    super(fail);
    this.#ipc = ipc;
  }

  async load(): Promise<void> {
    try {
      this.views = await this.#ipc.drawer();
    } catch (reason) {
      this.fail(asFault(reason));
    }
  }

  move(moved: NewCashMove): Promise<boolean> {
    return this.#changed(() => this.#ipc.moveCash(moved));
  }

  open(reason: string): Promise<boolean> {
    return this.#changed(() => this.#ipc.openDrawer(reason));
  }

  /** Null when it cannot be counted, which is shown. */
  async countStart(currency: Currency): Promise<CountStart | null> {
    let start: CountStart | null = null;
    await this.run(async () => (start = await this.#ipc.countStart(currency)));
    return start;
  }

  /** What the count found; null when it was not written. */
  async count(count: NewCashCount): Promise<CountResult | null> {
    let result: CountResult | null = null;
    await this.#changed(async () => (result = await this.#ipc.countCash(count)));
    return result;
  }

  /** The printer may fail after the entry was written, so the drawer is read anew in any case. */
  async #changed(work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.run(work);
    await this.load();
    return done;
  }
}
