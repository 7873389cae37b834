import { fireEvent } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RefundPreview } from "../src/bindings/RefundPreview";
import type { SalesPage } from "../src/bindings/SalesPage";
import { NO_FILTER, queryOf } from "../src/state/sales-book.svelte";
import { sampleDetail, samplePreview } from "../dev/book-samples";
import { eur, sampleFault, sampleSale } from "../dev/samples";
import { held, key, open, settle } from "./screen-harness";

const TODAY = "2026-11-21";

function page(numbers: number[], more = false): SalesPage {
  const sales = numbers.map((number) =>
    sampleSale({
      number,
      state: "paid",
      unseen: false,
      opened_at_unix_ms: Date.parse("2026-11-21T10:00:00Z"),
    }),
  );
  const last = numbers.at(-1) ?? 0;
  return { sales, next_before: more ? { at_unix_ms: 1, number: last } : null, zone: "UTC" };
}

async function openBook(first: SalesPage = page([3, 2, 1])) {
  const till = await open();
  till.ipc.sales.mockResolvedValue(first);
  await till.touch("nav-sales");
  await settle();
  const rows = () =>
    till.screen.queryAllByTestId("sale-row").map((row) => Number(row.dataset["number"]));
  return { ...till, rows };
}

describe("what is asked of the book", () => {
  it("is by the shop's days", () => {
    const days = (changes: Partial<typeof NO_FILTER>) => {
      const { from, to } = queryOf({ ...NO_FILTER, ...changes }, TODAY);
      return [from, to];
    };
    expect(days({})).toEqual([null, null]);
    expect(days({ days: "today" })).toEqual([TODAY, TODAY]);
    expect(days({ days: "yesterday" })).toEqual(["2026-11-20", "2026-11-20"]);
    expect(days({ days: "week" })).toEqual(["2026-11-16", TODAY]);
    expect(days({ days: "day", day: "2026-02-28" })).toEqual(["2026-02-28", "2026-02-28"]);
    expect(days({ days: "day", day: "2026-02-30" })).toEqual([null, null]);
  });

  it("names states, currency, money and words, and nothing where nothing is wanted", () => {
    expect(queryOf(NO_FILTER, TODAY)).toMatchObject({
      states: [],
      currency: null,
      test: null,
      search: null,
    });
    expect(
      queryOf(
        { ...NO_FILTER, states: "open", currency: "RUB", test: "real", search: "  A-000042 " },
        TODAY,
      ),
    ).toMatchObject({ currency: "RUB", test: false, search: "A-000042" });
    expect(queryOf({ ...NO_FILTER, states: "open" }, TODAY).states).not.toContain("paid");
  });
});

describe("the list", () => {
  it("shows the newest first, and older ones as they are asked for", async () => {
    const { ipc, rows, touch, find } = await openBook(page([3, 2], true));
    expect(rows()).toEqual([3, 2]);
    ipc.sales.mockResolvedValue(page([1]));
    await touch("sales-more");
    expect(ipc.sales.mock.lastCall?.[0].before).toEqual({ at_unix_ms: 1, number: 2 });
    expect(rows()).toEqual([3, 2, 1]);
    expect(find("sales-more")).toBeNull();
  });

  it("is narrowed by each filter, and widened again", async () => {
    const { ipc, rows, get, touch } = await openBook();
    ipc.sales.mockResolvedValue(page([]));
    await fireEvent.change(get("sales-state"), { target: { value: "ended" } });
    await fireEvent.change(get("sales-currency"), { target: { value: "USD" } });
    await settle();
    expect(ipc.sales.mock.lastCall?.[0]).toMatchObject({ states: ["ended"], currency: "USD" });
    expect(rows()).toEqual([]);
    expect(get("sales-none").textContent).toContain("No sale matches");
    ipc.sales.mockResolvedValue(page([3]));
    await touch("sales-show-all");
    expect(ipc.sales.mock.lastCall?.[0]).toMatchObject({ states: [], currency: null });
    expect(rows()).toEqual([3]);
  });

  it("shows the answer to the last question, whichever comes first", async () => {
    const { ipc, rows, get } = await openBook();
    const [slow, quick] = [held<SalesPage>(), held<SalesPage>()];
    ipc.sales.mockReturnValueOnce(slow.promise).mockReturnValueOnce(quick.promise);
    await fireEvent.change(get("sales-state"), { target: { value: "ended" } });
    await fireEvent.change(get("sales-state"), { target: { value: "refused" } });
    quick.keep(page([2]));
    await settle();
    slow.keep(page([1]));
    await settle();
    expect(rows()).toEqual([2]);
  });

  it("says so when the book cannot be read", async () => {
    const till = await open();
    till.ipc.sales.mockRejectedValueOnce(sampleFault("journal_unreadable"));
    await till.touch("nav-sales");
    await settle();
    expect(till.get("error").dataset["code"]).toBe("journal_unreadable");
    await fireEvent.click(till.screen.getByText("Try again"));
    await settle();
    expect(till.find("error")).toBeNull();
  });

  it("changes with the sales on it", async () => {
    const { tell, screen } = await openBook();
    tell(sampleSale({ number: 2, revision: 9, state: "review" }));
    await tick();
    const row = screen.getAllByTestId("sale-row").find((one) => one.dataset["number"] === "2");
    expect(row?.dataset["state"]).toBe("review");
  });

  it("names a day twice when the clock was put back over midnight", async () => {
    const times = ["2026-03-21T00:01:00Z", "2026-03-20T23:59:00Z", "2026-03-21T00:02:00Z"];
    const sales = times.map((at, index) =>
      sampleSale({ number: 3 - index, state: "paid", opened_at_unix_ms: Date.parse(at) }),
    );
    const { rows, screen } = await openBook({ sales, next_before: null, zone: "UTC" });
    expect(rows()).toEqual([3, 2, 1]);
    const days = [...screen.container.querySelectorAll("section > h2")].map(
      (day) => day.textContent,
    );
    expect(days).toHaveLength(3);
    expect(days[2]).toBe(days[0]);
  });

  it("is walked by keys: to the search, down, into a sale, and back to its row", async () => {
    const { get, find, screen } = await openBook();
    await key("/");
    expect(document.activeElement).toBe(get("sales-search"));
    await key("ArrowDown");
    await key("ArrowDown");
    const second = screen.getAllByTestId("sale-row")[1];
    expect(document.activeElement).toBe(second);
    await fireEvent.click(second!);
    await settle();
    expect(get("sale-detail").dataset["number"]).toBe("2");
    await key("Escape");
    await settle();
    expect(find("sale-detail")).toBeNull();
    expect((document.activeElement as HTMLElement).dataset["number"]).toBe("2");
  });
});

describe("the search", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is asked once for a word typed at speed", async () => {
    const { ipc, get } = await openBook();
    ipc.sales.mockClear();
    for (const text of ["l", "li", "lin"]) {
      await fireEvent.input(get("sales-search"), { target: { value: text } });
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(ipc.sales).toHaveBeenCalledOnce();
    expect(ipc.sales.mock.lastCall?.[0].search).toBe("lin");
  });
});

describe("a sale's page", () => {
  async function openSale(...what: Parameters<typeof sampleDetail>) {
    const till = await open();
    till.ipc.saleDetail.mockResolvedValue(sampleDetail(...what));
    till.stores.navigation.toSales();
    void till.stores.book.open(42);
    await settle();
    return till;
  }

  it("tells what happened, in words and in order", async () => {
    const { screen, get } = await openSale({ state: "paid", refunded: eur(400) }, true);
    const said = screen.getAllByTestId("sale-entry").map((one) => one.textContent);
    expect(said[0]).toContain("Charged €12.50");
    expect(said.join()).toContain("Credited to your account");
    expect(get("sale-amount").textContent).toBe("€12.50");
    expect(screen.getAllByTestId("sale-attempt")).toHaveLength(1);
  });

  it.each([
    ["paid", ["sale-receipt", "sale-refund", "sale-note"]],
    ["ended", ["sale-write-off", "sale-note"]],
    ["stopped", ["sale-show", "sale-write-off", "sale-note"]],
  ] as const)("offers of a sale that is %s what may be done", async (state, ids) => {
    const { get } = await openSale({ state });
    const offered = [...get("sale-detail").querySelectorAll<HTMLElement>("footer button")];
    expect(offered.map((button) => button.dataset["testid"])).toEqual(ids);
  });

  it("says what goes back in cash where cash is rounded, and nothing of it by another way", async () => {
    const { find, get, ipc, touch } = await openSale({ state: "paid" });
    const answer = { amount: eur(452), cash_rounding: eur(-2), taxes: [], tip: null, lines: [] };
    ipc.refundPreview.mockResolvedValue(answer);
    await touch("sale-refund");
    await fireEvent.input(get("refund-amount"), { target: { value: "4,52" } });
    await vi.waitFor(() => expect(get("refund-rounding").textContent).toContain("€4.50"));
    expect(get("refund-save").textContent).toContain("€4.50");
    await fireEvent.click(get("refund-way-by_hand"));
    expect(find("refund-rounding")).toBeNull();
    expect(get("refund-save").textContent).toContain("€4.52");
  });

  it("refunds once, with a reason, and no more than may go back", async () => {
    const { ipc, get, find, touch, stores } = await openSale({ state: "paid" });
    await touch("sale-refund");
    expect(get("refund").textContent).toContain("The gateway sends no money back");
    await touch("refund-save");
    expect(ipc.refund).not.toHaveBeenCalled();
    await fireEvent.input(get("refund-reason"), { target: { value: "Cake was cold" } });
    await fireEvent.input(get("refund-amount"), { target: { value: "12,51" } });
    await touch("refund-save");
    expect(ipc.refund).not.toHaveBeenCalled();
    await fireEvent.input(get("refund-amount"), { target: { value: "4,5" } });
    await fireEvent.click(get("refund-way-by_hand"));
    const answer = held<ReturnType<typeof sampleSale>>();
    ipc.refund.mockReturnValue(answer.promise);
    await touch("refund-save");
    void stores.corrections.refund(42, { amount: eur(450), way: "cash", reason: "retry" });
    expect(ipc.refund).toHaveBeenCalledExactlyOnceWith(42, {
      amount: eur(450),
      way: "by_hand",
      reason: "Cake was cold",
    });
    answer.keep(sampleSale({ revision: 7, state: "paid", refunded: eur(450) }));
    await settle();
    expect(find("refund")).toBeNull();
    // The page is loaded again.
    expect(ipc.saleDetail).toHaveBeenCalledTimes(2);
  });

  it("shows the tax before it goes back, of goods that are picked and of an amount", async () => {
    const { ipc, screen, get, find, touch } = await openSale({ state: "paid" });
    await touch("sale-refund");
    expect(ipc.refundPreview).toHaveBeenLastCalledWith(42, eur(1250), []);
    const taxes = () => screen.getAllByTestId("refund-tax").map((tax) => tax.dataset["rate"]);
    expect(taxes()).toEqual(["700", "1900"]);
    const amount = () => (get("refund-amount") as HTMLInputElement).value;
    const rows = screen.getAllByTestId("refund-line");
    await fireEvent.click(rows[0]!);
    await settle();
    expect(ipc.refundPreview).toHaveBeenLastCalledWith(42, eur(1250), [{ line: 1, quantity: 2 }]);
    expect(amount()).toBe("7.00");
    await touch("refund-line-less");
    expect([amount(), get("refund-line-quantity").textContent]).toEqual(["3.50", "1"]);
    await fireEvent.click(rows[1]!);
    await settle();
    await fireEvent.input(get("refund-reason"), { target: { value: "Cold" } });
    await touch("refund-save");
    expect(ipc.refund).toHaveBeenCalledExactlyOnceWith(42, {
      amount: eur(800),
      way: "cash",
      reason: "Cold",
      lines: [
        { line: 1, quantity: 1 },
        { line: 2, quantity: 1 },
      ],
    });
    await settle();
    expect(find("refund")).toBeNull();
  });

  it("forgets the picked goods when an amount is typed, and an answer that comes too late", async () => {
    const { ipc, screen, get, touch } = await openSale({ state: "paid" });
    await touch("sale-refund");
    const late = held<RefundPreview>();
    ipc.refundPreview.mockReturnValueOnce(late.promise);
    await fireEvent.click(screen.getAllByTestId("refund-line")[0]!);
    await fireEvent.input(get("refund-reason"), { target: { value: "Cold" } });
    await touch("refund-save");
    expect(ipc.refund).not.toHaveBeenCalled();
    await fireEvent.input(get("refund-amount"), { target: { value: "2,5" } });
    await settle();
    late.keep({ ...samplePreview(eur(0), [{ line: 1, quantity: 2 }]), taxes: [] });
    await settle();
    expect(screen.getAllByTestId("refund-tax")).toHaveLength(2);
    expect((get("refund-amount") as HTMLInputElement).value).toBe("2,5");
    expect(ipc.refundPreview).toHaveBeenLastCalledWith(42, eur(250), []);
    await touch("refund-save");
    const refund = { amount: eur(250), way: "cash", reason: "Cold" };
    expect(ipc.refund).toHaveBeenCalledExactlyOnceWith(42, refund);
  });

  it("keeps what was typed when the till says no", async () => {
    const { ipc, get, find, touch } = await openSale({ state: "paid" });
    await touch("sale-refund");
    await fireEvent.input(get("refund-reason"), { target: { value: "Cake was cold" } });
    ipc.refund.mockRejectedValue(sampleFault("journal_unwritable"));
    await touch("refund-save");
    expect(get("error").dataset["code"]).toBe("journal_unwritable");
    await key("Escape");
    expect(find("error")).toBeNull();
    expect((get("refund-reason") as HTMLTextAreaElement).value).toBe("Cake was cold");
    await key("Escape");
    expect(find("refund")).toBeNull();
  });

  it("writes off a sale that nobody waits for, with a reason", async () => {
    const { ipc, get, find, touch } = await openSale({ state: "stopped" });
    await touch("sale-write-off");
    await touch("write-off-save");
    expect(ipc.writeOff).not.toHaveBeenCalled();
    await fireEvent.input(get("write-off-reason"), { target: { value: "Unknown" } });
    await touch("write-off-save");
    expect(ipc.writeOff).toHaveBeenCalledExactlyOnceWith(42, "Unknown");
    expect(find("write-off")).toBeNull();
  });

  it("shows what the gateway said in its own letters, and whose invoice it may be", async () => {
    const { get } = await openSale({
      state: "ended",
      gateway_status: "partially_paid",
      poll_refused: true,
      written_off: "It is dead",
    });
    expect(get("sale-gateway-status").textContent).toContain("partially_paid");
    expect(get("sale-poll-refused")).toBeTruthy();
    expect(get("sale-written-off").textContent).toBe("It is dead");
  });

  it("takes a refund back with a reason", async () => {
    const { ipc, screen, get, touch } = await openSale({ state: "paid", refunded: eur(400) }, true);
    const back = screen.getAllByTestId("sale-take-back");
    expect(back).toHaveLength(1);
    await fireEvent.click(back[0]!);
    await touch("take-back-save");
    expect(ipc.takeBackRefund).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByText("Entered by mistake", { selector: "button" }));
    await touch("take-back-save");
    expect(ipc.takeBackRefund).toHaveBeenCalledExactlyOnceWith(42, 2, "Entered by mistake");
    expect(get("sale-detail")).toBeTruthy();
  });

  it("puts a note right, and settles a review", async () => {
    const { ipc, get, touch } = await openSale({ state: "review", open: true });
    await touch("sale-note");
    await fireEvent.input(get("note-text"), { target: { value: " Table 7 " } });
    await touch("note-save");
    expect(ipc.setNote).toHaveBeenCalledExactlyOnceWith(42, "Table 7");
    await settle();
    await touch("sale-review");
    await fireEvent.input(get("review-reason"), { target: { value: "Sent back" } });
    await touch("review-save");
    expect(ipc.closeReview).toHaveBeenCalledExactlyOnceWith(42, "Sent back");
  });

  it("shows the receipt, saves it and hands it to the system", async () => {
    const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
    const { ipc, get, find, touch } = await openSale({ state: "paid" });
    await touch("sale-receipt");
    expect(get("receipt-picture").getAttribute("alt")).toContain("A-000042");
    expect(find("receipt-print")).toBeNull();
    await touch("receipt-pdf");
    expect(ipc.saveReceipt).toHaveBeenCalledExactlyOnceWith(42, "pdf");
    expect(get("receipt-status").textContent).toContain("Saved");
    await touch("receipt-dialog");
    expect(print).toHaveBeenCalledOnce();
    expect(ipc.receiptOpenedInDialog).toHaveBeenCalledExactlyOnceWith(42);
    print.mockRestore();
  });
});
