// Listens to the keyboard of the whole window, before every other listener, and keeps scans apart from what people type.
// A screen or a dialog says what a scan means to it; where none does, a scan has no effect, and its Enter presses nothing.
import { CashierPace } from "./cashier-pace";
import { AltDigits, characterOf, type Character } from "./characters";
import { isArticleNumber, withoutAim } from "./codes";
import {
  SHORTEST_CODE,
  addCharacter,
  addEnding,
  cameInBurst,
  learn,
  readings,
  silenceMs,
  type Habits,
  type Judged,
  type Place,
  type Reading,
  type Run,
} from "./evidence";
import type { LearntScanner } from "../bindings/LearntScanner";

/** What a scan means to a screen or a dialog. */
export interface ScanTarget {
  /** Remembers what is there; the function that it returns restores it. */
  remember(): () => void;
  /** Whether a text is a code of something that is sold here. */
  knows(text: string): boolean;
  /** A code was scanned. */
  scanned(text: string): void;
  /** What was just typed came as a scanner sends it, but may be an amount. */
  burst(): void;
  /** An Enter that may be a scanner's was kept back. */
  enterKeptBack(): void;
}

/** Ignores what is scanned, and has nothing to restore. */
export const IGNORE_SCANS: ScanTarget = {
  remember: () => () => undefined,
  knows: () => false,
  scanned: () => undefined,
  burst: () => undefined,
  enterKeptBack: () => undefined,
};

/** What the till has learnt from a scan; `scanner` is null when the scan was too short. */
export interface LearntScan {
  readonly text: string;
  readonly scanner: LearntScanner | null;
}

/** A pause that parts what was typed before it from what comes after. */
const SEQUENCE_GAP_MS = 1000;
/** A fob's code has eight characters at least (docs/staff.md). */
const SHORTEST_FOB = 8;
/** Longer than an AIM identifier with the longest number of an article. */
const LONGEST_SEQUENCE = 24;
/** While a scanner is learnt, a scan is over after so long without a key. */
const LEARN_SILENCE_MS = 600;

type Restore = () => void;
export type Layer = "screen" | "dialog" | "lock";

export interface ScanSurroundings {
  /** The scanner that the till has learnt. */
  scanner(): LearntScanner | null;
  /** Whether one of these readings of a code that the target does not know is somebody's fob, who then signs on; null where
   * nobody has one. */
  person(codes: readonly string[]): Promise<boolean> | null;
  /** What lies in front: `covered` is something that no scan is for, like an error. */
  front(): Layer | "covered";
}

export class ScanListener {
  readonly pace = new CashierPace();

  #surroundings: ScanSurroundings;
  #targets: { readonly layer: Layer; readonly target: ScanTarget }[] = [];
  #run: Run<Restore> | null = null;
  /** The last characters that no long pause parts, scans among them. */
  #sequence: Run<Restore>["presses"] = [];
  #altDigits = new AltDigits();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #learning: ((learnt: LearntScan) => void) | null = null;

  constructor(surroundings: ScanSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Listens to a window; returns how to stop. */
  attach(window: Window): () => void {
    const down = (event: KeyboardEvent) => this.#keydown(event);
    const up = (event: KeyboardEvent) => this.#keyup(event);
    window.addEventListener("keydown", down, { capture: true });
    window.addEventListener("keyup", up, { capture: true });
    return () => {
      clearTimeout(this.#timer);
      window.removeEventListener("keydown", down, { capture: true });
      window.removeEventListener("keyup", up, { capture: true });
    };
  }

  /** Scans are for this target while its layer is in front; returns how to end that. */
  register(layer: Layer, target: ScanTarget): () => void {
    const entry = { layer, target };
    this.#targets = [...this.#targets, entry];
    return () => {
      this.#targets = this.#targets.filter((other) => other !== entry);
    };
  }

  /** The key that is being handled follows others without a pause. */
  get inRun(): boolean {
    return this.#run !== null && !this.#run.ended && this.#run.presses.length > 1;
  }

  /** Takes the next keys for a scan and learns from them; returns how to call it off. */
  learnNext(learnt: (learnt: LearntScan) => void): () => void {
    this.#reset();
    this.#learning = learnt;
    return () => {
      if (this.#learning === learnt) this.#learning = null;
    };
  }

  get #target(): ScanTarget {
    const front = this.#surroundings.front();
    return this.#targets.findLast(({ layer }) => layer === front)?.target ?? IGNORE_SCANS;
  }

  get #habits(): Habits {
    return { scanner: this.#surroundings.scanner(), cashier_gap_ms: this.pace.gap_ms };
  }

  #reset(): void {
    clearTimeout(this.#timer);
    this.#run = null;
    this.#sequence = [];
  }

  #keydown(event: KeyboardEvent): void {
    if (event.repeat || event.ctrlKey || event.metaKey) return;
    const place = placeOf(event.target);
    if (place === null && this.#learning === null) {
      this.#reset();
      return;
    }
    if (this.#altDigits.press(event.code, event.altKey)) {
      keepBack(event);
      return;
    }
    const ends = (event.key === "Enter" || event.key === "Tab") && !event.shiftKey;
    const character = ends || event.altKey ? null : characterOf(event);
    if (!ends && character === null) {
      // Only a person takes keys back.
      if (event.key === "Backspace" || event.key === "Escape") this.#reset();
      return;
    }
    if (this.#learning !== null) {
      keepBack(event);
      this.#learnKey(event.timeStamp, event.key, character);
    } else if (character !== null) {
      if (this.#addCharacter(event.timeStamp, character, place ?? "keys")) keepBack(event);
    } else if (this.#addEnding(event, place ?? "keys")) {
      keepBack(event);
    }
  }

  #keyup(event: KeyboardEvent): void {
    const character = this.#altDigits.release(event.key);
    if (character === null) return;
    keepBack(event);
    if (this.#learning !== null) this.#learnKey(event.timeStamp, "", character);
    else this.#addCharacter(event.timeStamp, character, placeOf(event.target) ?? "keys");
  }

  /** Whether the key is a scan's and must have no effect. */
  #addCharacter(at_ms: number, character: Character, place: Place): boolean {
    const before = this.#run;
    const restore = this.#target.remember();
    const last_ms = this.#sequence.at(-1)?.at_ms ?? 0;
    const earlier = at_ms - last_ms < SEQUENCE_GAP_MS ? this.#sequence : [];
    this.#sequence = [...earlier, { at_ms, character, before: restore }].slice(-LONGEST_SEQUENCE);
    const { run, verdict } = addCharacter(before, at_ms, character, restore, this.#habits, place);
    if (run.presses.length === 1 && before !== null && place === "keys") {
      this.pace.add(before, at_ms);
    }
    // A text keeps what is typed into it, however fast: only a code of something sold here is taken out of it again.
    const kept = place === "text" ? { ...run, scan_from: null } : run;
    this.#run = kept;
    clearTimeout(this.#timer);
    if (kept.scan_from !== null && verdict.kind === "scan") verdict.before();
    this.#timer = setTimeout(() => this.#silence(kept, place), silenceMs(kept, this.#habits));
    return kept.scan_from !== null;
  }

  /** No key came after this run. */
  #silence(run: Run<Restore>, place: Place): void {
    if (run !== this.#run || run.ended) return;
    if (this.#takeArticle()) return;
    if (run.scan_from !== null) {
      // Its Enter may still come.
      this.#run = { ...run, ended: true };
      this.#read(run);
    } else if (place === "text") {
      this.#takeOut(run);
    } else if (cameInBurst(run, null, this.#habits)) {
      this.#target.burst();
    }
  }

  /** Whether the Enter or Tab is a scan's and must have no effect. */
  #addEnding(event: KeyboardEvent, place: Place): boolean {
    const before = this.#run;
    const target = this.#target;
    const { run, verdict }: Judged<Restore> = addEnding(
      before,
      event.timeStamp,
      target.remember(),
      this.#habits,
      place,
    );
    this.#run = run;
    clearTimeout(this.#timer);
    if (verdict.kind !== "tail" && this.#takeArticle()) return true;
    if (verdict.kind !== "tail" && place === "keys" && this.#takeFob(run)) return true;
    if (place === "text") {
      this.#sequence = [];
      return before !== null && !before.ended && this.#takeOut(run);
    }
    switch (verdict.kind) {
      case "scan":
        verdict.before();
        this.#read(run);
        return true;
      case "tail":
        // Scanners that send CR and LF press Enter twice; the second is ignored.
        if (before !== null && !before.ended && !this.#takeArticle()) this.#read(run);
        return true;
      case "key":
        this.#sequence = [];
        if (!isKnown(run, target)) return false;
        break;
      case "doubt":
        break;
    }
    target.burst();
    if (event.key === "Enter") target.enterKeptBack();
    return true;
  }

  /** Takes a code that was typed into a text out of it again, if it is one of something sold here. */
  #takeOut(run: Run<Restore>): boolean {
    if (!isKnown(run, this.#target)) return false;
    run.presses[0]?.before();
    this.#run = { ...run, scan_from: 0 };
    this.#read(this.#run);
    return true;
  }

  /** Takes the number of an article that is sold here, in whatever rhythm it came: from a scanner that stumbled, or typed
   * from a label that cannot be scanned. Its check digit is right, so it is no amount. */
  #takeArticle(): boolean {
    const [presses, target] = [this.#sequence, this.#target];
    const last_ms = presses.at(-1)?.at_ms ?? 0;
    const run = { presses, last_ms, ended: true, scan_from: 0 };
    const isArticle = ({ text }: Reading) =>
      isArticleNumber(withoutAim(text)) && target.knows(text);
    if (!readings(run).some(isArticle)) return false;
    presses[0]?.before();
    this.#run = run;
    this.#read(run);
    return true;
  }

  /** Takes all that came without a long pause for a fob's code, if the reader stumbled within it. What is nobody's code has
   * to be confirmed as an amount. */
  #takeFob(run: Run<Restore>): boolean {
    const [presses, target] = [this.#sequence, this.#target];
    if (presses.length < SHORTEST_FOB || presses.length <= run.presses.length) return false;
    const whole = { presses, last_ms: run.last_ms, ended: true, scan_from: 0 };
    const codes = readings(whole).map(({ text }) => text);
    const person = codes.every((text) => /^[0-9A-Za-z]+$/.test(text))
      ? this.#surroundings.person(codes)
      : null;
    if (person === null) return false;
    this.#sequence = [];
    this.#run = whole;
    void person.then((isFob) => {
      if (isFob) presses[0]?.before();
      else {
        target.burst();
        target.enterKeptBack();
      }
    });
    return true;
  }

  #read(run: Run<Restore>): void {
    const sequence = this.#sequence;
    this.#sequence = [];
    const target = this.#target;
    const found = readings(run);
    const chosen =
      found.find(({ text }) => target.knows(text)) ??
      found.find(({ text }) => isArticleNumber(withoutAim(text))) ??
      found[0];
    if (chosen === undefined) return;
    // The keys before what looked like the scan belong to it after all.
    if (chosen.from < (run.scan_from ?? 0)) run.presses[chosen.from]?.before();
    // The whole run first: what looked like the scan may have begun a key later.
    const codes = found.toSorted((one, other) => one.from - other.from).map(({ text }) => text);
    const person = target.knows(chosen.text) ? null : this.#surroundings.person(codes);
    // More of the code may still come.
    if (person !== null) this.#sequence = sequence;
    if (person === null) target.scanned(chosen.text);
    else
      void person.then((isFob) => {
        if (isFob) run.presses[0]?.before();
        else target.scanned(chosen.text);
      });
  }

  #learnKey(at_ms: number, key: string, character: Character | null): void {
    clearTimeout(this.#timer);
    const nothing = () => undefined;
    if (character === null) {
      this.#learnt(key === "Tab" ? "tab" : "enter");
      return;
    }
    const before = this.#run;
    const presses = [...(before?.presses ?? []), { at_ms, character, before: nothing }];
    this.#run = { presses, last_ms: at_ms, ended: false, scan_from: null };
    this.#timer = setTimeout(() => this.#learnt("none"), LEARN_SILENCE_MS);
  }

  #learnt(ending: LearntScanner["ending"]): void {
    const [run, learnt] = [this.#run, this.#learning];
    this.#learning = null;
    this.#run = null;
    if (run === null || learnt === null) return;
    const texts = readings(run).map(({ text }) => text);
    const text = texts.find((one) => isArticleNumber(withoutAim(one))) ?? texts[0] ?? "";
    learnt({ text, scanner: learn(run, ending) });
  }
}

function isKnown(run: Run<Restore>, target: ScanTarget): boolean {
  if (run.presses.length < SHORTEST_CODE) return false;
  return readings(run).some(({ text }) => target.knows(text));
}

function keepBack(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Where a key goes: to the keys of a screen, or into a text from which a scan is taken out. Null: into any other field,
 * which takes a scan as its text. */
function placeOf(target: EventTarget | null): Place | null {
  const field = target instanceof Element ? target.closest("input, textarea, select") : null;
  if (field === null || field.matches("input:is([type=radio], [type=checkbox], [type=range])")) {
    return "keys";
  }
  return field.hasAttribute("data-scan") ? "text" : null;
}
