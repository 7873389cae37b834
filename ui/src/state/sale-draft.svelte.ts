// The next sale while the cashier types it: the amount or the cart, the currency, a note. Nothing is sent before
// the tap on Charge.
import type { CartLine } from "../basket";
import type { Currency } from "../bindings/Currency";
import type { EntryStyle } from "../bindings/EntryStyle";
import type { Item } from "../bindings/Item";
import type { Limits } from "../bindings/Limits";
import type { Money } from "../bindings/Money";
import type { TakenUpCart } from "../bindings/TakenUpCart";
import {
  emptyEntry,
  entryStyle,
  inStyle,
  linesOf,
  totalMinor,
  wholeUnits,
  withGoods,
  withHeld,
  type Entry,
} from "../pad";
import type { Goods } from "../basket";
import { findItem, weighedGoods, withoutAim, type FoundItem } from "../scan/codes";
import type { Items } from "./items.svelte";
import type { SettingsStore } from "./settings-store.svelte";

export interface DraftSnapshot {
  readonly entry: Entry;
  readonly currency: Currency;
  readonly note: string;
}

export class SaleDraft {
  currency = $state<Currency>("EUR");
  note = $state("");
  /** The barcode that was scanned last, when no item has it. */
  unknownCode = $state<string | null>(null);
  /** The name of what was scanned last, when it is marked as sold out. */
  soldOut = $state<string | null>(null);
  /** What is looked for among the items. */
  search = $state("");

  #entry = $state.raw<Entry>(emptyEntry("cents-first"));
  /** The held carts that are on the pad, and what was there before the first of them. */
  #taken = $state.raw<{ readonly carts: readonly TakenUpCart[]; readonly before: Entry } | null>(
    null,
  );
  /** What the pad held when it was last filled by a burst of keys, which may have been a scanner's. */
  #burst: Entry | null = null;
  #limits = $state.raw<readonly Limits[]>([]);
  #settings: SettingsStore;
  #items: Items;
  #isCharging: () => boolean;
  #ask: (item: Item) => void;

  /** `ask` asks the cashier what is not known of an item: options, a price, a weight, whether it is there at all. */
  constructor(
    settings: SettingsStore,
    items: Items,
    isCharging: () => boolean,
    ask: (item: Item) => void,
  ) {
    this.#settings = settings;
    this.#items = items;
    this.#isCharging = isCharging;
    this.#ask = ask;
  }

  get entry(): Entry {
    return this.#entry;
  }

  set entry(entry: Entry) {
    this.#entry = entry;
    // What comes next on an empty pad is another customer's.
    if (linesOf(entry).length === 0) this.#taken = null;
  }

  /** The held carts that are on the pad. */
  get carts(): readonly string[] {
    return this.#taken?.carts.map(({ cart }) => cart) ?? [];
  }

  /** Their names; the first is that of a cart in which they are held again. */
  get cartLabels(): readonly string[] {
    return this.#taken?.carts.map(({ label }) => label) ?? [];
  }

  /** Puts a held cart on the pad, beside what is there. */
  takeUp(cart: TakenUpCart, lines: readonly CartLine[]): void {
    const before = this.#taken?.before ?? this.#entry;
    const carts = [...(this.#taken?.carts ?? []), cart];
    if (linesOf(this.#entry).length === 0) this.setCurrency(cart.currency);
    const entry = withHeld(this.#entry, lines, cart.discount);
    // The pad can hold no more.
    if (entry === this.#entry) return;
    this.unknownCode = null;
    this.entry = entry;
    this.#taken = { carts, before };
  }

  /** Takes the held carts off the pad again, with all that was added to them. They stay held. */
  putBack(): void {
    if (this.#taken === null) return;
    const { before } = this.#taken;
    this.#taken = null;
    this.entry = inStyle(before, this.style);
  }

  get style(): EntryStyle {
    return entryStyle(this.#settings.current.entry_style, this.currency);
  }

  /** The amount without a tip. */
  get total_minor(): number {
    return totalMinor(this.entry);
  }

  /** How many lines there are, with the one being typed. */
  get lineCount(): number {
    return linesOf(this.entry).length;
  }

  /** The same digits as whole units, when as cents they are less than the gateway accepts. */
  get wholeUnits(): Entry | null {
    const minimum = this.cryptoMinimum(this.currency);
    return minimum === null ? null : wholeUnits(this.entry, minimum.minor);
  }

  /** The least that the gateway accepts. */
  cryptoMinimum(currency: Currency): Money | null {
    return this.#limits.find((limits) => limits.currency === currency)?.minimum ?? null;
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
    this.#taken = null;
    this.entry = emptyEntry(this.style);
    this.note = "";
    this.search = "";
    this.forgetNotices();
  }

  forgetNotices(): void {
    this.unknownCode = null;
    this.soldOut = null;
  }

  restore({ entry, currency, note }: DraftSnapshot): void {
    this.currency = currency;
    this.entry = entry;
    // The sale that was refused has their lines: they are held no more.
    this.#taken = null;
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

  /** Adds one of this item to the cart, or asks first for what has to be known. */
  add(item: Item): void {
    if (this.#isCharging()) return;
    if (item.sold_out || hasToBeAsked(item)) {
      this.forgetNotices();
      this.#ask(item);
    } else {
      this.addGoods({ item, unit_minor: item.price.minor });
    }
  }

  /** Adds one of what was asked for, weighed or scanned. */
  addGoods(goods: Goods): void {
    if (this.#isCharging()) return;
    this.forgetNotices();
    this.search = "";
    this.entry = withGoods(this.entry, goods);
  }

  /** A scanned barcode adds its item. It never becomes an amount. What is marked as sold out is in the customer's hand all
   * the same: it is added, and the pad says so. */
  scanned(code: string): void {
    const found = this.#find(code);
    const scaled = found?.scale ?? null;
    if (found === null) {
      this.forgetNotices();
      this.unknownCode = withoutAim(code);
    } else if (scaled === null && hasToBeAsked(found.item)) {
      this.add(found.item);
    } else {
      const { item } = found;
      const goods =
        scaled === null ? { item, unit_minor: item.price.minor } : weighedGoods(item, scaled);
      this.#addScanned(goods, code);
    }
  }

  #addScanned(goods: Goods | null, code: string): void {
    if (goods === null) {
      this.forgetNotices();
      this.unknownCode = withoutAim(code);
      return;
    }
    this.addGoods(goods);
    if (goods.item?.sold_out === true) this.soldOut = goods.item.name;
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

/** Whether the price of one is not known before somebody says more. */
function hasToBeAsked({ sold, options }: Item): boolean {
  return sold !== "each" || options.length > 0;
}
