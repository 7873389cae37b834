// What a reload of the window must not lose: which sale was in front. Only its number; the sale itself
// is asked for again.
import type { Mode } from "../bindings/Mode";

export class SessionStore {
  #store: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  #mode: Mode = "live";

  constructor(store: Pick<Storage, "getItem" | "setItem" | "removeItem"> = sessionStorage) {
    this.#store = store;
  }

  /** Practice has a journal of its own, so its numbers are other sales. */
  useJournal(mode: Mode): void {
    this.#mode = mode;
  }

  saleInFront(): number | null {
    const text = this.#store.getItem(this.#name("on-screen"));
    const number = Number(text);
    return text !== null && Number.isSafeInteger(number) ? number : null;
  }

  setSaleInFront(number: number | null): void {
    if (number === null) this.#store.removeItem(this.#name("on-screen"));
    else this.#store.setItem(this.#name("on-screen"), String(number));
  }

  #name(what: string): string {
    return `ringup.${this.#mode}.${what}`;
  }
}
