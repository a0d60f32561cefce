import type { Service } from '@comptoir/platform/service.ts';

/** Services as one: all started at once, stopped in reverse order. If one cannot start, all are stopped. */
export function together(name: string, services: readonly Service[]): Service {
  async function stop(): Promise<void> {
    const faults: unknown[] = [];
    for (const service of [...services].reverse()) await service.stop().catch((error: unknown) => faults.push(error));
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} parts of ${name} did not stop in order`);
  }

  async function start(): Promise<void> {
    try {
      await Promise.all(services.map((service) => service.start()));
    } catch (error) {
      // What went wrong first is what matters; what is stopped half-way may complain as well.
      await stop().catch(() => undefined);
      throw error;
    }
  }

  return { name, start, stop };
}
