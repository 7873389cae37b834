// Which of the till's keys a key of the keyboard stands for.
import type { PadKey } from "./pad";

/** Null: none of them. */
export function padKeyOf(event: KeyboardEvent): PadKey | "charge" | null {
  // With NumLock off the numpad's digits arrive as arrows; on a till they are digits all the same.
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
