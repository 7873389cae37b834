import { fireEvent } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { sampleClose, sampleReport, sampleTotals } from "../dev/book-samples";
import { SAMPLE_MOVES } from "../dev/drawer-scenes";
import { eur, sampleFault, sampleSale, sampleStart } from "../dev/samples";
import type { DayReport } from "../src/bindings/DayReport";
import type { Start } from "../src/bindings/Start";
import { shifted } from "../src/days";
import { held, open, settle } from "./screen-harness";

async function openDay(report: DayReport = sampleReport(), closes = [sampleClose()]) {
  const counter = await open(sampleStart({ settings: { ...sampleStart().settings, zone: "UTC" } }));
  counter.ipc.report.mockImplementation(async (day) => ({ ...report, day: day ?? report.day }));
  counter.ipc.closes.mockResolvedValue(closes);
  await counter.touch("nav-day");
  await settle();
  const figure = (currency: string, name: string) =>
    counter.screen
      .getAllByTestId("day-total")
      .find((card) => card.dataset["currency"] === currency)
      ?.querySelector(`[data-figure="${name}"]`)?.textContent;
  return { ...counter, figure };
}

describe("the report of a day", () => {
  it("shows each currency's sums as the till says them", async () => {
    const { figure, screen } = await openDay(sampleReport({}, ["EUR", "RUB"]));
    expect(screen.getAllByTestId("day-total")).toHaveLength(2);
    expect(figure("EUR", "paid")).toBe("€1,284.50");
    expect(figure("EUR", "average")).toBe("€37.78");
    expect(figure("EUR", "refunds")).toBe("-€65.00");
    expect(figure("EUR", "net")).toBe("€1,219.50");
    expect(figure("EUR", "late")).toBe("€22.50");
    expect(figure("EUR", "twice")).toBe("€12.50");
    expect(figure("EUR", "settled")).toBe("€1,200.00");
    expect(figure("EUR", "unsettled")).toBe("€84.50");
    expect(figure("RUB", "paid")).toBe("₽1,284.50");
  });

  it("draws every hour that had a payment, early and late ones too", async () => {
    const hours = Array.from({ length: 24 }, (_, hour) => ({
      payments: hour === 2 || hour === 23 ? 1 : 0,
      paid: eur(hour === 2 || hour === 23 ? 500 : 0),
    }));
    const { get } = await openDay(sampleReport({ hours: { EUR: hours } }));
    const shown = [...get("day-hours").querySelectorAll<HTMLElement>("li")];
    expect(shown[0]?.dataset["hour"]).toBe("2");
    expect(shown.at(-1)?.dataset["hour"]).toBe("23");
    expect(shown[0]?.textContent).toContain("1 payment, €5.00");
  });

  it("is of another day when one goes there, and never of tomorrow", async () => {
    const { ipc, get, touch, stores } = await openDay();
    stores.day.choose("2026-11-10");
    await settle();
    await touch("day-earlier");
    expect(ipc.report).toHaveBeenLastCalledWith("2026-11-09");
    expect(get("day").dataset["day"]).toBe("2026-11-09");
    stores.day.choose(stores.day.today);
    await settle();
    expect(ipc.report).toHaveBeenLastCalledWith(null);
    stores.day.choose(shifted(stores.day.today, 1));
    expect(stores.day.chosen).toBeNull();
  });

  it("names the gateway whose money it is", async () => {
    const { get } = await openDay(sampleReport({ gateway: "127.0.0.1:4141" }));
    expect(get("day-gateway").textContent).toContain("127.0.0.1:4141");
  });

  it("says of practice that it counts for nothing", async () => {
    const { get } = await openDay(sampleReport({ practice: true }));
    expect(get("day-practice").textContent).toContain("counts for nothing");
  });
});

describe("what a day sold and what was done with the drawer", () => {
  const categories = {
    "": { sold: eur(100), refunded: eur(0) },
    Drinks: { sold: eur(900), refunded: eur(250) },
  };

  it("shows the categories by name, and those of none last", async () => {
    const { screen } = await openDay(
      sampleReport({ totals: { EUR: sampleTotals({ categories }) } }),
    );
    const shown = [...screen.getByTestId("totals-categories").querySelectorAll("div")];
    expect(shown.map(({ textContent }) => textContent.replace(/\s+/g, " ").trim())).toEqual([
      "Drinks €6.50",
      "Refunds in it -€2.50",
      "No category €1.00",
    ]);
  });

  it("shows nothing of categories and the drawer to a shop that has none", async () => {
    const { find } = await openDay();
    expect(find("totals-categories")).toBeNull();
    expect(find("drawer-moves")).toBeNull();
  });

  it("lists what was done with the drawer, with its reason and who", async () => {
    const { get } = await openDay(sampleReport({ drawer_moves: SAMPLE_MOVES }));
    const out = get("drawer-moves").querySelector('[data-what="out"]')?.textContent;
    expect(out).toContain("€5.50");
    expect(out).toContain("Milk");
    expect(out).toContain("Maximilian-Alexander");
    expect(get("drawer-moves").querySelector('[data-what="open"]')?.textContent).toContain("Anna");
  });

  it("calls the shop's own tenders by their names", async () => {
    const start = sampleStart();
    const own = { way: "own", id: "v", name: "Gutschein" } as const;
    const { ipc, touch, get } = await open(
      sampleStart({ settings: { ...start.settings, tenders: [{ way: "crypto" }, own] } }),
    );
    const sums = { payments: 2, paid: eur(500), tips: eur(0), refunds_count: 1, refunds: eur(100) };
    const totals = {
      EUR: sampleTotals({
        tenders: { "own:v": sums, "own:gone": sums },
        refund_ways: { "own:v": { refunds_count: 1, refunds: eur(100) } },
      }),
    };
    ipc.report.mockImplementation(async () => sampleReport({ totals }));
    await touch("nav-day");
    await settle();
    const text = get("day-total").textContent;
    expect(text).toContain("Gutschein (2)");
    expect(text).not.toContain("own:");
    expect(text).toContain("gone (2)");
  });
});

describe("the choice of rows", () => {
  const withCash = (): Start => {
    const start = sampleStart();
    return sampleStart({
      settings: { ...start.settings, tenders: [{ way: "crypto" }, { way: "cash" }] },
    });
  };

  it("is no question in a shop that takes crypto alone", async () => {
    const { touch, find, ipc } = await openDay();
    await touch("day-export");
    expect(find("export-rows-tenders")).toBeNull();
    await touch("export-start");
    expect(ipc.export).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ format: "csv", rows: "sales" }),
    );
  });

  it("goes to the till as it was made", async () => {
    const { touch, ipc, screen } = await open(withCash());
    await touch("nav-day");
    await settle();
    await touch("day-export");
    await fireEvent.click(screen.getByText("Each tender"));
    await touch("export-start");
    expect(ipc.export).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ format: "csv", rows: "tenders" }),
    );
  });

  it("is there as well when another tender was taken and is switched off now", async () => {
    const sums = { payments: 2, paid: eur(500), tips: eur(0), refunds_count: 0, refunds: eur(0) };
    const grand = { EUR: sampleTotals({ tenders: { card: sums } }) };
    const { touch, screen } = await openDay(sampleReport({ grand }));
    await touch("day-export");
    expect(screen.queryByText("Each line")).not.toBeNull();
    await fireEvent.click(screen.getByText("DATEV cash book"));
    expect(screen.queryByText("Each line")).toBeNull();
  });
});

describe("the close", () => {
  it("asks first, closes once, and shows the Z with its head", async () => {
    const { ipc, get, find, touch, stores } = await openDay();
    await touch("day-close");
    expect(ipc.closeDay).not.toHaveBeenCalled();
    const answer = held<ReturnType<typeof sampleClose>>();
    ipc.closeDay.mockReturnValue(answer.promise);
    await touch("close-day-confirm");
    void stores.day.close(false);
    expect(ipc.closeDay).toHaveBeenCalledExactlyOnceWith(false);
    answer.keep(sampleClose({ z: 7 }));
    await settle();
    expect(find("close-day")).toBeNull();
    expect(get("close-report").textContent).toContain("Z 7");
    expect(get("close-head").textContent).toBe(sampleClose().head);
    expect(get("close-events").textContent).toMatch(/Drawer opened\s*4\s*Wrong PINs\s*2/u);
    expect(get("close-key").textContent).toContain(sampleClose().key ?? "no key");
    await touch("close-done");
    expect(find("close-report")).toBeNull();
  });

  it("names the sales that are still open before it carries them over", async () => {
    const strip = [sampleSale({ number: 39 }), sampleSale({ number: 40, state: "stopped" })];
    const { ipc, get, touch } = await openDay(sampleReport({ open: strip }));
    await touch("day-close");
    expect(get("close-open").textContent).toContain("A-000039");
    expect(get("close-day-confirm").textContent).toContain("carry 2 over");
    await touch("close-day-confirm");
    expect(ipc.closeDay).toHaveBeenCalledExactlyOnceWith(true);
  });

  it("that is refused says why and looks anew", async () => {
    const { ipc, get, find, touch } = await openDay();
    await touch("day-close");
    ipc.closeDay.mockRejectedValueOnce(sampleFault("day_open_sales", { count: "1" }));
    const late = sampleSale({ number: 41 });
    ipc.report.mockResolvedValue(sampleReport({ open: [late] }));
    await touch("close-day-confirm");
    expect(get("error").dataset["code"]).toBe("day_open_sales");
    await touch("error-dismiss");
    expect(find("close-open")?.textContent).toContain("A-000041");
  });

  it("of an earlier day can be looked at", async () => {
    const { get, touch } = await openDay();
    await touch("day-z");
    expect(get("close-report").textContent).toContain("19 November 2026");
    expect(get("close-grand").textContent).toContain("€182,116.00");
  });

  it("are printed by the receipt printer, or by the system where there is none", async () => {
    const { get, ipc, stores, touch } = await openDay();
    const dialog = vi.spyOn(window, "print").mockImplementation(() => undefined);
    await touch("day-z", "close-print");
    expect(dialog).toHaveBeenCalledOnce();
    expect(ipc.printClose).not.toHaveBeenCalled();
    stores.settings.current.printing.printer = { kind: "network", host: "printer", port: 9100 };
    ipc.printClose.mockRejectedValueOnce(sampleFault("printer_out_of_paper"));
    await touch("close-print");
    expect(get("error").dataset["code"]).toBe("printer_out_of_paper");
    await touch("error-dismiss", "close-print");
    expect(ipc.printClose.mock.calls).toEqual([[sampleClose().seq], [sampleClose().seq]]);
    expect(dialog).toHaveBeenCalledOnce();
  });
});

describe("the export", () => {
  it("shows how far it is, can be called off, and says where the file is", async () => {
    const { ipc, get, touch, send } = await openDay();
    await touch("day-export");
    await fireEvent.click(get("export-period-all"));
    await fireEvent.click(get("export-format-json"));
    const answer = held<string | null>();
    ipc.export.mockReturnValue(answer.promise);
    await touch("export-start");
    expect(ipc.export).toHaveBeenCalledExactlyOnceWith({
      format: "json",
      rows: "sales",
      from: null,
      to: null,
    });
    send({ what: "export-progress", told: { done: 40, total: 100 } });
    await settle();
    expect(get("export-progress").getAttribute("value")).toBe("40");
    await touch("export-cancel");
    expect(ipc.cancelExport).toHaveBeenCalledOnce();
    answer.keep(null);
    await settle();
    expect(get("export-start")).toBeTruthy();
    ipc.export.mockResolvedValue("/home/shop/book.json");
    await touch("export-start");
    expect(get("export-done").textContent).toContain("/home/shop/book.json");
  });

  it("takes no days in the wrong order", async () => {
    const { get, touch } = await openDay();
    await touch("day-export");
    await fireEvent.click(get("export-period-range"));
    await fireEvent.input(get("export-from"), { target: { value: "2026-11-20" } });
    await fireEvent.input(get("export-to"), { target: { value: "2026-11-19" } });
    expect((get("export-start") as HTMLButtonElement).disabled).toBe(true);
  });
});
