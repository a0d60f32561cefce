import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ComptoirError, httpStatusOf } from './errors.ts';
import { describeJsonFault } from './json-fault.ts';

/** What went wrong, for a caller: status and body. Unknown errors are written to the log with a reference, and only the reference is told. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, ...body } = describeError(error, request);
  refuse(reply, status, body);
}

export function describeError(error: unknown, request: FastifyRequest): { status: number; detail: string; [more: string]: unknown } {
  if (error instanceof ComptoirError) {
    const { code, message, faults } = error;
    return { status: httpStatusOf(error), detail: message, code, ...(faults && { faults }) };
  }
  const { code, statusCode, message } = (error ?? {}) as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { status: 413, detail: 'The body is larger than allowed.' };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { status: 415, detail: 'The body must be application/json.' };
  // Fastify's own words on a request that cannot be read; they hold nothing of ours.
  if (code?.startsWith('FST_ERR_') && statusCode !== undefined && statusCode < 500)
    return { status: statusCode, detail: message ?? 'Bad request.' };
  const reference = randomUUID();
  request.log.error({ event: 'unexpected_error', reference, err: error }, 'unexpected error');
  return { status: 500, detail: `Something went wrong. Reference: ${reference}`, reference };
}

export const answerNotFound = (detail: string) => (_request: FastifyRequest, reply: FastifyReply) => refuse(reply, 404, { detail });

/** What is refused now may be answered the next time. */
function refuse(reply: FastifyReply, status: number, body: object): void {
  void reply.code(status).header('cache-control', 'no-store').send(body);
}

/** JSON bodies as Fastify reads them, except that a malformed one is answered with the place of the fault. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    parse(request, body, (error, value) => {
      if (error) done(new ComptoirError('BAD_REQUEST', describeJsonFault(body), { cause: error }));
      else done(null, value);
    });
  });
}
