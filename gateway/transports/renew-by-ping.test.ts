import { expect, test } from 'vitest';
import { renewByPing } from './renew-by-ping.ts';

test('only what has the form of an access token is asked about: pings are not counted, so keys could be guessed by them', async () => {
  const asked: unknown[] = [];
  const watch = {
    async renew(credentials: unknown) {
      asked.push(credentials);
      return null;
    },
    stop: () => undefined,
  };
  for (const accessToken of ['guess', 'eyJ.a.b', 'eyJ', 5]) {
    const payload = { accessToken };
    await renewByPing(watch, payload);
    expect(payload).toEqual({ refused: 'UNAUTHENTICATED' });
  }
  expect(asked).toEqual([{ key: 'eyJ.a.b' }]);
});
