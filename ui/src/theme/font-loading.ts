// Waits for the fonts. Text that is laid out before its font is loaded is laid out twice, the first time in a font that
// the system must search for, which takes longer than the rest of the start.

/** The characters of prices. They are needed in every language. */
export const PRICE_CHARACTERS = "0€$₽";

/** The fonts are part of the program; should loading one fail, the till must still open. */
const WAIT_MS = 1000;

/** Resolves when the font of this text is loaded, or was waited for long enough. */
export async function fontsReady(text: string): Promise<void> {
  const [family = ""] = getComputedStyle(document.documentElement).fontFamily.split(",");
  const timeout = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  // jsdom has no `document.fonts`.
  await Promise.race([
    document.fonts?.load(`1rem ${family}`, text).catch(() => undefined),
    timeout,
  ]);
}
