// The carts that are held: parked unpaid under a name or a table's number. Rust keeps them; here is the list beside the
// open sales, and what of them is on the pad. A cart on the pad stays held until its lines are charged or held again.
import { basketOf, heldLines } from "../basket";
import type { CartView } from "../bindings/CartView";
import type { Ipc } from "../ipc";
import { linesOf } from "../pad";
import { newUuid } from "../uuid";
import type { Fail } from "./errors.svelte";
import type { Items } from "./items.svelte";
import { OneAtATime } from "./one-at-a-time.svelte";
import type { SaleDraft } from "./sale-draft.svelte";

export interface Callbacks {
  readonly fail: Fail;
  /** Puts the pad in front. */
  toPad(): void;
  /** A charge is running: what is on the pad must not change. */
  isCharging(): boolean;
}

export class HeldCarts extends OneAtATime {
  /** Oldest first. */
  list = $state.raw<readonly CartView[]>([]);

  #ipc: Ipc;
  #draft: SaleDraft;
  #items: Items;
  #callbacks: Callbacks;
  /** The tap of a hold that may have been written although its answer was lost. */
  #tap: { readonly entry: unknown; readonly label: string; readonly id: string } | null = null;

  constructor(ipc: Ipc, draft: SaleDraft, items: Items, callbacks: Callbacks) {
    super(callbacks.fail);
    this.#ipc = ipc;
    this.#draft = draft;
    this.#items = items;
    this.#callbacks = callbacks;
  }

  /** Those that are not on the pad. */
  get elsewhere(): CartView[] {
    return this.list.filter(({ id }) => !this.#draft.carts.includes(id));
  }

  /** A cart in another currency cannot be added to what is on the pad. */
  fitsPad({ amount }: CartView): boolean {
    return this.#draft.total_minor === 0 || amount.currency === this.#draft.currency;
  }

  /** Puts a held cart on the pad, beside what is there. */
  async takeUp(cart: CartView): Promise<void> {
    if (this.#callbacks.isCharging() || !this.fitsPad(cart)) return;
    await this.run(async () => {
      const taken = await this.#ipc.takeUpCart(cart.id);
      const lines = heldLines(taken.lines, taken.currency, this.#items.in(taken.currency));
      this.#callbacks.toPad();
      this.#draft.takeUp(taken, lines);
    });
  }

  /** Holds what is on the pad under this name, and clears the pad. */
  hold(label: string): Promise<boolean> {
    const { entry, currency, carts } = this.#draft;
    if (this.#tap?.entry !== entry || this.#tap.label !== label) {
      this.#tap = { entry, label, id: newUuid() };
    }
    const tap = this.#tap.id;
    const basket = basketOf(linesOf(entry), entry.discount, 0, true);
    return this.run(async () => {
      this.list = await this.#ipc.holdCart({ label, currency, basket, carts: [...carts], tap });
      if (this.#draft.entry === entry) this.#draft.clear();
    });
  }

  /** Gives up the carts that are on the pad, without a sale. */
  drop(reason: string): Promise<boolean> {
    return this.run(async () => {
      for (const cart of this.#draft.carts) this.list = await this.#ipc.dropCart(cart, reason);
      this.#draft.clear();
    });
  }

  forget(): void {
    this.list = [];
  }
}
