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
let scale_percent = 100;

/** Wears a theme from now on; the desktop's changes are followed while it is `system`. */
export function wear(theme: Theme): void {
  wearLooks({ theme, scale_percent });
}

/** A theme, and everything so much larger or smaller, percent of what fits the window. */
export function wearLooks(looks: Pick<Looks, "theme" | "scale_percent">): void {
  worn = looks.theme;
  scale_percent = looks.scale_percent;
  dress();
  // For a page that is loaded anew: the program tells only what was worn when the window was made.
  sessionStorage.setItem("ringup.looks", JSON.stringify({ theme: worn, scale_percent }));
}

function dress(): void {
  const root = document.documentElement;
  root.dataset["theme"] = shadeOf(worn, (query) => matchMedia(query).matches);
  root.style.setProperty("--scale", String(scale_percent / 100));
}

/** Follows the desktop as long as the window lives. */
export function followDesktop(): void {
  for (const query of Object.values(WISHES)) matchMedia(query).addEventListener("change", dress);
}
