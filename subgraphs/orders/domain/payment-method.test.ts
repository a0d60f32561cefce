import { expect, it } from 'vitest';
import { hasCheckDigit, scenarioOf, scenarios, tokenCharacterOf } from '../payment-provider/scenarios.ts';
import { cardNumberOf, maskMethod } from './payment-method.ts';
import { newSagaId } from './saga-id.ts';

it.each([
  ['4242424242424242', 'card •••• 4242'],
  [' 4242 4242 4242 4242 ', 'card •••• 4242'],
  ['4242-4242-4242-4242', 'card •••• 4242'],
  ['378282246310005', 'card •••• 0005'],
  ['tok_0123456789abcdef012345670_4242', 'card •••• 4242'],
  ['visa 4242 4242 4242 4242', 'visa •••• 4242'],
  ['1'.repeat(30), '•••• 1111'],
  ['card', 'card'],
  ['transfer', 'transfer'],
  ['invoice 2026-11', 'invoice 2026-11'],
])('of %s is kept: %s', (method, kept) => {
  expect(maskMethod(method)).toBe(kept);
  expect(maskMethod(method)).not.toMatch(/\d([ -]?\d){11}/);
});

it('what is kept of a method is the same when it is masked again', () => {
  for (const method of ['4242424242424242', 'a 4242 4242 4242 4242 b', 'cash'])
    expect(maskMethod(maskMethod(method))).toBe(maskMethod(method));
});

it('knows the number of a card from other words', () => {
  expect(cardNumberOf('4242 4242 4242 4242')).toBe('4242424242424242');
  for (const other of ['card', '12345', 'tok_1_4242', '4242x4242x4242']) expect(cardNumberOf(other)).toBeNull();
});

it('every test card has its check digit, and its token does what it does', () => {
  for (const scenario of scenarios) {
    expect(hasCheckDigit(scenario.number)).toBe(true);
    const token = `tok_${'0'.repeat(24)}${tokenCharacterOf(scenario.number)}_${scenario.number.slice(-4)}`;
    expect(scenarioOf(token)).toBe(scenario);
    expect(token).not.toContain(scenario.number);
  }
  expect(scenarioOf('4242424242424241').decline?.code).toBe('incorrect_number');
  expect(scenarioOf(`tok_${'0'.repeat(24)}${tokenCharacterOf('4242424242424241')}_4241`).decline?.code).toBe('incorrect_number');
  for (const word of ['card', 'transfer', 'cash']) expect(scenarioOf(word).decline).toBeUndefined();
});

it('ids of promised sagas sort by time and have the form that sagas wants', () => {
  const ids = [newSagaId(1), newSagaId(1_000), newSagaId(Date.now()), newSagaId(Date.now() + 60_000)];
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^saga_[0-9a-z]{26}$/);
  expect(new Set(Array.from({ length: 1_000 }, () => newSagaId(1))).size).toBe(1_000);
});
