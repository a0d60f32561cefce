import type { Metrics } from '../metrics.ts';

/** How many SQL statements the databases of these metrics have executed so far. */
export async function executedStatements(metrics: Metrics): Promise<number> {
  const metric = await metrics.registry.getSingleMetric('db_query_duration_seconds')?.get();
  if (metric === undefined) throw new Error('no database has these metrics');
  return metric.values.find((value) => 'metricName' in value && value.metricName === 'db_query_duration_seconds_count')?.value ?? 0;
}
