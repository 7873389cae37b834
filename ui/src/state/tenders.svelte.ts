// The ways to pay besides crypto: which there are, asking for one, and taking it.
import type { Money } from "../bindings/Money";
import type { NewTender } from "../bindings/NewTender";
import type { Rest } from "../bindings/Rest";
import type { SaleView } from "../bindings/SaleView";
import type { TenderChoice } from "../bindings/TenderChoice";
import type { TenderOptions } from "../bindings/TenderOptions";
import type { Ipc } from "../ipc";
import { money, t } from "../language.svelte";
import { isByHand, type HandTender } from "../tenders";
import type { Fail } from "./errors.svelte";
import { OneAtATime } from "./one-at-a-time.svelte";
import type { SettingsStore } from "./settings-store.svelte";
import type { TillStatus } from "./till-status.svelte";

/** A tender that is about to be taken: how much of what, and what takes it. */
export interface TenderQuestion {
  readonly tender: HandTender;
  readonly options: TenderOptions;
  readonly take: (tender: NewTender) => Promise<unknown>;
}

/** Why an amount cannot be paid in crypto now. `blocked`: it never can. */
export interface CryptoTrouble {
  readonly text: string;
  readonly blocked: boolean;
}

export interface Callbacks {
  readonly fail: Fail;
  needsKey(): boolean;
  /** The least that can be paid in crypto; null while it is not known. */
  cryptoMinimum(currency: Money["currency"]): Money | null;
  ask(question: TenderQuestion): void;
  saleChanged(sale: SaleView): void;
  taken(sale: SaleView): void;
}

export class Tenders extends OneAtATime {
  #ipc: Ipc;
  #settings: SettingsStore;
  #status: TillStatus;
  #callbacks: Callbacks;

  constructor(ipc: Ipc, settings: SettingsStore, status: TillStatus, callbacks: Callbacks) {
    super(callbacks.fail);
    this.#ipc = ipc;
    this.#settings = settings;
    this.#status = status;
    this.#callbacks = callbacks;
  }

  /** What is switched on, in the order of the buttons. */
  get all(): readonly TenderChoice[] {
    return this.#settings.current.tenders;
  }

  /** Those that the cashier takes. */
  get byHand(): HandTender[] {
    return this.all.filter(isByHand);
  }

  /** Crypto alone is in use: the till then looks as if there were nothing else. */
  get cryptoAlone(): boolean {
    return this.byHand.length === 0;
  }

  cryptoTrouble(amount: Money): CryptoTrouble | null {
    const minimum = this.#callbacks.cryptoMinimum(amount.currency);
    const { network } = this.#status;
    if (minimum !== null && amount.minor > 0 && amount.minor < minimum.minor) {
      const text = t("tender-crypto-minimum", { minimum: money(minimum) });
      return { text, blocked: true };
    }
    if (this.#callbacks.needsKey()) return { text: t("tender-crypto-no-key"), blocked: false };
    if (network === "key-refused") return { text: t("tender-crypto-key"), blocked: false };
    return network === "online" ? null : { text: t("tender-crypto-waits"), blocked: false };
  }

  /** Asks how much of a tender comes for this amount. */
  ask(tender: HandTender, amount: Money, take: TenderQuestion["take"]): Promise<boolean> {
    return this.run(async () => {
      const options = await this.#ipc.tenderOptions(amount, null);
      this.#callbacks.ask({ tender, options, take });
    });
  }

  /** Asks for a tender of what is outstanding of a sale. */
  askForSale(tender: HandTender, sale: SaleView): Promise<boolean> {
    // What is sent twice is taken once.
    const tender_number = sale.tenders.length + 1;
    return this.ask(tender, sale.outstanding, (taken) =>
      this.run(async () => {
        const after = await this.#ipc.takeTender(sale.number, { ...taken, tender: tender_number });
        this.#callbacks.saleChanged(after);
        this.#callbacks.taken(after);
      }),
    );
  }

  /** What is left after a part; null when nothing is, or when it is not known. */
  async rest(outstanding: Money, part: Money): Promise<Rest | null> {
    try {
      return (await this.#ipc.tenderOptions(outstanding, part)).rest;
    } catch {
      return null;
    }
  }

  takeBack(number: number, tender: number, reason: string): Promise<boolean> {
    return this.run(async () => {
      this.#callbacks.saleChanged(await this.#ipc.takeBackTender(number, tender, reason));
    });
  }
}
