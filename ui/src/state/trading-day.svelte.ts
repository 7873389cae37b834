// The day as the screen shows it: the report of one day (X), the day closes so far (Z), and the running export.
// Rust computes every sum.
import type { ExportProgress } from "../bindings/ExportProgress";
import type { CloseView } from "../bindings/CloseView";
import type { DayReport } from "../bindings/DayReport";
import type { Fault } from "../bindings/Fault";
import { dayOf, shifted } from "../days";
import type { Fail } from "./errors.svelte";
import type { Export } from "../bindings/Export";
import { asFault, type Ipc } from "../ipc";
import { shopZone, setShopZone } from "../language.svelte";

/** Several sales may change at once; one new report is enough for all. */
const RELOAD_AFTER_MS = 400;
/** Rust lists at most this many closes at a time. */
const CLOSES_PER_PAGE = 50;

export class TradingDay {
  /** The chosen day; null means today, even after midnight. */
  chosen = $state<string | null>(null);
  report = $state.raw<DayReport | null>(null);
  closes = $state.raw<readonly CloseView[]>([]);
  moreCloses = $state(false);
  fault = $state.raw<Fault | null>(null);
  loading = $state(false);
  closing = $state(false);

  exporting = $state(false);
  progress = $state.raw<ExportProgress | null>(null);
  /** The file of the last export. */
  exported = $state<string | null>(null);

  #ipc: Ipc;
  #fail: Fail;
  #latest = 0;
  #shown = false;
  #reload: ReturnType<typeof setTimeout> | undefined;

  constructor(ipc: Ipc, fail: Fail) {
    this.#ipc = ipc;
    this.#fail = fail;
  }

  get today(): string {
    return dayOf(Date.now(), shopZone());
  }

  /** The day that is shown. */
  get day(): string {
    return this.chosen ?? this.report?.day ?? this.today;
  }

  get isToday(): boolean {
    return this.day >= this.today;
  }

  /** Loads the day and keeps it up to date until the returned function is called. */
  show(): () => void {
    this.#shown = true;
    void this.load();
    return () => {
      this.#shown = false;
      clearTimeout(this.#reload);
    };
  }

  choose(day: string): void {
    this.chosen = day >= this.today ? null : day;
    void this.load();
  }

  step(by: number): void {
    this.choose(shifted(this.day, by));
  }

  async load(): Promise<void> {
    clearTimeout(this.#reload);
    this.#latest += 1;
    const request = this.#latest;
    this.loading = true;
    try {
      const [report, closes] = await Promise.all([
        this.#ipc.report(this.chosen),
        this.#ipc.closes(null),
      ]);
      if (request !== this.#latest) return;
      setShopZone(report.zone);
      this.report = report;
      this.closes = closes;
      this.moreCloses = closes.length === CLOSES_PER_PAGE;
      this.fault = null;
    } catch (reason) {
      if (request !== this.#latest) return;
      this.fault = asFault(reason);
    }
    this.loading = false;
  }

  async loadMoreCloses(): Promise<void> {
    const last = this.closes.at(-1);
    if (last === undefined) return;
    const request = this.#latest;
    try {
      const older = await this.#ipc.closes(last.seq);
      if (request !== this.#latest) return;
      this.closes = [...this.closes, ...older];
      this.moreCloses = older.length === CLOSES_PER_PAGE;
    } catch (reason) {
      this.#fail(asFault(reason));
    }
  }

  saleChanged(): void {
    if (!this.#shown) return;
    clearTimeout(this.#reload);
    this.#reload = setTimeout(() => void this.load(), RELOAD_AFTER_MS);
  }

  /** Closes the day (Z). `carry`: the cashier agreed to carry over the open sales. */
  async close(carry: boolean): Promise<CloseView | null> {
    if (this.closing) return null;
    this.closing = true;
    try {
      const close = await this.#ipc.closeDay(carry);
      await this.load();
      return close;
    } catch (reason) {
      this.#fail(asFault(reason));
      // A sale may have changed meanwhile; the dialog must show the current state.
      await this.load();
      return null;
    } finally {
      this.closing = false;
    }
  }

  /** Writes the sales into a file that the cashier chooses; false when none was written. */
  async export(query: Export): Promise<boolean> {
    if (this.exporting) return false;
    this.exporting = true;
    this.progress = null;
    this.exported = null;
    try {
      this.exported = await this.#ipc.export(query);
      return this.exported !== null;
    } catch (reason) {
      this.#fail(asFault(reason));
      return false;
    } finally {
      this.exporting = false;
      this.progress = null;
    }
  }

  async cancelExport(): Promise<void> {
    try {
      await this.#ipc.cancelExport();
    } catch (reason) {
      this.#fail(asFault(reason));
    }
  }

  exportProgressed(progress: ExportProgress): void {
    if (this.exporting) this.progress = progress;
  }

  /** After a change of journal the days hold other sales. */
  forget(): void {
    this.#latest += 1;
    this.chosen = null;
    this.report = null;
    this.closes = [];
    this.exported = null;
  }
}
