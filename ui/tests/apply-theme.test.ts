// Which theme is applied: the shop's, the desktop's, and the one that Rust applies before the first paint.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  followSystemTheme,
  resolveTheme,
  applyTheme,
  applyAppearance,
  PREFERENCES,
} from "../src/theme/apply-theme";

const root = document.documentElement;

/** A desktop with these preferences, which may change. */
function desktop(...preferred: string[]) {
  const asked = new EventTarget();
  vi.stubGlobal("matchMedia", (media: string) =>
    Object.assign(asked, { media, matches: preferred.includes(media) }),
  );
  return {
    prefer(...now: string[]) {
      preferred = now;
      asked.dispatchEvent(new Event("change"));
    },
  };
}

beforeEach(() => {
  delete root.dataset["theme"];
  root.removeAttribute("style");
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the theme", () => {
  it.each([
    [[], "light"],
    [["dark"], "dark"],
    [["contrast"], "high-contrast"],
    [["dark", "contrast"], "high-contrast"],
    [["forced"], "high-contrast"],
  ] as const)("of a desktop that prefers %j is %s", (names, shade) => {
    const preferred = names.map((name): string => PREFERENCES[name]);
    expect(resolveTheme("system", (query) => preferred.includes(query))).toBe(shade);
    // The shop's own choice ignores the desktop.
    for (const theme of ["light", "dark", "high-contrast"] as const)
      expect(resolveTheme(theme, (query) => preferred.includes(query))).toBe(theme);
  });

  it("follows the desktop while it is the desktop's", () => {
    const { prefer } = desktop();
    followSystemTheme();
    applyTheme("system");
    expect(root.dataset["theme"]).toBe("light");
    prefer(PREFERENCES.dark);
    expect(root.dataset["theme"]).toBe("dark");
    applyTheme("light");
    prefer(PREFERENCES.contrast);
    expect(root.dataset["theme"]).toBe("light");
  });

  it("and the scale stand on the root element", () => {
    applyAppearance({ theme: "high-contrast", scale_percent: 130 });
    expect(root.dataset["theme"]).toBe("high-contrast");
    expect(root.style.getPropertyValue("--scale")).toBe("1.3");
  });
});

describe("before the first paint", () => {
  const script = readFileSync("../src-tauri/first_paint.js", "utf8");
  const run = (theme: string, scale_percent: number) =>
    (0, eval)(`(${script})(${JSON.stringify(theme)}, ${scale_percent});`);

  it.each([
    ["dark", [], "dark"],
    ["system", [PREFERENCES.dark], "dark"],
    ["system", [PREFERENCES.contrast], "high-contrast"],
    ["system", [PREFERENCES.forced], "high-contrast"],
    ["system", [], "light"],
  ])("a page with the theme %s under %j shows %s", (theme, preferred, shade) => {
    desktop(...preferred);
    run(theme, 120);
    expect(root.dataset["theme"]).toBe(shade);
    expect(root.style.getPropertyValue("--scale")).toBe("1.2");
  });

  it("a reloaded page shows the theme that it had", () => {
    applyAppearance({ theme: "dark", scale_percent: 90 });
    delete root.dataset["theme"];
    run("light", 100);
    expect(root.dataset["theme"]).toBe("dark");
    expect(root.style.getPropertyValue("--scale")).toBe("0.9");
  });
});
