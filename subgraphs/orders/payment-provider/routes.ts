import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput, ComptoirError } from '@comptoir/platform/errors.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import type { HttpServer } from '@comptoir/platform/http.ts';
import { z } from 'zod';
import { capture, findCapture, refund, type StoredCapture } from './captures.ts';
import { hasCheckDigit, tokenCharacterOf } from './scenarios.ts';

const captureBody = z.object({
  amount: z.string().regex(/^\d{1,18}$/, 'must be a whole number of minor units, as text'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be the code of a currency'),
  method: z.string().trim().min(1).max(64),
});
const refundBody = z.object({ capture: z.string().min(1).max(200) });
const tokenBody = z.object({ number: z.string().regex(/^\d{12,19}$/, 'must be the number of a card') });
const keyHeader = z.object({ 'idempotency-key': z.string().min(1).max(200) });

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badUserInput(parsed.error.issues.map(({ path, message }) => ({ path: path.map((part) => String(part)), message })));
}

const view = ({ id, status, amount_minor, currency, code, reason }: StoredCapture) =>
  status === 'captured'
    ? { status, id, amount: amount_minor, currency }
    : { status: 'declined', id, code: code ?? 'voided', reason: reason ?? 'The payment was given up before it was taken.' };

export interface RouteConfig {
  readonly database: Database;
  /** How long the slow card takes. */
  readonly slowMs: number;
  /** How long a request is left without an answer whose answer is to be lost. */
  readonly silenceMs: number;
  /** Ends waits when the provider stops. */
  readonly signal: AbortSignal;
}

/** What a provider's customers call: captures, refunds and tokens, each once for its idempotency key. */
export function addRoutes(app: HttpServer['app'], { database, slowMs, silenceMs, signal }: RouteConfig): void {
  const wait = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined); // only an abort rejects it

  app.post('/v1/tokens', async (request, reply) => {
    const { number } = read(tokenBody, request.body);
    const token = `tok_${randomBytes(12).toString('hex')}${tokenCharacterOf(number)}_${number.slice(-4)}`;
    return reply.code(201).send({ token, valid: hasCheckDigit(number) });
  });

  app.post('/v1/captures', async (request, reply) => {
    const key = read(keyHeader, request.headers)['idempotency-key'];
    const outcome = await capture(database, { key, ...read(captureBody, request.body) });
    if (outcome.kind === 'error') throw new ComptoirError('INTERNAL', 'The payment could not be processed; try again.');
    if (outcome.kind === 'conflict') throw new ComptoirError('IDEMPOTENCY_CONFLICT');
    failpoint('provider.capture.stored', key);
    if (outcome.kind === 'slow') await wait(slowMs);
    if (outcome.kind === 'lost') {
      await wait(silenceMs);
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    const answer = view(outcome.capture);
    return reply.code(answer.status === 'captured' ? 201 : 402).send(answer);
  });

  app.get('/v1/captures/:key', async (request, reply) => {
    const found = await findCapture(database, (request.params as { key: string }).key);
    if (!found) return reply.code(404).send({ detail: 'There is no such payment.' });
    return reply.send(view(found));
  });

  app.post('/v1/refunds', async (request, reply) => {
    const key = read(keyHeader, request.headers)['idempotency-key'];
    const outcome = await refund(database, { key, captureKey: read(refundBody, request.body).capture });
    if (outcome === 'error') throw new ComptoirError('INTERNAL', 'The refund could not be processed; try again.');
    failpoint('provider.refund.stored', key);
    if (outcome.status !== 'captured') return reply.code(201).send({ status: 'voided' });
    if (outcome.refund_id === null) {
      return reply.code(402).send({ status: 'declined', code: 'refund_declined', reason: 'The bank of the card takes nothing back.' });
    }
    return reply.code(201).send({ status: 'refunded', id: outcome.refund_id, amount: outcome.amount_minor });
  });
}
