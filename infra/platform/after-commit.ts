import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Log } from './log.ts';

type Told = (log: Log) => void;

/** By transaction: entity managers forked within one share it. */
const waiting = new WeakMap<object, Told[]>();

/** Tells the log, in the trace at hand, of something that the transaction in hand did, once it is committed; where it is undone nothing is told. */
export function afterCommit(em: EntityManager, tell: Told): void {
  const transaction = em.getTransactionContext<object>();
  if (!transaction) throw new Error('Only what is done in a transaction can be told after it');
  const bound = AsyncLocalStorage.bind(tell);
  const told = waiting.get(transaction);
  if (told) told.push(bound);
  else waiting.set(transaction, [bound]);
}

/** The transaction was committed; called by the database. */
export function tellCommitted(transaction: object | undefined, log: Log): void {
  for (const tell of (transaction && waiting.get(transaction)) ?? []) tell(log);
}
