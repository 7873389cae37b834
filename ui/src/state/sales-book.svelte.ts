// The sales book as the screen shows it: the filter, the rows loaded so far, the sale whose page is open. Rust is
// asked again each time the book is opened.
import type { SaleDetail } from "../bindings/SaleDetail";
import type { SalesQuery } from "../bindings/SalesQuery";
import type { BookMark } from "../bindings/BookMark";
import type { Currency } from "../bindings/Currency";
import type { Fault } from "../bindings/Fault";
import type { SaleState } from "../bindings/SaleState";
import type { SaleView } from "../bindings/SaleView";
import { dayOf, isDay, shifted, weekStart } from "../days";
import { asFault, type Ipc } from "../ipc";
import { shopZone, setShopZone } from "../language.svelte";

export type DayChoice = "any" | "today" | "yesterday" | "week" | "day";
export type StateChoice = "any" | "paid" | "open" | "ended" | "refused" | "review";
export type TestChoice = "any" | "real" | "test";

export interface Filter {
  readonly days: DayChoice;
  /** The day for `days: "day"`. */
  readonly day: string;
  readonly states: StateChoice;
  readonly currency: Currency | null;
  readonly test: TestChoice;
  readonly search: string;
}

export const NO_FILTER: Filter = {
  days: "any",
  day: "",
  states: "any",
  currency: null,
  test: "any",
  search: "",
};

const STATES: Record<StateChoice, SaleState[]> = {
  any: [],
  paid: ["paid"],
  open: ["requesting", "awaiting", "chosen", "stopped", "uncertain", "part_paid"],
  ended: ["ended"],
  refused: ["refused"],
  review: ["review"],
};

const ROWS_PER_PAGE = 50;
/** A word typed quickly is one search, not five. */
const SEARCH_AFTER_MS = 120;

/** The query of a filter. `today` is the shop's date. */
export function queryOf(filter: Filter, today: string): SalesQuery {
  const [from, to] = daysOf(filter, today);
  const search = filter.search.trim();
  return {
    from,
    to,
    states: STATES[filter.states],
    currency: filter.currency,
    test: filter.test === "any" ? null : filter.test === "test",
    search: search === "" ? null : search,
    before: null,
    limit: ROWS_PER_PAGE,
  };
}

function daysOf({ days, day }: Filter, today: string): [string | null, string | null] {
  switch (days) {
    case "any":
      return [null, null];
    case "today":
      return [today, today];
    case "yesterday":
      return [shifted(today, -1), shifted(today, -1)];
    case "week":
      return [weekStart(today), today];
    case "day":
      return isDay(day) ? [day, day] : [null, null];
  }
}

export class SalesBook {
  filter = $state.raw<Filter>(NO_FILTER);
  rows = $state.raw<readonly SaleView[]>([]);
  /** There are older sales to load. */
  more = $state(false);
  loading = $state<"no" | "first" | "more">("no");
  fault = $state.raw<Fault | null>(null);

  /** The sale whose page is open. */
  opened = $state<number | null>(null);
  detail = $state.raw<SaleDetail | null>(null);
  detailFault = $state.raw<Fault | null>(null);

  #ipc: Ipc;
  #next: BookMark | null = null;
  /** Counts the requests: only the answer to the latest one is used. */
  #latest = 0;
  #latestDetail = 0;
  #searchTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(ipc: Ipc) {
    this.#ipc = ipc;
  }

  get isFiltered(): boolean {
    return this.filter !== NO_FILTER;
  }

  setFilter(changes: Partial<Filter>): void {
    const next = { ...this.filter, ...changes };
    const searched = next.search !== this.filter.search;
    this.filter = same(next, NO_FILTER) ? NO_FILTER : next;
    clearTimeout(this.#searchTimer);
    if (searched) this.#searchTimer = setTimeout(() => void this.load(), SEARCH_AFTER_MS);
    else void this.load();
  }

  /** Loads the first page of the current filter. */
  async load(): Promise<void> {
    clearTimeout(this.#searchTimer);
    await this.#ask(null);
  }

  async loadMore(): Promise<void> {
    if (this.loading === "no" && this.#next !== null) await this.#ask(this.#next);
  }

  async #ask(before: BookMark | null): Promise<void> {
    this.#latest += 1;
    const request = this.#latest;
    this.loading = before === null ? "first" : "more";
    try {
      const query = queryOf(this.filter, dayOf(Date.now(), shopZone()));
      const page = await this.#ipc.sales({ ...query, before });
      if (request !== this.#latest) return;
      setShopZone(page.zone);
      this.rows = before === null ? page.sales : [...this.rows, ...page.sales];
      this.#next = page.next_before;
      this.more = page.next_before !== null;
      this.fault = null;
    } catch (reason) {
      if (request !== this.#latest) return;
      this.fault = asFault(reason);
    }
    this.loading = "no";
  }

  // ---- the page of one sale

  async open(number: number): Promise<void> {
    if (this.opened !== number) this.detail = null;
    this.opened = number;
    this.detailFault = null;
    this.#latestDetail += 1;
    const request = this.#latestDetail;
    try {
      const detail = await this.#ipc.saleDetail(number);
      if (request !== this.#latestDetail) return;
      setShopZone(detail.zone);
      this.detail = detail;
    } catch (reason) {
      if (request === this.#latestDetail) this.detailFault = asFault(reason);
    }
  }

  close(): void {
    this.#latestDetail += 1;
    this.opened = null;
    this.detail = null;
    this.detailFault = null;
  }

  /** After a change of journal the book holds other sales. */
  forget(): void {
    this.close();
    this.#latest += 1;
    this.filter = NO_FILTER;
    this.rows = [];
    this.#next = null;
    this.more = false;
    this.loading = "no";
  }

  /** Updates the row and the open page of a sale. */
  saleChanged(sale: SaleView): void {
    const at = this.rows.findIndex((row) => row.number === sale.number);
    const row = this.rows[at];
    if (row !== undefined && row.revision <= sale.revision) this.rows = this.rows.with(at, sale);
    const shown = this.detail?.sale;
    if (shown?.number === sale.number && shown.revision < sale.revision) {
      void this.open(sale.number);
    }
  }
}

function same(one: Filter, other: Filter): boolean {
  return (Object.keys(one) as (keyof Filter)[]).every((name) => one[name] === other[name]);
}
