// Asks the customer for a tip on the customer's display. The cashier sees the answer and charges it, or another tip.
import type { TipChosen } from "../bindings/TipChosen";
import type { TipQuestion } from "../bindings/TipQuestion";
import type { Ipc } from "../ipc";

export class CustomerTip {
  /** Which of the offers the customer chose; null before an answer. */
  chosen = $state<number | null>(null);

  #ipc: Ipc;
  /** The question on the display, by the number that Rust gave it. */
  #question: number | null = null;
  /** Counts the questions, so that an answer to an older one is ignored. */
  #latest = 0;
  /** An answer that came before Rust said which number the question has. */
  #early: TipChosen | null = null;

  constructor(ipc: Ipc) {
    this.#ipc = ipc;
  }

  async ask(question: TipQuestion): Promise<void> {
    const request = ++this.#latest;
    this.chosen = null;
    this.#question = null;
    this.#early = null;
    try {
      const number = await this.#ipc.askTip(question);
      if (request !== this.#latest) return;
      this.#question = number;
      if (this.#early !== null) this.received(this.#early);
    } catch {
      // The cashier can ask in words: the same offers are on the cashier's screen.
    }
  }

  /** Takes the question off the display. */
  cancel(): void {
    this.#latest += 1;
    this.#question = null;
    this.chosen = null;
    this.#ipc.askTip(null).catch(() => undefined);
  }

  received(chosen: TipChosen): void {
    if (this.#question === null) this.#early = chosen;
    else if (chosen.ask === this.#question) this.chosen = chosen.offer;
  }
}
