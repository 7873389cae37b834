import { describe, expect, it } from "vitest";
import type { PrinterPort } from "../src/bindings/PrinterPort";
import type { Settings } from "../src/bindings/Settings";
import { formFrom, settingsFrom } from "../src/settings-form";
import { sampleStart } from "../dev/samples";

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
      expect(settingsFrom(formFrom(settings), settings)).toEqual(settings);
    }
  });

  it("names the first field that cannot be, and where it is", () => {
    const form = formFrom(withPrinter({ kind: "network", host: "printer", port: 9100 }));
    expect(settingsFrom({ ...form, lifetime: "2" }, KEPT)).toEqual({
      section: "till",
      field: "lifetime",
    });
    expect(settingsFrom({ ...form, host: " " }, KEPT)).toEqual({
      section: "printer",
      field: "host",
    });
    for (const port of ["", "0", "65536", "9100x"]) {
      expect(settingsFrom({ ...form, port }, KEPT)).toEqual({ section: "printer", field: "port" });
    }
    expect(settingsFrom({ ...form, printer: "usb", vendor: "xyz" }, KEPT)).toEqual({
      section: "printer",
      field: "vendor",
    });
    for (const percent of ["", "x", "100.01", "19.123", "-1"]) {
      expect(settingsFrom({ ...form, rates: [{ name: "VAT", percent }] }, KEPT), percent).toEqual({
        section: "shop",
        field: "rates",
      });
    }
  });

  it("keeps what it knows nothing of", () => {
    const kept = { ...KEPT, of_the_future: 1 };
    expect(settingsFrom(formFrom(kept), kept)).toEqual(kept);
  });
});
