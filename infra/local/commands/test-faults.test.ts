import { expect, test } from 'vitest';
import { readArguments } from './test-faults.ts';

test('the fault tests are small and have a seed of their own unless they are told', () => {
  expect(readArguments([])).toMatchObject({ size: 'small', seed: expect.any(Number), names: [], options: [] });
  expect(readArguments(['--size=large', '--seed=7', 'oversell', '--', '--bail=1'])).toEqual({
    size: 'large',
    seed: 7,
    names: ['oversell'],
    options: ['--bail=1'],
  });
});

test.each([[['--size=huge']], [['--seed=seven']], [['--seed=-1']], [['--sede=7']]])('%j makes no sense', (args) => {
  expect(readArguments(args)).toBeNull();
});
