// The question for a tip, put before the customer on a display of their own: what they take is shown to
// the cashier, who charges it or something else.
import type { TipChosen } from "../bindings/TipChosen";
import type { TipQuestion } from "../bindings/TipQuestion";
import type { Ipc } from "../ipc";

export class CustomerTip {
  /** Which of the offers the customer took; null: none yet. */
  chosen = $state<number | null>(null);

  #ipc: Ipc;
  /** The question that stands; the till numbers them. */
  #ask: number | null = null;
  /** Questions put and taken back so far: an answer to an older one counts for nothing. */
  #latest = 0;
  /** Heard before the till had said which number the question has. */
  #early: TipChosen | null = null;

  constructor(ipc: Ipc) {
    this.#ipc = ipc;
  }

  async ask(question: TipQuestion): Promise<void> {
    const request = ++this.#latest;
    this.chosen = null;
    this.#ask = null;
    this.#early = null;
    try {
      const ask = await this.#ipc.askTip(question);
      if (request !== this.#latest) return;
      this.#ask = ask;
      if (this.#early !== null) this.received(this.#early);
    } catch {
      // The cashier asks by mouth: the same answers are on the cashier's screen.
    }
  }

  cancel(): void {
    this.#latest += 1;
    this.#ask = null;
    this.chosen = null;
    this.#ipc.askTip(null).catch(() => undefined);
  }

  received(chosen: TipChosen): void {
    if (this.#ask === null) this.#early = chosen;
    else if (chosen.ask === this.#ask) this.chosen = chosen.offer;
  }
}
