import path from 'node:path';
import { root } from '@comptoir/local/places.ts';

/** A subgraph or the payment provider; of subgraphs there may be any number, told apart by a number: sagas_2. */
export const defaultParts = ['payment-provider', 'customers', 'inventory', 'orders', 'sagas_1', 'sagas_2'] as const;

/** The service that a part is an instance of. */
export const serviceOf = (part: string): string => part.replace(/_\d+$/, '');

const scripts: Readonly<Record<string, string>> = {
  'payment-provider': 'subgraphs/orders/payment-provider/main.ts',
  customers: 'subgraphs/customers/main.ts',
  inventory: 'subgraphs/inventory/main.ts',
  orders: 'subgraphs/orders/main.ts',
  sagas: 'subgraphs/sagas/main.ts',
};

/** @throws Error for what is no part. */
export function scriptOf(part: string): string {
  const script = scripts[serviceOf(part)];
  if (!script) throw new Error(`${part} is no part: there are ${Object.keys(scripts).join(', ')}, numbered where there are several`);
  return path.join(root, script);
}

/** The variable that tells a part its port. */
export const portVariableOfPart = (part: string): string => `${serviceOf(part).toUpperCase().replaceAll('-', '_')}_PORT`;
