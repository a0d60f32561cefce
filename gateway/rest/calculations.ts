import { z } from 'zod';
import { type AnyRestRoute, defineRoute } from './define-route.ts';
import { faultSchema } from './error-schemas.ts';
import type { RestFault } from './faults.ts';
import { Refusal } from './refusal.ts';

const tags = ['Calculs'];
const operations = ['add', 'sub', 'mul', 'div'] as const;
const sources = ['web', 'auto'] as const;

const count = z.int().min(0);

const calculation = z
  .strictObject({
    n1: z.number().meta({ description: 'Premier opérande, un nombre fini.' }),
    n2: z.number().meta({ description: 'Second opérande, un nombre fini.' }),
    operation: z.enum([...operations, 'all']).meta({ description: 'L’opération, ou all pour les quatre.' }),
    source: z.enum(sources).default('web').meta({ description: 'Qui demande : une personne (web) ou un programme (auto).' }),
  })
  .meta({ id: 'Calcul' });

const submitted = z
  .strictObject({ success: z.literal(true), request_id: z.string(), message: z.string() })
  .meta({ id: 'CalculEnvoye', description: 'request_id est celui de tous les résultats de la tâche.' });

const refused = z
  .strictObject({
    success: z.literal(false),
    error: z.string().meta({ description: 'Toutes les fautes, en clair.' }),
    detail: z.array(faultSchema),
  })
  .meta({ id: 'CalculRefuse' });

const result = z
  .strictObject({
    request_id: z.string(),
    n1: z.number(),
    n2: z.number(),
    operation: z.enum(operations),
    result: z
      .union([z.number(), z.enum(['Infinity', '-Infinity', 'NaN'])])
      .meta({ description: 'Texte là où ce n’est pas un nombre fini (division par zéro).' }),
    source: z.enum(sources),
    worker_id: z.string(),
    processing_time: z.number().meta({ description: 'Durée du calcul chez le worker, en secondes.' }),
    timestamp: z.iso.datetime().meta({ description: 'Fin du calcul, UTC.' }),
  })
  .meta({ id: 'Resultat' });

const queueStatus = z
  .record(
    z.string(),
    z.strictObject({
      messages: count.meta({ description: 'Messages en attente.' }),
      unacked: count.meta({ description: 'Messages remis et pas encore acquittés.' }),
      consumers: count.meta({ description: 'Consommateurs attachés.' }),
    }),
  )
  .meta({ id: 'EtatDesFiles', description: 'Par nom de file, tel que le courtier le voit.' });

const stats = z
  .strictObject({
    sent_tasks: count.meta({ description: 'Tâches envoyées depuis la dernière remise à zéro.' }),
    received_results: count.meta({ description: 'Résultats reçus depuis la dernière remise à zéro.' }),
    operations: z.strictObject({ add: count, sub: count, mul: count, div: count }).meta({ description: 'Résultats reçus par opération.' }),
    recent_results: z.array(result).max(50),
    web_results: z.array(result).max(50),
    auto_results: z.array(result).max(50),
    queue_status: queueStatus,
    last_update: z.iso.datetime(),
  })
  .meta({ id: 'Statistiques' });

const resultFields = 'fragment result on Result { n1 n2 operation result text source workerId processingTime completedAt task { id } }';
const queueFields = 'reachable queues { name ready unacked consumers }';

interface ResultNode {
  readonly n1: number;
  readonly n2: number;
  readonly operation: string;
  readonly result: number | null;
  readonly text: string;
  readonly source: string;
  readonly workerId: string;
  readonly processingTime: number;
  readonly completedAt: string;
  readonly task: { readonly id: string };
}
interface QueuesNode {
  readonly reachable: boolean;
  readonly queues: readonly { readonly name: string; readonly ready: number; readonly unacked: number; readonly consumers: number }[];
}
interface Results {
  readonly nodes: readonly ResultNode[];
}

function toResult(node: ResultNode) {
  return {
    request_id: node.task.id,
    n1: node.n1,
    n2: node.n2,
    operation: node.operation.toLowerCase(),
    // JSON has no infinities and no NaN; the text of the graph names them as the contract does.
    result: node.result ?? node.text,
    source: node.source.toLowerCase(),
    worker_id: node.workerId,
    processing_time: node.processingTime,
    timestamp: node.completedAt,
  };
}

function toQueueStatus({ queues }: QueuesNode) {
  return Object.fromEntries(queues.map(({ name, ready, unacked, consumers }) => [name, { messages: ready, unacked, consumers }]));
}

const resultExample = {
  request_id: '01920f5c-0d7e-7c11-9d55-6a2f0c6f8a01',
  n1: 15,
  n2: 3,
  operation: 'div',
  result: 5,
  source: 'web',
  worker_id: 'worker_div_1',
  processing_time: 1.25,
  timestamp: '2026-11-21T10:18:26.000Z',
};
const infiniteExample = { ...resultExample, n1: 1, n2: 0, result: 'Infinity', source: 'auto' };
const queuesExample = {
  task_queue_add: { messages: 0, unacked: 0, consumers: 2 },
  result_queue: { messages: 0, unacked: 0, consumers: 1 },
};

/** Every fault in one sentence each; an unknown operation in the words that the clients know. */
function sayFaults(faults: readonly RestFault[]): string {
  return faults
    .map(({ loc, msg, type }) => {
      const place = loc.slice(1).join('.');
      if (place === 'operation' && type !== 'missing') return 'Opération non supportée';
      return place && type !== 'json_invalid' ? `${place} : ${msg}` : msg;
    })
    .join(' ; ');
}

const sendTask = defineRoute({
  method: 'POST',
  path: '/api/send_task',
  operationId: 'sendTask',
  summary: 'Envoyer un calcul',
  description:
    'Avec l’opération all, quatre résultats portent le même request_id. Les résultats arrivent par /api/recent_results ou par la souscription GraphQL calculationCompleted.',
  tags,
  request: {
    body: calculation,
    bodyExamples: { addition: { n1: 10, n2: 5, operation: 'add' }, 'les quatre': { n1: 100, n2: 10, operation: 'all', source: 'auto' } },
  },
  document: `mutation RestSendTask($input: SubmitCalculationInput!, $idempotencyKey: String) {
    submitCalculation(input: $input, idempotencyKey: $idempotencyKey) { __typename ... on CalculationSubmitted { task { id } } }
  }`,
  variables: ({ body: { n1, n2, operation, source }, idempotencyKey }) => ({
    input: { n1, n2, operation: operation.toUpperCase(), source: source.toUpperCase() },
    idempotencyKey,
  }),
  respond: (data: { submitCalculation: { task: { id: string } } }) => ({
    success: true,
    request_id: data.submitCalculation.task.id,
    message: 'Tâche envoyée',
  }),
  invalidBody: (faults) => ({ status: 400, body: { success: false, error: sayFaults(faults), detail: faults } }),
  responses: {
    200: {
      description: 'La tâche est acceptée.',
      schema: submitted,
      examples: { acceptée: { success: true, request_id: resultExample.request_id, message: 'Tâche envoyée' } },
    },
    400: {
      description: 'Le corps est fautif ; rien n’est envoyé.',
      schema: refused,
      examples: {
        'opération inconnue': {
          success: false,
          error: 'Opération non supportée',
          detail: [{ loc: ['body', 'operation'], msg: 'Doit valoir l’un de : add, sub, mul, div, all', type: 'literal_error' }],
        },
      },
    },
  },
});

const getStats = defineRoute({
  method: 'GET',
  path: '/api/stats',
  operationId: 'getStats',
  summary: 'Compteurs, derniers résultats et état des files',
  description: 'Depuis la dernière remise à zéro. Quand le courtier ne répond pas, queue_status donne les derniers chiffres connus.',
  tags,
  document: `query RestStats {
    stats { sentTasks receivedResults lastUpdate operations { operation received } }
    recent: results(filter: { sinceClear: true }, first: 50) { nodes { ...result } }
    web: results(filter: { sinceClear: true, source: WEB }, first: 50) { nodes { ...result } }
    auto: results(filter: { sinceClear: true, source: AUTO }, first: 50) { nodes { ...result } }
    queues { ${queueFields} }
  } ${resultFields}`,
  respond: (data: {
    stats: {
      sentTasks: number;
      receivedResults: number;
      lastUpdate: string;
      operations: readonly { operation: string; received: number }[];
    };
    recent: Results;
    web: Results;
    auto: Results;
    queues: QueuesNode;
  }) => ({
    sent_tasks: data.stats.sentTasks,
    received_results: data.stats.receivedResults,
    operations: Object.fromEntries(data.stats.operations.map(({ operation, received }) => [operation.toLowerCase(), received])),
    recent_results: data.recent.nodes.map(toResult),
    web_results: data.web.nodes.map(toResult),
    auto_results: data.auto.nodes.map(toResult),
    queue_status: toQueueStatus(data.queues),
    last_update: data.stats.lastUpdate,
  }),
  responses: {
    200: {
      description: 'Les chiffres du moment.',
      schema: stats,
      examples: {
        'deux résultats': {
          sent_tasks: 2,
          received_results: 2,
          operations: { add: 0, sub: 0, mul: 0, div: 2 },
          recent_results: [infiniteExample, resultExample],
          web_results: [resultExample],
          auto_results: [infiniteExample],
          queue_status: queuesExample,
          last_update: resultExample.timestamp,
        },
      },
    },
  },
});

const getQueueStatus = defineRoute({
  method: 'GET',
  path: '/api/queue_status',
  operationId: 'getQueueStatus',
  summary: 'État des files du courtier',
  description: 'Lu auprès du courtier ; 503 tant qu’il ne répond pas.',
  tags,
  document: `query RestQueueStatus { queues { ${queueFields} } }`,
  respond: (data: { queues: QueuesNode }) => {
    if (!data.queues.reachable) throw new Refusal('SERVICE_UNAVAILABLE', 'Le courtier de messages ne répond pas');
    return toQueueStatus(data.queues);
  },
  responses: { 200: { description: 'Les files, par nom.', schema: queueStatus, examples: { 'au repos': queuesExample } } },
});

const resultList = (name: 'recent' | 'web' | 'auto', summary: string) =>
  defineRoute({
    method: 'GET',
    path: `/api/${name}_results`,
    operationId: `${name}Results`,
    summary,
    description: 'Les 50 plus récents depuis la dernière remise à zéro, le plus récent d’abord.',
    tags,
    document: `query RestResults($filter: ResultFilterInput) { results(filter: $filter, first: 50) { nodes { ...result } } } ${resultFields}`,
    variables: () => ({ filter: { sinceClear: true, ...(name === 'recent' ? {} : { source: name.toUpperCase() }) } }),
    respond: (data: { results: Results }) => data.results.nodes.map(toResult),
    responses: {
      200: {
        description: 'Les résultats.',
        schema: z.array(result).max(50),
        examples: { 'un résultat': [name === 'auto' ? infiniteExample : resultExample] },
      },
    },
  });

const clearStats = defineRoute({
  method: 'POST',
  path: '/api/clear_stats',
  operationId: 'clearStats',
  summary: 'Remettre compteurs et listes à zéro',
  description: 'Les résultats enregistrés restent dans l’historique.',
  tags,
  document: 'mutation RestClearStats($idempotencyKey: String) { clearStats(idempotencyKey: $idempotencyKey) { stats { since } } }',
  variables: ({ idempotencyKey }) => ({ idempotencyKey }),
  respond: () => ({ success: true, message: 'Statistiques remises à zéro' }),
  responses: {
    200: {
      description: 'Tout recommence à zéro.',
      schema: z.strictObject({ success: z.literal(true), message: z.string() }).meta({ id: 'Succes' }),
      examples: { fait: { success: true, message: 'Statistiques remises à zéro' } },
    },
  },
});

/** Distributed calculations: the table "Calculations" of the REST contract. */
export const calculationRoutes: readonly AnyRestRoute[] = [
  sendTask,
  getStats,
  getQueueStatus,
  resultList('recent', 'Derniers résultats'),
  resultList('web', 'Derniers résultats demandés par des personnes'),
  resultList('auto', 'Derniers résultats demandés par des programmes'),
  clearStats,
];
