// The till's four sounds, synthesized, so that there are no sound files to ship. Each differs from the others in
// melody, rhythm and voice: in a noisy shop one of the three is enough to recognise it.

export type Sound = "paid" | "ended" | "error" | "alarm";

export const SOUNDS: readonly Sound[] = ["paid", "ended", "error", "alarm"];

export type Voice = "sine" | "triangle" | "square" | "sawtooth";

interface Tone {
  readonly hertz: number;
  /** Counted from the start of the melody. */
  readonly at_s: number;
  readonly for_s: number;
}

export interface Melody {
  readonly voice: Voice;
  /** Relative to a sine: a square wave of the same amplitude is much louder. */
  readonly level: number;
  readonly tones: readonly Tone[];
}

const tone = (hertz: number, at_s: number, for_s: number): Tone => ({ hertz, at_s, for_s });

export const MELODIES: Record<Sound, Melody> = {
  // Rising, bright, fading slowly, like a till's bell.
  paid: {
    voice: "sine",
    level: 1,
    tones: [tone(880, 0, 0.22), tone(1108.73, 0.11, 0.24), tone(1318.51, 0.22, 0.7)],
  },
  // Falling, slow and soft: the sale ended and nothing is wrong.
  ended: {
    voice: "triangle",
    level: 0.8,
    tones: [tone(523.25, 0, 0.34), tone(349.23, 0.36, 0.6)],
  },
  // The same low note twice, short and rough: something failed.
  error: {
    voice: "square",
    level: 0.35,
    tones: [tone(196, 0, 0.14), tone(196, 0.22, 0.24)],
  },
  // High and low in turn, fast, three times: somebody must come.
  alarm: {
    voice: "sawtooth",
    level: 0.4,
    tones: [0, 1, 2].flatMap((turn) => [
      tone(987.77, turn * 0.34, 0.15),
      tone(739.99, turn * 0.34 + 0.17, 0.15),
    ]),
  },
};

export function length_s({ tones }: Melody): number {
  return Math.max(...tones.map(({ at_s, for_s }) => at_s + for_s));
}

/** Samples per second: far above twice the highest tone, so that its overtones are kept. */
export const RATE = 44_100;
/** Amplitude of one tone: two tones that overlap must not clip. */
const PEAK = 0.5;
const ATTACK_S = 0.015;
/** Silence around the melody: loudspeakers need a moment to wake up. */
const BEFORE_S = 0.06;
const AFTER_S = 0.25;

/** The samples, from -1 to 1, with silence before and after. */
export function samples({ voice, level, tones }: Melody): Float32Array {
  const all = new Float32Array(
    Math.ceil((BEFORE_S + length_s({ voice, level, tones }) + AFTER_S) * RATE),
  );
  for (const { hertz, at_s, for_s } of tones) {
    const first = Math.round((BEFORE_S + at_s) * RATE);
    for (let at = 0; at < for_s * RATE; at += 1) {
      const time_s = at / RATE;
      const loud = level * PEAK * envelope(time_s, for_s);
      all[first + at] = (all[first + at] ?? 0) + loud * waveform(voice, (hertz * time_s) % 1);
    }
  }
  return all;
}

/** The amplitude over time: a quick rise, then a decay to 1/400. */
function envelope(time_s: number, for_s: number): number {
  if (time_s < ATTACK_S) return time_s / ATTACK_S;
  return 400 ** (-(time_s - ATTACK_S) / (for_s - ATTACK_S));
}

/** One period of a voice; `phase` is from 0 to 1. */
function waveform(voice: Voice, phase: number): number {
  switch (voice) {
    case "sine":
      return Math.sin(2 * Math.PI * phase);
    case "triangle":
      return 1 - 4 * Math.abs(((phase + 0.75) % 1) - 0.5);
    case "square":
      return phase < 0.5 ? 1 : -1;
    case "sawtooth":
      return 2 * phase - 1;
  }
}

/** A WAVE file (RIFF) with one channel of 16 bits. */
export function wavFile(melody: Melody): ArrayBuffer {
  const sound = samples(melody);
  const bytes = new DataView(new ArrayBuffer(44 + 2 * sound.length));
  const text = (at: number, words: string) =>
    [...words].forEach((letter, place) => bytes.setUint8(at + place, letter.charCodeAt(0)));
  text(0, "RIFF");
  bytes.setUint32(4, 36 + 2 * sound.length, true);
  text(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, 2 * RATE, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, "data");
  bytes.setUint32(40, 2 * sound.length, true);
  sound.forEach((value, at) => bytes.setInt16(44 + 2 * at, Math.round(value * 32_767), true));
  return bytes.buffer as ArrayBuffer;
}
