import { expect, test } from 'vitest';
import { isStorableMethod } from './payment-method.ts';

test.each(['card', 'transfer', 'tok_0123456789ab012345678901z_4242', '4242 4242 4242 4242', '4000000000000002', 'invoice 20261121'])(
  'a saga may keep %s',
  (method) => {
    expect(isStorableMethod(method)).toBe(true);
  },
);

test.each(['4111111111111111', '4111-1111-1111-1111', 'card 4111 1111 1111 1111', '374245455400126'])(
  'a saga keeps nobody’s card: %s',
  (method) => {
    expect(isStorableMethod(method)).toBe(false);
  },
);
