// What a reload of the window must not lose: which sale was in front, and which alarms nobody has
// read yet. Only numbers; the sales themselves are asked for again.
import type { Mode } from "./bindings/Mode";
import type { Alarm } from "./till.svelte";

export class Remembered {
  #store: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  #mode: Mode = "live";

  constructor(store: Pick<Storage, "getItem" | "setItem" | "removeItem"> = sessionStorage) {
    this.#store = store;
  }

  /** Practice has a journal of its own, so its numbers are other sales. */
  journal(mode: Mode): void {
    this.#mode = mode;
  }

  onScreen(): number | null {
    const text = this.#store.getItem(this.#name("on-screen"));
    const number = Number(text);
    return text !== null && Number.isSafeInteger(number) ? number : null;
  }

  setOnScreen(number: number | null): void {
    if (number === null) this.#store.removeItem(this.#name("on-screen"));
    else this.#store.setItem(this.#name("on-screen"), String(number));
  }

  alarms(): Alarm[] {
    const text = this.#store.getItem(this.#name("alarms")) ?? "";
    return text.split(" ").flatMap((word) => {
      const [kind, digits] = word.split(":");
      const number = Number(digits);
      const known = kind === "paid" || kind === "late" || kind === "twice";
      return known && Number.isSafeInteger(number) ? [{ kind, number }] : [];
    });
  }

  setAlarms(alarms: readonly Alarm[]): void {
    const text = alarms.map(({ kind, number }) => `${kind}:${number}`).join(" ");
    this.#store.setItem(this.#name("alarms"), text);
  }

  #name(what: string): string {
    return `ringup.${this.#mode}.${what}`;
  }
}
