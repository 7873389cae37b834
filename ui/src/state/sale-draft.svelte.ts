// The next sale while the cashier types it: the amount or the cart, the currency, a note. Nothing is sent before
// the tap on Charge.
import type { Currency } from "../bindings/Currency";
import type { EntryStyle } from "../bindings/EntryStyle";
import type { Item } from "../bindings/Item";
import type { Limits } from "../bindings/Limits";
import { decimal, t } from "../language.svelte";
import {
  emptyEntry,
  entryStyle,
  inStyle,
  totalMinor,
  wholeUnits,
  withItem,
  type Entry,
} from "../pad";
import { findItem, weighedItem, withoutAim, type FoundItem } from "../scan/codes";
import type { Items } from "./items.svelte";
import type { SettingsStore } from "./settings-store.svelte";

export interface DraftSnapshot {
  readonly entry: Entry;
  readonly currency: Currency;
  readonly note: string;
}

export class SaleDraft {
  entry = $state.raw<Entry>(emptyEntry("cents-first"));
  currency = $state<Currency>("EUR");
  note = $state("");
  /** The barcode that was scanned last, when no item has it. */
  unknownCode = $state<string | null>(null);

  /** What the pad held when it was last filled by a burst of keys, which may have been a scanner's. */
  #burst: Entry | null = null;
  #limits = $state.raw<readonly Limits[]>([]);
  #settings: SettingsStore;
  #items: Items;
  #isCharging: () => boolean;

  constructor(settings: SettingsStore, items: Items, isCharging: () => boolean) {
    this.#settings = settings;
    this.#items = items;
    this.#isCharging = isCharging;
  }

  get style(): EntryStyle {
    return entryStyle(this.#settings.current.entry_style, this.currency);
  }

  /** The amount without a tip. */
  get total_minor(): number {
    return totalMinor(this.entry);
  }

  /** The same digits as whole units, when as cents they are less than the gateway accepts. */
  get wholeUnits(): Entry | null {
    const limits = this.#limits.find(({ currency }) => currency === this.currency);
    return limits === undefined ? null : wholeUnits(this.entry, limits.minimum.minor);
  }

  /** The amount came in a burst of keys, and nothing has been changed since. */
  get cameInBurst(): boolean {
    return this.entry === this.#burst;
  }

  markBurst(): void {
    if (this.total_minor > 0) this.#burst = this.entry;
  }

  get snapshot(): DraftSnapshot {
    return { entry: this.entry, currency: this.currency, note: this.note };
  }

  setLimits(limits: readonly Limits[]): void {
    this.#limits = limits;
  }

  clear(): void {
    this.currency = this.#settings.current.currency;
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

  /** A typed amount keeps its currency; an empty pad takes the shop's. */
  settingsChanged(): void {
    this.setCurrency(this.total_minor === 0 ? this.#settings.current.currency : this.currency);
  }

  /** Adds one of this item to the cart. */
  add(item: Item): void {
    if (this.#isCharging()) return;
    this.unknownCode = null;
    this.entry = withItem(this.entry, item);
  }

  /** A scanned barcode adds its item. It never becomes an amount. */
  scanned(code: string): void {
    const found = this.#find(code);
    const item = found === null ? null : soldItem(found);
    if (item !== null) this.add(item);
    else this.unknownCode = withoutAim(code);
  }

  /** Whether an item has this barcode. */
  knowsCode(code: string): boolean {
    return this.#find(code) !== null;
  }

  #find(code: string): FoundItem | null {
    const { scale_codes } = this.#settings.current.scanner;
    return findItem(code, this.#items.in(this.currency), scale_codes);
  }
}

/** What is sold of a found item: what the scale weighed, or one. Null when it would cost nothing. */
function soldItem({ item, scale }: FoundItem): Item | null {
  if (scale === null) return item;
  return weighedItem(item, scale, (name, grams) =>
    t("item-weighed", { name, kilograms: decimal((grams / 1000).toFixed(3)) }),
  );
}
