// Creates the stores of the cashier's window and connects them. A store keeps what the screens show of one subject
// and asks Rust for changes. Nothing is kept for good: the sales are in the journal, and after a reload of the
// window everything is asked for again. A component gets the stores that it needs by name, and no others.
import { getContext, setContext } from "svelte";
import type { SaleView } from "../bindings/SaleView";
import type { Start } from "../bindings/Start";
import { asFault, type Ipc, type TillEvents } from "../ipc";
import type { Sound } from "../melody";
import { ScanListener } from "../scan/scan-listener";
import { play } from "../sound";
import { JUST_CHARGED, soundOf, type AudibleState } from "../sound-rule";
import { ApiKey, type KeyQuestion } from "./api-key.svelte";
import { Backups } from "./backups.svelte";
import { Charging } from "./charging.svelte";
import { Corrections } from "./corrections.svelte";
import { CurrentSale } from "./current-sale.svelte";
import { CustomerTip } from "./customer-tip.svelte";
import { Dialogs } from "./dialogs.svelte";
import { Drawer } from "./drawer.svelte";
import { Errors } from "./errors.svelte";
import { HeldCarts } from "./held-carts.svelte";
import { Items } from "./items.svelte";
import { Lesson } from "./lesson.svelte";
import { Lock, withPinPrompt } from "./lock.svelte";
import { Navigation } from "./navigation.svelte";
import { Office } from "./office.svelte";
import { Receipts } from "./receipts.svelte";
import { SaleDraft } from "./sale-draft.svelte";
import { SalesBook } from "./sales-book.svelte";
import { Sales } from "./sales.svelte";
import { ScreenKeyboard } from "./screen-keyboard.svelte";
import { SessionStore } from "./session-store";
import { SettingsStore } from "./settings-store.svelte";
import { Staff } from "./staff.svelte";
import { Startup } from "./startup.svelte";
import { Tenders } from "./tenders.svelte";
import { TillStatus } from "./till-status.svelte";
import { TradingDay } from "./trading-day.svelte";
import { Updates } from "./updates.svelte";

export type Stores = ReturnType<typeof createStores>;

export function createStores(directIpc: Ipc, session = new SessionStore()) {
  const sound = (name: Sound) => {
    if (settings.known) play(name, settings.current.looks);
  };
  const saleChanged = (sale: SaleView) => sales.update(sale);
  const needsKey = () => status.mode === "live" && apiKey.status !== "stored";

  const errors = new Errors(() => sound("error"));
  const { fail } = errors;
  const lock = new Lock(directIpc, (cashier) => (staff.cashier = cashier));
  const ipc = withPinPrompt(directIpc, lock);
  const dialogs = new Dialogs();
  const lesson = new Lesson();
  const status: TillStatus = new TillStatus(ipc, errors);
  const settings: SettingsStore = new SettingsStore(ipc, errors, () => {
    staff.cashiersChanged(settings.current.cashiers);
    draft.settingsChanged();
  });
  const askAboutKey = (question: KeyQuestion) => dialogs.open({ kind: "key-in-use", question });
  const apiKey = new ApiKey(ipc, errors, askAboutKey, () => {
    if (navigation.screen === "setup" && !needsKey()) navigation.toStart();
  });
  const staff = new Staff(ipc, settings, lock, errors);
  const items = new Items(ipc, fail);
  const draft = new SaleDraft(
    settings,
    items,
    () => charging.busy,
    (item) => dialogs.open({ kind: "sell-item", item }),
  );
  const book = new SalesBook(ipc);
  // A shop that takes something else sells without a key, too.
  const needsSetup = () => needsKey() && tenders.cryptoAlone;
  const navigation = new Navigation(ipc, session, dialogs, lock, book, needsSetup);
  const charging: Charging = new Charging(ipc, draft, errors, {
    canRecord: () => status.journal === "serving",
    confirm: (question) => dialogs.open({ kind: "confirm-amount", question }),
    askForTender: (tender, amount, take) => void tenders.ask(tender, amount, take),
    askForTip: () => {
      if (settings.current.tips.ask) dialogs.open({ kind: "tip" });
      return settings.current.tips.ask;
    },
    charged: (sale) => sales.update(sale, JUST_CHARGED),
    screenReady: (sale) => sales.qrReady(sale),
    // The cashier may have gone to another screen; then the sale is in the list of open sales.
    show: ({ number }) => {
      if (navigation.screen === "pad") currentSale.show(number);
    },
  });
  const heldCarts = new HeldCarts(ipc, draft, items, {
    fail,
    isCharging: () => charging.busy,
    toPad: () => {
      if (navigation.screen !== "pad") navigation.toPad();
    },
  });
  const tenders: Tenders = new Tenders(ipc, settings, status, {
    fail,
    needsKey,
    cryptoMinimum: (currency) => draft.cryptoMinimum(currency),
    ask: (question) => dialogs.open({ kind: "tender", question }),
    saleChanged,
    // Its payment screen is in front, or was left meanwhile.
    taken: () => dialogs.close(),
  });
  const customerTip = new CustomerTip(ipc);
  const scans = new ScanListener({
    scanner: () => settings.current.scanner.learnt,
    person: (codes) => (lock.people.some(({ fob }) => fob) ? lock.tryFob(codes) : null),
    front: () => {
      if (lock.asking) return "lock";
      if (errors.shown.length > 0) return "covered";
      return dialogs.current === null ? "screen" : "dialog";
    },
  });
  const screenKeyboard = new ScreenKeyboard(
    () => (settings.known ? settings.current.looks.screen_keyboard : "never"),
    () => staff.kiosk,
  );
  const sales = new Sales(ipc, errors, {
    front: () => navigation.saleNumber ?? charging.expected,
    changed,
  });
  const currentSale = new CurrentSale(navigation, sales, charging, draft);
  const day = new TradingDay(ipc, fail);
  const corrections = new Corrections(ipc, { saleChanged, fail });
  const drawer = new Drawer(ipc, fail);
  const receipts = new Receipts(ipc, { saleChanged, fail });
  const backups = new Backups(ipc, fail);
  const office = new Office(ipc, fail);
  const updates = new Updates(ipc);
  const events: TillEvents = {
    "sale-changed": saleChanged,
    "carts-changed": (carts) => (heldCarts.list = carts),
    "network-changed": (network) => (status.network = network),
    checked: ({ number, checked_at_unix_ms }) => sales.recordPoll(number, checked_at_unix_ms),
    "journal-changed": (journal) => {
      if (journal !== "serving" && status.journal === "serving") sound("error");
      status.journal = journal;
    },
    "export-progress": (progress) => day.exportProgressed(progress),
    "backup-changed": (state) => backups.update(state),
    "office-changed": (state) => (office.state = state),
    "settings-taken": () => void takeOver(),
    "update-changed": (state) => (updates.state = state),
    "lock-changed": (view) => lock.locked(view),
    "tip-chosen": (chosen) => customerTip.received(chosen),
    fault: fail,
  };
  const startup = new Startup(ipc, errors, navigation, events, begin);

  /** `reset`: the journal is empty now, so the sales known so far are gone. */
  async function begin(start: Start, reset = false): Promise<void> {
    // Each mode has a journal of its own, so a sale's number means another sale there.
    if (reset || start.mode !== status.mode) {
      for (const store of [sales, book, day, receipts, heldCarts]) store.forget();
    }
    dialogs.close();
    status.begin(start);
    settings.begin(start);
    apiKey.begin(start);
    backups.update(start.backup);
    office.state = start.office;
    office.shared = start.shared;
    updates.state = start.update;
    staff.begin(start);
    items.replace(start.items);
    heldCarts.list = start.held_carts;
    void items.countStock();
    draft.setLimits(start.limits);
    draft.clear();
    for (const sale of [...start.open_sales, ...start.unseen_sales]) sales.update(sale);
    for (const polled of start.checked) events.checked(polled);
    lesson.begin(start.first_sale);
    if (start.history_fault !== null) fail(start.history_fault);

    session.useJournal(start.mode);
    if (reset) session.setSaleInFront(null);
    // After a reload of the window the same sale is in front again.
    const number = session.saleInFront();
    if (number !== null) await sales.fetchMissing(number);
    if (number !== null && sales.salesByNumber.has(number)) currentSale.show(number);
    else navigation.toStart();
  }

  /** The office's settings have come. A line in the cart keeps its price: it is its own. */
  async function takeOver(): Promise<void> {
    try {
      const taken = await directIpc.takenOver();
      office.shared = taken.shared;
      items.replace(taken.items);
      staff.begin({ ...taken, kiosk: staff.kiosk });
      settings.takenOver(taken.settings);
      void items.countStock();
    } catch (reason) {
      fail(asFault(reason));
    }
  }

  /** `before` is what the window knew of the sale; `otherwise` is assumed of a sale that it did not know. */
  function changed(sale: SaleView, before?: SaleView, otherwise?: AudibleState): void {
    if (sale.state === "paid") lesson.salePaid();
    book.saleChanged(sale);
    day.saleChanged();
    if (sale.state === "paid") void items.countStock();
    if (before === undefined && sale.state === "requesting") charging.saleRequested(sale);
    const heard = soundOf(before ?? otherwise, sale);
    if (heard !== null) sound(heard);
  }

  return {
    apiKey,
    backups,
    book,
    charging,
    corrections,
    currentSale,
    customerTip,
    day,
    dialogs,
    draft,
    drawer,
    errors,
    heldCarts,
    items,
    lesson,
    lock,
    navigation,
    office,
    receipts,
    sales,
    scans,
    screenKeyboard,
    settings,
    staff,
    startup,
    status,
    tenders,
    updates,
  };
}

/** Hands the stores to every component below the one that calls it. */
export function provideStores(stores: Stores): void {
  for (const [name, store] of Object.entries(stores)) setContext(name, store);
}

/** One store, for a component below the one that provides them. */
export function getStore<Name extends keyof Stores>(name: Name): Stores[Name] {
  return getContext(name);
}
