import { fireEvent } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { eur, sampleStart } from "../dev/samples";
import { open, settle } from "./screen-harness";

const shop = (on: boolean) => {
  const { settings } = sampleStart();
  return sampleStart({ settings: { ...settings, drawer: { on, blind_count: false } } });
};

async function theDay(on = true) {
  const window = await open(shop(on));
  await window.touch("nav-day");
  await settle();
  const type = async (id: string, value: string) => {
    await fireEvent.input(window.get(id), { target: { value } });
    await settle();
  };
  return { ...window, type };
}

describe("the cash drawer", () => {
  it("is not to be seen in a shop that counts none", async () => {
    const { find, ipc } = await theDay(false);
    expect(find("drawer")).toBeNull();
    expect(ipc.drawer).not.toHaveBeenCalled();
  });

  it("shows what moved its money, and what should be there", async () => {
    const { get, screen } = await theDay();
    const figures = [...get("drawer-figures").querySelectorAll("dd")];
    expect(figures.map((figure) => [figure.dataset["figure"], figure.textContent])).toEqual([
      ["drawer-start", "€150.00"],
      ["drawer-taken", "€412.50"],
      ["drawer-refunded", "€3.40"],
      ["drawer-in", "€20.00"],
      ["drawer-out", "€12.50"],
      ["drawer-drop", "€300.00"],
      ["drawer-counted", "€266.50"],
      ["drawer-difference", "-€0.10"],
      ["drawer-removed", "€116.50"],
      ["drawer-expected", "€150.00"],
    ]);
    expect(screen.queryByTestId("drawer-open")).toBeNull();
  });

  it("is counted by notes and coins, and says afterwards what is missing", async () => {
    const { ipc, get, find, touch, type } = await theDay();
    await touch("drawer-count");
    expect(find("count-expected")).toBeNull();
    expect(ipc.countStart).toHaveBeenCalledOnce();
    await type("count-5000", "2");
    await type("count-100", "7");
    expect(get("count-sum").textContent).toBe("€107.00");
    await type("count-left", "50");
    await touch("count-save");
    expect(ipc.countCash).toHaveBeenCalledExactlyOnceWith({
      purpose: "count",
      counted: eur(10_700),
      pieces: [
        { minor: 5000, count: 2 },
        { minor: 100, count: 7 },
      ],
      left: eur(5000),
    });
    expect(get("count-difference").textContent).toBe("-€0.10");
    await touch("count-done");
    expect(find("count")).toBeNull();
  });

  it("leaves no more than was counted", async () => {
    const { ipc, touch, type } = await theDay();
    await touch("drawer-count");
    await type("count-sum", "10");
    await type("count-left", "10.01");
    await touch("count-save");
    await type("count-left", "");
    await type("count-1000", "x");
    await touch("count-save");
    expect(ipc.countCash).not.toHaveBeenCalled();
  });

  it("gives money out for a reason only", async () => {
    const { ipc, find, touch, type } = await theDay();
    await touch("drawer-out");
    await type("move-cash-amount", "12,50");
    await touch("move-cash-save");
    expect(ipc.moveCash).not.toHaveBeenCalled();
    await type("move-cash-reason", "Milk");
    await touch("move-cash-save");
    const moved = { way: "out", amount: eur(1250), reason: "Milk" };
    expect(ipc.moveCash).toHaveBeenCalledExactlyOnceWith(moved);
    expect(find("move-cash")).toBeNull();
  });
});
