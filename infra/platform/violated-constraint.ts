/** Name of the unique constraint or index that a statement met (SQLSTATE 23505), wherever in the chain of causes it is told; null where it was something else. */
export function violatedUnique(error: unknown): string | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 10; current = current.cause, depth++) {
    if ('code' in current && current.code === '23505' && 'constraint' in current && typeof current.constraint === 'string')
      return current.constraint;
  }
  return null;
}
