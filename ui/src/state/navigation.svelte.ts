// Which screen is in front, and the ways from one screen to another.
import type { Ipc } from "../ipc";
import type { Section } from "../settings-problems";
import type { Dialogs } from "./dialogs.svelte";
import type { Lock } from "./lock.svelte";
import type { SalesBook } from "./sales-book.svelte";
import type { SessionStore } from "./session-store";

export type Screen =
  "starting" | "fault" | "setup" | "pad" | "payment" | "sales" | "day" | "settings";

export class Navigation {
  screen = $state<Screen>("starting");
  /** The number of the sale in front; null on every screen but the payment screen. */
  saleNumber = $state<number | null>(null);
  /** The open section of the settings. */
  section = $state<Section>("till");

  #ipc: Ipc;
  #session: SessionStore;
  #dialogs: Dialogs;
  #lock: Lock;
  #book: SalesBook;
  #needsSetup: () => boolean;

  constructor(
    ipc: Ipc,
    session: SessionStore,
    dialogs: Dialogs,
    lock: Lock,
    book: SalesBook,
    needsSetup: () => boolean,
  ) {
    this.#ipc = ipc;
    this.#session = session;
    this.#dialogs = dialogs;
    this.#lock = lock;
    this.#book = book;
    this.#needsSetup = needsSetup;
  }

  toSale(number: number): void {
    this.#show("payment", number);
  }

  /** From the payment screen this also tells the customer's display that the next customer comes. */
  toPad(): void {
    if (this.screen === "payment") this.#ipc.nextCustomer().catch(() => undefined);
    this.toStart();
  }

  /** The pad, or the setup while the till can sell nothing for want of a key. */
  toStart(): void {
    this.#show(this.#needsSetup() ? "setup" : "pad");
  }

  /** Asks for the PIN first, where there is one. */
  toSettings(section: Section = "till"): void {
    const show = () => {
      this.section = section;
      this.#show("settings");
    };
    // Where cashiers have PINs it takes a right, which somebody may lend.
    if (this.#lock.staff) this.#ipc.openSettings().then(show, () => undefined);
    else void this.#lock.whenUnlocked(show);
  }

  /** The first page of the sales book. */
  toSales(): void {
    this.#book.close();
    this.#show("sales");
    void this.#book.load();
  }

  toDay(): void {
    this.#show("day");
  }

  #show(screen: Screen, saleNumber: number | null = null): void {
    this.#dialogs.close();
    this.saleNumber = saleNumber;
    this.screen = screen;
    // The window may be reloaded, and the gateway is polled most often for the sale in front. If this message
    // is lost, the sale is only polled a little less often.
    this.#session.setSaleInFront(saleNumber);
    this.#ipc.lookAt(saleNumber).catch(() => undefined);
  }
}
