/** JSON with the fields of every object in alphabetical order: equal for equal values however they were written. Empty for what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value, (_, field: unknown) =>
    field !== null && typeof field === 'object' && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
  return text ?? '';
}
