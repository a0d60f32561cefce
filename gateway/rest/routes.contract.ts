import { type ContractRoute, contractRoutes, ownerExists } from '@comptoir/schema/rest-contract.ts';
import { describe, expect, test } from 'vitest';
import { describedRoutes, ownRoutes, restRoutes } from './routes.ts';

const name = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const served = new Set([...restRoutes, ...ownRoutes, ...describedRoutes].map(name));
const promised = new Set(contractRoutes.map(name));
const due = contractRoutes.filter(({ owner }) => ownerExists(owner));

/** What the gateway offers of its own beside the routes that the contract promises. */
const beside = new Set(['GET /postman.json', 'GET /requests.http', 'GET /api/edge']);

describe('the REST contract', () => {
  test.each(due.map((route) => ({ ...route, name: name(route) })))('$name is served, for $owner is there', (route) => {
    expect(served).toContain(route.name);
  });

  test('what is not served waits for a subgraph that is not there yet', () => {
    const missing = contractRoutes.filter((route) => !served.has(name(route)));
    const waiting = Map.groupBy(missing, ({ owner }: ContractRoute) => owner);
    for (const [owner, routes] of waiting) {
      console.info(`Missing until there is a subgraph ${owner}: ${routes.map(name).join(', ')}`);
      expect([owner, ownerExists(owner)]).toEqual([owner, false]);
    }
  });

  test('nothing is served that neither the contract nor this list names', () => {
    expect([...served].filter((route) => !promised.has(route) && !beside.has(route))).toEqual([]);
  });

  test('names each route once', () => {
    expect(promised.size).toBe(contractRoutes.length);
  });
});
