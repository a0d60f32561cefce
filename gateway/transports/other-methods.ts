import type { FastifyInstance, FastifyReply } from 'fastify';

/** 405 in the form GraphQL clients read. */
export function refuseMethod(reply: FastifyReply, allow: string, message: string): FastifyReply {
  return reply
    .code(405)
    .header('allow', allow)
    .send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
}

/** Answers the methods that a path does not know: OPTIONS is told those that it knows, and the others, whatever their bodies, are refused with them. */
export function answerOtherMethods(app: FastifyInstance, url: string, known: readonly string[]): void {
  const served = new Set(known.includes('GET') ? [...known, 'HEAD'] : known);
  const allow = [...served, 'OPTIONS'].sort().join(', ');
  const answer = (method: readonly string[], how: (reply: FastifyReply) => FastifyReply) =>
    app.route({
      method: [...method],
      url,
      config: { refusal: true },
      // Before a body is read, which does not matter.
      onRequest: (_request, reply) => void how(reply),
      handler: (_request, reply) => how(reply),
    });
  answer(['OPTIONS'], (reply) => reply.code(204).header('allow', allow).send());
  answer(
    app.supportedMethods.filter((method) => !served.has(method) && method !== 'OPTIONS'),
    (reply) => refuseMethod(reply, allow, `The method is none of ${allow}`),
  );
}
