// What one key press may stand for. A scanner types like a keyboard, but it does not know the desktop's layout: one that
// is set to US English types `&é"'` on a French desktop. So each press is read twice: by the character that the layout
// made of it, and by the physical key as on a US keyboard.

/** What a key press tells, without the DOM. */
export interface KeyPress {
  /** The character, by the desktop's layout. */
  readonly key: string;
  /** The physical key. */
  readonly code: string;
  readonly shiftKey: boolean;
}

/** One character of a code, read both ways; null where that way it is none. */
export interface Character {
  readonly by_layout: string | null;
  readonly by_position: string | null;
  /** It was typed as Alt and digits, which nobody does at a till by hand. */
  readonly by_number?: boolean;
}

/** Keys of a US keyboard that are neither letters nor the numpad's digits: [alone, with Shift]. */
const US_KEYS: Readonly<Record<string, readonly [string, string]>> = {
  Digit0: ["0", ")"],
  Digit1: ["1", "!"],
  Digit2: ["2", "@"],
  Digit3: ["3", "#"],
  Digit4: ["4", "$"],
  Digit5: ["5", "%"],
  Digit6: ["6", "^"],
  Digit7: ["7", "&"],
  Digit8: ["8", "*"],
  Digit9: ["9", "("],
  Minus: ["-", "_"],
  Equal: ["=", "+"],
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Backslash: ["\\", "|"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
  Backquote: ["`", "~"],
  Comma: [",", "<"],
  Period: [".", ">"],
  Slash: ["/", "?"],
  Space: [" ", " "],
  NumpadDivide: ["/", "/"],
  NumpadMultiply: ["*", "*"],
  NumpadSubtract: ["-", "-"],
  NumpadAdd: ["+", "+"],
  NumpadDecimal: [".", "."],
};

/** The character of a press; null for a key that types none, like Shift or an arrow. */
export function characterOf({ key, code, shiftKey }: KeyPress): Character | null {
  const by_position = byPosition(code, shiftKey);
  // Without NumLock a digit of the numpad arrives as an arrow: only the physical key tells it.
  const by_layout = [...key].length === 1 ? key : null;
  return by_layout === null && by_position === null ? null : { by_layout, by_position };
}

function byPosition(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  return numpadDigit(code) ?? US_KEYS[code]?.[shift ? 1 : 0] ?? null;
}

function numpadDigit(code: string): string | undefined {
  return /^Numpad(\d)$/.exec(code)?.[1];
}

/** Whether a character could belong to an amount. Any other in a run of keys shows that the run is no amount. */
export function isOfAmount({ by_layout, by_position }: Character): boolean {
  return /^[\d.,+]$/.test(by_layout ?? by_position ?? "");
}

export function isDigit({ by_layout, by_position }: Character): boolean {
  return /^\d$/.test(by_layout ?? by_position ?? "");
}

/** The most digits that name a character. */
const MOST_DIGITS = 7;

/**
 * Reads Alt and digits of the numpad: the number of a character, typed while Alt is held. Scanners type so when they
 * are to work with every layout. It is given each press and each release.
 */
export class AltDigits {
  #digits = "";

  /** Whether the press was one of such digits. */
  press(code: string, altKey: boolean): boolean {
    const digit = altKey ? numpadDigit(code) : undefined;
    if (digit === undefined) return false;
    this.#digits = (this.#digits + digit).slice(-MOST_DIGITS);
    return true;
  }

  /** The character, when this release ended one. */
  release(key: string): Character | null {
    if (key !== "Alt" || this.#digits === "") return null;
    const number = Number(this.#digits);
    this.#digits = "";
    if (number < 32 || number > 0x10ffff) return null;
    const text = String.fromCodePoint(number);
    return { by_layout: text, by_position: text, by_number: true };
  }
}
