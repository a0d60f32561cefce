import { type Metrics, sharedLook } from '@comptoir/platform/metrics.ts';
import type { OpenSagas } from '../queries/open-sagas.ts';

/** Looks at the sagas that have not ended whenever the metrics are asked for: what the alerts SagaFailed and SagaStuck go by. Every process tells of all of them. */
export function createOpenSagasMetrics(metrics: Metrics, count: () => Promise<OpenSagas>): void {
  const look = sharedLook(count);

  function gauge(name: string, help: string, pick: (figures: OpenSagas) => number): void {
    metrics.gauge({
      name,
      help,
      async collect() {
        const figures = await look();
        if (figures) this.set(pick(figures));
      },
    });
  }

  gauge('saga_orchestrator_open_sagas', 'Sagas that have not ended.', ({ open }) => open);
  gauge(
    'saga_orchestrator_sagas_needing_attention',
    'Sagas that failed and wait for an operator.',
    ({ needingAttention }) => needingAttention,
  );
  gauge(
    'saga_orchestrator_oldest_open_saga_seconds',
    'Age of the oldest saga that is neither held nor failed.',
    ({ oldestSeconds }) => oldestSeconds,
  );
}
