import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { NowOrLater } from './now-or-later.ts';

/** An onRequest hook that holds a request up only where there is something to wait for. What it throws or rejects with is the answer. */
export function onRequest(work: (request: FastifyRequest, reply: FastifyReply) => NowOrLater<unknown>): onRequestHookHandler {
  return (request, reply, next) => {
    const done = work(request, reply);
    // Fastify waits for it.
    if (done instanceof Promise) return done as never;
    // It may have answered: then nothing else is to be done.
    if (!reply.sent) next();
  };
}
