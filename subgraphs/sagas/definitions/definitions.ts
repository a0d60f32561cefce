import type { Fault } from '@comptoir/platform/errors.ts';
import type { z } from 'zod';
import type { SagaData, SagaDefinition } from '../domain/definition.ts';
import { orderCancellation, orderCancellationInput, orderCancellationName } from './order-cancellation.ts';
import { orderProcessing, orderProcessingInput, orderProcessingName } from './order-processing.ts';
import { orderRefund, orderRefundInput, orderRefundName } from './order-refund.ts';

export type DefinitionName = typeof orderProcessingName | typeof orderCancellationName | typeof orderRefundName;

export interface Definitions {
  /** The newest version of each. */
  readonly newest: readonly SagaDefinition[];
  /** What a new saga runs by. */
  current(name: DefinitionName): SagaDefinition;
  /** What a saga began with and keeps. @throws Error where this program does not have it any more. */
  pinned(saga: { definition: string; definitionVersion: number }): SagaDefinition;
}

/** The definitions, oldest version first: a version stays here until no open saga runs by it. The scales shorten its waits; 1 outside of tests. */
export function createDefinitions({
  timeScale = 1,
  compensationTimeScale = timeScale,
}: {
  timeScale?: number;
  compensationTimeScale?: number;
} = {}): Definitions {
  const scale = { steps: timeScale, compensations: compensationTimeScale };
  const versions: Record<DefinitionName, readonly [SagaDefinition, ...SagaDefinition[]]> = {
    [orderProcessingName]: [orderProcessing(scale)],
    [orderCancellationName]: [orderCancellation(scale)],
    [orderRefundName]: [orderRefund(scale)],
  };
  const current = (name: DefinitionName) => versions[name].at(-1) ?? versions[name][0];
  return {
    newest: [current(orderProcessingName), current(orderCancellationName), current(orderRefundName)],
    current,
    pinned({ definition, definitionVersion }) {
      const found = versions[definition as DefinitionName]?.find(({ version }) => version === definitionVersion);
      if (!found) throw new Error(`There is no definition ${definition} of version ${definitionVersion} in this program`);
      return found;
    },
  };
}

const inputs: Record<DefinitionName, z.ZodType<SagaData>> = {
  [orderProcessingName]: orderProcessingInput,
  [orderCancellationName]: orderCancellationInput,
  [orderRefundName]: orderRefundInput,
};

/** What a saga of that definition begins with, or everything that is wrong with it. */
export function readInput(name: DefinitionName, input: unknown): { data: SagaData; faults?: never } | { data?: never; faults: Fault[] } {
  const parsed = inputs[name].safeParse(input);
  if (parsed.success) return { data: parsed.data };
  return {
    faults: parsed.error.issues.map(({ path, message }) => ({
      path: path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
      message,
    })),
  };
}
