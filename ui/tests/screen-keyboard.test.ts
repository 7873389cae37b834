import { fireEvent } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";
import type { ScreenKeyboardUse } from "../src/bindings/ScreenKeyboardUse";
import { LAYOUTS, LAYOUT_IDS, SIGNS, layoutOf, nextLayout } from "../src/screen-keyboard/layouts";
import { deleteBackwards, pressEnter, typedField, typeText } from "../src/screen-keyboard/typing";
import { isWanted } from "../src/state/screen-keyboard.svelte";
import { sampleStart } from "../dev/samples";
import { open } from "./screen-harness";

const input = (html: string) => {
  document.body.innerHTML = html;
  const field = typedField(document.body.querySelector("input, textarea"));
  if (field === null) throw new Error("not a field for text");
  return field;
};

describe("typing on the screen", () => {
  it("goes where the cursor is, over what is selected, and tells the field's owner", () => {
    const field = input('<input value="Tee">');
    const told: string[] = [];
    field.addEventListener("input", () => told.push(field.value));
    field.setSelectionRange(0, 0);
    typeText(field, "1 ");
    field.setSelectionRange(2, 5);
    typeText(field, "ü");
    expect(field.value).toBe("1 ü");
    expect(field.selectionStart).toBe(3);
    expect(told).toEqual(["1 Tee", "1 ü"]);
  });

  it("ends where the field does", () => {
    const field = input('<input value="123" maxlength="4">');
    field.setSelectionRange(3, 3);
    typeText(field, "4");
    typeText(field, "5");
    expect(field.value).toBe("1234");
    field.setSelectionRange(0, 4);
    typeText(field, "9");
    expect(field.value).toBe("9");
  });

  it("deletes a whole letter, whatever it is made of", () => {
    const field = input('<input value="ab👩‍🍳">');
    field.setSelectionRange(field.value.length, field.value.length);
    deleteBackwards(field);
    expect(field.value).toBe("ab");
    field.setSelectionRange(0, 1);
    deleteBackwards(field);
    expect(field.value).toBe("b");
    field.setSelectionRange(0, 0);
    deleteBackwards(field);
    expect(field.value).toBe("b");
  });

  it("enters a line, or sends the form unless somebody took the key", () => {
    const lines = input("<textarea>a</textarea>");
    lines.setSelectionRange(1, 1);
    pressEnter(lines);
    expect(lines.value).toBe("a\n");

    const field = input('<form><input value="x"></form>');
    let sent = 0;
    field.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      sent += 1;
    });
    pressEnter(field);
    expect(sent).toBe(1);
    field.addEventListener("keydown", (event) => event.preventDefault());
    pressEnter(field);
    expect(sent).toBe(1);
  });

  it("is for fields of text that have no keys of their own", () => {
    for (const html of [
      '<input type="checkbox">',
      '<input type="date">',
      "<input disabled>",
      "<input readonly>",
      "<input data-own-keys>",
    ]) {
      document.body.innerHTML = html;
      expect(typedField(document.body.firstElementChild), html).toBeNull();
    }
    expect(typedField(document.body)).toBeNull();
  });
});

describe("its letters", () => {
  it("are those of the alphabet, each once", () => {
    const letters = (id: keyof typeof LAYOUTS) => [...LAYOUTS[id].rows.join("")].sort().join("");
    const latin = "abcdefghijklmnopqrstuvwxyz";
    expect(letters("en")).toBe(latin);
    expect(letters("de")).toBe([...`${latin}ßäöü`].sort().join(""));
    expect(letters("es")).toBe([...`${latin}áéíñóúü`].sort().join(""));
    expect(letters("tr")).toBe([..."abcdefghijklmnopqrstuvwxyzçğöşüı"].sort().join(""));
    expect(letters("uk")).toBe([..."абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"].sort().join(""));
    expect(letters("ru")).toBe([..."абвгдеёжзийклмнопрстуфхцчшщъыьэюя"].sort().join(""));
    expect(new Set(SIGNS.join("")).size).toBe(SIGNS.join("").length);
  });

  it("are those of the screen's language, and the others are a key away", () => {
    expect(["de", "de-CH", "ru", "fr", "en-GB"].map(layoutOf)).toEqual([
      "de",
      "de",
      "ru",
      "en",
      "en",
    ]);
    let layout = layoutOf("de");
    const seen = LAYOUT_IDS.map(() => (layout = nextLayout(layout)));
    expect(new Set(seen).size).toBe(LAYOUT_IDS.length);
    expect(layout).toBe("de");
  });
});

describe("the on-screen keyboard", () => {
  it("is there by what the shop chose, the mode and the hand", () => {
    const wanted = (use: ScreenKeyboardUse, kiosk: boolean) =>
      (["finger", "mouse", "key"] as const).filter((used) => isWanted(use, kiosk, used));
    expect(wanted("never", true)).toEqual([]);
    expect(wanted("kiosk", false)).toEqual([]);
    expect(wanted("kiosk", true)).toEqual(["finger", "mouse"]);
    expect(wanted("touch", false)).toEqual(["finger"]);
    expect(wanted("touch", true)).toEqual(["finger", "mouse"]);
  });

  const kiosk = () => open(sampleStart({ kiosk: true }));
  const down = (element: HTMLElement) => fireEvent.pointerDown(element, { button: 0 });

  it("types a note with capitals, digits and another language's letters", async () => {
    const { get, find } = await kiosk();
    const note = get("pad-note") as HTMLInputElement;
    await fireEvent.pointerDown(note);
    note.focus();
    await tick();
    const press = async (...keys: string[]) => {
      for (const key of keys) await down(get(`screen-key-${key}`));
    };
    await press(
      "shift",
      "t",
      "e",
      "e",
      "space",
      "signs",
      "2",
      "signs",
      ...Array(5).fill("layout"),
      "ч",
    );
    expect(note.value).toBe("Tee 2ч");
    await press("backspace");
    expect(note.value).toBe("Tee 2");
    expect(document.activeElement).toBe(note);
    await press("hide");
    expect(find("screen-keyboard")).toBeNull();
    await fireEvent.pointerDown(note);
    expect(find("screen-keyboard")).toBeTruthy();
  });

  it("keeps capitals until they are turned off", async () => {
    const { get } = await kiosk();
    const note = get("pad-note") as HTMLInputElement;
    await fireEvent.pointerDown(note);
    note.focus();
    await tick();
    for (const key of ["shift", "shift", "a", "b", "shift", "c"])
      await down(get(`screen-key-${key}`));
    expect(note.value).toBe("ABc");
  });

  it("goes when a real key is pressed, and when its field is gone", async () => {
    const { get, find, touch } = await kiosk();
    const note = get("pad-note");
    await fireEvent.pointerDown(note);
    note.focus();
    await tick();
    await fireEvent.keyDown(note, { key: "a" });
    expect(find("screen-keyboard")).toBeNull();
    await fireEvent.pointerDown(note);
    expect(find("screen-keyboard")).toBeTruthy();
    await touch("nav-day");
    expect(find("screen-keyboard")).toBeNull();
  });

  it("shows figures for what is made of figures", async () => {
    const { get, touch } = await kiosk();
    await touch("nav-settings", "settings-tab-looks", "settings-paid-returns");
    const seconds = get("settings-paid-after") as HTMLInputElement;
    await fireEvent.pointerDown(seconds);
    seconds.focus();
    await tick();
    expect(get("screen-keyboard").dataset["layout"]).toBe("figures");
    seconds.select();
    for (const key of ["4", "0"]) await down(get(`screen-key-${key}`));
    expect(seconds.value).toBe("40");
  });

  it("stays away from a desk", async () => {
    const { get, find } = await open();
    await fireEvent.pointerDown(get("pad-note"));
    get("pad-note").focus();
    await tick();
    expect(find("screen-keyboard")).toBeNull();
  });
});
