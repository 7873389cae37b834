// Which sales the window keeps.
import { describe, expect, it } from "vitest";
import type { SaleView } from "../src/bindings/SaleView";
import { sampleSale } from "../dev/samples";
import { Errors } from "../src/state/errors.svelte";
import { FINISHED_KEPT, Sales } from "../src/state/sales.svelte";
import { fakeIpc } from "./screen-harness";

function keptSales() {
  let front: number | null = null;
  const sales = new Sales(fakeIpc().ipc, new Errors(() => undefined), {
    front: () => front,
    changed: () => undefined,
  });
  /** A sale that opens and ends. */
  const over = (number: number, end: Partial<SaleView> = { unseen: false }) => {
    sales.update(sampleSale({ number, revision: 1 }));
    sales.recordPoll(number, 1_000);
    sales.update(sampleSale({ number, revision: 2, state: "paid", open: false, ...end }));
  };
  const known = () => [...sales.salesByNumber.keys()].sort((a, b) => a - b);
  return { sales, over, known, look: (number: number | null) => (front = number) };
}

describe("a window that stays up", () => {
  it("remembers the last that were over, and when they were checked", () => {
    const { sales, over, known } = keptSales();
    for (let number = 1; number <= FINISHED_KEPT + 200; number++) over(number);
    expect(known()).toHaveLength(FINISHED_KEPT);
    expect(known()[0]).toBe(201);
    expect([...sales.polledAt.keys()]).toEqual(known());
  });

  it("keeps what somebody has to see: open, paid unseen, ended unseen, in front", () => {
    const { sales, over, known, look } = keptSales();
    sales.update(sampleSale({ number: 1 }));
    over(2, { unseen: true });
    sales.update(sampleSale({ number: 3 }));
    sales.update(sampleSale({ number: 3, revision: 2, state: "ended", open: false }));
    over(4);
    look(4);
    for (let number = 5; number <= FINISHED_KEPT + 100; number++) {
      sales.update(sampleSale({ number, state: "paid", open: false, unseen: false }));
    }
    expect(known().slice(0, 5)).toEqual([1, 2, 3, 4, 101]);
    expect(sales.openSales.map(({ number }) => number)).toEqual([1, 3]);
    expect(sales.alarms.map(({ sale }) => sale.number)).toEqual([2]);
  });

  it("is not told by an older answer that a sale is open again", () => {
    const { sales, over } = keptSales();
    for (let number = 1; number < FINISHED_KEPT; number++) over(number);
    sales.update(sampleSale({ number: 1, revision: 1 }));
    expect(sales.openSales).toEqual([]);
  });

  it("lets go of what has been over longest, not of what began first", () => {
    const { sales, over, known } = keptSales();
    sales.update(sampleSale({ number: 1, revision: 1 }));
    for (let number = 2; number <= FINISHED_KEPT + 100; number++) over(number);
    over(1);
    over(FINISHED_KEPT + 101);
    expect(known()[0]).toBe(1);
    sales.update(sampleSale({ number: 1, revision: 1 }));
    expect(sales.openSales).toEqual([]);
  });

  it("does not begin to remember one for having been asked about", () => {
    const { sales, over } = keptSales();
    for (let number = 1; number <= FINISHED_KEPT + 1; number++) over(number);
    sales.recordPoll(1, 2_000);
    expect(sales.polledAt.has(1)).toBe(false);
  });
});
