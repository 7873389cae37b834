import { fireEvent } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";
import { sampleClose } from "../dev/book-samples";
import { sampleFault, sampleOffice, sampleStart } from "../dev/samples";
import { open, settle } from "./screen-harness";

/** The section of the settings that shows it. */
async function openSettings(office: ReturnType<typeof sampleOffice> | null) {
  const opened = await open(sampleStart({ office: office?.state ?? "none" }));
  opened.ipc.officeStatus.mockResolvedValue(office);
  opened.stores.navigation.toSettings("backup");
  await settle();
  return opened;
}

describe("the back office", () => {
  it("is one line in a shop that has none", async () => {
    const { find, get } = await openSettings(null);
    expect(get("office-none")).toBeTruthy();
    for (const id of ["office", "office-leave", "office-sign"]) expect(find(id)).toBeNull();
  });

  it("is not there in practice, of which nothing leaves the till", async () => {
    const { stores, find, get } = await open(sampleStart({ mode: "practice" }));
    stores.navigation.toSettings("backup");
    await settle();
    expect(get("backup")).toBeTruthy();
    expect(find("office-none")).toBeNull();
  });

  it("is paired by a code that a scanner types, with its Enter", async () => {
    const { ipc, get, find, touch } = await openSettings(null);
    await touch("office-pair");
    const field = get("office-code");
    expect(document.activeElement).toBe(field);
    await fireEvent.input(field, { target: { value: " 192.168.1.20:7443/0123-4567 " } });
    const form = field.closest("form");
    if (form === null) throw new Error("no form");
    await fireEvent.submit(form);
    await settle();
    expect(ipc.pairWithOffice).toHaveBeenCalledExactlyOnceWith("192.168.1.20:7443/0123-4567");
    expect(find("pair-office")).toBeNull();
    expect(get("office-name").textContent).toBe("Stall 3");
  });

  it("keeps the code in its field when it does not pair", async () => {
    const { ipc, get, touch } = await openSettings(null);
    ipc.pairWithOffice.mockRejectedValue(sampleFault("office_code_invalid"));
    await touch("office-pair");
    await fireEvent.input(get("office-code"), { target: { value: "nonsense" } });
    await touch("office-pair-save");
    expect(get("error").dataset["code"]).toBe("office_code_invalid");
    expect((get("office-code") as HTMLInputElement).value).toBe("nonsense");
  });

  it("is paired by a file, and stays unpaired when none is picked", async () => {
    const { ipc, get, find, touch } = await openSettings(null);
    await touch("office-pair", "office-pair-file");
    expect(get("pair-office")).toBeTruthy();
    ipc.pairWithOfficeByFile.mockResolvedValue(sampleOffice());
    await touch("office-pair-file");
    expect(find("pair-office")).toBeNull();
    expect(get("office")).toBeTruthy();
  });

  it("says how many entries have not arrived", async () => {
    const { get, find } = await openSettings(sampleOffice({ entries: 4_815 }));
    expect(get("office-waiting").dataset["count"]).toBe("3");
    expect(find("office-sign")).toBeNull();
    expect(find("office-pair")).toBeNull();
  });

  it("says what to do when it refuses", async () => {
    const fault = sampleFault("office_token_refused");
    const { get } = await openSettings(sampleOffice({ state: "token-refused", fault }));
    expect(get("office").textContent).toContain("Pair it anew");
    expect(get("office-pair")).toBeTruthy();
  });

  it("is left only after a question that says what has not arrived", async () => {
    const { ipc, get, find, touch } = await openSettings(sampleOffice({ entries: 4_814 }));
    await touch("office-leave");
    expect(get("leave-office-waiting").textContent).toContain("2 entries");
    await touch("office-stay");
    expect(ipc.leaveOffice).not.toHaveBeenCalled();
    await touch("office-leave", "office-leave-sure");
    expect(ipc.leaveOffice).toHaveBeenCalledOnce();
    expect(find("office")).toBeNull();
    expect(get("office-none")).toBeTruthy();
  });

  it("is in sight everywhere while somebody has to look, and leads to its section", async () => {
    const { ipc, send, get, find, touch } = await open(sampleStart({ office: "sending" }));
    expect(find("office-sign")).toBeNull();
    for (const state of ["late", "quarantined", "set-aside", "token-refused", "refused"] as const) {
      send({ what: "office-changed", told: state });
      await tick();
      expect(get("office-sign").dataset["state"]).toBe(state);
    }
    send({ what: "office-changed", told: "sending" });
    await tick();
    expect(find("office-sign")).toBeNull();
    send({ what: "office-changed", told: "late" });
    await tick();
    ipc.officeStatus.mockResolvedValue(sampleOffice({ state: "late" }));
    await touch("office-sign");
    expect(get("office")).toBeTruthy();
  });

  it("switches the codes of receipts off and on, saved at once", async () => {
    const { ipc, stores, get, touch } = await openSettings(sampleOffice());
    const box = () => get("settings-receipt-qr") as HTMLInputElement;
    expect(box().checked).toBe(true);
    await touch("settings-receipt-qr");
    await settle();
    expect(ipc.saveSettings).toHaveBeenCalledOnce();
    expect(stores.settings.current.receipt_qr).toBe(false);
    expect(box().checked).toBe(false);
  });

  it("says on a Z report whether it has signed it", async () => {
    const { stores, get, find } = await open();
    const { head } = sampleOffice();
    if (head === null) throw new Error("no head");
    const show = async (signed: typeof head | null) => {
      stores.dialogs.open({ kind: "close-report", close: sampleClose({ seq: 480, signed }) });
      await settle();
    };
    await show(null);
    expect(find("close-signed")).toBeNull();
    await show({ ...head, seq: 480 });
    expect(get("close-signed").textContent).toContain("has signed it");
    await show({ ...head, seq: 479 });
    expect(get("close-signed").textContent).toContain("before this report");
  });
});
