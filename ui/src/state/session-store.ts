// What must survive a reload of the window: the number of the sale in front. The sale itself is asked for again.
import type { Mode } from "../bindings/Mode";

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class SessionStore {
  #store: Store;
  #mode: Mode = "live";

  constructor(store: Store = sessionStorage) {
    this.#store = store;
  }

  /** Each mode has a journal of its own, so a number means another sale there. */
  useJournal(mode: Mode): void {
    this.#mode = mode;
  }

  saleInFront(): number | null {
    const text = this.#store.getItem(this.#key);
    const number = Number(text);
    return text !== null && Number.isSafeInteger(number) ? number : null;
  }

  setSaleInFront(number: number | null): void {
    if (number === null) this.#store.removeItem(this.#key);
    else this.#store.setItem(this.#key, String(number));
  }

  get #key(): string {
    return `ringup.${this.#mode}.on-screen`;
  }
}
