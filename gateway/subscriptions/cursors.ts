import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { shareKey } from './keys.ts';

/**
 * Cursors as clients get them: a subgraph's own, which says where an event stands in its log, signed for one field of one subgraph with its arguments and for the rights it
 * was read with. One that was made up, or that belongs to something else, is told from them; every gateway with the same secret takes them.
 */
export interface Cursors {
  sign(cursor: string, subject: string): string;
  /** The subgraph's cursor; null where the text was not signed for this subject. */
  open(text: string, subject: string): string | null;
}

/** What a cursor is for. */
export function cursorSubject(service: string, field: string, args: Record<string, unknown>, rights: string): string {
  return shareKey([service, field, args, rights]);
}

const macBytes = 16;
const maxLength = 512;

export function createCursors(secret: string): Cursors {
  const key = Buffer.from(hkdfSync('sha256', secret, 'comptoir subscription cursor', 'comptoir subscription cursor', 32));
  const mac = (cursor: string, subject: string) => createHmac('sha256', key).update(`${subject}\n${cursor}`).digest().subarray(0, macBytes);

  const sign = (cursor: string, subject: string) =>
    `${Buffer.from(cursor).toString('base64url')}.${mac(cursor, subject).toString('base64url')}`;

  return {
    sign,
    open(text, subject) {
      if (text.length > maxLength) return null;
      const cursor = Buffer.from(text.slice(0, text.indexOf('.')), 'base64url').toString('utf8');
      // The whole texts are compared, so that a cursor can be written in one way only.
      const [given, expected] = [Buffer.from(text), Buffer.from(sign(cursor, subject))];
      return given.length === expected.length && timingSafeEqual(given, expected) ? cursor : null;
    },
  };
}
