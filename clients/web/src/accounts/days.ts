/** The moment a day such as 2027-01-31 is over where the reader is; null where there is no such day. */
export function endOfDay(day: string): string | null {
  return momentOf(day, 1);
}

/** The first moment of a day. */
export function startOfDay(day: string): string | null {
  return momentOf(day, 0);
}

function momentOf(day: string, daysLater: 0 | 1): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return null;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const start = new Date(year, month - 1, date);
  if (start.getMonth() !== month - 1 || start.getDate() !== date) return null;
  return new Date(year, month - 1, date + daysLater).toISOString();
}
