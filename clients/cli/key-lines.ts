import colors from 'picocolors';
import type { KeyFactsFragment } from './generated/operations.ts';

const day = (instant: string) => new Date(instant).toLocaleDateString('en-GB', { day: '2-digit', month: 'short', year: 'numeric' });

/** How a key stands, in a few words. */
export function keyState({ revokedAt, expiresAt }: Pick<KeyFactsFragment, 'revokedAt' | 'expiresAt'>, now = Date.now()): string {
  if (revokedAt !== null) return `revoked ${day(revokedAt)}`;
  if (expiresAt === null) return 'valid';
  return Date.parse(expiresAt) <= now ? `expired ${day(expiresAt)}` : `valid until ${day(expiresAt)}`;
}

/** Lines of a list of keys, in columns. */
export function keyLines(keys: readonly KeyFactsFragment[]): string[] {
  const cells = keys.map((key) => [
    key.id,
    key.consumer.name,
    `${key.prefix}…${key.lastFour}`,
    keyState(key),
    key.lastUsedAt === null ? 'never used' : `used ${day(key.lastUsedAt)}`,
    key.label,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row, index) => {
    const [id = '', consumer = '', face = '', state = '', used = '', label = ''] = row.map((cell, column) =>
      cell.padEnd(widths[column] ?? 0),
    );
    const paint = keyState(keys[index] as KeyFactsFragment).startsWith('valid') ? colors.green : colors.yellow;
    return `${id}  ${colors.bold(consumer)}  ${face}  ${paint(state)}  ${colors.dim(used)}  ${label}`.trimEnd();
  });
}
