// Applies the shop's theme and scale to the page. Only the theme `system` follows the desktop. Rust applies the same
// theme before the first paint (src-tauri/first_paint.js), so that no other theme flashes up.
import type { Appearance } from "../bindings/Appearance";
import type { Theme } from "../bindings/Theme";

/** The theme that is shown: the value of `data-theme` on the root element. */
export type AppliedTheme = "light" | "dark" | "high-contrast";

/** Media queries for the preferences of the desktop. */
export const PREFERENCES = {
  contrast: "(prefers-contrast: more)",
  forced: "(forced-colors: active)",
  dark: "(prefers-color-scheme: dark)",
} as const;

/** High contrast is a need, so it goes before a preference for dark. */
export function resolveTheme(theme: Theme, prefers: (query: string) => boolean): AppliedTheme {
  if (theme !== "system") return theme;
  if (prefers(PREFERENCES.contrast) || prefers(PREFERENCES.forced)) return "high-contrast";
  return prefers(PREFERENCES.dark) ? "dark" : "light";
}

let chosen: Theme = "system";
let scale_percent = 100;

/** Applies a theme and keeps the scale. */
export function applyTheme(theme: Theme): void {
  applyAppearance({ theme, scale_percent });
}

/** Applies a theme and a scale; 100 percent is what fits the window. */
export function applyAppearance(looks: Pick<Appearance, "theme" | "scale_percent">): void {
  chosen = looks.theme;
  scale_percent = looks.scale_percent;
  update();
  // Rust passes first_paint.js what was chosen when the window was created; a reloaded page needs the latest.
  sessionStorage.setItem("ringup.looks", JSON.stringify({ theme: chosen, scale_percent }));
}

function update(): void {
  const root = document.documentElement;
  root.dataset["theme"] = resolveTheme(chosen, (query) => matchMedia(query).matches);
  root.style.setProperty("--scale", String(scale_percent / 100));
}

/** Follows changes of the desktop's preferences. */
export function followSystemTheme(): void {
  for (const query of Object.values(PREFERENCES))
    matchMedia(query).addEventListener("change", update);
}
