// Days of the shop as ISO dates: counted and named here, while Rust decides which sales belong to a day. A day is a
// date of the calendar in the shop's time zone, so it may last 23 or 25 hours.

const MS_PER_DAY = 86_400_000;

/** The date in `zone` (IANA; null is this computer's) at a moment: "2026-03-29". */
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

/** The day that is `by` days later. */
export function shifted(day: string, by: number): string {
  return new Date(noon(day) + by * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The Monday of the day's week (ISO 8601). */
export function weekStart(day: string): string {
  const fromMonday = (new Date(noon(day)).getUTCDay() + 6) % 7;
  return shifted(day, -fromMonday);
}

/** The first day of the day's month. */
export function monthStart(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** False for a date field that is only half typed. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(noon(text)) && shifted(text, 0) === text;
}

/** "Saturday, 21 November 2026" */
export function dayText(day: string, locale: string, style: "full" | "medium" = "full"): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: "UTC" }).format(noon(day));
}

/** The zone, or undefined (this computer's) when this computer does not know it. */
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
