import { describe, expect, it } from 'vitest';
import { databaseMetrics, graphqlMetrics, httpMetrics, webSocketMetrics } from './metric-families.ts';
import { boundedLabel, createMetrics } from './metrics.ts';

const create = () => createMetrics({ service: 'test', instanceId: 'i1', processMetrics: false });

describe('metrics', () => {
  it('gives the same metric to all who ask for a name', async () => {
    const metrics = create();
    for (let part = 0; part < 2; part++) webSocketMetrics(metrics).sent.inc();
    expect(await metrics.registry.metrics()).toContain('websocket_messages_sent_total 2');
  });

  it('have the names and labels that the contract fixes', () => {
    const metrics = create();
    httpMetrics(metrics);
    graphqlMetrics(metrics);
    databaseMetrics(metrics);
    webSocketMetrics(metrics);
    const names = metrics.registry.getMetricsAsArray().map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'http_requests_total',
        'http_request_duration_seconds',
        'http_request_size_bytes',
        'http_response_size_bytes',
        'current_requests_per_second',
        'graphql_operations_total',
        'graphql_operation_duration_seconds',
        'db_connection_pool_size',
        'db_connection_pool_available',
        'db_query_duration_seconds',
        'websocket_connections_active',
        'websocket_messages_sent_total',
        'websocket_messages_received_total',
        'websocket_errors_total',
      ]),
    );
  });

  it('tell of the process itself unless told not to', () => {
    expect(createMetrics({ service: 'test', instanceId: 'i1' }).registry.getSingleMetric('process_resident_memory_bytes')).toBeDefined();
    expect(create().registry.getMetricsAsArray()).toEqual([]);
  });

  it('bound the values of a label', () => {
    const label = boundedLabel(2);
    expect(['a', 'b', 'c', 'a', 'd'].map(label)).toEqual(['a', 'b', 'other', 'a', 'other']);
  });
});
