// Days of the shop, as ISO dates. A day is a page of the calendar in the shop's zone, not a stretch of
// hours: which moments belong to it is the till's to say, here it is only counted and named.

const MS_A_DAY = 86_400_000;

/** The day that it is in `zone` (IANA; none: this computer's) at a moment: "2026-03-29". */
export function dayOf(unix_ms: number, zone: string | null): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: knownZone(zone),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(unix_ms);
  const part = (type: string) => parts.find((other) => other.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** The day `by` days later. */
export function shifted(day: string, by: number): string {
  return new Date(noon(day) + by * MS_A_DAY).toISOString().slice(0, 10);
}

/** The first day of the week (Monday, ISO 8601) that `day` is in. */
export function weekStart(day: string): string {
  const fromMonday = (new Date(noon(day)).getUTCDay() + 6) % 7;
  return shifted(day, -fromMonday);
}

/** The first of the month that `day` is in. */
export function monthStart(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** Whether this is a day at all: what a half typed date field holds is none. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(noon(text)) && shifted(text, 0) === text;
}

/** The day in words: "Saturday, 21 November 2026". */
export function dayText(day: string, locale: string, style: "full" | "medium" = "full"): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: "UTC" }).format(noon(day));
}

/** A zone that this computer knows; else its own. */
export function knownZone(zone: string | null): string | undefined {
  if (zone === null) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}

function noon(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}
