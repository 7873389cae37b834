import { describe, expect, it } from "vitest";
import type { PrinterPort } from "../src/bindings/PrinterPort";
import type { Settings } from "../src/bindings/Settings";
import { draftFrom, formFrom } from "../src/settings-form";
import { sampleRules, sampleStart } from "../dev/samples";

const KEPT = sampleStart().settings;

function withPrinter(printer: PrinterPort | null): Settings {
  return { ...KEPT, printing: { ...KEPT.printing, printer } };
}

describe("a form of the settings", () => {
  it("gives back what it was made of", () => {
    const ports: (PrinterPort | null)[] = [
      null,
      { kind: "device", path: "/dev/usb/lp1" },
      { kind: "queue", name: "TM-T20" },
      { kind: "network", host: "192.168.1.40", port: 9100 },
      { kind: "usb", vendor: 0x04b8, product: 0x0202 },
      { kind: "serial", path: "/dev/ttyUSB0", baud: 115_200 },
    ];
    for (const port of ports) {
      const settings: Settings = {
        ...withPrinter(port),
        shop: { name: "Café", address: "A\nB", tax_id: "DE1", footer: null },
        tax_rates: [
          { name: "MwSt.", rate: 1900 },
          { name: "MwSt.", rate: 550 },
        ],
        default_tax: 550,
        zone: "Europe/Berlin",
      };
      expect(draftFrom(formFrom(settings, sampleRules), settings)).toEqual(settings);
    }
  });

  it("sends text that is no number as it is, for Rust to refuse", () => {
    const form = formFrom(KEPT, sampleRules);
    expect(draftFrom({ ...form, lifetime: " 20 " }, KEPT).lifetime_minutes).toBe(20);
    for (const text of ["", "ten", "3.5", "-1", "1e3", "0x10"]) {
      const draft = draftFrom({ ...form, lifetime: text, calls: text, return_after: text }, KEPT);
      expect([draft.lifetime_minutes, draft.calls_per_minute]).toEqual([text, text]);
      expect(draft.kiosk).toMatchObject({ return_after_s: text });
    }
    for (const percent of ["", "x", "100.01", "19.123", "-1"]) {
      const rates = [{ name: "VAT", percent }];
      expect(draftFrom({ ...form, rates }, KEPT).tax_rates).toEqual([
        { name: "VAT", rate: percent },
      ]);
    }
    expect(draftFrom({ ...form, printer: "usb", vendor: "xyz", product: "0202" }, KEPT)).toEqual(
      expect.objectContaining({
        printing: expect.objectContaining({
          printer: { kind: "usb", vendor: "xyz", product: 0x0202 },
        }),
      }),
    );
  });

  it("proposes what Rust proposes", () => {
    const form = formFrom(KEPT, sampleRules);
    expect([form.port, form.baud, form.paid_after]).toEqual(["9101", "19200", "20"]);
    expect(form.tip_percents).toHaveLength(sampleRules.max_presets);
  });

  it("keeps what it knows nothing of", () => {
    const kept = { ...KEPT, of_the_future: 1 };
    expect(draftFrom(formFrom(kept, sampleRules), kept)).toEqual(kept);
  });
});
