/** Agrees with a count as English does. */
export const many = (count: number, one: string, more: string) => (count === 1 ? one : more);
