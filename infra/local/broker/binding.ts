import type { Exchange, ExchangeType } from './exchange.ts';
import type { Queue } from './queue.ts';
import { topicMatcher } from './topic.ts';
import { encodeTable, type FieldTable, sameValue, textOf } from './wire/field-table.ts';

export type Destination = Queue | Exchange;
export type Matcher = (routingKey: string, headers: FieldTable) => boolean;

export interface Binding {
  readonly source: Exchange;
  readonly destination: Destination;
  readonly routingKey: string;
  readonly arguments: FieldTable;
  readonly matches: Matcher;
}

/** Equal for bindings that are the same one to the protocol. */
export function bindingKey(destination: Destination, routingKey: string, args: FieldTable): string {
  const sorted = new Map([...args].sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify([destination.kind, destination.name, routingKey, encodeTable(sorted).toString('base64')]);
}

export function matcherFor(type: ExchangeType, bindingRoutingKey: string, args: FieldTable): Matcher {
  switch (type) {
    case 'fanout':
      return () => true;
    case 'direct':
      return (routingKey) => routingKey === bindingRoutingKey;
    case 'topic': {
      const matches = topicMatcher(bindingRoutingKey);
      return (routingKey) => matches(routingKey);
    }
    case 'headers':
      return headersMatcher(args);
  }
}

export const headerMatchModes = ['all', 'any', 'all-with-x', 'any-with-x'];

/** A header asked for without a value only has to be there. */
function headersMatcher(args: FieldTable): Matcher {
  const mode = textOf(args.get('x-match')) ?? 'all';
  const wanted = [...args].filter(([name]) => name !== 'x-match' && (mode.endsWith('-with-x') || !name.startsWith('x-')));
  return (_, headers) => {
    const holds = ([name, value]: (typeof wanted)[number]) => {
      const header = headers.get(name);
      return header !== undefined && (value.type === 'void' || sameValue(value, header));
    };
    return mode.startsWith('any') ? wanted.some(holds) : wanted.every(holds);
  };
}
