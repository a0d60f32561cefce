import { expect, test } from 'vitest';
import { parseStartOptions } from './options.ts';

test('without arguments and variables it is the whole demo on port 4000', () => {
  expect(parseStartOptions([], {})).toEqual({
    split: false,
    verbose: false,
    port: 4000,
    host: '127.0.0.1',
    demo: true,
    producerIntervalMs: 5_000,
  });
});

test('flags and variables are taken', () => {
  const env = { PORT: '5000', HOST: '0.0.0.0', COMPTOIR_PRODUCER_INTERVAL_MS: '100' };
  expect(parseStartOptions(['--split', '--verbose'], env)).toEqual({
    split: true,
    verbose: true,
    port: 5000,
    host: '0.0.0.0',
    demo: true,
    producerIntervalMs: 100,
  });
});

test('without the demo there is no automatic producer', () => {
  expect(parseStartOptions([], { COMPTOIR_DEMO: 'off' })).toMatchObject({ demo: false, producerIntervalMs: 0 });
});

test.each([
  [['--fast'], {}, /no option --fast/],
  [[], { PORT: '70000' }, /PORT is "70000"; allowed: a whole number from 1 to 65535/],
  [[], { PORT: '4e3' }, /PORT is "4e3"/],
  [[], { COMPTOIR_DEMO: 'no' }, /COMPTOIR_DEMO is "no"; allowed: on or off/],
])('%j with %j is refused by name', (args, env, message) => {
  expect(() => parseStartOptions(args, env)).toThrow(message);
});
