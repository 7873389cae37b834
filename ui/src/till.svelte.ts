// What the screen shows, drawn from what the till says. Nothing here is kept for good: the sales
// stand in the journal, and a reload of the window asks for everything again.
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Currency } from "./bindings/Currency";
import type { CustomerAct } from "./bindings/CustomerAct";
import type { EntryStyle } from "./bindings/EntryStyle";
import type { FixedOffer } from "./bindings/FixedOffer";
import type { Fault } from "./bindings/Fault";
import type { Item } from "./bindings/Item";
import type { JournalState } from "./bindings/JournalState";
import type { KeyStatus } from "./bindings/KeyStatus";
import type { Mode } from "./bindings/Mode";
import type { NetworkState } from "./bindings/NetworkState";
import type { SaleView } from "./bindings/SaleView";
import type { Settings } from "./bindings/Settings";
import type { Start } from "./bindings/Start";
import { basketOf } from "./basket";
import { Backups } from "./backups.svelte";
import { Book } from "./book.svelte";
import { Corrections } from "./corrections.svelte";
import { Day } from "./day.svelte";
import type { Dialog } from "./dialogs/dialog";
import type { Section } from "./draft";
import { asFault, type Ipc } from "./ipc";
import { Items } from "./items.svelte";
import { speak, tellTimeIn } from "./language.svelte";
import type { Lesson } from "./lesson";
import { behindLock, Lock } from "./lock.svelte";
import {
  decimalText,
  emptyEntry,
  entryStyle,
  inStyle,
  linesOf,
  totalMinor,
  withItem,
  type Entry,
} from "./pad";
import { Receipts } from "./receipts.svelte";
import { Remembered } from "./remembered";
import { play, type Sound } from "./sound";
import { CHARGED, mustRepeat, soundOf } from "./sound-rule";
import { newTap } from "./tap";
import { TipAsked } from "./tip.svelte";
import { wearLooks } from "./theme/wear";

export type Screen =
  "starting" | "fault" | "setup" | "pad" | "payment" | "sales" | "day" | "settings";

/** An error on the screen, until the cashier has read it. */
export interface ShownError {
  readonly id: number;
  readonly fault: Fault;
  /** What "Try again" does, where that makes sense. */
  readonly again: (() => Promise<void>) | null;
}

/** `late`: after it was over. `twice`: two invoices of one sale. */
export type AlarmKind = "paid" | "late" | "twice";

/** A payment that nobody has seen yet. It stands in the journal, so it outlives the window. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly sale: SaleView;
}

/** What is being done for a sale right now: its buttons are busy meanwhile. */
export type Doing = "stopping" | "retrying" | "checking" | "acting";

/** A gateway that answers sooner needs no screen of its own for the asking: the QR is the next thing seen. */
export const REQUEST_SHOWN_AFTER_MS = 150;

export class Till {
  screen = $state<Screen>("starting");
  startFault = $state.raw<Fault | null>(null);

  mode = $state<Mode>("live");
  version = $state("");
  gateway = $state("");
  settings = $state.raw<Settings>(noSettings());
  key = $state<KeyStatus | null>(null);
  keyFault = $state.raw<Fault | null>(null);
  network = $state<NetworkState>("online");
  /** Failing: what cannot be written down cannot be sold. */
  journal = $state<JournalState>("serving");

  /** Every sale heard of since the window came up. */
  readonly sales = new SvelteMap<number, SaleView>();
  /** When the gateway last answered about a sale, Unix milliseconds. */
  readonly checked = new SvelteMap<number, number>();
  /** Sales that were over while nobody looked: kept in the strip until looked at. */
  readonly unseen = new SvelteSet<number>();
  readonly doing = new SvelteMap<number, Doing>();

  onScreen = $state<number | null>(null);
  errors = $state.raw<readonly ShownError[]>([]);
  /** The section of the settings in front. */
  section = $state<Section>("till");
  /** What lies over the screen and asks. */
  dialog = $state.raw<Dialog | null>(null);

  readonly book: Book;
  readonly day: Day;
  readonly corrections: Corrections;
  readonly receipts: Receipts;
  readonly backups: Backups;
  readonly lock: Lock;
  /** Who is at the till, when the shop names its cashiers. */
  cashier = $state<string | null>(null);
  /** Full screen and locked. */
  kiosk = $state(false);
  readonly items: Items;
  readonly tip: TipAsked;
  /** The first practice sale is shown how. */
  lesson = $state<Lesson>("off");

  entry = $state.raw<Entry>(emptyEntry("cents-first"));
  currency = $state<Currency>("EUR");
  note = $state("");
  /** A scanner read this, and no item bears it. */
  unknownCode = $state<string | null>(null);
  /** From the tap on Charge until the till knows the sale. */
  charging = $state(false);

  #ipc: Ipc;
  #remembered: Remembered;
  #system = "";
  #errorCount = 0;
  /** What was typed for the sale on screen: given back when the gateway refuses it. */
  #typed: { number: number; entry: Entry; note: string; currency: Currency } | null = null;
  #hearing: Promise<void> | null = null;
  /** A charge is under way and its sale has not been heard of yet. */
  #expecting: ((sale: SaleView) => void) | null = null;

  constructor(ipc: Ipc, remembered: Remembered = new Remembered()) {
    this.lock = new Lock(ipc);
    ipc = behindLock(ipc, this.lock);
    this.#ipc = ipc;
    this.#remembered = remembered;
    const heard = (sale: SaleView) => this.#heard(sale);
    const fail = (fault: Fault, again: ShownError["again"] = null) => this.fail(fault, again);
    this.book = new Book(ipc);
    this.day = new Day(ipc, fail);
    this.corrections = new Corrections(ipc, { heard, fail });
    this.receipts = new Receipts(ipc, { heard, fail });
    this.backups = new Backups(ipc, fail);
    this.items = new Items(ipc, fail);
    this.tip = new TipAsked(ipc);
    speak(null, "");
  }

  get sale(): SaleView | null {
    return this.onScreen === null ? null : (this.sales.get(this.onScreen) ?? null);
  }

  /** What the strip shows: open sales and those that ended unseen, without the one on screen. */
  get strip(): SaleView[] {
    return [...this.sales.values()]
      .filter((sale) => sale.open || this.unseen.has(sale.number))
      .filter((sale) => !(this.screen === "payment" && sale.number === this.onScreen))
      .sort((a, b) => a.number - b.number);
  }

  /** Money that nobody has seen, oldest first. The sale in front speaks for itself unless its payment was out of order. */
  get alarms(): Alarm[] {
    return [...this.sales.values()]
      .filter((sale) => sale.unseen)
      .map((sale): Alarm => ({
        kind: sale.paid_twice ? "twice" : sale.late ? "late" : "paid",
        sale,
      }))
      .filter(({ kind, sale }) => kind !== "paid" || !this.#inFront(sale))
      .sort((a, b) => (a.sale.paid_at_unix_ms ?? 0) - (b.sale.paid_at_unix_ms ?? 0));
  }

  #inFront(sale: SaleView): boolean {
    return this.screen === "payment" && this.onScreen === sale.number;
  }

  /** Alarms that ring until somebody has been there, by name; empty: none. What strangers cannot put away is not rung at them. */
  get ringing(): string {
    if (this.strangers) return "";
    const calling = this.alarms.filter(({ kind }) => mustRepeat(kind));
    return calling.map(({ kind, sale }) => `${kind} ${sale.number}`).join();
  }

  /** The alarm once more. */
  ring(): void {
    this.#play("alarm");
  }

  #play(sound: Sound): void {
    play(sound, this.settings.looks);
  }

  /** Whose money it is: practice on every screen, test while a test sale is in front. */
  get badge(): "live" | "test" | "practice" {
    if (this.mode === "practice") return "practice";
    return this.screen === "payment" && this.sale?.test ? "test" : "live";
  }

  get style(): EntryStyle {
    return entryStyle(this.settings.entry_style, this.currency);
  }

  get total(): number {
    return totalMinor(this.entry);
  }

  // ---- coming up

  /** Asks the till for everything. Also how to try again after it could not be opened. */
  async open(): Promise<void> {
    this.screen = "starting";
    this.startFault = null;
    try {
      // Listen first: what changes while `start` is answered must not be missed.
      this.#hearing ??= this.#ipc.hear({
        saleChanged: (sale) => this.#heard(sale),
        networkChanged: (network) => (this.network = network),
        checked: ({ number, checked_at_unix_ms }) => this.checked.set(number, checked_at_unix_ms),
        journalChanged: (journal) => {
          if (journal === "failing" && this.journal !== "failing") this.#play("error");
          this.journal = journal;
        },
        exportProgress: (progress) => this.day.heardOfExport(progress),
        backupChanged: (state) => this.backups.heard(state),
        tipChosen: (chosen) => this.tip.heard(chosen),
        fault: (fault) => this.fail(fault),
      });
      await this.#hearing;
      await this.#begin(await this.#ipc.start());
    } catch (reason) {
      this.startFault = asFault(reason);
      this.screen = "fault";
    }
  }

  // ---- a journal that cannot be opened

  restoreOffer() {
    return this.#ipc.restoreOffer();
  }

  chooseRestoreFile() {
    return this.#ipc.chooseRestoreFile();
  }

  /** Puts the copy that was shown in the journal's place; the till opens with it. */
  async restore(head: string): Promise<void> {
    await this.#begin(await this.#ipc.restoreFromOffer(head));
  }

  async #begin(start: Start): Promise<void> {
    // Practice has its own journal: the same numbers are other sales there.
    if (this.mode !== start.mode) this.#forgetSales();
    this.mode = start.mode;
    this.version = start.version;
    this.gateway = start.gateway;
    this.settings = start.settings;
    this.key = start.key;
    this.keyFault = start.key_fault;
    this.network = start.network;
    this.backups.heard(start.backup);
    this.lock.heard(start.lock);
    this.cashier = start.cashier;
    this.kiosk = start.kiosk;
    this.items.heard(start.items);
    this.journal = start.journal;
    this.#system = start.system_language;
    this.startFault = null;
    speak(start.settings.language, start.system_language);
    tellTimeIn(start.settings.zone);
    wearLooks(start.settings.looks);
    this.dialog = null;

    this.#remembered.journal(start.mode);
    for (const sale of [...start.open_sales, ...start.unseen_sales]) this.#heard(sale);
    for (const { number, checked_at_unix_ms } of start.checked) {
      this.checked.set(number, checked_at_unix_ms);
    }
    this.lesson = start.first_sale ? "on" : "off";
    this.#freshPad();
    this.onScreen = null;
    await this.#recall();
  }

  #forgetSales(): void {
    this.sales.clear();
    this.checked.clear();
    this.unseen.clear();
    this.book.forget();
    this.day.forget();
    this.receipts.forget();
  }

  /** After a reload the screen is where the sale is. */
  async #recall(): Promise<void> {
    const front = this.#remembered.onScreen();
    if (front !== null && !this.sales.has(front)) {
      try {
        this.sales.set(front, await this.#ipc.sale(front));
      } catch {
        // Another journal: there is no such sale to come back to.
      }
    }
    if (front !== null && this.sales.has(front)) {
      this.show(front);
    } else {
      this.#lookAt(null);
      this.screen = this.needsKey ? "setup" : "pad";
    }
  }

  get needsKey(): boolean {
    return this.mode === "live" && this.key !== "stored";
  }

  // ---- going from screen to screen

  show(number: number): void {
    this.dialog = null;
    this.#lookAt(number);
    this.unseen.delete(number);
    this.screen = "payment";
  }

  /** What is in front: remembered over a reload, and told to the till, which asks about it fastest. */
  #lookAt(number: number | null): void {
    this.onScreen = number;
    this.#remembered.setOnScreen(number);
    // A till that does not hear it asks a little slower: nothing the cashier could do about.
    this.#ipc.lookAt(number).catch(() => undefined);
  }

  /** A cleared pad; the sale on screen goes on without being looked at. */
  next(): void {
    this.#freshPad();
    this.toPad();
  }

  /** Back from a refused sale: what was typed is there to be mended. */
  giveBack(): void {
    const typed = this.#typed;
    if (typed !== null && typed.number === this.onScreen && this.sale?.state === "refused") {
      this.currency = typed.currency;
      this.entry = typed.entry;
      this.note = typed.note;
      this.toPad();
    } else {
      this.next();
    }
  }

  /** From a sale that is in front: the next customer's turn. From elsewhere the sale stays before its own. */
  toPad(): void {
    if (this.screen === "payment") this.#ipc.nextCustomer().catch(() => undefined);
    this.#leaveSale(this.needsKey ? "setup" : "pad");
  }

  toSettings(section: Section = "till"): void {
    void this.lock.through(() => {
      this.section = section;
      this.#leaveSale("settings");
    });
  }

  /** The sales book, from its first page. */
  toSales(): void {
    this.book.close();
    this.#leaveSale("sales");
    void this.book.load();
  }

  /** The page of one sale in the book. */
  openInBook(number: number): void {
    this.#leaveSale("sales");
    void this.book.open(number);
  }

  toDay(): void {
    this.#leaveSale("day");
  }

  #leaveSale(screen: Screen): void {
    this.dialog = null;
    this.#lookAt(null);
    this.screen = screen;
  }

  // ---- the pad

  setCurrency(currency: Currency): void {
    this.currency = currency;
    this.entry = inStyle(this.entry, this.style);
  }

  #freshPad(): void {
    this.currency = this.settings.currency;
    this.entry = emptyEntry(this.style);
    this.note = "";
    this.unknownCode = null;
  }

  /** One more of an item, in the cart. */
  add(item: Item): void {
    if (this.charging) return;
    this.unknownCode = null;
    this.entry = withItem(this.entry, item);
  }

  /** What a scanner read: an item, or a quiet word that there is none. Never an amount. */
  scanned(code: string): void {
    const item = this.items.withCode(code, this.currency);
    if (item !== null) this.add(item);
    else this.unknownCode = code;
  }

  /** One tap: one sale; or, where the shop asks for tips, one tap more. A second tap while the first is under way does nothing. */
  async charge(): Promise<void> {
    if (!this.#mayCharge()) return;
    if (this.settings.tips.ask) this.dialog = { kind: "tip" };
    else await this.#charge(newTap(), 0);
  }

  /** The customer has chosen; a tip of nothing is a choice. */
  async chargeWith(tip_minor: number): Promise<void> {
    if (!this.#mayCharge()) return;
    this.dialog = null;
    await this.#charge(newTap(), tip_minor);
  }

  #mayCharge(): boolean {
    return !this.charging && this.total > 0 && this.journal !== "failing";
  }

  async #charge(tap: string, tip_minor: number): Promise<void> {
    const { entry, currency, note } = this;
    let known: number | null = null;
    const meet = (sale: SaleView) => {
      if (known !== null) return;
      known = sale.number;
      this.charging = false;
      this.#expecting = null;
      this.#typed = { number: sale.number, entry, note, currency };
      // What was charged must not stand on the pad to be charged once more.
      if (this.entry === entry) this.#freshPad();
      // The cashier may be in the settings by now: the sale is in the strip then.
      if (this.screen === "pad") this.show(sale.number);
    };
    this.charging = true;
    this.#expecting = meet;
    try {
      const sale = await this.#ipc.charge({
        amount: decimalText(totalMinor(entry) + tip_minor),
        currency,
        note: note.trim() === "" ? null : note.trim(),
        basket: basketOf(linesOf(entry), entry.discount, tip_minor),
        tap,
      });
      this.#heard(sale, CHARGED);
      meet(sale);
    } catch (reason) {
      this.charging = false;
      this.#expecting = null;
      // The same tap: if the first one did get through, this is still one sale.
      this.fail(asFault(reason), () => this.#charge(tap, tip_minor));
    }
  }

  /** Customers who serve themselves: the staff has not typed the PIN. */
  get strangers(): boolean {
    return this.settings.kiosk.self_service && this.lock.set && !this.lock.open;
  }

  /** A fixed amount of a self-service till. */
  async chargeOffer(offer: FixedOffer, tap: string = newTap()): Promise<void> {
    if (this.charging || this.journal === "failing") return;
    this.charging = true;
    try {
      const { name: note, amount, currency } = offer;
      const sale = await this.#ipc.charge({ amount, currency, note, basket: null, tap });
      this.#heard(sale, CHARGED);
      if (this.screen === "pad") this.show(sale.number);
    } catch (reason) {
      this.fail(asFault(reason), () => this.chargeOffer(offer, tap));
    } finally {
      this.charging = false;
    }
  }

  // ---- a sale

  stopWaiting(number: number): Promise<void> {
    return this.#do(number, "stopping", () => this.#ipc.stopWaiting(number));
  }

  /** An attempt in doubt is left as it is: nobody can pay it. */
  async giveUp(number: number): Promise<void> {
    await this.stopWaiting(number);
    if (this.sales.get(number)?.open === false && this.onScreen === number) this.next();
  }

  tryAgain(number: number): Promise<void> {
    return this.#do(number, "retrying", () => this.#ipc.tryAgain(number));
  }

  checkNow(number: number): Promise<void> {
    return this.#do(number, "checking", () => this.#ipc.checkNow(number));
  }

  async practiceAct(number: number, act: CustomerAct): Promise<void> {
    await this.#do(number, "acting", async () => {
      await this.#ipc.practiceAct(number, act);
      // The till would hear of it within seconds by itself; in practice nobody wants to wait.
      return this.#ipc.checkNow(number);
    });
  }

  async #do(number: number, what: Doing, work: () => Promise<SaleView>): Promise<void> {
    if (this.doing.has(number)) return;
    this.doing.set(number, what);
    try {
      this.#heard(await work());
    } catch (reason) {
      const again = what === "acting" ? null : () => this.#do(number, what, work);
      this.fail(asFault(reason), again);
    } finally {
      this.doing.delete(number);
    }
  }

  qr(number: number) {
    return this.#ipc.qr(number);
  }

  /** `otherwise`: what the sale was when it is heard of for the first time. */
  #heard(sale: SaleView, otherwise?: typeof CHARGED): void {
    const before = this.sales.get(sale.number);
    // An answer to a command may come after the event of what happened since.
    if (before !== undefined && before.revision > sale.revision) return;
    this.sales.set(sale.number, sale);
    if (this.lesson === "on" && sale.state === "paid") this.lesson = "learned";
    this.book.heard(sale);
    this.day.heard();
    if (before === undefined && sale.state === "requesting") {
      const meet = this.#expecting;
      setTimeout(() => meet?.(sale), REQUEST_SHOWN_AFTER_MS);
    }

    const sound = soundOf(before ?? otherwise, sale);
    if (sound !== null) this.#play(sound);
    if (!this.#inFront(sale) && before?.open === true && sale.state === "ended") {
      this.unseen.add(sale.number);
    }
  }

  // ---- what must be read

  /** Somebody saw that this sale is paid: written down, so that it rings no more on any screen. */
  async seen(number: number): Promise<void> {
    try {
      this.#heard(await this.#ipc.paymentSeen(number));
    } catch (reason) {
      this.fail(asFault(reason), () => this.seen(number));
    }
  }

  /** The cashier puts the paid screen away. A second payment of the sale has an alarm of its own. */
  done(sale: SaleView): void {
    this.next();
    if (sale.unseen && !sale.paid_twice) void this.seen(sale.number);
  }

  fail(fault: Fault, again: ShownError["again"] = null): void {
    // The PIN was asked for, and whoever stood there went back: they know.
    if (fault.code === "pin_needed") return;
    if (this.errors.some((shown) => shown.fault.code === fault.code)) return;
    this.#play("error");
    this.#errorCount += 1;
    this.errors = [...this.errors, { id: this.#errorCount, fault, again }];
  }

  dismissError(id: number): void {
    this.errors = this.errors.filter((shown) => shown.id !== id);
  }

  // ---- who may

  /** Locked at once, with the pad in front. */
  async lockNow(): Promise<void> {
    if (this.screen !== "payment" && this.screen !== "pad") this.toPad();
    await this.lock.lockNow();
  }

  /** The staff of a self-service till: everything is theirs once the PIN is typed. */
  staff(): Promise<void> {
    return this.lock.through(() => this.toPad());
  }

  /** Nobody has touched anything for a while: the pad, and locked. */
  rest(): void {
    const { sale } = this;
    if (sale?.state === "paid" && this.strangers && this.screen === "payment") this.done(sale);
    else if (this.screen !== "pad" && this.screen !== "setup" && this.screen !== "starting")
      this.next();
    this.dialog = null;
    if (this.strangers) this.errors = [];
    if (this.lock.asking || this.lock.open) void this.lock.lockNow();
  }

  async setPin(pin: string | null): Promise<boolean> {
    return this.#may(async () => {
      this.lock.heard(await (pin === null ? this.#ipc.clearPin() : this.#ipc.setPin(pin)));
    });
  }

  async signOn(name: string | null): Promise<boolean> {
    return this.#may(async () => {
      this.cashier = await this.#ipc.signOn(name);
    });
  }

  enterKiosk(): Promise<boolean> {
    return this.#may(async () => {
      await this.#ipc.enterKiosk();
      this.kiosk = true;
    });
  }

  leaveKiosk(): Promise<boolean> {
    return this.#may(async () => {
      await this.#ipc.leaveKiosk();
      this.kiosk = false;
    });
  }

  quit(): Promise<boolean> {
    return this.#may(() => this.#ipc.quit());
  }

  async #may(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (reason) {
      this.fail(asFault(reason));
      return false;
    }
  }

  // ---- settings

  async saveSettings(settings: Settings): Promise<boolean> {
    try {
      this.settings = await this.#ipc.saveSettings(settings);
    } catch (reason) {
      this.fail(asFault(reason));
      return false;
    }
    if (this.cashier !== null && !this.settings.cashiers.includes(this.cashier))
      this.cashier = null;
    speak(this.settings.language, this.#system);
    tellTimeIn(this.settings.zone);
    wearLooks(this.settings.looks);
    // What is half typed keeps its amount; an empty pad takes the new currency.
    if (this.total === 0) this.currency = this.settings.currency;
    this.entry = inStyle(this.entry, this.style);
    return true;
  }

  async setKey(key: string): Promise<boolean> {
    return this.#key(() => this.#ipc.setKey(key));
  }

  async clearKey(): Promise<boolean> {
    return this.#key(() => this.#ipc.clearKey());
  }

  async askKey(): Promise<boolean> {
    return this.#key(() => this.#ipc.keyStatus());
  }

  async #key(work: () => Promise<KeyStatus>): Promise<boolean> {
    try {
      this.key = await work();
      this.keyFault = null;
    } catch (reason) {
      this.fail(asFault(reason));
      return false;
    }
    if (this.screen === "setup" && !this.needsKey) this.screen = "pad";
    return true;
  }

  async switchMode(mode: Mode): Promise<boolean> {
    return this.#may(async () => this.#begin(await this.#ipc.switchMode(mode)));
  }

  /** Every practice sale is forgotten, and the first one is shown how again. */
  async resetPractice(): Promise<boolean> {
    return this.#may(async () => {
      const start = await this.#ipc.resetPractice();
      this.#forgetSales();
      this.#remembered.setOnScreen(null);
      await this.#begin(start);
    });
  }
}

function noSettings(): Settings {
  return {
    currency: "EUR",
    lifetime_minutes: 15,
    language: null,
    entry_style: null,
    description: null,
    webhook: null,
    redirect_url: null,
    calls_per_minute: 30,
    zone: null,
    shop: { name: null, address: null, tax_id: null, footer: null },
    tax_rates: [],
    default_tax: null,
    printing: { printer: null, paper: "80", auto_print: false, drawer: false },
    tips: { ask: false, percents: [], round_up: false },
    discounts: { offered: false, percents: [] },
    backup_folder: null,
    cashiers: [],
    customer_display: "off",
    kiosk: {
      at_start: false,
      autostart: false,
      return_after_s: 60,
      self_service: false,
      offers: [],
    },
    looks: {
      theme: "system",
      scale_percent: 100,
      sounds: true,
      volume_percent: 70,
      paid_returns_after_s: null,
    },
  };
}
