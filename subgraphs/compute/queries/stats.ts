import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { type Operation, type SingleOperation, type Source, singleOperations, sources } from '../domain/operations.ts';

export interface ComputeStats {
  readonly sentTasks: number;
  readonly receivedResults: number;
  readonly pending: number;
  readonly operations: readonly { operation: SingleOperation; sent: number; received: number; meanProcessingTime: number | null }[];
  readonly sources: readonly { source: Source; sent: number; received: number }[];
  readonly since: Date;
  readonly lastUpdate: Date;
}

interface Counter {
  source: Source;
  operation: Operation;
  tasks: string;
  sent: string;
  received: string;
  pending: string;
  seconds: number;
  updated_ms: number;
  since_ms: number;
}

/** The counters at one moment, by one statement over a handful of rows. */
export async function readStats(em: EntityManager): Promise<ComputeStats> {
  const counters = await query<Counter>(
    em,
    `SELECT source, operation, tasks, sent, received, pending, processing_seconds AS seconds,
       extract(epoch FROM updated_at)::float8 * 1000 AS updated_ms, extract(epoch FROM since)::float8 * 1000 AS since_ms
     FROM counter CROSS JOIN stats`,
  );
  const sum = (rows: readonly Counter[], column: 'tasks' | 'sent' | 'received' | 'pending') =>
    rows.reduce((total, row) => total + Number(row[column]), 0);
  return {
    sentTasks: sum(counters, 'tasks'),
    receivedResults: sum(counters, 'received'),
    pending: sum(counters, 'pending'),
    operations: singleOperations.map((operation) => {
      const rows = counters.filter((counter) => counter.operation === operation);
      const received = sum(rows, 'received');
      const seconds = rows.reduce((total, row) => total + row.seconds, 0);
      return { operation, sent: sum(rows, 'sent'), received, meanProcessingTime: received > 0 ? seconds / received : null };
    }),
    sources: sources.map((source) => {
      const rows = counters.filter((counter) => counter.source === source);
      return { source, sent: sum(rows, 'sent'), received: sum(rows, 'received') };
    }),
    since: new Date(Math.max(...counters.map(({ since_ms }) => since_ms))),
    lastUpdate: new Date(Math.max(...counters.map(({ updated_ms }) => updated_ms))),
  };
}

/** Workers at a task, by the name of their queue. */
export async function countBusyWorkers(em: EntityManager): Promise<Map<string, number>> {
  const rows = await query<{ queue: string; count: number }>(
    em,
    `SELECT 'task_queue_' || lower(operation) AS queue, count(*)::int AS count FROM worker
     WHERE state = 'BUSY' AND last_seen_at > now() - interval '15 seconds' GROUP BY operation`,
  );
  return new Map(rows.map(({ queue, count }) => [queue, count]));
}
