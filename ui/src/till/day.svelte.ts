// The day as the screen shows it: the report of a day, what the next close will count, the closes so far,
// and the export under way. The sums are the till's; nothing is added up here.
import type { ExportProgress } from "../bindings/ExportProgress";
import type { CloseView } from "../bindings/CloseView";
import type { DayReport } from "../bindings/DayReport";
import type { Fault } from "../bindings/Fault";
import { dayOf, shifted } from "../days";
import type { Fail } from "./errors.svelte";
import type { Export } from "../bindings/Export";
import { asFault, type Ipc } from "../ipc";
import { shopZone, setShopZone } from "../language.svelte";

/** Several sales may change at once; one new report is enough for them. */
const RELOAD_AFTER_MS = 400;
/** As many as the till lists in one go. */
const CLOSES_A_PAGE = 50;

export class Day {
  /** The day shown; none: today, whichever that is by then. */
  chosen = $state<string | null>(null);
  report = $state.raw<DayReport | null>(null);
  closes = $state.raw<readonly CloseView[]>([]);
  moreCloses = $state(false);
  fault = $state.raw<Fault | null>(null);
  loading = $state(false);
  closing = $state(false);

  exporting = $state(false);
  progress = $state.raw<ExportProgress | null>(null);
  /** Where the last export went. */
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

  /** The day on the screen. */
  get day(): string {
    return this.chosen ?? this.report?.day ?? this.today;
  }

  get isToday(): boolean {
    return this.day >= this.today;
  }

  /** The screen of the day is there: it keeps itself up to date until the returned function is called. */
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
      this.moreCloses = closes.length === CLOSES_A_PAGE;
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
      this.moreCloses = older.length === CLOSES_A_PAGE;
    } catch (reason) {
      this.#fail(asFault(reason));
    }
  }

  /** Some sale has changed. */
  saleChanged(): void {
    if (!this.#shown) return;
    clearTimeout(this.#reload);
    this.#reload = setTimeout(() => void this.load(), RELOAD_AFTER_MS);
  }

  /** The Z close. Open sales are carried over only when somebody has said so. */
  async close(carry: boolean): Promise<CloseView | null> {
    if (this.closing) return null;
    this.closing = true;
    try {
      const close = await this.#ipc.closeDay(carry);
      await this.load();
      return close;
    } catch (reason) {
      this.#fail(asFault(reason));
      // Perhaps something came between: what the dialog shows must be as it is now.
      await this.load();
      return null;
    } finally {
      this.closing = false;
    }
  }

  /** Writes the book into a file that the cashier picks; false when nothing was written. */
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

  /** Another journal, other days. */
  forget(): void {
    this.#latest += 1;
    this.chosen = null;
    this.report = null;
    this.closes = [];
    this.exported = null;
  }
}
