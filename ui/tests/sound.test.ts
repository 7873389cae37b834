// Which sound is played when, how the sounds differ, and the shop's settings of them.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleFault, sampleSale, sampleStart } from "../dev/samples";
import {
  length_s,
  MELODIES,
  RATE,
  wavFile,
  samples,
  SOUNDS,
  type Melody,
  type Sound,
} from "../src/melody";
import { play, volumeOf } from "../src/sound";
import {
  JUST_CHARGED,
  MAX_REPEATS,
  REPEAT_EVERY_MS,
  soundOf,
  type AudibleState,
} from "../src/sound-rule";
import { open, settle } from "./screen-harness";

const sale = (state: AudibleState["state"], more: Partial<AudibleState> = {}): AudibleState => ({
  ...JUST_CHARGED,
  state,
  ...more,
});
const paid = (more: Partial<AudibleState> = {}) => sale("paid", { unseen: true, ...more });

describe("a change of a sale sounds", () => {
  const awaiting = sale("awaiting");
  it.each<[string, AudibleState | undefined, AudibleState, Sound | null]>([
    ["a charge", JUST_CHARGED, awaiting, null],
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
    ["a refusal", JUST_CHARGED, sale("refused"), "error"],
    ["no answer", JUST_CHARGED, sale("uncertain"), "error"],
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
    for (const trait of [steps, rhythm, (sound: Sound) => MELODIES[sound].voice])
      expect(new Set(SOUNDS.map(trait)).size).toBe(SOUNDS.length);
  });

  it("are short, and the alarm leaves silence between two of its own", () => {
    for (const sound of SOUNDS) expect(length_s(MELODIES[sound])).toBeLessThan(1.5);
    expect(REPEAT_EVERY_MS).toBeGreaterThanOrEqual(4 * 1000 * length_s(MELODIES.alarm));
  });

  it("grow with the volume as ears do", () => {
    expect(volumeOf(0)).toBe(0);
    expect(volumeOf(50)).toBeLessThan(0.5);
    expect(volumeOf(100)).toBe(1);
  });

  it.each(SOUNDS)("%s is recorded whole, each tone in its place, and does not clip", (name) => {
    const melody = MELODIES[name];
    const sound = samples(melody);
    expect(Math.max(...sound.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(sound.length / RATE).toBeGreaterThan(length_s(melody) + 0.2);
    expect([...sound.slice(-RATE / 10)].every((sample) => sample === 0)).toBe(true);
    for (const { hertz, at_s } of melody.tones)
      for (const other of new Set(melody.tones.map((tone) => tone.hertz)))
        if (other !== hertz) {
          const [here, there] = [hertz, other].map((pitch) => strength(melody, pitch, at_s));
          expect(here, `${hertz} louder than ${other}`).toBeGreaterThan(there ?? 0);
        }
  });

  it("are files that any player reads", () => {
    const bytes = new DataView(wavFile(MELODIES.error));
    const text = (at: number) =>
      String.fromCharCode(...[0, 1, 2, 3].map((place) => bytes.getUint8(at + place)));
    expect([text(0), text(8), text(12), text(36)]).toEqual(["RIFF", "WAVE", "fmt ", "data"]);
    expect(bytes.getUint32(4, true)).toBe(bytes.byteLength - 8);
    expect(bytes.getUint32(40, true)).toBe(bytes.byteLength - 44);
    expect(bytes.getUint32(24, true)).toBe(RATE);
    expect(bytes.getUint32(40, true)).toBe(2 * samples(MELODIES.error).length);
  });
});

/** The strength of a pitch in the tenth of a second after a tone starts (Goertzel). */
function strength(melody: Melody, hertz: number, at_s: number): number {
  const first = Math.round((0.06 + at_s + 0.015) * RATE);
  const turn = (2 * Math.PI * hertz) / RATE;
  let [across, up] = [0, 0];
  samples(melody)
    .slice(first, first + RATE / 10)
    .forEach((sample, at) => {
      across += sample * Math.cos(turn * at);
      up += sample * Math.sin(turn * at);
    });
  return Math.hypot(across, up);
}

/** Collects the sounds that are requested from now on. */
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
    const { stores, tell } = await open(sampleStart({ open_sales: [sampleSale()] }));
    stores.currentSale.show(42);
    tell(sampleSale({ revision: 2, state: "paid" }));
    expect(heard).toEqual(["paid"]);
    stores.errors.fail(sampleFault("gateway_timeout"));
    stores.errors.fail(sampleFault("gateway_timeout"));
    expect(heard).toEqual(["paid", "error"]);
  });

  it("is silent when it is to be", async () => {
    const heard = listen();
    for (const looks of [{ sounds: false }, { volume_percent: 0 }]) {
      const { stores, screen } = await open(withLooks(looks));
      stores.errors.fail(sampleFault("gateway_timeout"));
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
    await vi.advanceTimersByTimeAsync(REPEAT_EVERY_MS * (MAX_REPEATS + 5));
    expect(heard.filter((sound) => sound === "alarm")).toHaveLength(1 + MAX_REPEATS);
  });
});

it("a machine without sound is no reason for trouble", async () => {
  const silent = new Promise((resolve) => addEventListener("ringup:silent", resolve));
  expect(() => play("paid", { sounds: true, volume_percent: 100 })).not.toThrow();
  await silent;
});
