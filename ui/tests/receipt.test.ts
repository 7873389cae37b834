import type { PrintedReceipt } from "../src/bindings/PrintedReceipt";
import { describe, expect, it } from "vitest";
import { eur, sampleFault, sampleSale, sampleStart } from "../dev/samples";
import { held, key, open, settle } from "./screen-harness";

const PRINTER = { kind: "network", host: "printer", port: 9100 } as const;

async function openPaid(printer: typeof PRINTER | null) {
  const { settings } = sampleStart();
  const paid = sampleSale({ state: "paid", open: false, refundable: eur(1250) });
  const counter = await open(
    sampleStart({
      settings: { ...settings, printing: { ...settings.printing, printer } },
      unseen_sales: [paid],
    }),
  );
  counter.stores.currentSale.show(paid.number);
  await settle();
  return counter;
}

describe("the receipt of a sale just paid", () => {
  it("is printed by one tap, and the paid screen goes on meanwhile", async () => {
    const { ipc, get, find, touch, stores } = await openPaid(PRINTER);
    const answer = held<PrintedReceipt>();
    ipc.printReceipt.mockReturnValue(answer.promise);
    await touch("paid-receipt");
    expect(get("paid-receipt").dataset["state"]).toBe("busy");
    await stores.receipts.print(42);
    expect(ipc.printReceipt).toHaveBeenCalledExactlyOnceWith(42);
    await touch("paid-done");
    expect(find("paid")).toBeNull();
    const sale = sampleSale({ revision: 5, state: "paid", receipts: 1 });
    answer.keep({ sale, outcome: "confirmed" });
    await settle();
    expect(stores.receipts.printing.get(42)).toBe("done");
  });

  it("is sent, not printed, when the printer does not say that it has printed", async () => {
    const { ipc, get, touch, stores } = await openPaid(PRINTER);
    const sale = sampleSale({ revision: 5, state: "paid", receipts: 1 });
    ipc.printReceipt.mockResolvedValueOnce({ sale, outcome: "unconfirmed" });
    await touch("paid-receipt");
    expect(stores.receipts.printing.get(42)).toBe("sent");
    expect(get("paid-receipt").dataset["state"]).toBe("sent");
    expect(get("paid-receipt").textContent).toContain("Sent");
  });

  it("says why none came, and can be tried again", async () => {
    const { ipc, get, touch, screen } = await openPaid(PRINTER);
    ipc.printReceipt.mockRejectedValueOnce(sampleFault("printer_unreachable"));
    await touch("paid-receipt");
    expect(get("error")).toBeTruthy();
    await touch("error-dismiss");
    expect(get("paid-receipt").dataset["state"]).toBe("none");
    await touch("paid-receipt");
    expect(get("paid-receipt").dataset["state"]).toBe("done");
    expect(screen.getByTestId("paid")).toBeTruthy();
  });

  it("is shown when there is no printer; keys belong to it while it is there", async () => {
    const { ipc, get, find, touch } = await openPaid(null);
    await touch("paid-receipt");
    expect(ipc.printReceipt).not.toHaveBeenCalled();
    expect(get("receipt-picture")).toBeTruthy();
    await key("Escape", 500);
    expect(find("receipt")).toBeNull();
    expect(get("paid")).toBeTruthy();
  });

  it("printed by the till itself is marked as printed", async () => {
    const { tell, get } = await openPaid(PRINTER);
    tell(sampleSale({ revision: 5, state: "paid", receipts: 1 }));
    await settle();
    expect(get("paid-receipt").dataset["state"]).toBe("done");
  });
});

describe("the receipt for a customer's phone", () => {
  const CODE = { modules: 41, data_url: "data:image/png;base64,AAAA" };

  async function openPaidWith(answer: () => Promise<typeof CODE | null>) {
    const counter = await open();
    counter.ipc.receiptQr.mockImplementation(answer);
    const paid = sampleSale({ state: "paid", open: false });
    counter.tell(paid);
    counter.stores.currentSale.show(paid.number);
    await settle();
    return counter;
  }

  it("is shown as a code beside what the cashier does", async () => {
    const { ipc, get, find } = await openPaidWith(async () => CODE);
    expect(ipc.receiptQr).toHaveBeenCalledExactlyOnceWith(42);
    expect(get("paid-receipt-qr").getAttribute("src")).toBe(CODE.data_url);
    expect(get("paid-receipt-qr").getAttribute("alt")).toBe("QR code of the receipt");
    expect(find("error")).toBeNull();
  });

  it("is not there where the till has none, and a failure is no error", async () => {
    const none = await openPaidWith(async () => null);
    expect(none.get("paid")).toBeTruthy();
    expect(none.find("paid-receipt-qr")).toBeNull();
    none.screen.unmount();
    const failed = await openPaidWith(async () => {
      throw sampleFault("journal_unreadable");
    });
    expect(failed.get("paid")).toBeTruthy();
    expect(failed.find("paid-receipt-qr")).toBeNull();
    expect(failed.find("error")).toBeNull();
  });
});
