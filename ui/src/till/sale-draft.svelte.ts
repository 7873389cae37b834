// What the next sale will be, while it is typed: the amount or the cart, its currency, a note. It goes
// nowhere until Charge is tapped.
import type { Currency } from "../bindings/Currency";
import type { EntryStyle } from "../bindings/EntryStyle";
import type { Item } from "../bindings/Item";
import type { Limits } from "../bindings/Limits";
import type { Settings } from "../bindings/Settings";
import type { Items } from "./items.svelte";
import { minorOf } from "../money";
import {
  emptyEntry,
  entryStyle,
  inStyle,
  totalMinor,
  wholeUnits,
  withItem,
  type Entry,
} from "../pad";

/** All that was typed for one sale. */
export interface DraftSnapshot {
  readonly entry: Entry;
  readonly currency: Currency;
  readonly note: string;
}

export class SaleDraft {
  entry = $state.raw<Entry>(emptyEntry("cents-first"));
  currency = $state<Currency>("EUR");
  note = $state("");
  /** A scanner read this, and no item bears it. */
  unknownCode = $state<string | null>(null);

  #limits = $state.raw<readonly Limits[]>([]);
  #settings: () => Settings;
  #items: Items;
  #held: () => boolean;

  /** `held`: it is being charged, and takes nothing more. */
  constructor(settings: () => Settings, items: Items, held: () => boolean) {
    this.#settings = settings;
    this.#items = items;
    this.#held = held;
  }

  get style(): EntryStyle {
    return entryStyle(this.#settings().entry_style, this.currency);
  }

  /** What is to be paid, without a tip; minor units. */
  get total(): number {
    return totalMinor(this.entry);
  }

  /** The same digits as whole units, where as cents they are less than the gateway takes. */
  get whole(): Entry | null {
    const limits = this.#limits.find(({ currency }) => currency === this.currency);
    return limits === undefined ? null : wholeUnits(this.entry, minorOf(limits.minimum));
  }

  get snapshot(): DraftSnapshot {
    return { entry: this.entry, currency: this.currency, note: this.note };
  }

  setLimits(limits: readonly Limits[]): void {
    this.#limits = limits;
  }

  clear(): void {
    this.currency = this.#settings().currency;
    this.entry = emptyEntry(this.style);
    this.note = "";
    this.unknownCode = null;
  }

  restore({ entry, currency, note }: DraftSnapshot): void {
    this.currency = currency;
    this.entry = entry;
    this.note = note;
  }

  setCurrency(currency: Currency): void {
    this.currency = currency;
    this.entry = inStyle(this.entry, this.style);
  }

  /** What is half typed keeps its amount; an empty pad takes the shop's currency. */
  settingsChanged(): void {
    this.setCurrency(this.total === 0 ? this.#settings().currency : this.currency);
  }

  /** One more of an item, in the cart. */
  add(item: Item): void {
    if (this.#held()) return;
    this.unknownCode = null;
    this.entry = withItem(this.entry, item);
  }

  /** What a scanner read: an item, or a quiet word that there is none. Never an amount. */
  scanned(code: string): void {
    const item = this.#items.withCode(code, this.currency);
    if (item !== null) this.add(item);
    else this.unknownCode = code;
  }
}
