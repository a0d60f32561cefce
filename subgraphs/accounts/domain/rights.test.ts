import { type Principal, type Role, roles } from '@comptoir/platform/principal.ts';
import { describe, expect, it } from 'vitest';
import { sessionRights } from './session-rights.ts';
import { maySee, refusalToManage } from './staff-rights.ts';

const asker = (given: Role[], stores: string[] | null, consumerId = 'staff:99'): Principal => ({
  consumerId,
  name: 'x',
  roles: given,
  stores,
});
const person = (given: Role[], stores: string[]) => ({ id: 7, roles: given, stores });

describe('a session', () => {
  it('by password gives what the person may do, an administrator everywhere', () => {
    expect(sessionRights(person(['CLERK'], ['1', '2']), null)).toEqual({ roles: ['CLERK'], stores: ['1', '2'] });
    expect(sessionRights(person(['ADMIN'], ['1']), null)).toEqual({ roles: ['ADMIN'], stores: null });
    expect(sessionRights(person(['ANALYST'], []), null)).toEqual({ roles: ['ANALYST'], stores: [] });
  });

  it('by PIN is for one place of the person, and never an administrator’s', () => {
    expect(sessionRights(person(['CLERK', 'WAREHOUSE'], ['1', '2']), '2')).toEqual({ roles: ['CLERK', 'WAREHOUSE'], stores: ['2'] });
    expect(sessionRights(person(['CLERK'], ['1']), '2')).toBeNull();
    expect(sessionRights(person(['ADMIN', 'MANAGER'], []), '2')).toEqual({ roles: ['MANAGER'], stores: ['2'] });
    expect(sessionRights(person(['ADMIN'], []), '2')).toBeNull();
  });
});

describe('a member of staff', () => {
  const clerk = person(['CLERK'], ['1', '2']);

  it.each([
    ['oneself', asker(['CLERK'], ['1'], 'staff:7'), true],
    ['a colleague', asker(['CLERK', 'ANALYST', 'WAREHOUSE'], ['1']), false],
    ['a manager of one of the places', asker(['MANAGER'], ['2', '3']), true],
    ['a manager of other places', asker(['MANAGER'], ['3']), false],
    ['a manager of every place', asker(['MANAGER'], null), true],
    ['a manager of no place', asker(['MANAGER'], []), false],
    ['an administrator', asker(['ADMIN'], null), true],
    ['a program', asker(['INTEGRATION'], null), false],
  ])('is seen by %s: %s', (_who, who, expected) => {
    expect(maySee(who, clerk)).toBe(expected);
  });

  it.each([
    ['a manager of all the places', asker(['MANAGER'], ['1', '2', '3']), clerk, true],
    ['a manager of some of the places', asker(['MANAGER'], ['1']), clerk, false],
    ['a manager, of another manager', asker(['MANAGER'], ['1']), person(['MANAGER'], ['1']), true],
    ['a manager, of an administrator', asker(['MANAGER'], null), person(['ADMIN'], []), false],
    ['a manager, of somebody without a place', asker(['MANAGER'], ['1']), person(['CLERK'], []), false],
    ['a manager, of a program’s rights', asker(['MANAGER'], ['1']), person(['INTEGRATION'], ['1']), false],
    ['a manager who is one, of a program’s rights', asker(['MANAGER', 'INTEGRATION'], ['1']), person(['INTEGRATION'], ['1']), true],
    ['an administrator', asker(['ADMIN'], null), person([...roles], []), true],
    ['an administrator of some places, of one of all', asker(['ADMIN'], ['1']), person(['ADMIN'], ['1']), false],
    ['a clerk', asker(['CLERK'], null), clerk, false],
  ])('is managed by %s: %s', (_who, who, subject, expected) => {
    expect(refusalToManage(who, subject) === null).toBe(expected);
  });

  it('is managed by nobody who could not do it all: whom one manages one may see', () => {
    const places = [null, [], ['1'], ['1', '2']];
    for (const given of roles)
      for (const stores of places)
        for (const subject of [clerk, person(['CLERK'], ['1']), person(['CLERK'], [])]) {
          const who = asker([given], stores);
          if (refusalToManage(who, subject) === null) expect(maySee(who, subject), JSON.stringify([who, subject])).toBe(true);
        }
  });
});
