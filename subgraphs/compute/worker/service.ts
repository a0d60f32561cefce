import { createConsumer } from '@comptoir/platform/broker/consumer.ts';
import { createBrokerLink } from '@comptoir/platform/broker/link.ts';
import type { Health } from '@comptoir/platform/health.ts';
import { createHttpServer } from '@comptoir/platform/http.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import { createServiceGroup, type Service } from '@comptoir/platform/service.ts';
import { currentTraceparent } from '@comptoir/platform/trace.ts';
import { computeTopology, mergeTopologies, resultQueue, serviceTopology, taskQueue } from '@comptoir/schema/topology.ts';
import { service } from '../name.ts';
import { createAnnouncer } from './announcer.ts';
import type { WorkerConfig } from './config.ts';
import { tellTask } from './tell-task.ts';
import { answer, pretendToWork, workMs } from './work.ts';

/** A task that is not done by then when the worker is to stop goes back to its queue. */
const stopTimeoutMs = 4_000;

export interface WorkerDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Worker extends Service {
  /** Of its probes and metrics; known once started. */
  url(): string;
}

/**
 * Computes the tasks of one queue, one after the other. The answer is confirmed by the broker before the task is acknowledged: a worker that dies between the two
 * leaves a task that is computed twice, never one that is not. A broker that goes away is waited for.
 */
export function createWorker(config: WorkerConfig, { log, metrics, health }: WorkerDeps): Worker {
  const { id, operation, amqpUrl, host, port } = config;
  const queue = taskQueue(operation);
  const link = createBrokerLink(
    { url: amqpUrl, name: id, topology: mergeTopologies(serviceTopology(service), computeTopology) },
    { log, metrics },
  );
  const announcer = createAnnouncer({ id, operation }, { link, log });

  const consumer = createConsumer(
    {
      service,
      queue,
      type: 'calculation.task',
      prefetch: 1,
      stopTimeoutMs,
      async handle({ body, headers, correlationId }, { signal }) {
        const begun = performance.now();
        const ms = workMs(body, config);
        if (ms > 0) announcer.busy(body.request_id);
        try {
          await pretendToWork(ms, signal);
          const result = answer(body, { id, operation }, (performance.now() - begun) / 1_000);
          await link.publish({
            exchange: '',
            routingKey: resultQueue,
            mandatory: true,
            content: Buffer.from(JSON.stringify(result)),
            properties: {
              // The same for a task that is computed again.
              messageId: `${body.request_id}.${operation}`,
              correlationId: correlationId ?? body.request_id,
              type: 'calculation.result',
              headers: { ...carriedOn(headers), traceparent: currentTraceparent() },
            },
          });
          tellTask(log, config.pretty, result);
        } finally {
          if (ms > 0) announcer.idle();
        }
      },
    },
    { link, log, metrics },
  );

  const announcing: Service = { name: 'announcer', start: async () => announcer.start(), stop: () => announcer.stop() };
  const http = createHttpServer({ name: id, host, port, log, metrics, health });
  // Without the broker it has nothing to do, and nobody to tell.
  health.register('broker', async () => (link.state() === 'connected' ? { state: 'up' } : { state: 'down', detail: link.state() }), {
    critical: true,
  });
  const group = createServiceGroup(id, [link, announcing, consumer, http]);
  return {
    ...group,
    async start() {
      await group.start();
      log.info({ event: 'worker_started', operation, url: http.address().url }, `worker of ${operation} started`);
    },
    url: () => http.address().url,
  };
}

/** The sender's own headers go along; those of the way the message took do not. */
function carriedOn(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-')));
}
