import { GraphQLError } from 'graphql';
import type { Health } from './health.ts';
import { createLifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';

/** A part of a process that runs until it is stopped. Both methods are idempotent; stop() is bounded. */
export interface Service {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Several services as one: started in order, stopped in reverse. If one cannot start, those before it are stopped. */
export function createServiceGroup(name: string, services: readonly Service[]): Service {
  const begun: Service[] = [];

  async function stop(): Promise<void> {
    const faults: unknown[] = [];
    for (const service of begun.splice(0).reverse()) {
      await service.stop().catch((error: unknown) => faults.push(new Error(`${service.name} did not stop in order`, { cause: error })));
    }
    if (faults.length > 0)
      throw faults.length === 1 ? faults[0] : new AggregateError(faults, `${faults.length} parts of ${name} did not stop in order`);
  }

  async function start(signal: AbortSignal): Promise<void> {
    try {
      for (const service of services) {
        signal.throwIfAborted();
        begun.push(service);
        await service.start();
      }
    } catch (error) {
      await stop().catch(() => undefined);
      throw error;
    }
  }

  const { start: begin, stop: end } = createLifecycle({ start, stop });
  return { name, start: begin, stop: end };
}

/** What `runService` needs of `process`; another one only in tests. */
export type Runtime = Pick<NodeJS.Process, 'on' | 'off' | 'exit' | 'kill' | 'pid' | 'send'> & Partial<Pick<NodeJS.Process, 'connected'>>;

export interface RunDeps {
  log: Log;
  runtime?: Runtime;
  /** How long stop() may take before the process ends anyway. */
  stopTimeoutMs?: number;
  /** Told first that the process stops, so that it is not ready any more. */
  health?: Pick<Health, 'stopping' | 'left'>;
  /** How long the process goes on answering after that, so that whoever balances sees it and sends nobody any more. Default: 0. */
  stopLeadMs?: number;
  /** A signal this soon after the first is the same key press, which a terminal, npm and a supervisor each hand on. */
  sameSignalMs?: number;
}

const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs one service as the whole process; resolves when it has started. SIGTERM, SIGINT, an IPC message `shutdown` and a parent that is gone stop it
 * in order, after the lead, and end the process with 0; a second signal ends it at once. A fault nobody caught, a failed start and a stop that takes too long end it with 1.
 */
export async function runService(service: Service, deps: RunDeps): Promise<void> {
  const { log, runtime = process, stopTimeoutMs = 10_000, sameSignalMs = 500, health, stopLeadMs = 0 } = deps;
  let stoppingSince: number | null = null;
  let exitCode = 0;

  async function shutDown(reason: string): Promise<void> {
    if (stoppingSince !== null) return;
    stoppingSince = performance.now();
    log.info({ event: 'service_stopping', service: service.name, reason }, `${service.name} stopping: ${reason}`);
    health?.stopping();
    // A fault that nobody caught leaves nothing that should go on.
    if (stopLeadMs > 0 && exitCode === 0) {
      await new Promise((resolve) => setTimeout(resolve, stopLeadMs));
      health?.left();
    }
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`stop took longer than ${stopTimeoutMs} ms`)), stopTimeoutMs);
    });
    try {
      await Promise.race([service.stop(), overdue]);
      log.info({ event: 'service_stopped', service: service.name }, `${service.name} stopped`);
    } catch (error) {
      log.error({ event: 'service_stop_failed', service: service.name, err: error }, `${service.name} did not stop in order`);
      exitCode = 1;
    }
    clearTimeout(timer);
    runtime.exit(exitCode);
  }

  function onSignal(signal: NodeJS.Signals): void {
    if (stoppingSince === null) {
      void shutDown(signal);
    } else if (performance.now() - stoppingSince >= sameSignalMs) {
      log.warn({ event: 'service_killed', service: service.name, signal }, `${service.name} ends at once: second signal`);
      for (const each of signals) runtime.off(each, onSignal);
      runtime.kill(runtime.pid, signal);
    }
  }

  /** graphql-js, which runs what is not compiled, forgets what fails late beside an item of a list that failed at once: its answer tells of that one, and is out. */
  function onRejection(error: unknown): void {
    if (error instanceof GraphQLError && error.path)
      log.warn({ event: 'late_field_error', service: service.name, err: error }, 'a field failed after its list had');
    else onFault(error, 'unhandled rejection');
  }

  function onFault(error: unknown, origin: string): void {
    log.fatal({ event: 'uncaught', service: service.name, origin, err: error }, `${service.name}: ${origin}`);
    exitCode = 1;
    void shutDown(origin);
  }

  for (const signal of signals) runtime.on(signal, onSignal);
  runtime.on('disconnect', () => void shutDown('parent gone'));
  runtime.on('message', (message: unknown) => {
    if (message === 'shutdown' || (message as { type?: unknown } | null)?.type === 'shutdown') void shutDown('shutdown message');
  });
  runtime.on('uncaughtException', (error) => onFault(error, 'uncaught exception'));
  runtime.on('unhandledRejection', onRejection);

  // It left while the modules were loaded, when nobody listened yet. Undefined where nobody ever was to be listened to.
  if (runtime.connected === false) return shutDown('parent gone');

  try {
    await service.start();
    if (stoppingSince === null) runtime.send?.({ type: 'ready' });
  } catch (error) {
    if (stoppingSince !== null) return;
    log.fatal({ event: 'service_start_failed', service: service.name, err: error }, `${service.name} could not start`);
    exitCode = 1;
    await shutDown('start failed');
  }
}
