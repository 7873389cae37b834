// How long the paid screen has been visible. Time counts while it is really shown: not below something that
// lies over it, not in a window that nobody sees, and not through a sleep of the machine.

/** A step of the clock longer than this was a sleep, or a clock that was set. */
const LONGEST_STEP_MS = 1000;

export interface ShownTime {
  /** So long it has been shown, milliseconds. */
  readonly shown_ms: number;
  /** The clock when this was so. */
  readonly at_ms: number;
}

/** A moment later. `visible`: shown meanwhile; `covered`: something lies over it, and it begins anew after. */
export function advance(
  { shown_ms, at_ms }: ShownTime,
  now_ms: number,
  { visible, covered }: { readonly visible: boolean; readonly covered: boolean },
): ShownTime {
  const step_ms = Math.min(Math.max(0, now_ms - at_ms), LONGEST_STEP_MS);
  return { shown_ms: covered ? 0 : shown_ms + (visible ? step_ms : 0), at_ms: now_ms };
}
