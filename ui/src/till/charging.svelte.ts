// From the tap on Charge until the till knows the sale. One tap is one sale, however often it is sent.
import { basketOf } from "../basket";
import type { FixedOffer } from "../bindings/FixedOffer";
import type { SaleView } from "../bindings/SaleView";
import type { Errors } from "./errors.svelte";
import type { Charge } from "../bindings/Charge";
import { asFault, type Ipc } from "../ipc";
import { decimalText, linesOf, totalMinor } from "../pad";
import { newUuid } from "../uuid";
import type { DraftSnapshot, SaleDraft } from "./sale-draft.svelte";

/** A gateway that answers sooner needs no screen of its own for the asking: the QR is the next thing seen. */
const REQUEST_SHOWN_AFTER_MS = 150;
/** A finger does not notice less, and two pictures take longer to paint than one. */
const SLOW_AFTER_MS = 60;

/** What charging calls back with the sale that came of a tap. */
export interface Callbacks {
  /** The journal takes entries: what cannot be written down cannot be sold. */
  canRecord(): boolean;
  /** It was charged here a moment ago. */
  charged(sale: SaleView): void;
  /** Resolves when its screen can be drawn whole. */
  screenReady(sale: SaleView): Promise<void>;
  /** It may be put in front: the pad is free again. */
  show(sale: SaleView): void;
}

export class Charging {
  /** A charge is under way. */
  busy = $state(false);
  /** And has been for so long that the screen tells it. What is answered at once has no face: painting one would hold up the code. */
  slow = $state(false);
  /** The sale of that charge, once the till has told of it: about to be in front, so shown nowhere else. */
  expected = $state<number | null>(null);

  #ipc: Ipc;
  #draft: SaleDraft;
  #errors: Errors;
  #callbacks: Callbacks;
  /** A charge is under way and its sale has not been heard of yet. */
  #expecting: ((sale: SaleView) => void) | null = null;
  #slowly: ReturnType<typeof setTimeout> | undefined;
  #last: { number: number; snapshot: DraftSnapshot } | null = null;

  constructor(ipc: Ipc, draft: SaleDraft, errors: Errors, callbacks: Callbacks) {
    this.#ipc = ipc;
    this.#draft = draft;
    this.#errors = errors;
    this.#callbacks = callbacks;
  }

  /** A second tap while the first is under way does nothing. */
  get may(): boolean {
    return !this.busy && this.#callbacks.canRecord();
  }

  /** What was typed, and the tip that goes with it. The same tap again: if the first one did get through, this is still one sale. */
  async charge(tip_minor: number, tap = newUuid()): Promise<void> {
    const snapshot = this.#draft.snapshot;
    const { entry, currency } = snapshot;
    const note = snapshot.note.trim();
    let handled = false;
    const found = (sale: SaleView) => {
      if (handled) return;
      handled = true;
      this.#over();
      this.#last = { number: sale.number, snapshot };
      // What was charged must not stand on the pad to be charged once more.
      if (this.#draft.entry === entry) this.#draft.clear();
      this.#callbacks.show(sale);
    };
    this.#expecting = found;
    await this.#send(
      {
        amount: decimalText(totalMinor(entry) + tip_minor),
        currency,
        note: note === "" ? null : note,
        basket: basketOf(linesOf(entry), entry.discount, tip_minor),
        tap,
      },
      found,
      () => this.charge(tip_minor, tap),
    );
  }

  /** A fixed amount of a self-service till. */
  async chargeOffer(offer: FixedOffer, tap = newUuid()): Promise<void> {
    if (!this.may) return;
    const { name: note, amount, currency } = offer;
    const found = (sale: SaleView) => {
      this.#over();
      this.#callbacks.show(sale);
    };
    const basket = basketOf([], null, 0);
    await this.#send({ amount, currency, note, basket, tap }, found, () =>
      this.chargeOffer(offer, tap),
    );
  }

  async #send(
    charge: Charge,
    found: (sale: SaleView) => void,
    retry: () => Promise<void>,
  ): Promise<void> {
    this.busy = true;
    this.#slowly = setTimeout(() => (this.slow = true), SLOW_AFTER_MS);
    try {
      const sale = await this.#ipc.charge(charge);
      this.#callbacks.charged(sale);
      await this.#callbacks.screenReady(sale);
      found(sale);
    } catch (reason) {
      this.#over();
      this.#errors.fail(asFault(reason), retry);
    }
  }

  #over(): void {
    clearTimeout(this.#slowly);
    this.busy = false;
    this.slow = false;
    this.expected = null;
    this.#expecting = null;
  }

  /** A sale that nobody here knew of is being asked for: perhaps it is the one of this tap. */
  saleRequested(sale: SaleView): void {
    const found = this.#expecting;
    if (found === null) return;
    this.expected = sale.number;
    setTimeout(() => found(sale), REQUEST_SHOWN_AFTER_MS);
  }

  /** What was typed for a sale, if it was the last: given back when the gateway refuses it. */
  draftFor(number: number): DraftSnapshot | null {
    return this.#last?.number === number ? this.#last.snapshot : null;
  }
}
