// The shop's items and what is left of them. Each change saves the whole list at once, so there is no unsaved state.
import type { Currency } from "../bindings/Currency";
import type { ImportPreview } from "../bindings/ImportPreview";
import type { Item } from "../bindings/Item";
import type { Stock } from "../bindings/Stock";
import { withCategoryBefore } from "../categories";
import type { Ipc } from "../ipc";
import type { Fail } from "./errors.svelte";
import { OneAtATime } from "./one-at-a-time.svelte";

export class Items extends OneAtATime {
  /** In the shop's order. */
  list = $state.raw<readonly Item[]>([]);
  /** The result of the last import, until the list changes. */
  imported = $state.raw<Pick<ImportPreview, "added" | "changed"> | null>(null);

  /** What is left of those that were counted, by id. */
  left = $state.raw<ReadonlyMap<string, number>>(new Map());

  #ipc: Ipc;

  constructor(ipc: Ipc, fail: Fail) {
    super(fail);
    this.#ipc = ipc;
  }

  replace(list: readonly Item[]): void {
    this.list = list;
    this.imported = null;
  }

  /** The items that have a price in this currency. */
  in(currency: Currency): readonly Item[] {
    return this.list.filter(({ price }) => price.currency === currency);
  }

  /** Adds an item, or replaces the one with the same id. */
  save(item: Item): Promise<boolean> {
    const known = this.list.some(({ id }) => id === item.id);
    return this.#saveAll(
      known ? this.list.map((one) => (one.id === item.id ? item : one)) : [...this.list, item],
    );
  }

  /** Puts a category's tab before another's, or last. */
  moveCategory(category: string, before: string | null): Promise<boolean> {
    return this.#saveAll(withCategoryBefore(this.list, category, before));
  }

  /** Asks what is left, if anything is counted. */
  async countStock(): Promise<void> {
    if (this.list.every(({ warn_at }) => warn_at === null)) return;
    try {
      this.#counted(await this.#ipc.stock());
    } catch {
      // It only warns: a sale never waits for it, and the journal's own alarm says that it cannot be read.
    }
  }

  /** Writes down how many of an item there are now. */
  setStock(item: Item, count: number): Promise<boolean> {
    return this.run(async () => this.#counted(await this.#ipc.setStock(item.id, count)));
  }

  /** How many are left, when so few are left that the till warns; otherwise null. */
  fewLeft({ id, warn_at }: Item): number | null {
    const left = this.left.get(id);
    return warn_at !== null && left !== undefined && left <= warn_at ? left : null;
  }

  #counted(stock: readonly Stock[]): void {
    this.left = new Map(stock.map(({ item, left }) => [item, left]));
  }

  /** Prints labels of these items for the shelf. */
  printLabels(items: string[]): Promise<boolean> {
    return this.run(() => this.#ipc.printLabels(items));
  }

  /** Saves all items into a file that somebody picks. */
  async exportAll(): Promise<boolean> {
    let saved = false;
    await this.run(async () => {
      saved = await this.#ipc.exportItems();
    });
    return saved;
  }

  remove(item: Item): Promise<boolean> {
    return this.#saveAll(this.list.filter(({ id }) => id !== item.id));
  }

  /** Moves an item one place up or down. */
  async move(index: number, by: -1 | 1): Promise<void> {
    const list = [...this.list];
    const [moved] = list.splice(index, 1);
    if (moved === undefined || index + by < 0 || index + by > list.length) return;
    list.splice(index + by, 0, moved);
    await this.#saveAll(list);
  }

  /** What a file that the cashier chooses would change; null when none was chosen or it cannot be read. */
  async preview(): Promise<ImportPreview | null> {
    let preview: ImportPreview | null = null;
    await this.run(async () => {
      preview = await this.#ipc.importItems();
    });
    return preview;
  }

  /** Imports what was previewed. */
  async take(preview: ImportPreview): Promise<boolean> {
    const { items, added, changed } = preview;
    const done = await this.#saveAll(items);
    if (done) this.imported = { added, changed };
    return done;
  }

  #saveAll(list: readonly Item[]): Promise<boolean> {
    return this.run(async () => this.replace(await this.#ipc.saveItems([...list])));
  }
}
