import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { forTerminal } from './log-line.ts';

const line = (level: string, more: object = {}) =>
  JSON.stringify({ level, time: '2026-11-21T08:00:01.000Z', service: 'compute', msg: 'batch completed', ...more });
const show = (text: string, options: { verbose?: boolean; stderr?: boolean } = {}) => {
  const shown = forTerminal('system', text, { verbose: false, stderr: false, ...options });
  return shown === null ? null : stripVTControlCharacters(shown);
};

test('what is no warning stays in the file, unless everything is wanted', () => {
  expect(show(line('info'))).toBeNull();
  expect(show(line('info'), { verbose: true })).toBe('08:00:01 system       batch completed');
});

test('warnings and errors always show, with their cause', () => {
  expect(show(line('warn'))).toBe('08:00:01 system       warning batch completed');
  expect(show(line('error', { err: { message: 'disk full' } }))).toBe('08:00:01 system       error batch completed: disk full');
});

test('what is not structured shows when it came on standard error', () => {
  expect(show('Segmentation fault', { stderr: true })).toBe('system       Segmentation fault');
  expect(show('{ not: json', {})).toBeNull();
});
