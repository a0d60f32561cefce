import { createHash } from 'node:crypto';
import type { Direction } from './saga.ts';

/** Of the ids of commands of sagas; drawn once, never to change: a saga under way would send its commands under new names. */
const namespace = Buffer.from('6f0b1d5e9c2a4e6b8a37d1f4c05be912', 'hex');

/** The id of a command, a version 5 UUID: the same for every repetition. */
export function commandId(sagaId: string, step: string, direction: Direction): string {
  const bytes = createHash('sha1').update(namespace).update(`${sagaId}/${step}/${direction}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
