/** Agrees with a count as French does: 0 and 1 are singular. */
export const many = (count: number, one: string, more: string) => (Math.abs(count) < 2 ? one : more);
