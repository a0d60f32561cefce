import type { Metrics } from '@comptoir/platform/metrics.ts';
import { commandNamed, type SagaDefinition } from '../domain/definition.ts';
import type { Applied } from './applier.ts';

export interface SagaMetrics {
  count(definition: SagaDefinition, applied: Applied): void;
}

/** The metrics of sagas, by the names that contract and dashboards know. */
export function createSagaMetrics(metrics: Metrics): SagaMetrics {
  const sagas = metrics.counter({
    name: 'saga_orchestrator_sagas_total',
    help: 'Sagas that completed, were compensated, or failed and need an operator.',
    labelNames: ['status'],
  });
  const durations = metrics.histogram({
    name: 'saga_orchestrator_saga_duration_seconds',
    help: 'Seconds from a saga’s start to its end.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
  });
  const steps = metrics.counter({
    name: 'saga_orchestrator_saga_steps_total',
    help: 'Steps by outcome; failure: refused, in doubt or given up.',
    labelNames: ['step', 'status'],
  });
  const compensations = metrics.counter({
    name: 'saga_orchestrator_compensations_total',
    help: 'Compensations that succeeded.',
    labelNames: ['compensation_type'],
  });
  const calls = metrics.counter({
    name: 'saga_orchestrator_service_calls_total',
    help: 'Commands to participants, by what came of them: success, refused or timeout.',
    labelNames: ['service', 'status'],
  });

  return {
    count(definition, { before, event, decision: { saga, history }, ageSeconds }) {
      for (const { kind, step = '', direction } of history) {
        const succeeded = kind === 'STEP_SUCCEEDED';
        if (direction === 'COMPENSATION') {
          if (succeeded) compensations.inc({ compensation_type: step });
          continue;
        }
        const failed = kind === 'STEP_IN_DOUBT' || kind === 'STEP_FAILED' || (kind === 'STEP_REFUSED' && saga.state !== before.state);
        if (succeeded || failed) steps.inc({ step, status: succeeded ? 'success' : 'failure' });
      }
      if (event.kind === 'REPLY' || event.kind === 'TIMEOUT') {
        const status = event.kind === 'TIMEOUT' ? 'timeout' : event.outcome === 'SUCCESS' ? 'success' : 'refused';
        calls.inc({ service: commandNamed(definition, event.step).participant, status });
      }
      if (saga.state === before.state) return;
      if (saga.state === 'COMPLETED' || saga.state === 'COMPENSATED') durations.observe(ageSeconds);
      if (saga.state === 'COMPLETED') sagas.inc({ status: 'completed' });
      if (saga.state === 'COMPENSATED') sagas.inc({ status: 'compensated' });
      if (saga.state === 'FAILED') sagas.inc({ status: 'failed' });
    },
  };
}
