// Which key of the pad a key of the keyboard stands for.
import type { PadKey } from "./pad";

/** Null when it stands for none. */
export function padKeyOf(event: KeyboardEvent): PadKey | "charge" | null {
  // Without NumLock the numpad's digits arrive as arrow keys; a till reads them as digits.
  const digit = /^Numpad(\d)$/.exec(event.code)?.[1] ?? event.key;
  if (/^\d$/.test(digit)) return digit as PadKey;
  if (event.code === "NumpadDecimal") return "point";
  switch (event.key) {
    case ".":
    case ",":
      return "point";
    case "+":
      return "plus";
    case "Backspace":
      return "backspace";
    case "Escape":
    case "Delete":
    case "Clear":
      return "clear";
    case "Enter":
      return "charge";
    default:
      return null;
  }
}
