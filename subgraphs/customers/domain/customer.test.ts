import { describe, expect, it } from 'vitest';
import { readCustomerInput } from './customer.ts';

const good = { lastName: 'Élan', firstName: 'Zoé', email: 'zoe@example.org', phone: '+33 (0)6 12.34-56/78' };

describe('what is told of a customer', () => {
  it('becomes columns, without blanks around', () => {
    expect(readCustomerInput({ ...good, lastName: ' Élan ', active: false })).toEqual({
      columns: { last_name: 'Élan', first_name: 'Zoé', email: 'zoe@example.org', phone: '+33 (0)6 12.34-56/78', active: false },
      faults: [],
    });
    expect(readCustomerInput({ phone: ' ' })).toEqual({ columns: { phone: null }, faults: [] });
    expect(readCustomerInput({})).toEqual({ columns: {}, faults: [] });
  });

  it('is refused with every fault at once', () => {
    const { faults } = readCustomerInput({ lastName: ' ', firstName: 'x'.repeat(101), email: 'a@b', phone: 'appelez-moi', active: null });
    expect(faults.map(({ path }) => path)).toEqual([
      ['input', 'lastName'],
      ['input', 'firstName'],
      ['input', 'email'],
      ['input', 'phone'],
      ['input', 'active'],
    ]);
  });

  it.each(['', 'a', '@b.fr', 'a@b..fr', 'a b@c.fr', 'a@b.fr, c@d.fr', 'a@@b.fr', '<a@b.fr>', `${'a'.repeat(250)}@b.fr`, 'a\0@b.fr'])(
    'has no e-mail address %j',
    (email) => {
      expect(readCustomerInput({ email }).faults).toHaveLength(1);
    },
  );

  it.each(['a@b.fr', 'jean.dupont+test@sous.domaine.example', 'é@exemple.fr', "o'neil@example.org"])(
    'has the e-mail address %s',
    (email) => {
      expect(readCustomerInput({ email }).faults).toEqual([]);
    },
  );
});
