import { randomUUID } from 'node:crypto';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { CallerWatch, Watch } from '../auth/caller-watch.ts';
import { credentialsFromHeaders } from '../auth/credentials.ts';
import { traceHeaders } from '../context.ts';
import { resolvePersisted } from '../persisted/http.ts';
import type { Told } from '../subscriptions/client-queue.ts';
import type { Subscription } from '../subscriptions/engine.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { readGraphqlRequest } from './request-body.ts';
import { retryWaitMs } from './result-stream.ts';
import { begin, type OperationRunner, publicErrors } from './subscribe.ts';
import { wantedCursor } from './wanted-cursor.ts';

const maxReservations = 10_000;
const maxOperations = 50;
/** How long a reservation waits for its stream. */
const reservationMs = 30_000;

export interface SingleConnectionTransport {
  stop(): Promise<void>;
}

interface Reservation {
  readonly consumerId: string;
  readonly operations: Map<string, Subscription | null>;
  /** Results from before the stream is there; operations wait after the first. */
  readonly early: string[];
  readonly expiry: NodeJS.Timeout;
  stream: EventStream | undefined;
  watch: Watch | undefined;
}

/**
 * Server-sent events in the "single connection mode" of graphql-sse, on /graphql/stream: PUT reserves a stream, GET opens it, POST starts operations on it,
 * DELETE ends one. The token of a reservation works only together with the credentials that made it.
 */
export function registerSingleConnection(
  app: FastifyInstance,
  {
    callerOf,
    callerWatch,
    ...runner
  }: OperationRunner & { callerWatch: CallerWatch; callerOf: (request: FastifyRequest) => Promise<Caller> },
): SingleConnectionTransport {
  const { metrics } = runner;
  const reservations = new Map<string, Reservation>();

  const release = (token: string, reason: 'client' | 'shutdown') => {
    const reservation = reservations.get(token);
    if (!reservation) return;
    reservations.delete(token);
    clearTimeout(reservation.expiry);
    for (const operation of reservation.operations.values()) operation?.stop(reason);
    reservation.operations.clear();
  };

  const reservationOf = async (request: FastifyRequest) => {
    const caller = await callerOf(request);
    const token = String(request.headers['x-graphql-event-stream-token'] ?? (request.query as { token?: string }).token ?? '');
    const reservation = reservations.get(token);
    if (!reservation || reservation.consumerId !== caller.consumerId) throw new ComptoirError('NOT_FOUND', 'Stream not found');
    return { caller, token, reservation };
  };

  app.put('/graphql/stream', async (request, reply) => {
    const { consumerId } = await callerOf(request);
    if (reservations.size >= maxReservations) throw new ComptoirError('SERVICE_UNAVAILABLE', 'Too many streams');
    const token = randomUUID();
    const expiry = setTimeout(() => release(token, 'client'), reservationMs);
    reservations.set(token, { consumerId, operations: new Map(), early: [], expiry, stream: undefined, watch: undefined });
    return reply.code(201).type('text/plain; charset=utf-8').send(token);
  });

  app.get('/graphql/stream', async (request, reply) => {
    const { caller, token, reservation } = await reservationOf(request);
    if (reservation.stream) throw new ComptoirError('CONFLICT', 'Stream already open');
    clearTimeout(reservation.expiry);
    metrics.clientOpened('sse');
    const drained = () => {
      for (const operation of [...reservation.operations.values()]) operation?.drained();
    };
    const stream = openEventStream(reply, {
      onDrain: drained,
      onClose() {
        metrics.clientClosed('sse');
        reservation.watch?.stop();
        release(token, 'client');
      },
    });
    reservation.stream = stream;
    reservation.watch = callerWatch.watch(credentialsFromHeaders(request.headers), caller, () => stream.end());
    for (const data of reservation.early.splice(0)) stream.send('next', data);
    drained();
  });

  app.post('/graphql/stream', async (request, reply) => {
    const found = await reservationOf(request);
    // An operation that comes with the next access token lets the stream go on for as long.
    await found.reservation.watch?.renew(credentialsFromHeaders(request.headers));
    await resolvePersisted(request, found.caller, runner.persisted);
    // The stream may have been closed meanwhile: nobody would end what begins now.
    const { caller, reservation } = await reservationOf(request);
    const operation = readGraphqlRequest(request);
    const id = String(operation.extensions.operationId ?? '');
    if (id === '') throw new ComptoirError('BAD_REQUEST', 'Operation ID is missing');
    if (reservation.operations.has(id)) throw new ComptoirError('CONFLICT', 'Operation with ID already exists');
    if (reservation.operations.size >= maxOperations)
      throw new ComptoirError('OPERATION_LIMIT', `A stream carries at most ${maxOperations} operations`);
    const { after, marks } = wantedCursor(operation.extensions);
    const prepared = runner.prepare(operation);
    if (prepared.kind === 'faulty') return reply.code(400).send({ errors: publicErrors(prepared.errors, runner) });

    const write = (payload: string): boolean => {
      const data = `{"id":${JSON.stringify(id)},"payload":${payload}}`;
      if (reservation.stream) return reservation.stream.send('next', data);
      reservation.early.push(data);
      return false;
    };
    const end = () => {
      if (reservation.operations.delete(id)) reservation.stream?.send('complete', JSON.stringify({ id }));
    };
    reservation.operations.set(id, null);
    if (prepared.kind === 'subscription') {
      const outlet = {
        write: ({ text }: Told) => write(text),
        mark(cursor: string) {
          if (marks) write(JSON.stringify({ data: null, extensions: { cursor } }));
        },
        end,
        fail(error: Error) {
          write(JSON.stringify({ errors: [error] }));
          end();
        },
      };
      const subscription = begin(prepared, { caller, transport: 'sse', name: operation.operationName ?? null, after, outlet }, runner);
      if (reservation.operations.has(id)) reservation.operations.set(id, subscription);
    } else {
      void runner.execute(operation, { caller, address: request.ip, trace: traceHeaders(request.trace, request.id) }).then((result) => {
        if (!reservation.operations.has(id)) return;
        write(JSON.stringify(result));
        end();
      });
    }
    return reply.code(202).send();
  });

  app.delete('/graphql/stream', async (request, reply: FastifyReply) => {
    const { reservation } = await reservationOf(request);
    const id = String((request.query as { operationId?: string }).operationId ?? '');
    reservation.operations.get(id)?.stop('client');
    reservation.operations.delete(id);
    return reply.code(200).send();
  });

  return {
    async stop() {
      for (const [token, { stream }] of [...reservations]) {
        release(token, 'shutdown');
        stream?.retryLater(retryWaitMs());
      }
    },
  };
}
