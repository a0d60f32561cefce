import { expect, it } from 'vitest';
import { readCustomerInput } from '../domain/customer.ts';
import { makeDemoCustomers } from './customers.ts';

it('the customers of the demo are always the same 200, good by the rules and all different', () => {
  const customers = makeDemoCustomers();
  expect(makeDemoCustomers()).toEqual(customers);
  expect(customers.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  for (const { last_name: lastName, first_name: firstName, email, phone } of customers) {
    expect(readCustomerInput({ lastName, firstName, email, phone }).faults).toEqual([]);
  }
  for (const values of [customers.map(({ email }) => email), customers.map(({ first_name, last_name }) => `${first_name} ${last_name}`)]) {
    expect(new Set(values).size).toBe(200);
  }
  expect([customers[0]?.active, customers[122]?.active]).toEqual([true, true]);
});
