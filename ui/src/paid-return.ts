// How long the paid screen has been visible. Time does not count while a dialog or an error covers the screen, while
// the window is hidden, or while the computer sleeps.

/** A longer step of the clock means that the computer slept or that its clock was set. */
const MAX_STEP_MS = 1500;

export interface ShownTime {
  readonly shown_ms: number;
  /** The time of this measurement. */
  readonly at_ms: number;
}

/** The same measurement at `now_ms`. A covered screen starts again from 0. */
export function advance(
  { shown_ms, at_ms }: ShownTime,
  now_ms: number,
  { visible, covered }: { readonly visible: boolean; readonly covered: boolean },
): ShownTime {
  const step_ms = Math.min(Math.max(0, now_ms - at_ms), MAX_STEP_MS);
  return { shown_ms: covered ? 0 : shown_ms + (visible ? step_ms : 0), at_ms: now_ms };
}
