import { describe, expect, it } from 'vitest';
import type { Operation } from '../generated/operations.ts';
import { acknowledge, expectResults, retire, settle, settledStaysMs } from './pending.ts';

const result = (id: string, task: string, operation: Operation) => ({ id, operation, task: { id: task } });
type Row = ReturnType<typeof result>;

describe('rows that wait for their result', () => {
  it('expects four results for all operations at once', () => {
    expect(expectResults('d', 42, 7, 'ALL').map(({ operation }) => operation)).toEqual(['ADD', 'SUB', 'MUL', 'DIV']);
  });

  it('fills a result in where it was expected and hands the others back', () => {
    const waiting = acknowledge(expectResults<Row>('d', 42, 7, 'ALL'), 'd', 't1');
    const { pending, rest } = settle(waiting, [result('r1', 't1', 'MUL'), result('r2', 'other', 'ADD')], 10);
    expect(pending.map(({ result }) => result?.id ?? null)).toEqual([null, null, 'r1', null]);
    expect(rest.map(({ id }) => id)).toEqual(['r2']);
  });

  it('takes the same result once only', () => {
    const waiting = acknowledge(expectResults<Row>('d', 1, 2, 'ADD'), 'd', 't1');
    const once = settle(waiting, [result('r1', 't1', 'ADD')], 10);
    const twice = settle(once.pending, [result('r1', 't1', 'ADD')], 20);
    expect(twice.rest).toEqual([]);
    expect(twice.pending[0]?.settledAt).toBe(10);
  });

  it('knows nothing of a task before the server has named it', () => {
    const { pending, rest } = settle(expectResults<Row>('d', 1, 2, 'ADD'), [result('r1', 't1', 'ADD')], 10);
    expect(pending[0]?.result).toBeNull();
    expect(rest).toHaveLength(1);
  });

  it('lets a result stand in its place for a moment before it joins the list', () => {
    const waiting = acknowledge(expectResults<Row>('d', 1, 2, 'ADD'), 'd', 't1');
    const { pending } = settle(waiting, [result('r1', 't1', 'ADD')], 10);
    expect(retire(pending, 10 + settledStaysMs - 1).leave).toEqual([]);
    const { stay, leave } = retire(pending, 10 + settledStaysMs);
    expect(stay).toEqual([]);
    expect(leave.map(({ id }) => id)).toEqual(['r1']);
  });
});
