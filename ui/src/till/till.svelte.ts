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
import type { Section } from "../settings-form";
import { Errors } from "./errors.svelte";
import { asFault, dispatch, type TillEvents, type Ipc } from "../ipc";
import { Items } from "./items.svelte";
import { setLanguage, setShopZone } from "../language.svelte";
import type { Lesson } from "../lesson";
import { withPinPrompt, Lock } from "./lock.svelte";
import { placeholderSettings } from "./placeholder-settings";
import { LANGUAGE_NAMES, languageFor } from "../messages";
import { Receipts } from "./receipts.svelte";
import { SessionStore } from "./session-store";
import { Sales } from "./sales.svelte";
import type { Sound } from "../melody";
import { play } from "../sound";
import { JUST_CHARGED, mustRepeat, soundOf, type AudibleState } from "../sound-rule";
import { Staff } from "./staff.svelte";
import { CustomerTip } from "./customer-tip.svelte";
import { fontsReady, FIGURES } from "../theme/font-loading";
import { applyAppearance } from "../theme/apply-theme";
import { SaleDraft } from "./sale-draft.svelte";

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
  settings = $state.raw<Settings>(placeholderSettings());
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
  readonly draft: SaleDraft;
  readonly charging: Charging;
  readonly tip: CustomerTip;
  readonly sales: Sales;
  readonly book: Book;
  readonly day: Day;
  readonly corrections: Corrections;
  readonly receipts: Receipts;
  readonly backups: Backups;

  #ipc: Ipc;
  #session: SessionStore;
  #system = "";
  readonly #events: TillEvents = {
    "sale-changed": (sale) => this.sales.update(sale),
    "network-changed": (network) => (this.network = network),
    checked: ({ number, checked_at_unix_ms }) => this.sales.recordPoll(number, checked_at_unix_ms),
    "journal-changed": (journal) => {
      if (journal === "failing" && this.journal !== "failing") this.#play("error");
      this.journal = journal;
    },
    "export-progress": (progress) => this.day.exportProgressed(progress),
    "backup-changed": (state) => this.backups.update(state),
    "tip-chosen": (chosen) => this.tip.received(chosen),
    fault: (fault) => this.errors.fail(fault),
  };

  constructor(ipc: Ipc, session: SessionStore = new SessionStore()) {
    this.lock = new Lock(ipc);
    ipc = withPinPrompt(ipc, this.lock);
    this.#ipc = ipc;
    this.#session = session;
    this.errors = new Errors(() => this.#play("error"));
    const { errors } = this;
    const { fail } = errors;
    const saleChanged = (sale: SaleView) => this.sales.update(sale);
    this.key = new ApiKey(ipc, errors, () => {
      if (this.screen === "setup" && !this.needsKey) this.screen = "pad";
    });
    this.staff = new Staff(ipc, this.lock, errors);
    this.items = new Items(ipc, fail);
    this.draft = new SaleDraft(
      () => this.settings,
      this.items,
      () => this.charging.busy,
    );
    this.charging = new Charging(ipc, this.draft, errors, {
      canRecord: () => this.journal !== "failing",
      charged: (sale) => this.sales.update(sale, JUST_CHARGED),
      screenReady: (sale) => this.sales.qrReady(sale),
      // The cashier may be in the settings by now: the sale is in the strip then.
      show: ({ number }) => {
        if (this.screen === "pad") this.show(number);
      },
    });
    this.tip = new CustomerTip(ipc);
    this.sales = new Sales(ipc, errors, {
      front: () => (this.screen === "payment" ? this.onScreen : this.charging.expected),
      changed: (sale, before, otherwise) => this.#changed(sale, before, otherwise),
    });
    this.book = new Book(ipc);
    this.day = new Day(ipc, fail);
    this.corrections = new Corrections(ipc, { saleChanged, fail });
    this.receipts = new Receipts(ipc, { saleChanged, fail });
    this.backups = new Backups(ipc, fail);
    setLanguage(null, "");
  }

  get sale(): SaleView | null {
    return this.onScreen === null ? null : (this.sales.salesByNumber.get(this.onScreen) ?? null);
  }

  /** Customers who serve themselves: the staff has not typed the PIN. */
  get selfService(): boolean {
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
      const [start] = await Promise.all([
        this.#ipc.start((event) => dispatch(this.#events, event)),
        fontsReady(FIGURES),
      ]);
      await fontsReady(
        LANGUAGE_NAMES[languageFor(start.settings.language, [start.system_language])],
      );
      await this.#begin(start);
    } catch (reason) {
      this.startFault = asFault(reason);
      this.screen = "fault";
    } finally {
      clearTimeout(slowly);
      this.slow = false;
    }
  }

  // ---- a journal that fails

  /** Tries once more. Why it still fails is shown as an error. */
  retryJournal(): Promise<boolean> {
    return this.errors.attempt(async () => (this.journal = await this.#ipc.retryJournal()));
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
    this.backups.update(start.backup);
    this.staff.begin(start);
    this.items.replace(start.items);
    this.draft.setLimits(start.limits);
    this.journal = start.journal;
    this.#system = start.system_language;
    this.startFault = null;
    this.#applySettings();
    this.dialog = null;

    this.#session.useJournal(start.mode);
    for (const sale of [...start.open_sales, ...start.unseen_sales]) this.sales.update(sale);
    for (const { number, checked_at_unix_ms } of start.checked) {
      this.sales.recordPoll(number, checked_at_unix_ms);
    }
    this.lesson = start.first_sale ? "on" : "off";
    this.draft.clear();
    this.onScreen = null;
    await this.#restoreFront();
  }

  #forgetSales(): void {
    this.sales.forget();
    this.book.forget();
    this.day.forget();
    this.receipts.forget();
  }

  /** After a reload the screen is where the sale is. */
  async #restoreFront(): Promise<void> {
    const front = this.#session.saleInFront();
    if (front !== null) await this.sales.fetchMissing(front);
    if (front !== null && this.sales.salesByNumber.has(front)) {
      this.show(front);
    } else {
      this.#setFront(null);
      this.screen = this.needsKey ? "setup" : "pad";
    }
  }

  // ---- going from screen to screen

  show(number: number): void {
    this.dialog = null;
    this.#setFront(number);
    this.sales.endedUnseen.delete(number);
    this.screen = "payment";
  }

  /** What is in front: session over a reload, and told to the till, which asks about it fastest. */
  #setFront(number: number | null): void {
    this.onScreen = number;
    this.#session.setSaleInFront(number);
    // A till that does not hear it asks a little slower: nothing the cashier could do about.
    this.#ipc.lookAt(number).catch(() => undefined);
  }

  /** A cleared pad; the sale on screen goes on without being looked at. */
  nextSale(): void {
    this.draft.clear();
    this.toPad();
  }

  /** Back from a refused sale: what was typed is there to be mended. */
  restoreDraft(): void {
    const draft = this.onScreen === null ? null : this.charging.draftFor(this.onScreen);
    if (draft !== null && this.sale?.state === "refused") {
      this.draft.restore(draft);
      this.toPad();
    } else {
      this.nextSale();
    }
  }

  /** From a sale that is in front: the next customer's turn. From elsewhere the sale stays before its own. */
  toPad(): void {
    if (this.screen === "payment") this.#ipc.nextCustomer().catch(() => undefined);
    this.#leaveSale(this.needsKey ? "setup" : "pad");
  }

  toSettings(section: Section = "till"): void {
    void this.lock.whenUnlocked(() => {
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
    this.#setFront(null);
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
    const { whole } = this.draft;
    if (whole === null || !this.mayCharge) return;
    this.draft.entry = whole;
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
    return !this.charging.slow && this.journal !== "failing" && this.draft.total > 0;
  }

  get mayCharge(): boolean {
    return this.charging.may && this.draft.total > 0;
  }

  /** An attempt in doubt is left as it is: nobody can pay it. */
  async abandon(number: number): Promise<void> {
    await this.sales.stopWaiting(number);
    if (this.sales.salesByNumber.get(number)?.open === false && this.onScreen === number)
      this.nextSale();
  }

  /** The cashier puts the paid screen away. A second payment of the sale has an alarm of its own. */
  dismissPaid(sale: SaleView): void {
    this.nextSale();
    if (sale.unseen && !sale.paid_twice) void this.sales.acknowledge(sale.number);
  }

  #changed(
    sale: SaleView,
    before: SaleView | undefined,
    otherwise: AudibleState | undefined,
  ): void {
    if (this.lesson === "on" && sale.state === "paid") this.lesson = "learned";
    this.book.saleChanged(sale);
    this.day.saleChanged();
    if (before === undefined && sale.state === "requesting") this.charging.saleRequested(sale);
    const sound = soundOf(before ?? otherwise, sale);
    if (sound !== null) this.#play(sound);
  }

  /** Alarms that ring until somebody has been there, by name; empty: none. What strangers cannot put away is not rung at them. */
  get ringing(): string {
    if (this.selfService) return "";
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
  unlockForStaff(): Promise<void> {
    return this.lock.whenUnlocked(() => this.toPad());
  }

  /** Nobody has touched anything for a while: the pad, and locked. */
  becomeIdle(): void {
    const { sale } = this;
    if (sale?.state === "paid" && this.selfService && this.screen === "payment")
      this.dismissPaid(sale);
    else if (this.screen !== "pad" && this.screen !== "setup" && this.screen !== "starting")
      this.nextSale();
    this.dialog = null;
    if (this.selfService) this.errors.dismissAll();
    if (this.lock.asking || this.lock.open) void this.lock.lockNow();
  }

  // ---- settings

  async saveSettings(settings: Settings): Promise<boolean> {
    return this.errors.attempt(async () => {
      this.settings = await this.#ipc.saveSettings(settings);
      this.staff.cashiersChanged(this.settings.cashiers);
      this.#applySettings();
      this.draft.settingsChanged();
    });
  }

  #applySettings(): void {
    setLanguage(this.settings.language, this.#system);
    setShopZone(this.settings.zone);
    applyAppearance(this.settings.looks);
  }

  async switchMode(mode: Mode): Promise<boolean> {
    return this.errors.attempt(async () => this.#begin(await this.#ipc.switchMode(mode)));
  }

  /** Every practice sale is forgotten, and the first one is shown how again. */
  async resetPractice(): Promise<boolean> {
    return this.errors.attempt(async () => {
      const start = await this.#ipc.resetPractice();
      this.#forgetSales();
      this.#session.setSaleInFront(null);
      await this.#begin(start);
    });
  }
}
