// The shop's items as the screens show them. Every change is kept at once, whole; there is nothing to save later.
import type { Currency } from "../bindings/Currency";
import type { Imported } from "../bindings/Imported";
import type { Item } from "../bindings/Item";
import type { Fail } from "./errors.svelte";
import { asFault, type Ipc } from "../ipc";

export class Items {
  /** In the shop's order. */
  list = $state.raw<readonly Item[]>([]);
  busy = $state(false);
  /** What became of the file that was imported last. */
  imported = $state.raw<Imported | null>(null);

  #ipc: Ipc;
  #fail: Fail;

  constructor(ipc: Ipc, fail: Fail) {
    this.#ipc = ipc;
    this.#fail = fail;
  }

  replace(list: readonly Item[]): void {
    this.list = list;
    this.imported = null;
  }

  /** Those that can be sold in this currency. */
  in(currency: Currency): readonly Item[] {
    return this.list.filter((item) => item.currency === currency);
  }

  /** The one that bears this code. */
  withCode(code: string, currency: Currency): Item | null {
    return this.in(currency).find((item) => item.barcode === code) ?? null;
  }

  /** A new one, or one that is there already as it is from now on. */
  keep(item: Item): Promise<boolean> {
    const known = this.list.some(({ id }) => id === item.id);
    return this.#save(
      known ? this.list.map((one) => (one.id === item.id ? item : one)) : [...this.list, item],
    );
  }

  remove(item: Item): Promise<boolean> {
    return this.#save(this.list.filter(({ id }) => id !== item.id));
  }

  /** One place up or down. */
  async move(index: number, by: -1 | 1): Promise<void> {
    const list = [...this.list];
    const [moved] = list.splice(index, 1);
    if (moved === undefined || index + by < 0 || index + by > list.length) return;
    list.splice(index + by, 0, moved);
    await this.#save(list);
  }

  /** Those of a file that the cashier picks. */
  async import(): Promise<void> {
    await this.#do(async () => {
      const imported = await this.#ipc.importItems();
      if (imported === null) return;
      this.list = imported.items;
      this.imported = imported;
    });
  }

  #save(list: readonly Item[]): Promise<boolean> {
    return this.#do(async () => {
      this.replace(await this.#ipc.saveItems([...list]));
    });
  }

  async #do(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      await work();
      return true;
    } catch (reason) {
      this.#fail(asFault(reason));
      return false;
    } finally {
      this.busy = false;
    }
  }
}
