const unitHours: Readonly<Record<string, number>> = { h: 1, d: 24, w: 7 * 24 };
const hourMs = 3_600_000;

/**
 * Reads when something ends, as a person writes it: 12h, 30d, 8w from now, 2027-01-31 (that day included), or an instant such as 2027-01-31T18:00:00Z.
 * @returns the instant in ISO 8601, or a fault for a person.
 */
export function parseExpiry(text: string, now = Date.now()): { at: string } | { fault: string } {
  const at = instantOf(text.trim(), now);
  if (Number.isNaN(at))
    return { fault: 'It is to be a time such as 12h, 30d or 8w, a day such as 2027-01-31, or an instant such as 2027-01-31T18:00:00Z.' };
  if (at <= now) return { fault: 'It is to lie in the future.' };
  return { at: new Date(at).toISOString() };
}

function instantOf(text: string, now: number): number {
  const span = /^([1-9]\d{0,5})([hdw])$/.exec(text);
  if (span) return now + Number(span[1]) * (unitHours[span[2] ?? ''] ?? Number.NaN) * hourMs;
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day) return endOfDay(Number(day[1]), Number(day[2]), Number(day[3]));
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
}

/** In this machine's time zone; NaN for a day that is not in the calendar. */
function endOfDay(year: number, month: number, day: number): number {
  const noon = new Date(year, month - 1, day, 12);
  return noon.getMonth() === month - 1 && noon.getDate() === day ? new Date(year, month - 1, day + 1).getTime() : Number.NaN;
}
