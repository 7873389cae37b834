// What the screen shows, drawn from what the till says. Nothing here is kept for good: the sales
// stand in the journal, and a reload of the window asks for everything again. Here is which screen is
// in front and how it got there; each of its parts has a file of its own.
import type { Fault } from "../bindings/Fault";
import type { JournalState } from "../bindings/JournalState";
import type { Mode } from "../bindings/Mode";
import type { NetworkState } from "../bindings/NetworkState";
import type { SaleView } from "../bindings/SaleView";
import type { Settings } from "../bindings/Settings";
import type { Start } from "../bindings/Start";
import { ApiKey } from "./api-key.svelte";
import { Backups } from "./backups.svelte";
import { Book } from "./book.svelte";
import { Charging } from "./charging.svelte";
import { Corrections } from "./corrections.svelte";
import { Day } from "./day.svelte";
import type { Dialog } from "../dialogs/dialog";
import type { Section } from "../draft";
import { Errors } from "./errors.svelte";
import { asFault, type Hearing, type Ipc } from "../ipc";
import { Items } from "./items.svelte";
import { speak, tellTimeIn } from "../language.svelte";
import type { Lesson } from "../lesson";
import { behindLock, Lock } from "./lock.svelte";
import { noSettings } from "./no-settings";
import { LANGUAGE_NAMES, languageFor } from "../messages";
import { Receipts } from "./receipts.svelte";
import { Remembered } from "./remembered";
import { Sales } from "./sales.svelte";
import type { Sound } from "../melody";
import { play } from "../sound";
import { CHARGED, mustRepeat, soundOf, type Heard } from "../sound-rule";
import { Staff } from "./staff.svelte";
import { TipAsked } from "./tip.svelte";
import { drawable, FIGURES } from "../theme/letters";
import { wearLooks } from "../theme/wear";
import { Typed } from "./typed.svelte";

export type Screen =
  "starting" | "fault" | "setup" | "pad" | "payment" | "sales" | "day" | "settings";

/** Longer than a start takes whose files are in memory. */
const SLOW_AFTER_MS = 200;

export class Till {
  screen = $state<Screen>("starting");
  /** The start takes so long that the screen tells it: painting that would hold up a pad that is about to come. */
  slow = $state(false);
  startFault = $state.raw<Fault | null>(null);

  mode = $state<Mode>("live");
  version = $state("");
  gateway = $state("");
  settings = $state.raw<Settings>(noSettings());
  network = $state<NetworkState>("online");
  /** Failing: what cannot be written down cannot be sold. */
  journal = $state<JournalState>("serving");

  /** The number of the sale in front. */
  onScreen = $state<number | null>(null);
  /** The section of the settings in front. */
  section = $state<Section>("till");
  /** What lies over the screen and asks. */
  dialog = $state.raw<Dialog | null>(null);
  /** The first practice sale is shown how. */
  lesson = $state<Lesson>("off");

  readonly errors: Errors;
  readonly key: ApiKey;
  readonly lock: Lock;
  readonly staff: Staff;
  readonly items: Items;
  readonly typed: Typed;
  readonly charging: Charging;
  readonly tip: TipAsked;
  readonly sales: Sales;
  readonly book: Book;
  readonly day: Day;
  readonly corrections: Corrections;
  readonly receipts: Receipts;
  readonly backups: Backups;

  #ipc: Ipc;
  #remembered: Remembered;
  #system = "";
  readonly #hearing: Hearing = {
    saleChanged: (sale) => this.sales.heard(sale),
    networkChanged: (network) => (this.network = network),
    checked: ({ number, checked_at_unix_ms }) => this.sales.wasChecked(number, checked_at_unix_ms),
    journalChanged: (journal) => {
      if (journal === "failing" && this.journal !== "failing") this.#play("error");
      this.journal = journal;
    },
    exportProgress: (progress) => this.day.heardOfExport(progress),
    backupChanged: (state) => this.backups.heard(state),
    tipChosen: (chosen) => this.tip.heard(chosen),
    fault: (fault) => this.errors.fail(fault),
  };

  constructor(ipc: Ipc, remembered: Remembered = new Remembered()) {
    this.lock = new Lock(ipc);
    ipc = behindLock(ipc, this.lock);
    this.#ipc = ipc;
    this.#remembered = remembered;
    this.errors = new Errors(() => this.#play("error"));
    const { errors } = this;
    const { fail } = errors;
    const heard = (sale: SaleView) => this.sales.heard(sale);
    this.key = new ApiKey(ipc, errors, () => {
      if (this.screen === "setup" && !this.needsKey) this.screen = "pad";
    });
    this.staff = new Staff(ipc, this.lock, errors);
    this.items = new Items(ipc, fail);
    this.typed = new Typed(
      () => this.settings,
      this.items,
      () => this.charging.busy,
    );
    this.charging = new Charging(ipc, this.typed, errors, {
      serving: () => this.journal !== "failing",
      charged: (sale) => this.sales.heard(sale, CHARGED),
      drawable: (sale) => this.sales.drawable(sale),
      // The cashier may be in the settings by now: the sale is in the strip then.
      met: ({ number }) => {
        if (this.screen === "pad") this.show(number);
      },
    });
    this.tip = new TipAsked(ipc);
    this.sales = new Sales(ipc, errors, {
      front: () => (this.screen === "payment" ? this.onScreen : this.charging.expected),
      changed: (sale, before, otherwise) => this.#changed(sale, before, otherwise),
    });
    this.book = new Book(ipc);
    this.day = new Day(ipc, fail);
    this.corrections = new Corrections(ipc, { heard, fail });
    this.receipts = new Receipts(ipc, { heard, fail });
    this.backups = new Backups(ipc, fail);
    speak(null, "");
  }

  get sale(): SaleView | null {
    return this.onScreen === null ? null : (this.sales.heardOf.get(this.onScreen) ?? null);
  }

  /** Customers who serve themselves: the staff has not typed the PIN. */
  get strangers(): boolean {
    return this.settings.kiosk.self_service && this.lock.set && !this.lock.open;
  }

  /** Whose money it is: practice on every screen, test while a test sale is in front. */
  get badge(): "live" | "test" | "practice" {
    if (this.mode === "practice") return "practice";
    return this.screen === "payment" && this.sale?.test ? "test" : "live";
  }

  get needsKey(): boolean {
    return this.mode === "live" && this.key.status !== "stored";
  }

  // ---- coming up

  /** Asks the till for everything. Also how to try again after it could not be opened. */
  async open(): Promise<void> {
    this.screen = "starting";
    this.startFault = null;
    const slowly = setTimeout(() => (this.slow = true), SLOW_AFTER_MS);
    try {
      const [start] = await Promise.all([this.#ipc.start(this.#hearing), drawable(FIGURES)]);
      await drawable(LANGUAGE_NAMES[languageFor(start.settings.language, [start.system_language])]);
      await this.#begin(start);
    } catch (reason) {
      this.startFault = asFault(reason);
      this.screen = "fault";
    } finally {
      clearTimeout(slowly);
      this.slow = false;
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
    this.key.begin(start);
    this.network = start.network;
    this.backups.heard(start.backup);
    this.staff.begin(start);
    this.items.heard(start.items);
    this.typed.heard(start.limits);
    this.journal = start.journal;
    this.#system = start.system_language;
    this.startFault = null;
    this.#wearSettings();
    this.dialog = null;

    this.#remembered.journal(start.mode);
    for (const sale of [...start.open_sales, ...start.unseen_sales]) this.sales.heard(sale);
    for (const { number, checked_at_unix_ms } of start.checked) {
      this.sales.wasChecked(number, checked_at_unix_ms);
    }
    this.lesson = start.first_sale ? "on" : "off";
    this.typed.clear();
    this.onScreen = null;
    await this.#recall();
  }

  #forgetSales(): void {
    this.sales.forget();
    this.book.forget();
    this.day.forget();
    this.receipts.forget();
  }

  /** After a reload the screen is where the sale is. */
  async #recall(): Promise<void> {
    const front = this.#remembered.onScreen();
    if (front !== null) await this.sales.recall(front);
    if (front !== null && this.sales.heardOf.has(front)) {
      this.show(front);
    } else {
      this.#lookAt(null);
      this.screen = this.needsKey ? "setup" : "pad";
    }
  }

  // ---- going from screen to screen

  show(number: number): void {
    this.dialog = null;
    this.#lookAt(number);
    this.sales.endedUnseen.delete(number);
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
    this.typed.clear();
    this.toPad();
  }

  /** Back from a refused sale: what was typed is there to be mended. */
  giveBack(): void {
    const draft = this.onScreen === null ? null : this.charging.draftOf(this.onScreen);
    if (draft !== null && this.sale?.state === "refused") {
      this.typed.giveBack(draft);
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

  // ---- a sale

  /** One tap: one sale; or, where the shop asks for tips, one tap more. */
  async charge(): Promise<void> {
    if (!this.mayCharge) return;
    if (this.settings.tips.ask) this.dialog = { kind: "tip" };
    else await this.charging.charge(0);
  }

  /** The digits that stand on the pad, as whole units. */
  async chargeWhole(): Promise<void> {
    const { whole } = this.typed;
    if (whole === null || !this.mayCharge) return;
    this.typed.entry = whole;
    await this.charge();
  }

  /** The customer has chosen; a tip of nothing is a choice. */
  async chargeWith(tip_minor: number): Promise<void> {
    if (!this.mayCharge) return;
    this.dialog = null;
    await this.charging.charge(tip_minor);
  }

  /** What *Charge* looks like: as `mayCharge`, but for a charge that is answered at once. */
  get chargeable(): boolean {
    return !this.charging.slow && this.journal !== "failing" && this.typed.total > 0;
  }

  get mayCharge(): boolean {
    return this.charging.may && this.typed.total > 0;
  }

  /** An attempt in doubt is left as it is: nobody can pay it. */
  async giveUp(number: number): Promise<void> {
    await this.sales.stopWaiting(number);
    if (this.sales.heardOf.get(number)?.open === false && this.onScreen === number) this.next();
  }

  /** The cashier puts the paid screen away. A second payment of the sale has an alarm of its own. */
  done(sale: SaleView): void {
    this.next();
    if (sale.unseen && !sale.paid_twice) void this.sales.seen(sale.number);
  }

  #changed(sale: SaleView, before: SaleView | undefined, otherwise: Heard | undefined): void {
    if (this.lesson === "on" && sale.state === "paid") this.lesson = "learned";
    this.book.heard(sale);
    this.day.heard();
    if (before === undefined && sale.state === "requesting") this.charging.heardOf(sale);
    const sound = soundOf(before ?? otherwise, sale);
    if (sound !== null) this.#play(sound);
  }

  /** Alarms that ring until somebody has been there, by name; empty: none. What strangers cannot put away is not rung at them. */
  get ringing(): string {
    if (this.strangers) return "";
    const calling = this.sales.alarms.filter(({ kind }) => mustRepeat(kind));
    return calling.map(({ kind, sale }) => `${kind} ${sale.number}`).join();
  }

  /** The alarm once more. */
  ring(): void {
    this.#play("alarm");
  }

  #play(sound: Sound): void {
    play(sound, this.settings.looks);
  }

  // ---- nobody there, or strangers

  /** Locked at once, with the pad in front. */
  async lockNow(): Promise<void> {
    if (this.screen !== "payment" && this.screen !== "pad") this.toPad();
    await this.lock.lockNow();
  }

  /** The staff of a self-service till: everything is theirs once the PIN is typed. */
  letStaffIn(): Promise<void> {
    return this.lock.through(() => this.toPad());
  }

  /** Nobody has touched anything for a while: the pad, and locked. */
  rest(): void {
    const { sale } = this;
    if (sale?.state === "paid" && this.strangers && this.screen === "payment") this.done(sale);
    else if (this.screen !== "pad" && this.screen !== "setup" && this.screen !== "starting")
      this.next();
    this.dialog = null;
    if (this.strangers) this.errors.dismissAll();
    if (this.lock.asking || this.lock.open) void this.lock.lockNow();
  }

  // ---- settings

  async saveSettings(settings: Settings): Promise<boolean> {
    return this.errors.attempt(async () => {
      this.settings = await this.#ipc.saveSettings(settings);
      this.staff.named(this.settings.cashiers);
      this.#wearSettings();
      this.typed.settingsChanged();
    });
  }

  #wearSettings(): void {
    speak(this.settings.language, this.#system);
    tellTimeIn(this.settings.zone);
    wearLooks(this.settings.looks);
  }

  async switchMode(mode: Mode): Promise<boolean> {
    return this.errors.attempt(async () => this.#begin(await this.#ipc.switchMode(mode)));
  }

  /** Every practice sale is forgotten, and the first one is shown how again. */
  async resetPractice(): Promise<boolean> {
    return this.errors.attempt(async () => {
      const start = await this.#ipc.resetPractice();
      this.#forgetSales();
      this.#remembered.setOnScreen(null);
      await this.#begin(start);
    });
  }
}
