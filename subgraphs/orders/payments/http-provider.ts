import { setTimeout as delay } from 'node:timers/promises';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import { z } from 'zod';
import { type Capture, type CaptureResult, type PaymentProvider, ProviderUnanswered, type RefundResult } from './provider.ts';

export interface HttpProviderConfig {
  /** Where the provider answers, e.g. `http://127.0.0.1:4180`. */
  readonly url: string;
  /** For one answer; 3 s by default. */
  readonly timeoutMs?: number | undefined;
  /** How often a call is made at most, the first time included; 3 by default. */
  readonly attempts?: number | undefined;
}

const captured = z.object({ status: z.literal('captured'), id: z.string(), amount: z.string(), currency: z.string() });
const declined = z.object({ status: z.literal('declined'), code: z.string(), reason: z.string() });
const captureAnswer = z.union([captured, declined]);
const refundAnswer = z.union([
  z.object({ status: z.literal('refunded'), id: z.string(), amount: z.string().regex(/^\d+$/) }),
  z.object({ status: z.literal('voided') }),
  declined,
]);
const tokenAnswer = z.object({ token: z.string().max(64) });

interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key?: string;
  readonly body?: object;
}

const firstPauseMs = 100;

/** What is behind fetch's "fetch failed": connection refused, a port that it refuses, a name that is not known. */
function describe(error: unknown): string {
  for (let at = error; at instanceof Error; at = at instanceof AggregateError ? at.errors[0] : at.cause) {
    if (at.cause === undefined && at.message !== '') return at.message;
  }
  return String(error);
}

/** The provider over HTTP. A call that fails or takes too long is repeated a few times under the same idempotency key, so that it happens once at most. */
export function createHttpProvider({ url, timeoutMs = 3_000, attempts = 3 }: HttpProviderConfig): PaymentProvider {
  const base = url.replace(/\/+$/, '');

  /** The answer's status and body. Rejects with ProviderUnanswered. */
  async function once({ method, path, key, body }: Request, signal?: AbortSignal): Promise<{ status: number; body: unknown }> {
    const bound = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        signal: bound,
        redirect: 'error',
        headers: {
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
          ...(key && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    } catch (cause) {
      signal?.throwIfAborted();
      const why = bound.aborted ? `no answer within ${timeoutMs} ms` : describe(cause);
      throw new ProviderUnanswered(`${method} ${path.replace(/[^/]*$/, '…')} was not answered: ${why}`, { cause });
    }
  }

  function read<T>({ status, body }: { status: number; body: unknown }, schema: z.ZodType<T>, statuses: readonly number[]): T {
    const parsed = statuses.includes(status) ? schema.safeParse(body) : null;
    if (parsed?.success) return parsed.data;
    if (status === 409) throw new ComptoirError('MESSAGE_CONFLICT', 'The provider knows the key as that of another payment.');
    throw new ProviderUnanswered(`the provider answered with status ${status}, which does not tell what happened`);
  }

  /** Several attempts with growing pauses between them. */
  async function persist<T>(attempt: (number: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let number = 1; ; number++) {
      try {
        return await attempt(number);
      } catch (error) {
        if (number >= attempts || !(error instanceof ProviderUnanswered)) throw error;
      }
      await delay(firstPauseMs * 4 ** (number - 1) * (0.5 + Math.random()), undefined, { signal });
    }
  }

  const toResult = (answer: z.infer<typeof captureAnswer>): CaptureResult =>
    answer.status === 'captured'
      ? { kind: 'captured', reference: answer.id }
      : { kind: 'declined', code: answer.code, reason: answer.reason };

  async function findOnce(key: string, signal?: AbortSignal): Promise<z.infer<typeof captureAnswer> | null> {
    const answer = await once({ method: 'GET', path: `/v1/captures/${encodeURIComponent(key)}` }, signal);
    return answer.status === 404 ? null : read(answer, captureAnswer, [200]);
  }

  return {
    find: (key, signal) =>
      persist(async () => {
        const answer = await findOnce(key, signal);
        return answer && toResult(answer);
      }, signal),
    capture({ key, amountMinor, currency, method, repeated }: Capture, signal) {
      return persist(async (number) => {
        // Of one that was asked for already the outcome is asked: no number of a card needs to travel again.
        const found = repeated || number > 1 ? await findOnce(key, signal) : null;
        const amount = amountMinor.toString();
        const body = { amount, currency, method };
        const answer = found ?? read(await once({ method: 'POST', path: '/v1/captures', key, body }, signal), captureAnswer, [201, 402]);
        if (answer.status === 'captured' && (answer.amount !== amount || answer.currency !== currency)) {
          throw new ComptoirError(
            'MESSAGE_CONFLICT',
            `${answer.amount} ${answer.currency} were taken under the key, not ${amount} ${currency}.`,
          );
        }
        return toResult(answer);
      }, signal);
    },
    refund({ key, captureKey }, signal) {
      return persist(async (): Promise<RefundResult> => {
        const answer = await once({ method: 'POST', path: '/v1/refunds', key, body: { capture: captureKey } }, signal);
        const refund = read(answer, refundAnswer, [201, 402]);
        if (refund.status === 'voided') return { kind: 'nothing' };
        if (refund.status === 'declined') return { kind: 'declined', code: refund.code, reason: refund.reason };
        return { kind: 'refunded', reference: refund.id, minor: BigInt(refund.amount) };
      }, signal);
    },
    async tokenize(number, signal) {
      try {
        const answer = await persist(() => once({ method: 'POST', path: '/v1/tokens', body: { number } }, signal), signal);
        return read(answer, tokenAnswer, [201]).token;
      } catch (error) {
        if (!(error instanceof ProviderUnanswered)) throw error;
        throw new ComptoirError('SERVICE_UNAVAILABLE', 'The payment provider does not answer; try again later.', { cause: error });
      }
    },
    async ping(signal) {
      const { status } = await once({ method: 'GET', path: '/health/ready' }, signal);
      if (status !== 200) throw new ProviderUnanswered(`the provider answered with status ${status}`);
    },
  };
}
