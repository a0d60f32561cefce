/** The day that a person typed, such as 2027-01-31 for "31/1/2027", "31.01.2027" or "2027-01-31"; null where it is none. */
export function parseDay(text: string): string | null {
  const trimmed = text.trim();
  const [, year, month, date] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed) ?? [];
  const [, dateFirst, monthNext, yearLast] = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(trimmed) ?? [];
  const parts = [year ?? yearLast, month ?? monthNext, date ?? dateFirst];
  const day = parts.map((part) => part?.padStart(2, '0')).join('-');
  const midnight = new Date(`${day}T00:00:00Z`);
  // The 30th of February would be the 2nd of March.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day) ? day : null;
}
