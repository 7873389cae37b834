import { render } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";
import type { DisplaySale } from "../src/bindings/DisplaySale";
import type { DisplayState } from "../src/bindings/DisplayState";
import Display from "../src/display/Display.svelte";
import { Shown } from "../src/display/shown.svelte";
import { settle } from "./counter";

const IDLE: DisplayState = {
  mode: "live",
  theme: "dark",
  shop: "Café Müller",
  language: "en",
  system_language: "en-GB",
  sale: null,
};
const SALE: DisplaySale = {
  face: "awaiting",
  amount: "12.50",
  currency: "EUR",
  test: false,
  expires_at: null,
  clock_offset_ms: 0,
  crypto: null,
  network: null,
  crypto_amount: null,
  qr: { modules: 45, data_url: "data:image/png;base64," },
};

function show(state: DisplayState | null) {
  const shown = new Shown();
  const screen = render(Display, { props: { shown } });
  if (state !== null) shown.take(state);
  flushSync();
  return { shown, screen };
}

describe("the customer's display", () => {
  it("bears the shop's name while nothing is to be paid", () => {
    const { screen } = show(IDLE);
    expect(screen.getByTestId("display-shop").textContent).toBe("Café Müller");
    expect(screen.queryByTestId("display-qr")).toBeNull();
    expect(screen.queryByTestId("display-amount")).toBeNull();
  });

  it("shows amount, code and time, then the tick", () => {
    const expires_at = Math.floor(Date.now() / 1000) + 600;
    const { shown, screen } = show({ ...IDLE, sale: { ...SALE, expires_at } });
    expect(screen.getByTestId("display-amount").textContent).toContain("12.50");
    expect(screen.getByTestId("display-qr")).not.toBeNull();
    expect(screen.getByTestId("display-countdown").textContent).toMatch(/^(10:0\d|9:5\d)$/);
    shown.take({ ...IDLE, sale: { ...SALE, face: "paid", qr: null } });
    flushSync();
    expect(screen.getByTestId("display-state").dataset["state"]).toBe("paid");
    expect(screen.queryByTestId("display-qr")).toBeNull();
  });

  it("has no code when the sale is over, and says what practice is", () => {
    const { screen } = show({
      ...IDLE,
      mode: "practice",
      sale: { ...SALE, face: "ended", qr: null },
    });
    expect(screen.queryByTestId("display-qr")).toBeNull();
    expect(screen.getByTestId("mode-badge").dataset["mode"]).toBe("practice");
  });

  it("takes a change that overtakes the first answer for the newer one", async () => {
    const shown = new Shown();
    void shown.hear(async (changed) => {
      changed({ ...IDLE, sale: SALE });
      return IDLE;
    });
    await settle();
    expect(shown.state?.sale?.face).toBe("awaiting");
  });

  it("promises nothing when the till cannot be heard", async () => {
    const { shown, screen } = show(null);
    void shown.hear(() => Promise.reject(new Error("no")));
    await settle();
    expect(screen.getByTestId("display-state").dataset["state"]).toBe("idle");
  });
});
