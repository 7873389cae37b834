// The till's own bell: two short tones when money has come. Synthesized, so there is no file to load.

let context: AudioContext | null = null;

/** Rings softly. A machine without sound is no reason for trouble. */
export function ring(): void {
  try {
    context ??= new AudioContext();
    const start = context.currentTime + 0.02;
    tone(context, 880, start, 0.22);
    tone(context, 1318.5, start + 0.13, 0.5);
  } catch {
    context = null;
  }
}

function tone(audio: AudioContext, hertz: number, at: number, seconds: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = "sine";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.18, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0005, at + seconds);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + seconds);
}
