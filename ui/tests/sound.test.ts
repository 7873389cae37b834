// Which sound says what, how it is told from the others, and that the shop has the last word on it.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleFault, sampleSale, sampleStart } from "../dev/samples";
import { gainOf, length_s, MELODIES, play, SOUNDS, type Sound } from "../src/sound";
import { CHARGED, MOST_REPEATS, REPEAT_EVERY_MS, soundOf, type Heard } from "../src/sound-rule";
import { open, settle } from "./counter";

const sale = (state: Heard["state"], more: Partial<Heard> = {}): Heard => ({
  ...CHARGED,
  state,
  ...more,
});
const paid = (more: Partial<Heard> = {}) => sale("paid", { unseen: true, ...more });

describe("a change of a sale sounds", () => {
  const awaiting = sale("awaiting");
  it.each<[string, Heard | undefined, Heard, Sound | null]>([
    ["a charge", CHARGED, awaiting, null],
    ["a coin chosen", awaiting, sale("chosen"), null],
    ["money", sale("chosen"), paid(), "paid"],
    ["money, and seen elsewhere", paid(), sale("paid"), null],
    ["money that was heard already", paid(), paid(), null],
    ["money after waiting was stopped, in time", sale("stopped"), paid(), "paid"],
    ["late money", sale("ended"), paid({ late: true }), "alarm"],
    ["money twice", sale("paid"), paid({ paid_twice: true }), "alarm"],
    [
      "money twice, once late",
      paid({ late: true }),
      paid({ late: true, paid_twice: true }),
      "alarm",
    ],
    ["an alarm that was heard already", paid({ late: true }), paid({ late: true }), null],
    ["an end", awaiting, sale("ended"), "ended"],
    ["an end after waiting was stopped", sale("stopped"), sale("ended"), "ended"],
    ["a note on an ended sale", sale("ended"), sale("ended"), null],
    ["stop waiting", awaiting, sale("stopped"), null],
    ["a refusal", CHARGED, sale("refused"), "error"],
    ["no answer", CHARGED, sale("uncertain"), "error"],
    ["a contradiction", awaiting, sale("review"), "error"],
    ["an old sale from the book", undefined, sale("review"), null],
    ["an old end", undefined, sale("ended"), null],
    ["money from before the window came up", undefined, paid(), "paid"],
    ["late money from before", undefined, paid({ late: true }), "alarm"],
  ])("%s", (_, before, after, sound) => {
    expect(soundOf(before, after)).toBe(sound);
  });
});

describe("the sounds", () => {
  it("are told apart by melody, by rhythm and by voice", () => {
    const steps = (sound: Sound) =>
      MELODIES[sound].tones
        .slice(1)
        .map(({ hertz }, at) => Math.sign(hertz - (MELODIES[sound].tones[at]?.hertz ?? 0)))
        .join();
    const rhythm = (sound: Sound) => MELODIES[sound].tones.map(({ at_s }) => at_s).join();
    for (const trait of [steps, rhythm, (sound: Sound) => MELODIES[sound].wave])
      expect(new Set(SOUNDS.map(trait)).size).toBe(SOUNDS.length);
  });

  it("are short, and the alarm leaves silence between two of its own", () => {
    for (const sound of SOUNDS) expect(length_s(MELODIES[sound])).toBeLessThan(1.5);
    expect(REPEAT_EVERY_MS).toBeGreaterThanOrEqual(4 * 1000 * length_s(MELODIES.alarm));
  });

  it("grow with the volume, up to what does not clip", () => {
    expect(gainOf(0, 1)).toBe(0);
    expect(gainOf(50, 1)).toBeLessThan(gainOf(100, 1) / 2);
    expect(gainOf(100, 1)).toBeLessThanOrEqual(0.5);
  });
});

/** What is asked for from now on. */
function listen(): Sound[] {
  const heard: Sound[] = [];
  addEventListener("ringup:sound", (event) => {
    heard.push((event as CustomEvent<{ sound: Sound }>).detail.sound);
  });
  return heard;
}

const withLooks = (changes: Partial<ReturnType<typeof sampleStart>["settings"]["looks"]>) => {
  const { settings } = sampleStart();
  return sampleStart({ settings: { ...settings, looks: { ...settings.looks, ...changes } } });
};

describe("the till", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("rings for the sale in front, and for errors", async () => {
    const heard = listen();
    const { till, tell } = await open(sampleStart({ open_sales: [sampleSale()] }));
    till.show(42);
    tell(sampleSale({ revision: 2, state: "paid" }));
    expect(heard).toEqual(["paid"]);
    till.errors.fail(sampleFault("gateway_timeout"));
    till.errors.fail(sampleFault("gateway_timeout"));
    expect(heard).toEqual(["paid", "error"]);
  });

  it("is silent when it is to be", async () => {
    const heard = listen();
    for (const looks of [{ sounds: false }, { volume_percent: 0 }]) {
      const { till, screen } = await open(withLooks(looks));
      till.errors.fail(sampleFault("gateway_timeout"));
      screen.unmount();
    }
    expect(heard).toEqual([]);
  });

  it("rings an alarm until it is put away", async () => {
    const heard = listen();
    const { tell, touch } = await open(sampleStart({ open_sales: [sampleSale()] }));
    tell(sampleSale({ revision: 2, state: "paid", late: true, number: 42 }));
    await settle();
    expect(heard).toEqual(["alarm"]);
    await vi.advanceTimersByTimeAsync(REPEAT_EVERY_MS);
    expect(heard).toEqual(["alarm", "alarm"]);
    await touch("alarm-dismiss");
    await settle();
    await vi.advanceTimersByTimeAsync(REPEAT_EVERY_MS * 3);
    expect(heard).toHaveLength(2);
  });

  it("gives up an alarm that nobody is there to hear, and does not repeat money in order", async () => {
    const heard = listen();
    const { tell } = await open();
    tell(sampleSale({ number: 7, state: "paid" }));
    await vi.advanceTimersByTimeAsync(REPEAT_EVERY_MS * 2);
    expect(heard).toEqual(["paid"]);
    tell(sampleSale({ number: 8, state: "paid", late: true }));
    await vi.advanceTimersByTimeAsync(REPEAT_EVERY_MS * (MOST_REPEATS + 5));
    expect(heard.filter((sound) => sound === "alarm")).toHaveLength(1 + MOST_REPEATS);
  });
});

it("a machine without sound is no reason for trouble", async () => {
  const silent = new Promise((resolve) => addEventListener("ringup:silent", resolve));
  expect(() => play("paid", { sounds: true, volume_percent: 100 })).not.toThrow();
  await silent;
});
