import { describe, expect, it } from 'vitest';
import type { ResultRowFragment } from '../generated/operations.ts';
import { resultsCsv } from './results-csv.ts';

const row: ResultRowFragment = {
  id: '1',
  n1: 3.5,
  n2: -2,
  operation: 'SUB',
  result: 5.5,
  text: '5.5',
  source: 'WEB',
  workerId: 'worker_sub_1',
  processingTime: 0.25,
  completedAt: '2026-11-21T10:00:00.000Z',
  task: { id: 't1', operation: 'SUB', foreign: false },
};
const firstLine = (csv: string) => csv.split('\r\n')[1];

describe('results for a spreadsheet', () => {
  it('uses the separators a French spreadsheet expects', () => {
    expect(firstLine(resultsCsv([row], 'fr'))).toBe('t1;3,5;-2;sub;5,5;web;worker_sub_1;0,25;2026-11-21T10:00:00.000Z');
  });

  it('uses commas and points in English', () => {
    expect(firstLine(resultsCsv([row], 'en'))).toBe('t1,3.5,-2,sub,5.5,web,worker_sub_1,0.25,2026-11-21T10:00:00.000Z');
  });

  it("lets no foreign worker's name run as a formula or break the line", () => {
    expect(firstLine(resultsCsv([{ ...row, workerId: '=1+1' }], 'en'))).toContain(`,'=1+1,`);
    expect(firstLine(resultsCsv([{ ...row, workerId: 'a"b,c' }], 'en'))).toContain(',"a""b,c",');
  });
});
