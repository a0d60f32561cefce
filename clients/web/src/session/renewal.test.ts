import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Credential } from './credential.ts';
import { keepRenewed } from './renewal.ts';
import { storeCredential, storedCredential } from './stored-credential.ts';

const minuteMs = 60_000;
/** What the gateway answers to each refresh token. */
let answers: Record<string, object | 'no answer'>;
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  [answers, asked] = [{}, []];
  for (const name of ['localStorage', 'sessionStorage']) vi.stubGlobal(name, createStorage());
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    const { refreshToken } = JSON.parse(body).variables;
    asked.push(refreshToken);
    const answer = answers[refreshToken];
    if (answer === 'no answer') throw new TypeError('fetch failed');
    return new Response(JSON.stringify({ data: { refresh: answer ?? { __typename: 'SessionEnded' } } }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function createStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

const staff = (number: number, forMs = 10 * minuteMs): Credential & { kind: 'staff' } => ({
  kind: 'staff',
  accessToken: `access ${number}`,
  accessExpiresAt: Date.now() + forMs,
  refreshToken: `refresh ${number}`,
});
const signedIn = (number: number) => {
  const { accessToken, accessExpiresAt, refreshToken } = staff(number, 20 * minuteMs);
  return { __typename: 'SignedIn', accessToken, accessExpiresAt: new Date(accessExpiresAt).toISOString(), refreshToken };
};

function setUp(first: Credential) {
  storeCredential(first, true);
  const ended = vi.fn();
  const renewed: string[] = [];
  const renewal = keepRenewed(first, ended);
  renewal.onRenewed((accessToken) => renewed.push(accessToken));
  return { renewal, ended, renewed };
}

test('tokens are renewed before they end, kept where the last ones were, and told of', async () => {
  answers['refresh 1'] = signedIn(2);
  const { renewal, renewed, ended } = setUp(staff(1));
  await vi.advanceTimersByTimeAsync(7 * minuteMs);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(2 * minuteMs);
  expect(asked).toEqual(['refresh 1']);
  expect(renewed).toEqual(['access 2']);
  expect(renewal.current()).toMatchObject({ refreshToken: 'refresh 2' });
  expect(storedCredential()).toEqual(renewal.current());
  expect(ended).not.toHaveBeenCalled();
  renewal.stop();
  await vi.advanceTimersByTimeAsync(60 * minuteMs);
  expect(asked).toHaveLength(1);
});

test('a session that is over is said to be; a server that is away is asked again', async () => {
  answers['refresh 1'] = 'no answer';
  const { renewal, ended } = setUp(staff(1));
  expect(await renewal.renew()).toBe(false);
  expect(ended).not.toHaveBeenCalled();
  answers['refresh 1'] = { __typename: 'SessionEnded' };
  await vi.advanceTimersByTimeAsync(6_000);
  expect(asked).toEqual(['refresh 1', 'refresh 1']);
  expect(ended).toHaveBeenCalledOnce();
  renewal.stop();
});

test('what another tab has renewed is taken from there: a refresh token is good only once', async () => {
  const { renewal, renewed } = setUp(staff(1));
  storeCredential(staff(2, 15 * minuteMs), true);
  expect(await renewal.renew()).toBe(true);
  expect(asked).toEqual([]);
  expect(renewed).toEqual(['access 2']);
  renewal.stop();
});

test('several who need the next tokens at once ask once, and a key is never renewed', async () => {
  answers['refresh 1'] = signedIn(2);
  const { renewal } = setUp(staff(1));
  expect(await Promise.all([renewal.renew(), renewal.renew()])).toEqual([true, true]);
  expect(asked).toEqual(['refresh 1']);
  renewal.stop();
  const key = setUp({ kind: 'key', key: 'abc' }).renewal;
  expect(await key.renew()).toBe(false);
  expect(asked).toHaveLength(1);
});
