// Which theme the window wears and how large everything is. Of the desktop's wish only `system` asks;
// what the shop has chosen stands. The program wears the same before the first paint
// (src-tauri/windows/first_paint.js).
import type { Looks } from "../bindings/Looks";
import type { Theme } from "../bindings/Theme";

/** What is worn in the end: `data-theme` on the root element. */
export type Shade = "light" | "dark" | "high-contrast";

/** Media queries by which a desktop says what it wishes. */
export const WISHES = {
  contrast: "(prefers-contrast: more)",
  forced: "(forced-colors: active)",
  dark: "(prefers-color-scheme: dark)",
} as const;

/** Contrast is a need and comes before a taste for dark. */
export function shadeOf(theme: Theme, wished: (query: string) => boolean): Shade {
  if (theme !== "system") return theme;
  if (wished(WISHES.contrast) || wished(WISHES.forced)) return "high-contrast";
  return wished(WISHES.dark) ? "dark" : "light";
}

let worn: Theme = "system";

function dress(): void {
  document.documentElement.dataset["theme"] = shadeOf(worn, (query) => matchMedia(query).matches);
}

/** Wears a theme from now on; the desktop's changes are followed while it is `system`. */
export function wear(theme: Theme): void {
  worn = theme;
  dress();
}

/** Everything so much larger or smaller, percent of what fits the window. */
export function grow(scale_percent: number): void {
  document.documentElement.style.setProperty("--scale", String(scale_percent / 100));
}

/** The cashier's window wears both. */
export function wearLooks({ theme, scale_percent }: Pick<Looks, "theme" | "scale_percent">): void {
  wear(theme);
  grow(scale_percent);
}

/** Follows the desktop as long as the window lives. */
export function followDesktop(): void {
  for (const query of Object.values(WISHES)) matchMedia(query).addEventListener("change", dress);
}
