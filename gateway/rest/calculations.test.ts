import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './test-app.ts';

const headers = { 'x-api-key': 'admin-key' };
let facade: TestApp;
beforeAll(async () => {
  facade = await createTestApp();
});
afterAll(() => facade?.[Symbol.asyncDispose]());
beforeEach(async () => {
  facade.graph.calculator.brokerReachable = true;
  await post('/api/clear_stats');
});

async function post(url: string, payload?: unknown) {
  const answer = await facade.app.inject({ method: 'POST', url, headers, payload: payload as object });
  return { status: answer.statusCode, body: answer.json() };
}
async function get(url: string) {
  const answer = await facade.app.inject({ url, headers });
  return { status: answer.statusCode, body: answer.json() };
}
const faulty = (payload: unknown) => post('/api/send_task', payload);

describe('POST /api/send_task', () => {
  test('submits the calculation and tells its id', async () => {
    const { status, body } = await post('/api/send_task', { n1: 10, n2: 5, operation: 'add' });
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, request_id: facade.graph.calculator.tasks.at(-1)?.id, message: 'Tâche envoyée' });
    expect(facade.graph.calculator.tasks.at(-1)).toMatchObject({ n1: 10, n2: 5, operation: 'ADD', source: 'WEB' });
  });

  test('takes the source from the body', async () => {
    await post('/api/send_task', { n1: 1, n2: 2, operation: 'all', source: 'auto' });
    expect(facade.graph.calculator.tasks.at(-1)).toMatchObject({ operation: 'ALL', source: 'AUTO' });
  });

  test('says an unknown operation in the words that clients know', async () => {
    const { status, body } = await faulty({ n1: 1, n2: 2, operation: 'pow' });
    expect(status).toBe(400);
    expect(body).toEqual({
      success: false,
      error: 'Opération non supportée',
      detail: [{ loc: ['body', 'operation'], msg: 'Doit valoir l’un de : add, sub, mul, div, all', type: 'literal_error' }],
    });
  });

  test('names every fault at once', async () => {
    const { status, body } = await faulty({ n1: '10', operation: 'pow', source: 'me', extra: 1, more: 2 });
    expect(status).toBe(400);
    expect(body.success).toBe(false);
    expect(body.detail.map(({ loc, type }: { loc: string[]; type: string }) => [loc.join('.'), type])).toEqual([
      ['body.n1', 'float_type'],
      ['body.n2', 'missing'],
      ['body.operation', 'literal_error'],
      ['body.source', 'literal_error'],
      ['body.extra', 'extra_forbidden'],
      ['body.more', 'extra_forbidden'],
    ]);
    expect(body.error).toBe(
      'n1 : Doit être un nombre ; n2 : Champ requis ; Opération non supportée ; source : Doit valoir l’un de : web, auto ; extra : Champ inconnu ; more : Champ inconnu',
    );
  });

  test.each([
    { name: 'a number as text', text: '{"n1":"1","n2":2,"operation":"add"}', loc: ['body', 'n1'], type: 'float_type' },
    { name: 'an infinity', text: '{"n1":1e999,"n2":2,"operation":"add"}', loc: ['body', 'n1'], type: 'finite_number' },
    { name: 'a negative infinity', text: '{"n1":1,"n2":-1e999,"operation":"add"}', loc: ['body', 'n2'], type: 'finite_number' },
    { name: 'NaN', text: '{"n1":NaN,"n2":2,"operation":"add"}', loc: ['body', 6], type: 'json_invalid' },
    { name: 'Infinity', text: '{"n1":Infinity,"n2":2,"operation":"add"}', loc: ['body', 6], type: 'json_invalid' },
    { name: 'null for a number', text: '{"n1":null,"n2":2,"operation":"add"}', loc: ['body', 'n1'], type: 'float_type' },
    { name: 'true for a number', text: '{"n1":true,"n2":2,"operation":"add"}', loc: ['body', 'n1'], type: 'float_type' },
    { name: 'an unknown field', text: '{"n1":1,"n2":2,"operation":"add","n3":3}', loc: ['body', 'n3'], type: 'extra_forbidden' },
    {
      name: 'a prototype',
      text: '{"n1":1,"n2":2,"operation":"add","__proto__":{"n1":3}}',
      loc: ['body', '__proto__'],
      type: 'extra_forbidden',
    },
    { name: 'a list', text: '[]', loc: ['body'], type: 'model_attributes_type' },
    { name: 'a text', text: '"add"', loc: ['body'], type: 'model_attributes_type' },
    { name: 'null', text: 'null', loc: ['body'], type: 'model_attributes_type' },
    { name: 'nothing', text: '', loc: ['body'], type: 'missing' },
    { name: 'an upper-case operation', text: '{"n1":1,"n2":2,"operation":"ADD"}', loc: ['body', 'operation'], type: 'literal_error' },
    { name: 'a number for an operation', text: '{"n1":1,"n2":2,"operation":5}', loc: ['body', 'operation'], type: 'literal_error' },
    { name: 'text that breaks off', text: '{"n1":1', loc: ['body', 7], type: 'json_invalid' },
    { name: 'a depth of brackets', text: '['.repeat(50_000), loc: ['body', 50_000], type: 'json_invalid' },
  ])('refuses $name and stores nothing', async ({ text, loc, type }) => {
    const before = facade.graph.calculator.tasks.length;
    const answer = await facade.app.inject({
      method: 'POST',
      url: '/api/send_task',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: text,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toEqual({ success: false, error: expect.stringMatching(/./), detail: [{ loc, type, msg: expect.any(String) }] });
    expect(facade.graph.calculator.tasks.length).toBe(before);
  });
});

describe('results', () => {
  test('have the shape of the contract', async () => {
    const { body } = await post('/api/send_task', { n1: 15, n2: 3, operation: 'div' });
    const { body: results } = await get('/api/recent_results');
    expect(results).toEqual([
      {
        request_id: body.request_id,
        n1: 15,
        n2: 3,
        operation: 'div',
        result: 5,
        source: 'web',
        worker_id: 'worker_div_1',
        processing_time: 0.5,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });

  test('of all are four under one request id', async () => {
    const { body } = await post('/api/send_task', { n1: 100, n2: 10, operation: 'all' });
    const { body: results } = await get('/api/recent_results');
    expect(Object.fromEntries(results.map(({ operation, result }: { operation: string; result: number }) => [operation, result]))).toEqual({
      add: 110,
      sub: 90,
      mul: 1000,
      div: 10,
    });
    expect(new Set(results.map(({ request_id }: { request_id: string }) => request_id))).toEqual(new Set([body.request_id]));
  });

  test.each([
    [1, 'Infinity'],
    [-1, '-Infinity'],
    [0, 'NaN'],
  ])('of %d divided by zero are the text %s', async (n1, text) => {
    await post('/api/send_task', { n1, n2: 0, operation: 'div' });
    expect((await get('/api/recent_results')).body[0].result).toBe(text);
  });

  test('are listed by source', async () => {
    await post('/api/send_task', { n1: 1, n2: 1, operation: 'add', source: 'web' });
    await post('/api/send_task', { n1: 2, n2: 2, operation: 'add', source: 'auto' });
    const firstOperands = async (url: string) => (await get(url)).body.map(({ n1 }: { n1: number }) => n1);
    expect(await firstOperands('/api/recent_results')).toEqual([2, 1]);
    expect(await firstOperands('/api/web_results')).toEqual([1]);
    expect(await firstOperands('/api/auto_results')).toEqual([2]);
  });

  test('are the newest 50', async () => {
    for (let n1 = 0; n1 < 60; n1++) await post('/api/send_task', { n1, n2: 1, operation: 'add' });
    const { body } = await get('/api/recent_results');
    expect(body.length).toBe(50);
    expect(body[0].n1).toBe(59);
  });
});

describe('GET /api/stats', () => {
  test('has every key of the contract', async () => {
    await post('/api/send_task', { n1: 10, n2: 5, operation: 'all' });
    const { body } = await get('/api/stats');
    expect(body).toEqual({
      sent_tasks: 1,
      received_results: 4,
      operations: { add: 1, sub: 1, mul: 1, div: 1 },
      recent_results: expect.any(Array),
      web_results: expect.any(Array),
      auto_results: [],
      queue_status: { task_queue_add: { messages: 1, unacked: 2, consumers: 3 }, result_queue: { messages: 1, unacked: 2, consumers: 3 } },
      last_update: expect.stringMatching(/Z$/),
    });
    expect(body.recent_results.length).toBe(4);
  });

  test('begins from zero after POST /api/clear_stats', async () => {
    await post('/api/send_task', { n1: 10, n2: 5, operation: 'all' });
    const { status, body } = await post('/api/clear_stats');
    expect([status, body]).toEqual([200, { success: true, message: 'Statistiques remises à zéro' }]);
    const stats = (await get('/api/stats')).body;
    expect(stats).toMatchObject({ sent_tasks: 0, received_results: 0, recent_results: [], web_results: [], auto_results: [] });
    expect(stats.operations).toEqual({ add: 0, sub: 0, mul: 0, div: 0 });
  });

  test('asks only for results since the counters were cleared', async () => {
    await get('/api/web_results');
    expect(facade.graph.requests.at(-1)?.variables).toEqual({ filter: { sinceClear: true, source: 'WEB' } });
  });

  test('is answered with the last known queues while the broker is away', async () => {
    facade.graph.calculator.brokerReachable = false;
    expect((await get('/api/stats')).status).toBe(200);
  });
});

describe('GET /api/queue_status', () => {
  test('gives what the broker says of each queue', async () => {
    expect((await get('/api/queue_status')).body).toEqual({
      task_queue_add: { messages: 1, unacked: 2, consumers: 3 },
      result_queue: { messages: 1, unacked: 2, consumers: 3 },
    });
  });

  test('is 503 while the broker is away', async () => {
    facade.graph.calculator.brokerReachable = false;
    expect(await get('/api/queue_status')).toEqual({ status: 503, body: { detail: 'Le courtier de messages ne répond pas' } });
  });
});
