// From the tap on Charge until Rust knows the sale. Each tap has an id, so it is one sale however often it is sent.
import { basketOf } from "../basket";
import type { Charge } from "../bindings/Charge";
import type { Fault } from "../bindings/Fault";
import type { FixedOffer } from "../bindings/FixedOffer";
import type { Money } from "../bindings/Money";
import type { NewTender } from "../bindings/NewTender";
import type { SaleView } from "../bindings/SaleView";
import type { TenderChoice } from "../bindings/TenderChoice";
import { asFault, type Ipc } from "../ipc";
import { chosenByCustomers } from "../language.svelte";
import { writtenAmount } from "../money";
import { linesOf, totalMinor } from "../pad";
import { isByHand, type HandTender } from "../tenders";
import { newUuid } from "../uuid";
import type { Errors } from "./errors.svelte";
import type { DraftSnapshot, SaleDraft } from "./sale-draft.svelte";
import type { TenderQuestion } from "./tenders.svelte";

/** A gateway that answers sooner needs no "requesting" screen: the QR code is the next thing the cashier sees. */
const REQUEST_SHOWN_AFTER_MS = 150;
/** Shorter delays cannot be felt, and drawing "charging" first would delay the QR code. */
const SLOW_AFTER_MS = 60;

const CRYPTO: TenderChoice = { way: "crypto" };

/** An amount that is charged only when another control than the one that charges confirms it. */
export interface AmountQuestion {
  /** `burst`: it came as a scanner sends a code. `unusual`: it is far beyond what the shop takes. */
  readonly why: "burst" | "unusual";
  readonly amount: Money;
  /** What the shop usually takes; null when it has not sold yet, or when that is not the reason. */
  readonly usual: Money | null;
  readonly confirmed: () => Promise<void>;
}

export interface Callbacks {
  /** False while the journal cannot record a sale. */
  canRecord(): boolean;
  /** Asks for a confirmation of an amount that may be a slip. */
  confirm(question: AmountQuestion): void;
  /** True when the cashier is asked for a tip first. */
  askForTip(): boolean;
  /** Asks for a tender besides crypto. */
  askForTender(tender: HandTender, amount: Money, take: TenderQuestion["take"]): void;
  /** The sale was created a moment ago, by this window. */
  charged(sale: SaleView): void;
  /** Resolves when the sale's screen can be drawn completely. */
  screenReady(sale: SaleView): Promise<void>;
  /** The sale may be put in front: the pad is free again. */
  show(sale: SaleView): void;
}

export class Charging {
  /** A charge is running. */
  busy = $state(false);
  /** A charge has been running for so long that the screen says so. */
  slow = $state(false);
  /** The number of the sale that is about to be in front, so that no list shows it as well. */
  expected = $state<number | null>(null);

  #ipc: Ipc;
  #draft: SaleDraft;
  #errors: Errors;
  #callbacks: Callbacks;
  /** Shows the sale of the running charge, once Rust reports it. */
  #showExpected: ((sale: SaleView) => void) | null = null;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  #last: { number: number; draft: DraftSnapshot } | null = null;
  /** What the amount is paid by, until the question for a tip is answered. */
  #chosen: TenderChoice = CRYPTO;

  constructor(ipc: Ipc, draft: SaleDraft, errors: Errors, callbacks: Callbacks) {
    this.#ipc = ipc;
    this.#draft = draft;
    this.#errors = errors;
    this.#callbacks = callbacks;
  }

  /** A second tap does nothing while the first is running. */
  get ready(): boolean {
    return !this.busy && this.#callbacks.canRecord();
  }

  /** Whether the Charge button is enabled. It stays enabled during a charge that is answered at once. */
  get buttonEnabled(): boolean {
    return !this.slow && this.#callbacks.canRecord() && this.#draft.total_minor > 0;
  }

  /** Charges the draft, or asks for a tip first where the shop wants that. `chosen`: what it is paid by. */
  async charge(chosen: TenderChoice = CRYPTO): Promise<void> {
    if (!this.#mayCharge) return;
    this.#chosen = chosen;
    if (this.#draft.cameInBurst) {
      const { total_minor: minor, currency } = this.#draft;
      const amount = { minor, currency };
      const confirmed = () => this.#askForTipAndCharge(true);
      this.#callbacks.confirm({ why: "burst", amount, usual: null, confirmed });
    } else {
      await this.#askForTipAndCharge(false);
    }
  }

  async #askForTipAndCharge(confirmed: boolean): Promise<void> {
    if (this.#mayCharge && !this.#callbacks.askForTip()) await this.#chargeBy(0, confirmed);
  }

  /** By a tender besides crypto, the cashier is asked how much of it comes. */
  async #chargeBy(tip_minor: number, confirmed: boolean): Promise<void> {
    const chosen = this.#chosen;
    if (!isByHand(chosen)) return this.#chargeDraft(tip_minor, confirmed);
    const { total_minor, currency } = this.#draft;
    const tap = newUuid();
    this.#callbacks.askForTender(
      chosen,
      { minor: total_minor + tip_minor, currency },
      async (tender) => {
        if (this.#mayCharge) await this.#chargeDraft(tip_minor, confirmed, tap, tender);
      },
    );
  }

  /** Charges the digits on the pad as whole units. */
  async chargeWhole(): Promise<void> {
    const { wholeUnits } = this.#draft;
    if (wholeUnits === null || !this.#mayCharge) return;
    this.#draft.entry = wholeUnits;
    await this.charge();
  }

  /** Charges the draft with the tip that the customer chose; 0 is a choice too. */
  async chargeWithTip(tip_minor: number): Promise<void> {
    if (this.#mayCharge) await this.#chargeBy(tip_minor, false);
  }

  /** Charges a fixed offer of a self-service till. `tender`: what staff have taken for it. */
  async chargeOffer(offer: FixedOffer, tap = newUuid(), tender?: NewTender): Promise<void> {
    if (!this.ready) return;
    const { name: note } = offer;
    const amount = writtenAmount(offer.amount, offer.currency);
    const show = (sale: SaleView) => {
      this.#finish();
      this.#callbacks.show(sale);
    };
    const basket = basketOf([], null, 0);
    const language = chosenByCustomers();
    // The shop has set this amount.
    await this.#send(
      {
        amount,
        note,
        basket,
        carts: [],
        confirmed: true,
        tap,
        ...(tender && { tender }),
        ...(language && { language }),
      },
      show,
      () => this.chargeOffer(offer, tap, tender),
      () => this.chargeOffer(offer, tap, tender),
    );
  }

  get #mayCharge(): boolean {
    return this.ready && this.#draft.total_minor > 0;
  }

  /** A retry uses the same tap: if the first request did get through, there is still only one sale. */
  async #chargeDraft(
    tip_minor: number,
    confirmed = false,
    tap = newUuid(),
    tender?: NewTender,
  ): Promise<void> {
    const draft = this.#draft.snapshot;
    const { entry, currency } = draft;
    const carts = [...this.#draft.carts];
    const note = draft.note.trim();
    let shown = false;
    const show = (sale: SaleView) => {
      if (shown) return;
      shown = true;
      this.#finish();
      this.#last = { number: sale.number, draft };
      // What was charged must not stay on the pad, where it could be charged again.
      if (this.#draft.entry === entry) this.#draft.clear();
      this.#callbacks.show(sale);
    };
    this.#showExpected = show;
    await this.#send(
      {
        amount: { minor: totalMinor(entry) + tip_minor, currency },
        note: note === "" ? null : note,
        basket: basketOf(linesOf(entry), entry.discount, tip_minor, carts.length > 0),
        carts,
        confirmed,
        tap,
        ...(tender && { tender }),
      },
      show,
      () => this.#chargeDraft(tip_minor, confirmed, tap, tender),
      () => this.#chargeDraft(tip_minor, true, tap, tender),
    );
  }

  async #send(
    charge: Charge,
    show: (sale: SaleView) => void,
    retry: () => Promise<void>,
    chargeConfirmed: () => Promise<void>,
  ): Promise<void> {
    this.busy = true;
    this.#slowTimer = setTimeout(() => (this.slow = true), SLOW_AFTER_MS);
    try {
      const sale = await this.#ipc.charge(charge);
      this.#callbacks.charged(sale);
      await this.#callbacks.screenReady(sale);
      show(sale);
    } catch (reason) {
      this.#finish();
      const fault = asFault(reason);
      if (fault.code === "amount_unusual") this.#askAbout(charge, fault, chargeConfirmed);
      else this.#errors.fail(fault, retry);
    }
  }

  /** Rust has refused an amount that is far beyond the usual. */
  #askAbout({ amount }: Charge, { detail }: Fault, confirmed: () => Promise<void>): void {
    const written = (detail as Partial<Record<string, string>>)["usual"];
    const usual = written === undefined ? null : writtenAmount(written, amount.currency);
    this.#callbacks.confirm({ why: "unusual", amount, usual, confirmed });
  }

  #finish(): void {
    clearTimeout(this.#slowTimer);
    this.busy = false;
    this.slow = false;
    this.expected = null;
    this.#showExpected = null;
  }

  /** An unknown sale is being requested. During a charge it is the sale of that charge. */
  saleRequested(sale: SaleView): void {
    const show = this.#showExpected;
    if (show === null) return;
    this.expected = sale.number;
    setTimeout(() => show(sale), REQUEST_SHOWN_AFTER_MS);
  }

  /** The draft of the last sale, given back when the gateway refuses that sale. */
  draftFor(number: number): DraftSnapshot | null {
    return this.#last?.number === number ? this.#last.draft : null;
  }
}
