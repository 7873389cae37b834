// Plays the till's sounds. They are played as recordings, because WebKitGTK's AudioContext drops what it cannot compute
// in time: on a busy computer whole tones were missing. sound-rule.ts decides which sound is played when.
import { length_s, MELODIES, wavFile, type Sound } from "./melody";

/** The shop's settings of sound. */
export interface Loudness {
  readonly sounds: boolean;
  readonly volume_percent: number;
}

/** The volume of a player, 0 to 1. Loudness is not linear: half the percentage must sound half as loud. */
export function volumeOf(percent: number): number {
  return (percent / 100) ** 2;
}

/** A player that never ends must not block the sounds after it. */
const STALL_LIMIT_MS = 3000;

const players = new Map<Sound, HTMLAudioElement>();
/** Settles when the last sound has ended: two sounds at once could not be recognised. */
let before: Promise<unknown> = Promise.resolve();

/** Plays a sound after the one that is playing. A computer without sound is no error. The window gets the event
 * `ringup:sound` at once, then `ringup:sounding` or `ringup:silent`, each with the sound's name, for the tests. */
export function play(sound: Sound, { sounds, volume_percent }: Loudness): void {
  if (!sounds || volume_percent === 0) return;
  const announce = (kind: string) =>
    window.dispatchEvent(new CustomEvent(kind, { detail: { sound } }));
  announce("ringup:sound");
  before = before
    .then(() => playToEnd(sound, volumeOf(volume_percent), () => announce("ringup:sounding")))
    .catch(() => announce("ringup:silent"));
}

/** Resolves when the sound has ended. */
async function playToEnd(sound: Sound, volume: number, begun: () => void): Promise<void> {
  const player = playerOf(sound);
  player.volume = volume;
  player.currentTime = 0;
  let limit: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve, reject) => {
    player.onended = () => resolve();
    player.onerror = () => reject(new Error("not played"));
    limit = setTimeout(() => resolve(), length_s(MELODIES[sound]) * 1000 + STALL_LIMIT_MS);
  });
  try {
    await Promise.race([player.play().then(begun), over]);
    await over;
  } finally {
    clearTimeout(limit);
    player.onended = player.onerror = null;
  }
}

function playerOf(sound: Sound): HTMLAudioElement {
  let player = players.get(sound);
  if (player === undefined) {
    player = new Audio(
      URL.createObjectURL(new Blob([wavFile(MELODIES[sound])], { type: "audio/wav" })),
    );
    players.set(sound, player);
  }
  return player;
}
