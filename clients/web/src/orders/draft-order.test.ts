import { describe, expect, it } from 'vitest';
import { addProduct, amountOf, blankOrder, type DraftLine, faultsOf, inputOf, readQuantity, totalMinor } from './draft-order.ts';

const product = (id: string, minor: string): DraftLine['product'] => ({
  id,
  name: `Produit ${id}`,
  sku: `P-${id}`,
  available: 5,
  price: { amount: '0', minor, currency: 'EUR' },
});

describe('an order as it is put together', () => {
  it('takes quantities from 1 to 10,000 that are whole', () => {
    expect(['1', '10 000', '0', '10001', '1,5', '', 'x'].map(readQuantity)).toEqual([1, 10_000, null, null, null, null, null]);
  });

  it('puts lines of one product together', () => {
    const lines = addProduct(addProduct(addProduct([], product('1', '250')), product('2', '100')), product('1', '250'));
    expect(lines.map(({ product: { id }, quantity }) => [id, quantity])).toEqual([
      ['1', '2'],
      ['2', '1'],
    ]);
    expect(totalMinor(lines)).toBe(600n);
  });

  it('writes amounts with their cents', () => {
    expect([0n, 5n, 1_250n].map(amountOf)).toEqual(['0.00', '0.05', '12.50']);
  });

  it('names everything that is missing', () => {
    expect([...faultsOf(blankOrder)]).toEqual(['customer', 'lines', 'address']);
    const lines = [{ product: product('1', '250'), quantity: 'deux' }];
    expect([...faultsOf({ ...blankOrder, customer: { id: '1' }, lines, address: ' rue ' })]).toEqual(['quantity']);
  });

  it('becomes what the graph takes', () => {
    const lines = [{ product: product('5', '250'), quantity: '3' }];
    expect(inputOf({ customer: { id: '99999' }, lines, address: ' 1 rue du Port ', placeId: '', payment: 'card' })).toEqual({
      customerId: '99999',
      lines: [{ productId: '5', quantity: 3 }],
      shippingAddress: '1 rue du Port',
      paymentMethod: 'card',
      placeId: null,
    });
  });
});
