// The letters of the screens come in files of their own. Text that is laid out before they are there is laid out
// twice, first in letters that the system has to look for: the longest part of a start, once.

/** What is read across the counter, whatever is spoken. */
export const FIGURES = "0€$₽";

/** They lie in the program itself. A till must open without them too. */
const WAIT_MS = 1000;

/** Resolves when this text can be drawn in the till's own letters, or has been waited for long enough. */
export async function fontsReady(text: string): Promise<void> {
  const [family = ""] = getComputedStyle(document.documentElement).fontFamily.split(",");
  const late = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  // Without a window there are none to wait for (the tests).
  await Promise.race([document.fonts?.load(`1rem ${family}`, text).catch(() => undefined), late]);
}
