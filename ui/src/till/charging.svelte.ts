// From the tap on Charge until the till knows the sale. One tap is one sale, however often it is sent.
import { basketOf } from "../basket";
import type { FixedOffer } from "../bindings/FixedOffer";
import type { SaleView } from "../bindings/SaleView";
import type { Errors } from "./errors.svelte";
import { asFault, type Charge, type Ipc } from "../ipc";
import { decimalText, linesOf, totalMinor } from "../pad";
import { newTap } from "../tap";
import type { Draft, Typed } from "./typed.svelte";

/** A gateway that answers sooner needs no screen of its own for the asking: the QR is the next thing seen. */
const REQUEST_SHOWN_AFTER_MS = 150;
/** A finger does not notice less, and two pictures take longer to paint than one. */
const SLOW_AFTER_MS = 60;

/** Who is told of the sale that came of a tap. */
export interface Told {
  /** The journal takes entries: what cannot be written down cannot be sold. */
  serving(): boolean;
  /** It was charged here a moment ago. */
  charged(sale: SaleView): void;
  /** Resolves when its screen can be drawn whole. */
  drawable(sale: SaleView): Promise<void>;
  /** It may be put in front: the pad is free again. */
  met(sale: SaleView): void;
}

export class Charging {
  /** A charge is under way. */
  busy = $state(false);
  /** And has been for so long that the screen tells it. What is answered at once has no face: painting one would hold up the code. */
  slow = $state(false);
  /** The sale of that charge, once the till has told of it: about to be in front, so shown nowhere else. */
  expected = $state<number | null>(null);

  #ipc: Ipc;
  #typed: Typed;
  #errors: Errors;
  #told: Told;
  /** A charge is under way and its sale has not been heard of yet. */
  #expecting: ((sale: SaleView) => void) | null = null;
  #slowly: ReturnType<typeof setTimeout> | undefined;
  #last: { number: number; draft: Draft } | null = null;

  constructor(ipc: Ipc, typed: Typed, errors: Errors, told: Told) {
    this.#ipc = ipc;
    this.#typed = typed;
    this.#errors = errors;
    this.#told = told;
  }

  /** A second tap while the first is under way does nothing. */
  get may(): boolean {
    return !this.busy && this.#told.serving();
  }

  /** What is typed, and the tip that goes with it. The same tap again: if the first one did get through, this is still one sale. */
  async charge(tip_minor: number, tap = newTap()): Promise<void> {
    const { draft } = this.#typed;
    const { entry, currency } = draft;
    const note = draft.note.trim();
    let met = false;
    const meet = (sale: SaleView) => {
      if (met) return;
      met = true;
      this.#over();
      this.#last = { number: sale.number, draft };
      // What was charged must not stand on the pad to be charged once more.
      if (this.#typed.entry === entry) this.#typed.clear();
      this.#told.met(sale);
    };
    this.#expecting = meet;
    await this.#send(
      {
        amount: decimalText(totalMinor(entry) + tip_minor),
        currency,
        note: note === "" ? null : note,
        basket: basketOf(linesOf(entry), entry.discount, tip_minor),
        tap,
      },
      meet,
      () => this.charge(tip_minor, tap),
    );
  }

  /** A fixed amount of a self-service till. */
  async chargeOffer(offer: FixedOffer, tap = newTap()): Promise<void> {
    if (!this.may) return;
    const { name: note, amount, currency } = offer;
    const meet = (sale: SaleView) => {
      this.#over();
      this.#told.met(sale);
    };
    await this.#send({ amount, currency, note, basket: null, tap }, meet, () =>
      this.chargeOffer(offer, tap),
    );
  }

  async #send(
    charge: Charge,
    meet: (sale: SaleView) => void,
    again: () => Promise<void>,
  ): Promise<void> {
    this.busy = true;
    this.#slowly = setTimeout(() => (this.slow = true), SLOW_AFTER_MS);
    try {
      const sale = await this.#ipc.charge(charge);
      this.#told.charged(sale);
      await this.#told.drawable(sale);
      meet(sale);
    } catch (reason) {
      this.#over();
      this.#errors.fail(asFault(reason), again);
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
  heardOf(sale: SaleView): void {
    const meet = this.#expecting;
    if (meet === null) return;
    this.expected = sale.number;
    setTimeout(() => meet(sale), REQUEST_SHOWN_AFTER_MS);
  }

  /** What was typed for a sale, if it was the last: given back when the gateway refuses it. */
  draftOf(number: number): Draft | null {
    return this.#last?.number === number ? this.#last.draft : null;
  }
}
