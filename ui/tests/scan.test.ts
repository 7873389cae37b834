import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScaleCode } from "../src/bindings/ScaleCode";
import { CashierPace } from "../src/scan/cashier-pace";
import { AltDigits, characterOf, type Character, type KeyPress } from "../src/scan/characters";
import { canonical, findItem, scaleReading, weighedGoods } from "../src/scan/codes";
import {
  NO_HABITS,
  addCharacter,
  addEnding,
  cameInBurst,
  learn,
  readings,
  silenceMs,
  type Habits,
  type Place,
  type Run,
} from "../src/scan/evidence";
import { sampleItem } from "../dev/samples";

const EAN_8 = "96385074";
const EAN_13 = "4006381333931";
const SPEEDS_MS = [5, 20, 35, 50, 80, 120];

type Ending = "Enter" | "Tab" | null;

interface Played {
  /** How many characters were taken for an amount. */
  readonly standing: number;
  /** An Enter came through that would charge. */
  readonly charges: boolean;
  readonly doubts: boolean;
  readonly read: readonly string[];
}

/** Plays key presses, each so long after the one before, and an ending. */
function play(
  presses: readonly KeyPress[],
  gaps_ms: readonly number[],
  ending: Ending,
  habits: Partial<Habits> = {},
  place: Place = "keys",
): Played {
  const known = { ...NO_HABITS, ...habits };
  let run: Run<number> | null = null;
  let standing = 0;
  let at_ms = 1000;
  const gap = (index: number) => gaps_ms[index % gaps_ms.length] ?? 0;
  presses.forEach((press, index) => {
    at_ms += gap(index);
    const character = characterOf(press);
    if (character === null) return;
    const judged = addCharacter(run, at_ms, character, standing, known, place);
    run = judged.run;
    if (judged.verdict.kind === "key") standing += 1;
    if (judged.verdict.kind === "scan") standing = judged.verdict.before;
  });
  const typed = run as Run<number> | null;
  let doubts = ending === null && typed !== null && cameInBurst(typed, null, known);
  let charges = false;
  if (ending !== null) {
    const judged = addEnding(typed, at_ms + gap(presses.length), standing, known, place);
    charges = ending === "Enter" && judged.verdict.kind === "key";
    doubts = judged.verdict.kind === "doubt";
    if (judged.verdict.kind === "scan") standing = judged.verdict.before;
    run = judged.run;
  }
  const last = run as Run<number> | null;
  const read =
    last === null || last.scan_from === null ? [] : readings(last).map(({ text }) => text);
  return { standing, charges, doubts, read };
}

const digits = (text: string, code = "Digit"): KeyPress[] =>
  [...text].map((digit) => ({ key: digit, code: `${code}${digit}`, shiftKey: false }));

/** The same random numbers in each run, from 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A pause of a person: most are near the median, now and then one is far longer. */
function pauseOf(random: () => number, median_ms: number, unevenness: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(30, Math.round(median_ms * Math.exp(unevenness * normal)));
}

describe("a scanner, however slow", () => {
  for (const speed_ms of SPEEDS_MS) {
    for (const code of [EAN_8, EAN_13, "012345678905"]) {
      for (const ending of ["Enter", "Tab", null] as const) {
        it(`is recognised at ${speed_ms} ms a key: ${code}, ${ending ?? "no ending"}`, () => {
          const jitter = [0, 7, -6, 3, -4, 8].map((off) => Math.max(1, speed_ms + off));
          for (const gaps of [[speed_ms], jitter]) {
            const played = play(digits(code), gaps, ending);
            expect(played).toMatchObject({ standing: 0, charges: false });
            expect(played.read).toContain(code);
          }
        });
      }
    }
  }

  it("is recognised although one of its keys comes late", () => {
    for (const speed_ms of SPEEDS_MS) {
      for (let late = 1; late < EAN_13.length; late += 1) {
        const gaps = Array.from(EAN_13, (_, index) => speed_ms + (index === late ? 45 : 0));
        const played = play(digits(EAN_13), gaps, "Enter");
        expect(played).toMatchObject({ standing: 0, charges: false });
        expect(played.read, `${speed_ms} ms, key ${late}`).toContain(EAN_13);
      }
    }
  });

  it("is read by physical keys where the layout makes other characters of them", () => {
    const french = ["à", "&", "é", '"', "'", "(", "-", "è", "_", "ç"];
    const keys = [...EAN_13].map((digit) => ({
      key: french[Number(digit)] ?? "",
      code: `Digit${digit}`,
      shiftKey: false,
    }));
    for (const speed_ms of SPEEDS_MS) {
      const played = play(keys, [speed_ms], "Enter");
      expect(played).toMatchObject({ standing: 0, charges: false });
      expect(played.read).toContain(EAN_13);
    }
  });

  it("is read from a numpad without NumLock, whose digits come as arrows", () => {
    const keys = [...EAN_8].map((digit) => ({
      key: "ArrowLeft",
      code: `Numpad${digit}`,
      shiftKey: false,
    }));
    for (const speed_ms of SPEEDS_MS) {
      expect(play(keys, [speed_ms], "Enter").read).toContain(EAN_8);
    }
  });

  it("is read with letters and a slash, whatever CapsLock makes of them", () => {
    const keys = [
      { key: "a", code: "KeyA", shiftKey: true },
      { key: "b", code: "KeyB", shiftKey: true },
      { key: "/", code: "Slash", shiftKey: false },
      ...digits("1234"),
    ];
    for (const speed_ms of SPEEDS_MS) {
      const played = play(keys, [speed_ms], "Enter");
      expect(played.charges).toBe(false);
      expect(played.read.map(canonical)).toContain("AB/1234");
    }
  });

  it("is recognised from five characters on, once the till has learnt it", () => {
    const scanner = { gap_ms: 60, ending: "enter" } as const;
    for (const ending of ["Enter", null] as const) {
      const played = play(digits("12345"), [60], ending, { scanner });
      expect(played).toMatchObject({ standing: 0, charges: false });
      expect(play(digits("12345"), [160, 140, 155, 148], ending, { scanner }).read).toEqual([]);
    }
    expect(play(digits("1234"), [60], "Enter", { scanner }).read).toEqual(["1234"]);
    expect(play(digits("12345"), [60], null)).toMatchObject({ standing: 5, doubts: true });
  });

  it("is recognised although it pauses in the middle of a code", () => {
    for (const late of [3, 7, 11]) {
      const gaps = Array.from(EAN_13, (_, index) => (index === late ? 210 : 120));
      for (const ending of ["Enter", null] as const) {
        expect(play(digits(EAN_13), gaps, ending).read, `key ${late}`).toContain(EAN_13);
      }
    }
  });

  it("that is learnt and slow is recognised by its ending, and a hand at its pace is not", () => {
    const scanner = { gap_ms: 110, ending: "enter" } as const;
    expect(play(digits("12345"), [108, 114, 105, 110, 112], "Enter", { scanner }).read).toEqual([
      "12345",
    ]);
    const hand = play(digits("12345"), [0, 95, 140, 90, 120, 130], "Enter", { scanner });
    expect(hand).toMatchObject({ standing: 5, read: [] });
  });

  it("leaves what was there before it", () => {
    const gaps = [0, 420, 150, ...Array.from(EAN_8, () => 50)];
    const played = play([...digits("35"), ...digits(EAN_8)], gaps, "Enter");
    expect(played.standing).toBe(2);
  });

  it("teaches the till its pace", () => {
    let run: Run<null> | null = null;
    [...EAN_13].forEach((digit, index) => {
      const character = { by_layout: digit, by_position: digit };
      run = addCharacter<null>(run, 1000 + index * 62, character, null).run;
    });
    expect(learn(run as unknown as Run<null>, "tab")).toEqual({ gap_ms: 62, ending: "tab" });
    const short = addCharacter<null>(null, 0, { by_layout: "1", by_position: "1" }, null).run;
    expect(learn(short, "enter")).toBeNull();
  });

  it("that types the numbers of characters is recognised by the first", () => {
    const one: Character = { by_layout: "9", by_position: "9", by_number: true };
    const first = addCharacter<null>(null, 0, one, null);
    expect(first.verdict.kind).toBe("scan");
    const next = addCharacter<null>(first.run, 480, one, null);
    expect(next.verdict.kind).toBe("tail");
    expect(silenceMs(next.run)).toBeGreaterThan(600);
    expect(addEnding(next.run, 600, null).verdict.kind).toBe("tail");
  });
});

it("never charges a code at any speed, evenly or not, with any ending", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(EAN_8, EAN_13, "012345678905", "2112345001234", "12345678", "00012345"),
      fc.integer({ min: 5, max: 120 }),
      fc.array(fc.double({ min: 0.7, max: 1.3, noNaN: true }), { minLength: 14, maxLength: 14 }),
      fc.constantFrom<Ending>("Enter", "Tab", null),
      (code, speed_ms, uneven, ending) => {
        const gaps = uneven.map((factor) => Math.round(speed_ms * factor));
        const played = play(digits(code), gaps, ending);
        expect(played.charges).toBe(false);
        // What was not recognised must be confirmed, even if it is charged by a tap.
        expect(played.read.length > 0 || played.doubts).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

it("never charges a short code that comes evenly, at any speed", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[1-9]\d{3,6}$/),
      fc.integer({ min: 5, max: 120 }),
      fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 8, maxLength: 8 }),
      (code, speed_ms, jitter_ms) => {
        const gaps = jitter_ms.map((off) => Math.max(1, speed_ms + off));
        expect(play(digits(code), gaps, "Enter").charges).toBe(false);
      },
    ),
    { numRuns: 2000 },
  );
});

describe("a person's amounts", () => {
  it("are no scan, however fast they are typed", () => {
    const pause = fc.oneof(fc.integer({ min: 70, max: 190 }), fc.integer({ min: 150, max: 900 }));
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9]\d{0,5}$/),
        fc.array(pause, { minLength: 8, maxLength: 8 }),
        (amount, gaps) => {
          const played = play(digits(amount, "Numpad"), gaps, "Enter");
          expect(played.standing).toBe(amount.length);
          expect(played.read).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("are charged with one key: 2,000 of fast and slow cashiers", () => {
    const random = randomNumbers(2026);
    let scans = 0;
    let questions = 0;
    for (let sale = 0; sale < 2000; sale += 1) {
      const length = 2 + Math.floor(random() * 5);
      const amount = Array.from({ length }, () => Math.floor(1 + random() * 9)).join("");
      const median_ms = [90, 130, 180, 260, 400][sale % 5] ?? 0;
      const gaps = Array.from(amount, () => pauseOf(random, median_ms, 0.3));
      // The hand goes to Enter, and the eye to the amount.
      gaps.push(pauseOf(random, 2 * median_ms, 0.4));
      const played = play(digits(amount, "Numpad"), gaps, "Enter");
      if (played.read.length > 0) scans += 1;
      if (played.doubts) questions += 1;
    }
    expect(scans).toBe(0);
    // One in two hundred at most is asked about.
    expect(questions).toBeLessThanOrEqual(10);
  });

  it("that suddenly come far faster than the cashier types are doubted", () => {
    const keys = digits("1250");
    const gaps = [72, 96, 80, 88, 76];
    expect(play(keys, gaps, "Enter").charges).toBe(true);
    expect(play(keys, gaps, "Enter", { cashier_gap_ms: 120 }).charges).toBe(true);
    expect(play(keys, gaps, "Enter", { cashier_gap_ms: 300 }).doubts).toBe(true);
  });

  it("are words in a text", () => {
    const word = [..."cappuccino"].map((key) => ({
      key,
      code: `Key${key.toUpperCase()}`,
      shiftKey: false,
    }));
    expect(play(word, [90], "Enter", {}, "text").standing).toBe(10);
    expect(play(word, [8], "Enter", {}, "text").standing).toBe(0);
  });
});

describe("the cashier's pace", () => {
  const typed = (pace: CashierPace, gap_ms: number, count: number) => {
    let run: Run<null> | null = null;
    for (let index = 0; index < count; index += 1) {
      const at_ms = index * gap_ms;
      const character = { by_layout: "1", by_position: "1" };
      const next: Run<null> = addCharacter<null>(run, at_ms, character, null).run;
      if (run !== null && next.presses.length === 1) pace.add(run, at_ms);
      run = next;
    }
  };

  it("is known after some keys and is the usual pause", () => {
    const pace = new CashierPace();
    typed(pace, 300, 10);
    expect(pace.gap_ms).toBeNull();
    typed(pace, 300, 10);
    expect(pace.gap_ms).toBe(300);
    pace.forget();
    expect(pace.gap_ms).toBeNull();
  });

  it("is not taught by scans", () => {
    const pace = new CashierPace();
    let run: Run<null> | null = null;
    for (let index = 0; index < 13; index += 1) {
      run = addCharacter<null>(run, index * 50, { by_layout: "1", by_position: "1" }, null).run;
    }
    for (let time = 0; time < 3; time += 1) pace.add(run as unknown as Run<null>, 5000);
    expect(pace.gap_ms).toBeNull();
  });
});

it("reads Alt and digits as the character that they number", () => {
  const alt = new AltDigits();
  const read = [..."96"].map((digit) => {
    const number = String(digit.charCodeAt(0)).padStart(4, "0");
    for (const one of number) expect(alt.press(`Numpad${one}`, true)).toBe(true);
    return alt.release("Alt")?.by_layout;
  });
  expect(read.join("")).toBe("96");
  expect(alt.press("Numpad5", false)).toBe(false);
  expect(alt.release("Alt")).toBeNull();
});

describe("a code", () => {
  const pen = sampleItem("Pen", { barcode: EAN_13 });
  const tea = sampleItem("Tea", { barcode: "0012345678905" });
  const apples = sampleItem("Apples", { barcode: "2112345", price_minor: 299 });
  const items = [pen, tea, apples];
  const weighed: ScaleCode = { prefix: 21, holds: "weight", article_digits: 5, value_digits: 5 };

  it("finds its item in every length in which it is printed", () => {
    expect(findItem("012345678905", items, [])?.item).toBe(tea);
    expect(findItem("0012345678905", items, [])?.item).toBe(tea);
    expect(findItem(`]E0${EAN_13}`, items, [])?.item).toBe(pen);
    expect(findItem("96385075", items, [])).toBeNull();
    expect(canonical("96385075")).toBe("96385075");
    expect(canonical("ab/1234")).toBe("AB/1234");
  });

  it("finds the item with just this barcode first", () => {
    const upc = sampleItem("Other tea", { barcode: "012345678905" });
    expect(findItem("012345678905", [tea, upc], [])?.item).toBe(upc);
  });

  it("of a scale holds article and value by the shop's rules", () => {
    expect(scaleReading("2112345005126", [weighed])).toEqual({
      article: "2112345",
      holds: "weight",
      value: 512,
    });
    const price: ScaleCode = { prefix: 21, holds: "price", article_digits: 4, value_digits: 5 };
    expect(scaleReading("2112345005126", [price])).toEqual({
      article: "211234",
      holds: "price",
      value: 512,
    });
    expect(scaleReading("2112345005127", [weighed])).toBeNull();
    expect(scaleReading("2112345005126", [])).toBeNull();
    expect(scaleReading("2112345005126", [{ ...weighed, prefix: 22 }])).toBeNull();
    expect(scaleReading(EAN_13, [weighed])).toBeNull();
  });

  it("of a scale sells what was weighed, to the cent", () => {
    const found = findItem("2112345005126", items, [weighed]);
    expect(found?.item).toBe(apples);
    const sold = found?.scale ? weighedGoods(found.item, found.scale) : null;
    // 2.99 a kilogram, 0.512 kg: 1.53088.
    const weight = { grams: 512, kilogram_minor: 299 };
    expect(sold).toEqual({ item: apples, unit_minor: 153, weight });
    const scale = { article: "2112345", holds: "weight", value: 512 } as const;
    const penny = sampleItem("Nail", { price_minor: 1 });
    expect(weighedGoods(penny, { ...scale, value: 1 })).toBeNull();
    const priced = weighedGoods(apples, { ...scale, holds: "price" });
    expect(priced).toEqual({ item: apples, unit_minor: 512 });
  });
});
