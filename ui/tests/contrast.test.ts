// WCAG 2.2's contrast of every pair of colours in every theme, computed from the style sheets themselves.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];

const sheet = (name: string) => readFileSync(`src/theme/${name}.css`, "utf8");

function tokensOf(...names: string[]): Map<string, Rgb> {
  const tokens = new Map<string, Rgb>();
  for (const name of names) {
    for (const [, token, hex] of sheet(name).matchAll(/--([a-z-]+):\s*#([0-9a-f]{6});/g)) {
      if (token === undefined || hex === undefined) continue;
      const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
      tokens.set(token, [part(0), part(2), part(4)]);
    }
  }
  return tokens;
}

/** WCAG 2.2, "relative luminance". */
function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const ITEMS = ["sand", "rose", "coral", "amber", "lemon", "sky", "lilac", "stone"];
const GROUNDS = ["paper", "card", "tape", "key-quiet"];

/** Text colours and their backgrounds. */
const TEXT: readonly (readonly [string, string])[] = [
  ...GROUNDS.flatMap((ground) => [["ink", ground] as const, ["ink-soft", ground] as const]),
  ...GROUNDS.map((ground) => ["accent-ink", ground] as const),
  ...["paper", "card"].flatMap((ground) => [
    ["red", ground] as const,
    ["amber", ground] as const,
    ["paid-ink", ground] as const,
  ]),
  ["ink", "key"],
  ["ink", "accent-wash"],
  ["ink", "amber-wash"],
  ["ink", "red-wash"],
  ["ink-soft", "red-wash"],
  ["ink-soft", "amber-wash"],
  ["accent-ink", "accent-wash"],
  ["amber", "amber-wash"],
  ["red", "red-wash"],
  ["red-wash", "red"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-nav", "nav"],
  ["on-nav-soft", "nav"],
  ["on-nav-warn", "nav-warn"],
  ["on-nav-bad", "nav-bad"],
  ["on-paid", "paid"],
  ["on-paid", "paid-deep"],
  ["paid-deep", "on-paid"],
  ["on-late", "late"],
  ["on-alarm", "alarm"],
  ["on-practice", "practice"],
  ["practice-ink", "paper"],
  ["practice-ink", "card"],
  ["on-qr-card", "qr-card"],
  ...ITEMS.map((item) => ["ink", `item-${item}`] as const),
];

/** Outlines that are needed to recognise something, large figures, the focus ring. */
const LINES: readonly (readonly [string, string])[] = [
  ["line-strong", "paper"],
  ["line-strong", "card"],
  ["line-strong", "tape"],
  ["accent", "paper"],
  ["accent-ink", "key-quiet"],
  ["practice-line", "paper"],
  ["focus", "paper"],
  ["focus", "card"],
  ["focus", "key-quiet"],
  ["on-nav", "nav"],
  ["on-paid", "paid"],
  ["nav-mark", "nav"],
];

/** High contrast: every line must be visible. */
const EVERY_LINE = [
  ...["line", "line-strong", "key-edge", "amber-line", "red-line", "practice-line"].map(
    (line) => [line, "card"] as const,
  ),
  ...ITEMS.map((item) => [`item-${item}-edge`, `item-${item}`] as const),
];

describe.each([
  ["light", ["light"], 4.5, 3, LINES],
  ["dark", ["light", "dark"], 4.5, 3, LINES],
  ["high-contrast", ["light", "high-contrast"], 7, 4.5, [...LINES, ...EVERY_LINE]],
] as const)("the theme %s", (_, sheets, leastText, leastLine, lines) => {
  const tokens = tokensOf(...sheets);
  const of = (name: string): Rgb => {
    const colour = tokens.get(name);
    if (colour === undefined) throw new Error(`no colour --${name}`);
    return colour;
  };
  const poor = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs
      .map(([one, other]) => [one, other, contrast(of(one), of(other))] as const)
      .filter(([, , ratio]) => ratio < least)
      .map(([one, other, ratio]) => `${one} on ${other}: ${ratio.toFixed(2)}`);

  it(`has words of ${leastText} at least`, () => {
    expect(poor(TEXT, leastText)).toEqual([]);
  });

  it(`has lines of ${leastLine} at least`, () => {
    expect(poor(lines, leastLine)).toEqual([]);
  });

  it("has the code on pure white", () => {
    expect(of("qr-card")).toEqual([255, 255, 255]);
  });
});

it("black on white is 21, and a grey that WCAG names is what it says", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  expect(contrast([0x76, 0x76, 0x76], [255, 255, 255])).toBeCloseTo(4.54, 2);
});

it("every theme but the first names only colours that the first has", () => {
  const first = sheet("light");
  for (const name of ["dark", "high-contrast"])
    for (const [, token] of sheet(name).matchAll(/(--[a-z-]+):/g))
      expect(first, `${token} of ${name}`).toContain(`${token}:`);
});
