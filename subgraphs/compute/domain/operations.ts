import type { WireOperation } from '@comptoir/schema/topology.ts';

/** What a worker computes, in the order that clients see. */
export const singleOperations = ['ADD', 'SUB', 'MUL', 'DIV'] as const;
export type SingleOperation = (typeof singleOperations)[number];

/** What can be asked for: ALL stands for each of the four. */
export type Operation = SingleOperation | 'ALL';

export const sources = ['WEB', 'AUTO'] as const;
export type Source = (typeof sources)[number];
export type WireSource = 'web' | 'auto';

/** The calculations that a task consists of. */
export function operationsOf(operation: Operation): readonly SingleOperation[] {
  return operation === 'ALL' ? singleOperations : [operation];
}

/** Messages have operations in lower case. */
export const toWireOperation = <T extends Operation>(operation: T) => operation.toLowerCase() as Lowercase<T>;
export const fromWireOperation = (operation: WireOperation) => operation.toUpperCase() as SingleOperation;

export const toWireSource = (source: Source) => source.toLowerCase() as WireSource;
/** A message that leaves it out was asked for by a person. */
export const fromWireSource = (source: WireSource | undefined): Source => (source === 'auto' ? 'AUTO' : 'WEB');
