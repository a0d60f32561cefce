/** An expression for the driver, which gives timestamps as text: milliseconds since 1970. */
export const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

export const dateOf = (epochMs: number | null): Date | null => (epochMs === null ? null : new Date(epochMs));

/** A row as it is stored, with numbers where it has dates. */
export type WithNumbers<T> = { [K in keyof T]: T[K] extends Date ? number : T[K] extends Date | null ? number | null : T[K] };
