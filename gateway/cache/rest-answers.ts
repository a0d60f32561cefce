import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { Generation } from '../supergraph/generation.ts';
import { questionKey, sharedCaller, sharedRightsOf } from './key.ts';
import type { ResponseCache } from './response-cache.ts';
import { cacheRulesOf } from './rules.ts';
import type { Answer } from './store.ts';

/** The cache as the REST facade uses it: it keeps the bytes of a route's answer, where the graph lets the route's document be kept. */
export interface RestCache {
  readonly cache: ResponseCache;
  readonly generation: () => Pick<Generation, 'supergraph' | 'version'>;
}

/** One request of a route whose answer may be kept. */
export interface RestQuestion {
  /** Names the route: its method and path. */
  readonly route: string;
  readonly document: string;
  /** All that the answer depends on beside the caller's rights. */
  readonly input: readonly unknown[];
  readonly variables: Record<string, unknown>;
  readonly caller: Caller;
}

interface Parsed {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Names the document in keys. */
  readonly digest: string;
}

const parsed = new Map<string, Parsed>();

function parsedOnce(text: string): Parsed {
  let known = parsed.get(text);
  if (!known) {
    const document = parse(text);
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    if (!operation) throw new Error('A route has a document without an operation');
    known = { document, operation, digest: createHash('sha256').update(text).digest('base64url').slice(0, 16) };
    parsed.set(text, known);
  }
  return known;
}

/**
 * Answers from the cache, or as `make` does in the name of a caller who is nobody but his rights; null where the route's answers are not kept.
 * Tells in X-Cache and Age. An administrator's `Cache-Control: no-cache` has it made anew.
 */
export async function answerKept(
  { cache, generation }: RestCache,
  question: RestQuestion,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  make: (caller: Caller, fence: string | undefined) => Promise<Answer>,
): Promise<Answer | null> {
  const { document, operation, digest } = parsedOnce(question.document);
  const { supergraph, version } = generation();
  const keeping = cacheRulesOf(supergraph).keeping(document, operation, question.variables);
  if (!keeping) return null;
  const { route, input, caller } = question;
  const afresh = caller.roles.includes('ADMIN') && /\bno-cache\b/.test(request.headers['cache-control'] ?? '');
  const key = questionKey(['rest', version, route, digest, input, sharedRightsOf(caller).key]);
  const answered = await cache.answer({ type: 'rest', key, ...keeping, afresh }, (fence) => make(sharedCaller(caller), fence));
  reply.header('X-Cache', answered.state).header('Age', answered.ageSeconds);
  return answered;
}
