// Plays the till's sounds. As recordings, not by an AudioContext: WebKitGTK's drops what it could not make in time, and of a
// melody on a busy machine whole tones were missing. When which one sounds, says sound-rule.ts.
import { length_s, MELODIES, wavFile, type Sound } from "./melody";

/** How the shop wants it. */
export interface Loudness {
  readonly sounds: boolean;
  readonly volume_percent: number;
}

/** Of a player, 0 to 1. The ear hears by powers: half the percent must be half as loud. */
export function volumeOf(percent: number): number {
  return (percent / 100) ** 2;
}

const STALL_LIMIT_MS = 3000;

const players = new Map<Sound, HTMLAudioElement>();
/** Over when what is playing is over: two sounds at once would be none. */
let before: Promise<unknown> = Promise.resolve();

/**
 * Plays a sound, after the one that is playing. A machine without sound is no reason for trouble. What is
 * asked for is told as `ringup:sound` on the window, with its name, and what became of it as `ringup:sounding` or
 * `ringup:silent`.
 */
export function play(sound: Sound, { sounds, volume_percent }: Loudness): void {
  if (!sounds || volume_percent === 0) return;
  const announce = (kind: string) =>
    window.dispatchEvent(new CustomEvent(kind, { detail: { sound } }));
  announce("ringup:sound");
  before = before
    .then(() => played(sound, volumeOf(volume_percent), () => announce("ringup:sounding")))
    .catch(() => announce("ringup:silent"));
}

/** Until it is over. */
async function played(sound: Sound, volume: number, begun: () => void): Promise<void> {
  const player = playerOf(sound);
  player.volume = volume;
  player.currentTime = 0;
  let limit: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve, reject) => {
    player.onended = () => resolve();
    player.onerror = () => reject(new Error("not played"));
    // A player that hangs must not silence the sounds after it.
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
