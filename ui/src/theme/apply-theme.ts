// Which theme the window wears and how large everything is. Of the desktop's wish only `system` asks;
// what the shop has chosen stands. The program wears the same before the first paint
// (src-tauri/windows/first_paint.js).
import type { Appearance } from "../bindings/Appearance";
import type { Theme } from "../bindings/Theme";

/** What is chosen in the end: `data-theme` on the root element. */
export type AppliedTheme = "light" | "dark" | "high-contrast";

/** Media queries by which a desktop says what it wishes. */
export const PREFERENCES = {
  contrast: "(prefers-contrast: more)",
  forced: "(forced-colors: active)",
  dark: "(prefers-color-scheme: dark)",
} as const;

/** Contrast is a need and comes before a taste for dark. */
export function resolveTheme(theme: Theme, prefers: (query: string) => boolean): AppliedTheme {
  if (theme !== "system") return theme;
  if (prefers(PREFERENCES.contrast) || prefers(PREFERENCES.forced)) return "high-contrast";
  return prefers(PREFERENCES.dark) ? "dark" : "light";
}

let chosen: Theme = "system";
let scale_percent = 100;

/** Wears a theme from now on; the desktop's changes are followed while it is `system`. */
export function applyTheme(theme: Theme): void {
  applyAppearance({ theme, scale_percent });
}

/** A theme, and everything so much larger or smaller, percent of what fits the window. */
export function applyAppearance(looks: Pick<Appearance, "theme" | "scale_percent">): void {
  chosen = looks.theme;
  scale_percent = looks.scale_percent;
  update();
  // For a page that is loaded anew: the program tells only what was chosen when the window was made.
  sessionStorage.setItem("ringup.looks", JSON.stringify({ theme: chosen, scale_percent }));
}

function update(): void {
  const root = document.documentElement;
  root.dataset["theme"] = resolveTheme(chosen, (query) => matchMedia(query).matches);
  root.style.setProperty("--scale", String(scale_percent / 100));
}

/** Follows the desktop as long as the window lives. */
export function followSystemTheme(): void {
  for (const query of Object.values(PREFERENCES))
    matchMedia(query).addEventListener("change", update);
}
