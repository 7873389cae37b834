// The till's own sounds, synthesized, so that there is no file to load. Each has a melody, a rhythm and a
// voice of its own: in a noisy shop one is known by any of the three. When which sounds, says sound-rule.ts.

export type Sound = "paid" | "ended" | "error" | "alarm";

export const SOUNDS: readonly Sound[] = ["paid", "ended", "error", "alarm"];

/** How the shop wants it. */
export interface Loudness {
  readonly sounds: boolean;
  readonly volume_percent: number;
}

interface Tone {
  readonly hertz: number;
  /** From the beginning of the melody. */
  readonly at_s: number;
  readonly for_s: number;
}

export interface Melody {
  readonly wave: OscillatorType;
  /** Beside a sine's 1: a square of the same height is much louder. */
  readonly level: number;
  readonly tones: readonly Tone[];
}

const tone = (hertz: number, at_s: number, for_s: number): Tone => ({ hertz, at_s, for_s });

export const MELODIES: Record<Sound, Melody> = {
  // Up, bright, ringing out: a till's bell.
  paid: {
    wave: "sine",
    level: 1,
    tones: [tone(880, 0, 0.22), tone(1108.73, 0.11, 0.24), tone(1318.51, 0.22, 0.7)],
  },
  // Down, slow, round: it is over and nobody is to blame.
  ended: {
    wave: "triangle",
    level: 0.8,
    tones: [tone(523.25, 0, 0.34), tone(349.23, 0.36, 0.6)],
  },
  // The same low note twice, short and rough: no.
  error: {
    wave: "square",
    level: 0.35,
    tones: [tone(196, 0, 0.14), tone(196, 0.22, 0.24)],
  },
  // High and low in turn, fast, three times: come here.
  alarm: {
    wave: "sawtooth",
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

/** Of an oscillator, 0 to 0.5. The ear hears by powers: half the percent must be half as loud. */
export function gainOf(volume_percent: number, level: number): number {
  return 0.5 * level * (volume_percent / 100) ** 2;
}

let context: AudioContext | null = null;
/** When what is playing is over, by the context's clock: two sounds at once would be none. */
let free_at_s = 0;
let rest: ReturnType<typeof setTimeout> | undefined;

/**
 * Plays a sound, after the one that is playing. A machine without sound is no reason for trouble. What is
 * asked for is told as `ringup:sound` on the window, with its name and what became of it.
 */
export function play(sound: Sound, { sounds, volume_percent }: Loudness): void {
  if (!sounds || volume_percent === 0) return;
  let played: Promise<string>;
  try {
    played = start(MELODIES[sound], volume_percent);
  } catch (reason) {
    context = null;
    played = Promise.reject(reason);
  }
  const told = (kind: string, state?: string) =>
    window.dispatchEvent(new CustomEvent(kind, { detail: { sound, state } }));
  told("ringup:sound");
  played.then(
    (state) => told("ringup:sounding", state),
    () => told("ringup:silent"),
  );
}

async function start({ wave, level, tones }: Melody, volume_percent: number): Promise<string> {
  const audio = (context ??= new AudioContext());
  clearTimeout(rest);
  if (audio.state !== "running") await audio.resume();
  const begin_s = Math.max(audio.currentTime + 0.02, free_at_s);
  const peak = gainOf(volume_percent, level);
  for (const { hertz, at_s, for_s } of tones) {
    ring(audio, wave, hertz, begin_s + at_s, for_s, peak);
  }
  free_at_s = begin_s + length_s({ wave, level, tones }) + 0.08;
  // An engine that plays silence all day keeps a processor awake.
  const left_ms = (free_at_s - audio.currentTime + 1) * 1000;
  rest = setTimeout(() => void audio.suspend(), left_ms);
  return audio.state;
}

function ring(
  audio: AudioContext,
  wave: OscillatorType,
  hertz: number,
  at_s: number,
  for_s: number,
  peak: number,
): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = wave;
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at_s);
  gain.gain.linearRampToValueAtTime(peak, at_s + 0.015);
  gain.gain.exponentialRampToValueAtTime(peak / 400, at_s + for_s);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at_s);
  oscillator.stop(at_s + for_s);
}
