// An amount is made smaller to fit its room. The widths are invented, because jsdom has no layout.
import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, it, vi } from "vitest";
import Amount from "../src/parts/Amount.svelte";
import { eur } from "../dev/samples";

afterEach(() => vi.restoreAllMocks());

async function sumIn(room_px: number, wanted_px: number): Promise<HTMLElement> {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(room_px);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(wanted_px);
  const screen = render(Amount, { amount: eur(123_456_789), testid: "sum" });
  await tick();
  return screen.getByTestId("sum");
}

it("stays as large as it is where there is room", async () => {
  expect((await sumIn(405, 400)).getAttribute("style") ?? "").toBe("");
});

it("shrinks to its room, with a little air", async () => {
  expect((await sumIn(200, 400)).style.fontSize).toBe("0.495em");
});
