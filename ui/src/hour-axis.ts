// Which hours the day's chart shows, and which of them it labels. Labels below every bar would run into each other.
import type { HourTotals } from "./bindings/HourTotals";

/** Most shops sell during the day, so these hours are always shown. */
const ALWAYS = { from: 8, to: 20 };
/** A chart half as wide as the smallest window has room for this many labels. */
const MAX_LABELS = 8;

export interface Hour extends HourTotals {
  /** 0 to 23. */
  readonly hour: number;
  readonly labelled: boolean;
}

/** The usual hours, and earlier and later ones as far as there were payments. */
export function shownHours(hours: readonly HourTotals[]): Hour[] {
  const busy = hours.flatMap(({ payments }, hour) => (payments > 0 ? [hour] : []));
  const from = Math.min(ALWAYS.from, ...busy);
  const to = Math.max(ALWAYS.to, ...busy);
  const step = Math.ceil((to - from + 1) / MAX_LABELS);
  return hours.flatMap((totals, hour) =>
    hour < from || hour > to ? [] : [{ ...totals, hour, labelled: hour % step === 0 }],
  );
}
